"""The decisions: rules over answers, kept in data/decisions/, one ladder a file.

The grammar is closed. A rule has conditions (`when`), exactly one of `favors` and `rules_out`, a reason and its source;
a condition is one answer, a list of answers, or bounds of a number. Whatever else is written is a mistake, reported
with its place: a rule that nobody checked could send a reader the wrong way without any number looking wrong.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import islice
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from calculators.engine.facts.loaded import Entry
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.engine.rules import MOST_CASES, Decision, Ruling, parse_rule_condition, rule_cases
from macros.facts.entries import data_entry_with_facts, fact_of_data_entry
from macros.facts.forms import DataTable, Mistake, data_form_alternative, data_form_list
from macros.facts.forms.documents import DataPath
from macros.facts.forms.values import Day, Name, Number, Words, data_value_not_empty, data_value_refusal
from macros.facts.problems import quoted_data

FOLDER = "decisions/"
NUMBER = "number"


def _decision_file_conditions(content: object) -> object:
    if not isinstance(content, dict) or not content:
        raise data_value_refusal("there is no condition; write a question and its answer, as {test_set: no}")
    return content


def _decision_file_bound(text: str) -> str:
    if not Decimal(text):
        raise data_value_refusal("0 bounds nothing, for no answer is below zero; delete it")
    return text


Bound = Annotated[Number, AfterValidator(_decision_file_bound)]


class Bounds(DataTable):
    """The condition of a number: at least the one, below the other."""

    at_least: Bound | None = None
    below: Bound | None = None


Texts = Annotated[list[Words], BeforeValidator(data_form_list)]
Rungs = Annotated[
    Texts, AfterValidator(data_value_not_empty("no rung is named; write one, or a list as [prompt, examples]"))
]
Condition = Annotated[
    Annotated[Bounds, Tag("table")] | Annotated[Texts, Tag("list")], Discriminator(data_form_alternative)
]


class RungTable(DataTable):
    """A rung of the ladder: what to do there, why it stands there, and which answers differ once it was tried."""

    name: Words
    does: Words
    because: Words
    done: dict[Name, Words] = Field(default_factory=dict)


class DecisionFileRule(DataTable):
    """A rule: its conditions by question, and the rungs that it favors or rules out."""

    when: Annotated[dict[str, Condition], BeforeValidator(_decision_file_conditions)]
    favors: Rungs | None = None
    rules_out: Rungs | None = None
    because: Words
    source: Name

    def effects(self) -> dict[str, list[str]]:
        """The rungs by effect, for the effects that are written."""
        effects = {"favors": self.favors, "rules_out": self.rules_out}
        return {effect: rungs for effect, rungs in effects.items() if rungs is not None}


class DecisionFile(DataTable):
    """data/decisions/<decision>.yaml."""

    checked: Day
    best_before: Day
    questions: dict[Name, Texts]
    ladder: dict[Name, RungTable]
    rules: dict[Name, DecisionFileRule]

    def answers(self, question: str) -> list[str]:
        """The possible answers of a question; none where it is answered by a number."""
        answers = self.questions[question]
        return [] if answers == [NUMBER] else answers


def decision_file_collections(name: str, file: DecisionFile) -> dict[str, dict[str, Entry]]:
    """The rules and the rungs of a file as the calculators load them: each a record of facts that are words."""
    decision = name.removeprefix(FOLDER).removesuffix(".yaml")
    loaded: dict[str, dict[str, Entry]] = {"rungs": {}, "rules": {}}

    def add(kind: str, id: str, title: str, texts: dict[str, str], source: str, because: str) -> None:
        facts = {
            key: fact_of_data_entry("text", [(file.checked, text)], source, file.checked, because)
            for key, text in texts.items()
        }
        loaded[kind][f"{decision}/{id}"] = data_entry_with_facts(title, decision, "", facts)

    for id, rung in file.ladder.items():
        add("rungs", id, rung.name, {"does": rung.does, "done": _decision_file_compact(rung.done)}, "", rung.because)
    for id, rule in file.rules.items():
        when = {question: _decision_file_plain(fitting) for question, fitting in rule.when.items()}
        texts = {"rule": _decision_file_compact({"when": when, **rule.effects()}), "because": rule.because}
        add("rules", id, id, texts, rule.source, "")
    return loaded


def _decision_file_compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _decision_file_plain(fitting: list[str] | Bounds) -> list[str] | dict[str, str]:
    """A condition in the one form that the engine reads: a list of words, or bounds as decimal texts."""
    return fitting.model_dump(exclude_none=True) if isinstance(fitting, Bounds) else fitting


def decision_file_mistakes(file: DecisionFile, misspelled: Collection[DataPath], is_sound: bool) -> Iterator[Mistake]:
    """What is wrong between the parts of a file: names that do not exist, conditions that say nothing, dead rungs."""
    for question, answers in file.questions.items():
        yield from _mistakes_of_decision_question(question, answers)
    for id, rung in file.ladder.items():
        for question, answer in rung.done.items():
            yield from _mistakes_of_decision_condition(
                file, question, [answer], ("ladder", id, "done", question), misspelled
            )
    of_rules: list[Mistake] = []
    for id, rule in file.rules.items():
        of_rules += _mistakes_of_decision_rule(file, rule, ("rules", id), misspelled)
    yield from of_rules
    if is_sound and not of_rules:
        yield from _unused_decision_file_parts(file)
        yield from _decision_file_size_mistakes(file)


def _mistakes_of_decision_question(question: str, answers: list[str]) -> Iterator[Mistake]:
    if len(answers) < 2 and answers != [NUMBER]:
        message = f"{quoted_data(question)} needs two answers or more; write [yes, no], or {NUMBER}"
        yield Mistake(("questions", question), message)
    for index, answer in enumerate(answers):
        if answer in answers[:index]:
            yield Mistake(
                ("questions", question, index), f"{quoted_data(answer)} is listed twice; delete one of the two"
            )


def _mistakes_of_decision_rule(
    file: DecisionFile, rule: DecisionFileRule, path: DataPath, misspelled: Collection[DataPath]
) -> Iterator[Mistake]:
    for question, fitting in rule.when.items():
        yield from _mistakes_of_decision_condition(file, question, fitting, (*path, "when", question), misspelled)
    effects = rule.effects()
    if len(effects) == 2:
        message = "this rule has both 'favors' and 'rules_out'; make two rules"
        yield Mistake((*path, "rules_out"), message, of_key=True)
    if not effects and path not in misspelled:
        yield Mistake(path, "this rule has no effect; add 'favors: ' or 'rules_out: '")
    for effect, rungs in effects.items():
        for index, rung in enumerate(rungs):
            if rung not in file.ladder:
                advice = suggest_nearest(rung, file.ladder) or f"; they are {', '.join(file.ladder)}"
                yield Mistake((*path, effect, index), f"{quoted_data(rung)} is no rung of this ladder{advice}")


def _mistakes_of_decision_condition(
    file: DecisionFile, question: str, fitting: list[str] | Bounds, path: DataPath, misspelled: Collection[DataPath]
) -> Iterator[Mistake]:
    if question not in file.questions:
        advice = suggest_nearest(question, file.questions) or f"; they are {', '.join(file.questions)}"
        yield Mistake(path, f"{quoted_data(question)} is no question of this file{advice}", of_key=True)
        return
    known = file.answers(question)
    if known == [""]:  # malformed, and reported where the question stands
        return
    if not known:
        if not isinstance(fitting, Bounds) or (not fitting.model_dump(exclude_none=True) and path not in misspelled):
            message = f"{quoted_data(question)} is answered by a number; write {{at_least: 50}} or {{below: 50}}"
            yield Mistake(path, message)
        elif fitting.at_least and fitting.below and Decimal(fitting.at_least) >= Decimal(fitting.below):
            advice = "write the smaller one at 'at_least'"
            yield Mistake(path, f"no number is at least the one and below the other; {advice}")
    elif isinstance(fitting, Bounds):
        yield Mistake(path, f"{quoted_data(question)} is answered by a word; write one of {', '.join(known)}")
    else:
        for index, text in enumerate(fitting):
            if text not in known:
                advice = suggest_nearest(text, known) or f"; they are {', '.join(known)}"
                yield Mistake((*path, index), f"{quoted_data(text)} is no answer to {quoted_data(question)}{advice}")
        if not fitting or (len(known) > 1 and set(known) <= set(fitting)):
            message = f"every answer to {quoted_data(question)} fits; name fewer answers, or delete the line"
            yield Mistake(path, message)


def _unused_decision_file_parts(file: DecisionFile) -> Iterator[Mistake]:
    """Questions that no rule asks, and rungs that no rule leads to."""
    asked = {question for rule in file.rules.values() for question in rule.when}
    favored = {rung for rule in file.rules.values() if rule.favors for rung in rule.favors}
    for question in file.questions:
        if question not in asked:
            message = f"no rule asks {quoted_data(question)}; add a rule, or delete the question"
            yield Mistake(("questions", question), message, of_key=True)
    for rung in file.ladder:
        if rung not in favored:
            message = f"no rule favors {quoted_data(rung)}; add a rule, or delete the rung"
            yield Mistake(("ladder", rung), message, of_key=True)


def _decision_file_size_mistakes(file: DecisionFile) -> Iterator[Mistake]:
    """More combinations of answers than tests can try."""
    rulings = []
    for id, rule in file.rules.items():
        when = {
            question: parse_rule_condition(_decision_file_plain(fitting)) for question, fitting in rule.when.items()
        }
        rulings.append(Ruling(id, when, (), (), ""))
    words = {question: answers for question in file.questions if (answers := file.answers(question))}
    cases = islice(rule_cases(Decision("", (), tuple(rulings)), words), MOST_CASES + 1)
    if sum(1 for _ in cases) > MOST_CASES:
        message = f"the answers combine in more than {MOST_CASES:,} ways; split the rules into two files"
        yield Mistake(("questions",), message, of_key=True)
