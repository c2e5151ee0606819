"""What a model on machines of your own costs.

How many GPUs, how fast they are, what a month costs beside an API, and from which volume it pays. Memory says how many
requests a replica holds, a roofline how fast it reads prompts and writes answers, Erlang's formula how many replicas
keep waits short in the busiest hour. Shares of bandwidth and peak were fitted to published speeds.
"""

from __future__ import annotations

from calculators.domain.plans import plan_labor_rate
from calculators.domain.units import TOKEN
from calculators.engine.declare import bars, calculator, later
from calculators.engine.numbers import TOKENS_PER_MTOK, floor, named, quotient
from calculators.serving.self_hosting.costs import (
    hosting_api_request,
    hosting_busiest_factor,
    hosting_first_token,
    hosting_requests_a_second,
    hosting_upkeep,
)
from calculators.serving.self_hosting.inputs import EXAMPLES, Inputs
from calculators.serving.self_hosting.memory import hosting_prompt_tokens, hosting_served_weights
from calculators.serving.self_hosting.notes import self_hosting_remarks
from calculators.serving.self_hosting.outputs import Outputs
from calculators.serving.self_hosting.scenarios import hosting_scenarios
from calculators.serving.self_hosting.tables import hosting_at_once_table, hosting_gpu_table

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "self_hosting"]


NOT_COUNTED = (
    "Drafts by a smaller model, and models split over several computers.",
    "Storage, network, load balancers, a second region, and replicas in reserve for failures.",
)


@calculator(chart=bars(output="every_gpu", by="gpu", column="cost", title="A month of hosting, where the model fits"))
def self_hosting(i: Inputs) -> Outputs:
    """A month of the replicas that the busiest hour needs, beside what the API charges for the same requests.

    Eight billion weights of 2 bytes; a request keeps 1,000.5 tokens in one layer, two numbers of 2 bytes of each:

    >>> layer = dict(layers=1, hidden_size=1, intermediate_size=1, heads=1, key_value_heads=1, feed_forward=2)
    >>> shape = dict(parameters=8, vocabulary=1, embeddings=1, **layer)
    >>> given = dict(architecture=shape, weights="sixteen", user_text=1000, gpus=1, month_hours=730)
    >>> served = self_hosting(sample(Inputs, model=dict(input=1, output=1), **given))
    >>> served.weights, served.request_memory
    (Decimal('16'), Decimal('0.000004002'))
    """
    weights, api = hosting_served_weights(i), hosting_api_request(i, i.requests)
    found = hosting_scenarios(i, weights, i.gpu, api)
    likely, spread, room = found.likely_value, found.value_range, found.room
    tokens = named("Tokens in a month", i.requests * (hosting_prompt_tokens(i) * TOKEN + i.answer) / TOKENS_PER_MTOK)
    average, charged = hosting_requests_a_second(i), named("The API", api * i.requests)
    return Outputs(
        month=likely(lambda hosting: hosting.month),
        month_range=spread(lambda hosting: hosting.month),
        api_month=charged,
        pays_from=likely(lambda hosting: hosting.pays_from),
        pays_from_low=None if found.fast is None else found.fast.pays_from,
        pays_from_high=None if found.slow is None else found.slow.pays_from,
        per_mtok=likely(lambda hosting: quotient(hosting.month, tokens, None)),
        per_mtok_range=spread(lambda hosting: quotient(hosting.month, tokens, None)),
        api_per_mtok=quotient(charged, tokens, None),
        fit=found.fit,
        replicas=likely(lambda hosting: hosting.replicas),
        gpus=likely(lambda hosting: hosting.replicas * i.gpus),
        gpus_range=spread(lambda hosting: hosting.replicas * i.gpus),
        load=likely(lambda hosting: hosting.load),
        places=likely(lambda hosting: floor(hosting.places)),
        throughput=likely(lambda hosting: hosting.capacity * i.answer),
        throughput_range=spread(lambda hosting: hosting.capacity * i.answer),
        first_token=likely(lambda hosting: hosting_first_token(hosting.pace, hosting.places)),
        pace=likely(lambda hosting: i.answer / hosting.cycle),
        whole_answer=likely(lambda hosting: hosting.cycle),
        first_token_alone=likely(lambda hosting: hosting_first_token(hosting.pace, 1)),
        pace_alone=likely(lambda hosting: TOKEN / hosting.pace.step(1)),
        machines=likely(lambda hosting: hosting.machines),
        people=hosting_upkeep(i),
        setup=i.setup_hours * plan_labor_rate(i.people, i.labor_rate),
        weights=room.weights,
        adapters=room.adapters,
        request_memory=room.request,
        room=room.left,
        per_second=average,
        peak_per_second=average * hosting_busiest_factor(i),
        capacity=likely(lambda hosting: hosting.capacity),
        step=likely(lambda hosting: hosting.pace.step(hosting.places)),
        prompt_time=likely(lambda hosting: hosting.pace.prompt),
        at_once=later(lambda: hosting_at_once_table(i, found)),
        every_gpu=later(lambda: hosting_gpu_table(i, weights, api, found)),
        notes=later(lambda: self_hosting_remarks(i, found, api)),
    )
