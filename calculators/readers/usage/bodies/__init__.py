"""Answers of providers, one by one or in a batch."""
