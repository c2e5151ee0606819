"""What a reader of a case should know: what to measure, and what follows from what matters most."""

from __future__ import annotations

from collections.abc import Mapping

from calculators.choosing.approach.advice import Advice
from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.case.inputs import Inputs
from calculators.domain.units import EXAMPLE_COUNT, SECONDS
from calculators.engine.declare import Judgement, Range
from calculators.engine.numbers import Note, Number, bare_value, note, sorted_by_number
from calculators.engine.numbers.intervals import rounded_interval
from calculators.engine.numbers.units import USD

MEASURES = {
    "test_set": "The answers that you have now: score them on real cases",
    "stop": "The same test again, with each change of the prompt or the model",
    "structured_output": "How many answers fit the schema, before and after",
    "prompt": "The new prompt beside the old one",
    "examples": "The prompt with examples beside the one without",
    "retrieval": "How often the right passage is found, then how often the answer is right",
    "lighter": "The smaller model beside yours",
    "more_effort": "Each step of effort on the same cases, with its cost and its wait",
    "less_effort": "The lower effort beside yours, on the cases that need most thought",
    "tools": "How often the right tool is called with the right values, then how often the answer is right",
    "cascade": "The share of requests that the small model may keep, and how many of its answers are good",
    "distillation": "The small model trained on the large one's answers, beside the large one",
    "fine_tuning": "The tuned model beside your best prompt, on cases held back",
    "hybrid": "The tuned model beside the other, both with retrieved passages",
    "stay": "What goes wrong: read the failures one by one and count their kinds",
}
"""What to measure on each rung of the ladder."""


def case_step_note(advice: Advice, span: Range) -> Judgement:
    """The next step with what its lever costs, and the reasons."""
    verdict = advice.verdict
    amounts = rounded_interval(bare_value(span.low), bare_value(span.high), USD)
    return Judgement(f"{verdict.answer}: {amounts} in the first year", verdict.reasons)


def case_measure(advice: Advice) -> Judgement:
    """What to measure next."""
    return Judgement(MEASURES.get(advice.rung, MEASURES["stay"]), ())


def case_cheapest(plans: Mapping[str, ComparedPlan]) -> Judgement:
    """The lever that costs least."""
    return Judgement(sorted_by_number(plans.values(), key=lambda plan: plan.total)[0].name, ())


def case_remarks(i: Inputs, cases: Number | None, slow: Number | None) -> tuple[Note, ...]:
    """What follows from what matters most, and from what is missing."""
    matters = bare_value(i.matters)
    return (
        note(
            matters == "quality",
            "Quality matters most, and no cost tells which lever answers better. A test set of {cases} does, answered "
            "by both versions.",
            cases=(cases, EXAMPLE_COUNT),
        ),
        note(
            matters == "cost",
            "Cost matters most. Look at the range of each lever, not at its middle: where two overlap, the one with "
            "the smaller start is the safer choice.",
        ),
        note(
            matters == "time",
            "Time matters most: 95 of 100 answers are complete within {slow}. The volume does not stand against "
            "training then, because a smaller model answers sooner.",
            slow=(slow, SECONDS),
        ),
        note(
            matters == "home",
            "Data stays at home, but prompting and retrieval are counted with a provider, who reads every request. "
            "“What a model on machines of your own costs” counts them at home. Of the ways to serve a tuned model only "
            "hardware that you buy stays there: choose it under “Fine-tuning”, “Served”.",
        ),
        note(i.documents == 0, "There are no documents, so retrieval is counted with an empty index."),
    )
