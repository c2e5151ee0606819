"""Readers of labels that people and a judge gave the same answers."""
