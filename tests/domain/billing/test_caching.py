"""The share of requests that find a prefix, against simulated arrivals, and the lifetimes that models sell."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from calculators.domain.billing.caching import (
    Traffic,
    cache_lifetime,
    cache_lifetime_sold,
    cached_prefix_storage,
    is_history_cached,
    prefix_cache_hit_share,
    turn_cache_hit_share,
)
from calculators.domain.records import ModelPrice


def model(**known: Any) -> ModelPrice:
    """A model of which this much is known. Any: a record's fields have several types."""
    return ModelPrice(**known)


def traffic(requests: int, hours: int = 730, **known: Any) -> Traffic:
    """Requests a month in so many hours of it. Any: the fields have several types."""
    return Traffic(requests=Decimal(requests), active_hours=Decimal(hours), **known)


def simulated_share(rate: float, lifetime: float, *, renewed: bool, arrivals: int = 200_000) -> float:
    """The share of random arrivals (a minute) that come within a lifetime (minutes) of the entry's start."""
    source = random.Random(7)
    now, begun, hits = 0.0, -lifetime - 1, 0
    for _ in range(arrivals):
        now += source.expovariate(rate)
        hit = now - begun <= lifetime
        hits += hit
        if renewed or not hit:
            begun = now
    return hits / arrivals


@pytest.mark.parametrize("renewed", [True, False])
@pytest.mark.parametrize(("rate", "lifetime"), [(0.4, 5), (0.02, 30), (0.002, 5), (3, 1)])
def test_the_share_agrees_with_simulated_arrivals(rate: float, lifetime: int, renewed: bool) -> None:
    requests = Decimal(str(rate)) * 60 * 730
    found = prefix_cache_hit_share(
        model(cache_minutes=Decimal(lifetime), cache_renewal="yes" if renewed else "no"),
        Traffic(requests=requests, active_hours=Decimal(730)),
    )
    # Four standard errors of 200,000 arrivals are at most half a percent.
    assert float(found) == pytest.approx(simulated_share(rate, lifetime, renewed=renewed), abs=0.005)


def simulated_conversations(
    rate: float, lifetime: float, turns: int, pause: float, *, renewed: bool, conversations: int = 30_000
) -> float:
    """The share of conversations that find the prefix as they begin, where they come at random (a minute).

    The pause before each later turn is log-logistic with the median `pause`: m × u ÷ (1 − u) for a random u. A turn
    that comes in time finds the turn before it, and with it the prefix.
    """
    source, now = random.Random(11), 0.0
    asked = []
    for _ in range(conversations):
        now += source.expovariate(rate)
        moment = now
        for turn in range(turns):
            gap = 0.0 if not turn else pause * (chance := source.random()) / (1 - chance)
            moment += gap
            asked.append((moment, turn, gap))
    hits, alive_until = 0, -1.0
    for moment, turn, gap in sorted(asked):
        hit = moment <= alive_until
        hits += hit and not turn
        in_time = 0 < gap <= lifetime
        if renewed or not (hit or in_time):
            alive_until = moment + lifetime
    return hits / conversations


@pytest.mark.parametrize(
    ("rate", "lifetime", "turns", "pause"), [(0.02, 5, 8, 1.5), (0.02, 30, 4, 1.5), (0.2, 5, 3, 4), (0.005, 60, 12, 2)]
)
def test_a_conversation_comes_once_and_keeps_the_prefix_a_little_longer(
    rate: float, lifetime: int, turns: int, pause: float
) -> None:
    requests = Decimal(str(rate)) * 60 * 730 * turns
    volume = Traffic(requests=requests, active_hours=Decimal(730), turns=Decimal(turns), pause=Decimal(str(pause)))
    minutes, growing = Decimal(lifetime), "automatic"
    renewing, fixed = (
        prefix_cache_hit_share(model(cache_minutes=minutes, cache_renewal=renewal, history_caching=growing), volume)
        for renewal in ("yes", "no")
    )
    shares = {
        renewed: simulated_conversations(rate, lifetime, turns, pause, renewed=renewed) for renewed in (True, False)
    }
    assert float(renewing) == pytest.approx(shares[True], abs=0.015)
    # Late turns come soon after their conversation began, so they are not quite arrivals of their own.
    assert float(fixed) == pytest.approx(shares[False], abs=0.03)
    alone = prefix_cache_hit_share(model(cache_minutes=minutes, history_caching=growing), traffic(50_000))
    single = traffic(50_000, turns=Decimal(1), pause=Decimal(2))
    assert prefix_cache_hit_share(model(cache_minutes=minutes, history_caching=growing), single) == alone


def test_published_cases() -> None:
    """One request in two and a half minutes, five minutes of life: 1 − e⁻², and 2/3 without renewal."""
    renewing, fixed = (model(cache_minutes=Decimal(5), cache_renewal=renewal) for renewal in ("yes", ""))
    requests = int(0.4 * 60 * 730)
    assert float(prefix_cache_hit_share(renewing, traffic(requests))) == pytest.approx(0.8646647168)
    assert float(prefix_cache_hit_share(fixed, traffic(requests))) == pytest.approx(2 / 3)
    assert float(prefix_cache_hit_share(fixed, traffic(requests), renewed=True)) == pytest.approx(0.8646647168)


def test_few_requests_find_little_and_many_find_nearly_all() -> None:
    listed = model(cache_minutes=Decimal(5), cache_renewal="yes")
    assert prefix_cache_hit_share(listed, traffic(0)) == 0
    assert prefix_cache_hit_share(listed, traffic(100)) < Decimal("0.02")
    assert prefix_cache_hit_share(listed, traffic(50_000)) > Decimal("0.99")
    # Office hours crowd the same requests together; several caches each see a part of them.
    assert prefix_cache_hit_share(listed, traffic(2_000, 174)) > prefix_cache_hit_share(listed, traffic(2_000))
    crowd = prefix_cache_hit_share(listed, traffic(10_000, caches=Decimal(4)))
    assert crowd == prefix_cache_hit_share(listed, traffic(2_500))


def test_a_typed_share_replaces_the_computed_one() -> None:
    assert prefix_cache_hit_share(model(), traffic(50, found_cached=Decimal("0.7"))) == Decimal("0.7")
    assert prefix_cache_hit_share(model(), traffic(50_000)) == 0  # no lifetime is known


def test_lifetimes_that_are_sold() -> None:
    plain = model(cache_minutes=Decimal(5))
    extended = model(cache_minutes=Decimal(5), extended_minutes=Decimal(60), extended_write=Decimal(4))
    stored = model(cache_minutes=Decimal(5), cache_storage=Decimal(1))
    assert [cache_lifetime_sold(plain, name) for name in ("standard", "extended", "stored")] == ["standard"] * 3
    assert (cache_lifetime_sold(extended, "extended"), cache_lifetime(extended, "extended")) == ("extended", 60)
    assert (cache_lifetime(extended, "standard"), cache_lifetime(plain, "extended")) == (5, 5)
    assert cache_lifetime_sold(stored, "stored") == "stored"
    assert prefix_cache_hit_share(stored, traffic(1, lifetime="stored")) == 1


def test_the_pauses_of_people_are_those_of_the_recorded_sessions() -> None:
    """With 86 seconds in the median: 70 to 80 percent within five minutes, 95 to 98 within an hour."""
    pause = Decimal(86) / 60
    five, sixty = (
        turn_cache_hit_share(model(cache_minutes=Decimal(minutes)), traffic(1, pause=pause)) for minutes in (5, 60)
    )
    assert Decimal("0.7") < five < Decimal("0.8")
    assert Decimal("0.95") < sixty < Decimal("0.98")


def test_where_no_conversation_is_cached_each_turn_is_a_request() -> None:
    """One request in two and a half minutes and five minutes of life find two thirds, in however many turns."""
    fixed = model(cache_minutes=Decimal(5))
    volume = traffic(17_520, turns=Decimal(8), pause=Decimal(2))
    assert float(prefix_cache_hit_share(fixed, volume)) == pytest.approx(2 / 3)


def test_turns_without_a_pause_come_at_once() -> None:
    """Five turns together keep the prefix no longer than one: a fifth of the requests begin a conversation."""
    growing = model(cache_minutes=Decimal(5), cache_renewal="yes", history_caching="automatic")
    share = prefix_cache_hit_share(growing, traffic(17_520 * 5, turns=Decimal(5)))
    assert float(share) == pytest.approx(0.8646647168)
    assert share == prefix_cache_hit_share(growing, traffic(17_520, turns=Decimal(1)))


def test_conversations_are_found_alike_in_floats() -> None:
    """A search for an input's limit computes in floats."""
    growing = model(cache_minutes=Decimal(5), cache_renewal="yes", history_caching="automatic")
    in_floats = model(cache_minutes=5.0, cache_renewal="yes", history_caching="automatic")
    exact = prefix_cache_hit_share(growing, traffic(9_000, turns=Decimal(5), pause=Decimal(2)))
    volume: Any = Traffic(requests=9_000.0, active_hours=730.0, turns=5.0, pause=2.0)  # type: ignore[arg-type]
    assert prefix_cache_hit_share(in_floats, volume) == pytest.approx(float(exact))


def test_no_turn_comes_in_time_for_an_unknown_lifetime() -> None:
    assert turn_cache_hit_share(model(), traffic(50, pause=Decimal(1))) == 0


@pytest.mark.parametrize("caching", [True, False])
@pytest.mark.parametrize("history", ["automatic", ""])
@pytest.mark.parametrize("price", [Decimal(1), None])
def test_a_history_is_cached_where_it_is_asked_for_and_sold(caching: bool, history: str, price: Decimal | None) -> None:
    growing = model(history_caching=history, cached_read=price)
    assert is_history_cached(growing, caching) == (caching and history == "automatic" and price is not None)


def test_what_keeping_a_prefix_costs_a_request() -> None:
    """250,000 tokens for 100 hours at $2 a million and hour in three caches, shared by 600 requests: $0.25."""
    stored = model(cache_storage=Decimal(2))
    volume = traffic(600, 100, lifetime="stored", caches=Decimal(3))
    assert cached_prefix_storage(stored, Decimal(250_000), volume, True) == Decimal("0.25")
    assert cached_prefix_storage(stored, Decimal(250_000), volume, False) == 0
    assert cached_prefix_storage(stored, Decimal(250_000), traffic(600), True) == 0
    assert cached_prefix_storage(model(), Decimal(250_000), volume, True) == 0
