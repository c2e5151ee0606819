"""Judges definitions of tools by the text that a line has."""
