"""The text that a prompt holds: where it may well lie on the other side of the documents, the answer says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.answers import answer_json
from tests.calculators.choosing.test_case import CASE, rung, table

LABEL, FACTS = "Text that still fits a prompt", "Facts the model must be given"
DECIDES = "decides the next step and may lie between 6,000 and 128,000 tokens"


def changes(catalogue: Catalogue, given: dict[str, str]) -> dict[str, list[str]]:
    """The rows of what would change the next step, by their first cells."""
    rows = table(answer_json(catalogue, CASE, given), "changes")
    return {str(row[0]): [str(cell) for cell in row[1:]] for row in rows}


@pytest.mark.parametrize(
    ("documents", "tokens", "is_named"),
    [
        ("1", "6000", False),  # the low end of its range: no limit within it leaves these documents out
        ("1", "6001", True),
        ("16", "2000", True),  # 32,000 tokens, as many as are taken to fit
        ("17", "2000", True),
        ("120", "500", True),
        ("64", "2000", True),  # 128,000 tokens, the high end
        ("65", "2000", False),
    ],
)
def test_the_limit_is_named_where_its_range_has_another_step(
    catalogue: Catalogue, documents: str, tokens: str, is_named: bool
) -> None:
    """In the table and in a sentence; the step is that of the same case with the limit that is named."""
    given = {"documents": documents, "tokens_per_document": tokens}
    text = Decimal(documents) * Decimal(tokens)
    rows = changes(catalogue, given)
    notes = [note for note in answer_json(catalogue, CASE, given)["notes"] if DECIDES in note]
    assert (LABEL in rows, len(notes)) == (is_named, int(is_named))
    if is_named:
        now, instead, step = rows[LABEL]
        assert now == f"assumed: 32,000 tokens; all documents have {text:,} tokens" and FACTS not in rows
        fits = text <= 32_000
        assert instead == (f"less than {text:,} tokens" if fits else f"{text:,} tokens or more")
        beyond, before = (text - 1, text) if fits else (text, text - 1)
        assert rung(catalogue, given | {"few_tokens": str(beyond)}) == step
        assert rung(catalogue, given | {"few_tokens": str(before)}) == rung(catalogue, given) != step
        assert notes[0].startswith("What a prompt holds, 32,000 tokens, ") and f"{text:,} tokens" in notes[0]
        assert f"it would be “{step}”" in notes[0]


@pytest.mark.parametrize(("documents", "length"), [("65", "492.3"), ("2000", "16"), ("3", "10667")])
def test_elsewhere_the_row_of_the_facts_says_how_much_text_it_is_about(
    catalogue: Catalogue, documents: str, length: str
) -> None:
    """Its step is that of the same case with so much text: the ladder alone would take the prompt to be written."""
    row = changes(catalogue, {"documents": documents})[FACTS]
    assert "32,000 tokens, not " in row[1] and f"{2000 * int(documents):,} tokens" in row[1]
    assert rung(catalogue, {"documents": documents, "tokens_per_document": length}) == row[2]


@pytest.mark.parametrize(
    ("more", "step"),
    [
        ({"few_tokens": "50k"}, "A better prompt"),  # typed, and the documents are as long
        ({"model.context_window": "64000"}, None),  # half of it holds no more than 32,000, whatever is taken to fit
        ({"facts": "changing"}, None),  # the reader has said that they change, so the limit decides nothing
        ({"state": "unnamed"}, None),
        ({"state": "untested"}, "Build a test set first, then likely Prompting"),
    ],
)
def test_the_limit_is_named_only_where_it_decides(catalogue: Catalogue, more: dict[str, str], step: str | None) -> None:
    rows = changes(catalogue, {"documents": "120", "tokens_per_document": "500", **more})
    assert rows[LABEL][-1] == step if step else LABEL not in rows


def test_a_typed_limit_is_an_answer(catalogue: Catalogue) -> None:
    given = {"documents": "120", "tokens_per_document": "500", "few_tokens": "50k"}
    assert changes(catalogue, given)[LABEL][0] == "50,000 tokens; all documents have 60,000 tokens"


def test_no_documents_have_no_limit(catalogue: Catalogue) -> None:
    assert LABEL not in changes(catalogue, {"documents": "0", "state": "behavior"})
