"""An answer on one or two pages to show to others: what it holds, and its two writers, Markdown and HTML."""
