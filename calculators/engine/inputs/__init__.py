"""From what people type to the values of a question."""
