"""What several topics know: records of prices, billing, plans, tokens, statistics and exact tests."""
