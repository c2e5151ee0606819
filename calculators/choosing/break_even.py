"""Which plan is cheapest, and from when.

Up to four plans run side by side over the months: prompting, retrieval, fine-tuning, both, or costs of your own. A plan
has a start, a fixed cost a month and a cost for each request; each month takes the price announced for it. The first
plan is what the others are compared with. Two plans may cross more than once, so every month is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.engine.declare import (
    Column,
    Judgement,
    Range,
    Table,
    amount,
    calculator,
    choice,
    curves,
    day,
    example,
    findings,
    interval,
    later,
    lines,
    number,
    outcome,
    part,
    share,
    table,
    text,
    verdict,
)
from calculators.engine.facts import months_between
from calculators.engine.numbers import (
    ascending,
    both,
    by_function,
    choose,
    either_of,
    found,
    known_or,
    months,
    named,
    note,
    plain,
    quotient,
    smallest,
    untraced,
)
from calculators.engine.plans import Course, Plan
from calculators.engine.recorded import is_recorded
from calculators.engine.statistics import wilson, z_of
from calculators.engine.units import (
    HOUR,
    MONTH,
    ONE,
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    USD,
    USD_PER_HOUR,
    USD_PER_MONTH,
    USD_PER_REQUEST,
    count,
)
from calculators.fine_tuning.cost import plan as tuned_plan
from calculators.prompting.cost import plan as prompting_plan
from calculators.rag.cost import plan as retrieval_plan

ANSWERS = count("answer")
SOURCES = {
    "prompting": "Prompting",
    "retrieval": "Retrieval",
    "tuned": "Fine-tuning",
    "both": "Fine-tuning with retrieval",
    "own": "Costs of your own",
}
OUTCOMES = {
    "from_month": "Costlier at first, cheaper from a month on",
    "from_start": "No costlier from the start",
    "never": "Never cheaper",
    "not_within_horizon": "Not cheaper within these months, but catching up",
    "crosses_back": "Cheaper for a time only",
    "alone": "There is no other plan",
}


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One plan: where its costs come from, and whatever of them the reader types instead."""

    source: str = choice("Costs from", SOURCES, default="own", because="a line without a choice holds your own costs")
    name: str = text("Name", longest=60)
    start: Decimal | None = number("Start", USD, low=0, high=10**12, default=None, because="taken from the calculator")
    fixed: Decimal | None = number(
        "Fixed a month", USD_PER_MONTH, low=0, high=10**12, default=None, because="taken from the calculator"
    )
    per_request: Decimal | None = number(
        "A request", USD_PER_REQUEST, low=0, high=10**6, default=None, because="taken from the calculator"
    )
    accepted: Decimal | None = number(
        "Good answers", ANSWERS, low=0, high=10**9, default=None, whole=True, because="nobody has counted them"
    )
    tested: Decimal | None = number(
        "of answers tested", ANSWERS, low=0, high=10**9, default=None, whole=True, because="nobody has counted them"
    )


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The plans, the volume they serve, the months they run, and the questions of the calculators they come from."""

    plans: tuple[PlanLine, ...] = lines(
        "Plans", PlanLine, most=4, group="Plans",
        default=[{"source": "prompting"}, {"source": "retrieval"}, {"source": "tuned"}, {"source": "both"}],
        because="the four ways that this site compares",
        help="The first plan is what the others are compared with. An empty cell is filled from the calculator "
        "that the line names; a number typed there takes its place. Clear a line to leave a plan out.",
    )  # fmt: skip
    against: str = choice(
        "Compare the first plan with",
        {"cheapest": "the cheapest of the others", "2": "the second", "3": "the third", "4": "the fourth"},
        default="cheapest", because="that is the plan to change to, if any", group="Plans",
    )  # fmt: skip
    requests: Decimal = number(
        "Requests a month", REQUESTS_PER_MONTH, low=0, high=10**10, default=100_000, group="Volume and time",
        because="about 3,300 a day, a busy service", help="In the first month.",
    )  # fmt: skip
    growth: Decimal = number(
        "Growth a month", SHARE, low="-0.5", high=1, default=0, because="a steady volume", group="Volume and time",
    )  # fmt: skip
    horizon: Decimal = number(
        "Months compared", MONTH, low=1, high=60, default=12, whole=True, group="Volume and time",
        because="prices and models seldom stand for longer",
    )  # fmt: skip
    discount: Decimal = number(
        "Discount rate a year", SHARE, low=0, high=1, default=0, group="Volume and time",
        because="a dollar of next year counts like one of today",
        help="What a later dollar is worth less. Each month is paid at its end.",
    )  # fmt: skip
    repeated: Decimal = share(
        "Repeated or failed", default="assumptions:repeated-requests", group="Volume and time",
        help="Requests sent again after a failure or a bad answer. They are paid for as well.",
    )  # fmt: skip
    user_text: Decimal = number(
        "The user's text", TOKENS, low=0, high=10**9, default=150, group="Volume and time",
        because="about a hundred words",
    )  # fmt: skip
    answer: Decimal = number(
        "Answer", TOKENS, low=0, high=10**9, default=300, group="Volume and time", because="two or three paragraphs",
    )  # fmt: skip
    as_of: str = day("Prices as of", group="Volume and time", help="The first month begins on that day.")
    bad_answer: Decimal = number(
        "Cost of a bad answer", USD_PER_REQUEST, low=0, high=10**6, default=0, group="Quality",
        because="nobody has counted it",
        help="What it costs to notice and mend one. It counts for plans with tested answers.",
    )  # fmt: skip
    confidence: Decimal = number(
        "Confidence", SHARE, low="0.5", high="0.999", default="0.95", because="the usual level", group="Quality",
        help="Of the range of the share of good answers.",
    )  # fmt: skip
    migration_hours: Decimal = number(
        "Work to move to another model", HOUR, low=0, high=100_000, default=24, group="Quality",
        because="three days to adapt the prompt, run the test set and watch the first week",
        help="Paid in the month in which a prompted model shuts down.",
    )  # fmt: skip
    labor_rate: Decimal = number(
        "Rate of labor", USD_PER_HOUR, low=0, high=10_000, default="assumptions:labor-rate", group="Quality",
    )  # fmt: skip
    prompting: Any = part(
        "Prompting", prompting_plan,
        shared={name: name for name in ("requests", "repeated", "user_text", "answer", "as_of")},
    )  # fmt: skip
    retrieval: Any = part(
        "Retrieval", retrieval_plan,
        shared={"queries": "requests", "query_tokens": "user_text", "repeated": "repeated", "answer": "answer",
                "as_of": "as_of"},
    )  # fmt: skip
    tuned: Any = part(
        "Fine-tuning", tuned_plan,
        shared={name: name for name in ("requests", "repeated", "user_text", "answer", "as_of", "labor_rate")},
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Which plan costs least, when a change pays, and how the costs run."""

    cheapest: Judgement = verdict("Cheapest over these months", headline=True)
    saving: Decimal | None = amount(
        "Saved by changing", USD, help="Over the months compared, against the first plan. Below zero, it costs more."
    )
    outcome: str = outcome("The other plan against the first", OUTCOMES)
    break_even_month: Decimal | None = amount(
        "Break-even after", MONTH, help="The first month at whose end the other plan has cost no more than the first."
    )
    break_even_volume: Decimal | None = amount(
        "Break-even volume", REQUESTS_PER_MONTH,
        help="Requests in the first month at which both cost the same over these months, with all other numbers as "
        "they are. Nothing where one is cheaper at any volume.",
    )  # fmt: skip
    first_total: Decimal | None = amount("The first plan, over these months", USD)
    other_total: Decimal | None = amount("The other plan, over these months", USD)
    first_accepted: Range = interval("The first plan, a good answer", USD_PER_REQUEST)
    other_accepted: Range = interval("The other plan, a good answer", USD_PER_REQUEST)
    comparison: Table = table(
        "The plans over these months",
        Column("plan", "Plan"),
        Column("start", "Start", USD),
        Column("fixed", "Fixed, first month", USD_PER_MONTH),
        Column("per_request", "A request", USD_PER_REQUEST),
        Column("total", "In all", USD),
        Column("saving", "Saved against the first", USD),
        Column("outcome", "Against the first"),
        Column("month", "From month", MONTH),
        Column("volume", "Break-even volume", REQUESTS_PER_MONTH),
        Column("accepted_low", "A good answer, from", USD_PER_REQUEST),
        Column("accepted_high", "to", USD_PER_REQUEST),
    )
    cumulative: Table = table(
        "Paid by the end of each month",
        Column("month", "Month", ONE),
        Column("plan_1", "Plan 1", USD),
        Column("plan_2", "Plan 2", USD),
        Column("plan_3", "Plan 3", USD),
        Column("plan_4", "Plan 4", USD),
    )
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("A busy help desk", requests="100k"),
    example("A million short requests, two plans", requests="1M", growth="5%", horizon=24, plans__2__source="tuned",
            plans__3__source="", plans__4__source="", prompting__examples=20),
    example("A server of your own against a price for each request", requests="500k", answer=300,
            plans__1__source="own", plans__1__name="Pay by the request", plans__1__per_request="0.001725",
            plans__2__source="own", plans__2__name="Rent a server", plans__2__fixed="2912.70",
            plans__3__source="", plans__4__source=""),
    example("Both tested on 200 cases", requests="200k", plans__1__accepted=156, plans__1__tested=200,
            plans__2__source="tuned", plans__2__accepted=178, plans__2__tested=200, plans__3__source="",
            plans__4__source="", bad_answer="0.5"),
]  # fmt: skip


class Contender:
    """One plan of the comparison with what the months make of it; `number` is its place, from 1."""

    def __init__(self, i: Inputs, line: PlanLine, number: int, plan: Plan) -> None:
        self.i, self.line, self.number, self.plan = i, line, number, plan
        self.course = Course(requests=i.requests, growth=i.growth, discount=i.discount)

    @property
    def name(self) -> str:
        """What the reader calls it, or what its source calls it."""
        return self.line.name.strip() or SOURCES[plain(self.line.source)]

    @cached_property
    def parts(self) -> tuple[Any, Any]:
        """The months' cost apart from requests (USD), and for each request of the first month (USD/request)."""
        return self.course.parts(self.plan, len(self.plan.fixed), self.i.horizon)

    @cached_property
    def total(self) -> Any:
        """What it costs over all months (USD)."""
        fixed, served = self.parts
        return named(f"{self.name}, over these months", fixed + served * self.i.requests)

    def after(self, month: int) -> Any:
        """What it has cost after so many months (USD)."""
        if month == 0:
            return named(f"{self.name}, at the start", self.plan.start)
        return named(f"{self.name}, after month {month}", self.course.cost(self.plan, month, months(month)))

    @cached_property
    def totals(self) -> list[Any]:
        """What it has cost at the start and after each month, in bare numbers (USD), to look for crossings."""
        return untraced(self.course).totals(untraced(self.plan))

    @cached_property
    def quality(self) -> Range | None:
        """The share of good answers with its interval; None where no answers were tested."""
        if not plain(self.line.tested):
            return None
        z = z_of((1 - self.i.confidence) / 2)
        return wilson(good_answers(self.line), self.line.tested, z)

    @cached_property
    def accepted(self) -> Range:
        """What a good answer costs: from the best share of good answers to the worst (USD/request)."""
        if self.quality is None:
            return Range(None, None, None)
        asked = named("Requests over these months", self.course.asked(self.i.horizon))
        if plain(asked) == 0:
            return Range(None, None, None)
        each = named(f"{self.name}, an answer", self.total / asked)
        ends = (self.quality.high, self.quality.likely, self.quality.low)
        return Range(*(quotient(each, share, None) for share in ends))


def contenders(i: Inputs) -> list[Contender]:
    """The plans in the order of their lines."""
    horizon = int(plain(i.horizon))
    course = Course(requests=i.requests, growth=i.growth, discount=i.discount)
    volumes = None if plain(i.growth) == 0 else [course.volume(month) for month in range(horizon)]
    return [Contender(i, line, at, planned(i, line, horizon, volumes)) for at, line in enumerate(i.plans, 1)]


def planned(i: Inputs, line: PlanLine, horizon: int, volumes: Sequence[Any] | None) -> Plan:
    """The plan of one line: its calculator's months, what is typed in their place, and the cost of bad answers."""
    of = _SOURCES[plain(line.source)](i, horizon, volumes)
    nothing = found(0, "Nothing fixed", USD_PER_MONTH, i.horizon)
    start = of.start if plain(line.start) is None else line.start
    start = found(0, "Nothing to start", USD, i.horizon) if isinstance(start, int) else start
    fixed = of.fixed if plain(line.fixed) is None else (line.fixed,) * horizon
    fixed = tuple(nothing if isinstance(cost, int) else cost for cost in fixed)
    served = of.per_request if plain(line.per_request) is None else (line.per_request,) * horizon
    if plain(line.tested):
        bad = named("Bad answers, a request", (1 - quotient(good_answers(line), line.tested)) * i.bad_answer)
        served = tuple(cost + bad for cost in served)
    return Plan(name=of.name, start=start, fixed=fixed, per_request=served)


def good_answers(line: PlanLine) -> Any:
    """The good answers of a plan, at most all that were tested."""
    return smallest(known_or(line.accepted, 0), line.tested)


def _prompting(i: Inputs, horizon: int, volumes: Sequence[Any] | None) -> Plan:
    return moved(i, prompting_plan(i.prompting, horizon), i.prompting.model.retires)


def _retrieval(i: Inputs, horizon: int, volumes: Sequence[Any] | None) -> Plan:
    return moved(i, retrieval_plan(i.retrieval, horizon), i.retrieval.model.retires)


def _tuned(i: Inputs, horizon: int, volumes: Sequence[Any] | None) -> Plan:
    return tuned_plan(i.tuned, horizon, volumes)


def _both(i: Inputs, horizon: int, volumes: Sequence[Any] | None) -> Plan:
    """The tuned model reads what retrieval finds; retrieval pays for everything but the answer."""
    search = retrieval_plan(i.retrieval, horizon, answering=False)
    tuned = tuned_plan(replace(i.tuned, context=i.tuned.context + search.context), horizon, volumes)
    return tuned.and_also(search, f"{tuned.name} with retrieval")


def _own(i: Inputs, horizon: int, volumes: Sequence[Any] | None) -> Plan:
    """Nothing but what is typed."""
    nothing = found(0, "Nothing a request", USD_PER_REQUEST, i.horizon)
    return Plan(name="Your own", start=0, fixed=(0,) * horizon, per_request=(nothing,) * horizon)


_SOURCES = {"prompting": _prompting, "retrieval": _retrieval, "tuned": _tuned, "both": _both, "own": _own}


def moved(i: Inputs, of: Plan, retires: str) -> Plan:
    """The plan with the work to move to another model in the month in which its own shuts down."""
    month = months_between(i.as_of, retires) if retires > i.as_of else len(of.fixed)
    if month >= len(of.fixed):
        return of
    work = named("Work to move to another model", i.migration_hours * i.labor_rate / months(1))
    return replace(of, fixed=(*of.fixed[:month], of.fixed[month] + work, *of.fixed[month + 1 :]))


def between(first: Contender, other: Contender) -> list[Any]:
    """What the other plan has cost more, at the start and after each month, in bare numbers (USD)."""
    return [theirs - ours for ours, theirs in zip(first.totals, other.totals, strict=True)]


def no_dearer(gaps: Sequence[Any]) -> list[int]:
    """The months by whose end nothing more has been paid."""
    return [month for month, gap in enumerate(gaps) if gap <= 0 and month > 0]


def first_month(*gaps: Any) -> int | None:
    """The first month by whose end nothing more has been paid; 0 if that holds from the start and for every month.

    >>> first_month(2, 1, 0), first_month(0, -1, -1), first_month(1, 1, 1)
    (2, 0, None)
    """
    cheaper = no_dearer(gaps)
    if not cheaper:
        return None
    return 0 if gaps[0] <= 0 and len(cheaper) == len(gaps) - 1 else cheaper[0]


def crossing(first: Contender, other: Contender) -> tuple[str, list[int]]:
    """How the other plan stands against the first: one of `OUTCOMES`, and the months by whose end it has cost no more.

    Every month is looked at, because growth, a change of price or a retraining can turn a crossing back.
    """
    gaps = between(first, other)
    cheaper = no_dearer(gaps)
    last = len(gaps) - 1
    if len(cheaper) == last:
        return ("from_start" if gaps[0] <= 0 else "from_month"), cheaper
    if not cheaper and gaps[0] >= 0:
        return ("never" if stays_dearer(first, other) else "not_within_horizon"), cheaper
    if cheaper and gaps[0] >= 0 and cheaper == list(range(cheaper[0], last + 1)):
        return "from_month", cheaper
    return "crosses_back", cheaper


def stays_dearer(first: Contender, other: Contender) -> bool:
    """Whether the other plan costs no less a month by the end, and would not with the volume running on either."""
    ours, theirs, course = untraced(first.plan), untraced(other.plan), untraced(first.course)
    last = len(ours.fixed) - 1
    requests = course.volume(last)
    limits = [ours.month(last, requests) <= theirs.month(last, requests)]
    if course.growth > 0:
        limits.append(ours.per_request[last] <= theirs.per_request[last])
    if course.growth < 0:
        limits.append(ours.fixed[last] <= theirs.fixed[last])
    return all(limits)


def break_even(i: Inputs, first: Contender, other: Contender) -> Any:
    """The first month by whose end the other plan has cost no more; 0 where it costs no more from the start."""
    month = by_function("first month", first_month, *between(first, other))
    if month is None:
        return choose(other.total <= first.total, found(0, "The first such month", MONTH, i.horizon), None)
    if is_recorded(month):
        return month  # What it rests on is on the tape; only a working shows it.
    value = found(month, "The first such month", MONTH, i.horizon)
    holds = [value <= i.horizon, other.after(month) <= first.after(month)]
    if month:
        holds.append(other.after(month - 1) > first.after(month - 1))
    return choose(both(*holds), value, value)


def break_even_volume(first: Contender, other: Contender) -> Any:
    """The requests of the first month at which both cost the same over all months; None where one always costs less."""
    (fixed, served), (its_fixed, its_served) = first.parts, other.parts
    more = named("More apart from requests", its_fixed - fixed)
    less = named("Less for each request of the first month", served - its_served)
    crosses = either_of(both(more > 0, less > 0), both(more < 0, less < 0))
    return choose(crosses, quotient(more, less, None), None)


@calculator(chart=curves(of="cumulative", title="Paid by the end of each month"))
def cheapest_plan(i: Inputs) -> Outputs:
    """Each plan's start, fixed costs and requests, month by month, against those of the first plan.

    >>> (Decimal(600) - 0) / (Decimal(100) - 50)      # $600 at the start against $100 instead of $50 a month
    Decimal('12')
    """
    plans = contenders(i)
    first = plans[0] if plans else None
    other = rival(i, plans)
    if first is None or other is None:
        return Outputs(
            cheapest=Judgement(plans[0].name if plans else "There is no plan", ()), saving=None, outcome="alone",
            break_even_month=None, break_even_volume=None, first_total=first.total if first else None,
            other_total=None, first_accepted=first.accepted if first else Range(None, None, None),
            other_accepted=Range(None, None, None), comparison=later(lambda: comparison(i, plans)),
            cumulative=later(lambda: cumulative(i, plans)), notes=later(lambda: remarks(i, plans, other)),
        )  # fmt: skip
    compared = why(i, plans, other)
    month, volume = break_even(i, first, other), break_even_volume(first, other)
    return Outputs(
        cheapest=later(lambda: judged(plans, first, other)),
        saving=choose(compared, first.total - other.total, None),
        outcome=later(lambda: crossing(first, other)[0]),
        break_even_month=None if month is None else choose(compared, month, None),
        break_even_volume=choose(compared, volume, None),
        first_total=first.total,
        other_total=choose(compared, other.total, None),
        first_accepted=first.accepted,
        other_accepted=other.accepted,
        comparison=later(lambda: comparison(i, plans)),
        cumulative=later(lambda: cumulative(i, plans)),
        notes=later(lambda: remarks(i, plans, other)),
    )


def rival(i: Inputs, plans: list[Contender]) -> Contender | None:
    """The plan that the first is compared with."""
    named_one = [it for it in plans[1:] if str(it.number) == plain(i.against)]
    others = named_one or ascending(plans[1:], key=lambda it: it.totals[-1])
    return others[0] if others else None


def why(i: Inputs, plans: list[Contender], other: Contender) -> Any:
    """That the other plan is the one asked for: by its place, or because it costs least."""
    cheapest = [other.total <= it.total for it in plans[1:] if it is not other]
    asked = i.against == str(other.number)
    return either_of(asked, both(*cheapest)) if plain(asked) else either_of(both(*cheapest), i.against == "cheapest")


def told(word: str, cheaper: list[int]) -> str:
    """An outcome in a few words, with its months."""
    if word == "from_month":
        return f"cheaper from month {cheaper[0]}"
    if word == "crosses_back":
        return f"cheaper by the end of {spans(cheaper)} only" if cheaper else "cheaper at the start only"
    return {
        "from_start": "no costlier from the start",
        "never": "never cheaper",
        "not_within_horizon": "not cheaper within these months",
    }[word]


def spans(numbers: list[int]) -> str:
    """Months as spans.

    >>> spans([3, 4, 5, 9])
    'months 3 to 5 and month 9'
    """
    runs: list[list[int]] = []
    for month in numbers:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    words = [f"month {run[0]}" if len(run) == 1 else f"months {run[0]} to {run[-1]}" for run in runs]
    return " and ".join(words)


def judged(plans: list[Contender], first: Contender, other: Contender) -> Judgement:
    """The plan that costs least in all, and how the other stands against the first."""
    best = ascending(plans, key=lambda it: it.totals[-1])[0]
    sentence = f"Against {first.name}, {other.name} is {told(*crossing(first, other))}."
    return Judgement(best.name, (note(True, sentence),))


def comparison(i: Inputs, plans: list[Contender]) -> Table:
    """One row a plan: what it costs, and how it stands against the first."""
    rows = []
    for it in plans:
        against = crossing(plans[0], it) if it is not plans[0] else ("", [])
        volume = None if it is plans[0] else break_even_volume(plans[0], it)
        rows.append(
            (
                it.name, it.plan.start, it.plan.fixed[0], it.plan.per_request[0], it.total,
                plans[0].total - it.total, told(*against) if against[0] else "the first plan",
                None if it is plans[0] else break_even(i, plans[0], it), volume, it.accepted.low, it.accepted.high,
            )
        )  # fmt: skip
    return Table(tuple(rows), 0 if rows else None)


def cumulative(i: Inputs, plans: list[Contender]) -> Table:
    """What each plan has cost at the start and by the end of each month."""
    courses = [it.course.totals(it.plan) for it in plans]
    rows = tuple(
        (found(month, "Month", ONE, i.horizon), *(course[month] for course in courses))
        for month in range(int(plain(i.horizon)) + 1)
    )
    return Table(rows, None, ("Month", *(it.name for it in plans)))


def remarks(i: Inputs, plans: list[Contender], other: Contender | None) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    bare = untraced(i)
    used = {line.source for line in bare.plans}
    ends = {
        "prompting": bare.prompting.model, "retrieval": bare.retrieval.model, "tuned": bare.tuned.offer,
        "both": bare.tuned.offer,
    }  # fmt: skip
    last = int(bare.horizon)
    stopping = [
        note(
            model.retires > i.as_of and months_between(i.as_of, model.retires) < last,
            f"{model.name} shuts down on {model.retires}, within these months. "
            + ("A retraining on another base is counted then." if source in ("tuned", "both") else
               "The work to move to another model is counted then."),
        )
        for source, model in ends.items() if source in used
    ]  # fmt: skip
    changing = [
        note(
            any(0 < month < last for month, _ in model.schedule),
            f"Prices of {model.name} are announced to change within these months, and count from their month on.",
        )
        for source, model in ends.items() if source in used
    ]  # fmt: skip
    tested = [it for it in plans if it.quality is not None]
    return (
        *{it.sentence: it for it in (*stopping, *changing)}.values(),
        note(len(plans) < 2, "Fill in a second plan to compare with."),
        note(
            plain(i.against) not in ("cheapest", *(str(it.number) for it in plans[1:])),
            "There is no such plan to compare with. The cheapest of the others takes its place.",
        ),
        note(
            other is not None and plain(other.line.source) in ("tuned", "both") and bare.tuned.hosting == "dedicated",
            "The break-even volume counts with as many servers as this volume needs. A much larger one needs more.",
        ),
        note(
            0 < len(tested) < len(plans),
            "Only some plans have tested answers. A plan without them counts as if every answer were good.",
        ),
        note(
            not tested and len(plans) > 1,
            "Costs alone are compared. Test all plans on the same cases and fill in the good answers: a cheaper plan "
            "that answers worse may not be cheaper.",
        ),
    )  # fmt: skip
