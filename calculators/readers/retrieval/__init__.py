"""Readers of retrieval results and of judgments: which passages a search gave, and which are right."""
