"""The start and the first 12 months of one way to fine-tune, from a calculator's inputs.

`i` is always the `Inputs` of fine_tuning/cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from calculators.engine.numbers import months, named
from calculators.fine_tuning._expenses import (
    Labor,
    Serving,
    Training,
    Way,
    evaluation,
    labor,
    retraining,
    retrainings,
    serving,
    training,
)

YEAR = 12


@dataclass(frozen=True)
class Start:
    """What is paid before the first answer (USD), and what a later retraining costs."""

    labor: Labor
    training: Training
    runs: Any
    evaluation: Any
    retraining: Any

    @property
    def total(self) -> Any:
        """Labor, all runs, and their evaluation."""
        return named("Before the start", self.labor.total + self.runs + self.evaluation)


def chosen(i: Any) -> Way:
    """The way that the reader chose."""
    return Way(i.offer, i.gpu, rented=i.training_on == "gpus", dedicated=i.hosting == "dedicated")


def start(i: Any, way: Way, answering: Any) -> Start:
    """Everything before the first answer; `answering` is what one test answer costs."""
    people, trained, once = labor(i), training(i, way), evaluation(i, answering)
    return Start(
        labor=people,
        training=trained,
        runs=named("Training runs", trained.run * i.runs),
        evaluation=named("Evaluations", once * i.evaluations),
        retraining=retraining(i, people.total, trained.run, once),
    )


def upkeep(i: Any) -> Any:
    """The hours of watching, at the rate of labor (USD/month)."""
    return named("Upkeep", i.upkeep_hours * i.labor_rate / months(1))


@dataclass(frozen=True)
class Year:
    """The first 12 months of one offer (USD), by what they are paid for; `now` is the serving of the first month."""

    now: Serving
    begin: Start
    hosting: Any
    tokens: Any
    upkeep: Any
    retrainings: Any
    retraining: Any

    @property
    def running(self) -> Any:
        """All 12 months together, without the start."""
        return named("12 months", self.hosting + self.tokens + self.upkeep + self.retraining)

    @property
    def total(self) -> Any:
        """The start and 12 months."""
        return self.begin.total + self.running


def year(i: Any, way: Way) -> Year:
    """The first year of one way to go; months of equal prices are counted together."""
    paid = named("Requests paid for", i.requests * (1 + i.repeated))
    spans: list[tuple[Way, int]] = []
    for month in range(YEAR):
        its = way.in_month(month)
        last = spans[-1][0] if spans else None
        same = last is not None and last.offer is its.offer and last.gpu is its.gpu
        spans = [*spans[:-1], (its, spans[-1][1] + 1)] if same else [*spans, (its, 1)]
    served = [(serving(i, its, i.requests), months(length)) for its, length in spans]
    now = served[0][0]
    begin = start(i, way, now.answering)
    again = retrainings(i, way.offer, YEAR)
    return Year(
        now=now,
        begin=begin,
        hosting=named("Hosting in a year", added(it.hosting * length for it, length in served)),
        tokens=named("Tokens in a year", added(it.request * paid * length for it, length in served)),
        upkeep=named("Upkeep in a year", upkeep(i) * months(YEAR)),
        retrainings=again,
        retraining=named("Retraining in a year", begin.retraining * again),
    )


def added(parts: Iterable[Any]) -> Any:
    """The sum of one part or more, without an idle zero in front."""
    first, *rest = parts
    for part in rest:
        first = first + part
    return first


def in_a_month(cost: Any) -> Any:
    """A cost that falls into one month (USD/month)."""
    return cost / months(1)
