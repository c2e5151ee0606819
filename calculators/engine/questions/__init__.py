"""What an answer can be asked: ranges, sensitivity, solve, sweep, compare."""
