"""The views: the only writers of output, as HTML, SVG, plain text and JSON."""
