"""Lists that are written from data and code: sources, pages, notices."""
