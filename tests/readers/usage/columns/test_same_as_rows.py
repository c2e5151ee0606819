"""Rows that are read column by column give the same summary as rows that are read one by one, odd ones included."""

from __future__ import annotations

import csv
import json
import random
from io import StringIO
from typing import Any

import pytest

from calculators.readers.usage import intake as usage_intake
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.recognition import USAGE_FORMATS
from calculators.readers.usage.sums.columns import UsageColumnTally
from calculators.readers.usage.sums.summary import UsageSummary
from calculators.readers.usage.traces.memory import recent_spans
from tests.readers.usage.synthetic.formats import WRITERS, formats_of
from tests.readers.usage.synthetic.traffic import LEVELS, PLAIN, traffic

EACH = [(level, name) for level in LEVELS for name in formats_of(level)]
IN_COLUMNS = sorted(
    name for name in WRITERS if (format := USAGE_FORMATS.get(name)) is not None and format.read_columns is not None
)

NEVER = 10**9
"""So many rows never come together."""

SEEDS = 12
ROWS = 60
ODD: list[Any] = [
    None,
    "",
    " ",
    "x",
    "12",
    "-1",
    "1.5",
    "nan",
    -1,
    0,
    7,
    2**60,
    1.5,
    3.0,
    True,
    False,
    [],
    {},
    [1],
    {"a": 1},
]
ODD += ["2026-11-10", "2026-11-10T00:00:00", "2026-11-10T00:00:00+02:00", "2026-11-10 00:00:00 UTC", "1790123112345"]
ODD += [1790123112345, " a ", "é" * 300, "error", "ERROR", "anthropic", "{}", '{"total": 3}', '{"a": [', "$1,234.5"]


def summary_of(
    text: str, monkeypatch: pytest.MonkeyPatch, *, fewest: int, piece: int = 1 << 20
) -> tuple[UsageSummary, int]:
    """The summary of a text that comes in pieces, and how many requests were read column by column."""
    counted = 0
    add = UsageColumnTally.add

    def noted(tally: UsageColumnTally, columns: Any, lines: Any) -> None:
        nonlocal counted
        counted += len(columns)
        add(tally, columns, lines)

    with monkeypatch.context() as patched:
        patched.setattr(usage_intake, "FEWEST_IN_COLUMNS", fewest)
        patched.setattr(UsageColumnTally, "add", noted)
        intake = UsageIntake((1000, 8000), (500, 1024), (5, 60))
        content = text.encode()
        intake.open("log")
        for begin in range(0, len(content), piece):
            intake.feed(content[begin : begin + piece])
        intake.close()
        return intake.summary(), counted


def check_same(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Compares both ways; the number of requests that were read column by column."""
    expected, none = summary_of(text, monkeypatch, fewest=NEVER)
    assert none == 0
    most = 0
    for fewest, piece in ((8, 1 << 20), (2, 7000), (1, 3000)):
        summary, counted = summary_of(text, monkeypatch, fewest=fewest, piece=piece)
        assert summary.to_json() == expected.to_json()
        most = max(most, counted)
    return most


@pytest.mark.parametrize(("level", "name"), EACH)
def test_of_the_same_traffic(level: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = check_same(WRITERS[name](traffic(level, requests=300)), monkeypatch)
    assert name not in IN_COLUMNS or counted > 200


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("name", IN_COLUMNS)
def test_of_rows_with_odd_cells(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    check_same(
        with_odd_cells(WRITERS[name](traffic(PLAIN, requests=ROWS)), random.Random(f"{name} {seed}")), monkeypatch
    )


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("name", IN_COLUMNS)
def test_of_rows_that_all_lack_something(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    log = WRITERS[name](traffic(PLAIN, requests=ROWS))
    check_same(without_some_keys(log, random.Random(f"{name} {seed}")), monkeypatch)


def without_some_keys(text: str, chance: random.Random) -> str:
    """A log of which no row has some of the keys or headings."""
    if not text.startswith(("{", "[")):
        headings, *rows = csv.reader(StringIO(text))
        for place in sorted(chance.sample(range(len(headings)), chance.choice((1, 2, 3))), reverse=True):
            for row in (headings, *rows):
                del row[place]
        target = StringIO()
        csv.writer(target).writerows([headings, *rows])
        return target.getvalue()
    is_list = text.startswith("[")
    objects = json.loads(text) if is_list else [json.loads(line) for line in text.split("\n")]
    for _ in range(chance.choice((1, 3, 5))):
        path = some_path(objects[0], chance)
        for row in objects if path else ():
            holder: Any = row
            for key in path[:-1]:
                holder = holder.get(key, {}) if isinstance(holder, dict) else {}
            if isinstance(holder, dict):
                holder.pop(path[-1], None)
    return json.dumps(objects, indent=1) if is_list else "\n".join(map(json.dumps, objects))


def some_path(row: dict[str, Any], chance: random.Random) -> list[str]:
    """The keys that lead to something in an object."""
    path: list[str] = []
    holder: Any = row
    while isinstance(holder, dict) and holder and (not path or chance.random() < 0.8):
        path.append(chance.choice(list(holder)))
        holder = holder[path[-1]]
    return path


def with_odd_cells(text: str, chance: random.Random) -> str:
    """A log of which some cells are odd, some rows come twice, and some are in another order."""
    if not text.startswith(("{", "[")):
        headings, *rows = csv.reader(StringIO(text))
        for row in odd_rows(rows, chance):
            place = chance.randrange(len(row))
            row[place] = str(chance.choice(ODD))
        target = StringIO()
        csv.writer(target, lineterminator=chance.choice(("\n", "\r\n"))).writerows([headings, *rows])
        return target.getvalue()
    is_list = text.startswith("[")
    objects = json.loads(text) if is_list else [json.loads(line) for line in text.split("\n")]
    for row in odd_rows(objects, chance):
        make_odd(row, chance)
    return json.dumps(objects, indent=1) if is_list else "\n".join(map(json.dumps, objects))


def odd_rows(rows: list[Any], chance: random.Random) -> list[Any]:
    """Some of the rows, which are copies where they come twice."""
    for _ in range(chance.choice((0, 0, 1, 3))):
        rows.insert(chance.randrange(len(rows)), json.loads(json.dumps(chance.choice(rows))))
    if chance.random() < 0.3:
        chance.shuffle(rows)
    if chance.random() < 0.2:
        return rows  # a column that is odd throughout
    return chance.sample(rows, chance.choice((0, 1, 1, 2, 5)))


def make_odd(row: dict[str, Any], chance: random.Random) -> None:
    """Changes or takes away something in an object."""
    holder: Any = row
    while True:
        key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        inner = holder[key]
        if not inner or not isinstance(inner, dict | list) or chance.random() < 0.15:
            break
        holder = inner
    if chance.random() < 0.2:
        del holder[key]
    elif isinstance(inner, str) and inner.startswith("{") and chance.random() < 0.7:
        parsed = json.loads(inner)
        make_odd(parsed, chance)
        holder[key] = json.dumps(parsed)
    else:
        holder[key] = chance.choice(ODD)


def test_of_spans_with_other_attributes_and_their_own_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spans of two kinds take turns; those above them were let go of, which is remarked with the same lines."""
    monkeypatch.setattr(recent_spans, "MANY_SPANS", 4)
    spans = []
    for number in range(120):
        attributes: dict[str, Any] = {"openinference.span.kind": "LLM", "llm.token_count.prompt": number}
        if number % 2:
            attributes = {"llm.token_count.completion": 3, **attributes, "llm.token_count.total": number + 3}
        span = {"context": {"span_id": f"s{number}"}, "parent_id": f"s{number - 30}", "attributes": attributes}
        spans.append(json.dumps({**span, "start_time": "2026-11-10T00:00:00Z"}))
    log = "\n".join(spans)
    assert check_same(log, monkeypatch) > 0
    assert summary_of(log, monkeypatch, fewest=8)[0].remarks


def test_of_a_span_with_an_attribute_of_no_value_and_one_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its values are as many as its attributes, yet each would be that of another one."""
    lines = [json.loads(line) for line in WRITERS["otlp"](traffic(PLAIN, requests=ROWS)).split("\n")]
    for line in lines:
        attributes = line["resourceSpans"][0]["scopeSpans"][0]["spans"][-1]["attributes"]
        counts = [entry for entry in attributes if entry["key"].endswith("_tokens")]
        counts[0]["value"] = {}
        counts[1]["value"] = {"stringValue": "1", "intValue": "2"}
    check_same("\n".join(map(json.dumps, lines)), monkeypatch)


@pytest.mark.parametrize("odd", ["Yes.", "", None, -1])
def test_of_counts_under_headings_that_often_have_texts(odd: object, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"model": "m", "input": 900 + number, "output": 50} for number in range(ROWS)]
    log = "\n".join(map(json.dumps, lines))
    assert check_same(log, monkeypatch) > 0
    lines[7] |= {"output": odd}
    check_same("\n".join(map(json.dumps, lines)), monkeypatch)
    lines[7] |= {"input": odd}
    check_same("\n".join(map(json.dumps, lines)), monkeypatch)
