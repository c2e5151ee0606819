"""What a browser downloads: byte code, packed and named by its build."""
