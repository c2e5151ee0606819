"""Copies of a training file that a reader asks for: mended, in another format, or in two parts."""
