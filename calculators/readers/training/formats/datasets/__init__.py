"""Pairs, prompts and records that data sets come in: a module each, which declares its keys and its own rules."""
