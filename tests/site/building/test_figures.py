"""Answers in articles: each is a figure whose link opens the calculator on the same numbers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator

pytestmark = pytest.mark.site

FORM = '<section class="calc '
FIGURE = re.compile(
    r'<div class="calc calc-figure".*?<p class="result-value[^>]*>(?P<headline>.*?)</p>'
    r'.*?<a href="(?P<link>[^"]*)" class="calc-open">',
    re.DOTALL,
)


def test_a_page_asks_the_questions_of_one_calculator_at_most(site: Path) -> None:
    crowded = [path.parent.name for path in site.rglob("index.html") if path.read_text("utf-8").count(FORM) > 1]
    assert crowded == []


def test_each_figure_opens_its_calculator_on_the_same_numbers(site: Path, catalogue: Catalogue) -> None:
    """The link's example, with what the link has over it, gives the headline of the figure."""
    count = 0
    for path in sorted(site.rglob("index.html")):
        page = f"https://example.org/{path.relative_to(site).as_posix().removesuffix('index.html')}"
        for figure in FIGURE.finditer(path.read_text("utf-8")):
            address = urlsplit(urljoin(page, unescape(figure["link"])))
            told = dict(parse_qsl(address.fragment, keep_blank_values=True))
            calculator = find_calculator(told["calculator"])
            examples = {example.name: dict(example.given) for example in calculator.examples}
            given = examples[told["example"]] if "example" in told else {}
            given |= {name.removeprefix("."): text for name, text in told.items() if name.startswith(".")}
            answer = catalogue.compute(calculator, given)
            assert answer.headline_words == unescape(figure["headline"]), (page, told)
            form = (site / address.path.lstrip("/") / "index.html").read_text("utf-8")
            assert f'data-calculator="{calculator.name}" data-show="full"' in form, (page, told)
            count += 1
    assert count > 40
