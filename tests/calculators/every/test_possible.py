"""No calculator starts from what its own data or formulas call impossible, nor does any example of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.answers import BY_CASE, Given, answer_json

CALCULATORS = Path(__file__).parents[3] / "calculators"

IMPOSSIBLE = (
    "A judge that is right half of the time",
    "More right answers than examples",
    "differ on at least as many examples. So many are counted.",
    "of the examples at most. So many are counted.",
    "nothing in common would differ on",
    "The overlap must be smaller than a chunk",
    "that this embedding model reads.",
    "Choose a larger plan.",
    "so the prompt cannot take more.",
    "this model's context window of",
    "more than this model reads at once",
    "do not fit into the context window",
    "was shut down on",
    "This provider accepts no file with fewer than",
    "This provider accepts files from",
    "so every example is counted as cut there.",
    "Training on rented GPUs needs open weights.",
    "No training price is published for this offer.",
    "has been closed to new customers since",
    "These costs are history.",
    "There is no such plan to compare with.",
    "The GPU has only",
    "The adapters are more than half as large as the model.",
    "does not meet your own conditions",
)
"""What notes say where an input cannot be as it is, so that another is counted or nothing would come of it."""

MEANT = {
    ("prompting/models", "does not meet your own conditions"): "the examples ask for what today's model lacks",
    ("fine_tuning/cost", "has been closed to new customers since"): "one example is that of a customer from before",
}
"""Where an example shows just that, and why."""


@pytest.mark.parametrize("words", IMPOSSIBLE)
def test_the_words_are_those_of_a_note(words: str) -> None:
    """A sentence that was reworded would be looked for in vain."""
    texts = "".join(" ".join(path.read_text().replace('"\n', "").split()) for path in CALCULATORS.rglob("notes.py"))
    texts += (CALCULATORS / "domain" / "model_notes.py").read_text()
    plain = texts.replace('" "', "").replace('"', "")
    assert words.replace('"', "") in plain


@BY_CASE
def test_nothing_starts_from_what_is_impossible(catalogue: Catalogue, name: str, given: Given) -> None:
    sentences = answer_json(catalogue, name, given)["notes"]
    for words in IMPOSSIBLE:
        if (name, words) not in MEANT:
            assert not [sentence for sentence in sentences if words in sentence], words
