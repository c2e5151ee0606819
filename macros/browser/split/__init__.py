"""Splits the interpreter in two: the functions that calculators call, and the rest, loaded where it is wanted."""
