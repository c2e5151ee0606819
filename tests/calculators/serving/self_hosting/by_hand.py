"""Erlang's formula once more, by the sum of the textbook, for the tests that read workings."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any


def chance_to_wait(servers: int, load: float) -> float:
    """The chance that all servers are busy (Erlang C), by logarithms of the terms of the textbook's sum."""
    if load == 0:
        return 0.0
    logs = [k * math.log(load) - math.lgamma(k + 1) for k in range(servers + 1)]
    most = max(logs)
    waiting = math.exp(logs[servers] - most) * servers / (servers - load)
    return waiting / (math.fsum(math.exp(each - most) for each in logs[:servers]) + waiting)


def replicas(load: Decimal, places: Decimal, patience: Decimal, late: Decimal) -> Decimal:
    """The fewest replicas with which at most that share waits longer."""
    busy, count = float(load), max(1, int(load / places))
    while True:
        servers = math.floor(count * float(places))
        if servers > busy:
            longer = math.exp(-(servers - busy) * float(patience))
            if load > 20_000 or chance_to_wait(servers, busy) * longer <= float(late):
                return Decimal(count)
        count += 1


FUNCTIONS: dict[str, Callable[..., Any]] = {"replicas": replicas}
