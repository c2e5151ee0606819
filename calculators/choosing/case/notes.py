"""What a reader of a case should know: the cheapest lever, and what follows from what matters most."""

from __future__ import annotations

from collections.abc import Mapping

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.case.inputs import Inputs
from calculators.domain.units import EXAMPLE_COUNT, SECONDS
from calculators.engine.declare import Judgement
from calculators.engine.numbers import Note, Number, bare_value, note, sorted_by_number


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
