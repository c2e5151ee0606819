"""Takes training files as they come, and splits them into examples without parsing all of one at once."""
