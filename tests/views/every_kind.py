"""A calculator with every kind of question and answer, for the tests of the views."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Column,
    Judgement,
    Range,
    Table,
    amount,
    calculator,
    choice,
    document,
    file,
    findings,
    interval,
    later,
    lines,
    month,
    number,
    outcome,
    series,
    share,
    table,
    text,
    verdict,
    yes_no,
)
from calculators.engine.numbers import choose, note, quotient
from calculators.engine.numbers.units import ONE, SHARE, TOKENS, USD


@dataclass(frozen=True, kw_only=True)
class Task:
    name: str = text("Task", longest=30)
    runs: Decimal = number("Runs", low=0, high=100, default=1, because="a test")
    often: bool = yes_no("Often", default=False, because="a test")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    size: Decimal = number("Size <in tokens>", TOKENS, low=0, high=1000, default=10, because="a test", whole=True)
    part: Decimal = share("Part", default="0.25", because="a test")
    way: str = choice("Way", {"short": "The short way", "long": "The long way"}, default="short", because="a test")
    sure: bool = yes_no("Sure", default=True, because="a test")
    begins: str = month("Begins", default="2026-11", because="a test")
    log: str = file("Log", longest=20)
    tasks: tuple[Task, ...] = lines(
        "Tasks", Task, most=3, default=[{"name": "One", "runs": 2}, {"name": "Two", "runs": 3}], because="a test"
    )
    words: str = text("Words", default="some <b>words</b>", longest=50)


@dataclass(frozen=True, kw_only=True)
class Outputs:
    judged: Any = verdict("Verdict", headline=True)
    total: Decimal = amount("Total", TOKENS)
    none: Decimal | None = amount("Nothing", USD)
    range: Any = interval("Between", TOKENS)
    end: str = outcome("End", {"small": "It is small", "large": "It is large"})
    parts: Table = table(
        "Parts", Column("name", "Name"), Column("size", "Size", TOKENS), Column("share", "Share", SHARE)
    )
    curve: Any = series("Curve", Column("x", "Size", TOKENS), Column("y", "Square", ONE))
    notes: Any = findings("Notes")
    copy: str = document("To copy")
    runs: Decimal = amount("All runs")


@calculator()
def every_kind(i: Inputs) -> Outputs:
    """Something of everything."""
    total = choose(i.sure, i.size * (1 + i.part), i.size) * choose(i.way == "long", 2 * quotient(i.part, i.part, 1), 1)
    return Outputs(
        judged=Judgement("Take it", (note(total > 0, "{total} is more than nothing.", total=(total, TOKENS)),)),
        total=total,
        none=None,
        range=Range(total / 2, total, total * 2),
        end="small",
        parts=later(lambda: Table((("One", total * i.part, i.part), ("Rest", total * (1 - i.part), 1 - i.part)), 0)),
        curve=((i.size, quotient(i.size, i.size, 1)), (i.size * 2, quotient(i.size, i.size, 1) * 4)),
        notes=(note(i.sure, "You are sure."), note(total < 0, "Never.")),
        copy=f"<pre> {i.words}\nsecond line",
        runs=sum((choose(task.often, 2 * task.runs, task.runs) for task in i.tasks), 0 * i.part),
    )
