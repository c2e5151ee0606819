"""What could be saved, each change by itself: what it saves, what it needs and how sure it is."""
