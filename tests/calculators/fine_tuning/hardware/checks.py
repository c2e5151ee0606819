"""The memory that is answered for each published peak, and how the peaks lie to it.

`python -m tests.calculators.fine_tuning.hardware.checks` writes data/memory_checks.yaml anew.
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
from tests.calculators.fine_tuning.hardware.peaks import Row, held_out, is_complete, peaks, question

FILE = Path("data/memory_checks.yaml")
SOURCES = {
    "foundation-model-stack/fms-acceleration": "fms-acceleration-benchmarks",
    "QwenLM/Qwen": "qwen-memory-profile",
    "AnswerDotAI/fsdp_qlora": "fsdp-qlora-benchmarks",
    "huggingface/peft": "peft-memory",
    "modelscope/ms-swift": "ms-swift-benchmark",
    "Lightning-AI/litgpt": "litgpt-memory",
    "pytorch/torchtune": "torchtune",
    "axolotl-ai-cloud/axolotl": "axolotl-examples",
    "hiyouga/LLaMA-Factory": "llama-factory-memory",
    "arxiv:2309.12307": "longlora",
    "Anassbzdd/fitcheck": "fitcheck-measurements",
}
"""The entry in data/sources.yaml for each source of peaks."""
NAMES = {"arxiv:2309.12307": "LongLoRA", "QwenLM/Qwen": "Qwen, first generation"}

HEAD = """\
# Memory checks: how published peaks of GPU memory lie to those that the calculator answers for the same settings.
#
# Computed by a test from the peaks in tests/calculators/fine_tuning/hardware/measured/. Nothing was fitted to the
# sources of the second group, which the third group takes together.
checked: 2026-11-28
best_before: 2027-11-28
entries:
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A published peak and the answer for it, in GB."""

    row: Row
    memory: Decimal
    low: Decimal
    high: Decimal

    @property
    def peak(self) -> Decimal:
        """What was measured."""
        return Decimal(self.row["peak_gb"])

    @property
    def error(self) -> Decimal:
        """How far the answer is off, as a share of the peak."""
        return abs(self.memory / self.peak - 1)

    @property
    def inside(self) -> bool:
        """Whether the peak lies in the range that is shown."""
        return self.low <= self.peak <= self.high

    @property
    def width(self) -> Decimal:
        """Half of the range, as a share of the answer."""
        return (self.high - self.low) / 2 / self.memory


def checked_peaks(catalogue: Catalogue) -> list[Checked]:
    """The answer for each published peak, with the formulas of the site."""
    listed = []
    for row in peaks():
        answer = computed(catalogue, "fine_tuning/hardware", question(row))
        span = answer.memory_range
        listed.append(Checked(row, answer.memory, span.low, span.high))
    return listed


def rounded(share: Decimal) -> Decimal:
    """A share in tenths of a percent."""
    return share.quantize(Decimal("0.001"))


def figures(listed: Iterable[Checked]) -> dict[str, Decimal]:
    """The distribution of the errors."""
    some = list(listed)
    errors = sorted(each.error for each in some)
    return {
        "peaks": Decimal(len(some)),
        "median_error": rounded(median(errors)),
        "nine_in_ten": rounded(errors[math.ceil(len(errors) * 9 / 10) - 1]),
        "inside": rounded(Decimal(sum(each.inside for each in some)) / len(some)),
        "width": rounded(median(each.width for each in some)),
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file: whose peaks they are, or which of those that are held out, and how they lie."""

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
        yield Entry(key, NAMES.get(source, source.split("/")[-1]), group, key, figures(some))


def together(listed: list[Checked]) -> Iterator[Entry]:
    """All that is held out, and apart by what the sources say; the largest source stands for all."""
    kept = [each for each in listed if each.row["source"] in held_out()]
    stated = [each for each in kept if is_complete(each.row)]
    left_open = [each for each in kept if not is_complete(each.row)]
    for key, name, some in (
        ("held-out", "All that is held out", kept),
        ("held-out-stated", "Settings stated in full", stated),
        ("held-out-open", "Something left open", left_open),
    ):
        largest = Counter(each.row["source"] for each in some).most_common(1)[0][0]
        yield Entry(key, name, "Together", SOURCES[largest], figures(some))


def memory_checks_text(catalogue: Catalogue) -> str:
    """The whole of data/memory_checks.yaml."""
    lines, listed = [HEAD], checked_peaks(catalogue)
    for entry in (*by_source(listed), *together(listed)):
        lines.append(f"  {entry.key}:\n    name: {entry.name}\n    group: {entry.group}\n    facts:\n")
        for figure, number in entry.figures.items():
            unit = "1" if figure == "peaks" else "share"
            dated = f"values: [{{from: 2026-01-01, value: {number}}}]"
            lines.append(f"      {figure}: {{unit: {unit}, {dated}, source: {entry.source}, confidence: B}}\n")
    return "".join(lines)


if __name__ == "__main__":
    FILE.write_text(memory_checks_text(load(facts_text(cache=None))), encoding="utf-8")
