"""The page's own Worker gives the bytes that CPython gives, on the very files that the site ships."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Page

from calculators.engine.declare import Choice, Day, Pick, YesNo, kinds
from calculators.find import find
from tests.strategies import fields, known_on, record_types, spellings

pytestmark = pytest.mark.browser

QUESTIONS = 520
AT_ONCE = 40
NONSENSE = [
    "",
    "  ",
    "nan",
    "1,5",
    "1.000,50",
    "12 34",
    "<script>",
    "१२",
    "-1",
    "1e309",
    "0x10",
    "many",
    "5..3",
    "½",
    "9" * 60,
]


def questions(name: str, catalogue, amount: int) -> Iterator[dict[str, str]]:
    """Questions as readers put them: other models, two or three changed fields, mistakes, ranges, days."""
    chance = random.Random(f"parity of {name}")
    inputs = find(name).inputs
    facts = catalogue.facts
    numbers = fields(inputs)
    others = {key: kind for key, kind in kinds(inputs).items() if isinstance(kind, Choice | YesNo | Pick | Day)}
    for _ in range(amount):
        given: dict[str, str] = {}
        for field in chance.sample(numbers, chance.choice((1, 2, 2, 3))):
            low, high = field.low, min(field.high, Decimal(10) ** chance.choice((2, 3, 4, 5, 6, 9)))
            value = low + (max(high, low) - low) * chance.randrange(1001) / 1000
            value = value.to_integral_value() if field.whole else value
            given[field.path] = chance.choice(spellings(value, field.unit))
            if chance.random() < 0.08:
                given[field.path] = chance.choice(NONSENSE)
            elif chance.random() < 0.05:
                given[field.path] = f"{value:f}..{value * 2:f}"
        for key, kind in others.items():
            if chance.random() < 0.4:
                if isinstance(kind, Pick):
                    given[key] = chance.choice(known_on(facts, kind.collection, record_types(inputs)[key], facts.as_of))
                elif isinstance(kind, Choice):
                    given[key] = chance.choice([*kind.options, "nothing"])
                elif isinstance(kind, YesNo):
                    given[key] = chance.choice(["yes", "no", "no", "perhaps"])
                else:
                    given[key] = chance.choice([facts.as_of, "2026-12-01", "2027-06-30", "2020-01-01", "tomorrow"])
        if chance.random() < 0.03:
            given["unknown.input"] = "1"
        yield given


def test_every_calculator_answers_the_same_in_the_browser(live_page: Page, catalogue) -> None:
    for name in catalogue.names:
        asked = [json.dumps(it) for it in questions(name, catalogue, QUESTIONS)]
        with_notes_or_errors = 0
        for at in range(0, len(asked), AT_ONCE):
            part = asked[at : at + AT_ONCE]
            told = live_page.evaluate(
                "([name, part]) => Promise.all(part.map((given) => window.__calculators.ask(name, given)))",
                [name, part],
            )
            for given, theirs in zip(part, told, strict=True):
                ours = catalogue.answer(name, given, "page")
                assert theirs == ours, f"{name} {given}"
                with_notes_or_errors += '"ok":false' in ours or "result-notes" in ours
        assert with_notes_or_errors >= len(asked) / 5


def test_every_example_answers_the_same_in_every_form(live_page: Page, catalogue) -> None:
    for name in catalogue.names:
        for example in ({}, *(dict(it.given) for it in find(name).examples)):
            given = json.dumps(example)
            for as_, ask in (
                ("page", "result"),
                ("page", "headline"),
                ("html", "working"),
                ("html", "result"),
                ("json", "result"),
                ("text", "result"),
                ("json", "working"),
            ):
                theirs = live_page.evaluate("(words) => window.__calculators.ask(...words)", [name, given, as_, ask])
                assert theirs == catalogue.answer(name, given, as_, ask), f"{name} {given} {as_} {ask}"


def test_ranges_are_the_same_bytes(live_page: Page, catalogue) -> None:
    given = json.dumps({"requests": "80k..120k", "model.input": "2 ±20%", "found_cached": "0.5..0.9", "turns": "1..6"})
    theirs = live_page.evaluate("(given) => window.__calculators.ask('prompting/cost', given, 'json', 'ranges')", given)
    assert theirs == catalogue.answer("prompting/cost", given, "json", "ranges")
