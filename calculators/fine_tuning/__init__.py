"""Fine-tuning: what it costs, and whether its data is good."""
