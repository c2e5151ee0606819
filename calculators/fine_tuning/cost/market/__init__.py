"""What is sold to tune and serve a model: offers, and ways of serving."""
