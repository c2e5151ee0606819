"""A closer look at what the examples say, which takes longer and is made where it is asked for."""
