"""Training runs: their tokens and costs, and how often they are repeated.

Training follows the providers' own rule: tokens of the file × epochs, examples cut at a maximum length, plus the
validation file as often as it is run through where the provider bills it.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.records import TuningOffer
from calculators.engine.facts import months_between_days
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Condition,
    Number,
    ceil,
    choose,
    floor,
    known_or,
    months,
    named,
    quotient,
    smallest,
)
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.serving import TuningArrangement


@dataclass(frozen=True, slots=True)
class Training:
    """One training run: its tokens, the validation tokens beside them, and what it costs whole and where it fails."""

    tokens: Number
    validation: Number  # tokens
    run: Number  # USD
    failed: Number  # USD


def tuning_training_cost(i: Inputs, arrangement: TuningArrangement) -> Training:
    """One run, by the token, by the hour of a training loop, or on rented GPUs; grader tokens come on top.

    The average example counts with its length, at most the limit; the share that is longer counts with the limit.
    """
    offer = arrangement.offer
    fitting = (1 - i.truncated) * smallest(i.tokens_per_example, i.max_tokens)
    example = named("Tokens of an example, cut at the limit", fitting + i.truncated * i.max_tokens)
    tokens = named("Training tokens of a run", i.examples * example * i.epochs)
    validation = named("Validation tokens of a run", i.validation_examples * example * i.validations)
    bills = known_or(offer.bills_validation, 1)
    billed = named("Billed tokens of a run", tokens + choose(bills > 0, validation, 0))
    by_token = named("A run by the token", billed * known_or(offer.training, 0) / TOKENS_PER_MTOK)
    by_hour = named("A run by the hour", i.training_hours * known_or(offer.training_hour, 0))
    rented = named("A run on rented GPUs", i.training_hours * i.training_gpus * i.gpu_rent)
    graded = i.grader_input_tokens * i.grader_input_price + i.grader_output_tokens * i.grader_output_price
    grader = named("Grader tokens of a run", graded / TOKENS_PER_MTOK)
    run = named("One training run", choose(arrangement.rented, rented, by_token + by_hour) + grader)
    is_billed = choose(arrangement.rented, 1, known_or(offer.bills_failed, 1)) > 0
    return Training(
        tokens=tokens,
        validation=validation,
        run=run,
        failed=named("A run that fails", choose(is_billed, run * i.failed_run_part, 0 * run)),
    )


def retraining_cost(i: Inputs, labor: Number, run: Number, evaluation: Number) -> Number:
    """One retraining: a share of the first labor, one run, and one evaluation unless there is none at all (USD)."""
    return named("One retraining", labor * i.retrain_labor + run + evaluation * smallest(1, i.evaluations))


def retraining_labor(i: Inputs, labor: Number, grading: Number) -> Number:
    """People's part of one retraining: a share of the first labor, and the grading of one evaluation (USD)."""
    return named("People's part of a retraining", labor * i.retrain_labor + grading * smallest(1, i.evaluations))


def forced_retraining_month(as_of: str, offer: TuningOffer, horizon: int) -> int | None:
    """The month, 0 being the first, in which the base of the tuned model stops; None if not within the horizon."""
    if offer.retires <= as_of:
        return None
    month = months_between_days(as_of, offer.retires)
    return month if month < horizon else None


def is_retraining_scheduled(i: Inputs, month: int) -> Condition:
    """Whether a retraining every so many months falls into the month; the first month has none."""
    if month == 0:
        return False
    now, before = (quotient(months(count), i.retrain_months, 0) for count in (month, month - 1))
    return floor(now) > floor(before)


def retraining_count(i: Inputs, offer: TuningOffer, horizon: int) -> Number:
    """How many retrainings fall into the horizon: those planned, and one more where the base stops."""
    planned = ceil(quotient(months(horizon), i.retrain_months, 0)) - 1
    count = choose(i.retrain_months > 0, planned, 0)
    stops = forced_retraining_month(i.as_of, offer, horizon)
    if stops is not None:
        count = count + choose(is_retraining_scheduled(i, stops), 0, 1)
    return named("Retrainings", count)
