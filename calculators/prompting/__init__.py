"""Prompting: what a prompt costs."""
