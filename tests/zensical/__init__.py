"""The same site built by MkDocs and by Zensical, the theme's successor, and compared: `make compare-zensical`."""
