"""What pages may call, and what a build makes of them: macros, lists, pictures, prices, the search, and checks."""
