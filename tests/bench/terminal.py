"""Times the terminal in processor time: one answer above an empty Python, then each kind of question by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from macros.catalogue import ROOT, catalogue
from macros.facts import facts_text
from tests.bench.rows import Row
from tests.bench.setting import Setting
from tests.bench.spent import spent


def terminal_rows(setting: Setting) -> Iterator[Row]:
    """The command above an empty Python, the facts, and a new question to each calculator."""

    empty, command = [], []
    for _ in range(setting.runs):
        empty.append(1000 * spent(ROOT, "-c", "pass")[0])
        command.append(1000 * spent(ROOT, "-m", "macros.terminal", "prompting/cost", "--json")[0])
    above = median(command) - median(empty)
    yield Row("`calculators prompting/cost --json`", median(command), "ms", over=median(empty))
    yield Row("  above an empty Python", above, "ms", limit=150)
    anew = [milliseconds(lambda: facts_text(cache=None)) for _ in range(setting.runs)]
    yield Row("facts, read and checked anew", median(anew), "ms")
    for name in catalogue().names:
        for as_, ask in (("json", "result"), ("page", "sight"), ("page", "result")):
            taken = [answered(name, as_, ask) for _ in range(setting.runs)]
            yield Row(f"{name}: {ask} as {as_}, under CPython", median(taken), "ms")


def milliseconds(work: Callable[[], object]) -> float:
    """How long some work keeps the processor."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def answered(name: str, as_: str, ask: str) -> float:
    """How long an answer takes after another question: one that was asked just before is answered from what is kept."""
    found = catalogue()
    found.answer(next(it for it in found.names if it != name), "{}")
    return milliseconds(lambda: found.answer(name, "{}", as_, ask))
