"""What the cache finds, and what each lifetime that is sold would cost."""

from __future__ import annotations

from calculators.domain.billing import Bill, bill
from calculators.domain.billing.caching import cache_lifetime, cache_lifetime_sold, prefix_cache_hit_share
from calculators.engine.declare import Range, Table
from calculators.engine.numbers import Number, bare_value, choose, is_known_number
from calculators.prompting.cost.inputs import Inputs
from calculators.prompting.cost.request import prompt_cost_request, prompt_cost_sending

LIFETIME_NAMES = {"standard": "usual", "extended": "extended", "stored": "kept all the time"}
"""What the lifetimes are called in a table."""


def prompt_cost_cache_hit_range(i: Inputs, request: Bill) -> Range:
    """The share of requests that find the prefix, with what a renewal by each read would make of it."""
    if i.model.cache_renewal or is_known_number(i.found_cached):
        return Range(request.found, request.found, request.found)
    renewed = prefix_cache_hit_share(i.model, prompt_cost_sending(i).traffic, renewed=True)
    return Range(request.found, request.found, choose(request.cached, renewed, 0))


def prompt_cost_cache_lifetime_table(i: Inputs, paid: Number) -> Table:
    """The same work without caching and with each lifetime that is sold for the model."""
    prompt = prompt_cost_request(i)
    none = bill(i.model, prompt, prompt_cost_sending(i, caching=False)).total * paid
    rows: list[tuple[str, Number | None, Number | None, Number, Number]] = [("no caching", None, None, none, 0 * none)]
    sold = [lifetime for lifetime in LIFETIME_NAMES if cache_lifetime_sold(i.model, lifetime) == lifetime]
    if not is_known_number(i.model.cached_read):
        return Table(tuple(rows), own=0)
    for lifetime in sold:
        request = bill(i.model, prompt, prompt_cost_sending(i, caching=True, lifetime=lifetime))
        cost = request.total * paid
        minutes = None if lifetime == "stored" else cache_lifetime(i.model, lifetime)
        rows.append((LIFETIME_NAMES[lifetime], minutes, request.found, cost, none - cost))
    chosen = cache_lifetime_sold(i.model, i.lifetime)
    return Table(tuple(rows), own=1 + sold.index(chosen) if bare_value(i.caching) else 0)
