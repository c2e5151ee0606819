"""Peaks of GPU memory that others measured while training, and which of them the memory model may never be fitted to.

`measured/peaks.csv` has one published peak a row: where it comes from, how the model was trained, what was measured,
and what the source leaves open (`assumed`). `measured/networks.csv` has the sizes of the models. Both are facts that
were read in public sources on 2026-11-28, those of fitcheck a day later, and those in `measured/further_peaks.csv` on
2026-12-01; a row is in a file if

- the peak was measured, not estimated, and is no bound such as the size of a card;
- the length and number of the sequences, the kind of training and the sizes of the model are known;
- it is a training step's peak (one source's FSDP runs, which do not grow with the batch, peak while they load);
- a peak in whole gigabytes has at least two digits, so that rounding is within 5 %;
- nothing beside the question changes the memory: no other kinds of adapters, no layers spread over GPUs;
- a peak by the driver's view is below nine tenths of the card: near its end the allocator gives gaps back.

Of the further ones, each setting that the question can tell apart is there once, with the first peak that the source
lists for it below nine tenths of the card.

The networks of some are a published one with fewer layers, or with other sizes. They have the sizes that were trained.

What was measured is one of four: `allocated` (what tensors hold), `reserved` (with the gaps of PyTorch's pool),
`driver` (with the driver's own memory), and `unnamed` where the source does not say. They are never mixed. fitcheck and
can-i-finetune-this report two of them for a run; the pool is what has to fit, so that one is here, and each run counts
once.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.calculators.calibration import Row, held_out_sources

FOLDER = Path(__file__).parent / "measured"


def rows_of(name: str) -> list[Row]:
    """The rows of a file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def first_peaks() -> tuple[Row, ...]:
    """Every published peak that was read first; the factors in use were fitted to those that are not held out."""
    return tuple(rows_of("peaks.csv"))


@cache
def further_peaks() -> tuple[Row, ...]:
    """Those that were read after the factors in use were fitted."""
    return tuple(rows_of("further_peaks.csv"))


@cache
def third_peaks() -> tuple[Row, ...]:
    """Those of the third collection."""
    return tuple(rows_of("third_peaks.csv"))


@cache
def peaks() -> tuple[Row, ...]:
    """Every published peak."""
    return (*first_peaks(), *further_peaks(), *third_peaks())


@cache
def networks() -> Mapping[str, Row]:
    """The sizes of the models, by name."""
    return {row["model"]: row for row in rows_of("networks.csv")}


@cache
def held_out() -> frozenset[str]:
    """The sources that nothing is fitted to: about a third of all peaks, chosen without a look at any error."""
    return held_out_sources(peaks())


@cache
def tried() -> frozenset[str]:
    """The sources that may be fitted to, while the factors in use come from those that were read first."""
    return frozenset(row["source"] for row in peaks()) - {row["source"] for row in first_peaks()} - held_out()


STATED = ("", "single quantization")
"""What `assumed` says where nothing is assumed: a second quantization that the source says was off is no assumption."""


def is_complete(row: Row) -> bool:
    """Whether the source states all that the memory hangs on, in its text or in the settings that it names.

    It is not complete where sequences have various lengths, as nobody knows those of the step that peaked, where the
    measure has no name, or where anything is assumed. This looks at a source's words alone, never at an error.
    """
    return row["lengths"] == "equal" and row["measure"] != "unnamed" and row["assumed"] in STATED


SAME_NAMES = (
    "method",
    "optimizer",
    "master_copy",
    "accumulation",
    "batch",
    "checkpointing",
    "flash_attention",
    "gpus",
    "sharded",
    "offload",
)
"""Columns whose words are those of the question."""

NOT_MEASURED = {
    "allocated": {"reserve": "0", "varied_reserve": "0", "framework_memory": "0", "several_gpus_memory": "0"},
    "reserved": {"framework_memory": "0", "several_gpus_memory": "0"},
    "driver": {},
    "unnamed": {},
}
"""What of the memory a measure leaves out. An unnamed one is held against all of it, since that is what must fit."""


def question(row: Row) -> dict[str, str]:
    """A row as a reader would type it, without what was not measured."""
    given = {f"model.{name}": size for name, size in networks()[row["model"]].items() if name != "model"}
    given |= {name: row[name] for name in SAME_NAMES}
    given |= {
        "sequence_length": row["length"],
        "packing": "no" if row["lengths"] == "various" else "yes",
        "optimizer_step": row["step"],
        "trained_embeddings": row["embeddings_trained"],
        "chunked_loss": "yes" if row["logits"] == "pieces" else "no",
        "wide_logits": "yes" if row["logits"] == "32 bits" else "no",
        "wide_stream": "yes" if row["residual"] == "32" else "no",
        "quantization_constants": "single" if "single" in row["assumed"] else "double",
    }
    if row["method"] != "full":
        given |= {"rank": row["rank"], "target_matrices": row["matrices"]}
    if row["adapters"]:
        given["adapter_parameters"] = row["adapters"]
    return given | NOT_MEASURED[row["measure"]]
