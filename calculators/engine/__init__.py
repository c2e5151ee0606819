"""The engine: how a calculator is declared, read, computed three ways and questioned."""
