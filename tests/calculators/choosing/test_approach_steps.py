"""The steps of the ladder: those of the front page, with every rung of the rules in one of them."""

import re

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing import APPROACH_STEPS, APPROACH_TONES
from calculators.choosing.approach import EXAMPLES
from calculators.discovery import find_calculator
from calculators.engine.declare import Example
from macros.pages.pictures.ladders import ladder_picture_decisions
from macros.project import ROOT


def test_the_steps_are_those_of_the_front_page_in_its_order_and_colors() -> None:
    front = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert re.findall(r"^\d\. \*\*([^*]+)\*\*\{ \.stair-name \}", front, re.MULTILINE) == list(APPROACH_STEPS)
    style = (ROOT / "docs" / "assets" / "stylesheets" / "home.css").read_text("utf-8")
    colored = {
        int(number): lever
        for places, lever in re.findall(r"> li([^{]*nth-child[^{]*)\{\s*--lever: var\(--lever-(\w+)\)", style)
        for number in re.findall(r"nth-child\((\d)\)", places)
    }
    assert colored == {number: tone for number, tone in enumerate(APPROACH_TONES, 1) if tone}


def test_every_rung_belongs_to_one_step_and_the_steps_rise_with_the_ladder(catalogue: Catalogue) -> None:
    ladder = [step.id for step in ladder_picture_decisions(catalogue.facts)["approach"].ladder]
    grouped = [rung for rungs in APPROACH_STEPS.values() for rung in rungs]
    assert sorted(grouped) == sorted(ladder)
    first = [min(ladder.index(rung) for rung in rungs) for rungs in APPROACH_STEPS.values()]
    assert sorted(first[:4]) == first[:4] and first[-1] == max(first)


HERE = {
    "An idea without a test set": 1,
    "Invoices into JSON": 2,
    "Good answers from a long prompt, too expensive": 5,
    "Contracts checked by a large model, too expensive": 5,
    "Ticket labels at a million a week": 7,
}
"""The step of some examples, by hand."""


@pytest.mark.parametrize("situation", EXAMPLES, ids=lambda situation: situation.name)
def test_the_reader_stands_on_the_step_of_the_verdict(catalogue: Catalogue, situation: Example) -> None:
    values = catalogue.compute(find_calculator("choosing/approach"), situation.given).values
    table, verdict = values["steps"], values["verdict"]
    assert table.own is not None
    step, state = table.rows[table.own]
    is_named = step.partition(". ")[2] == verdict.answer
    assert state == ("you are here" if is_named else f"you are here: {verdict.answer}")
    assert int(step.partition(".")[0]) == HERE.get(situation.name, table.own + 1)
    assert HERE.keys() <= {known.name for known in EXAMPLES}
