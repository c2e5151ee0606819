"""Cost and decision calculators for people who build with language models: pure Python, standard library only."""
