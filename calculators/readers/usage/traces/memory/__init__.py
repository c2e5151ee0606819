"""What readers of traces remember of the spans before."""
