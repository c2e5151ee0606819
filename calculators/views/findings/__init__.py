"""What the instruments found, ready to be written: what matters most, solve for, sweep, compare."""
