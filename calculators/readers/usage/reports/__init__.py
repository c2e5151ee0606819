"""Usage reports and exports of sums."""
