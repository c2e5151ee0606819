"""Figures of records that a reader types in place of the published ones."""
