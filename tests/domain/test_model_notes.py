"""The sentences about a model's prices: when each holds, and what it says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from calculators.domain import model_notes
from calculators.domain.records import EmbeddingPrice, ModelPrice
from calculators.engine.numbers import Note

MODEL = ModelPrice(id="a/model", name="A model", since="2026-11-01")
DAY = "2026-11-20"


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (
            model_notes.model_cached_price_note(MODEL, True),
            "No cached price is published for this model. Every token counts at the full input price.",
        ),
        (
            model_notes.model_batch_price_note(MODEL, True),
            "This model has no batch price. The standard price is counted.",
        ),
        (
            model_notes.model_batch_price_note(EmbeddingPrice(), True),
            "This embedding model has no batch price. The standard price is counted.",
        ),
        (model_notes.model_record_note(replace(MODEL, note="A preview.")), "A preview."),
        (
            model_notes.model_shutdown_note(replace(MODEL, retires="2026-11-21"), DAY),
            "A model shuts down on 2026-11-21.",
        ),
        (
            model_notes.model_past_shutdown_note(replace(MODEL, retires=DAY), DAY),
            "A model was shut down on 2026-11-20.",
        ),
        (
            model_notes.model_hourly_price_note(replace(MODEL, hours="by day")),
            "Prices of A model differ by hour. These hold: by day",
        ),
    ],
)
def test_a_note_that_holds_says_its_sentence(note: Note, sentence: str) -> None:
    assert note.holds
    assert note.sentence == sentence


@pytest.mark.parametrize(
    "note",
    [
        model_notes.model_cached_price_note(MODEL, False),
        model_notes.model_cached_price_note(replace(MODEL, cached_read=Decimal(1)), True),
        model_notes.model_batch_price_note(MODEL, False),
        model_notes.model_batch_price_note(replace(MODEL, batch_input=Decimal(1)), True),
        model_notes.model_record_note(MODEL),
        model_notes.model_shutdown_note(MODEL, DAY),
        model_notes.model_shutdown_note(replace(MODEL, retires=DAY), DAY),
        model_notes.model_shutdown_note(replace(MODEL, retires="2026-11-21", note="It ends."), DAY),
        model_notes.model_past_shutdown_note(MODEL, DAY),
        model_notes.model_past_shutdown_note(replace(MODEL, retires="2026-11-21"), DAY),
        model_notes.model_past_shutdown_note(replace(MODEL, retires=DAY, note="It ended."), DAY),
        model_notes.model_hourly_price_note(MODEL),
    ],
)
def test_a_note_is_left_out_where_it_says_nothing(note: Note) -> None:
    assert not note.holds


def test_announced_prices_are_told_within_the_months_that_are_counted() -> None:
    changes = ((2, replace(MODEL, since="2027-01-01")), (5, replace(MODEL, since="2027-04-01")))
    model = replace(MODEL, schedule=changes)
    assert not model_notes.model_price_change_note(model, 2, "").holds
    first = model_notes.model_price_change_note(model, 3, "They count.", "A model from B")
    assert first.sentence == "Prices of A model from B are announced to change on 2027-01-01. They count."
    both = model_notes.model_price_change_note(model, 6, "")
    assert both.sentence == "Prices of A model are announced to change on 2027-01-01 and 2027-04-01."
