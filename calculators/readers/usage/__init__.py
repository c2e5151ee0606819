"""Readers of logs of use: what was sent to a model, how many tokens it took, and what it cost."""
