"""The calculators about choosing: which lever, which task, and from when it pays."""
