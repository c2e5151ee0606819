"""Every figure that a reader may replace: typing it changes the answer, or the answer says that it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Figure, Pick, declared_record_types, kinds
from calculators.engine.numbers.rounding import unrounded_digits
from tests.calculators.answers import NAMES, answer_json
from tests.calculators.every.records.scenes import IDLE, scenes
from tests.json_types import JsonObject

PICKS = [
    (name, owner)
    for name in NAMES
    for owner, kind in kinds(find_calculator(name).inputs).items()
    if isinstance(kind, Pick)
]
"""Every question for a record, with its calculator."""

SAID = "the figure you typed changes nothing in this answer."
SCALED = "scaled with the price you typed"


def figures(name: str, owner: str) -> dict[str, Figure]:
    """The figures of a record that can be typed, by name."""
    record = declared_record_types(find_calculator(name).inputs)[owner]
    return {field: figure for field, figure in kinds(record).items() if figure.is_number}


def answered(catalogue: Catalogue, name: str, given: Mapping[str, str]) -> tuple[str, list[str]]:
    """All that an answer says apart from what it repeats of the inputs, and what it says of idle figures."""
    answer: JsonObject = answer_json(catalogue, name, given)
    notes = [note for note in answer["notes"] if SAID not in note and SCALED not in note]
    return str((answer["outputs"], answer["tables"], notes)), [note for note in answer["notes"] if SAID in note]


def typed_figures(
    catalogue: Catalogue, name: str, path: str, figure: Figure, scene: Mapping[str, str]
) -> Iterator[str]:
    """Two figures that are not the published one: twice as much or more, and the least."""
    listed = answer_json(catalogue, name, scene)["inputs"].get(path)
    published = Decimal(listed["value"]) if listed else None
    for figure_typed in ((published or Decimal(1)) * 2, figure.low):
        bounded = min(max(figure_typed, figure.low), figure.high)
        if bounded != published:
            yield unrounded_digits(bounded)


def acts(catalogue: Catalogue, name: str, path: str, figure: Figure, scene: Mapping[str, str]) -> bool:
    """Whether typing a figure changes the answer; where it does not, the answer has to say so, and not otherwise."""
    before, _ = answered(catalogue, name, scene)
    changed = False
    for typed in typed_figures(catalogue, name, path, figure, scene):
        after, said = answered(catalogue, name, {**scene, path: typed})
        sentence = any(f"{figure.label}: {SAID}" in note for note in said)
        assert sentence is (after == before), (scene, path, typed, said)
        changed = changed or after != before
    return changed


FIGURES = [(name, owner, field) for name, owner in PICKS for field in figures(name, owner)]
"""Each of those figures."""


@pytest.mark.one_in(8)
@pytest.mark.parametrize(
    ("name", "owner", "field"), FIGURES, ids=[f"{figure[0]}: {'.'.join(figure[1:])}" for figure in FIGURES]
)
def test_a_typed_figure_acts_or_the_answer_says_that_it_does_not(
    catalogue: Catalogue, name: str, owner: str, field: str
) -> None:
    figure, path = figures(name, owner)[field], f"{owner}.{field}"
    if field in IDLE.get((name, owner), {}):
        assert not acts(catalogue, name, path, figure, {})
        _, said = answered(catalogue, name, {path: next(typed_figures(catalogue, name, path, figure, {}))})
        assert any(f"It counts only {figure.counts}." in note for note in said), said
    else:
        tried = (scene for scene in scenes(name, owner, field) if path not in scene)
        assert any(acts(catalogue, name, path, figure, scene) for scene in tried)


@pytest.mark.long
@pytest.mark.parametrize(("name", "owner"), IDLE, ids=[f"{name}: {owner}" for name, owner in IDLE])
def test_an_exception_acts_in_no_setting(catalogue: Catalogue, name: str, owner: str) -> None:
    for field in IDLE[name, owner]:
        path, figure = f"{owner}.{field}", figures(name, owner)[field]
        for scene in scenes(name, owner, field):
            assert path in scene or not acts(catalogue, name, path, figure, scene), (field, scene)


def test_every_exception_has_its_reason() -> None:
    for (name, owner), reasons in IDLE.items():
        assert set(reasons) <= set(figures(name, owner)), (name, owner)
        assert all(reasons.values()), (name, owner)
