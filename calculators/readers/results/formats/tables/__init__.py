"""Tools that write tables: a row for each case, with columns of scores."""
