"""The wait for a free place, and how many replicas keep it short: Erlang's formula for many servers and one queue.

Source: A. K. Erlang 1917, as in any textbook on queues: the chance to wait C, and e^(−(n − a)·t/s) of those wait longer
than t, with n places, a requests at once on average, and a service time of s.
"""

from __future__ import annotations

import math
from decimal import Decimal

from calculators.engine.numbers import Number, Share, apply_to_bare_numbers

COUNTED_UP_TO = 20_000
"""Requests at once up to which places are counted one by one; beyond, chance hardly matters and the average decides."""


def queue_replicas_for_waiting(load: Number, places: Number, patience: Number, late: Share) -> Number:
    """The fewest replicas with which at most the share `late` waits longer than `patience`, in service times.

    `load` are the requests at once on average, if none waits, and `places` those that a replica takes at once.

    >>> queue_replicas_for_waiting(Decimal("6.4"), Decimal(8), Decimal(0), Decimal("0.5"))
    Decimal('1')
    >>> queue_replicas_for_waiting(Decimal("6.4"), Decimal(8), Decimal(0), Decimal("0.4"))  # of 8 places, 0.46 wait
    Decimal('2')
    """
    return apply_to_bare_numbers("replicas", _queue_replicas, load, places, patience, late)


def queue_wait_probability(load: Number, places: Number) -> Share:
    """The share of requests that find no free place; all of them where the places cannot keep up.

    `load` are the requests at once on average, if none waits.

    >>> round(queue_wait_probability(Decimal("6.4"), Decimal(8)), 6), queue_wait_probability(Decimal(8), Decimal(8))
    (Decimal('0.457645'), Decimal('1'))
    """
    return apply_to_bare_numbers("share that waits", _queue_wait_probability, load, places)


def _queue_wait_probability(load: Number, places: Number) -> Share:
    waiting = f"{_queue_waiting(float(load), math.floor(places)):.11e}"
    if not isinstance(load, Decimal):
        return float(waiting)
    return Decimal(waiting).normalize()


def _queue_waiting(load: float, places: int) -> float:
    if load >= places:
        return 1.0
    blocked = 1.0
    for servers in range(1, places + 1):
        blocked = load * blocked / (servers + load * blocked)
    return places * blocked / (places - load * (1 - blocked))


def _queue_replicas(load: Number, places: Number, patience: Number, late: Share) -> Number:
    counted = _queue_fewest_replicas(float(load), float(places), float(patience), float(late))
    if not isinstance(load, Decimal):
        return float(counted)
    return Decimal(counted)


def _queue_fewest_replicas(load: float, places: float, patience: float, late: float) -> int:
    if load > COUNTED_UP_TO:
        return math.floor(load / places) + 1
    blocked, servers, replicas = 1.0, 0, 0
    while True:
        replicas += 1
        while servers < math.floor(replicas * places):
            servers += 1
            blocked = load * blocked / (servers + load * blocked)
        if servers <= load:
            continue
        waiting = servers * blocked / (servers - load * (1 - blocked))
        if waiting * math.exp(-(servers - load) * patience) <= late:
            return replicas
