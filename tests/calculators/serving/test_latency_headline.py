"""The headline of a wait: what is usual and what is slow, in one sentence, as far as so many are answered at all."""

from __future__ import annotations

import json
import re

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from tests.calculators.serving.test_latency import LATENCY

SECONDS = r"[\d.,]+ seconds"


def answered(catalogue: Catalogue, given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The headline, and the outputs in words of the terminal."""
    page = json.loads(catalogue.answer(Question(LATENCY, given, form="page")))
    lines = catalogue.answer(Question(LATENCY, given, form="text")).splitlines()
    amounts = dict(re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in lines if re.match(r"  \S.*\S  ", line))
    return page["spoken"], amounts


@pytest.mark.parametrize("given", [{}, {"streaming": "no"}, {"steps": "8"}, {"answer": "40", "reasoning": "0"}])
def test_the_usual_wait_stands_beside_the_slow_one(catalogue: Catalogue, given: dict[str, str]) -> None:
    """Both are amounts of the same answer, so the sentence is no second computation."""
    headline, amounts = answered(catalogue, given)
    words = re.search(rf"A whole answer takes[^:]*: usually ({SECONDS}), 95% within ({SECONDS})$", headline)
    assert words, headline
    assert words[1] == amounts["Half of the answers are complete within"]
    assert words[2] == amounts["95 of 100 answers are complete within"]


@pytest.mark.parametrize(
    ("failed", "pattern"),
    [
        ("4%", rf"usually {SECONDS}, 95% within {SECONDS}"),
        ("6%", rf"usually {SECONDS}, more than one in 20 never comes"),
        ("60%", "for ever: most are never answered"),
    ],
)
def test_what_is_never_answered_has_no_time(catalogue: Catalogue, failed: str, pattern: str) -> None:
    headline, _ = answered(catalogue, {"tries.failed": failed, "tries.most": "1"})
    assert re.search(rf": {pattern}$", headline), headline


def test_a_typed_range_stands_in_both_times(catalogue: Catalogue) -> None:
    headline, _ = answered(catalogue, {"answer": "200..600"})
    span = rf"[\d.,]+ to {SECONDS}"  # the unit of both ends is said once
    assert re.search(rf"usually {span}, 95% within {span}$", headline), headline
