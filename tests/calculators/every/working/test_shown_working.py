"""The working as the page shows it: its numbers, read off the HTML, give the value that stands beside them."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Interval, kinds
from calculators.engine.questions.question import Question, Working
from tests.calculators.answers import BY_CASE, Given, amounts, answer_json, left_out
from tests.calculators.every.working.sums import evaluate


class Steps(HTMLParser):
    """Reads the steps of a working: the value shown, the line in numbers, and whether it is folded."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.steps: list[dict[str, str]] = []
        self.folds = 0
        self._into = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        classes = dict(attrs).get("class") or ""
        if tag == "p" and classes == "working-name":
            self.steps.append({"value": "", "numbers": "", "fold": ""})
        self.folds += tag == "details"
        if tag == "strong" and self.steps and not self.steps[-1]["value"]:
            self._into = "value"
        elif tag == "p":
            self._into = {"working-numbers": "numbers", "working-fold": "fold"}.get(classes, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "strong"):
            self._into = ""

    def handle_data(self, text: str) -> None:
        if self._into:
            self.steps[-1][self._into] += text


def number(shown: str) -> tuple[Decimal, Decimal]:
    """The number in a shown value and how far its rounding may have moved it; a share is written in percent."""
    match = re.search(r"(−?)\$?(\d[\d,]*(?:\.\d+)?)(%?)", shown)
    assert match, shown
    bare = Decimal(match[2].replace(",", ""))
    half = Decimal(1).scaleb(int(bare.as_tuple().exponent)) / 2
    scale = 100 if match[3] else 1
    return (-bare if match[1] else bare) / scale, half / scale


def computed(numbers: str) -> Decimal | None:
    """The value of a line of numbers with units: a share is a number of hundredths, all other units are left out."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", numbers.removeprefix("= ").replace("$", ""))
    plain = re.sub(r"−(?=\d)", "-", plain)
    plain = re.sub(r"(?<=\d)(?: [A-Za-z·]+)+", "", plain)
    return evaluate(re.sub(r"([\d.]+)%", lambda share: format(Decimal(share[1]).scaleb(-2), "f"), plain))


def whole(name: str) -> list[str]:
    """The outputs that unfold on the page."""
    return [
        *amounts(name),
        *(output for output, kind in kinds(find_calculator(name).outputs).items() if isinstance(kind, Interval)),
    ]


@pytest.mark.one_in(4)
@BY_CASE
def test_the_numbers_shown_give_the_value_shown(catalogue: Catalogue, name: str, given: Given) -> None:
    checked = 0
    for output in amounts(name):
        html = catalogue.answer(Question(name, given, ask=Working((output,)), form="html"))
        for step in Steps(html).steps:
            if not step["numbers"] or step["value"] == "–":
                continue
            result, shown_value = computed(step["numbers"]), number(step["value"])
            assert result is not None
            # The numbers of a formula are cut to 12 digits; a difference of large ones may lose some of them.
            largest = max(
                (
                    abs(Decimal(digits.replace(",", "")))
                    for digits in re.findall(r"\d[\d,]*(?:\.\d+)?", step["numbers"])
                ),
                default=Decimal(0),
            )
            allowed = shown_value[1] * Decimal("1.01") + max(largest, abs(result)) * Decimal("1e-9")
            assert abs(result - shown_value[0]) <= allowed, (output, step)
            checked += 1
    assert checked or set(amounts(name)) == left_out(catalogue, name, given)


@pytest.mark.one_in(4)
@BY_CASE
def test_every_figure_of_the_page_unfolds(catalogue: Catalogue, name: str, given: Given) -> None:
    html = catalogue.answer(Question(name, given, form="html"))
    unfolding = set(re.findall(r'data-working="(\w+)"', html))
    outputs = answer_json(catalogue, name, given)["outputs"]
    headline = find_calculator(name).headline
    shown = {output for output in whole(name) if output in outputs and output != headline}
    shown -= left_out(catalogue, name, given)
    missing = {
        output for output in shown - unfolding if not isinstance(kinds(find_calculator(name).outputs)[output], Interval)
    }
    assert not missing and unfolding <= shown
    if headline in amounts(name):
        assert 'data-keep="working"' in html


@pytest.mark.one_in(4)
@BY_CASE
def test_many_steps_and_long_sums_are_folded(catalogue: Catalogue, name: str, given: Given) -> None:
    for output in amounts(name):
        read = Steps(catalogue.answer(Question(name, given, ask=Working((output,)), form="html")))
        assert read.folds or len(read.steps) <= 7
        for step in read.steps:
            if step["fold"]:
                assert step["fold"].count("…") == 2 and len(step["fold"]) < len(step["numbers"]) * 3
