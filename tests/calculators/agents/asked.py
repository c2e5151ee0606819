"""A task of the ledger as it is typed into agents/cost, and the answer as plain numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from calculators.catalogue import Catalogue
from tests.calculators.agents.ledger import Task
from tests.calculators.answers import computed
from tests.calculators.settings import own_tokens

COST = "agents/cost"
MODEL = "anthropic/claude-haiku-5-5"
"""A model with every price that there is: cached, batch, long prompts and the longer lifetime."""

NEVER = 10**9
"""A prompt that no task here reaches."""


def typed(task: Task, steps: float, ninety: float | None = None, most: int = 5000, **more: object) -> dict[str, str]:
    """The task with one attempt that always succeeds, one thousand times a month, in the model's own tokens."""
    long = task.long_prices or task.prices
    prices = {
        f"model.{before}{name}": decimal(table[kind])
        for before, table in (("", task.prices), ("long_", long))
        for name, kind in (
            ("input", "plain"),
            ("cached_read", "read"),
            ("cache_write", "written"),
            ("output", "output"),
        )
    }
    given: dict[str, object] = {
        "tasks": 1000,
        "steps": steps,
        "steps_of_nine_in_ten": steps if ninety is None else ninety,
        "instructions": task.prefix,
        "tools": 0,
        "tool_tokens": 0,
        "task_tokens": task.task,
        "text": task.output,
        "calls": 1,
        "call_tokens": 0,
        "result": task.result,
        "reasoning": task.reasoning,
        "reasoning_stays": "yes" if task.carried else "no",
        "caching": "yes" if task.caching else "no",
        "found_cached": decimal(task.found),
        "late": decimal(task.late),
        "broken": decimal(task.broken),
        "most_steps": most,
        **shortened(task),
        "failed": 0,
        "attempts": 1,
        "repeated": 0,
        "cheap_share": decimal(1 - task.part),
        "subagents": 0,
        "model": MODEL,
        "model.smallest_prefix": task.minimum,
        "model.long_above": task.long_above or NEVER // 10,
        "model.context_window": NEVER,
        **own_tokens(MODEL),
        **prices,
        **more,
    }
    return {name: str(value) for name, value in given.items()}


def shortened(task: Task) -> dict[str, object]:
    """How the task keeps its history short."""
    if task.clear_above is not None:
        return {
            "history": "clearing",
            "clear_above": task.clear_above,
            "clear_kept": task.kept,
            "clear_least": task.clear_least,
            "placeholder": task.placeholder,
            "clear_again": "yes" if task.again else "no",
        }
    if task.compact_above is None:
        return {"history": "whole"}
    return {"compact_above": task.compact_above, "summary": task.summary, "asking": task.asking}


def answer(catalogue: Catalogue, task: Task, steps: float, ninety: float | None = None, **more: Any) -> Any:
    """The outputs for a task. Any: the calculator's own class of outputs."""
    return computed(catalogue, COST, typed(task, steps, ninety, **more))


def decimal(share: Fraction | int) -> str:
    """A fraction with a short decimal, as a reader types it."""
    scaled = Fraction(share) * 10**9
    assert scaled.denominator == 1, f"{share} has no short decimal"
    whole, part = divmod(int(scaled), 10**9)
    return f"{whole}.{part:09d}".rstrip("0").rstrip(".")


def near(ours: object, exact: Fraction | float, relative: float = 1e-9) -> bool:
    """Equal but for the rounding of the sums over steps, to 12 digits each."""
    return abs(float(ours) - float(exact)) <= relative * max(abs(float(exact)), 1e-12)  # type: ignore[arg-type]
