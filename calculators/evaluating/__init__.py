"""Calculators about evaluating: how many examples a test needs, and what its result says."""
