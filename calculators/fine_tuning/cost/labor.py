"""People's time: making examples, setting up, grading test answers, and watching the model."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.plans import plan_labor_rate, plan_monthly_labor
from calculators.domain.units import MINUTES_PER_HOUR
from calculators.engine.numbers import Condition, Number, choose, named
from calculators.fine_tuning.cost.inputs import Inputs


@dataclass(frozen=True, slots=True)
class TuningLabor:
    """People's time before the first answer."""

    prompt: Number  # USD
    examples: Number  # USD
    setup: Number  # USD

    @property
    def training(self) -> Number:
        """What is done for the training, and in part again for each later one."""
        return named("Labor for examples and set-up", self.examples + self.setup)

    @property
    def total(self) -> Number:
        """All of it together."""
        return named("Labor", self.prompt + self.training)


def tuning_labor_rate(i: Inputs) -> Number:
    """What an hour of people's work counts for (USD/hour)."""
    return plan_labor_rate(i.people, i.labor_rate)


def tuning_example_hours(i: Inputs) -> Number:
    """The hours to make what examples are new."""
    return named("Examples to make", i.examples * i.new_share) * i.minutes_per_example / MINUTES_PER_HOUR


def tuning_grading_hours(i: Inputs) -> Number:
    """The hours to grade the answers of one evaluation."""
    return i.test_examples * i.grading_minutes / MINUTES_PER_HOUR


def tuning_watching_hours(i: Inputs, owned: Condition) -> Number:
    """The hours of watching in a month, and of care for hardware that is `owned`."""
    return i.upkeep_hours + choose(owned, i.hardware_hours, 0)


def tuning_labor(i: Inputs) -> TuningLabor:
    """The prompt, new examples × minutes each, and the hours of setting up, at the rate of labor."""
    rate = tuning_labor_rate(i)
    return TuningLabor(
        prompt=named("Labor for the prompt", i.prompt_hours * rate),
        examples=named("Labor for examples", tuning_example_hours(i) * rate),
        setup=named("Labor for set-up", i.setup_hours * rate),
    )


def tuning_grading_cost(i: Inputs) -> Number:
    """People's part of one evaluation: every test answer graded (USD)."""
    return named("Grading", tuning_grading_hours(i) * tuning_labor_rate(i))


def tuning_evaluation_cost(i: Inputs, answering: Number) -> Number:
    """One evaluation: every test case answered and graded by a person (USD); `answering` is what one answer costs."""
    return named("One evaluation", i.test_examples * answering + tuning_grading_cost(i))


def tuning_upkeep_cost(i: Inputs, owned: Condition) -> Number:
    """The hours of watching, and of care for hardware that is `owned`, at the rate of labor (USD/month)."""
    return plan_monthly_labor(tuning_watching_hours(i, owned), tuning_labor_rate(i))
