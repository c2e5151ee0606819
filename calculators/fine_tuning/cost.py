"""What fine-tuning costs.

First the labor for examples and set-up, the training runs and their evaluation; then, month by month, hosting or
tokens, watching and retraining. Training itself is seldom the large part: people's time and a GPU that never sleeps
are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Column,
    Table,
    amount,
    calculator,
    choice,
    day,
    every,
    example,
    findings,
    later,
    number,
    pick,
    share,
    table,
)
from calculators.engine.numbers import choose, either_of, months, named, quotient
from calculators.engine.plans import Plan
from calculators.engine.records import TOKENS_PER_SECOND, Gpu, TuningOffer
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
    USD_PER_MTOK,
    USD_PER_REQUEST,
    count,
)
from calculators.fine_tuning._cost_tables import breakdown, ranking, remarks
from calculators.fine_tuning._expenses import MINUTE, Serving, is_scheduled, retires_in, serving
from calculators.fine_tuning._year import YEAR, chosen, in_a_month, start, upkeep, year

EXAMPLES_UNIT = count("example")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The work, the training set and who makes it, the training, and how the tuned model is served and kept."""

    requests: Decimal = number(
        "Requests a month", REQUESTS_PER_MONTH, low=0, high=10**12, default=50_000, group="Workload",
        because="about 1,600 a day, a help desk of medium size",
        help="Each call to the tuned model counts.",
    )  # fmt: skip
    repeated: Decimal = share(
        "Repeated or failed", default="assumptions:repeated-requests", group="Workload",
        help="Requests sent again after a failure or a bad answer. They are paid for as well.",
    )  # fmt: skip
    instructions: Decimal = number(
        "Fixed instructions", TOKENS, low=0, high=10**9, default=100, group="Workload",
        because="a few sentences: examples and format rules have moved into the model",
        help="What every request still says first.",
    )  # fmt: skip
    context: Decimal = number(
        "Retrieved or pasted context", TOKENS, low=0, high=10**9, default=0, group="Workload",
        because="no retrieval",
    )  # fmt: skip
    user_text: Decimal = number(
        "The user's text", TOKENS, low=0, high=10**9, default=150, group="Workload", because="about a hundred words",
    )  # fmt: skip
    answer: Decimal = number(
        "Answer", TOKENS, low=0, high=10**9, default=300, group="Workload", because="two or three paragraphs",
    )  # fmt: skip
    examples: Decimal = number(
        "Training examples", EXAMPLES_UNIT, low=0, high=10**9, default=500, group="Examples and labor",
        because="a usual middle between fifty, where it begins to show, and some thousands",
    )  # fmt: skip
    new_share: Decimal = share(
        "Examples still to be made", default=1, because="nothing has been collected yet", group="Examples and labor",
        help="The rest exists and can be used as it is.",
    )  # fmt: skip
    minutes_per_example: Decimal = number(
        "Minutes for a new example", MINUTE, low=0, high=10_000, default="assumptions:minutes-per-example",
        group="Examples and labor",
    )  # fmt: skip
    setup_hours: Decimal = number(
        "Set-up", HOUR, low=0, high=10**6, default="assumptions:tuning-setup-hours", group="Examples and labor",
        help="Everything before the first answer but the examples: data, training, serving.",
    )  # fmt: skip
    labor_rate: Decimal = number(
        "Rate of labor", USD_PER_HOUR, low=0, high=10_000, default="assumptions:labor-rate",
        group="Examples and labor",
    )  # fmt: skip
    offer: TuningOffer = pick(
        "tuning", label="Model to tune", default="tinker/qwen3-8b", group="Training",
        because="a small open-weight model with dated prices that anybody can still train",
    )  # fmt: skip
    training_on: str = choice(
        "Training on", {"provider": "provider's machines", "gpus": "rented GPUs"},
        default="provider", because="nothing to install, and paid by the token", group="Training",
    )  # fmt: skip
    tokens_per_example: Decimal = number(
        "Tokens in an example", TOKENS, low=0, high=10**8, default=1000, group="Training",
        because="instructions, a question and an answer, about 750 English words",
        help="On average, without those that are longer than the limit.",
    )  # fmt: skip
    max_tokens: Decimal = number(
        "Maximum length of an example", TOKENS, low=1, high=10**8, default=8192, group="Training",
        because="a limit that many training settings begin with",
        help="Longer examples are cut there, and what is cut is not billed.",
    )  # fmt: skip
    truncated: Decimal = share(
        "Examples longer than that", default=0, because="none is cut", group="Training",
        help="They count with the maximum length.",
    )  # fmt: skip
    epochs: Decimal = number(
        "Epochs", count("epoch"), low=1, high=1000, default=3, group="Training",
        because="what OpenAI's service took by default for a few hundred examples",
        help="How often the training goes through all examples.",
    )  # fmt: skip
    runs: Decimal = number(
        "Training runs", count("run"), low=1, high=10_000, default="assumptions:tuning-runs", group="Training",
        help="Failed runs and other settings tried. Each is paid for.",
    )  # fmt: skip
    validation_examples: Decimal = number(
        "Validation examples", EXAMPLES_UNIT, low=0, high=10**9, default=50, group="Training",
        because="a tenth of the training examples, kept aside to watch the training",
    )  # fmt: skip
    validations: Decimal = number(
        "Passes over the validation examples", ONE, low=0, high=10**6, default=3, group="Training",
        because="one after each epoch",
        help="In each run. Some providers bill these tokens, some do not.",
    )  # fmt: skip
    training_hours: Decimal = number(
        "Hours of a training run", HOUR, low=0, high=10**6, default=2, group="Training by the hour",
        because="a few hundred examples on one GPU take minutes; loading and saving take the rest",
        help="Counts where training is paid by the hour: reinforcement tuning, and rented GPUs.",
    )  # fmt: skip
    training_gpus: Decimal = number(
        "GPUs rented for training", count("GPU"), low=1, high=10**5, default=1, whole=True,
        group="Training by the hour", because="adapters of a small model fit on one",
    )  # fmt: skip
    gpu_rent: Decimal = number(
        "Rent of a training GPU", USD_PER_HOUR, low=0, high=10_000, default="gpus:h100-sxm#rent",
        group="Training by the hour",
    )  # fmt: skip
    grader_input_tokens: Decimal = number(
        "Grader's input tokens in a run", TOKENS, low=0, high=10**15, default=0, group="Training by the hour",
        because="no model grades during the training",
        help="Reinforcement tuning lets a model grade the answers. Its tokens are billed on top of the hours.",
    )  # fmt: skip
    grader_output_tokens: Decimal = number(
        "Grader's output tokens in a run", TOKENS, low=0, high=10**15, default=0, group="Training by the hour",
        because="no model grades during the training",
    )  # fmt: skip
    grader_input_price: Decimal = number(
        "Grader's input price", USD_PER_MTOK, low=0, high=10**6, default="prices:openai/gpt-6.1-terra#input",
        group="Training by the hour",
    )  # fmt: skip
    grader_output_price: Decimal = number(
        "Grader's output price", USD_PER_MTOK, low=0, high=10**6, default="prices:openai/gpt-6.1-terra#output",
        group="Training by the hour",
    )  # fmt: skip
    test_examples: Decimal = number(
        "Test cases", count("case"), low=0, high=10**7, default=200, group="Evaluation",
        because="about as many as it takes to tell 80 from 90 percent right",
    )  # fmt: skip
    evaluations: Decimal = number(
        "Evaluations", count("evaluation"), low=0, high=10_000, default=4, group="Evaluation",
        because="each of the three runs, and what you have today",
        help="How often all test cases are answered and graded before the start.",
    )  # fmt: skip
    grading_minutes: Decimal = number(
        "Minutes to grade an answer", MINUTE, low=0, high=10_000, default="assumptions:grading-minutes",
        group="Evaluation",
    )  # fmt: skip
    hosting: str = choice(
        "Served", {"dedicated": "on a GPU of its own", "serverless": "by the token"}, default="dedicated",
        because="most providers serve a tuned model in no other way", group="Serving",
    )  # fmt: skip
    gpu: Gpu = pick(
        "gpus", label="Serving GPU", default="l40s", group="Serving",
        because="the cheapest listed GPU whose serving speed was measured",
        help="Its measured speed counts also where the provider rents the machine out.",
    )  # fmt: skip
    peak_factor: Decimal = number(
        "Busiest hour against the average", ONE, low=1, high=1000, default="assumptions:peak-factor", group="Serving",
        help="Machines are rented for the busiest hour.",
    )  # fmt: skip
    prompt_tokens_as_answer: Decimal = number(
        "Prompt tokens that take as long as an answer token", ONE, low="0.1", high=10_000,
        default="assumptions:prompt-tokens-as-answer", group="Serving",
    )  # fmt: skip
    found_cached: Decimal = share(
        "Requests that find the prefix cached", default="assumptions:prefix-found-cached", group="Serving",
        help="Counts only by the token, where the provider has a cached price.",
    )  # fmt: skip
    upkeep_hours: Decimal = number(
        "Watching and upkeep in a month", HOUR, low=0, high=10**5, default="assumptions:tuning-upkeep-hours",
        group="Upkeep",
    )  # fmt: skip
    retrain_months: Decimal = number(
        "Months between retrainings", MONTH, low=0, high=1200, default=6, whole=True, group="Upkeep",
        because="twice a year: products, rules and wordings change, the weights do not", help="0 is never.",
    )  # fmt: skip
    retrain_labor: Decimal = share(
        "Labor of a retraining", default="assumptions:retraining-labor", group="Upkeep",
        help="As a share of the first labor. One run and one evaluation come on top.",
    )  # fmt: skip
    as_of: str = day("Prices as of", group="Upkeep", help="Prices in force on that day.")
    market: tuple[TuningOffer, ...] = every("tuning")


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The first year, what is paid before the start, what each month costs after it, and what other offers cost."""

    first_year: Decimal = amount(
        "Cost of the first year", USD, headline=True, help="The start and 12 months, retraining included."
    )
    upfront: Decimal = amount("Cost before the start", USD, help="Labor, all training runs, and their evaluation.")
    per_month: Decimal = amount(
        "Cost a month", USD_PER_MONTH, help="Hosting, tokens, upkeep and retraining, an average of the first 12 months."
    )
    labor: Decimal = amount("Labor before the start", USD, help="For examples and set-up.")
    training_cost: Decimal = amount("Training", USD, help="All runs.")
    evaluation_cost: Decimal = amount("Evaluation", USD, help="Test answers and the people who grade them.")
    hosting_per_month: Decimal = amount("Hosting", USD_PER_MONTH, help="Day and night, needed or not.")
    inference_per_month: Decimal = amount("Tokens", USD_PER_MONTH, help="Nothing where a GPU of its own serves.")
    upkeep_per_month: Decimal = amount("Watching and upkeep", USD_PER_MONTH)
    retraining_per_year: Decimal = amount("Retraining in the first year", USD)
    per_request: Decimal | None = amount(
        "Cost of one request", USD_PER_REQUEST, help="The cost a month divided by the requests; none without requests."
    )
    replicas: Decimal = amount("Replicas", ONE, help="GPUs that serve the peak; none where tokens are bought.")
    training_tokens: Decimal = amount("Training tokens of one run", TOKENS, help="Without validation.")
    inference_per_request: Decimal = amount("Tokens of one request", USD_PER_REQUEST, detail=True)
    cost_per_run: Decimal = amount("Cost of one training run", USD, detail=True)
    validation_tokens: Decimal = amount("Validation tokens of one run", TOKENS, detail=True, help="Billed or not.")
    retraining_cost: Decimal = amount("Cost of one retraining", USD, detail=True)
    retrainings: Decimal = amount("Retrainings in the first year", ONE, detail=True)
    peak_tokens_per_second: Decimal = amount("Answer tokens a second at the peak", TOKENS_PER_SECOND, detail=True)
    fewest_replicas: Decimal = amount(
        "Replicas at the faster measured speed", ONE, detail=True, help="The answer counts with the slower one."
    )
    average_load: Decimal | None = amount(
        "Average load of the GPUs", SHARE, detail=True, help="Of what they could answer at the slower speed."
    )
    breakdown: Table = table(
        "Where the money of the first year goes",
        Column("part", "Part"),
        Column("cost", "In the first year", USD),
        Column("share", "Share", SHARE),
    )
    offers: Table = table(
        "The same work with every offer",
        Column("offer", "Offer"),
        Column("training", "A training run", USD),
        Column("month", "Hosting and tokens", USD_PER_MONTH),
        Column("year", "First year", USD),
        Column("served", "Served"),
        Column("remark", "Remark"),
        help="Those that take new customers come first. Token counts are taken as they are for every model.",
    )
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("A support bot on a GPU of its own", requests="50k", examples=500, instructions=100, user_text=150,
            answer=300),
    example("Sorting tickets, by the token", requests="400k", instructions=60, user_text=200, answer=8, examples=1000,
            tokens_per_example=270, minutes_per_example=1, grading_minutes=0, hosting="serverless"),
    example("Drafts at high volume", requests="6M", instructions=100, user_text=400, answer=600, examples=2000,
            gpu="h100-sxm", retrain_months=3, upkeep_hours=16),
    example("Every weight trained on eight rented GPUs", examples=20_000, new_share="0%", tokens_per_example=2000,
            epochs=1, training_on="gpus", training_hours=9, training_gpus=8, gpu_rent="1.59", runs=5, setup_hours=120,
            gpu="a100-80"),
    example("A customer of OpenAI, until January 2027", offer="openai/gpt-4.1-mini", hosting="serverless",
            requests="200k", instructions=120),
]  # fmt: skip


def plan(i: Inputs, months: int = YEAR, volumes: Sequence[Any] | None = None) -> Plan:
    """Fine-tuning as a plan: labor, training and evaluation first, then hosting, upkeep and retraining by month.

    `volumes` are the requests of each month where they grow, because more requests need more replicas.
    """
    asked = [i.requests] * months if volumes is None else list(volumes)
    way = chosen(i)
    served: dict[tuple[int, int, int], Serving] = {}
    in_months = []
    for month, requests in enumerate(asked):
        its = way.in_month(month)
        key = (id(its.offer), id(its.gpu), id(requests))
        if key not in served:
            served[key] = serving(i, its, requests)
        in_months.append(served[key])
    begin, watching = start(i, way, in_months[0].answering), upkeep(i)
    quiet = {id(it): named("A month without retraining", it.hosting + watching) for it in in_months}
    again = {id(it): named("A month with retraining", quiet[id(it)] + in_a_month(begin.retraining)) for it in in_months}
    paid = {id(it): named("A request, repeats included", it.request * (1 + i.repeated)) for it in in_months}
    stops = retires_in(i.as_of, i.offer, months)
    return Plan(
        name=f"Fine-tuning {i.offer.name}",
        start=begin.total,
        fixed=tuple(
            choose(either_of(month == stops, is_scheduled(i, month)), again[id(it)], quiet[id(it)])
            for month, it in enumerate(in_months)
        ),
        per_request=tuple(paid[id(it)] for it in in_months),
    )


@calculator()
def tuning_cost(i: Inputs) -> Outputs:
    """The start and the first 12 months.

    >>> 2000 * 512 * 3                                             # examples, tokens in each, epochs
    3072000
    >>> Decimal(100_000) * 3 * 8 / 10**6                           # three epochs of 100,000 tokens at $8 a million
    Decimal('2.4')
    """
    whole = year(i, chosen(i))
    begin, now = whole.begin, whole.now
    per_month = named("Cost a month", whole.running / months(YEAR))
    first_year = named("First year", whole.total)
    return Outputs(
        first_year=first_year,
        upfront=begin.total,
        per_month=per_month,
        labor=begin.labor.total,
        training_cost=begin.runs,
        evaluation_cost=begin.evaluation,
        hosting_per_month=now.hosting,
        inference_per_month=now.request * named("Requests paid for", i.requests * (1 + i.repeated)),
        upkeep_per_month=upkeep(i),
        retraining_per_year=whole.retraining,
        per_request=quotient(per_month, i.requests, None),
        replicas=now.replicas,
        training_tokens=begin.training.tokens,
        inference_per_request=now.request,
        cost_per_run=begin.training.run,
        validation_tokens=begin.training.validation,
        retraining_cost=begin.retraining,
        retrainings=whole.retrainings,
        peak_tokens_per_second=now.peak,
        fewest_replicas=now.fewest,
        average_load=now.load,
        breakdown=later(lambda: breakdown(whole, first_year)),
        offers=later(lambda: ranking(i, whole)),
        notes=later(lambda: remarks(i, whole)),
    )
