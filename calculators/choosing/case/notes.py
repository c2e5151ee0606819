"""What a reader of a case should know: the cheapest lever, and what follows from what matters most."""

from __future__ import annotations

from collections.abc import Mapping

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.ladder import case_answers, misses_fitting_documents
from calculators.choosing.case.ladder_inputs import DERIVED
from calculators.choosing.case.levers import whole_text_year
from calculators.choosing.case.wait import case_share_in_time
from calculators.domain.units import EXAMPLE_COUNT, SECONDS
from calculators.engine.declare import Judgement
from calculators.engine.numbers import Note, Number, bare_value, both, is_known_number, note, sorted_by_number, untraced
from calculators.engine.numbers.units import SHARE, TOKENS, USD
from calculators.serving import SLOW, RequestWait


def case_cheapest(plans: Mapping[str, ComparedPlan]) -> Judgement:
    """The lever that costs least."""
    return Judgement(sorted_by_number(plans.values(), key=lambda plan: plan.total)[0].name, ())


def case_remarks(
    i: Inputs,
    comparison: LeverPlansInputs,
    plans: Mapping[str, ComparedPlan],
    cases: Number | None,
    wait: RequestWait,
) -> tuple[Note, ...]:
    """What follows from what matters most, and from what is missing."""
    matters = bare_value(i.matters)
    counted = matters == "time" and case_answers(untraced(i))["latency"] == "yes"
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
            both(matters == "time", counted),
            "Time matters most: 95 of 100 answers are complete within {slow}. A low volume is no "
            "argument against training then, because a smaller model answers sooner.",
            slow=(wait.whole(SLOW), SECONDS),
        ),
        note(
            both(matters == "time", not counted),
            "Time matters most: 95 of 100 answers are complete within {slow}.",
            slow=(wait.whole(SLOW), SECONDS),
        ),
        *_target_remarks(i, wait),
        note(
            matters == "home",
            "Data stays at home, but prompting and retrieval are counted with a provider, who reads every request. "
            "“What a model on machines of your own costs” counts them at home. Of the ways to serve a tuned model only "
            "hardware that you buy stays there: choose it under “Fine-tuning”, “Where the tuned model runs”.",
        ),
        *whole_text_remarks(i, comparison, plans),
        note(i.documents == 0, "There are no documents, so retrieval is counted with an empty index."),
    )


def whole_text_remarks(i: Inputs, comparison: LeverPlansInputs, plans: Mapping[str, ComparedPlan]) -> tuple[Note, ...]:
    """That documents belong into the prompt which fit and are missing there, and what that costs."""
    if not misses_fitting_documents(untraced(i)):
        return ()
    text = i.documents * i.tokens_per_document
    return (
        note(
            True,
            "All documents together have {text}, which a prompt holds whole. Put them into its fixed part, where they "
            "are cached, before you build a search. The first year of prompting, {without} in all, then comes to "
            "{whole}.",
            text=(text, TOKENS),
            without=(plans["prompting"].total, USD),
            whole=(whole_text_year(comparison, text), USD),
        ),
    )


def _target_remarks(i: Inputs, wait: RequestWait) -> tuple[Note, ...]:
    """That the ladder takes its answer on latency from the target of waiting, and which."""
    target = i.target
    if not is_known_number(target) or bare_value(i.latency) != DERIVED:
        return ()
    in_time = case_share_in_time(i, wait, target)
    return (
        note(
            in_time < i.target_share,
            "{in_time} of the requests are within {target}, and it should be {wanted}. So latency matters on the "
            "ladder.",
            in_time=(in_time, SHARE),
            target=(target, SECONDS),
            wanted=(i.target_share, SHARE),
        ),
        note(
            in_time >= i.target_share,
            "{in_time} of the requests are within {target}, and it should be {wanted}. So latency does not matter on "
            "the ladder.",
            in_time=(in_time, SHARE),
            target=(target, SECONDS),
            wanted=(i.target_share, SHARE),
        ),
    )
