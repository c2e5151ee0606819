"""Charts as SVG: the same bytes at build and in the browser, themed by classes, readable at any width.

Lengths are percentages and text has a fixed size, so a chart needs no scaling: it fits a phone as it fits a desk.
"""
