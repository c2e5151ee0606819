"""Peaks that two projects published for the same settings, which no calculator can tell apart.

Two peaks make a pair where model, method, moments, length and number of the sequences, checkpointing, loss, GPUs and
what waits in main memory are the same in their words. Several peaks of one project for the same settings count as their
median, so that rank and matrices of adapters, which take next to nothing, do not make pairs of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from tests.calculators.calibration import Row
from tests.calculators.fine_tuning.hardware.peaks import peaks

SAME = (
    "model",
    "method",
    "optimizer",
    "master_copy",
    "embeddings_trained",
    "logits",
    "length",
    "batch",
    "checkpointing",
    "gpus",
    "offload",
)


def project_pairs() -> Iterator[tuple[Row, Decimal]]:
    """A peak of each project, with that of the other one for the same settings (GB)."""
    published: dict[tuple[str, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in peaks():
        published[tuple(row[name] for name in SAME)][row["source"]].append(row)
    for projects in published.values():
        if len(projects) < 2:
            continue
        middles = {name: median(Decimal(row["peak_gb"]) for row in rows) for name, rows in projects.items()}
        for name, rows in projects.items():
            for other, peak in middles.items():
                if other != name:
                    yield {**rows[0], "peak_gb": str(middles[name])}, peak
