"""Copies of a training file that a reader asks for: corrected, in another format, or in two parts."""
