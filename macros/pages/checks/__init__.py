"""Checks of pages, before and after they are built."""
