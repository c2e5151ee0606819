"""The answers that a case gives to the ladder's rules, and what the rules make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from calculators.choosing.approach.advice import ApproachAdvice
from calculators.choosing.approach.cascade import cascade_outcome
from calculators.choosing.approach.inputs import Inputs as RuleInputs
from calculators.choosing.break_even.compared_plans import ComparedPlan, Crossing
from calculators.choosing.break_even.crossings import break_even_meeting
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.ladder_inputs import DERIVED
from calculators.choosing.case.levers import (
    case_documents_fit_prompt,
    case_searches_documents,
)
from calculators.choosing.case.wait import case_share_in_time, case_waits
from calculators.domain.questions.documents import OFTEN_UNKNOWN
from calculators.engine.declare import kinds
from calculators.engine.numbers import bare_value, is_known_number, untraced
from calculators.rag import documents_changed_a_month

ANSWERS = ("test_set", "result", "cost_and_latency", "facts", "behavior", "format", "task", "latency")
"""The ladder's questions whose answers follow from a case."""

ALIKE = {
    **{"plateau": "improving", "still_too_high": "too_high", "cascade_too_high": "too_high"},
    **{"few": "many", "changing": "many", "enforced": "free", "slips": "wrong"},
}
"""Answers of the ladder that say more closely what another one says."""

OPEN = (("test_set", "no"), ("cost_and_latency", "fine"), ("behavior", "right"), ("format", "free"))
"""What follows from a case for a question of the ladder without being said, so that any answer agrees with it."""

LEVERS = {"retrieval": "retrieval", "distillation": "tuned", "fine_tuning": "tuned", "hybrid": "both"}
"""The lever of each rung that is no prompt; the others keep what is there today."""


COMPUTED_FROM = {
    "volume_ratio": ("requests",),
    "stable_intervals": ("ladder.stable_months", "ladder.retraining_months"),
    "cascade_cost": ("ladder.cascade_kept", "ladder.cascade_small_cost", "ladder.cascade_passed_cost"),
    "cascade_quality": ("ladder.cascade_kept_good", "ladder.cascade_passed_good", "ladder.cascade_target"),
}
"""The inputs that say most of each answer that is computed."""


def case_ladder_answers(i: Inputs) -> dict[str, str]:
    """The answer to each of the ladder's questions that follows from the case, or that the reader gave instead.

    `i` has bare numbers and words.
    """
    derived = case_ladder_derived_answers(i)
    given = {name: getattr(i, name) for name in ANSWERS}
    return {name: derived[name] if word == DERIVED else word for name, word in given.items()}


def case_ladder_derived_answers(i: Inputs) -> dict[str, str]:
    """What follows from the case for each of those questions. `i` has bare numbers and words."""
    return {
        "test_set": "no" if i.state == "untested" else "yes",
        "result": case_ladder_result(i),
        "cost_and_latency": ("still_too_high" if i.lightened else "too_high") if i.state == "heavy" else "fine",
        "facts": case_ladder_facts(i),
        "behavior": "wrong" if i.state == "behavior" else "right",
        "format": "unenforced" if i.state == "format" else "enforced" if i.work == "data" else "free",
        "task": "varied" if i.work == "varied" else "narrow",
        "latency": case_ladder_latency(i),
    }


def case_ladder_contradictions(i: Inputs) -> dict[str, tuple[str, str]]:
    """The questions that the reader answered against the rest of the case: what follows from that, and the answer.

    `i` has bare numbers and words.
    """
    derived, answers = case_ladder_derived_answers(i), case_ladder_answers(i)
    return {
        question: (derived[question], answers[question])
        for question in ("test_set", "result", "cost_and_latency", "facts", "behavior", "format")
        if _case_ladder_kind(derived, question) != _case_ladder_kind(answers, question)
        and (question, _case_ladder_kind(derived, question)) not in OPEN
    }


def _case_ladder_kind(answers: Mapping[str, str], question: str) -> str:
    return ALIKE.get(answers[question], answers[question])


def case_ladder_answer_inputs(i: Inputs) -> dict[str, tuple[str, ...]]:
    """The inputs that the answer to each of the ladder's questions follows from, by the question.

    The limits of the rules, such as the text that still fits a prompt, are no answers. `i` has bare numbers and words.
    """
    failing = case_ladder_result(i) in ("improving", "plateau")
    changed = "documents_changed" if i.changes == OFTEN_UNKNOWN else "changes"
    unread = case_does_without_documents(i)
    compared = () if case_documents_fit_prompt(i) else ("state", "ladder.retrieval") if unread else (changed,)
    derived = {
        "test_set": ("state",),
        "result": ("state", "improving") if failing else ("state",),
        "cost_and_latency": ("state", "lightened") if i.state == "heavy" else ("state",),
        "facts": ("documents", "tokens_per_document", *compared) if i.documents > 0 else ("documents", "state"),
        **({"structured_prompt": ("documents_given",)} if case_ladder_misses_documents(i) else {}),
        "behavior": ("state",),
        "format": ("state",) if i.state == "format" else ("state", "work"),
        "task": ("work",),
        "latency": ("target",) if is_known_number(i.target) else ("matters",),
    }
    asked = {name: (f"ladder.{name}",) for name in kinds(RuleInputs) if name not in ANSWERS}
    given = {name: (name,) for name in ANSWERS if getattr(i, name) != DERIVED}
    return {**asked, **COMPUTED_FROM, **derived, **given}


def case_ladder_latency(i: Inputs) -> str:
    """Whether latency matters: where a target of waiting is named, whether the case misses it. `i` has bare numbers."""
    if is_known_number(i.target):
        in_time = case_share_in_time(i, case_waits(i)["case"], i.target)
        return "no" if in_time >= i.target_share else "yes"
    return "yes" if i.matters == "time" else "no"


def case_ladder_result(i: Inputs) -> str:
    """What the test set says."""
    if i.state in ("heavy", "reached"):
        return "reached"
    if i.state == "untested":
        return "unmeasured"
    return "improving" if i.improving else "plateau"


def case_ladder_facts(i: Inputs) -> str:
    """How many facts the model must be given, and whether they change.

    Facts can be missing without documents that hold them. And answers that are good enough while no prompt holds the
    documents, and nothing searches them, need none of them.
    """
    if i.documents == 0:
        return "many" if i.state == "facts" else "none"
    if case_documents_fit_prompt(i):
        return "few"
    if case_does_without_documents(i):
        return "none"
    return "changing" if documents_changed_a_month(i.retrieval) >= i.changing_share else "many"


def case_does_without_documents(i: Inputs) -> bool:
    """Whether the answers are good enough though no prompt holds the documents and no retrieval is in place.

    `i` has bare numbers and words.
    """
    return bool(i.state in ("heavy", "reached") and case_searches_documents(i) and not i.ladder.retrieval)


def case_has_retrieval(i: Inputs) -> bool:
    """Whether retrieval is in place, which takes documents."""
    return bool(bare_value(i.ladder.retrieval)) and bare_value(i.documents) > 0


def case_ladder_misses_documents(i: Inputs) -> bool:
    """Whether facts are missing that fit into the prompt and are not there. `i` has bare numbers and words."""
    return bool(i.state == "facts" and i.documents > 0 and case_documents_fit_prompt(i) and not i.documents_given)


def case_ladder_advice(i: Inputs, plans: Mapping[str, ComparedPlan]) -> ApproachAdvice:
    """What the rules say of the case; the volume counts against the break-even of its own costs.

    With retrieval in place, training is compared with retrieval; else with the prompt.
    """
    bare = untraced(i)
    answers = case_ladder_answers(bare)
    rules = replace(
        bare.ladder,
        test_set=answers["test_set"] == "yes",
        result=answers["result"],
        cost_and_latency=answers["cost_and_latency"],
        facts=answers["facts"],
        behavior=answers["behavior"],
        format=answers["format"],
        task=answers["task"],
        latency=answers["latency"] == "yes",
        retrieval=case_has_retrieval(bare),
        structured_prompt=bare.ladder.structured_prompt and not case_ladder_misses_documents(bare),
    )
    cost, good = untraced(cascade_outcome(rules))
    first, tuned = (plans["retrieval"], plans["both"]) if rules.retrieval else (plans["prompting"], plans["tuned"])
    return ApproachAdvice(
        rules,
        {
            "volume_ratio": case_ladder_volume_ratio(bare, break_even_meeting(first, tuned)),
            "stable_intervals": rules.stable_months / rules.retraining_months,
            "cascade_cost": cost,
            "cascade_quality": good / rules.cascade_target,
        },
    )


def case_ladder_volume_ratio(i: Inputs, crossing: Crossing) -> Decimal:
    """The requests against those from which a tuned model is cheaper: 1 or more where training pays, else below 1.

    The crossing is that of a tuned model with what does without one, in bare numbers.
    """
    if is_known_number(i.break_even_requests):
        return i.requests / i.break_even_requests
    ending, volume = crossing.ending, crossing.volume
    if ending == "from" and volume is not None:
        return i.requests / volume
    cheaper = ending == "any" or (ending == "up to" and volume is not None and i.requests <= volume)
    return Decimal(int(cheaper))


def case_ladder_lever(rung: str, retrieves: bool) -> str:
    """The lever that a rung belongs to: one of `prompting`, `retrieval`, `tuned` and `both`."""
    return LEVERS.get(rung, "retrieval" if retrieves else "prompting")
