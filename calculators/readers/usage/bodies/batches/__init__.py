"""Answers of providers that come as the lines of a batch."""
