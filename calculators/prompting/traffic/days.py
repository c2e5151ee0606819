"""Which days of the logs an amount leaves out: those without a price of their own, and those that are seldom whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal

from calculators.domain.units import DAY
from calculators.engine.numbers import Note, Number, bare_value, both, known, note
from calculators.engine.numbers.units import REQUESTS, USD
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.use import LoggedTraffic, Selection, traffic_iso_day
from calculators.prompting.traffic.outputs import Outputs
from calculators.prompting.traffic.priced import PastCost, UndatedUse


def traffic_days_in_words(days: Collection[int]) -> str:
    """Days since 1970: one by its date, several by their number, the first and the last.

    >>> traffic_days_in_words([20762]), traffic_days_in_words([20762, 20764])
    ('2026-11-05', '2 days, 2026-11-05 to 2026-11-07')
    """
    first, last = (traffic_iso_day(end) for end in (min(days), max(days)))
    return first if len(days) == 1 else f"{len(days):,} days, {first} to {last}"


def traffic_undated_words(i: Inputs, past: PastCost) -> list[str]:
    """The models without a price of some days, each with these days."""

    def words(id: str, undated: UndatedUse) -> str:
        name = next(model.name for model in i.priced if model.id == id)
        return f"{name} ({traffic_days_in_words(undated.days) if undated.days else 'requests without a time'})"

    return [words(id, undated) for id, undated in sorted(past.undated.items())]


def traffic_day_notes(
    i: Inputs, use: LoggedTraffic, past: PastCost, outputs: Outputs, listed_cost: Callable[[str, Selection], Number]
) -> tuple[Note, ...]:
    """What is left out of the cost by day and of the month, with its days, its requests and its cost."""
    undated = 0
    for use_of_model in past.undated.values():
        undated += use_of_model.requests
    first, last = use.days or (0, 0)
    ends = Selection(days=frozenset({first, last}) - use.whole_days)
    at_ends = use.sums(ends).requests if use.days and bare_value(i.days) is None else 0
    return (
        note(
            both(known(outputs.at_the_time), known(outputs.undated)),
            "“At the list prices of their own days” and the cost by day leave out {requests}, which cost {cost} at "
            f"today's prices, as no price of their day is known: {', '.join(traffic_undated_words(i, past))}.",
            requests=(Decimal(undated), REQUESTS),
            cost=(outputs.undated, USD),
        ),
        note(
            both(at_ends > 0, known(outputs.per_month)),
            "The files hold {days}. A month is taken from {whole}, without the first and the last: "
            f"{traffic_iso_day(first)} and {traffic_iso_day(last)} are seldom whole. Their {{requests}}, {{cost}}, are "
            "in the total and in the means.",
            days=(Decimal(last - first + 1), DAY),
            whole=(outputs.days_covered, DAY),
            requests=(Decimal(at_ends), REQUESTS),
            cost=(listed_cost("The first and the last day at today's list prices", ends), USD),
        ),
    )
