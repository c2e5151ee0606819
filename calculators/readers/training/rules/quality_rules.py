"""Rules about what the examples say: repetition, contradiction, length, personal data."""

from __future__ import annotations

from calculators.readers.training.rules.rule import HINT, WARNING, Rule

QUALITY_RULES = {
    "duplicate": Rule(WARNING, "Repeats an earlier example", "Keep one, unless it should count twice."),
    "conflict": Rule(WARNING, "Another answer to an earlier prompt", "Decide on one answer; the model learns both."),
    "overlap": Rule(WARNING, "Test prompt that is in training too", "Take it out of one: such a test proves little."),
    "test_line": Rule(WARNING, "Line of the test set that cannot be read", "Check the test set by itself."),
    "over_limit": Rule(WARNING, "Longer than the token limit", "It is cut there, often in its answer: shorten it."),
    "near_duplicate": Rule(
        WARNING, "Almost repeats an earlier example", "Keep the better one, or make them differ more."
    ),
    "near_overlap": Rule(
        WARNING, "Test prompt that is almost in training", "Take it out of one: such a test proves little."
    ),
    "cut_answer": Rule(WARNING, "The answer may be cut", "It ends within a sentence or a block: complete it."),
    "secret": Rule(WARNING, "Looks like a key or a password", "Remove it, and replace it where it is in use."),
    "imbalance": Rule(HINT, "One short answer dominates", "The model leans toward it: add examples of the others."),
    "languages": Rule(HINT, "Another script than most answers", "Fine if intended; if not, the model mixes languages."),
    "email": Rule(HINT, "Looks like an e-mail address", "Personal data? A model can repeat what it learned."),
    "phone": Rule(HINT, "Looks like a phone number", "Personal data? A model can repeat what it learned."),
}
"""The rules by name."""
