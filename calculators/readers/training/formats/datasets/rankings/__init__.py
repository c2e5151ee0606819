"""Pairs and labels of LLaMA-Factory in the forms of Alpaca and ShareGPT: a module each."""
