"""Times what a reader with a slow phone waits for: a processor four times slower, and the lines that a phone has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from tests.bench.edits import later_edits
from tests.bench.first_number import first_numbers
from tests.bench.measuring.host import HOME, MOBILE
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.bench.startup import on_lines
from tests.bench.touch import touches

SLOWNESS, RUNS = 4, 3
LOOP = """() => {
  const begun = performance.now();
  let sum = 0;
  for (let number = 0; number < 3e8; number += 1) sum += number % 7;
  return performance.now() - begun + 0 * sum;
}"""

EDITED = ("prompting/cost", "agents/cost", "evaluating/plan")
"""The calculators whose edits are timed: a usual one, the slowest, and a quick one."""


def phone_rows(setting: Setting) -> Iterator[Row]:
    """Each target of a page once more; bare Pyodide and JavaScript by hand are as slow beside it."""
    full = loop(setting)
    runs = setting.runs
    setting.slowness, setting.runs = SLOWNESS, min(RUNS, runs)  # each takes as many times longer
    try:
        yield Row("phone: a loop in a page, against one at full speed", loop(setting), "ms", over=full)
        for rows in (
            on_lines(setting, HOME, MOBILE),
            later_edits(setting, EDITED),
            touches(setting),
            first_numbers(setting),
        ):
            for row in rows:
                yield replace(row, label=f"phone: {row.label}")
    finally:
        setting.slowness, setting.runs = 1, runs


def loop(setting: Setting) -> float:
    """Milliseconds of a loop in a page, the median."""
    with setting.browser() as browser:
        page = browser.new_page()
        milliseconds: list[float] = [page.evaluate(LOOP) for _ in range(setting.runs)]
    return median(milliseconds)
