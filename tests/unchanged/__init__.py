"""Compares all that the site and the command say between a revision and the working tree."""
