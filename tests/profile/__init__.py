"""Notes which functions of the interpreter calculators call."""
