"""What the settings of a comparison come to: a span of volumes in words, spans of costs, and what decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from calculators.choosing.break_even.compared_plans import ComparedPlan, scaled_compared_plan_parts
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs
from calculators.choosing.break_even.settings import Setting, compared_plan_versions
from calculators.engine.declare import Judgement, Range, Table
from calculators.engine.numbers import Number, bare_value, is_known_number, largest, named, note, smallest
from calculators.engine.numbers.rounding import rounded_to_two_digits

ENDINGS = {
    "from": "from that volume on",
    "up to": "up to that volume",
    "any": "at any volume",
    "never": "never",
}
"""Where a plan is cheaper than the first, by the ending of a setting."""


def break_even_span(settings: Sequence[Setting]) -> Judgement:
    """Where the other plan breaks even, over all settings; the words go on after "it breaks even"."""
    return Judgement(break_even_span_in_words(settings), ())


def break_even_span_in_words(settings: Sequence[Setting]) -> str:
    """The volumes from which a plan is cheaper, from the least to the most, to two digits."""
    volumes = [volume for setting in settings if (volume := break_even_threshold_volume(setting)) is not None]
    if not volumes:
        return "at no volume" if all(setting.ending == "never" for setting in settings) else "only at low volumes"
    low, high = rounded_to_two_digits(min(volumes)), rounded_to_two_digits(max(volumes))
    if len(volumes) < len(settings):
        return "at any volume, or never" if low == "0" else f"from about {low} requests a month on, or never"
    if low == high:
        return "at any volume" if high == "0" else f"at about {high} requests a month"
    return f"between {low if low == '0' else f'about {low}'} and {high} requests a month"


def break_even_threshold_volume(setting: Setting) -> Number | None:
    """The volume from which on the other plan is cheaper, as a bare number; None where there is none."""
    if setting.ending == "any":
        return bare_value(setting.volume) if is_known_number(setting.volume) else 0 * bare_value(setting.total)
    return bare_value(setting.volume) if setting.ending == "from" else None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SpanEnd:
    """One end of what a plan costs: the version of the plan, what scales its work and its requests, and all (USD).

    `name` is the way of serving or the speed of machines, empty where the plan has neither.
    """

    name: str
    plan: ComparedPlan
    people: Number
    request: Number
    total: Number


SpanVersions: TypeAlias = tuple[list[SpanEnd], list[SpanEnd]]
"""What `break_even_end_versions` gives: the versions of a plan at its low ends, and at its high ends."""


def break_even_cost_span(plan: ComparedPlan, versions: SpanVersions) -> Range:
    """What a plan costs from the least to the most (USD): people's hours and requests at their low ends together, and
    at their high ends, with every way of serving.
    """
    least, most = versions
    return Range(
        smallest(plan.total, *(end.total for end in least)),
        plan.total,
        largest(plan.total, *(end.total for end in most)),
    )


def break_even_end_versions(i: LeverPlansInputs, plan: ComparedPlan) -> SpanVersions:
    """Every version of a plan with people's hours and requests at their low ends, and at their high ends."""
    low, high = (1 / i.people_spread, 1 - i.request_spread), (i.people_spread, 1 + i.request_spread)
    versions = compared_plan_versions(i, plan)
    least, most = (
        [SpanEnd(name, version, *scales, break_even_span_total(version, *scales)) for name, version in versions]
        for scales in (low, high)
    )
    return least, most


def break_even_span_ends(versions: SpanVersions) -> tuple[SpanEnd, SpanEnd]:
    """The two ends of what a plan costs, each with the version that it is."""
    least, most = versions
    return (
        min(least, key=lambda end: bare_value(end.total)),
        max(most, key=lambda end: bare_value(end.total)),
    )


def break_even_span_total(plan: ComparedPlan, people: Number, request: Number) -> Number:
    """What a plan costs over all months (USD), with people's work and the cost of a request scaled."""
    fixed, served = scaled_compared_plan_parts(plan, people, request)
    return named(f"{plan.name}, over these months", fixed + served * plan.i.requests)


def break_even_deciding_setting(settings: Sequence[Setting]) -> Judgement:
    """What moves the break-even furthest, and how far that alone moves it."""
    own = [setting for setting in settings if setting.is_own]
    groups: dict[str, list[Setting]] = {}
    for setting in settings:
        if setting.varies:
            groups.setdefault(setting.varies, list(own)).append(setting)
    widths = {varies: width for varies, members in groups.items() if (width := break_even_span_width(members)) > (0, 0)}
    if not widths:
        return Judgement("Nothing: the break-even stays where it is", ())
    varies = max(widths, key=lambda name: widths[name])
    span = break_even_span_in_words(groups[varies])
    words = f"{varies} decides most. With that alone changed, the other plan breaks even {span}."
    return Judgement(varies, (note(True, words),))


def break_even_span_width(settings: Sequence[Setting]) -> tuple[int, Number | int]:
    """How far settings are apart: first whether some break even and some never, then the distance of the volumes."""
    volumes = [volume for setting in settings if (volume := break_even_threshold_volume(setting)) is not None]
    is_split = 0 < len(volumes) < len(settings)
    return int(is_split), max(volumes) - min(volumes) if volumes else 0


def break_even_spans_table(settings: Sequence[Setting], months: Number) -> Table:
    """One row a setting: the other plan's start and months, and where it breaks even with the first."""
    rows = tuple(
        (
            setting.name,
            setting.start,
            (setting.total - setting.start) / months,
            setting.total,
            setting.volume if setting.ending in ("from", "up to") else None,
            ENDINGS[setting.ending],
        )
        for setting in settings
    )
    own = next((place for place, setting in enumerate(settings) if setting.is_own), None)
    return Table(rows, own)
