"""Benchmarks: how fast the answers, the build and the page are. Nothing here is a test; `make bench` prints it."""
