"""The same traffic in every format has the same totals and costs, which are known."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue, Question
from calculators.domain.records import ModelPrice
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.recognition import USAGE_FORMATS
from calculators.readers.usage.sums.summary import Sums, UsageSummary
from tests.readers.usage.synthetic.formats import (
    BY_DAY,
    COSTS_ALONE,
    IN_A_BATCH,
    WITHOUT_REQUESTS,
    WITHOUT_TIME,
    WRITERS,
    formats_of,
)
from tests.readers.usage.synthetic.traffic import LEVELS, MODEL, PLAIN, Sent, traffic

NAME = "prompting/traffic"
EACH = [(level, name) for level in LEVELS for name in formats_of(level)]


def summary_of(text: str, only: str = "") -> UsageSummary:
    intake = UsageIntake((1000,), (500,), only=only)
    intake.open("log")
    intake.feed(text.encode())
    intake.close()
    return intake.summary()


def sums_of(summary: UsageSummary) -> Sums:
    total = Sums()
    for sums in summary.cells.values():
        for name in ("requests", "uncached", "read", "write", "write_long", "output"):
            setattr(total, name, getattr(total, name) + getattr(sums, name))
    return total


def truth(sent: list[Sent]) -> tuple[int, ...]:
    """What the requests come to, by kind."""
    return tuple(sum(getattr(one, name) for one in sent) for name in ("uncached", "read", "write", "long", "output"))


def cost_of(sent: list[Sent], model: ModelPrice, is_batch: bool) -> Decimal:
    """What the requests cost, added up one by one from list prices (USD)."""
    cost = Decimal(0)
    for one in sent:
        input, read, write, long, output = (
            (model.batch_input, model.batch_cached_read, model.batch_cache_write, model.batch_extended_write)
            if is_batch
            else (model.input, model.cached_read, model.cache_write, model.extended_write)
        ) + ((model.batch_output if is_batch else model.output),)
        assert input is not None
        assert read is not None
        assert write is not None
        assert long is not None
        assert output is not None
        cost += one.uncached * input + one.read * read + (one.write - one.long) * write + one.long * long
        cost += one.output * output
    return cost / 1_000_000


def outputs_of(catalogue: Catalogue, files: dict[str, str]) -> dict[str, Any]:
    outputs: dict[str, Any] = json.loads(catalogue.answer(Question(NAME, {}, files)))["outputs"]
    return outputs


def files_of(catalogue: Catalogue, *texts: str, piece: int = 1 << 20) -> dict[str, str]:
    """What the reader of files makes of some texts, in pieces of a size."""
    reader = catalogue.file_reader(NAME, "logs")
    for text in texts:
        data = text.encode()
        reader.open("log")
        for begin in range(0, len(data), piece):
            reader.feed(data[begin : begin + piece])
        reader.close()
    return {"logs": str(reader.finish())}


def test_every_format_with_tokens_is_written() -> None:
    with_use = {name for name, format in USAGE_FORMATS.items() if format.has_use}
    assert set(WRITERS) == with_use - COSTS_ALONE


@pytest.mark.parametrize(("level", "name"), EACH)
def test_the_totals_are_those_of_the_truth(level: str, name: str) -> None:
    sent = traffic(level)
    summary = summary_of(WRITERS[name](sent))
    sums = sums_of(summary)
    assert (sums.uncached, sums.read, sums.write, sums.write_long, sums.output) == truth(sent)
    assert sums.requests == (0 if name in WITHOUT_REQUESTS else len(sent))
    assert set(summary.formats) == {name}
    assert not summary.skipped
    assert not summary.remarks or name == "helicone"
    days = {cell[0] for cell in summary.cells}
    assert days == {None} if name in WITHOUT_TIME else len(days) == 5


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("level", "name"), EACH)
def test_the_cost_is_that_of_the_requests_one_by_one(catalogue: Catalogue, level: str, name: str) -> None:
    sent = traffic(level)
    model = catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of)[f"anthropic/{MODEL}"]
    outputs = outputs_of(catalogue, files_of(catalogue, WRITERS[name](sent)))
    expected = cost_of(sent, model, name in IN_A_BATCH)
    assert Decimal(outputs["total"]["value"]) == expected
    if name not in WITHOUT_TIME:
        assert Decimal(outputs["at_the_time"]["value"]) == expected
        assert outputs["days_covered"]["value"] in ("3", "5")
    assert outputs["unpriced_share"]["value"] == "0"


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", sorted(WRITERS))
def test_files_in_pieces_give_the_bytes_that_pasting_gives(catalogue: Catalogue, name: str) -> None:
    """The page reads files in pieces, the terminal in larger ones: the answer is the same to the byte."""
    sent = traffic(PLAIN, seed=7, requests=20)
    text = WRITERS[name](sent)
    answers = {
        json.dumps(json.loads(catalogue.answer(Question(NAME, {}, files_of(catalogue, text, piece=piece))))["outputs"])
        for piece in (1, 997, 1 << 20)
    }
    pasted = json.dumps(json.loads(catalogue.answer(Question(NAME, {"pasted": text}, {})))["outputs"])
    assert answers == {pasted}


ORDERED = {"anthropic_stream", "codex"}
"""Formats whose rows say something only beside those before them."""


@pytest.mark.parametrize("name", sorted(set(WRITERS) - ORDERED))
def test_the_order_of_rows_and_copies_of_them_change_nothing(name: str) -> None:
    """A file whose rows are shuffled comes to the same, and so does the file twice."""
    sent = traffic(PLAIN, seed=3)
    shuffled = list(sent)
    random.Random(4).shuffle(shuffled)
    if name in BY_DAY:
        shuffled = sorted(shuffled, key=lambda one: one.day, reverse=True)
    text = WRITERS[name](sent)
    first, second = summary_of(text), summary_of(WRITERS[name](shuffled))
    assert sums_of(first) == sums_of(second)
    intake = UsageIntake((1000,), (500,))
    for _ in range(2):
        intake.open("log")
        intake.feed(text.encode())
        intake.close()
    assert sums_of(intake.summary()) == sums_of(first)
