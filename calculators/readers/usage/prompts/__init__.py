"""Requests that nobody has answered yet, or whose log holds no counts: inputs of batches, and logs of prompts."""
