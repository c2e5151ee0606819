"""Hosting on one kind of GPU at three speeds and rents: fast and cheap, likely, slow and expensive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calculators.domain.records import Gpu
from calculators.engine.declare import Range, kinds
from calculators.engine.numbers import Number, bare_value, is_known_number, largest, smallest
from calculators.serving.self_hosting.costs import (
    Hosting,
    hosting_costs,
    hosting_hourly_rent,
    hosting_places_at_once,
)
from calculators.serving.self_hosting.inputs import Inputs
from calculators.serving.self_hosting.memory import Room, Weights, hosting_replica_room
from calculators.serving.self_hosting.outputs import FITS, NO, UNKNOWN
from calculators.serving.self_hosting.speed import hosting_replica_pace, hosting_speed_margin


@dataclass(frozen=True, slots=True)
class HostingScenarios:
    """What fits, and the hosting at three speeds; None where the model does not fit or a speed is not published."""

    fit: str
    room: Room
    fast: Hosting | None
    likely: Hosting | None
    slow: Hosting | None

    def likely_value(self, take: Callable[[Hosting], Number | None]) -> Number | None:
        """One number of the likely hosting."""
        return None if self.likely is None else take(self.likely)

    def value_range(self, take: Callable[[Hosting], Number | None]) -> Range | None:
        """One number from its lowest to its highest; None where one of the three has none."""
        if self.fast is None or self.likely is None or self.slow is None:
            return None
        fast, likely, slow = take(self.fast), take(self.likely), take(self.slow)
        if is_known_number(fast) and is_known_number(likely) and is_known_number(slow):
            return Range(smallest(fast, likely, slow), likely, largest(fast, likely, slow))
        return None


def hosting_scenarios(i: Inputs, weights: Weights, gpu: Gpu, api: Number) -> HostingScenarios:
    """The hosting on GPUs of that kind, if the model fits; `api` is what a request costs at the API."""
    memory = gpu.memory
    if not is_known_number(memory):
        return HostingScenarios(UNKNOWN, hosting_replica_room(i, weights, i.workspace * 0), None, None, None)
    room = hosting_replica_room(i, weights, memory)
    if bare_value(room.requests) < 1:
        return HostingScenarios(NO, room, None, None, None)
    if not has_known_hosting_speed(i, gpu):
        return HostingScenarios(UNKNOWN, room, None, None, None)
    pace, (low, rent, high) = hosting_replica_pace(i, weights, gpu), hosting_hourly_rent(i, gpu)
    margin = hosting_speed_margin(i, weights.sizes, gpu, pace, hosting_places_at_once(i, room, pace))
    return HostingScenarios(
        FITS,
        room,
        fast=hosting_costs(i, room, pace.faster(1 + margin), low, api),
        likely=hosting_costs(i, room, pace, rent, api),
        slow=hosting_costs(i, room, pace.faster(1 - margin), high, api),
    )


def has_known_hosting_speed(i: Inputs, gpu: Gpu) -> bool:
    """Whether all is published that the speed follows from."""
    return not unknown_hosting_figures(i, gpu)


def unknown_hosting_figures(i: Inputs, gpu: Gpu) -> tuple[str, ...]:
    """The labels of the figures that the speed follows from and that nobody published; one GPU alone needs no link."""
    needed = ("bandwidth", "peak", *(("link",) if bare_value(i.gpus) > 1 else ()))
    declared = kinds(Gpu)
    return tuple(declared[name].label for name in needed if not is_known_number(getattr(gpu, name)))
