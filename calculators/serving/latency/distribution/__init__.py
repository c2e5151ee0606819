"""Distributions of times on a grid: stages, calls with their tries, and whole requests; plain floats throughout."""
