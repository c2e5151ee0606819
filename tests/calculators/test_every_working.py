"""Every working is the computation itself: its numbers evaluate to its steps, and each input that matters is in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from calculators.engine.declare import Choice, Number, Pick, Rows, YesNo, kinds
from calculators.engine.units import unit
from calculators.find import find
from tests.calculators.every import BY_CASE, BY_NAME, NAMES, Given, amounts, computed, told
from tests.calculators.sums import evaluate, holds
from tests.strategies import Field, fields, plain


def steps(working: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step that has a formula, with the output it belongs to."""
    for output, explained in working.items():
        for one in explained:
            yield from ((output, step) for step in one["steps"] if step["formula"])


def conditions(explained: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The conditions that decided the shape of some workings."""
    return [condition for one in explained for step in one["steps"] for condition in step["conditions"]]


def check(working: dict[str, Any]) -> int:
    """Holds every step to its numbers; returns how many there were."""
    known: dict[str, Decimal | None] = {}
    count = 0
    for output, step in steps(working):
        text = step["numbers"]
        if text not in known:
            known[text] = evaluate(text)
        value = None if step["value"] is None else Decimal(step["value"])
        assert known[text] == value, f"{output}, {step['name']}: {text} is {known[text]}, not {value}"
        count += 1
    for condition in conditions([one for explained in working.values() for one in explained]):
        assert holds(condition["numbers"]) == condition["holds"], condition
    return count


@BY_CASE
def test_the_numbers_of_every_step_give_its_value(catalogue, name: str, given: Given) -> None:
    assert check(told(catalogue, name, given, "working")["working"]) >= len(amounts(name))


@BY_NAME
def test_the_numbers_of_every_table_and_note_give_their_values(catalogue, name: str) -> None:
    for output, kind in kinds(find(name).outputs).items():
        if output not in amounts(name):
            working = told(catalogue, name, {}, f"working {output}")["working"]
            if any(step for step in steps(working)):
                assert check(working)
            if isinstance(kind, Rows):
                answer = told(catalogue, name, {})
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
def test_the_last_step_is_the_result(catalogue, name: str, given: Given) -> None:
    outputs = told(catalogue, name, given)["outputs"]
    working = told(catalogue, name, given, "working")["working"]
    for output, kind in amounts(name).items():
        for explained in working[output]:
            last = explained["steps"][-1]
            assert (explained["title"], last["name"]) == (kind.label, kind.label)
            assert last["value"] == outputs[output]["value"]
            assert unit(last["unit"]) == kind.unit


@BY_CASE
def test_words_and_numbers_of_a_step_say_the_same(catalogue, name: str, given: Given) -> None:
    """With each name replaced by its value, the words of a step are its numbers."""
    compared = 0
    for explained in (one for of in told(catalogue, name, given, "working")["working"].values() for one in of):
        named = [(term["name"], term["value"]) for term in explained["terms"]]
        named += [(step["name"], step["value"]) for step in explained["steps"][:-1]]
        often = Counter(name for name, _ in dict.fromkeys(named))
        for step in explained["steps"]:
            words = step["formula"]
            if all(often[label] == 1 for label in often if label in words):
                for at, (label, _) in enumerate(sorted(named, key=lambda pair: -len(pair[0]))):
                    words = words.replace(label, f"\x00{at}\x00")
                for at, (_, value) in enumerate(sorted(named, key=lambda pair: -len(pair[0]))):
                    words = words.replace(f"\x00{at}\x00", str(value))
                assert words == step["numbers"]
                compared += 1
    assert compared


def changes(field: Field, value: Decimal | None, count: int) -> list[Decimal]:
    """Other values for a field: larger ones, and nothing."""
    tried = [Decimal(3), field.high] if value is None else [value * 2 + 1, field.low, value / 2]
    within = [min(max(each, field.low), field.high) for each in tried]
    whole = [each.to_integral_value() if field.whole else each for each in within]
    return [each for each in dict.fromkeys(whole) if each != value][:count]


def other_answers(catalogue, name: str, given: Given, count: int) -> Iterator[tuple[str, str, str]]:
    """For each input up to `count` other texts: its path, its label, what is typed instead."""
    inputs = told(catalogue, name, given)["inputs"]
    calculator = find(name)
    by_path = {field.path: field for field in fields(calculator.inputs)}
    for path, field in by_path.items():
        value = Decimal(inputs[path]["value"]) if path in inputs else None
        yield from ((path, field.label, plain(each)) for each in changes(field, value, count))
    for path, kind in kinds(calculator.inputs).items():
        if isinstance(kind, YesNo):
            yield path, kind.label, "no" if inputs[path]["value"] else "yes"
        elif isinstance(kind, Choice):
            yield from ((path, kind.label, word) for word in kind.options if word != inputs[path]["value"])
        else:
            assert isinstance(kind, Number | Pick) or path not in by_path


def names_in(explained: list[dict[str, Any]]) -> str:
    """All that the workings of an output mention: their terms, and their conditions in words."""
    mentioned = [term["name"] for one in explained for term in one["terms"]]
    return "\n".join(mentioned + [condition["formula"] for condition in conditions(explained)])


ENDS = [(name, {}, 2) for name in NAMES] + [(name, find(name).examples[-1].given, 1) for name in NAMES]


@pytest.mark.parametrize(("name", "given", "count"), ENDS, ids=[f"{name}: {count}" for name, _, count in ENDS])
def test_an_input_that_changes_an_output_shows_in_its_working(catalogue, name: str, given: Given, count: int) -> None:
    before = told(catalogue, name, given, "working")["working"]
    result = computed(catalogue, name, given)
    changed = set()
    for path, label, text in other_answers(catalogue, name, given, count):
        typed = {**given, path: text}
        other = computed(catalogue, name, typed)
        differ = [output for output in amounts(name) if getattr(other, output) != getattr(result, output)]
        after = told(catalogue, name, typed, f"working {' '.join(differ)}")["working"] if differ else {}
        for output in differ:
            assert json.dumps(before[output]) != json.dumps(after[output]), (output, path)
            mentioned = names_in(before[output]) + "\n" + names_in(after[output])
            assert label in mentioned, f"{output} changes with {path}={text}, but its working never names {label!r}"
            if isinstance(kinds(find(name).inputs).get(path), YesNo | Choice):
                decided = conditions(before[output]) + conditions(after[output])
                assert any(label in condition["formula"] for condition in decided), (output, path)
            changed.add(path)
    assert len(changed) >= len([1 for kind in kinds(find(name).inputs).values() if isinstance(kind, Number)]) // 2
