"""What each lever costs in the first year, by the comparison of plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculators.choosing.break_even.compared_plans import ComparedPlan, compared_plan
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs, PlanLine
from calculators.choosing.break_even.spans import SpanVersions, break_even_cost_span
from calculators.choosing.case.inputs import Inputs
from calculators.engine.declare import Range
from calculators.engine.numbers import (
    Condition,
    Number,
    bare_value,
    both,
    choose,
    is_known_number,
    named,
    opposite,
    smallest,
    whole_number,
)
from calculators.engine.numbers.units import MONTH, SHARE, USD_PER_REQUEST
from calculators.serving import can_be_self_hosted

YEAR = 12

LEVERS = ("prompting", "retrieval", "tuned", "both")
"""The levers by the source of their plan, in the order of the table."""

AT_HOME = "Machines of your own"
"""The plan that joins the levers where data stays at home."""

SEARCHED = ("retrieval", "both")
"""The levers that look up what they need in the documents."""


def case_comparison(i: Inputs) -> LeverPlansInputs:
    """The question to the comparison of plans: the four levers over twelve steady months."""
    steady = whole_number(0, "No growth", SHARE, i.requests)
    return LeverPlansInputs(
        plans=tuple(
            PlanLine(source=source, name="", start=None, fixed=None, per_request=None, accepted=None, tested=None)
            for source in LEVERS
        ),
        against="cheapest",
        requests=i.requests,
        growth=steady,
        horizon=whole_number(YEAR, "Months of a year", MONTH, i.requests),
        discount=steady,
        repeated=i.repeated,
        user_text=i.user_text,
        answer=i.answer,
        counted_with=i.counted_with,
        as_of=i.as_of,
        bad_answer=whole_number(0, "No cost of bad answers", USD_PER_REQUEST, i.requests),
        confidence=steady,
        people=i.people,
        prompt_hours=i.prompt_hours,
        labor_rate=i.labor_rate,
        migration_hours=i.migration_hours,
        people_spread=i.people_spread,
        request_spread=i.request_spread,
        prompting=i.prompting,
        retrieval=i.retrieval,
        tuned=i.tuned,
        hosting=i.hosting,
    )


def case_plans(i: Inputs) -> dict[str, ComparedPlan]:
    """The four levers by name; where all documents fit into the prompt, those without retrieval read them there."""
    searched = case_comparison(i)
    whole = case_comparison_with_text(searched, case_whole_text(i))
    return {
        name: compared_plan(searched if name in SEARCHED else whole, line, number)
        for number, (name, line) in enumerate(zip(LEVERS, searched.plans, strict=True), 1)
    }


def case_comparison_with_text(comparison: LeverPlansInputs, text: Number) -> LeverPlansInputs:
    """The comparison with a text in each prompt (tokens): in its fixed part, or read by a tuned model."""
    prompting, tuned = comparison.prompting, comparison.tuned
    return replace(
        comparison,
        prompting=replace(prompting, instructions=named("Instructions and documents", prompting.instructions + text)),
        tuned=replace(tuned, context=named("Text and documents", tuned.context + text)),
    )


def case_whole_text(i: Inputs) -> Number:
    """The tokens of all documents where they fit into the prompt whole, else none."""
    text = case_document_tokens(i)
    return choose(case_documents_fit_prompt(i), text, 0 * text)


def case_document_tokens(i: Inputs) -> Number:
    """The tokens of all documents together."""
    return named("Tokens of all documents", i.documents * i.tokens_per_document)


def case_documents_fit_prompt(i: Inputs) -> Condition:
    """Whether all documents together fit into the prompt."""
    return i.documents * i.tokens_per_document <= case_prompt_limit(i)


def case_searches_documents(i: Inputs) -> Condition:
    """Whether there are documents that have to be searched, as a prompt does not hold them all."""
    return both(i.documents > 0, opposite(case_documents_fit_prompt(i)))


def case_prompt_limit(i: Inputs) -> Number:
    """The tokens of documents that a prompt holds: half of a window is left for all else in it and the answer."""
    window = i.model.context_window
    return smallest(i.few_tokens, window / 2) if is_known_number(window) else i.few_tokens


def case_plans_at_home(i: Inputs) -> dict[str, ComparedPlan]:
    """The plan that sends no request to a provider of models, where data stays at home."""
    if bare_value(i.matters) != "home":
        return {}
    line = PlanLine(
        source="hosted_search" if bare_value(case_searches_documents(i)) else "hosting",
        **dict.fromkeys(("start", "fixed", "per_request", "accepted", "tested")),
        name=AT_HOME,
    )
    whole = case_comparison_with_text(case_comparison(i), case_whole_text(i))
    return {"home": compared_plan(whole, line, len(LEVERS) + 1)} if can_be_self_hosted(whole.hosting) else {}


def case_stays_home(i: Inputs, lever: str) -> bool:
    """Whether no provider of models reads what a lever is asked."""
    return lever == "home" or (lever in ("tuned", "both") and bare_value(i.tuned.hosting) == "owned")


def case_holds_documents(i: Inputs, lever: str) -> bool:
    """Whether a lever gives the model the documents that there are: it searches them, or they fit into the prompt."""
    return lever in (*SEARCHED, "home") or bool(bare_value(case_documents_fit_prompt(i)))


def case_lever_unfit(i: Inputs, lever: str) -> str:
    """Why a lever does not fit the case, whatever it costs; empty where it does."""
    if bare_value(i.matters) == "home" and not case_stays_home(i, lever):
        return "with a provider"
    if bare_value(i.documents) == 0:
        return "without anything to search" if lever in SEARCHED else ""
    return "" if case_holds_documents(i, lever) else "without the documents"


def case_lever_name(i: Inputs, lever: str, plan: ComparedPlan) -> str:
    """What a lever is called in a table: with its model, and with what becomes of the documents."""
    if lever == "home":
        searched = ", with retrieval" if bare_value(plan.line.source) == "hosted_search" else ""
        return f"{plan.name} ({i.hosting.architecture.name}, {i.hosting.gpu.name}{searched})"
    model = i.tuned.offer if lever in ("tuned", "both") else i.model
    where = "all documents in it" if case_holds_documents(i, lever) else "without the documents"
    more = f", {where}" if lever not in SEARCHED and bare_value(i.documents) > 0 else ""
    if bare_value(i.matters) == "home" and not case_stays_home(i, lever):
        more = f"{more}, with a provider"
    return f"{plan.name} ({model.name}{more})"


def case_spans(plans: Mapping[str, ComparedPlan], versions: Mapping[str, SpanVersions]) -> dict[str, Range]:
    """What each lever costs, from the least to the most (USD)."""
    return {name: break_even_cost_span(plan, versions[name]) for name, plan in plans.items()}
