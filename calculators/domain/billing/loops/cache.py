"""What the cache of one model finds at the steps of a loop."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.billing.caching import Traffic, is_history_cached, prefix_cache_hit_share, turn_cache_hit_share
from calculators.domain.billing.tiers import STANDARD
from calculators.domain.records import ModelPrice
from calculators.engine.numbers import Condition, Number, Share, both, choose, known_or, named


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How the steps are sent, and what comes between them.

    `late` is the share of steps whose cache has expired, None where it follows from the pause in `traffic`; `broken` is
    the share before which something at the front of the prompt changes.
    """

    caching: Condition
    batch: Condition
    traffic: Traffic
    tier: str = STANDARD
    late: Share | None = None
    broken: Share | int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCache:
    """Whether a model keeps the growing history, from which length on, and the shares of steps that find it.

    `found` is the share of tasks that find the prefix, left there by other tasks; `in_time` is the share of steps that
    find the whole history, and `late` the share that finds the prefix at most.
    """

    sold: Condition
    least: Number | int
    prefix: Condition
    found: Share
    in_time: Share
    late: Share


def loop_step_cache(model: ModelPrice, prefix: Number, sending: Round) -> StepCache:
    """The cache of a model whose steps begin with a prefix of so many tokens."""
    least = known_or(model.smallest_prefix, 0)
    sold = sending.caching is not False and is_history_cached(model, sending.caching)
    keeps_prefix = both(sold, prefix >= least, prefix > 0)
    late = known_or(sending.late, 1 - turn_cache_hit_share(model, sending.traffic))
    unbroken = 1 - sending.broken
    return StepCache(
        sold=sold,
        least=least,
        prefix=keeps_prefix,
        found=choose(keeps_prefix, prefix_cache_hit_share(model, sending.traffic), 0),
        in_time=named("Share of steps that find the history", unbroken * (1 - late)),
        late=named("Share of steps that find the prefix at most", unbroken * late),
    )
