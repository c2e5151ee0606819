"""Traces of an application."""
