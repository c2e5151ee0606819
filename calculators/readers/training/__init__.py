"""Readers of training files."""
