"""What pages say of prices: tables, history, and the log of changes."""
