"""Judges a conversation: its messages, their contents, its calls and results, its tools, and their order."""
