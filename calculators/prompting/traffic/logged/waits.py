"""How long the logged requests took, and how fast that makes the model that most of them went to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import SECONDS
from calculators.engine.declare import Table
from calculators.engine.numbers.units import REQUESTS
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.readers.usage.cells import MILLISECONDS
from calculators.readers.usage.sums.quantiles import usage_quantile
from calculators.readers.usage.sums.times import READ_CLASSES, TENTHS, WRITTEN_CLASSES, Counts, UsageTimes

MEDIAN, SLOW = 0.5, 0.95

FEWEST = 20
"""Requests from which a median is worth handing on, and a request in twenty is one at all."""

HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")
WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class LoggedSpeed:
    """The model that most timed requests went to, as it was logged, and how fast it answered `requests` of them.

    `first_token` and `first_token_p95` are seconds to the first token of a prompt without length; `reading` and
    `writing` are tokens a second. None is what the logs do not show.
    """

    model: str
    requests: int
    first_token: Decimal
    first_token_p95: Decimal
    reading: Decimal | None
    writing: Decimal | None


def timed_traffic_model(counts: Counts) -> str | None:
    """The model that most requests went to; None where there are none."""
    requests: dict[str, int] = {}
    for (model, _, _), count in counts.items():
        requests[model] = requests.get(model, 0) + count
    return max(requests, key=lambda name: (requests[name], name)) if requests else None


def traffic_counts_by_class(counts: Counts, model: str) -> dict[int, dict[int, int]]:
    """The times of a model by the class of size, each by its bucket."""
    classes: dict[int, dict[int, int]] = {}
    for (name, size, bucket), count in sorted(counts.items()):
        if name == model:
            classes.setdefault(size, {})[bucket] = count
    return classes


def traffic_seconds_at(counts: Mapping[int, int], share: float) -> float:
    """The seconds within which that share of some times lies."""
    return (usage_quantile(counts, share) or 0) / MILLISECONDS


def number_of_traffic_waits(counts: Mapping[int, int]) -> int:
    """How many are counted."""
    number = 0
    for count in counts.values():
        number += count
    return number


def logged_traffic_speed(times: UsageTimes) -> LoggedSpeed | None:
    """How fast the model answered; None where too few requests have a first token.

    What longer prompts take longer, from the shortest class of prompts to the longest, is the speed of reading. A class
    counts from 20 requests on.
    """
    model = timed_traffic_model(times.first)
    if model is None:
        return None
    classes = {
        size: counts
        for size, counts in traffic_counts_by_class(times.first, model).items()
        if number_of_traffic_waits(counts) >= FEWEST
    }
    if not classes:
        return None
    short, long = min(classes), max(classes)
    tokens = {size: times.read[model, size] / number_of_traffic_waits(classes[size]) for size in (short, long)}
    first, slow = (traffic_seconds_at(classes[short], share) for share in (MEDIAN, SLOW))
    later, more = traffic_seconds_at(classes[long], MEDIAN) - first, tokens[long] - tokens[short]
    reading = more / later if later > 0 and more > 0 else None
    begun = tokens[short] / reading if reading else 0
    begun = begun if begun < first else 0
    writing = {bucket: count for (name, bucket), count in times.writing.items() if name == model}
    is_written = number_of_traffic_waits(writing) >= FEWEST
    return LoggedSpeed(
        model=model,
        requests=number_of_traffic_waits({size: number_of_traffic_waits(counts) for size, counts in classes.items()}),
        first_token=Decimal(first - begun).quantize(HUNDREDTH),
        first_token_p95=Decimal(slow - begun).quantize(HUNDREDTH),
        reading=None if reading is None else max(WHOLE, Decimal(reading).quantize(WHOLE)),
        writing=max(TENTH, Decimal((usage_quantile(writing, MEDIAN) or 0) / TENTHS).quantize(TENTH))
        if is_written
        else None,
    )


def traffic_waits(times: UsageTimes, counter: TrafficMeasuring) -> Table:
    """The first tokens and the whole answers of the model that most timed requests went to, by their sizes."""
    rows: list[tuple[object, ...]] = []
    parts = (
        ("First token, prompt {} tokens", times.first, READ_CLASSES),
        ("Whole answer, {} tokens", times.whole, WRITTEN_CLASSES),
    )
    for label, counts, ends in parts:
        model = timed_traffic_model(counts)
        if model is not None:
            for size, buckets in sorted(traffic_counts_by_class(counts, model).items()):
                title = label.format(traffic_class_label(ends, size))
                quantiles = (
                    Decimal(traffic_seconds_at(buckets, share)).quantize(HUNDREDTH) for share in (MEDIAN, SLOW)
                )
                count = number_of_traffic_waits(buckets)
                cells = (counter.measured(title, second, SECONDS) for second in quantiles)
                rows.append((title, model, counter.measured("Requests", count, REQUESTS), *cells))
    return Table(tuple(rows))


def traffic_class_label(ends: Sequence[int], size: int) -> str:
    """What a class of sizes is called.

    >>> [traffic_class_label((500, 2000), size) for size in range(3)]
    ['up to 500', '501 to 2,000', 'above 2,000']
    """
    if size == 0:
        return f"up to {ends[0]:,}"
    return f"above {ends[-1]:,}" if size == len(ends) else f"{ends[size - 1] + 1:,} to {ends[size]:,}"
