"""What sending requests in another way could save: in batches, or the short ones to another model."""

from __future__ import annotations

from calculators.engine.numbers import Number, choose, known, named, sum_of_numbers, untraced
from calculators.engine.numbers.units import USD
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.use import LoggedTraffic, Selection
from calculators.prompting.traffic.priced import (
    measured_traffic_tokens,
    traffic_cost_elsewhere,
    traffic_model_cost,
    traffic_rates_by_kind,
    traffic_tokens_cost,
)
from calculators.readers.usage.request import BATCH


def traffic_batch_saving(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Number:
    """What the requests that can wait would cost less in a batch (USD)."""
    parts: list[Number] = []
    by_model = use.by_model()
    for model in i.priced:
        for (tier, is_long), tokens in sorted(by_model.get(model.id, {}).items()):
            if tier == BATCH or model.batch_input is None:
                continue
            counted = measured_traffic_tokens(counter, tokens, f" of {model.name}")
            now = traffic_tokens_cost(counted, traffic_rates_by_kind(model, tier, is_long))
            then = traffic_tokens_cost(counted, traffic_rates_by_kind(model, BATCH, is_long))
            parts.append(choose(known(model.batch_input), sum_of_numbers(now) - sum_of_numbers(then), 0))
    return (
        named("Saved by batches", sum_of_numbers(parts) * i.can_wait) if parts else counter.measured("Nothing", 0, USD)
    )


def traffic_mix_saving(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Number | None:
    """What sending the short prompts to the model to compare with would save (USD); None where it costs more."""
    short = untraced(i.short_prompt)
    saved = traffic_short_prompts_saving(i, use, counter, int(short))
    # Both branches of the first are one: the working names the size that was asked for.
    saved = choose(i.short_prompt == short, saved, saved)
    return choose(saved >= 0, saved, None)


def traffic_short_prompts_saving(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring, tokens: int) -> Number:
    """What sending prompts of up to so many tokens to the model to compare with would save (USD)."""
    selection = Selection(up_to=tokens, priced=True)
    models = {model.id: model for model in i.priced}
    costs = [traffic_model_cost(counter, models[id], groups) for id, groups in use.by_model(selection).items()]
    if not costs:
        return counter.measured("Nothing", 0, USD)
    there = traffic_cost_elsewhere(counter, use, i.model, i.priced, selection).cost
    return named("Saved by the mix", sum_of_numbers(costs) - there)
