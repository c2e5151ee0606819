"""How each format writes a conversation: it reads one into a common form and writes one from there."""
