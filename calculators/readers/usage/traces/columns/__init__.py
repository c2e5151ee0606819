"""Reads many spans of traces at once."""
