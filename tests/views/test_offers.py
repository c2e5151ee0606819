"""What a list of records shows of each: prices of the day, thirds of about the same size, and marks."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import Every, Pick, Several, declared_record_types, kinds
from calculators.engine.questions.question import Offers, Question, Unanswerable
from tests.json_types import JsonObject

LISTED = [
    (name, path)
    for name in calculator_names()
    for path, kind in kinds(find_calculator(name).inputs).items()
    if isinstance(kind, Several)
    or (isinstance(kind, Pick) and declared_record_types(find_calculator(name).inputs)[path].glance)
]


def offers(catalogue: Catalogue, name: str, path: str, **given: str) -> JsonObject:
    """What the list of an input shows."""
    told: JsonObject = json.loads(catalogue.answer(Question(name, given, ask=Offers(path))))
    return told


def end(catalogue: Catalogue, id: str) -> str:
    """The day on which a model has shut down by the day of the facts; empty while it is sold."""
    fact = catalogue.facts.entry("prices", id)["facts"].get("retires")
    day = fact["values"][-1][1] if fact else ""
    return day if day <= catalogue.facts.as_of else ""


@pytest.mark.parametrize(("name", "path"), LISTED)
def test_each_list_of_models_can_be_searched_and_says_the_same(catalogue: Catalogue, name: str, path: str) -> None:
    assert "data-pick" in catalogue.panel(name, {}, "it", "full")
    assert offers(catalogue, name, path) == offers(catalogue, "prompting/models", "shortlist")


def test_prices_and_marks_are_those_of_the_facts(catalogue: Catalogue) -> None:
    told = offers(catalogue, "prompting/models", "model")
    for id, (figures, mark, kind) in told["rows"].items():
        facts = catalogue.facts.entry("prices", id)["facts"]
        published = [catalogue.facts.fact(f"prices:{id}#{figure}").value for figure in ("input", "output")]
        shown = [Decimal(part.split()[0].removeprefix("$").replace(",", "")) for part in figures.split(" · ")]
        assert all(abs(a - Decimal(b)) <= Decimal(b) / 100 for a, b in zip(shown, published, strict=True)), id
        if ended := end(catalogue, id):
            assert (mark, kind) == (f"shut down on {ended}", "")
            continue
        assert mark == (f"small: {facts['size']['values'][0][1]}" if "small" in facts else "")
        assert ("marked" in kind) == ("small" in facts)
    assert told["about"].endswith(catalogue.facts.as_of)


def test_thirds_divide_the_models_by_their_output_price(catalogue: Catalogue) -> None:
    rows = offers(catalogue, "prompting/models", "model")["rows"]
    sold = [id for id in rows if not end(catalogue, id)]
    assert sold and len(sold) < len(rows)
    price = {id: Decimal(catalogue.facts.fact(f"prices:{id}#output").value) for id in sold}
    thirds = [[price[id] for id in sold if rows[id][2][0] == third] for third in "012"]
    assert max(thirds[0]) < min(thirds[1]) <= max(thirds[1]) < min(thirds[2])
    assert all(len(sold) / 5 < len(third) < len(sold) / 2 for third in thirds)


def test_prices_are_those_of_the_day_and_a_mistake_elsewhere_does_not_hide_them(catalogue: Catalogue) -> None:
    changed = next(
        (id, days[0])
        for id in catalogue.facts.entries("prices")
        if (days := catalogue.facts.changes("prices", id, catalogue.facts.as_of))
        and catalogue.facts.fact(f"prices:{id}#output", days[0]) != catalogue.facts.fact(f"prices:{id}#output")
    )
    id, day = changed
    before = offers(catalogue, "prompting/models", "model", requests="many")["rows"][id]
    assert offers(catalogue, "prompting/models", "model", as_of=day)["rows"][id] != before


@pytest.mark.parametrize("path", ["models", "requests", "tier"])
def test_what_lists_no_records_has_no_offers(catalogue: Catalogue, path: str) -> None:
    with pytest.raises(Unanswerable, match="lists no records with their prices"):
        offers(catalogue, "prompting/models", path)


def test_a_question_for_several_records_has_a_market_of_theirs() -> None:
    for name in calculator_names():
        questions = kinds(find_calculator(name).inputs)
        markets = {kind.collection for kind in questions.values() if isinstance(kind, Every)}
        assert {kind.collection for kind in questions.values() if isinstance(kind, Several)} <= markets, name
