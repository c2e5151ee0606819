"""The judgement of a comparison of plans, and what a reader should know about it."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.break_even.crossings import break_even_crossing, break_even_outcome_text, cheaper_volumes
from calculators.choosing.break_even.inputs import Inputs
from calculators.choosing.break_even.plan_sources import HOSTED_PLANS, plan_source_prompted_hosting
from calculators.choosing.break_even.settings import SERVING, Setting
from calculators.choosing.break_even.spans import break_even_deciding_setting
from calculators.domain.model_notes import model_price_months_note
from calculators.domain.records import ModelPrice, TuningOffer
from calculators.engine.declare import Judgement
from calculators.engine.facts import months_between_days
from calculators.engine.numbers import Note, bare_value, name_in_note, note, sorted_by_number, untraced
from calculators.engine.numbers.units import SHARE, USD, counted_unit
from calculators.serving import can_be_self_hosted, hosting_inputs_of_plan

SEARCHING_PLANS, UNREAD_PLANS = ("retrieval", "both", "hosted_search"), ("prompting", "tuned", "hosting")
"""The sources of plans that search documents, and of those that read none."""


def break_even_judgement(plans: list[ComparedPlan], first: ComparedPlan, rival: ComparedPlan) -> Judgement:
    """The plan that costs least in all and the next, what they cost, and how two of them stand to each other."""
    best, after = sorted_by_number(plans, key=lambda plan: plan.totals[-1])[:2]
    sentence = f"Against {first.name}, {rival.name} is {break_even_outcome_text(first, rival)}."
    if break_even_crossing(first, rival)[0] == "not_within_horizon" and (volumes := cheaper_volumes(first, rival)):
        sentence = f"{sentence[:-1]}. At other volumes it is: {volumes}."
    amounts = note(
        True,
        f"{name_in_note(best.name)} {{least}} · next: {name_in_note(after.name)} {{more}}",
        least=(bare_value(best.total), USD),
        more=(bare_value(after.total), USD),
    )
    totals = [(first, "first_total"), (rival, "other_total")]
    spans = {word: name for word, shown in (("least", best), ("more", after)) for plan, name in totals if plan is shown}
    names, called = break_even_plan_names(plans, first, rival), (name_in_note(best.name), name_in_note(after.name))
    return Judgement(best.name, (note(True, sentence),), amounts, names, spans, called=called)


def break_even_plan_names(plans: list[ComparedPlan], first: ComparedPlan, rival: ComparedPlan) -> dict[str, str]:
    """What labels call the plans, each with its name."""
    numbered = {f"plan {plan.number}": plan.name for plan in plans}
    return {"the first plan": first.name, "the other plan": rival.name, **numbered}


def break_even_remarks(
    i: Inputs, plans: list[ComparedPlan], rival: ComparedPlan | None, settings: Sequence[Setting] = ()
) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    bare = untraced(i)
    used = {line.source for line in bare.plans}
    ends: dict[str, ModelPrice | TuningOffer] = {
        "prompting": bare.prompting.model,
        "agent": bare.prompting.model,
        "retrieval": bare.retrieval.model,
        "tuned": bare.tuned.offer,
        "both": bare.tuned.offer,
    }
    last = int(bare.horizon)
    stopping = [
        note(
            model.retires > i.as_of and months_between_days(i.as_of, model.retires) < last,
            f"{model.name} shuts down on {model.retires}, within these months. "
            + (
                "A retraining on another base is counted then."
                if source in ("tuned", "both")
                else "The work to move to another model is counted then."
            ),
        )
        for source, model in ends.items()
        if source in used
    ]
    changing = [model_price_months_note(model, last) for source, model in ends.items() if source in used]
    tested = [plan for plan in plans if plan.quality is not None]
    sources = {bare_value(plan.line.source) for plan in plans}
    return (
        *break_even_setting_remarks(settings),
        *{remark.words: remark for remark in (*stopping, *changing)}.values(),
        *break_even_agent_remarks(i, plans),
        *break_even_hosting_remarks(i, plans),
        note(
            any(each in SEARCHING_PLANS for each in sources) and any(each in UNREAD_PLANS for each in sources),
            "Only plans with retrieval have the documents. Where answers need them, one without does another job: "
            "compare the plans that have it.",
        ),
        note(
            len(plans) < len(i.plans),
            "A plan without any cost is left out. Type its costs, or choose where they come from.",
        ),
        note(len(plans) < 2, "Fill in a second plan to compare with."),
        note(
            bare_value(i.against) not in ("cheapest", *(str(plan.number) for plan in plans[1:])),
            "There is no such plan to compare with. The cheapest of the others takes its place.",
        ),
        note(
            rival is not None
            and (
                bare_value(rival.line.source) in HOSTED_PLANS
                or (bare_value(rival.line.source) in ("tuned", "both") and bare.tuned.hosting == "dedicated")
            ),
            "The break-even volume counts with as many servers as this volume needs. A much larger one needs more.",
        ),
        note(
            0 < len(tested) < len(plans),
            "Only some plans have tested answers. A plan without them counts as if every answer were good.",
        ),
        note(
            not tested and len(plans) > 1,
            "Costs alone are compared. Test all plans on the same cases and fill in the good answers: a cheaper plan "
            "that answers worse may not be cheaper.",
        ),
    )


def break_even_agent_remarks(i: Inputs, plans: list[ComparedPlan]) -> tuple[Note, ...]:
    """How many of its tasks an agent solves, where nobody tested it."""
    agents = [plan for plan in plans if bare_value(plan.line.source) == "agent" and plan.quality is None][:1]
    return tuple(
        note(
            True,
            "An agent does each request as one task, on the model and with the prompt of “Prompting”. It is taken to "
            "solve {solved} of them. To compare what a good answer costs, fill in tested answers of every plan.",
            solved=(plan.costs.quality, SHARE),
        )
        for plan in agents
    )


def break_even_hosting_remarks(i: Inputs, plans: list[ComparedPlan]) -> tuple[Note, ...]:
    """That the model needs more GPUs than were asked for, or cannot be counted at all."""
    if not any(bare_value(plan.line.source) in HOSTED_PLANS for plan in plans):
        return ()
    wanted = plan_source_prompted_hosting(i)
    counted = hosting_inputs_of_plan(wanted)
    can = can_be_self_hosted(wanted)
    return (
        note(
            not can,
            "The machines for this model cannot be counted: it does not fit, or a speed of the GPU is not known. Only "
            "people's work is counted in that plan, so do not compare it.",
        ),
        note(
            can and bare_value(counted.gpus) > bare_value(wanted.gpus),
            "The open model does not fit on the GPUs of a replica that you gave. {gpus} in each are counted.",
            gpus=(counted.gpus, counted_unit("GPU")),
        ),
    )


def break_even_setting_remarks(settings: Sequence[Setting]) -> tuple[Note, ...]:
    """What decides, and the way of serving that costs least at this volume."""
    served = sorted_by_number((setting for setting in settings if setting.varies == SERVING), lambda row: row.total)
    cheapest = served[:1] if len(served) > 1 else []
    return (
        *break_even_deciding_setting(settings).reasons,
        *(note(setting.is_own, f"Cheapest way to serve at this volume: {setting.name}.") for setting in cheapest),
        *(
            note(
                not setting.is_own,
                f"Cheapest way to serve at this volume: {setting.name}. The plan would then come to {{total}}.",
                total=(setting.total, USD),
            )
            for setting in cheapest
        ),
    )
