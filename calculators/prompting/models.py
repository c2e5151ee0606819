"""Which model is cheapest for the same work.

Every model with a price does the same month of work: its own tokenizer, its own cache and batch prices, its own limits.
Price is all that is compared; whether the cheapest is good enough, only a test of your own can say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.engine.billing import Prompt, Sending, bill
from calculators.engine.declare import (
    Column,
    Judgement,
    Table,
    among,
    amount,
    bars,
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
    verdict,
    yes_no,
)
from calculators.engine.facts import months_between
from calculators.engine.numbers import (
    ascending,
    both,
    choose,
    either_of,
    known,
    known_or,
    named,
    note,
    opposite,
    plain,
    quotient,
    untraced,
    when,
)
from calculators.engine.records import ModelPrice
from calculators.engine.traced import Constant
from calculators.engine.units import (
    HOUR,
    MONTH,
    ONE,
    REQUESTS_PER_MONTH,
    TOKENS,
    USD,
    USD_PER_HOUR,
    USD_PER_MONTH,
    USD_PER_MTOK,
    USD_PER_REQUEST,
)
from calculators.prompting.shared import Offer, offer, offers, plan_for


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The work, the model that does it now, and which models may take its place."""

    requests: Decimal = number(
        "Requests a month", REQUESTS_PER_MONTH, low=0, high=10**12, default=50_000, group="The work",
        because="about 1,600 a day, a help desk of medium size",
        help="Each call to the model counts, also each turn of a conversation.",
    )  # fmt: skip
    repeated: Decimal = share(
        "Repeated or failed", default="assumptions:repeated-requests", group="The work",
        help="Requests sent again after a failure or a bad answer. They are paid for as well.",
    )  # fmt: skip
    instructions: Decimal = number(
        "Instructions and examples", TOKENS, low=0, high=10**9, default=1550, group="The work",
        because="a system prompt of about 600 English words and three short examples",
        help="What every request says first. It is the part that can be read from a cache.",
    )  # fmt: skip
    context: Decimal = number(
        "Retrieved or pasted context", TOKENS, low=0, high=10**9, default=0, group="The work", because="no retrieval",
        help="Text that differs with each request, so it is never read from the cache.",
    )  # fmt: skip
    user_text: Decimal = number(
        "The user's text", TOKENS, low=0, high=10**9, default=150, group="The work", because="about a hundred words",
    )  # fmt: skip
    answer: Decimal = number(
        "Answer", TOKENS, low=0, high=10**9, default=300, group="The work", because="two or three paragraphs",
        help="With a reasoning model, add its hidden reasoning: it is billed as output.",
    )  # fmt: skip
    caching: bool = yes_no(
        "Prompt caching", default=True, group="How it is sent",
        because="providers cache a long enough prefix by themselves or on request",
    )  # fmt: skip
    found_cached: Decimal = share(
        "Requests that find the prefix cached", default="assumptions:prefix-found-cached", group="How it is sent",
        help="A cached prefix expires after some minutes without a request. The others write it anew.",
    )  # fmt: skip
    batch: bool = yes_no(
        "Batch", default=False, group="How it is sent", because="someone waits for the answer",
        help="Answers come within a day instead of at once, at a lower price where the provider has one.",
    )  # fmt: skip
    model: ModelPrice = pick(
        "prices", label="Model you use now", default="openai/gpt-6.1-sol", group="Model and prices",
        because="a general-purpose model from the middle of its maker's range",
        help="Token counts are taken as this model's own.",
    )  # fmt: skip
    as_of: str = day("Prices as of", group="Model and prices", help="Prices in force on that day.")
    provider: str = among(
        "prices", label="Provider", group="Which models may do it", help="Only models sold by this provider."
    )
    context_window: Decimal = number(
        "Context window of at least", TOKENS, low=0, high=10**9, default=0, group="Which models may do it",
        because="the prompt itself decides; a longer one may come",
        help="Models whose window is not known are left out once you ask for one.",
    )  # fmt: skip
    batch_only: bool = yes_no(
        "Only with a batch price", default=False, group="Which models may do it", because="the work is not a batch",
    )  # fmt: skip
    served: Decimal = number(
        "Served for at least", MONTH, low=0, high=60, default=0, whole=True, group="Which models may do it",
        because="any model that is served today",
        help="Leaves out models whose maker has announced an earlier end.",
    )  # fmt: skip
    sort: str = choice(
        "Sort by",
        {
            "cost": "cost of the work", "input": "input price", "output": "output price",
            "context_window": "context window", "retirement": "announced end",
        },
        default="cost", because="the question is what the work costs", group="Which models may do it",
    )  # fmt: skip
    switching_hours: Decimal = number(
        "Work to switch", HOUR, low=0, high=10_000, default=16, group="Which models may do it",
        because="two days to adapt the prompt, run the test set and watch the first week",
    )  # fmt: skip
    labor_rate: Decimal = number(
        "Rate of that work", USD_PER_HOUR, low=0, high=10_000, default="assumptions:labor-rate",
        group="Which models may do it",
    )  # fmt: skip
    market: tuple[ModelPrice, ...] = every("prices")


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What the work costs now, where it costs least, and what every other model would charge for it."""

    per_month: Decimal = amount("Your model costs a month", USD_PER_MONTH, headline=True)
    cheapest: Judgement = verdict("Cheapest model for this work")
    cheapest_per_month: Decimal | None = amount("The cheapest costs a month", USD_PER_MONTH)
    saving: Decimal | None = amount("A switch saves a month", USD_PER_MONTH)
    saving_per_year: Decimal | None = amount(
        "A switch saves in 12 months", USD, help="With announced price changes, after paying for the work to switch."
    )
    payback: Decimal | None = amount(
        "The switch is paid back after", MONTH, help="Nothing where a switch saves nothing."
    )
    per_request: Decimal = amount("Your model, one request", USD_PER_REQUEST, detail=True)
    models: Table = table(
        "The same work on every model",
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("cost", "A month", USD_PER_MONTH),
        Column("against", "Against yours", USD_PER_MONTH),
        Column("input", "Input price", USD_PER_MTOK),
        Column("output", "Output price", USD_PER_MTOK),
        Column("context_window", "Context window", TOKENS),
        Column("tokens", "Token factor", ONE),
        Column("batch", "Batch"),
        Column("retires", "Announced end"),
        Column("remark", "Remark"),
        help="Tokens are converted by each model's factor, which its maker states against its own earlier models. "
        "A factor of 1 also stands where none is published.",
    )
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("A help desk", requests="50k", instructions=1550, user_text=150, answer=300),
    example("Answers from documents", requests="20k", instructions=1000, context="4k", user_text=60, answer=350),
    example("Sorting tickets by night", requests="400k", instructions=1800, user_text=200, answer=8, batch="yes",
            batch_only="yes", model="openai/gpt-6-luna"),
    example("Contracts of 200 pages, for the years to come", requests="2k", instructions=2000, context="120k",
            user_text=100, answer=1500, context_window="200k", served=24, model="anthropic/claude-opus-5-5"),
]  # fmt: skip


NONE = Constant(0, "tokens of a part that this calculator does not ask for", TOKENS)


def prompt(i: Inputs) -> Prompt:
    """The parts of the reader's prompt, in tokens."""
    return Prompt(
        instructions=i.instructions, examples=NONE, context=i.context, user_text=i.user_text,
        answer=i.answer, reasoning=NONE,
    )  # fmt: skip


def sent(i: Inputs) -> Sending:
    """How the prompt is sent: one turn each."""
    return Sending(caching=i.caching, found_cached=i.found_cached, batch=i.batch, turns=1)


def paid_for(i: Inputs) -> Any:
    """The requests that are paid for in a month."""
    return named("Requests paid for", i.requests * (1 + i.repeated))


def admitted(i: Inputs, model: ModelPrice) -> Any:
    """Whether a model may do the work, by its provider, window, batch price and announced end."""
    window: Any = known_or(model.context_window, 0)
    left: Any = whole_months(i.as_of, model.retires) if model.retires else None
    return both(
        either_of(i.provider == "any", i.provider == model.group),
        either_of(i.context_window == 0, window >= i.context_window),
        either_of(opposite(i.batch_only), known(model.batch_input)),
        i.served >= 0 if left is None else i.served <= left,
    )


def whole_months(first: str, second: str) -> int:
    """The months from one day to another that are over.

    >>> whole_months("2026-11-21", "2027-01-14")
    1
    """
    begun = months_between(first, second)
    return begun - 1 if second.rpartition("-")[2] < first.rpartition("-")[2] else begun


def candidates(i: Inputs) -> list[Offer]:
    """The work on every model that may do it, in the order asked for; inputs untraced."""
    market = tuple(model for model in i.market if plain(admitted(i, model)))
    found = offers(market, i.model, prompt(i), sent(i), paid_for(i), i.as_of)
    return ascending(found, key=lambda it: it.month)


def best(i: Inputs) -> ModelPrice | None:
    """The cheapest model that may do the work, with the numbers of this run; None where none may, or none has room."""
    ordered = candidates(untraced(i))
    if not ordered or ordered[0].month is None:
        return None
    id = ordered[0].model.id
    return i.model if id == i.model.id else next(model for model in i.market if model.id == id)


@calculator(chart=bars(of="models", by="model", value="cost", title="Cost a month of the same work"))
def model_choice(i: Inputs) -> Outputs:
    """The work priced on the reader's model, on the cheapest that may do it, and on all of them.

    >>> 1000 * (2000 * Decimal(2) + 500 * Decimal(10)) / 10**6      # 1,000 requests, $2 in and $10 out
    Decimal('9')
    """
    paid = paid_for(i)
    per_request = named("Your model, one request", bill(i.model, prompt(i), sent(i)).total)
    per_month = named("Your model costs a month", per_request * paid)
    other = Other(i, paid, per_month)
    return Outputs(
        per_month=per_month,
        cheapest=later(lambda: Judgement(other.name, ())),
        cheapest_per_month=later(lambda: other.month),
        saving=later(lambda: other.saving),
        saving_per_year=later(lambda: other.saving_per_year),
        payback=later(lambda: other.payback),
        per_request=per_request,
        models=later(lambda: ranking(i, paid, per_month)),
        notes=later(lambda: remarks(i, other)),
    )


class Other:
    """The cheapest model beside the reader's own; everything None where no model may do the work."""

    def __init__(self, i: Inputs, paid: Any, per_month: Any) -> None:
        self.i, self.paid, self.per_month = i, paid, per_month

    @cached_property
    def model(self) -> ModelPrice | None:
        """The cheapest model."""
        return best(self.i)

    @property
    def name(self) -> str:
        """What it is called, with its provider."""
        return f"{self.model.name} from {self.model.group}" if self.model else "none of the listed models may do it"

    @cached_property
    def month(self) -> Any:
        """What the work costs there a month (USD/month)."""
        if self.model is None:
            return None
        found = offer(self.model, self.i.model, prompt(self.i), sent(self.i), self.paid, self.i.as_of)
        return named("The cheapest costs a month", choose(admitted(self.i, self.model), found.month, None))

    @cached_property
    def saving(self) -> Any:
        """What a switch saves a month (USD/month)."""
        return None if self.model is None else self.per_month - self.month

    @cached_property
    def switch(self) -> Any:
        """What the switch itself costs, once (USD)."""
        return named("Work to switch", self.i.switching_hours * self.i.labor_rate)

    @cached_property
    def saving_per_year(self) -> Any:
        """What the switch saves in 12 months, announced prices and its own cost counted (USD)."""
        if self.model is None:
            return None
        i = self.i
        mine = plan_for(i.model, prompt(i), sent(i), i.repeated, 12)
        theirs = plan_for(self.model, prompt(i), sent(i), i.repeated, 12, i.model)
        return mine.total(i.requests) - theirs.total(i.requests) - self.switch

    @cached_property
    def payback(self) -> Any:
        """After how many months the saving has paid for the switch."""
        if self.model is None:
            return None
        return choose(self.saving > 0, quotient(self.switch, self.saving, None), None)


_SORTS: dict[str, Callable[[Offer], Any]] = {
    "cost": lambda it: it.month,
    "input": lambda it: it.model.input,
    "output": lambda it: it.model.output,
    "context_window": lambda it: None if plain(it.model.context_window) is None else -plain(it.model.context_window),
}


def ranking(i: Inputs, paid: Any, own_month: Any) -> Table:
    """The work on every model that may do it, in the order asked for."""
    bare = untraced(i)
    admitted_ids = {model.id for model in bare.market if admitted(bare, model)}
    market = [model for model in i.market if model.id in admitted_ids]
    found = list(offers(market, i.model, prompt(i), sent(i), paid, i.as_of))
    if bare.sort == "retirement":
        ordered = sorted(found, key=lambda it: (not it.model.retires, it.model.retires))
    else:
        ordered = ascending(found, key=_SORTS[bare.sort])
    rows = [
        (
            it.model.name,
            it.model.group,
            it.month,
            None if plain(it.month) is None else it.month - own_month,
            it.model.input,
            it.model.output,
            it.model.context_window,
            it.factor,
            when(known(it.model.batch_input), "yes", "no"),
            it.model.retires or "none",
            it.remark,
        )
        for it in ordered
    ]
    own_row = next((at for at, it in enumerate(ordered) if it.model.id == i.model.id), None)
    return Table(tuple(rows), own_row)


def remarks(i: Inputs, other: Other) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    bare = untraced(i)
    served = [model for model in bare.market if not "" < model.retires <= i.as_of]
    shown = sum(1 for model in served if admitted(bare, model))
    cheapest = other.model
    changes = "" if cheapest is None else " and ".join(later.since for month, later in cheapest.schedule if month < 12)
    return (
        note(
            shown < len(served),
            "Your conditions leave {shown} of {served} models.", shown=(Decimal(shown), ONE),
            served=(Decimal(len(served)), ONE),
        ),
        note(not admitted(bare, bare.model), f"{i.model.name}, which you use now, does not meet your own conditions."),
        note(
            cheapest is not None and cheapest.id == i.model.id,
            "You already use the cheapest model that meets your conditions.",
        ),
        note(
            known(bare.model.context_window)
            and bill(bare.model, prompt(bare), sent(bare)).whole > known_or(bare.model.context_window, 0),
            f"The prompt and its answer do not fit into the context window of {i.model.name}.",
        ),
        note(bool(changes), f"Prices of {other.name} are announced to change on {changes}."),
        note(
            cheapest is not None and cheapest.retires > i.as_of,
            f"{other.name} shuts down on {cheapest.retires if cheapest else ''}.",
        ),
        note(
            cheapest is not None and cheapest.id != i.model.id,
            "Price is all that is compared here. Run your own test set on the cheaper model before you switch.",
        ),
    )  # fmt: skip
