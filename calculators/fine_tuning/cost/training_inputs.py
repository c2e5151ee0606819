"""What a training asks: the work of the model, the examples and who makes them, and the training itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from calculators.domain import questions
from calculators.domain.records import TuningOffer
from calculators.domain.units import EXAMPLE_COUNT, MINUTES
from calculators.engine.declare import choice, number, share
from calculators.engine.numbers.units import HOUR, ONE, TOKENS, USD_PER_HOUR, USD_PER_MTOK, counted_unit

grader_tokens = partial(
    number,
    unit=TOKENS,
    low=0,
    high=10**15,
    default=0,
    because="no model grades during the training",
    group="Training by the hour",
    folded=True,
)
grader_price = partial(number, unit=USD_PER_MTOK, low=0, high=10**6, group="Training by the hour", folded=True)


@dataclass(frozen=True, kw_only=True)
class TrainingInputs:
    """The work, the training set and who makes it, and the training."""

    requests: Decimal = questions.requests(group="Workload", help="Each call to the tuned model counts.")
    repeated: Decimal = questions.repeated(group="Serving", folded=True)
    instructions: Decimal = questions.instructions(
        group="Workload",
        default=100,
        because="a few sentences: examples and format rules have moved into the model",
        help="What every request still says first.",
    )
    context: Decimal = questions.context(group="Workload", help="")
    user_text: Decimal = questions.user_text(group="Workload")
    answer: Decimal = questions.answer(group="Workload")
    examples: Decimal = questions.training_examples(
        group="What it learns from", because="a usual middle between fifty, where it begins to show, and some thousands"
    )
    new_share: Decimal = share(
        "Examples still to be made",
        default=1,
        because="nothing has been collected yet",
        group="Examples and labor",
        folded=True,
        only_if=("people", "yes"),
        help="The rest exists and can be used as it is.",
    )
    minutes_per_example: Decimal = number(
        "Minutes for a new example",
        MINUTES,
        low=0,
        high=10_000,
        default="assumptions:minutes-per-example",
        group="Examples and labor",
        folded=True,
        only_if=("people", "yes"),
    )
    setup_hours: Decimal = number(
        "Set-up",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:tuning-setup-hours",
        group="Examples and labor",
        folded=True,
        only_if=("people", "yes"),
        help="Everything before the first answer but the examples: data, training, serving.",
    )
    prompt_hours: Decimal = questions.prompt_hours(
        group="Examples and labor",
        folded=True,
        only_if=("people", "yes"),
        help="The prompt that the tuned model has to beat, and what is left of it afterwards.",
    )
    labor_rate: Decimal = questions.labor_rate(group="Examples and labor", folded=True, only_if=("people", "yes"))
    people: bool = questions.people(group="Examples and labor", folded=True)
    offer: TuningOffer = questions.offer(
        group="What it learns from", because="a small open-weight model with dated prices that anybody can still train"
    )
    training_on: str = choice(
        "Training on",
        {"provider": "provider's machines", "gpus": "rented GPUs"},
        default="provider",
        because="nothing to install, and paid by the token",
        group="Training",
        folded=True,
    )
    tokens_per_example: Decimal = questions.training_example_tokens(
        group="What it learns from",
        because="instructions, a question and an answer, about 750 English words",
        help="On average, without those that are longer than the limit.",
    )
    max_tokens: Decimal = number(
        "Maximum length of an example",
        TOKENS,
        low=1,
        high=10**8,
        default=8192,
        group="Training",
        folded=True,
        because="a limit that many training settings begin with",
        help="Longer examples are cut there, and what is cut is not billed.",
    )
    truncated: Decimal = share(
        "Examples longer than that",
        default=0,
        because="none is cut",
        group="Training",
        folded=True,
        help="They count with the maximum length.",
    )
    epochs: Decimal = questions.epochs(
        group="Training",
        folded=True,
        low=1,
        because="what OpenAI's service took by default for a few hundred examples",
        help="How often the training goes through all examples.",
    )
    runs: Decimal = number(
        "Training runs",
        counted_unit("run"),
        low=1,
        high=10_000,
        default="assumptions:tuning-runs",
        group="Training",
        folded=True,
        help="Those that finish, runs that try other settings included. Each is paid for.",
    )
    failed_runs: Decimal = number(
        "Runs that fail",
        counted_unit("run"),
        low=0,
        high=10_000,
        default="assumptions:failed-runs",
        group="Training",
        folded=True,
        help="They end early and give no model. On rented GPUs the hours until then are paid; of the providers, some "
        "bill them and some do not. Where we do not know, they count as billed.",
    )
    failed_run_part: Decimal = share(
        "Part of a run that is done when it fails",
        default="assumptions:failed-run-part",
        group="Training",
        folded=True,
        only_if=("failed_runs", "> 0"),
    )
    validation_examples: Decimal = number(
        "Validation examples",
        EXAMPLE_COUNT,
        low=0,
        high=10**9,
        default=50,
        group="Training",
        folded=True,
        because="a tenth of the training examples, kept aside to watch the training",
    )
    validations: Decimal = number(
        "Passes over the validation examples",
        ONE,
        low=0,
        high=10**6,
        default=3,
        group="Training",
        folded=True,
        because="one after each epoch",
        help="In each run. Some providers bill these tokens, some do not.",
    )
    training_hours: Decimal = number(
        "Hours of a training run",
        HOUR,
        low=0,
        high=10**6,
        default=2,
        group="Training by the hour",
        folded=True,
        because="a few hundred examples on one GPU take minutes; loading and saving take the rest",
        help="Counts where training is paid by the hour: reinforcement tuning, and rented GPUs.",
    )
    training_gpus: Decimal = number(
        "GPUs rented for training",
        counted_unit("GPU"),
        low=1,
        high=10**5,
        default=1,
        whole=True,
        group="Training by the hour",
        folded=True,
        only_if=("training_on", "gpus"),
        because="a small model fits on one while a part of it, an adapter, is trained",
    )
    gpu_rent: Decimal = number(
        "Rent of a GPU for training",
        USD_PER_HOUR,
        low=0,
        high=10_000,
        default="gpus:h100-sxm#rent",
        group="Training by the hour",
        folded=True,
        only_if=("training_on", "gpus"),
    )
    grader_input_tokens: Decimal = grader_tokens(
        "Grader's input tokens in a run",
        help="Reinforcement tuning lets a model grade the answers. Its tokens are billed on top of the hours.",
    )
    grader_output_tokens: Decimal = grader_tokens("Grader's output tokens in a run")
    grader_input_price: Decimal = grader_price(
        "Grader's input price", default="prices:openai/gpt-6.1-terra#input", only_if=("grader_input_tokens", "> 0")
    )
    grader_output_price: Decimal = grader_price(
        "Grader's output price", default="prices:openai/gpt-6.1-terra#output", only_if=("grader_output_tokens", "> 0")
    )
