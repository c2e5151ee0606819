"""What the cost of an agent's task answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.agents.cost.units import ATTEMPTS, STEPS, USD_PER_TASK
from calculators.engine.declare import Column, Table, amount, findings, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, SHARE, TOKENS, USD_PER_MONTH


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What a task costs and a solved one, where the money goes, what would change it, and other models."""

    per_solved: Decimal | None = amount(
        "Cost of a solved task",
        USD_PER_TASK,
        headline=True,
        help="What all attempts cost, divided by the tasks that are solved. Nothing where none is.",
    )
    per_task: Decimal = amount("Cost of a task", USD_PER_TASK, help="An average, retries included, solved or not.")
    per_month: Decimal = amount("Cost a month", USD_PER_MONTH)
    solved: Decimal = amount("Tasks that are solved", SHARE, help="After the last attempt.")
    median_cost: Decimal = amount("An attempt of the median length", USD_PER_TASK, help="Half of them cost less.")
    ninety_cost: Decimal = amount(
        "An attempt that nine in ten stay below", USD_PER_TASK, help="One in ten costs as much or more."
    )
    tail_share: Decimal = amount(
        "Spent on the longest tenth", SHARE, help="Of the cost of all attempts whose length you did not type."
    )
    caching_saves: Decimal = amount(
        "Caching saves",
        USD_PER_MONTH,
        loss="Caching costs more, by",
        help="Against the same steps without caching.",
    )
    cached_share: Decimal = amount("Input read from the cache", SHARE, help="Of all input tokens of an attempt.")
    compaction_saves: Decimal = amount(
        "Compaction or clearing saves",
        USD_PER_MONTH,
        loss="Compaction or clearing costs more, by",
        help="Against the same steps with the whole history, its own cost taken off; a window that is full ends them "
        "earlier.",
    )
    compaction_cost: Decimal = amount(
        "Requests for summaries", USD_PER_MONTH, detail=True, help="What compaction itself costs."
    )
    compactions: Decimal = amount("Compactions in an attempt", ONE, detail=True)
    clearings: Decimal = amount("Clearings in an attempt", ONE, detail=True, help="Of old results of tools.")
    full_step: Decimal | None = amount(
        "Step at which the window is full",
        STEPS,
        help="With the whole history. Nothing where the step limit comes first or the window is not known.",
    )
    mean_steps: Decimal = amount("Steps of an attempt, the mean", STEPS, detail=True)
    attempts: Decimal = amount("Attempts at a task", ATTEMPTS, detail=True)
    first_prompt: Decimal = amount("Prompt of the first step", TOKENS, detail=True)
    growth: Decimal = amount("Each step adds", TOKENS, detail=True)
    input_tokens: Decimal = amount("Input tokens of a task", TOKENS, detail=True)
    output_tokens: Decimal = amount("Output tokens of a task", TOKENS, detail=True, help="Hidden reasoning included.")
    uncached_per_task: Decimal = amount("Cost of a task without caching", USD_PER_TASK, detail=True)
    subagents_per_task: Decimal = amount("Sub-agents, a task", USD_PER_TASK, detail=True)
    kinds: Table = table(
        "Tokens by kind",
        Column("kind", "Kind"),
        Column("tokens", "Tokens a task", TOKENS),
        Column("cost", "A month", USD_PER_MONTH),
        Column("share", "Share", SHARE),
    )
    levers: Table = table(
        "What would change it",
        Column("lever", "Change"),
        Column("solved", "A solved task", USD_PER_TASK),
        Column("cost", "A month", USD_PER_MONTH),
        Column("saving", "Saves", USD_PER_MONTH),
        help="One change each, all else as it is. Below zero, it costs more. That as many tasks are solved is assumed, "
        "not known.",
    )
    models: Table = table(
        "The same task on every model",
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("cost", "A month", USD_PER_MONTH),
        Column("task", "A task", USD_PER_TASK),
        Column("against", "Against yours", USD_PER_MONTH),
        Column("remark", "Remark"),
        help="As many steps at the same effort, or the nearest that a model takes. Another model takes more or fewer "
        "steps and solves more or fewer tasks: measure both.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
