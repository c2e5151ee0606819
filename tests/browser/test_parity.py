"""The page's own Worker gives the bytes that CPython gives, on the very files that the site ships."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from calculators.engine.declare import Among, Choice, Day, File, Lines, Month, Number, Pick, Text, YesNo, kinds
from calculators.find import find
from tests.strategies import fields, known_on, record_types, spellings

pytestmark = pytest.mark.browser

OFTEN, AT_NIGHT = 80, 2000
"""How many questions each calculator is asked in every run, and in the long one."""
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


FILES = sorted((Path(__file__).resolve().parents[1] / "calculators" / "dataset_files").iterdir())
TEXTS = [
    "",
    "  ",
    "one",
    "Answer in a sentence.\n- no promises\n- {date}",
    "a\r\nb\tc",
    "<b>&amp;</b>",
    "1\n0\n1,1\n0 1",
    "漢字かな。😀👩‍👩‍👧",
    "a" * 5000,
    " " * 2500,
    "naïve \u0301 \u00a0\u2028 \ufeff end",
    "\x00\x1f",
    "def f(x):\n    return x ** 2\n",
    *(path.read_bytes().decode("utf-8", "replace") for path in FILES),
]
"""What is pasted or read from a file: prompts, lists, tables, training data, and what nobody means to paste."""


def pasted(chance: random.Random) -> str:
    """A text to paste: one of a kind, or several below each other."""
    return "\n".join(chance.choice(TEXTS) for _ in range(chance.choice((1, 1, 2, 4))))


def answered(chance: random.Random, kind: Any) -> str:
    """A text for a question that stands for itself, right or wrong; a line has such questions, too."""
    if isinstance(kind, Choice):
        return chance.choice([*kind.options, "nothing"])
    if isinstance(kind, YesNo):
        return chance.choice(["yes", "no", "no", "perhaps"])
    if isinstance(kind, Month):
        return chance.choice(["2026-11", "2027-02", "2020-01", "2026-13", "May"])
    if isinstance(kind, Number):
        value = kind.low + (min(kind.high, kind.low + 1000) - kind.low) * chance.randrange(1001) / 1000
        return chance.choice([*spellings(value.to_integral_value() if kind.whole else value, kind.unit), "many"])
    return pasted(chance) or "text"


def questions(name: str, catalogue, amount: int) -> Iterator[dict[str, str]]:
    """Questions as readers put them: other models, two or three changed fields, mistakes, ranges, days."""
    chance = random.Random(f"parity of {name}")
    inputs = find(name).inputs
    facts = catalogue.facts
    numbers = fields(inputs)
    asked = (Among, Choice, Day, File, Lines, Month, Pick, Text, YesNo)
    others = {key: kind for key, kind in kinds(inputs).items() if isinstance(kind, asked)}
    for _ in range(amount):
        given: dict[str, str] = {}
        for field in chance.sample(numbers, min(len(numbers), chance.choice((1, 2, 2, 3)))):
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
                elif isinstance(kind, Among):
                    given[key] = chance.choice(["any", *facts.groups(kind.collection), "nobody"])
                elif isinstance(kind, Lines):
                    for at in range(1, chance.randint(1, kind.most) + 1):
                        given |= {f"{key}.{at}.{cell}": answered(chance, its) for cell, its in kinds(kind.of).items()}
                elif not isinstance(kind, Day):
                    given[key] = answered(chance, kind)
                else:
                    given[key] = chance.choice([facts.as_of, "2026-12-01", "2027-06-30", "2020-01-01", "tomorrow"])
        if chance.random() < 0.03:
            given["unknown.input"] = "1"
        yield given


def test_a5_every_calculator_answers_the_same_in_the_browser(cost_page: Page, catalogue) -> None:
    answers_are_the_same(cost_page, catalogue, OFTEN)


@pytest.mark.long
def test_a5_every_calculator_answers_the_same_in_the_browser_very_often(cost_page: Page, catalogue) -> None:
    answers_are_the_same(cost_page, catalogue, AT_NIGHT)


def answers_are_the_same(cost_page: Page, catalogue, amount: int) -> None:
    """Hold that each calculator gives the same bytes to so many questions."""
    for name in catalogue.names:
        asked = [json.dumps(it) for it in questions(name, catalogue, amount)]
        with_notes_or_errors = 0
        for at in range(0, len(asked), AT_ONCE):
            part = asked[at : at + AT_ONCE]
            told = cost_page.evaluate(
                "([name, part]) => Promise.all(part.map((given) => window.__calculators.ask(name, given)))",
                [name, part],
            )
            for given, theirs in zip(part, told, strict=True):
                ours = catalogue.answer(name, given, "page")
                assert theirs == ours, f"{name} {given}"
                with_notes_or_errors += '"ok":false' in ours or "result-notes" in ours
        assert with_notes_or_errors >= len(asked) / 5


def test_a5_every_example_answers_the_same_in_every_form(cost_page: Page, catalogue) -> None:
    for name in catalogue.names:
        for example in ({}, *(dict(it.given) for it in find(name).examples)):
            given = json.dumps(example)
            for as_, ask in (
                ("page", "result"),
                ("page", "headline"),
                ("page", "sight"),
                ("html", "working"),
                ("html", "result"),
                ("json", "result"),
                ("text", "result"),
                ("json", "working"),
            ):
                theirs = cost_page.evaluate("(words) => window.__calculators.ask(...words)", [name, given, as_, ask])
                assert theirs == catalogue.answer(name, given, as_, ask), f"{name} {given} {as_} {ask}"


def test_ranges_are_the_same_bytes(cost_page: Page, catalogue) -> None:
    given = json.dumps({"requests": "80k..120k", "model.input": "2 ±20%", "found_cached": "0.5..0.9", "turns": "1..6"})
    theirs = cost_page.evaluate("(given) => window.__calculators.ask('prompting/cost', given, 'json', 'ranges')", given)
    assert theirs == catalogue.answer("prompting/cost", given, "json", "ranges")
