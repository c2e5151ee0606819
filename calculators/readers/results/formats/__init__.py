"""The formats of test results: what each tool writes, read into the same columns."""
