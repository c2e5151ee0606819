"""The price refresh: compares the listed prices with two published lists and writes a candidate change to data/prices/.

Nothing else of this project reads the clock, and nothing of this package runs when the site is built.
"""
