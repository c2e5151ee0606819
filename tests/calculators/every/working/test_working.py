"""Every working is the computation itself: its numbers evaluate to its steps, and each input that matters is in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Choice, NumberInput, Pick, Rows, YesNo, kinds
from calculators.engine.numbers.units import unit_from_text
from calculators.engine.questions.question import Working
from tests.calculators.answers import BY_CASE, BY_NAME, NAMES, Given, amounts, answer_json, computed, own_fields
from tests.calculators.every.working.sums import evaluate, holds
from tests.calculators.settings import settings_of
from tests.json_types import JsonObject
from tests.strategies import Field, fields, plain


def steps(working: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step that has a formula, with the output it belongs to."""
    for output, explained in working.items():
        for explanation in explained:
            yield from ((output, step) for step in explanation["steps"] if step["formula"])


def conditions(explained: list[JsonObject]) -> list[JsonObject]:
    """The conditions that decided the shape of some workings."""
    return [condition for explanation in explained for step in explanation["steps"] for condition in step["conditions"]]


def same(ours: Decimal | None, number: Decimal | None) -> bool:
    """Equal but for the last of 28 digits, which a sum of quotients rounds by the order of its terms."""
    if ours is None or number is None:
        return ours is number
    return abs(ours - number) <= abs(number) / 10**25


def check(working: dict[str, Any]) -> int:
    """Holds every step to its numbers; returns how many there were."""
    known: dict[str, Decimal | None] = {}
    count = 0
    for output, step in steps(working):
        text = step["numbers"]
        if text not in known:
            known[text] = evaluate(text)
        number = None if step["value"] is None else Decimal(step["value"])
        assert same(known[text], number), f"{output}, {step['name']}: {text} is {known[text]}, not {number}"
        count += 1
    for condition in conditions([explanation for explained in working.values() for explanation in explained]):
        assert holds(condition["numbers"]) == condition["holds"], condition
    return count


@pytest.mark.one_in(4)
@BY_CASE
def test_the_numbers_of_every_step_give_its_value(catalogue: Catalogue, name: str, given: Given) -> None:
    assert check(answer_json(catalogue, name, given, Working())["working"]) >= len(amounts(name))


@pytest.mark.one_in(4)
@BY_NAME
def test_the_numbers_of_every_table_and_note_give_their_values(catalogue: Catalogue, name: str) -> None:
    for output, kind in kinds(find_calculator(name).outputs).items():
        if output not in amounts(name):
            working = answer_json(catalogue, name, {}, Working((output,)))["working"]
            if any(step for step in steps(working)):
                assert check(working)
            if isinstance(kind, Rows):
                answer = answer_json(catalogue, name, {})
                (table,) = [table for table in answer["tables"] if table["name"] == output]
                numbers = [
                    cell
                    for row in table["rows"]
                    for cell, column in zip(row, table["columns"], strict=True)
                    if column["unit"] != "text" and cell is not None
                ]
                last = [explained["steps"][-1]["value"] for explained in working[output]]
                assert [value for value in last if value is not None] == numbers


@BY_CASE
def test_the_last_step_is_the_result(catalogue: Catalogue, name: str, given: Given) -> None:
    outputs = answer_json(catalogue, name, given)["outputs"]
    working = answer_json(catalogue, name, given, Working())["working"]
    shown = catalogue.compute(find_calculator(name), given).kinds
    for output, kind in amounts(name).items():
        for explained in working[output]:
            last = explained["steps"][-1]
            assert explained["title"] == last["name"] == shown[output].label
            assert last["value"] == outputs[output]["value"]
            assert unit_from_text(last["unit"]) == kind.unit


@pytest.mark.one_in(4)
@BY_CASE
def test_words_and_numbers_of_a_step_say_the_same(catalogue: Catalogue, name: str, given: Given) -> None:
    """With each name replaced by its value, the words of a step are its numbers."""
    compared = 0
    for explained in (
        explanation
        for explanations in answer_json(catalogue, name, given, Working())["working"].values()
        for explanation in explanations
    ):
        named = [(term["name"], term["value"]) for term in explained["terms"]]
        named += [(step["name"], step["value"]) for step in explained["steps"][:-1]]
        often = Counter(name for name, _ in dict.fromkeys(named))
        for step in explained["steps"]:
            words = step["formula"]
            if all(often[label] == 1 for label in often if label in words):
                for index, (label, _) in enumerate(sorted(named, key=lambda pair: -len(pair[0]))):
                    words = words.replace(label, f"\x00{index}\x00")
                for index, (_, number) in enumerate(sorted(named, key=lambda pair: -len(pair[0]))):
                    words = words.replace(f"\x00{index}\x00", str(number))
                assert words == step["numbers"]
                compared += 1
    assert compared


def changes(field: Field, number: Decimal | None, count: int) -> list[Decimal]:
    """Other values for a field: larger ones, and nothing."""
    tried = [Decimal(3), field.high] if number is None else [number * 2 + 1, field.low, number / 2]
    within = [min(max(each, field.low), field.high) for each in tried]
    whole = [each.to_integral_value() if field.whole else each for each in within]
    return [each for each in dict.fromkeys(whole) if each != number][:count]


def other_answers(
    catalogue: Catalogue, name: str, given: Given, count: int, asked: list[Field]
) -> Iterator[tuple[str, str, str]]:
    """For each input up to `count` other texts: its path, its label, what is typed instead. `asked` are the numbers."""
    inputs = answer_json(catalogue, name, given)["inputs"]
    calculator = find_calculator(name)
    by_path = {field.path: field for field in asked}
    for path, field in by_path.items():
        written = inputs[path]["value"] if path in inputs else None
        number = None if written is None else Decimal(written)
        yield from ((path, field.label, plain(each)) for each in changes(field, number, count))
    for path, kind in kinds(calculator.inputs).items():
        if isinstance(kind, YesNo):
            yield path, kind.label, "no" if inputs[path]["value"] else "yes"
        elif isinstance(kind, Choice):
            yield from ((path, kind.label, word) for word in kind.options if word != inputs[path]["value"])
        else:
            assert isinstance(kind, NumberInput | Pick) or path not in by_path


def names_in(explained: list[JsonObject]) -> str:
    """All that the workings of an output mention: their terms, and their conditions in words."""
    mentioned = [term["name"] for explanation in explained for term in explanation["terms"]]
    return "\n".join(mentioned + [condition["formula"] for condition in conditions(explained)])


ENDS: list[tuple[str, str, Given]] = [(name, "settings", settings_of(name)) for name in NAMES]
ENDS += [(name, "an example", find_calculator(name).examples[-1].given) for name in NAMES]
BY_END = pytest.mark.parametrize(
    ("name", "given"), [(name, given) for name, _, given in ENDS], ids=[f"{name}: {case}" for name, case, _ in ENDS]
)


@pytest.mark.one_in(8)
@BY_END
def test_an_input_that_changes_an_output_shows_in_its_working(catalogue: Catalogue, name: str, given: Given) -> None:
    """Each input once; of what another calculator asks too, and has tests of its own for, the first and the last."""
    changes_show(catalogue, name, given, 1, own_fields(name))


@pytest.mark.long
@BY_END
def test_any_input_that_changes_an_output_shows_in_its_working(catalogue: Catalogue, name: str, given: Given) -> None:
    changes_show(catalogue, name, given, 2, fields(find_calculator(name).inputs))


def changes_show(catalogue: Catalogue, name: str, given: Given, count: int, asked: list[Field]) -> None:
    """Hold that the working of each output that changes names the input that was changed."""
    before = answer_json(catalogue, name, given, Working())["working"]
    result = computed(catalogue, name, given)
    changed = set()
    for path, label, text in other_answers(catalogue, name, given, count, asked):
        typed = {**given, path: text}
        changed_result = computed(catalogue, name, typed)
        differ = [output for output in amounts(name) if getattr(changed_result, output) != getattr(result, output)]
        after = answer_json(catalogue, name, typed, Working(tuple(differ)))["working"] if differ else {}
        for output in differ:
            assert json.dumps(before[output]) != json.dumps(after[output]), (output, path)
            mentioned = names_in(before[output]) + "\n" + names_in(after[output])
            assert label in mentioned, f"{output} changes with {path}={text}, but its working never names {label!r}"
            if isinstance(kinds(find_calculator(name).inputs).get(path), YesNo | Choice):
                decided = conditions(before[output]) + conditions(after[output])
                assert any(label in condition["formula"] for condition in decided), (output, path)
            changed.add(path)
    numbers = [field for field in asked if isinstance(kinds(find_calculator(name).inputs).get(field.path), NumberInput)]
    assert len(changed) >= len(numbers) // 2
