"""Answers of a case that cannot all hold: what follows is said, and no step takes what the reader says is absent."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from decimal import Decimal, localcontext

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.levers import case_plans
from calculators.choosing.case.step import UNPLACED, UNREAD, CaseStep
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import Choice, kinds
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import EXACT
from tests.calculators.answers import answer_json
from tests.calculators.choosing.test_case import CASE, judged, rung, table
from tests.json_types import JsonObject

SEARCHING = ("Retrieval", "Fine-tuning with retrieval")

DOCUMENTS = {"none": Decimal(0), "few": Decimal(4), "many": Decimal(10_000)}
"""No documents, as many as a prompt holds, and more."""

UNSAID: dict[str, Callable[[Inputs], bool]] = {
    "There is no test set": lambda case: case.state == "untested",
    "The result is not measured": lambda case: case.state == "untested",
    "The target is reached": lambda case: case.state in ("heavy", "reached"),
    "but they cost too much": lambda case: case.state == "heavy",
    "neither facts nor behavior are named": lambda case: case.state in ("unnamed", "format"),
    "The behavior is right": lambda case: case.state != "behavior",
    "what is wrong is the behavior": lambda case: case.state == "behavior",
    "The model lacks facts": lambda case: case.documents > 0 or case.state == "facts",
    "The facts change": lambda case: case.documents > 0,
    "The facts fit into the prompt": lambda case: case.documents == DOCUMENTS["few"],
    "The facts are in the prompt": lambda case: case.documents == DOCUMENTS["few"] and case.documents_given,
    "The prompt carries many facts": lambda case: False,
    "Retrieval is in place": lambda case: bool(case.ladder.retrieval and case.documents > 0),
    "No examples are in the prompt": lambda case: not case.ladder.few_shot_examples,
    "Edits of the prompt still help": lambda case: case.improving,
    "No structured prompt was tried": lambda case: not case.ladder.structured_prompt,
    "The output must follow a schema": lambda case: case.state == "format",
    "no tool is connected": lambda case: case.ladder.tool_use == "missing",
    "More effort was tried": lambda case: case.ladder.effort_compared,
    "The work varies": lambda case: case.work == "varied",
}
"""Where a reason may be given that begins or goes on with these words: a reader has said so, or nothing against it."""


def words(name: str) -> list[str]:
    """All answers to a question of a case."""
    kind = kinds(Inputs)[name]
    return list(kind.options) if isinstance(kind, Choice) else []


@pytest.fixture(scope="module")
def untouched(catalogue: Catalogue) -> Inputs:
    """A case as it comes."""
    with localcontext(EXACT):
        inputs: Inputs = exact_run_inputs(understand_inputs(Inputs, {}, catalogue.facts).need())
        return inputs


@pytest.mark.one_in(4)
@pytest.mark.parametrize("documents", DOCUMENTS)
@pytest.mark.parametrize("state", words("state"))
def test_no_reason_contradicts_an_answer_and_no_step_takes_what_is_absent(
    untouched: Inputs, state: str, documents: str
) -> None:
    """All combinations of what a case says of itself and of what was tried."""
    with localcontext(EXACT):
        asked = dataclasses.replace(untouched, state=state, documents=DOCUMENTS[documents])
        plans = case_plans(asked)
        either = (True, False)
        for improving, given, work in itertools.product(either, either, ("questions", "varied")):
            for structured, examples, effort, retrieval, tools in itertools.product(
                either, either, either, either, ("unneeded", "missing", "connected")
            ):
                ladder = dataclasses.replace(
                    asked.ladder,
                    structured_prompt=structured,
                    few_shot_examples=examples,
                    effort_compared=effort,
                    retrieval=retrieval,
                    tool_use=tools,
                    good_examples=Decimal(800),
                )
                case = dataclasses.replace(asked, improving=improving, documents_given=given, work=work, ladder=ladder)
                step = CaseStep(case, plans)
                reasons = " ".join(reason.words for reason in step.reasons)
                for phrase, may_be in UNSAID.items():
                    if step.pause is not UNREAD:
                        assert phrase not in reasons or may_be(case), (phrase, case)
                if documents == "none":
                    assert step.name not in SEARCHING and step.next_rung.answer not in SEARCHING, case
                    assert step.lever not in ("retrieval", "both"), case
                if documents == "none" and state == "facts":
                    assert step.name in (UNPLACED.name, "Tools"), case


@pytest.mark.parametrize("retrieval", ["no", "yes"])
@pytest.mark.parametrize("more", [{}, {"ladder.few_shot_examples": "yes", "improving": "no"}])
def test_facts_that_are_missing_without_documents_are_looked_for_first(
    catalogue: Catalogue, more: dict[str, str], retrieval: str
) -> None:
    """The reasons say that nothing can be searched, and the number of documents would change the step."""
    given = {"state": "facts", "documents": "0", "ladder.retrieval": retrieval, **more}
    answer = answer_json(catalogue, CASE, given)
    assert judged(catalogue, CASE, given, "step") == UNPLACED.name
    reasons = str(answer["outputs"]["step"]["reasons"])
    assert "no documents in which a search could find the missing facts" in reasons
    assert more or "Neither wording nor examples can supply them" in reasons
    assert "neither facts nor behavior" not in reasons
    rows = table(answer, "changes")
    assert rows[:2] == [
        ["Documents", "0", "as many as fit into a prompt", "A better prompt"],
        ["Documents", "0", "more than fit into a prompt", "Retrieval"],
    ]
    for row, documents in zip(rows, ("16", "17"), strict=False):
        assert rung(catalogue, {**given, "documents": documents, "ladder.retrieval": "no"}) == row[3]
    placed = [note for note in answer["notes"] if "Retrieval does not count" in note]
    assert len(placed) == (retrieval == "yes")


def test_the_cheapest_lever_searches_nothing_where_there_is_nothing(catalogue: Catalogue) -> None:
    """Even where retrieval would cost less than the prompt alone, as where an index is free and prompts are long."""
    outputs: JsonObject = answer_json(catalogue, CASE, {"documents": "0", "examples": "400"})["outputs"]
    assert outputs["cheapest"]["value"] in ("Prompting", "Fine-tuning")


def test_facts_from_tools_wait_for_no_documents(catalogue: Catalogue) -> None:
    """Tools are a place of facts, too; what would change the step names no search of nothing."""
    answer = answer_json(catalogue, CASE, {"state": "facts", "documents": "0", "ladder.tool_use": "missing"})
    assert answer["outputs"]["step"]["value"] == "Tools"
    assert answer["outputs"]["next_rung"]["value"] == UNPLACED.name
    assert not {row[3] for row in table(answer, "changes")} & set(SEARCHING)


@pytest.mark.parametrize("facts", ["few", "many", "changing"])
@pytest.mark.parametrize("state", words("state"))
def test_facts_that_are_named_without_documents_are_never_searched(
    catalogue: Catalogue, state: str, facts: str
) -> None:
    for more in ({}, {"improving": "no", "ladder.few_shot_examples": "yes", "ladder.effort_compared": "yes"}):
        given = {"state": state, "facts": facts, "documents": "0", "lightened": "yes", **more}
        assert rung(catalogue, given) not in SEARCHING, given


# The state, the ladder's question with its answer, and whether both can hold.
PAIRS = [
    ("facts", {"facts": "none"}, False),
    ("facts", {"facts": "changing"}, True),
    ("facts", {"behavior": "wrong"}, True),
    ("facts", {"format": "unenforced"}, True),
    ("facts", {"result": "plateau"}, True),
    ("facts", {"result": "reached"}, False),
    ("facts", {"test_set": "no"}, False),
    ("facts", {"cost_and_latency": "too_high"}, True),
    ("behavior", {"behavior": "right"}, False),
    ("behavior", {"behavior": "slips"}, True),
    ("format", {"format": "enforced"}, False),
    ("unnamed", {"behavior": "wrong"}, True),
    ("untested", {"test_set": "yes"}, True),
    ("untested", {"result": "reached"}, False),
    ("heavy", {"cost_and_latency": "fine"}, False),
    ("heavy", {"cost_and_latency": "cascade_too_high"}, True),
    ("reached", {"cost_and_latency": "too_high"}, True),
    ("reached", {"result": "plateau"}, False),
]


@pytest.mark.parametrize(("state", "answer", "agree"), PAIRS)
def test_two_answers_that_cannot_both_hold_are_named(
    catalogue: Catalogue, state: str, answer: dict[str, str], agree: bool
) -> None:
    notes = answer_json(catalogue, CASE, {"state": state, "documents": "4", **answer})["notes"]
    assert sum("Two answers contradict each other" in note for note in notes) == (not agree)


@pytest.mark.parametrize("state", ["heavy", "reached"])
def test_answers_that_are_good_enough_need_no_documents_that_nobody_reads(catalogue: Catalogue, state: str) -> None:
    """No prompt holds them and nothing searches them; with retrieval in place, or in a prompt, they may be needed."""
    tried = {"state": state, "lightened": "yes", "ladder.effort_compared": "yes"}
    for more, unread in (({}, True), ({"ladder.retrieval": "yes"}, False), ({"documents": "4"}, False)):
        answer = answer_json(catalogue, CASE, {**tried, **more})
        assert sum("takes them not to be needed" in note for note in answer["notes"]) == unread
        assert answer["outputs"]["step"]["value"].partition(":")[0] != "Retrieval"


def test_a_change_of_facts_that_the_reader_named_is_not_called_assumed(catalogue: Catalogue) -> None:
    for given, assumed in (({}, True), ({"facts": "changing"}, False), ({"changes": "weekly"}, False)):
        reasons = str(answer_json(catalogue, CASE, {"state": "facts", **given})["outputs"]["step"]["reasons"])
        assert ("is assumed" in reasons) is assumed


def test_the_ladder_says_what_follows_from_answers_that_contradict_each_other(catalogue: Catalogue) -> None:
    """Retrieval without facts to look up is never advised together with training."""
    nothing = {"retrieval": "yes", "facts": "none", "behavior": "wrong", "result": "plateau", "good_examples": "800"}
    given = {**nothing, "few_shot_examples": "yes", "requests": "2M"}
    answer = answer_json(catalogue, "choosing/approach", given)
    assert answer["outputs"]["verdict"]["value"] == "Fine-tuning"
    assert any("there is nothing to look up" in note for note in answer["notes"])
    for result, is_told in (("unmeasured", False), ("reached", True)):
        notes = answer_json(catalogue, "choosing/approach", {"test_set": "no", "result": result})["notes"]
        assert any("decides nothing yet" in note for note in notes) is is_told
