"""Damaged logs: what can be read is counted, and what cannot is named; nothing is lost without a word."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from calculators.readers.usage.sums.summary import UsageSummary
from tests.readers.usage.synthetic.formats import WRITERS
from tests.readers.usage.synthetic.test_every_format import summary_of, sums_of, truth
from tests.readers.usage.synthetic.traffic import PLAIN, TIMED, traffic

ONE_LINE = {"anthropic_report", "llm_command", "openai_report", "openrouter_days"}
"""Formats that are one document."""

TABLES = {name for name, write in WRITERS.items() if not write(traffic(PLAIN, requests=2)).startswith(("{", "["))}
LINES = sorted(set(WRITERS) - ONE_LINE - TABLES)
"""Formats with an object on each line."""

WORDS = ("status_code", "conversation_id")
"""Keys whose values are no counts, though they can look like some."""


def altered(value: Any, change: Callable[[Any], Any]) -> Any:
    """A row with each whole number changed."""
    if isinstance(value, dict):
        return {key: part if key in WORDS else altered(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [altered(part, change) for part in value]
    return change(value) if type(value) is int else value


def counts(summary: UsageSummary) -> tuple[int, ...]:
    sums = sums_of(summary)
    return sums.uncached, sums.read, sums.write, sums.write_long, sums.output


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_file_that_is_cut_off_counts_what_is_whole_and_names_the_rest(name: str) -> None:
    """Cut at forty places: nothing is counted that was not sent, and a cut row is named."""
    sent = traffic(PLAIN, requests=8)
    text, whole = WRITERS[name](sent), counts(summary_of(WRITERS[name](sent)))
    for place in range(len(text) // 41, len(text) - 1, max(1, len(text) // 40)):
        summary = summary_of(text[:place])
        counted = counts(summary)
        assert all(part <= all for part, all in zip(counted, whole, strict=True)), place
        is_at_an_end = text[place - 1] == "\n" or text[place] == "\n" or name in TABLES
        if not is_at_an_end and summary.rows:
            assert summary.skipped, (place, text[max(0, place - 60) : place])


@pytest.mark.parametrize("name", LINES)
def test_lines_that_are_damaged_leave_the_others(name: str) -> None:
    sent = traffic(TIMED, requests=10)
    text = WRITERS[name](sent)
    whole, lines = summary_of(text), text.split("\n")
    damage = [
        "{",
        "nonsense",
        "[1, 2",
        '{"a": NaN}',
        '{"a": 1e999, "usage": Infinity}',
        "[" * 100_000,
        "null",
        '"text"',
    ]
    for place, line in enumerate(damage):
        lines.insert(1 + 2 * place % len(lines), line)
    summary = summary_of("\n".join(lines))
    assert counts(summary) == counts(whole)
    named = sum(reason.count for reason in summary.skipped.values())
    assert named - sum(reason.count for reason in whole.skipped.values()) == len(damage)
    assert summary.rows == whole.rows + len(damage)


@pytest.mark.parametrize("name", LINES)
def test_numbers_as_text_are_numbers(name: str) -> None:
    sent = traffic(PLAIN, requests=10)
    rows = [json.loads(line) for line in WRITERS[name](sent).split("\n")]
    for write in (str, float, lambda number: f"{number}.0"):
        text = "\n".join(json.dumps(altered(row, write)) for row in rows)
        assert counts(summary_of(text)) == truth(sent)


@pytest.mark.parametrize("name", [name for name in LINES if name != "otlp"])  # whose counts are text
@pytest.mark.parametrize("value", [-1, 0.5, 10**30, [], {}, True, "many"])
def test_counts_that_are_none_are_named_or_known_to_be_unknown(name: str, value: object) -> None:
    """Each row has nonsense in place of every number: a reason, a remark, or a request without tokens."""
    rows = [json.loads(line) for line in WRITERS[name](traffic(PLAIN, requests=4)).split("\n")]
    summary = summary_of("\n".join(json.dumps(altered(row, lambda number: value)) for row in rows))
    sums = counts(summary)
    assert sums[0] == sums[1] == 0
    unknown = sum(cell.without_tokens for cell in summary.cells.values())
    assert summary.skipped or unknown or not summary.cells


def test_long_lines_are_read_and_too_long_ones_are_named() -> None:
    row, *others = [json.loads(line) for line in WRITERS["anthropic_messages"](traffic(PLAIN, requests=3)).split("\n")]
    for length, skipped in ((10_000_000, {}), (33_000_000, {"it is longer than 32 million characters": 1})):
        text = "\n".join(map(json.dumps, [{**row, "text": "x" * length}, *others]))
        summary = summary_of(text)
        assert {why: reason.count for why, reason in summary.skipped.items()} == skipped
        assert sums_of(summary).requests == 3 - len(skipped)


def test_formats_in_one_file_come_to_their_sum() -> None:
    """Each format with requests of its own, line by line in turn."""
    parts: list[list[str]] = []
    expected: tuple[int, ...] = (0, 0, 0, 0, 0)
    for number, name in enumerate(LINES):
        sent = traffic(PLAIN, seed=number, requests=6, first=100 * number)
        parts.append(WRITERS[name](sent).split("\n"))
        expected = tuple(whole + part for whole, part in zip(expected, truth(sent), strict=True))
    mixed = [lines[place] for place in range(max(map(len, parts))) for lines in parts if place < len(lines)]
    summary = summary_of("\n".join(mixed))
    assert counts(summary) == expected
    assert set(summary.formats) == set(LINES)
    assert not summary.skipped


def test_an_empty_file_and_one_of_blanks_hold_nothing() -> None:
    for text in ("", "\n\n", "  ", "\ufeff"):
        summary = summary_of(text)
        assert (summary.rows, summary.cells, summary.skipped) == (0, {}, {})
