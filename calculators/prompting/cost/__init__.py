"""What a prompt costs.

One request, a month, the year ahead, and the same work on every model. The price of a request is the sum of its
tokens, each at the price of its kind. A long-prompt tier is a cliff: one token over it re-prices the whole request. A
cached read, a cache write and a batch each have a price of their own; none is derived from another.
"""

from __future__ import annotations

from calculators.domain.billing import bill
from calculators.domain.billing.rates import token_rates
from calculators.domain.billing.tiers import BATCH
from calculators.engine.declare import bars, calculator, later
from calculators.engine.numbers import both, ceil, choose, is_known_number, known, largest, named, quotient
from calculators.prompting.cost.cache import prompt_cost_cache_hit_range, prompt_cost_cache_lifetime_table
from calculators.prompting.cost.inputs import EXAMPLES, Inputs
from calculators.prompting.cost.labor import prompt_cost_labor, prompt_upkeep_cost
from calculators.prompting.cost.labor import prompting_plan_with_work as plan
from calculators.prompting.cost.monthly_plan import prompting_plan
from calculators.prompting.cost.notes import prompt_cost_remarks
from calculators.prompting.cost.outputs import Outputs
from calculators.prompting.cost.request import prompt_cost_paid_requests, prompt_cost_request, prompt_cost_sending
from calculators.prompting.cost.tables import prompt_cost_breakdown, prompt_cost_ranking

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "plan", "prompt_cost"]


NOT_COUNTED = (
    "Taxes, discounts, surcharges for a region, and tools that a provider charges by the call.",
    "Images, sound and video.",
    "People's work that comes with every lever: contracts, security reviews, training for colleagues.",
)


@calculator(chart=bars(output="models", by="model", column="cost", title="Cost a month of the same work"))
def prompt_cost(i: Inputs) -> Outputs:
    """Every token at the price of its kind, times the requests that are paid for.

    1,000 requests of 800 tokens in and 300 out, at $2 and $10 a million:

    >>> model = dict(input=2, output=10)
    >>> prompt_cost(sample(Inputs, requests=1000, user_text=800, answer=300, model=model)).per_month == Decimal("4.60")
    True
    """
    request = bill(i.model, prompt_cost_request(i), prompt_cost_sending(i))
    uncached = bill(i.model, prompt_cost_request(i), prompt_cost_sending(i, caching=False))
    paid = prompt_cost_paid_requests(i)
    per_request = named("Cost of one request", request.total)
    per_month = named("Cost a month", per_request * paid)
    short, _ = token_rates(i.model, i.tier == BATCH, i.lifetime, i.tier)
    dearer, cheaper = short.cache_write - short.input, short.input - short.cached_read
    pays = both(known(i.model.cached_read), cheaper > 0)
    reuses = choose(pays, quotient(largest(0, dearer), cheaper, None), None)
    pays_from = choose(pays, quotient(largest(0, dearer), short.cache_write - short.cached_read), None)
    return Outputs(
        per_month=per_month,
        per_request=per_request,
        per_year=prompting_plan(i).total(i.requests),
        first_year=plan(i).total(i.requests),
        labor=prompt_cost_labor(i),
        upkeep_per_month=prompt_upkeep_cost(i),
        caching_saves=(uncached.total - request.total) * paid,
        overhead=(request.instructions + request.examples) * paid,
        input_per_request=request.input,
        output_per_request=request.output,
        prefix_found=prompt_cost_cache_hit_range(i, request),
        cached_share=quotient(request.read, request.mean),
        reasoning_tokens=request.tokens["reasoning"],
        prompt_tokens=request.mean,
        caching_pays_from=pays_from,
        reuses_to_pay=reuses,
        whole_reuses_to_pay=ceil(reuses) if is_known_number(reuses) else None,
        breakdown=later(lambda: prompt_cost_breakdown(request, paid, per_month)),
        lifetimes=later(lambda: prompt_cost_cache_lifetime_table(i, paid)),
        models=later(lambda: prompt_cost_ranking(i, paid, per_month)),
        notes=later(lambda: prompt_cost_remarks(i, request, uncached, paid)),
    )
