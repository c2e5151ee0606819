"""What a small model first, and a large one on doubt, costs and how often it is right.

Two ways to decide which model answers. In a cascade the small model answers every request, and a check passes the
doubtful ones on. With a router one of the two answers, chosen before. Dekoninck et al. (ICML 2025) treat both.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculators.choosing.approach.inputs import Inputs
from calculators.engine.numbers import Condition, Number, Share, choose, largest, named, quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeCosts:
    """What each part costs, in mean requests to the large model alone.

    `small` is a request to the small model, `check` the check or the router, `passed` a request that the large model
    answers after all: harder than the mean, so mostly above 1.
    """

    small: Number
    check: Number
    passed: Number
    is_router: Condition


def cascade_costs(i: Inputs) -> CascadeCosts:
    """What the reader says that each part costs."""
    return CascadeCosts(
        small=i.cascade_small_cost,
        check=i.cascade_check_cost,
        passed=i.cascade_passed_cost,
        is_router=i.cascade_kind == "router",
    )


def cascade_outcome(i: Inputs) -> tuple[Number, Share]:
    """The mean cost by the reader's rates, in requests to the large model, and the share of good answers."""
    cost = cascade_cost(cascade_costs(i), i.cascade_kept)
    return cost, cascade_good_answers(i.cascade_kept, i.cascade_kept_good, i.cascade_passed_good)


def cascade_cost(costs: CascadeCosts, kept: Share) -> Number:
    """The mean cost of a request, in mean requests to the large model, if the share `kept` stays with the small one.

    A cascade pays the small model for every request, a router only for those that stay.

    >>> from decimal import Decimal
    >>> costs = CascadeCosts(small=Decimal("0.2"), check=Decimal("0.02"), passed=Decimal(1), is_router=False)
    >>> cascade_cost(costs, Decimal("0.6"))
    Decimal('0.62')
    """
    by_small = choose(costs.is_router, kept, 1) * costs.small
    return named("Cost with a small model first", by_small + costs.check + (1 - kept) * costs.passed)


def cascade_good_answers(kept: Share, kept_good: Share, passed_good: Share) -> Share:
    """The share of good answers: those of the small model that stay, and those of the large one to the rest.

    >>> from decimal import Decimal
    >>> cascade_good_answers(Decimal("0.6"), Decimal("0.95"), Decimal("0.85"))
    Decimal('0.910')
    """
    return named("Good answers with a small model first", kept * kept_good + (1 - kept) * passed_good)


def cascade_pays_from(costs: CascadeCosts) -> Number | None:
    """The share of requests from which on the two models cost less than the large one alone, or None where none does.

    >>> from decimal import Decimal
    >>> costs = CascadeCosts(small=Decimal("0.2"), check=Decimal("0.02"), passed=Decimal(1), is_router=False)
    >>> cascade_pays_from(costs)
    Decimal('0.22')
    """
    least = costs.small + costs.check
    after_check = 1 - (1 - least) / costs.passed
    routed = quotient(costs.check + costs.passed - 1, costs.passed - costs.small)
    share = choose(costs.is_router, choose(costs.passed > costs.small, routed, 0), after_check)
    return choose(least < 1, named("Share from which a small model first pays", largest(share, 0)), None)
