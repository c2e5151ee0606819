"""Rules that single formats have."""

from __future__ import annotations

from calculators.readers.training.rules.rule import ERROR, HINT, WARNING, Rule

FORMAT_RULES = {
    "extra_key": Rule(ERROR, "A key that the format does not allow", "Keep only the keys of the format."),
    "other_key": Rule(WARNING, "An unknown key beside the messages", "Remove it; it is ignored at best."),
    "reserved_text": Rule(
        ERROR, "A text that the provider reserves", "Reword it: the job drops or refuses such lines."
    ),
    "wrong_type": Rule(ERROR, "A value of the wrong type", "Write the type that the format names."),
    "answers_missing": Rule(ERROR, "An answer of the pair is missing", "Give the preferred and the other answer."),
    "answers_several": Rule(ERROR, "More than one message in an answer", "Each answer of the pair is one message."),
    "answers_alike": Rule(ERROR, "Both answers of the pair are the same", "A pair must differ, or nothing is learned."),
    "last_is_answer": Rule(
        ERROR, "The prompt ends with an answer", "End with the question: the model writes the answer."
    ),
    "grader_keys": Rule(
        HINT, "Nothing for the grader", "Add the keys that your grader reads, such as an answer to compare."
    ),
    "prompt_in_answer": Rule(
        WARNING, "The prompt again within an answer", "Leave it out; only the answer is compared."
    ),
    "placeholder": Rule(WARNING, "A placeholder that nobody filled", "Fill it in: the model would learn to write it."),
}
"""The rules by name."""
