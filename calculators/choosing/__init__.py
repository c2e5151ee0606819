"""The calculators about choosing: which lever, which task, and from when it pays."""

from calculators.choosing.approach.answers import approach_answer_in_words, approach_question_label
from calculators.choosing.approach.steps import APPROACH_STEPS, APPROACH_TONES

__all__ = ["APPROACH_STEPS", "APPROACH_TONES", "approach_answer_in_words", "approach_question_label"]
