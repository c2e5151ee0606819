"""What fine-tuning costs.

First the labor for examples and set-up, the training runs and their evaluation; then, month by month, hosting or
tokens, watching and retraining. Training itself is seldom the large part: people's time and a GPU that never sleeps
are.
"""

from __future__ import annotations

from calculators.engine.declare import calculator, later
from calculators.engine.numbers import months, named, quotient
from calculators.fine_tuning.cost.inputs import EXAMPLES, Inputs
from calculators.fine_tuning.cost.labor import tuning_upkeep_cost
from calculators.fine_tuning.cost.market.modes import cheapest_tuned_serving, tuning_cost_modes, tuning_serving_modes
from calculators.fine_tuning.cost.monthly_plan import tuning_plan as plan
from calculators.fine_tuning.cost.notes import tuning_cost_remarks
from calculators.fine_tuning.cost.outputs import Outputs
from calculators.fine_tuning.cost.serving import tuning_arrangement
from calculators.fine_tuning.cost.tables import tuning_cost_breakdown, tuning_cost_ranking
from calculators.fine_tuning.cost.year import YEAR, tuning_cost_of_year

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "fine_tuning_cost", "plan", "tuning_serving_modes"]


NOT_COUNTED = (
    "Storage of the tuned weights, taxes and discounts, and the time until a GPU has loaded the model.",
    "What the tuned model does worse than before.",
    "People's work that comes with every lever: contracts, security reviews, training for colleagues.",
)


@calculator()
def fine_tuning_cost(i: Inputs) -> Outputs:
    """The start and the first 12 months.

    Three epochs of 100 examples with 1,000 tokens each, at $8 a million:

    >>> file = dict(examples=100, tokens_per_example=1000, max_tokens=1000, epochs=3)
    >>> fine_tuning_cost(sample(Inputs, **file, offer=dict(training=8))).cost_per_run
    Decimal('2.4')
    """
    first = tuning_cost_of_year(i, tuning_arrangement(i))
    before, now = first.start, first.serving
    per_month = named("Cost a month", first.running / months(YEAR))
    first_year = named("First year", first.total)
    return Outputs(
        first_year=first_year,
        upfront=before.total,
        per_month=per_month,
        labor=before.labor.total,
        training_cost=before.runs,
        failed_cost=before.failed,
        evaluation_cost=before.evaluation,
        hosting_per_month=now.hosting,
        inference_per_month=now.request * named("Requests paid for", i.requests * (1 + i.repeated)),
        upkeep_per_month=tuning_upkeep_cost(i, now.owned),
        retraining_per_year=first.retraining,
        per_request=quotient(per_month, i.requests, None),
        replicas=now.replicas,
        training_tokens=before.training.tokens,
        inference_per_request=now.request,
        cost_per_run=before.training.run,
        validation_tokens=before.training.validation,
        retraining_cost=before.retraining,
        retrainings=first.retrainings,
        peak_tokens_per_second=now.peak,
        fewest_replicas=now.fewest,
        average_load=now.load,
        breakdown=later(lambda: tuning_cost_breakdown(first, first_year)),
        cheapest_serving=later(lambda: cheapest_tuned_serving(i)),
        modes=later(lambda: tuning_cost_modes(i, first)),
        offers=later(lambda: tuning_cost_ranking(i, first)),
        notes=later(lambda: tuning_cost_remarks(i, first)),
    )
