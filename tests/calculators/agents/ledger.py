"""An agent's task priced the slow way: step by step, each request a line of its own, in fractions.

Nothing here is a closed form. A step looks back for the last step of the same model, finds its prompt in the cache or
not, and pays for what it reads, writes and answers. A task of unknown length is the mean over all lengths, one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import log
from statistics import NormalDist

KINDS = ("plain", "read", "written", "output")


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a task holds, in tokens, and how it is sent; shares between 0 and 1; prices in dollars a million tokens."""

    prices: Mapping[str, Fraction]
    prefix: int = 8000
    task: int = 1000
    output: int = 400
    result: int = 1600
    reasoning: int = 0
    carried: bool = False
    minimum: int = 0
    long_above: int | None = None
    long_prices: Mapping[str, Fraction] = field(default_factory=dict)
    compact_above: int | None = None
    summary: int = 0
    asking: int = 0
    caching: bool = True
    found: Fraction = Fraction(0)
    late: Fraction = Fraction(0)
    broken: Fraction = Fraction(0)
    part: Fraction = Fraction(1)
    clear_above: int | None = None
    kept: int = 3
    placeholder: int = 20
    clear_least: int = 0
    again: bool = False

    @property
    def growth(self) -> int:
        """What a step adds to the next prompt."""
        return self.output + self.result + (self.reasoning if self.carried else 0)


@dataclass
class Ledger:
    """What was paid for: tokens of each kind, dollars, and how often the history was compacted."""

    tokens: dict[str, Fraction] = field(default_factory=lambda: dict.fromkeys(KINDS, Fraction(0)))
    cost: Fraction = Fraction(0)
    compactions: int = 0
    clearings: int = 0
    last_prompt: int = 0

    def pay(self, task: Task, length: int, **tokens: Fraction | int) -> None:
        """One request with a prompt of that length."""
        long = task.long_above is not None and length > task.long_above
        prices = task.long_prices if long else task.prices
        for kind, number in tokens.items():
            self.tokens[kind] += number
            self.cost += Fraction(number) * prices[kind] / 10**6


def ledger(task: Task, steps: int) -> Ledger:
    """A task of so many steps, from the first request to the last."""
    *_, book = _books(task, steps)
    return book


def costs(task: Task, most: int) -> list[float]:
    """What tasks of 1, 2, 3 … steps cost: the same book, looked at after each step."""
    return [float(book.cost) for book in _books(task, most)]


def _books(task: Task, steps: int) -> Iterator[Ledger]:
    """The book after each step; one book, in which each step is written below the others."""
    book = Ledger()
    if task.clear_above is not None:
        yield from _cleared_books(book, task, steps)
        return
    run: list[int] = []
    prompt, compacted = task.prefix + task.task, False
    for _ in range(steps):
        if run and task.compact_above is not None and prompt > task.compact_above:
            _compact(book, task, prompt, run[-1])
            prompt, run, compacted = task.prefix + task.task + task.summary, [], True
        _step(book, task, prompt, run, compacted)
        run.append(prompt)
        prompt += task.growth
        yield book


def _cleared_books(book: Ledger, task: Task, steps: int) -> Iterator[Ledger]:
    """The same where old results leave the history: every message is kept in a list, and each result is looked at."""
    history: list[tuple[str, int]] = [("front", task.prefix + task.task)]
    run: list[int] = []
    whole, start, limit = task.prefix + task.task, 0, task.clear_above or 0
    for number in range(steps):
        lengths = dict(enumerate(tokens for _, tokens in history))
        results = [place for place, (kind, _) in enumerate(history) if kind == "result"]
        old = results[: max(0, len(results) - task.kept)]
        original = [place for place, (kind, _) in enumerate(history) if kind in ("result", "cleared")]
        counted = whole if task.again else sum(lengths.values())
        cleared = original[: max(0, len(original) - task.kept)] if task.again else old
        freed = len(cleared) * (task.result - task.placeholder)
        if counted > limit and old and task.result > task.placeholder and freed >= task.clear_least:
            for place in old:
                history[place] = ("cleared", task.placeholder)
            book.clearings, start, run = book.clearings + 1, number, []
        prompt = sum(tokens for _, tokens in history)
        _step(book, task, prompt, run, False, after=bool(start))
        run.append(prompt)
        book.last_prompt = prompt
        carried = task.reasoning if task.carried else 0
        history += [("call", task.output + carried), ("result", task.result)]
        whole += task.growth
        yield book


def _step(book: Ledger, task: Task, prompt: int, run: list[int], compacted: bool, *, after: bool = False) -> None:
    """One step, of which the model does the share `part`; `run` are the prompts since the last compaction.

    `after` a clearing a step without one before it in its run reads what stands before the first result, in time, and
    the prefix at most where it comes too late.
    """
    answer = task.part * (task.output + task.reasoning)
    if not task.caching or prompt < task.minimum:
        book.pay(task, prompt, plain=task.part * prompt, output=answer)
        return
    keeps = task.prefix >= task.minimum
    read, weight = Fraction(0), Fraction(1)
    for earlier in reversed([length for length in run if length >= task.minimum]):
        last = weight * task.part
        read += last * (1 - task.broken) * (1 - task.late) * earlier
        read += last * (1 - task.broken) * task.late * (task.found * task.prefix if keeps else 0)
        weight *= 1 - task.part
        if not weight:
            break
    front = task.prefix + task.task
    if after:
        stable = front if front >= task.minimum else 0
        read += weight * (1 - task.broken) * (1 - task.late) * stable
        read += weight * (1 - task.broken) * task.late * (task.found * task.prefix if keeps else 0)
    else:
        read += weight * ((1 if compacted else task.found) * task.prefix if keeps else 0)
    read *= task.part
    book.pay(task, prompt, read=read, written=task.part * prompt - read, output=answer)


def _compact(book: Ledger, task: Task, prompt: int, before: int) -> None:
    """The request for a summary: reads what the step before it read and wrote, and writes what that step added."""
    assert task.part == 1, "the ledger compacts for one model alone"
    book.compactions += 1
    length, output = prompt + task.asking, task.summary + task.reasoning
    if not task.caching or prompt < task.minimum:
        book.pay(task, length, plain=prompt + task.asking, output=output)
        return
    keeps = task.prefix >= task.minimum
    read = (1 - task.broken) * (1 - task.late) * before
    read += (1 - task.broken) * task.late * (task.found * task.prefix if keeps else 0)
    book.pay(task, length, read=read, written=prompt - read, plain=task.asking, output=output)


def lengths(median: float, ninety: float, most: int) -> dict[int, float]:
    """The share of tasks of each length: the nearest whole number to a lognormal one, cut off at `most`."""
    if ninety <= median:
        return {min(most, int(median + 0.5)): 1.0}
    deviation = log(ninety / median) / NormalDist().inv_cdf(0.9)
    below = [0.0, *(NormalDist(log(median), deviation).cdf(log(step + 0.5)) for step in range(1, most)), 1.0]
    return {step: below[step] - below[step - 1] for step in range(1, most + 1)}


def mean_cost(task: Task, median: float, ninety: float, most: int) -> float:
    """The mean over all lengths."""
    by_steps = costs(task, most)
    return sum(share * by_steps[steps - 1] for steps, share in lengths(median, ninety, most).items())
