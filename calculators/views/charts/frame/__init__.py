"""What several charts stand in: their scales, axes, and what lets them be read point by point."""
