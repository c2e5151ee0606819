"""Reads many rows of the same keys at once: column by column, in the steps of C that Python has for lists."""
