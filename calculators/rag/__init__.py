"""Calculators about retrieval: answers from documents that are searched first."""
