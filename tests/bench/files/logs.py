"""Times the readers of logs against `json.loads` alone on the same lines, in the terminal and in Pyodide; and memory.

The lines hold texts of the length that prompts and answers have, as those of real logs do. A table has no JSON: its
cells as objects of JSON are what is parsed beside it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.bench.measuring.spent import spent
from tests.browser.pyodide import Pyodide
from tests.conftest import ROOT
from tests.readers.usage.synthetic.formats import WRITERS
from tests.readers.usage.synthetic.gateways import table
from tests.readers.usage.synthetic.traffic import PLAIN, traffic

SLOWEST = 1 / 0.3
"""A reader may take so many times as long as parsing alone."""

REQUESTS, MANY, MOST = 2000, 200_000, 2_000_000
TEXT = 900
"""Characters of text on a line: a short prompt with its answer."""

WORDS = "a word or two. " * (TEXT // 15)

TABLES_WITH_TEXTS = {"langfuse_table": "input", "openinference_table": "attributes.input.value"}
"""Tables whose export has a column of texts; those of Cursor and OpenRouter have none."""

LEAST_TIMED = 0.1
"""Megabytes from which a log is timed."""

LEAST_MEMORY, BYTES_A_REQUEST = 64, 24
MEGABYTE = 1 << 20

TIMED = """
import json, time
from calculators.readers.usage.intake import UsageIntake

def parsed(lines):
    begun = time.process_time()
    for line in lines:
        json.loads(line)
    return time.process_time() - begun

def summed(text):
    data, intake = text.encode(), UsageIntake((1000, 8000), (1024,))
    begun = time.process_time()
    intake.open("log")
    for begin in range(0, len(data), 1 << 20):
        intake.feed(data[begin : begin + (1 << 20)])
    intake.close()
    intake.finish()
    return time.process_time() - begun

def both(text, lines):
    summed(text[: len(text) // 20])
    return json.dumps([min(parsed(lines) for _ in range(3)), min(summed(text) for _ in range(3))])
"""

MEASURED = """
from calculators.readers.usage.intake import UsageIntake
intake = UsageIntake((1000, 8000), (1024,), (5, 60))
intake.open("log")
line = (
    b'{{"time":%d,"conversation_id":"talk-%d","response":{{"type":"message","id":"msg_%d","model":"claude-sonnet-5-5",'
    b'"content":"' + 20 * b"a word or two. " + b'","usage":{{"input_tokens":%d,"cache_read_input_tokens":%d,'
    b'"output_tokens":90}}}}}}\\n'
)
for first in range(0, {requests}, 2000):
    numbers = range(first, first + 2000)
    intake.feed(b"".join(line % (1790000000 + n, n // 4, n, n % 9000, n % 5000) for n in numbers))
intake.close()
intake.finish()
"""
"""Half a kilobyte a request, each with an id, four to a conversation."""


def log_rows(setting: Setting) -> Iterator[Row]:
    """Each format in both engines, then the memory of many requests."""
    here: dict[str, object] = {}
    exec(TIMED, here)
    with Pyodide(setting.site) as pyodide:
        pyodide.run(TIMED + "\n''")
        for name in sorted(WRITERS):
            text, lines = log_of(name)
            size = len(text.encode()) / MEGABYTE
            if size < LEAST_TIMED:
                continue  # a report of a few days is read in no time
            for engine in ("the terminal", "Pyodide"):
                asked = f"both({text!r}, {lines!r})"
                answered = str(eval(asked, here)) if engine == "the terminal" else pyodide.run(asked)
                parsed, summed = json.loads(answered)
                label = f"{name} in {engine}, {size:.1f} MB, json.loads {size / parsed:.0f} MB/s"
                yield Row(label, 1000 * summed, "ms", over=1000 * parsed, target=SLOWEST)
    for requests, runs in ((MANY, setting.runs), (MOST, 1)):
        limit = LEAST_MEMORY + requests * BYTES_A_REQUEST / MEGABYTE
        used = memory_of(setting.folder, requests, runs)
        yield Row(f"memory of {requests:,} requests with ids, Python included", used, "MB", limit=limit)


def memory_of(folder: Path, requests: int, runs: int) -> float:
    """What reading so many requests takes at most (MB)."""
    path = folder / "requests.py"
    path.write_text(MEASURED.format(requests=requests), "utf-8")
    return median(spent(ROOT, str(path))[1] for _ in range(runs))


def log_of(name: str) -> tuple[str, list[str]]:
    """A log with texts, and the lines of JSON in it."""
    text = WRITERS[name](traffic(PLAIN, requests=REQUESTS))
    if not text.startswith(("{", "[")):
        headings, *rows = csv.reader(text.splitlines())
        if name in TABLES_WITH_TEXTS:
            headings, rows = [*headings, TABLES_WITH_TEXTS[name]], [[*row, WORDS] for row in rows]
        return table(headings, rows), [json.dumps(dict(zip(headings, row, strict=True))) for row in rows]
    if text.startswith("["):
        text = json.dumps([{**row, "text": WORDS} for row in json.loads(text)], indent=1)
        return text, [text]
    lines = text.split("\n")
    if not all(line.startswith("{") and line.endswith("}") for line in lines) or len(lines) == 1:
        return text, [text]
    lines = [json.dumps({**json.loads(line), "text": WORDS}) for line in lines]
    return "\n".join(lines), lines
