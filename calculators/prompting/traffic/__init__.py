"""What your own requests cost.

Logs of requests are summed up by day, model and size, and every sum is priced: on the models that were used, and on
every other, each request with its own size. Nothing is shown of what the requests say.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache

from calculators.domain.units import DAY, HOURS_PER_DAY
from calculators.engine.declare import Table, bars, calculator, later
from calculators.engine.numbers import (
    Note,
    Number,
    bare_value,
    choose,
    known,
    known_or,
    named,
    quotient,
    sum_of_numbers,
    untraced,
)
from calculators.engine.numbers.units import HOUR, ONE, REQUESTS, TOKENS, TURNS, USD
from calculators.prompting.traffic.case import HandedOnUse, traffic_case, traffic_case_notes, traffic_handed_on
from calculators.prompting.traffic.comparing import compared_traffic_costs
from calculators.prompting.traffic.days import traffic_day_notes
from calculators.prompting.traffic.inputs import EXAMPLES, Inputs
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.reading import read_traffic
from calculators.prompting.traffic.logged.use import ALL, LoggedTraffic, Selection
from calculators.prompting.traffic.logged.waits import traffic_waits
from calculators.prompting.traffic.notes import traffic_remarks
from calculators.prompting.traffic.outputs import Outputs
from calculators.prompting.traffic.priced import (
    traffic_cost_at_the_time,
    traffic_cost_elsewhere,
    traffic_cost_of_the_past,
    traffic_cost_of_undated,
    traffic_model_cost,
    traffic_tokenizer_doubt,
)
from calculators.prompting.traffic.savings.caches import (
    traffic_cache_saving,
    traffic_caching_saved,
    traffic_lifetime_saving,
)
from calculators.prompting.traffic.savings.sending import traffic_batch_saving, traffic_mix_saving
from calculators.prompting.traffic.savings.what_if import cheapest_model_note, largest_traffic_saving, traffic_savings
from calculators.prompting.traffic.sizes import (
    all_traffic_tokens,
    traffic_answer_lengths,
    traffic_mixes,
    traffic_prompt_sizes,
)
from calculators.prompting.traffic.tables import (
    traffic_days_table,
    traffic_hours_table,
    traffic_left_out_table,
    traffic_models_table,
    traffic_ranking_table,
    traffic_read_rows,
    traffic_sizes_table,
)

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "traffic"]


NOT_COUNTED = (
    "Whether another model does the work as well.",
    "Requests that are not in the files, and days that they cover in part.",
    "Taxes, discounts, surcharges for a region, and tools that a provider charges by the call.",
)


@calculator(chart=bars(output="ranking", by="model", column="cost", title="The same requests on every model"))
def traffic(i: Inputs) -> Outputs:
    """The sums of the logs, each at its price.

    >>> row = '{"type": "message", "model": "x", "usage": {"input_tokens": 900, "output_tokens": 100}}'
    >>> traffic(sample(Inputs, pasted=row, model=dict(input=1, output=4))).mean_input
    Decimal('900')
    """
    format = untraced(i.format)
    use = read_traffic(i, format)
    models = {model.id: model for model in i.priced}
    counter = TrafficMeasuring(i, format)
    counted = counter.measured
    full_days = Selection(days=use.whole_days)
    sums, monthly = use.sums(), use.sums(full_days)

    def listed_cost(label: str, selection: Selection = ALL) -> Number:
        costs = [traffic_model_cost(counter, models[id], groups) for id, groups in use.by_model(selection).items()]
        return named(label, sum_of_numbers(costs)) if costs else counted(label, 0, USD)

    def share(part: int, label: str, whole: int) -> Number | None:
        return (
            quotient(counted(label, part, TOKENS), counted("Tokens they are a part of", whole, TOKENS))
            if whole
            else None
        )

    def in_a_month(all: Number, of_whole_days: Number) -> Number | None:
        """What the days that are counted come to in a month; None where there is neither a day nor a typed number.

        Whole days without any request say nothing of a month either: the few requests came before and after them.
        """
        if not has_days:
            return None
        return quotient(choose(known(i.days), all, of_whole_days) * month, days, None)

    def saved(saving: Callable[[Inputs, LoggedTraffic, TrafficMeasuring], Number | None]) -> Number | None:
        """What a way to save is worth; None where there is nothing to price."""
        return saving(i, use, counter) if has_tokens else None

    def of_tokens(rows: Callable[[], Table]) -> Table:
        """A table about tokens, left for later; no rows of zeros where there are none."""
        return later(rows) if has_tokens else Table(())

    @cache
    def handed_on() -> HandedOnUse:
        return traffic_handed_on(i, use, counter)

    @cache
    def ranking() -> Table:
        return traffic_ranking_table(i, use, counter, total, handed_on())

    def remarks() -> tuple[Note, ...]:
        largest = largest_traffic_saving(i, outputs, compared.elsewhere)
        more = (
            cheapest_model_note(ranking(), largest),
            *traffic_day_notes(i, use, past, outputs, listed_cost),
            *traffic_case_notes(use, handed_on()),
        )
        return traffic_remarks(i, use, outputs, compared, largest, more)

    month = named("Days in a month", i.month_hours / HOURS_PER_DAY)
    monthly_tokens = all_traffic_tokens(monthly)
    has_days = monthly.requests + monthly_tokens > 0 or monthly.cost > 0 or bare_value(i.days) is not None
    whole_days = counted("Whole days counted", len(use.whole_days), DAY)
    days = choose(known(i.days), known_or(i.days, whole_days), whole_days)
    total = listed_cost("All at today's list prices")
    there = traffic_cost_elsewhere(counter, use, i.model, i.priced).cost
    requests = counted("Requests counted", sums.requests, REQUESTS)
    is_counted = sums.requests > 0 or not use.summary.uncounted_rows
    inputs = sums.uncached + sums.read + sums.write
    past = traffic_cost_at_the_time(use, i.past)
    compared = compared_traffic_costs(i, use, counter)
    turns, conversations = use.turns()
    unpriced, tokens = use.unpriced_tokens(), inputs + sums.output
    has_tokens = tokens > 0
    is_priced = has_tokens and (not unpriced or bool(use.by_model()))
    outputs = Outputs(
        per_month=in_a_month(total, listed_cost("Whole days at today's list prices", full_days)) if is_priced else None,
        total=total if is_priced else None,
        at_the_time=traffic_cost_of_the_past(i, past, counter) if past.priced else None,
        undated=traffic_cost_of_undated(i, past, counter) if past.priced else None,
        logged=counted("Cost in the files", Decimal(str(sums.cost)), USD) if sums.with_cost or sums.cost else None,
        in_doubt=traffic_tokenizer_doubt(i, use, counter),
        elsewhere=there if has_tokens else None,
        elsewhere_month=in_a_month(there, traffic_cost_elsewhere(counter, use, i.model, i.priced, full_days).cost)
        if has_tokens
        else None,
        caching_saved=saved(traffic_caching_saved),
        batch_saving=saved(traffic_batch_saving),
        cache_saving=saved(traffic_cache_saving),
        mix_saving=saved(traffic_mix_saving),
        lifetime_saving=traffic_lifetime_saving(i, use, counter),
        requests=requests if is_counted else None,
        requests_month=in_a_month(requests, counted("Requests of whole days", monthly.requests, REQUESTS))
        if is_counted
        else None,
        days_covered=days if has_days else None,
        per_request=quotient(total, requests, None) if is_priced else None,
        mean_input=quotient(counted("Input tokens", inputs, TOKENS), requests, None),
        mean_output=quotient(counted("Output tokens", sums.output, TOKENS), requests, None),
        cached_share=share(sums.read, "Input read from a cache", inputs)
        if sums.without_cache < max(1, sums.requests)
        else None,
        reasoning_share=share(sums.reasoning, "Hidden reasoning", sums.output)
        if sums.without_reasoning < sums.requests
        else None,
        failed_share=quotient(counted("Requests that failed", sums.failed, REQUESTS), requests, None),
        mean_turns=quotient(
            counted("Requests in conversations", turns, TURNS), counted("Conversations", conversations, ONE)
        )
        if conversations
        else None,
        unpriced_share=quotient(
            counted("Tokens without a price", unpriced, TOKENS), counted("All tokens", tokens, TOKENS)
        ),
        active_hours=quotient(
            counted("Hours with requests", use.summary.active_hours, HOUR),
            counted("Days with times", use.number_of_days(), ONE),
        )
        if use.summary.active_hours
        else None,
        case=of_tokens(lambda: traffic_case(i, use, handed_on(), outputs)),
        savings=of_tokens(lambda: traffic_savings(i, outputs, compared.elsewhere)),
        mixes=of_tokens(lambda: traffic_mixes(i, use, counter, total)),
        models=later(lambda: traffic_models_table(i, use, counter)),
        ranking=later(ranking),
        daily=of_tokens(lambda: traffic_days_table(i, past, counter)),
        prompt_tokens=of_tokens(lambda: traffic_prompt_sizes(use, counter)),
        answer_lengths=of_tokens(lambda: traffic_answer_lengths(use, counter)),
        sizes=later(lambda: traffic_sizes_table(use, counter)),
        waits=later(lambda: traffic_waits(use.summary.times, counter)),
        hours=later(lambda: traffic_hours_table(use, counter)),
        read_rows=later(lambda: traffic_read_rows(use, counter)),
        left_out=later(lambda: traffic_left_out_table(i, use, past, counter)),
        notes=later(remarks),
    )
    return outputs
