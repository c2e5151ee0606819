"""Small extensions of Markdown, and what pages need beside it."""
