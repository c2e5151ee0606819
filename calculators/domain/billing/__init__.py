"""What one request to a model costs: the prices of its tokens, what the cache finds, and what the model thinks."""

from calculators.domain.billing.bill import Bill, Prompt, Sending, bill

__all__ = ["Bill", "Prompt", "Sending", "bill"]
