"""What an export or a report takes along of a table: nothing that a reader's file says."""

from __future__ import annotations

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question

QUOTING = '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "zebra": 1}'


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_what_is_carried_away_quotes_no_key_of_a_file(catalogue: Catalogue, form: str) -> None:
    """The page and the JSON of who asked do; a table for others has the names of the problems alone."""
    asked = {"training_text": QUOTING}
    text = catalogue.answer(Question("fine_tuning/dataset", asked, form=form))
    label = "An unknown key beside the messages"
    assert label in text or "A key that the format does not allow" in text
    assert "zebra" not in text.replace(QUOTING, "") and "“zebra" not in text
    assert "“zebra”" in catalogue.answer(Question("fine_tuning/dataset", asked))


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_what_is_carried_away_names_no_query_of_a_file(catalogue: Catalogue, form: str) -> None:
    asked = {"results_a": "zebra-1 Q0 x 1 9 t\nzebra-2 Q0 y 1 9 t", "judgments": "zebra-1 0 x 1"}
    text = catalogue.answer(Question("evaluating/retrieval", asked, form=form))
    assert "Queries without judgments" in text and "zebra" not in text
