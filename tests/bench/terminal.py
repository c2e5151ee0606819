"""Times the terminal in processor time: one answer above an empty Python, then each kind of question by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from calculators.engine.questions.question import Question
from macros.facts import facts_text
from macros.project import ROOT, project_catalogue
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.bench.measuring.spent import spent


def terminal_rows(setting: Setting) -> Iterator[Row]:
    """The command above an empty Python, the facts, and a new question to each calculator."""

    empty, command = [], []
    spent(ROOT, "-m", "macros.command", "prompting/cost", "--json")  # the first start keeps what the next ones read
    for _ in range(setting.runs):
        empty.append(1000 * spent(ROOT, "-c", "pass")[0])
        command.append(1000 * spent(ROOT, "-m", "macros.command", "prompting/cost", "--json")[0])
    above = median(command) - median(empty)
    yield Row("`calculators prompting/cost --json`", median(command), "ms", over=median(empty))
    yield Row("  above an empty Python", above, "ms", limit=60)
    anew = [milliseconds(lambda: facts_text(cache=None)) for _ in range(setting.runs)]
    yield Row("facts, read and checked anew", median(anew), "ms")
    for name in project_catalogue().names:
        for form in ("json", "page", "html"):
            times = [answered(name, form) for _ in range(setting.runs)]
            yield Row(f"{name}: result as {form}, under CPython", median(times), "ms")


def milliseconds(work: Callable[[], object]) -> float:
    """How long some work keeps the processor."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def answered(name: str, form: str) -> float:
    """How long an answer takes after another question: one that was asked just before is answered from what is kept."""
    loaded = project_catalogue()
    loaded.answer(Question(next(other_name for other_name in loaded.names if other_name != name)))
    return milliseconds(lambda: loaded.answer(Question(name, form=form)))
