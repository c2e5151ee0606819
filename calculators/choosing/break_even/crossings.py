"""When one plan becomes cheaper than another, and at which volume."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from calculators.choosing.break_even.compared_plans import ComparedPlan, Crossing, scaled_compared_plan_parts
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs
from calculators.engine.numbers import (
    Number,
    apply_to_bare_numbers,
    bare_value,
    both,
    ceil,
    choose,
    either_of,
    is_known_number,
    is_traced,
    largest,
    named,
    quotient,
    untraced,
    whole_number,
)
from calculators.engine.numbers.rounding import rounded_to_two_digits
from calculators.engine.numbers.traced import Origin, Traced
from calculators.engine.numbers.units import MONTH, REQUESTS_PER_MONTH


def break_even_gaps(first: ComparedPlan, rival: ComparedPlan) -> list[Number]:
    """What the other plan has cost more, at the start and after each month, in bare numbers (USD)."""
    return [rival_cost - first_cost for first_cost, rival_cost in zip(first.totals, rival.totals, strict=True)]


def months_after_break_even(gaps: Sequence[Number]) -> list[int]:
    """The months by whose end nothing more has been paid."""
    return [month for month, gap in enumerate(gaps) if gap <= 0 and month > 0]


def first_break_even_month(*gaps: Number) -> int | None:
    """The first month by whose end nothing more has been paid; 0 if that holds from the start and for every month.

    >>> first_break_even_month(2, 1, 0), first_break_even_month(0, -1, -1), first_break_even_month(1, 1, 1)
    (2, 0, None)
    """
    cheaper = months_after_break_even(gaps)
    if not cheaper:
        return None
    return 0 if gaps[0] <= 0 and len(cheaper) == len(gaps) - 1 else cheaper[0]


def break_even_crossing(first: ComparedPlan, rival: ComparedPlan) -> tuple[str, list[int]]:
    """How the other plan stands against the first: one of `OUTCOMES`, and the months by whose end it has cost no more.

    Every month is looked at, because growth, a change of price or a retraining can turn a crossing back.
    """
    gaps = break_even_gaps(first, rival)
    cheaper = months_after_break_even(gaps)
    last = len(gaps) - 1
    if len(cheaper) == last:
        return ("from_start" if gaps[0] <= 0 else "from_month"), cheaper
    if not cheaper and gaps[0] >= 0:
        if not rival_plan_stays_dearer(first, rival):
            return "not_within_horizon", cheaper
        return ("never" if bare_value(break_even_volume(first, rival)) is None else "other_volume"), cheaper
    if cheaper and gaps[0] >= 0 and cheaper == list(range(cheaper[0], last + 1)):
        return "from_month", cheaper
    return "crosses_back", cheaper


def rival_plan_stays_dearer(first: ComparedPlan, rival: ComparedPlan) -> bool:
    """Whether the other plan costs no less a month by the end, and would not with the volume running on either."""
    first_costs, rival_costs, course = untraced(first.costs), untraced(rival.costs), untraced(first.course)
    last = len(first_costs.fixed) - 1
    requests = course.volume(last)
    limits = [first_costs.month(last, requests) <= rival_costs.month(last, requests)]
    if course.growth > 0:
        limits.append(first_costs.per_request[last] <= rival_costs.per_request[last])
    if course.growth < 0:
        limits.append(first_costs.fixed[last] <= rival_costs.fixed[last])
    return all(limits)


def break_even_month(i: LeverPlansInputs, first: ComparedPlan, rival: ComparedPlan) -> Number | None:
    """The first month by whose end the other plan has cost no more; 0 where it costs no more from the start."""
    month = apply_to_bare_numbers("first month", first_break_even_month, *break_even_gaps(first, rival))
    if month is None:
        return choose(rival.total <= first.total, whole_number(0, "The first such month", MONTH, i.horizon), None)
    first_such = whole_number(month, "The first such month", MONTH, i.horizon)
    if not is_traced(first_such):
        return first_such  # The working alone shows what the month rests on.
    holds = [first_such <= i.horizon, rival.after(month) <= first.after(month)]
    if month:
        holds.append(rival.after(month - 1) > first.after(month - 1))
    return choose(both(*holds), first_such, first_such)


REFINED = 2
"""How often prices are taken anew before the volume is read off the way that it went; then once more."""

CLOSE = 1000
"""Prices are close enough where they move the volume by less than such a part of it."""

EQUAL = 10**9
"""Steps that differ by less than such a part are as long: what rounding leaves of a difference is none."""

Pair: TypeAlias = tuple[ComparedPlan, ComparedPlan]
"""The first plan and the other one."""


def break_even_volume(first: ComparedPlan, rival: ComparedPlan) -> Number | None:
    """The requests of the first month at which both cost the same over all months; None where one always costs less."""
    return break_even_meeting_volume(break_even_meeting(first, rival), first, rival)


def break_even_meeting_volume(
    crossing: Crossing,
    first: ComparedPlan,
    rival: ComparedPlan,
    people: Number | int = 1,
    request: Number | int = 1,
) -> Number | None:
    """The volume of a crossing with people's work and the cost of a request scaled.

    A working shows the prices at a volume that is close to it, and not how that was looked for.
    """
    if not is_traced(first.i.requests):
        return crossing.volume
    plans, requests = (first, rival), first.i.requests
    if crossing.priced != bare_value(requests):
        further = crossing.priced - bare_value(requests)
        way = _traced_volume(further, "From there to the volume of prices", "close to where the plans meet")
        close = named("Requests at which prices are taken", requests + way)
        plans = first.at_volume(close), rival.at_volume(close)
    volume = break_even_crossing_volume(*_break_even_parts(plans, people, request))
    if crossing.volume is None and is_known_number(volume):
        return _traced_volume(None, "Where both cost the same", "no volume: each asks for a larger one, or a smaller")
    return volume


def _traced_volume(requests: Number | None, label: str, because: str) -> Number:
    """A volume that was found in bare numbers, for a working."""
    return Traced(requests, REQUESTS_PER_MONTH, label=label, origin=Origin("derived", because=because))  # type: ignore[return-value]  # the traced kind


def break_even_meeting(
    first: ComparedPlan, rival: ComparedPlan, people: Number | int = 1, request: Number | int = 1
) -> Crossing:
    """Where two plans meet, with people's work and the cost of a request scaled; in a traced run in bare numbers.

    More requests find more of their prompts cached, use up a store's minimum and need more machines, so prices have to
    be those at the volume that is looked for. It begins with those at the reader's volume, and each volume found gives
    better ones. Scaled, it begins where the plans meet as they are.
    """
    plans = first.bare, rival.bare_beside(first)
    if isinstance(people, int) and isinstance(request, int):
        if rival not in first.crossings:
            first.crossings[rival] = _break_even_crossing_of(plans, people, request, REFINED + 2)
        return first.crossings[rival]
    near = break_even_meeting(first, rival).priced
    plans = plans[0].at_volume(near), plans[1].at_volume(near)
    return _break_even_crossing_of(plans, untraced(people), untraced(request), 1)


def _break_even_crossing_of(plans: Pair, people: Number | int, request: Number | int, times: int) -> Crossing:
    plans, ending = _break_even_prices(plans, people, request, times)
    costs, priced = _break_even_parts(plans, people, request), plans[0].i.requests
    if ending:
        return Crossing(None, ending, priced)
    (first_fixed, first_served), (rival_fixed, rival_served) = costs
    ending = break_even_crossing_ending(rival_fixed - first_fixed, first_served - rival_served)
    return Crossing(break_even_crossing_volume(*costs), ending, priced)


def _break_even_parts(
    plans: Pair, people: Number | int, request: Number | int
) -> tuple[tuple[Number, Number], tuple[Number, Number]]:
    first, rival = plans
    return scaled_compared_plan_parts(first, people, request), scaled_compared_plan_parts(rival, people, request)


def _break_even_prices(plans: Pair, people: Number | int, request: Number | int, times: int) -> tuple[Pair, str]:
    """Both plans at the prices of a volume close to where they meet, or of the last at which they do not meet at all.

    Prices are taken so many `times`, each at a whole number of requests.

    Where volumes run away from their prices, as each further machine costs more than the requests that it serves, or
    less, they never meet: then it is said whether the other plan is cheaper at `any` volume or `never`.
    """
    first, rival = plans
    volumes: list[Number] = []
    for _ in range(times):
        volume = break_even_crossing_volume(*_break_even_parts(plans, people, request))
        if volume is None:
            break
        priced = plans[0].i.requests
        if largest(volume - priced, priced - volume) * CLOSE <= volume:
            break
        volumes.append(volume)
        if len(volumes) == REFINED + 1:
            volume = _break_even_limit(*volumes)
            if volume <= 0:
                (first_fixed, _), (rival_fixed, _) = _break_even_parts(plans, people, request)
                grows = volumes[-1] > volumes[0]
                return plans, "never" if grows == (rival_fixed > first_fixed) else "any"
        whole = ceil(volume)
        plans = first.at_volume(whole), rival.at_volume(whole)
    return plans, ""


def _break_even_limit(first: Number, second: Number, third: Number) -> Number:
    """Where volumes go of which each comes by the same share closer than the one before (Aitken's delta-squared).

    0 where the steps stay as long, so that the volumes run away.

    >>> from decimal import Decimal as D
    >>> _break_even_limit(D(8), D(12), D(14)), _break_even_limit(D(16), D(16), D(16))  # half of the way to 16 each time
    (Decimal('16'), Decimal('16'))
    >>> _break_even_limit(D(8), D(12), D(16)) == _break_even_limit(D(8), D(12), D("16.00000000000001")) == 0
    True
    """
    step, before = third - second, second - first
    if step and largest(step - before, before - step) * EQUAL <= largest(step, -step):
        return third - third
    return third - quotient(step * step, step - before, 0)


def break_even_crossing_volume(first: tuple[Number, Number], rival: tuple[Number, Number]) -> Number | None:
    """The same of two plans' costs apart from requests and for each of the first month."""
    (first_fixed, first_served), (rival_fixed, rival_served) = first, rival
    more = named("More apart from requests", rival_fixed - first_fixed)
    less = named("Less for each request of the first month", first_served - rival_served)
    crosses = either_of(both(more > 0, less > 0), both(more < 0, less < 0))
    return choose(crosses, quotient(more, less, None), None)


def break_even_outcome_text(first: ComparedPlan, rival: ComparedPlan) -> str:
    """How the other plan stands against the first in a few words, with its months or volumes."""
    word, cheaper = break_even_crossing(first, rival)
    if word == "other_volume":
        return f"not cheaper at this volume, only {cheaper_volumes(first, rival)}"
    if word == "from_month":
        return f"cheaper from month {cheaper[0]}"
    if word == "crosses_back":
        return (
            f"cheaper by the end of {break_even_crossing_runs(cheaper)} only"
            if cheaper
            else "cheaper at the start only"
        )
    return {
        "from_start": "no costlier from the start",
        "never": "never cheaper",
        "not_within_horizon": "not cheaper within these months",
    }[word]


def cheaper_volumes(first: ComparedPlan, rival: ComparedPlan) -> str:
    """At which volumes the other plan has cost less over these months, to two digits; empty where there are none."""
    crossing = break_even_meeting(first, rival)
    if not is_known_number(crossing.volume):
        return ""
    words = f"about {rounded_to_two_digits(bare_value(crossing.volume))} requests a month"
    return f"from {words} on" if crossing.ending == "from" else f"up to {words}"


def break_even_crossing_runs(numbers: list[int]) -> str:
    """Months as spans.

    >>> break_even_crossing_runs([3, 4, 5, 9])
    'months 3 to 5 and month 9'
    """
    runs: list[list[int]] = []
    for month in numbers:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    words = [f"month {run[0]}" if len(run) == 1 else f"months {run[0]} to {run[-1]}" for run in runs]
    return " and ".join(words)


def break_even_crossing_ending(more: Number, less: Number) -> str:
    """Where a plan is cheaper that costs so much more apart from requests, and so much less for each.

    >>> [break_even_crossing_ending(more, less) for more, less in ((1, 1), (-1, -1), (0, 1), (1, 0))]
    ['from', 'up to', 'any', 'never']
    """
    if more > 0:
        return "from" if less > 0 else "never"
    return "up to" if more < 0 and less < 0 else "never" if less < 0 else "any"
