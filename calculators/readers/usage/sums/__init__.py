"""Sums of requests: by day, model, tier and size, with distributions in little memory."""
