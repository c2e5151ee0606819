"""What a reader of the choice of a model should know about the answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from calculators.domain.billing import bill
from calculators.domain.billing.tiers import BATCH
from calculators.domain.model_notes import (
    model_batch_price_note,
    model_cache_notes,
    model_cached_price_note,
    model_effort_notes,
    model_past_shutdown_note,
    model_price_change_note,
    model_price_months_note,
    model_tier_note,
    model_tokenizer_note,
    model_unknown_tokenizer_note,
    model_unranked_note,
    model_untested_note,
)
from calculators.domain.records.ends import has_ended
from calculators.engine.numbers import (
    Note,
    bare_value,
    both,
    is_known_number,
    known,
    known_or,
    name_in_note,
    note,
    opposite,
    quotient,
    untraced,
)
from calculators.engine.numbers.units import HOUR, ONE, SHARE, TOKENS, USD, USD_PER_HOUR
from calculators.prompting.models.cheapest import CheapestModel, is_cheapest_model_candidate
from calculators.prompting.models.inputs import Inputs
from calculators.prompting.models.request import model_choice_prompt, model_choice_sending


def prompting_model_remarks(i: Inputs, cheapest: CheapestModel) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    bare = untraced(i)
    prompt, sending = model_choice_prompt(i), model_choice_sending(i)
    request = bill(i.model, prompt, sending)
    uncached = bill(i.model, prompt, replace(sending, caching=False))
    served = [model for model in bare.market if not has_ended(model.retires, i.as_of)]
    shown = sum(1 for model in served if is_cheapest_model_candidate(bare, model))
    ended = [f"{model.name}, {model.end}" for model in bare.market if model.id in bare.shortlist and model.end]
    model, no_model = cheapest.model, note(False, "")
    return (
        model_unranked_note(i.requests, "requests"),
        note(
            shown < len(served),
            "Your conditions leave {shown} of the {served} models that are sold today.",
            shown=(Decimal(shown), ONE),
            served=(Decimal(len(served)), ONE),
        ),
        note(bool(ended), f"No longer sold and left out of the ranking: {'; '.join(ended)}."),
        note(
            not is_cheapest_model_candidate(bare, bare.model),
            f"{i.model.name}, which you use now, does not meet your own conditions.",
        ),
        model_tokenizer_note(i.model, i.counted_with),
        model_unknown_tokenizer_note(i.model, i.counted_with),
        note(
            model is not None and model.id == i.model.id,
            "You already use the cheapest model that meets your conditions.",
        ),
        note(
            known(bare.model.context_window)
            and bill(bare.model, model_choice_prompt(bare), model_choice_sending(bare)).whole
            > known_or(bare.model.context_window, 0),
            f"The prompt and its answer do not fit into the context window of {i.model.name}.",
        ),
        model_cached_price_note(i.model, both(i.caching, request.prefix > 0)),
        *model_cache_notes(i.model, request, uncached, sending.traffic),
        *model_effort_notes(i.model, i.effort, i.reasoning),
        model_batch_price_note(i.model, i.tier == BATCH),
        model_tier_note(i.model, i.tier),
        model_past_shutdown_note(i.model, i.as_of),
        model_price_months_note(i.model, 12),
        _prompting_model_switch_note(i, cheapest),
        _prompting_model_reasoning_note(i, cheapest),
        no_model if model is None or cheapest.is_own else model_price_change_note(model, 12, "", cheapest.name),
        note(
            model is not None and model.retires > i.as_of,
            f"{cheapest.name} shuts down on {model.retires if model else ''}.",
        ),
        model_untested_note(model, i.model),
    )


def _prompting_model_switch_note(i: Inputs, cheapest: CheapestModel) -> Note:
    """That a switch which saves money today costs more in 12 months, and by what."""
    loses = is_known_number(cheapest.saving_per_year) and bool(bare_value(cheapest.saving_per_year) < 0)
    saves = is_known_number(cheapest.saving) and bool(bare_value(cheapest.saving) > 0)
    change = cheapest.change
    then = f", and from {change.since} on the cheapest costs {{then}} a month" if change else ""
    return note(
        saves and loses,
        "A switch saves {saving} a month at the prices of today, and still costs {loss} more in 12 months: the work to "
        f"switch is {{hours}} at {{rate}}, together {{work}}{then}.",
        saving=(cheapest.saving, USD),
        loss=(0 - cheapest.saving_per_year if loses and cheapest.saving_per_year is not None else None, USD),
        hours=(i.switching_hours, HOUR),
        rate=(i.labor_rate, USD_PER_HOUR),
        work=(cheapest.switch, USD),
        then=(change.month if change else None, USD),
    )


def _prompting_model_reasoning_note(i: Inputs, cheapest: CheapestModel) -> Note:
    """How much of the cheapest model's cost is hidden reasoning that nobody typed: an assumption about its effort."""
    model = cheapest.model
    request = None if model is None else bill(model, model_choice_prompt(i), model_choice_sending(i))
    hidden = request.tokens["reasoning"] if request else None
    return note(
        both(opposite(known(i.reasoning)), known_or(hidden, 0) > 0),
        f"{name_in_note(model.name) if model else ''} is taken to write {{tokens}} of hidden reasoning in an answer, "
        "which is {share} of its cost. That is an assumption: type what your own answers show.",
        tokens=(hidden, TOKENS),
        share=(quotient(request.reasoning, request.total) if request else None, SHARE),
    )
