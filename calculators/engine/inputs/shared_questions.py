"""The questions that calculators share, and those that outputs answer, so that numbers can be carried along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

from calculators.engine.declare import (
    Amount,
    Day,
    Every,
    File,
    Kind,
    Lines,
    NumberInput,
    Pick,
    Text,
    declared_plan_kinds,
    kinds,
)


def shared_question_paths(source: type, target: type) -> dict[str, str]:
    """The paths of the source's inputs that the target asks as well, each with its path there.

    Two questions are the same where name, unit and kind agree. All questions of a calculator whose plan the other one
    takes in, or whose plan is itself taken in, are shared too.
    """
    source_kinds, target_kinds = kinds(source), kinds(target)
    paths = {
        name: name
        for name, kind in source_kinds.items()
        if "." not in name and _is_shared_question_same(kind, target_kinds.get(name))
    }
    for name, plan in declared_plan_kinds(target).items():
        if plan.inputs is source:
            travelling = (path for path, kind in source_kinds.items() if _is_question_shared(kind))
            paths |= {path: plan.shared.get(path, f"{name}.{path}") for path in travelling}
    for name, plan in declared_plan_kinds(source).items():
        if plan.inputs is target:
            travelling = (path for path, kind in target_kinds.items() if _is_question_shared(kind))
            paths |= {plan.shared.get(path, f"{name}.{path}"): path for path in travelling}
    return {path: goal for path, goal in paths.items() if path in source_kinds and goal in target_kinds}


def measured_question_paths(outputs: type, target: type) -> dict[str, list[str]]:
    """The outputs that measure what the target asks, each with the paths of those questions: same label, same unit.

    The first output that measures something says how much there is. A target that does not ask that asks about
    something else, whatever its labels.
    """
    asked = {(kind.label, kind.unit): name for name, kind in kinds(target).items() if isinstance(kind, NumberInput)}
    measured = {name: kind for name, kind in kinds(outputs).items() if isinstance(kind, Amount)}
    goals = {
        name: [asked[label, kind.unit] for label in kind.measures if (label, kind.unit) in asked]
        for name, kind in measured.items()
    }
    measuring = [name for name, kind in measured.items() if kind.measures]
    if not measuring or not goals[measuring[0]]:
        return {}
    return {name: paths for name, paths in goals.items() if paths}


def _is_question_shared(kind: Kind) -> bool:
    return not isinstance(kind, Text | File | Lines | Day | Every)


def _is_shared_question_same(first: Kind, second: Kind) -> bool:
    """Whether two questions ask the same: the same kind of answer, in the same unit or out of the same choices."""
    if type(first) is not type(second) or not _is_question_shared(first):
        return False
    if isinstance(first, Pick):
        return bool(first.collection == second.collection)
    alike = ("unit", "options", "collection", "label")
    return all(getattr(first, attribute, None) == getattr(second, attribute, None) for attribute in alike)


Place = tuple[str, str]
"""A calculator's name and the path of one of its questions."""


@cache
def case_question_names(calculators: tuple[tuple[str, type], ...]) -> Mapping[str, Mapping[str, str]]:
    """For each calculator, given by its name and `Inputs`, the paths that another one asks too, with their names.

    What two calculators share, and each of them with a third, is one question. It is named as the first calculator that
    asks it at the top of its form calls it. A calculator that asks it several times, once for each plan, means it by
    the first: the others differ on purpose.
    """
    names: dict[str, dict[str, str]] = {calculator: {} for calculator, _ in calculators}
    rank = {
        (calculator, path): (path.count("."), number, position)
        for number, (calculator, inputs) in enumerate(calculators)
        for position, path in enumerate(kinds(inputs))
    }
    taken: set[str] = set()
    for places in _shared_questions_of(calculators):
        ranked = sorted(places, key=rank.__getitem__)
        calculator, path = ranked[0]
        name = f"{calculator}.{path}" if path in taken else path
        taken.add(name)
        for owner, asked in dict(reversed(ranked)).items():
            names[owner][asked] = name
    return names


@cache
def case_follower_names(calculators: tuple[tuple[str, type], ...]) -> Mapping[str, Mapping[str, str]]:
    """For each calculator the paths of further plans at which it asks a question of the case once more, with its name.

    A plan whose question starts with another answer differs on purpose, and does not follow.
    """
    names = case_question_names(calculators)
    followers: dict[str, dict[str, str]] = {calculator: {} for calculator, _ in calculators}
    by_calculator = dict(calculators)
    for places in _shared_questions_of(calculators):
        for calculator, inputs in by_calculator.items():
            asked, described = [path for owner, path in places if owner == calculator], kinds(inputs)
            first = next((path for path in asked if path in names[calculator]), "")
            for path in sorted(asked):
                if first and path != first and described[path].default == described[first].default:
                    followers[calculator][path] = names[calculator][first]
    return followers


def shared_answers(given: Mapping[str, str], names: Mapping[str, str], followers: Mapping[str, str]) -> dict[str, str]:
    """The answers with those of the case put into further plans, where these were asked nothing by themselves.

    >>> shared_answers({"first.model": "m", "first.hours": "2"}, {"first.model": "model"}, {"next.model": "model"})
    {'first.model': 'm', 'first.hours': '2', 'next.model': 'm'}
    """
    first = {name: path for path, name in names.items()}
    more = {
        path + asked.removeprefix(first[name]): text
        for path, name in followers.items()
        if name in first and not any(_belongs_to_shared_question(asked, path) for asked in given)
        for asked, text in given.items()
        if _belongs_to_shared_question(asked, first[name])
    }
    return {**given, **more}


def _belongs_to_shared_question(asked: str, path: str) -> bool:
    """Whether a path is that of a question, or of a figure of the record which that picks."""
    return asked == path or asked.startswith(f"{path}.")


def _shared_questions_of(calculators: tuple[tuple[str, type], ...]) -> Iterator[frozenset[Place]]:
    """Every question that several calculators ask, as the places where they do."""
    group: dict[Place, frozenset[Place]] = {}
    for (first, inputs), (second, others) in combinations(calculators, 2):
        for path, goal in shared_question_paths(inputs, others).items():
            here, there = (first, path), (second, goal)
            both = group.get(here, frozenset([here])) | group.get(there, frozenset([there]))
            group |= dict.fromkeys(both, both)
    yield from dict.fromkeys(group.values())
