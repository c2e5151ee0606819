"""The speed that is answered for each published one, and how they lie to each other.

`python -m tests.calculators.serving.self_hosting.checks` writes data/speed_checks.yaml anew.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

from calculators.catalogue import Catalogue, load
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.serving.self_hosting.speeds import (
    AMPLE,
    Row,
    at_once,
    draining,
    has_stated_lengths,
    held_out,
    question,
    speeds,
)

FILE = Path("data/speed_checks.yaml")
SOURCES = {
    "GPUStack": "gpustack-lab",
    "Qwen3": "qwen3-speed",
    "InferenceMAX": "inferencemax-runs",
    "LMDeploy 0.1": "lmdeploy-benchmark",
    "TensorRT-LLM 0.6": "tensorrt-llm-0.6",
    "NVIDIA NIM": "nim-performance",
    "vLLM": "vllm-blog",
    "Rahman": "rahman-4090",
    "Vultr": "vultr-cookbook",
    "TensorRT-LLM 0.17": "tensorrt-llm",
    "TensorRT-LLM 1.x": "tensorrt-llm-1",
    "AccelMark": "accelmark",
}
"""The entry in data/sources.yaml for each source of speeds."""

HEAD = """\
# Speed checks: how published speeds of serving lie to those that the calculator answers for the same settings.
#
# Computed by a test from the speeds in tests/calculators/serving/self_hosting/measured/. Nothing was fitted to the
# sources of the second group, which the third group takes together.
checked: 2026-11-29
best_before: 2027-11-29
entries:
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A published speed and the answer for it; a time until the first token is taken as a speed, one over it."""

    row: Row
    speed: Decimal
    low: Decimal
    high: Decimal
    measured: Decimal

    @property
    def error(self) -> Decimal:
        """How far the answer is off, as a share of what was measured."""
        return abs(self.speed / self.measured - 1)

    @property
    def inside(self) -> bool:
        """Whether the measured speed lies in the range that is shown."""
        return self.low <= self.measured <= self.high

    @property
    def width(self) -> Decimal:
        """Half of the range, as a share of the answer."""
        return (self.high - self.low) / 2 / self.speed


def checked_speed(catalogue: Catalogue, row: Row) -> Checked:
    """The answer for a published speed, with the formulas of the site."""
    answer = computed(catalogue, "serving/self_hosting", question(row, at_once(row)))
    if answer.fit == "no":  # It ran, so there was room for one request, though the count says just not.
        answer = computed(catalogue, "serving/self_hosting", question(row, "1") | {"gpu.memory": AMPLE})
    if row["longest"]:
        answer = computed(catalogue, "serving/self_hosting", question(row, draining(row, answer.places)))
    span = answer.throughput_range
    low, high = span.low / span.likely, span.high / span.likely
    measured = Decimal(row["value"])
    if row["measure"] == "first_token_s":
        return Checked(row, speed := 1 / answer.first_token_alone, speed * low, speed * high, 1 / measured)
    speed = answer.throughput if row["measure"] == "output_tokens_s" else answer.pace_alone
    return Checked(row, speed, speed * low, speed * high, measured)


def checked_speeds(catalogue: Catalogue) -> list[Checked]:
    """The answer for each published speed."""
    return [checked_speed(catalogue, row) for row in speeds()]


def rounded(share: Decimal) -> Decimal:
    """A share in tenths of a percent."""
    return share.quantize(Decimal("0.001"))


def figures(listed: Iterable[Checked]) -> dict[str, Decimal]:
    """The distribution of the errors."""
    some = list(listed)
    errors = sorted(each.error for each in some)
    return {
        "speeds": Decimal(len(some)),
        "median_error": rounded(median(errors)),
        "nine_in_ten": rounded(errors[math.ceil(len(errors) * 9 / 10) - 1]),
        "inside": rounded(Decimal(sum(each.inside for each in some)) / len(some)),
        "width": rounded(median(each.width for each in some)),
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file: whose speeds they are, or which of those that are held out, and how they lie."""

    key: str
    name: str
    group: str
    source: str
    figures: dict[str, Decimal]


def by_source(listed: list[Checked]) -> Iterator[Entry]:
    """Each source, whether it was held out, and its distribution."""
    for source, key in SOURCES.items():
        group = "Held out" if source in held_out() else "Fitted to"
        some = [each for each in listed if each.row["source"] == source]
        yield Entry(key, source, group, key, figures(some))


def together(listed: list[Checked]) -> Iterator[Entry]:
    """All that is held out, and apart by what the sources say; the largest source stands for all."""
    kept = [each for each in listed if each.row["source"] in held_out()]
    stated = [each for each in kept if has_stated_lengths(each.row)]
    left_open = [each for each in kept if not has_stated_lengths(each.row)]
    for key, name, some in (
        ("held-out", "All that is held out", kept),
        ("held-out-stated", "Lengths stated", stated),
        ("held-out-open", "Lengths left open", left_open),
    ):
        largest = Counter(each.row["source"] for each in some).most_common(1)[0][0]
        yield Entry(key, name, "Together", SOURCES[largest], figures(some))


def speed_checks_text(catalogue: Catalogue) -> str:
    """The whole of data/speed_checks.yaml."""
    lines, listed = [HEAD], checked_speeds(catalogue)
    for entry in (*by_source(listed), *together(listed)):
        lines.append(f"  {entry.key}:\n    name: {entry.name}\n    group: {entry.group}\n    facts:\n")
        for figure, number in entry.figures.items():
            unit = "1" if figure == "speeds" else "share"
            dated = f"values: [{{from: 2026-01-01, value: {number}}}]"
            lines.append(f"      {figure}: {{unit: {unit}, {dated}, source: {entry.source}, confidence: B}}\n")
    return "".join(lines)


if __name__ == "__main__":
    FILE.write_text(speed_checks_text(load(facts_text(cache=None))), encoding="utf-8")
