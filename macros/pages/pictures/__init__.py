"""Pictures on pages that are drawn from data or code."""
