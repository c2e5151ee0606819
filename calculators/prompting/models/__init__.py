"""Which model is cheapest for the same work.

Every model with a price does the same month of work: its own tokenizer, its own cache and batch prices, its own limits.
Price is all that is compared; whether the cheapest is good enough, only a test of your own can say.
"""

from __future__ import annotations

from calculators.domain.billing import bill
from calculators.engine.declare import bars, calculator, later
from calculators.engine.numbers import named
from calculators.prompting.models.cheapest import CheapestModel
from calculators.prompting.models.inputs import EXAMPLES, Inputs
from calculators.prompting.models.notes import prompting_model_remarks
from calculators.prompting.models.outputs import Outputs
from calculators.prompting.models.request import model_choice_paid_requests, model_choice_prompt, model_choice_sending
from calculators.prompting.models.tables import prompting_model_ranking, prompting_models_side_by_side_table

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "prompting_model_choice"]


NOT_COUNTED = (
    "Whether another model does the work as well.",
    "Taxes, discounts, surcharges for a region or for priority, and tools that a provider charges by the call.",
    "Images, sound and video.",
)


@calculator(chart=bars(output="models", by="model", column="cost", title="Cost a month of the same work"))
def prompting_model_choice(i: Inputs) -> Outputs:
    """The work priced on the reader's model, on the cheapest that may do it, and on all of them.

    1,000 requests of 2,000 tokens in and 500 out, at $2 and $10 a million:

    >>> model = dict(input=2, output=10)
    >>> prompting_model_choice(sample(Inputs, requests=1000, user_text=2000, answer=500, model=model)).per_month == 9
    True
    """
    paid = model_choice_paid_requests(i)
    per_request = named("Your model, one request", bill(i.model, model_choice_prompt(i), model_choice_sending(i)).total)
    per_month = named("Your model costs a month", per_request * paid)
    cheapest = CheapestModel(i, paid, per_month)
    return Outputs(
        per_month=per_month,
        cheapest=later(lambda: cheapest.judgement),
        cheapest_per_month=later(lambda: cheapest.month),
        next_costs=later(lambda: cheapest.next_costs),
        saving=later(lambda: cheapest.saving),
        saving_per_year=later(lambda: cheapest.saving_per_year),
        payback=later(lambda: cheapest.payback),
        per_request=per_request,
        side_by_side=later(lambda: prompting_models_side_by_side_table(i, paid)),
        models=later(lambda: prompting_model_ranking(i, paid, per_month)),
        notes=later(lambda: prompting_model_remarks(i, cheapest)),
    )
