"""Readers of people's files: one small module for each format, found by discovery."""
