"""Which tasks deserve work on their prompt, and later perhaps fine-tuning.

A task is worth the work when much is at stake in it every month: the part of its prompt that each run pays for again,
and the hours that people spend on the prompt. It must run often enough to be measured, and stay as it is for long
enough. The tasks are ranked by what is at stake, those worth the work first; each says why it stands where it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.billing import Rates, rates
from calculators.engine.declare import (
    Column,
    Judgement,
    Table,
    amount,
    calculator,
    choice,
    example,
    findings,
    later,
    lines,
    number,
    pick,
    share,
    table,
    text,
    yes_no,
)
from calculators.engine.declare import verdict as judgment
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    ascending,
    both,
    choose,
    known,
    known_or,
    months,
    named,
    note,
    opposite,
    plain,
    quotient,
    when,
)
from calculators.engine.records import ModelPrice
from calculators.engine.traced import Constant
from calculators.engine.units import HOUR, MONTH, ONE, SHARE, TOKENS, USD_PER_HOUR, USD_PER_MONTH, base

RUNS_PER_MONTH = (ONE / MONTH).named("run/month", "run")
MINUTES = base("minute")
MINUTES_PER_MONTH = (MINUTES / MONTH).named("minute/month", "minute")
MINUTES_PER_HOUR = Constant(60, "minutes in an hour", MINUTES / HOUR)


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
        default="stable", because="most repeated tasks are",
    )  # fmt: skip
    prompt_tokens: Decimal = number("Prompt length", TOKENS, low=0, high=10**9, default=0, because="nothing typed yet")


LIST: list[dict[str, object]] = [
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
        "Tasks", Task, most=10, default=LIST, because="five uses of a model as a firm of medium size may have them",
        group="Your tasks",
        help="One line a task. Runs count every request; minutes are what people spend on editing its prompt and on "
        "checking what an edit did; the length is the part of the prompt that is the same in every run.",
    )  # fmt: skip
    labor_rate: Decimal = number(
        "Rate of labor", USD_PER_HOUR, low=0, high=10_000, default="assumptions:labor-rate", group="What it costs",
    )  # fmt: skip
    model: ModelPrice = pick(
        "prices", label="Model", default="openai/gpt-6.1-sol", group="What it costs",
        because="a general-purpose model from the middle of its maker's range",
    )  # fmt: skip
    caching: bool = yes_no(
        "Prompt caching", default=True, group="What it costs",
        because="providers cache a long enough prefix by themselves or on request",
    )  # fmt: skip
    found_cached: Decimal = share(
        "Requests that find the prefix cached", default="assumptions:prefix-found-cached", group="What it costs"
    )
    least_hours: Decimal = number(
        "Least at stake, in hours of labor a month", HOUR, low=0, high=10_000,
        default="assumptions:hours-worth-the-work", group="What counts",
    )  # fmt: skip
    least_runs: Decimal = number(
        "Least runs a month", RUNS_PER_MONTH, low=0, high=10**9,
        default="assumptions:runs-worth-the-work", group="What counts",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What is at stake every month, in which tasks, and where to begin."""

    at_stake: Decimal = amount("At stake a month in the tasks worth the work", USD_PER_MONTH, headline=True)
    begin_with: Judgement = judgment("Begin with")
    share_worth: Decimal = amount("Of all that is at stake", SHARE, help="What the tasks worth the work make up.")
    prompts: Decimal = amount("Repeated prompts, all tasks", USD_PER_MONTH, help="What each run sends again.")
    work: Decimal = amount("Work on prompts, all tasks", USD_PER_MONTH)
    threshold: Decimal = amount("Worth the work from", USD_PER_MONTH, detail=True)
    ranking: Table = table(
        "Your tasks, ranked",
        Column("task", "Task"),
        Column("at_stake", "At stake a month", USD_PER_MONTH),
        Column("prompt", "Repeated prompt", USD_PER_MONTH),
        Column("work", "Prompt work", USD_PER_MONTH),
        Column("worth", "Worth it"),
        Column("reason", "Why"),
    )
    notes: tuple[Any, ...] = findings("Good to know")


def _typed(*tasks: tuple[str, str, str, str, str]) -> dict[str, str]:
    """Lines as a reader would type them over the list that is there."""
    cells = ("name", "runs", "minutes", "stability", "prompt_tokens")
    lines = [*tasks, *[("",) * len(cells)] * max(0, len(LIST) - len(tasks))]
    return {
        f"tasks__{at}__{cell}": text for at, line in enumerate(lines, 1) for cell, text in zip(cells, line, strict=True)
    }


EXAMPLES = [
    example("One task at volume", **_typed(("Labels for tickets", "4.3M", "120", "stable", "2500"))),
    example(
        "A team that still explores",
        **_typed(
            ("Drafts of campaigns", "300", "1200", "exploring", "1500"),
            ("Summaries of calls", "4k", "300", "changing", "2000"),
            ("Answers in chat", "15k", "600", "changing", "3500"),
        ),
    ),
    example(
        "Many small helpers",
        **_typed(
            ("Titles for pictures", "900", "30", "stable", "400"),
            ("Translations of notices", "1200", "60", "stable", "700"),
            ("Checks of expenses", "2500", "480", "stable", "1600"),
            ("Replies to reviews", "80", "90", "stable", "1100"),
            ("Notes from meetings", "600", "45", "stable", "900"),
            ("Queries for the data team", "350", "240", "changing", "5000"),
        ),
    ),
    example("Without caching, at twice the wage", caching="no", labor_rate="200"),
]  # fmt: skip


@dataclass(frozen=True)
class Stake:
    """What one task has at stake a month, and what speaks for it or against it."""

    name: str
    prompt: Any
    work: Any
    total: Any
    often: Any
    enough: Any
    stability: Any

    @property
    def worth(self) -> Any:
        """Whether the task runs often enough, has enough at stake, and stays as it is."""
        return both(self.often, self.enough, self.stability == "stable")

    @property
    def reason(self) -> str:
        """Why the task is worth the work, or why not."""
        against = [
            when(opposite(self.often), "too few runs to measure an effect"),
            when(opposite(self.enough), "too little at stake"),
            when(self.stability == "changing", "each change would undo the work: settle it first"),
            when(self.stability == "exploring", "find out first what a good answer is"),
        ]
        said = "; ".join(word for word in against if word)
        return said or when(
            self.prompt > self.work,
            "mostly repeated prompt: cache it, shorten it, then ask whether training pays",
            "mostly work on the prompt: a test set and examples come first",
        )


@calculator()
def candidates(i: Inputs) -> Outputs:
    """For each task the repeated prompt, at its price, and the hours of work on it, at the rate of labor.

    >>> Decimal(1000) * 4000 * 2 / 10**6 + Decimal(90) / 60 * 100      # 1,000 runs of 4,000 tokens at $2; 90 minutes
    Decimal('158.0')
    """
    threshold = named("Least at stake", i.least_hours * i.labor_rate / months(1))
    stakes = [stake(i, task, f"Task {at}", threshold) for at, task in enumerate(i.tasks, 1)]
    at_stake = named("At stake", total(threshold, [choose(it.worth, it.total, 0) for it in stakes]))
    prompts = named("All repeated prompts", total(threshold, [it.prompt for it in stakes]))
    work = named("All work on prompts", total(threshold, [it.work for it in stakes]))
    return Outputs(
        at_stake=at_stake,
        begin_with=later(lambda: begin(stakes)),
        share_worth=quotient(at_stake, prompts + work),
        prompts=prompts,
        work=work,
        threshold=threshold,
        ranking=later(lambda: ranking(stakes)),
        notes=later(lambda: remarks(stakes)),
    )


def total(like: Any, parts: list[Any]) -> Any:
    """The sum of some amounts; of none a zero of the same kind as `like`."""
    return sum(parts[1:], parts[0]) if parts else 0 * like


def stake(i: Inputs, task: Task, name: str, threshold: Any) -> Stake:
    """What a task costs a month in repeated prompt and in work on it."""
    rate = named(f"{name}, price of its prompt", prompt_rate(i, task.prompt_tokens))
    prompt = named(f"{name}, repeated prompt", task.prompt_tokens * rate / TOKENS_PER_MTOK * task.runs)
    work = named(f"{name}, prompt work", task.minutes / MINUTES_PER_HOUR * i.labor_rate)
    together = named(f"{name}, at stake", prompt + work)
    often, enough = task.runs >= i.least_runs, together >= threshold
    return Stake(task.name or name, prompt, work, together, often, enough, task.stability)


def prompt_rate(i: Inputs, tokens: Any) -> Any:
    """The price of a repeated prompt, in USD per million tokens: mostly read from the cache where it is long enough."""
    short, long = rates(i.model, False)
    cached = both(i.caching, known(i.model.cached_read), tokens >= known_or(i.model.smallest_prefix, 0))

    def mixed(of: Rates) -> Any:
        return choose(cached, of.cached_read * i.found_cached + of.cache_write * (1 - i.found_cached), of.input)

    return choose(tokens > known_or(i.model.long_above, tokens), mixed(long), mixed(short))


def ranked(stakes: list[Stake]) -> list[Stake]:
    """The tasks worth the work, then the others; in both, first what has most at stake."""
    dearest = list(reversed(ascending(reversed(stakes), key=lambda it: it.total)))
    return [it for it in dearest if plain(it.worth)] + [it for it in dearest if not plain(it.worth)]


def ranking(stakes: list[Stake]) -> Table:
    """A row for each task, the worthiest first."""
    rows = [
        (it.name, it.total, it.prompt, it.work, when(it.worth, "yes", "not yet"), it.reason) for it in ranked(stakes)
    ]
    return Table(tuple(rows))


def begin(stakes: list[Stake]) -> Judgement:
    """The task to begin with."""
    worth = [it for it in ranked(stakes) if plain(it.worth)]
    if not worth:
        return Judgement("none of these tasks yet", ())
    first = worth[0]
    return Judgement(first.name, (note(True, f"{first.name}: {first.reason}."),))


def remarks(stakes: list[Stake]) -> tuple[Any, ...]:
    """What a reader should know about this ranking."""
    return (
        note(not stakes, "There is no task in the list: type a name and a number of runs."),
        note(
            bool(stakes) and not any(plain(it.worth) for it in stakes),
            "None of the tasks is worth the work yet. Leave their prompts as they are, and look again when one of them "
            "settles or grows.",
        ),
        note(
            any(plain(it.prompt) > plain(it.work) for it in stakes),
            "A large bill for repeated prompts is no reason to train by itself: first see what caching and a smaller "
            "model make of it.",
        ),
    )
