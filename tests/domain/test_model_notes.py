"""The sentences about a model's prices: when each holds, and what it says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from calculators.domain import model_notes
from calculators.domain.billing import Prompt, Sending, bill
from calculators.domain.billing.caching import Traffic
from calculators.domain.market import market_ranked_models
from calculators.domain.records import EmbeddingPrice, ModelPrice
from calculators.engine.declare import RankedRow
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


@pytest.mark.parametrize(
    ("begins", "months", "counts"),
    [
        (2, 12, "2 with the prices of 2026-11-28, 10 with the prices of 2027-01-15"),
        (1, 3, "1 with the prices of 2026-11-28, 2 with the prices of 2027-01-15"),
        (0, 3, "1 with the prices of 2026-11-28, 2 with the prices of 2027-01-15"),  # later in the first month itself
        (3, 3, "3 with the prices of 2026-11-28"),
    ],
)
def test_it_is_said_how_many_months_have_which_prices(begins: int, months: int, counts: str) -> None:
    model = replace(MODEL, since="2026-11-28", schedule=((begins, replace(MODEL, since="2027-01-15")),))
    sentence = model_notes.model_price_months(model, months)
    assert sentence == f"Months are those of the calendar and count whole, this one included: {counts}."


def test_an_effort_that_a_model_does_not_take_is_told() -> None:
    """The next lower one counts, a model that never reasons does not, and 0 where it cannot be 0 is said."""
    thinking = replace(MODEL, default_effort="medium", reasoning_low=Decimal(60), reasoning_medium=Decimal(100))
    never = replace(MODEL, default_effort="none", reasoning_none=Decimal(0))

    def effort_sentences(model: ModelPrice, effort: str, typed: Decimal | None = None) -> list[str]:
        return [note.sentence for note in model_notes.model_effort_notes(model, effort, typed) if note.holds]

    assert (
        effort_sentences(thinking, "default")
        == effort_sentences(thinking, "low")
        == effort_sentences(thinking, "none", Decimal(5))
        == []
    )
    assert effort_sentences(thinking, "none") == [
        "A model does not take that effort. It answers with reasoning at low effort."
    ]
    assert effort_sentences(thinking, "max") == [
        "A model does not take that effort. It answers with reasoning at medium effort."
    ]
    cannot = "Reasoning cannot be switched off on A model. Count what its usage report says."
    assert effort_sentences(thinking, "default", Decimal(0)) == [cannot]
    assert effort_sentences(never, "default", Decimal(0)) == effort_sentences(never, "none") == []
    assert effort_sentences(never, "high") == ["A model does not reason."]
    unknown = "It is not known whether A model reasons by default. No hidden tokens are counted."
    assert effort_sentences(MODEL, "default") == [unknown]
    assert effort_sentences(MODEL, "high") == [
        "How many tokens A model thinks in at that effort is not known. No hidden tokens are counted."
    ]


def test_what_caching_costs_and_how_few_find_it_is_told_of_any_calculator() -> None:
    """10,000 tokens that are written at 2.5 and read at 0.1 instead of 2: at one request an hour few find them.

    One in an hour and a lifetime of five minutes: 1/12 ÷ (1 + 1/12). Of nine later turns of a conversation two in seven
    come too late and look for the prefix as well: 25/84 ÷ (1 + 25/84).
    """
    listed = replace(
        MODEL,
        input=Decimal(2),
        output=Decimal(10),
        cached_read=Decimal("0.1"),
        cache_write=Decimal("2.5"),
        smallest_prefix=Decimal(1024),
        cache_minutes=Decimal(5),
        history_caching="automatic",
    )

    def cache_sentences(
        model: ModelPrice, requests: int, turns: int = 1, lifetime: str = "standard", typed: str = ""
    ) -> list[str]:
        prompt = Prompt(
            instructions=Decimal(10_000),
            examples=Decimal(0),
            context=Decimal(0),
            user_text=Decimal(100),
            answer=Decimal(100),
            reasoning=Decimal(0),
        )
        traffic = Traffic(
            requests=Decimal(requests),
            active_hours=Decimal(730),
            turns=Decimal(turns),
            pause=Decimal(2),
            found_cached=Decimal(typed) if typed else None,
            lifetime=lifetime,
        )
        sending = Sending(caching=True, batch=False, turns=Decimal(turns), traffic=traffic)
        cached, plain = (bill(model, prompt, replace(sending, caching=caching)) for caching in (True, False))
        notes = model_notes.model_cache_notes(model, cached, plain, traffic)
        return [note.sentence.split(":")[0] for note in notes if note.holds]

    costs = "Caching costs more than it saves here"
    assert cache_sentences(listed, 1_000_000) == cache_sentences(listed, 730, typed="0.9") == []
    assert cache_sentences(listed, 730) == [costs, "Only 7.7% of the requests find the prefix"]
    assert cache_sentences(listed, 730, typed="0.01") == [costs]
    assert cache_sentences(listed, 0) == []
    assert cache_sentences(listed, 7_300, turns=10) == ["Only 22.9% of the conversations find the prefix as they begin"]
    stated = replace(listed, cache_minutes=None)
    assert cache_sentences(stated, 1_000_000)[1].startswith("How long A model keeps a prefix is not known")
    assert cache_sentences(listed, 1_000_000, lifetime="extended") == [
        "A model has no such lifetime; the usual one is counted."
    ]


SMALL = replace(MODEL, id="a/small", name="Small", size="3 billion parameters", small="yes")
LARGE = replace(MODEL, id="a/large", name="Large", size="70 billion parameters")
UNKNOWN = replace(MODEL, id="a/unknown", name="Unknown")


def ranked(*models: ModelPrice, own: str = "") -> list[tuple[str, str]]:
    """Each model of a ranking in the order given, with its remark."""
    rows = [RankedRow(model.id, Decimal(rank), (model.name, "no batch price")) for rank, model in enumerate(models)]
    return [(name, remark) for name, remark in market_ranked_models(models[::-1], rows, own=own).rows]


def test_a_small_model_is_called_small_in_each_ranking_and_the_first_gets_a_word_more() -> None:
    small = "small: 3 billion parameters; no batch price"
    assert ranked(SMALL, LARGE, UNKNOWN) == [
        ("Small", f"{small}; not ranked by quality"),
        ("Large", "no batch price"),
        ("Unknown", "no batch price"),
    ]
    assert ranked(UNKNOWN, SMALL)[0] == ("Unknown", "no batch price; size not known; not ranked by quality")
    assert ranked(LARGE, SMALL) == [("Large", "no batch price"), ("Small", small)]
    assert ranked(SMALL, LARGE, own=SMALL.id)[0] == ("Small", small)
    assert ranked() == []


def test_what_is_cheaper_is_untested_and_may_be_small() -> None:
    price = "Price is all that is compared here."
    test = "Run your own test set on {} before you switch."
    sentences = {
        model.name: model_notes.model_untested_note(model, MODEL).sentence for model in (SMALL, LARGE, UNKNOWN)
    }
    assert sentences == {
        "Small": f"{price} Small is a small model of 3 billion parameters. {test.format('Small')}",
        "Large": f"{price} {test.format('Large')}",
        "Unknown": f"{price} The size of Unknown is not known here. {test.format('Unknown')}",
    }
    assert not model_notes.model_untested_note(SMALL, SMALL).holds
    assert not model_notes.model_untested_note(None, SMALL).holds
