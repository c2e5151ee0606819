"""Speeds of serving that others measured, and which of them the speed model may never be fitted to.

`measured/speeds.csv` has one published speed a row: where it comes from and when it was read, what was served on what,
how it was loaded, what was measured, and what the source leaves open (`assumed`). `measured/networks.csv` has the sizes
of the models and `measured/cards.csv` the data sheets of the GPUs. All are facts from public sources; a row is in the
file if

- the speed was measured with software made for serving, on one GPU or on several that share each layer;
- the lengths of prompts and answers are known, or bounded so that the rest is stated under `assumed`;
- the model has layers that are all alike, or differ only in how far attention looks back;
- nothing beside the question changes the speed: no drafts by a smaller model, no machines for prompts alone.

`measure` is one of three: `output_tokens_s`, answer tokens of all requests in a second, prompts included in the time;
`step_tokens_s`, the pace of a single answer once it has begun; `first_token_s`, the seconds until it begins.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from tests.calculators.calibration import Row, held_out_sources

FOLDER = Path(__file__).parent / "measured"
FIRST_DAY = "2026-11-29"
"""When the sources were read that the factors in use come from."""


def rows_of(name: str) -> list[Row]:
    """The rows of a file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def speeds() -> tuple[Row, ...]:
    """Every published speed."""
    return tuple(rows_of("speeds.csv"))


@cache
def networks() -> Mapping[str, Row]:
    """The sizes of the models, by name."""
    return {row["model"]: row for row in rows_of("networks.csv")}


@cache
def cards() -> Mapping[str, Row]:
    """The data sheets of the GPUs, by name."""
    return {row["gpu"]: row for row in rows_of("cards.csv")}


@cache
def held_out() -> frozenset[str]:
    """The sources that nothing is fitted to: about a third of all speeds, chosen without a look at any error.

    The sources of each day of collection are divided among themselves, so that a later one moves none (decision 0080).
    """
    days = {row["read"] for row in speeds()}
    return frozenset().union(*(held_out_sources([row for row in speeds() if row["read"] == day]) for day in days))


@cache
def tried() -> frozenset[str]:
    """The sources that may be fitted to, while the factors in use come from those of the first day (decision 0079)."""
    return frozenset(row["source"] for row in speeds() if row["read"] > FIRST_DAY) - held_out()


def has_stated_lengths(row: Row) -> bool:
    """Whether the source says how long prompts and answers are, on average or each."""
    return not any(word in row["assumed"] for word in ("mean prompt", "mean answer", "lengths", "longest answer"))


WEIGHTS = {"16": "sixteen", "8": "eight", "8 weights only": "eight_weights", "4": "four"}
AMPLE = "10000"
"""Gigabytes of a GPU on which a run that is known to have fitted is not bounded by the memory."""


def question(row: Row, at_once: str) -> dict[str, str]:
    """A row as a reader would type it, with so many requests at once at most; no target of speed, no shared prefix."""
    given = {
        f"architecture.{name}": size for name, size in networks()[row["model"]].items() if size and name != "model"
    }
    given |= {f"gpu.{name}": figure for name, figure in cards()[row["gpu"]].items() if figure and name != "gpu"}
    if row["mode"] in ("single", "prefill", "batch"):
        given["gpu.memory"] = AMPLE
    return given | {
        "gpu": "a100-80",
        "gpus": row["gpus"],
        "weights": WEIGHTS[row["weights"]],
        "cache_width": "eight" if row["cache"] == "8" else "sixteen",
        "instructions": "0",
        "context": "0",
        "user_text": row["prompt"],
        "answer": row["answer"],
        "most_at_once": at_once,
        "pace": "0.001",
    }


def at_once(row: Row) -> str:
    """The most requests that a row lets in at once."""
    counts = [Decimal(row[name]) for name in ("requests", "limit") if row[name]]
    return str(min(counts)) if counts else "100000"


def draining(row: Row, places: Decimal) -> str:
    """The requests at once on average, where all came at once and the longest answers are left in the end.

    A burst of n requests needs as many steps as its answers have tokens, divided by the places; at the end those of the
    longest answer come on top, while fewer and fewer places are taken.
    """
    tail = Decimal(row["longest"]) / Decimal(row["answer"]) - 1
    return str(max(Decimal(1), round(places / (1 + places / Decimal(row["requests"]) * tail))))
