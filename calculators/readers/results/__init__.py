"""Readers of test results: pasted pairs, and files of evaluation tools."""
