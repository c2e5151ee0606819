"""What the choice of a task asks: the tasks, and what makes one worth the work."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import ModelPrice, Tokenizer
from calculators.domain.units import MINUTES
from calculators.engine.declare import choice, example, lines, number, text
from calculators.engine.numbers.units import HOUR, MONTH, ONE, TOKENS

RUNS_PER_MONTH = (ONE / MONTH).named("run/month", "run")


MINUTES_PER_MONTH = (MINUTES / MONTH).named("minute/month", "minute")


@dataclass(frozen=True, kw_only=True)
class Task:
    """One repeated use of a model."""

    name: str = text("Task", longest=60)
    runs: Decimal = number("Runs a month", RUNS_PER_MONTH, low=0, high=10**12, default=0, because="nothing typed yet")
    minutes: Decimal = number(
        "Minutes of prompt work a month", MINUTES_PER_MONTH, low=0, high=10**6, default=0, because="nothing typed yet"
    )
    stability: str = choice(
        "Stability",
        {"stable": "stable", "changing": "changes often", "exploring": "still exploring"},
        default="stable",
        because="most repeated tasks are",
    )
    prompt_tokens: Decimal = number("Prompt length", TOKENS, low=0, high=10**9, default=0, because="nothing typed yet")


TASKS: list[dict[str, object]] = [
    {"name": "Answers to customers", "runs": 60_000, "minutes": 900, "stability": "stable", "prompt_tokens": 4200},
    {"name": "Labels for tickets", "runs": 1_200_000, "minutes": 240, "stability": "stable", "prompt_tokens": 1800},
    {"name": "Meeting notes", "runs": 2_500, "minutes": 90, "stability": "stable", "prompt_tokens": 900},
    {"name": "Product descriptions", "runs": 8_000, "minutes": 600, "stability": "changing", "prompt_tokens": 2500},
    {"name": "Answers to tenders", "runs": 40, "minutes": 700, "stability": "exploring", "prompt_tokens": 9000},
]


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The tasks, what an hour of work and a token cost, and what counts as worth the work."""

    tasks: tuple[Task, ...] = lines(
        "Tasks",
        Task,
        most=10,
        default=TASKS,
        because="five uses of a model as a firm of medium size may have them",
        group="Your tasks",
        help="One line a task. Runs count every request; minutes are what people spend on editing its prompt and on "
        "checking what an edit did; the length is the part of the prompt that is the same in every run.",
    )
    labor_rate: Decimal = questions.labor_rate(group="What it costs")
    counted_with: Tokenizer = questions.counted_with(group="What it costs", folded=True)
    model: ModelPrice = questions.model(group="What it costs", help="")
    caching: bool = questions.caching(group="What it costs", folded=True)
    active_hours: Decimal = questions.active_hours(
        group="What it costs",
        folded=True,
        only_if=("caching", "yes"),
        help="Runs of a task are taken to come at random within them.",
    )
    found_cached: Decimal | None = questions.found_cached(
        group="What it costs",
        folded=True,
        only_if=("caching", "yes"),
        because="follows from the runs of each task and the cache lifetime",
        help="Leave it empty to compute it for each task.",
    )
    least_hours: Decimal = number(
        "Least at stake, in hours of labor a month",
        HOUR,
        low=0,
        high=10_000,
        default="assumptions:hours-worth-the-work",
        group="What counts",
        folded=True,
    )
    least_runs: Decimal = number(
        "Least runs a month",
        RUNS_PER_MONTH,
        low=0,
        high=10**9,
        default="assumptions:runs-worth-the-work",
        group="What counts",
        folded=True,
    )


def typed_candidate_tasks(*tasks: tuple[str, str, str, str, str]) -> dict[str, str]:
    """Tasks as a reader would type them over the list that is there; lines that are left of it are emptied."""
    columns = ("name", "runs", "minutes", "stability", "prompt_tokens")
    rows = [*tasks, *[("",) * len(columns)] * max(0, len(TASKS) - len(tasks))]
    return {
        f"tasks__{line}__{column}": text
        for line, row in enumerate(rows, 1)
        for column, text in zip(columns, row, strict=True)
    }


EXAMPLES = [
    example("One task at volume", **typed_candidate_tasks(("Labels for tickets", "4.3M", "120", "stable", "2500"))),
    example(
        "A team that still explores",
        **typed_candidate_tasks(
            ("Drafts of campaigns", "300", "1200", "exploring", "1500"),
            ("Summaries of calls", "4k", "300", "changing", "2000"),
            ("Answers in chat", "15k", "600", "changing", "3500"),
        ),
    ),
    example(
        "Many small helpers",
        **typed_candidate_tasks(
            ("Titles for pictures", "900", "30", "stable", "400"),
            ("Translations of notices", "1200", "60", "stable", "700"),
            ("Checks of expenses", "2500", "480", "stable", "1600"),
            ("Replies to reviews", "80", "90", "stable", "1100"),
            ("Notes from meetings", "600", "45", "stable", "900"),
            ("Queries for the data team", "350", "240", "changing", "5000"),
        ),
    ),
    example("Without caching, at twice the wage", caching="no", labor_rate="200"),
]
