"""Where two plans meet whose fixed costs grow with the volume, against the algebra of straight lines."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from calculators.choosing.break_even.crossings import (
    break_even_crossing_ending,
    break_even_meeting,
    break_even_meeting_volume,
)


class PricedPlan:
    """What a meeting needs of a plan; unlike a namespace, it is a key by which other plans keep crossings."""

    def __init__(self, **parts: object) -> None:
        vars(self).update(parts)


def plan(fixed: str, by_volume: str, served: str, requests: Decimal, asked: list[Decimal]) -> Any:
    """A plan that costs so much, more of it for each request that it is priced for, and so much a request.

    The volumes at which prices are taken anew are noted. Any: only what a meeting needs of a plan is there.
    """
    priced: Any = PricedPlan(
        i=SimpleNamespace(requests=requests),
        parts=(Decimal(fixed) + Decimal(by_volume) * requests, Decimal(served)),
        people=Decimal(0),
        crossings={},
    )

    def at_volume(volume: Decimal) -> Any:  # Any: a plan
        asked.append(volume)
        return plan(fixed, by_volume, served, volume, asked)

    priced.at_volume = at_volume
    priced.bare = priced
    priced.bare_beside = lambda first: priced
    return priced


def meeting(first: tuple[str, str, str], rival: tuple[str, str, str], start: int) -> tuple[Any, set[Decimal]]:
    """Where two plans meet, looked for from a volume on, and the volumes at which prices were taken anew."""
    asked: list[Decimal] = []
    ours, theirs = (plan(*costs, Decimal(start), asked) for costs in (first, rival))
    crossing = break_even_meeting(ours, theirs)
    assert break_even_meeting_volume(crossing, ours, theirs) == crossing.volume
    return crossing, set(asked)


@pytest.mark.parametrize(
    ("first", "rival", "start", "volume", "ending"),
    [
        # $1,000, and half of the dollar that each request saves goes into machines for it.
        (("0", "0", "1"), ("1000", "0.5", "0"), 100, "2000", "from"),
        (("1000", "0.5", "0"), ("0", "0", "1"), 100, "2000", "up to"),
        (("5000", "0", "1"), ("7000", "0", "0.5"), 100, "4000", "from"),
        (("5000", "0", "0.5"), ("3000", "0", "1"), 100, "4000", "up to"),
        # They meet at a single request.
        (("0", "0", "1"), ("0.5", "0.5", "0"), 100, "1", "from"),
        # Machines cost twice what their requests save: it is cheaper below the volume at which the discount is used up.
        (("3000", "0", "1"), ("1000", "2", "0"), 1900, "2000", "from"),
    ],
)
def test_straight_lines_meet_where_they_cross(
    first: tuple[str, str, str], rival: tuple[str, str, str], start: int, volume: str, ending: str
) -> None:
    crossing, asked = meeting(first, rival, start)
    assert (crossing.volume, crossing.ending) == (Decimal(volume), ending)
    assert all(each == each.to_integral_value() for each in asked)


@pytest.mark.parametrize("times", ["1", "1.5", "4"])
@pytest.mark.parametrize("start", [100, 100_000])
def test_machines_that_cost_what_they_save_or_more_are_never_cheaper(times: str, start: int) -> None:
    """$1,000 and, for each request that saves a dollar, a dollar or more; the other way round it is always cheaper."""
    dear, plain = ("1000", times, "0"), ("0", "0", "1")
    for first, rival, ending in ((plain, dear, "never"), (dear, plain, "any")):
        crossing, _ = meeting(first, rival, start)
        assert (crossing.volume, crossing.ending) == (None, ending)


@pytest.mark.parametrize("times", ["0.5", "1"])
def test_what_costs_less_apart_from_requests_and_no_more_for_them_is_always_cheaper(times: str) -> None:
    """$100 less, and half or all of what each request saves goes into machines: the volumes shrink below nothing."""
    cheap, plain = ("0", times, "0"), ("100", "0", "1")
    for first, rival, ending in ((plain, cheap, "any"), (cheap, plain, "never")):
        crossing, _ = meeting(first, rival, 10_000)
        assert (crossing.volume, crossing.ending) == (None, ending)


def test_machines_that_cost_nearly_what_they_save_pay_far_away() -> None:
    """A million dollars, and 99 cents for each request that saves a dollar: at a hundred million requests."""
    crossing, _ = meeting(("0", "0", "1"), ("1000000", "0.99", "0"), 100)
    assert crossing.ending == "from"
    assert crossing.volume == pytest.approx(Decimal(10**8), rel=Decimal("0.001"))


@pytest.mark.parametrize(
    ("more", "less", "ending"),
    [
        ("0.5", "0.5", "from"),
        ("-0.5", "-0.5", "up to"),
        ("0.5", "0", "never"),
        ("0.5", "-0.5", "never"),
        ("0", "-0.5", "never"),
        ("0", "0.5", "any"),
        ("-0.5", "0", "any"),
        ("-0.5", "0.5", "any"),
        ("0", "0", "any"),
    ],
)
def test_where_a_plan_is_cheaper(more: str, less: str, ending: str) -> None:
    assert break_even_crossing_ending(Decimal(more), Decimal(less)) == ending


@pytest.mark.parametrize(("start", "anew"), [(998, True), (999, False), (1000, False), (1001, False), (1002, True)])
def test_prices_are_taken_anew_only_where_they_are_a_thousandth_away(start: int, anew: bool) -> None:
    crossing, asked = meeting(("0", "0", "1"), ("1000", "0", "0"), start)
    assert crossing.volume == 1000
    assert bool(asked) == anew
