"""What a list of records shows of each, for a page that has the list itself: prices at a glance, sizes, and marks."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Pick, Several
from calculators.engine.inputs.suggestions import quoted, suggest_nearest
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.units import USD
from calculators.engine.questions.question import Unanswerable
from calculators.engine.records import Record
from calculators.views.json import compact_json

ABOUT = "US dollars for a million tokens, on"
"""What the figures at a glance are measured in, before the day on which they hold."""

MARKED = "marked"
"""The kind of the records that bear a mark; the other kinds are thirds by price."""


def json_offers(answer: Answer, name: str) -> str:
    """The figures at a glance of every record known on the day of the answer, and the kinds by which to filter them.

    A record that is no longer sold is of no kind, and its mark is the end.

    `{"about": …, "kinds": {"0": "Cheapest third, …", …}, "rows": {id: [figures, mark, kinds]}}`

    Raises:
        Unanswerable: the input picks no record, or none of which a list shows more than the name.
    """
    collection, record = _json_offers_picked(answer, name)
    day = answer.reading.on
    known = answer.reading.facts.records(collection, record, day)
    last = list(record.glance)[-1]
    sold = [entry for entry in known.values() if not entry.end]
    prices: list[Decimal] = sorted(getattr(entry, last) for entry in sold)
    # As many records in one third as in another, but for those of the same price.
    low, high = (prices[len(prices) * third // 3] for third in (1, 2))
    rows = {}
    for id, entry in known.items():
        figures = " · ".join(
            f"{_json_offers_price(getattr(entry, figure))} {word}" for figure, word in record.glance.items()
        )
        price = getattr(entry, last)
        third = str((price >= low) + (price >= high))
        if entry.end:
            rows[id] = [figures, entry.end, ""]
        else:
            rows[id] = [figures, entry.mark, f"{third} {MARKED}" if entry.mark else third]
    word = record.glance[last]
    kinds = {
        "0": f"Cheapest third, below {_json_offers_price(low)} {word}",
        "1": f"Middle third, below {_json_offers_price(high)} {word}",
        "2": f"Most expensive third, from {_json_offers_price(high)} {word}",
    }
    marks = {entry.mark.partition(":")[0] for entry in sold if entry.mark}
    if marks:
        kinds[MARKED] = f"Known to be {' or '.join(sorted(marks))}"
    return compact_json({"about": f"{ABOUT} {day}", "kinds": kinds, "rows": rows})


def _json_offers_picked(answer: Answer, name: str) -> tuple[str, type[Record]]:
    """The collection that an input picks from, and the kind of its records."""
    questions = answer.reading.questions
    kind = questions.get(name)
    if isinstance(kind, Pick | Several):
        record = kind.record if isinstance(kind, Several) else answer.reading.record_type(name)
        if record.glance:
            return kind.collection, record
    listed = [path for path, kind in questions.items() if isinstance(kind, Pick | Several)]
    raise Unanswerable(f"{quoted(name[:60])} lists no records with their prices{suggest_nearest(name[:60], listed)}")


def _json_offers_price(amount: Decimal) -> str:
    return rounded_amount(amount, USD)
