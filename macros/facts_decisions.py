"""The decisions: rules over answers, kept in data/decisions/, one ladder a file.

The grammar is closed. A rule has conditions (`when`), exactly one of `favors` and `rules_out`, a reason and its source;
a condition is one answer, a list of answers, or bounds of a number. Whatever else is written is a mistake, told with
its place: a rule that nobody checked could send a reader the wrong way without any number looking wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from math import prod
from typing import Any

from pydantic import Field

from calculators.engine.rules import MOST_CASES, Decision, Ruling, condition, representatives
from calculators.engine.suggest import nearest
from macros.facts_problems import Problem, shown
from macros.facts_schema import Part
from macros.facts_values import Day, Name, Words, number
from macros.facts_yaml import Node, Rows, Table, Text

FOLDER = "decisions/"
NUMBER = "number"
BOUNDS = ("at_least", "below")
Questions = dict[str, list[str]]
"""The possible answers of each question; none where it is answered by a number."""


class RungPart(Part):
    """A rung of the ladder: what to do there, why it stands there, and which answers differ once it was tried."""

    name: Words
    does: Words
    because: Words
    done: dict[Name, Words] = Field(default_factory=dict)


class RulePart(Part):
    """A rule; what its conditions and rungs may be is checked with their places, in `problems`."""

    when: Any
    favors: Any = None
    rules_out: Any = None
    because: Words
    source: Name


class DecisionFile(Part):
    """data/decisions/<decision>.yaml."""

    checked: Day
    best_before: Day
    questions: dict[Name, Any]
    ladder: dict[Name, RungPart]
    rules: dict[Name, RulePart]


def collections(name: str, file: DecisionFile) -> dict[str, dict[str, Any]]:
    """The rules and the rungs of a file as the calculators load them: each a record of facts that are words."""
    decision = _decision(name)

    def record(id: str, title: str, facts: dict[str, Any]) -> dict[str, Any]:
        return {f"{decision}/{id}": {"name": title, "group": decision, "note": "", "facts": facts}}

    def fact(value: str, about: dict[str, str]) -> dict[str, Any]:
        return {"unit": "text", "values": [[file.checked, value]], "source": "", "checked": file.checked, **about}

    found: dict[str, dict[str, Any]] = {"rungs": {}, "rules": {}}
    for id, rung in file.ladder.items():
        why = {"because": rung.because}
        found["rungs"] |= record(id, rung.name, {"does": fact(rung.does, why), "done": fact(_tight(rung.done), why)})
    for id, rule in file.rules.items():
        source = {"source": rule.source}
        texts = {"rule": fact(_tight(_rule(rule)), source), "because": fact(rule.because, source)}
        found["rules"] |= record(id, id, texts)
    return found


def _decision(file: str) -> str:
    return file.removeprefix(FOLDER).removesuffix(".yaml")


def _tight(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _rule(rule: RulePart) -> dict[str, Any]:
    """A rule in the one form that the engine reads: lists of words, bounds as decimal texts."""
    told: dict[str, Any] = {"when": {question: _condition(it) for question, it in rule.when.items()}}
    for effect, rungs in (("favors", rule.favors), ("rules_out", rule.rules_out)):
        if rungs is not None:
            told[effect] = _listed(rungs)
    return told


def _condition(it: Any) -> Any:
    return {bound: number(text) for bound, text in it.items()} if isinstance(it, dict) else _listed(it)


def _listed(it: Any) -> list[str]:
    return it if isinstance(it, list) else [it]


def problems(root: Node, file: str) -> Iterator[Problem]:
    """What is wrong between the parts of a file: names that do not exist, conditions that say nothing, dead rungs."""
    if not isinstance(root, Table):
        return
    questions: Questions = {}
    for question, key, node in _entries(root, "questions"):
        questions[question] = _words(node)
        yield from _question(question, key, node, file)
    ladder = {id: rung for id, _, rung in _entries(root, "ladder")}
    rules = {id: rule for id, _, rule in _entries(root, "rules") if isinstance(rule, Table)}
    for rung in ladder.values():
        for question, key, node in _entries(rung, "done"):
            yield from _answer(question, key, node, questions, file)
    found: list[Problem] = []
    for rule in rules.values():
        found += _rule_problems(rule, questions, list(ladder), file)
    yield from found
    if not found and not any(_has_typos(rule) for rule in rules.values()):
        yield from _unused(root, rules, questions, file)
        yield from _too_many(root, rules, questions, file)


def _question(question: str, key: Text, node: Node, file: str) -> Iterator[Problem]:
    answers = _texts(node)
    if isinstance(node, Text) and node.text == NUMBER:
        return
    if len(answers) < 2:
        yield _at(node, file, f"{shown(question)} needs two answers or more; write [yes, no], or {NUMBER}")
    for before, answer in enumerate(answers):
        if answer.text in [it.text for it in answers[:before]]:
            yield _at(answer, file, f"{shown(answer.text)} is listed twice; delete one of the two")


def _rule_problems(rule: Table, questions: Questions, ladder: list[str], file: str) -> Iterator[Problem]:
    when = rule.entries.get("when")
    if when is not None and (not isinstance(when, Table) or not when.entries):
        yield _at(when, file, "there is no condition; write a question and its answer, as {test_set: no}")
    for question, key, node in _entries(rule, "when"):
        yield from _answer(question, key, node, questions, file)
    effects = [effect for effect in ("favors", "rules_out") if effect in rule.entries]
    if len(effects) != 1 and not _has_typos(rule):
        said = (
            "has both 'favors' and 'rules_out'; make two rules"
            if effects
            else "has no effect; add 'favors: ' or 'rules_out: '"
        )
        yield _at(rule.keys[effects[1]] if effects else rule, file, f"this rule {said}")
    for effect in effects:
        rungs = _texts(rule.entries[effect])
        if not rungs:
            yield _at(rule.entries[effect], file, "no rung is named; write one, or a list as [prompt, examples]")
        for rung in rungs:
            if rung.text not in ladder:
                advice = nearest(rung.text, ladder) or f"; they are {', '.join(ladder)}"
                yield _at(rung, file, f"{shown(rung.text)} is no rung of this ladder{advice}")


def _has_typos(rule: Table) -> bool:
    """Whether a key is unknown, which `facts_form` has said: what is missing then is most likely that key."""
    return not rule.entries.keys() <= RulePart.model_fields.keys()


def _answer(question: str, key: Text, node: Node, questions: Questions, file: str) -> Iterator[Problem]:
    """What is wrong with one condition."""
    if question not in questions:
        advice = nearest(question, questions) or f"; they are {', '.join(questions)}"
        yield _at(key, file, f"{shown(question)} is no question of this file{advice}")
    elif not questions[question]:
        yield from _bounds(question, node, file)
    elif isinstance(node, Table):
        yield _at(node, file, f"{shown(question)} is answered by a word; write one of {', '.join(questions[question])}")
    else:
        known, told = questions[question], _texts(node)
        for text in told:
            if text.text not in known:
                advice = nearest(text.text, known) or f"; they are {', '.join(known)}"
                yield _at(text, file, f"{shown(text.text)} is no answer to {shown(question)}{advice}")
        if not told or (len(known) > 1 and set(known) <= {text.text for text in told}):
            yield _at(node, file, f"every answer to {shown(question)} fits; name fewer answers, or delete the line")


def _bounds(question: str, node: Node, file: str) -> Iterator[Problem]:
    if not isinstance(node, Table) or not node.entries:
        yield _at(node, file, f"{shown(question)} is answered by a number; write {{at_least: 50}} or {{below: 50}}")
        return
    values: dict[str, Decimal] = {}
    for bound, it in node.entries.items():
        if bound not in BOUNDS:
            advice = nearest(bound, BOUNDS) or f"; the keys here are {', '.join(BOUNDS)}"
            yield _at(node.keys[bound], file, f"{shown(bound)} is no key here{advice}")
        else:
            text = node.text(bound)
            try:
                values[bound] = Decimal(number(text))
                if not values[bound]:
                    yield _at(it, file, "0 bounds nothing, for no answer is below zero; delete it")
            except Exception as error:
                yield _at(it, file, str(error))
    if len(values) == len(BOUNDS) and not values["at_least"] < values["below"]:
        yield _at(node, file, "no number is at least the one and below the other; write the smaller one at 'at_least'")


def _unused(root: Table, rules: dict[str, Table], questions: Questions, file: str) -> Iterator[Problem]:
    """Questions that no rule asks, and rungs that no rule leads to."""
    asked = {question for rule in rules.values() for question, _, _ in _entries(rule, "when")}
    favored = {text.text for rule in rules.values() for text in _texts(rule.entries.get("favors"))}
    for question, key, _ in _entries(root, "questions"):
        if question not in asked:
            yield _at(key, file, f"no rule asks {shown(question)}; add a rule, or delete the question")
    for rung, key, _ in _entries(root, "ladder"):
        if rung not in favored:
            yield _at(key, file, f"no rule favors {shown(rung)}; add a rule, or delete the rung")


def _too_many(root: Table, rules: dict[str, Table], questions: Questions, file: str) -> Iterator[Problem]:
    """More combinations of answers than tests can try."""
    rulings = []
    for id, rule in rules.items():
        when = {question: condition(_condition(_plain(node))) for question, _, node in _entries(rule, "when")}
        rulings.append(Ruling(id, when, (), (), ""))
    words = {question: answers for question, answers in questions.items() if answers}
    found = prod(len(it) for it in representatives(Decision("", (), tuple(rulings)), words).values())
    if found > MOST_CASES:
        said = f"the answers combine in {found:,} ways, and {MOST_CASES:,} are the most; split the rules into two files"
        yield _at(root.keys["questions"], file, said)


def _plain(node: Node) -> Any:
    if isinstance(node, Table):
        return {key: node.text(key) for key in node.entries}
    return [text.text for text in _texts(node)]


def _words(node: Node) -> list[str]:
    """The answers of a question; none for a number."""
    return [] if isinstance(node, Text) and node.text == NUMBER else [text.text for text in _texts(node)]


def _texts(node: Node | None) -> list[Text]:
    """A single value or a list of them as a list."""
    if isinstance(node, Text):
        return [node]
    return [item for item in node.items if isinstance(item, Text)] if isinstance(node, Rows) else []


def _entries(node: Node | None, key: str) -> list[tuple[str, Text, Node]]:
    """The keys of a table below a key, each with its place and what is written behind it."""
    found = node.entries.get(key) if isinstance(node, Table) else None
    return [(name, found.keys[name], it) for name, it in found.entries.items()] if isinstance(found, Table) else []


def _at(node: Node, file: str, message: str) -> Problem:
    return Problem(file, node.line, node.column, message)
