"""The start and the first 12 months of one arrangement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from calculators.engine.numbers import Number, months, named, smallest
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.labor import (
    TuningLabor,
    tuning_evaluation_cost,
    tuning_example_hours,
    tuning_grading_cost,
    tuning_grading_hours,
    tuning_labor,
    tuning_upkeep_cost,
    tuning_watching_hours,
)
from calculators.fine_tuning.cost.serving import Serving, TuningArrangement, tuned_model_serving
from calculators.fine_tuning.cost.training import (
    Training,
    retraining_cost,
    retraining_count,
    retraining_labor,
    tuning_training_cost,
)

YEAR = 12


@dataclass(frozen=True)
class TuningStart:
    """What is paid before the first answer, and what a retraining costs; `work` and `rework` are people's parts."""

    labor: TuningLabor
    training: Training
    runs: Number  # USD
    failed: Number  # USD
    evaluation: Number  # USD
    retraining: Number  # USD
    work: Number  # USD
    rework: Number  # USD

    @property
    def total(self) -> Number:
        """Labor, all runs, those that fail too, and their evaluation."""
        return named("Before the start", self.labor.total + self.runs + self.failed + self.evaluation)


def tuning_start_cost(i: Inputs, arrangement: TuningArrangement, answering: Number) -> TuningStart:
    """Everything before the first answer; `answering` is what one test answer costs."""
    people, trained, once = tuning_labor(i), tuning_training_cost(i, arrangement), tuning_evaluation_cost(i, answering)
    grading = tuning_grading_cost(i)
    return TuningStart(
        labor=people,
        training=trained,
        runs=named("Training runs", trained.run * i.runs),
        failed=named("Failed runs", trained.failed * i.failed_runs),
        evaluation=named("Evaluations", once * i.evaluations),
        retraining=retraining_cost(i, people.training, trained.run, once),
        work=named("People's part of the start", people.total + grading * i.evaluations),
        rework=retraining_labor(i, people.training, grading),
    )


@dataclass(frozen=True)
class TuningYear:
    """The first 12 months of one offer, by what they are paid for; `serving` is that of the first month."""

    serving: Serving
    start: TuningStart
    hosting: Number  # USD
    tokens: Number  # USD
    upkeep: Number  # USD
    retrainings: Number
    retraining: Number  # USD

    @property
    def running(self) -> Number:
        """All 12 months together, without the start."""
        return named("12 months", self.hosting + self.tokens + self.upkeep + self.retraining)

    @property
    def total(self) -> Number:
        """The start and 12 months."""
        return self.start.total + self.running


def tuning_cost_of_year(i: Inputs, arrangement: TuningArrangement) -> TuningYear:
    """The first year of one arrangement; months of equal prices are counted together."""
    paid = named("Requests paid for", i.requests * (1 + i.repeated))
    spans = [list(same) for _, same in groupby(arrangement.by_month(YEAR), key=id)]
    periods = [(tuned_model_serving(i, span[0], i.requests), months(len(span))) for span in spans]
    first_month = periods[0][0]
    before = tuning_start_cost(i, arrangement, first_month.answering)
    count = retraining_count(i, arrangement.offer, YEAR)
    return TuningYear(
        serving=first_month,
        start=before,
        hosting=named("Hosting in a year", sum_over_tuning_year(served.hosting * length for served, length in periods)),
        tokens=named(
            "Tokens in a year", sum_over_tuning_year(served.request * paid * length for served, length in periods)
        ),
        upkeep=named("Upkeep in a year", tuning_upkeep_cost(i, first_month.owned) * months(YEAR)),
        retrainings=count,
        retraining=named("Retraining in a year", before.retraining * count),
    )


@dataclass(frozen=True)
class TuningHours:
    """People's hours in the first 12 months, by what they go into."""

    prompt: Number
    setup: Number
    examples: Number
    upkeep: Number
    retraining: Number


def tuning_hours_of_year(i: Inputs) -> TuningHours:
    """The hours behind people's part of the start and of 12 months, on the machines that were asked for."""
    making, grading = tuning_example_hours(i), tuning_grading_hours(i)
    again = (making + i.setup_hours) * i.retrain_labor + grading * smallest(1, i.evaluations)
    return TuningHours(
        prompt=i.prompt_hours,
        setup=i.setup_hours,
        examples=making + grading * i.evaluations,
        upkeep=tuning_watching_hours(i, i.hosting == "owned") * YEAR,
        retraining=again * retraining_count(i, i.offer, YEAR),
    )


def sum_over_tuning_year(amounts: Iterable[Number]) -> Number:
    """The sum of one amount or more, without an idle zero in front."""
    first, *rest = amounts
    for amount in rest:
        first = first + amount
    return first
