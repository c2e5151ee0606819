"""What tasks of an agent are counted in."""

from __future__ import annotations

from calculators.engine.numbers.units import MONTH, ONE, USD, counted_unit

STEPS = counted_unit("step")
CALLS = counted_unit("call")
TOOLS = counted_unit("tool")
RESULTS = counted_unit("result")
ATTEMPTS = counted_unit("attempt")
SUB_AGENTS = counted_unit("agent")
TASKS_PER_MONTH = (ONE / MONTH).named("task/month", "task")
USD_PER_TASK = USD.named("USD/task")
