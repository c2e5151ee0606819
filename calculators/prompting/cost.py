"""What a prompt costs.

One request, a month, the year ahead, and the same work on every model. The price of a request is the sum of its
tokens, each at the price of its kind. A long-prompt tier is a cliff: one token over it re-prices the whole request. A
cached read, a cache write and a batch each have a price of their own; none is derived from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.billing import Bill, Prompt, Sending, bill, rates
from calculators.engine.declare import (
    Column,
    Table,
    amount,
    bars,
    calculator,
    day,
    every,
    example,
    findings,
    later,
    number,
    pick,
    share,
    table,
    yes_no,
)
from calculators.engine.numbers import (
    ascending,
    both,
    ceil,
    choose,
    known,
    known_or,
    largest,
    named,
    note,
    opposite,
    plain,
    quotient,
)
from calculators.engine.plans import Plan
from calculators.engine.records import ModelPrice
from calculators.engine.units import (
    ONE,
    REQUESTS,
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    TURNS,
    USD,
    USD_PER_MONTH,
    USD_PER_REQUEST,
    count,
)
from calculators.prompting.shared import offers, plan_for

YEAR_AHEAD = 12


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The workload, the parts of a prompt, how it is sent, and the model that reads it."""

    requests: Decimal = number(
        "Requests a month", REQUESTS_PER_MONTH, low=0, high=10**12, default=50_000, group="Workload",
        because="about 1,600 a day, a help desk of medium size",
        help="Each call to the model counts, also each turn of a conversation.",
    )  # fmt: skip
    repeated: Decimal = share(
        "Repeated or failed", default="assumptions:repeated-requests", group="Workload",
        help="Requests sent again after a failure or a bad answer. They are paid for as well.",
    )  # fmt: skip
    turns: Decimal = number(
        "Turns in a conversation", TURNS, low=1, high=1000, default=1, whole=True, group="Workload",
        because="one question, one answer",
        help="With each turn the earlier user text and answers are sent again.",
    )  # fmt: skip
    instructions: Decimal = number(
        "Fixed instructions", TOKENS, low=0, high=10**9, default=800, group="The prompt",
        because="a system prompt of about 600 English words",
        help="What every request says first: the system prompt, tool descriptions, format rules.",
    )  # fmt: skip
    examples: Decimal = number(
        "Examples", count("example"), low=0, high=10_000, default=3, group="The prompt",
        because="three to five examples are the usual start for few-shot prompting",
    )  # fmt: skip
    example_tokens: Decimal = number(
        "Tokens in an example", TOKENS, low=0, high=10**8, default=250, group="The prompt",
        because="a short question with its answer",
    )  # fmt: skip
    context: Decimal = number(
        "Retrieved or pasted context", TOKENS, low=0, high=10**9, default=0, group="The prompt",
        because="no retrieval",
        help="Text that differs with each request, so it is never read from the cache.",
    )  # fmt: skip
    user_text: Decimal = number(
        "The user's text", TOKENS, low=0, high=10**9, default=150, group="The prompt",
        because="about a hundred words",
    )  # fmt: skip
    answer: Decimal = number(
        "Answer", TOKENS, low=0, high=10**9, default=300, group="The answer",
        because="two or three paragraphs",
    )  # fmt: skip
    reasoning: Decimal = number(
        "Hidden reasoning", TOKENS, low=0, high=10**9, default=0, group="The answer",
        because="a model that answers at once",
        help="Reasoning models think in tokens that you do not see. They are billed as output.",
    )  # fmt: skip
    caching: bool = yes_no(
        "Prompt caching", default=True, group="How it is sent",
        because="providers cache a long enough prefix by themselves or on request",
        help="Instructions and examples come first, so the provider can keep them and charge less for reading them.",
    )  # fmt: skip
    found_cached: Decimal = share(
        "Requests that find the prefix cached", default="assumptions:prefix-found-cached", group="How it is sent",
        help="A cached prefix expires after some minutes without a request. The others write it anew.",
    )  # fmt: skip
    batch: bool = yes_no(
        "Batch", default=False, group="How it is sent",
        because="someone waits for the answer",
        help="Answers come within a day instead of at once, at a lower price.",
    )  # fmt: skip
    model: ModelPrice = pick(
        "prices", label="Model", default="openai/gpt-6.1-sol", group="Model and prices",
        because="a general-purpose model from the middle of its maker's range",
        help="Token counts are taken as this model's own.",
    )  # fmt: skip
    as_of: str = day("Prices as of", group="Model and prices", help="Prices in force on that day.")
    market: tuple[ModelPrice, ...] = every("prices")


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What it costs, where the money goes, and what other models would cost."""

    per_month: Decimal = amount("Cost a month", USD_PER_MONTH, headline=True)
    per_request: Decimal = amount(
        "Cost of one request", USD_PER_REQUEST, help="Before any repeats; an average over the turns."
    )
    per_year: Decimal = amount(
        "Cost of the next 12 months", USD, help="With announced price changes, each from its month on."
    )
    caching_saves: Decimal = amount(
        "Prompt caching saves", USD_PER_MONTH, help="Against the same prompt sent without caching."
    )
    overhead: Decimal = amount(
        "Instructions and examples cost", USD_PER_MONTH, help="The fixed part that every request sends again."
    )
    input_per_request: Decimal = amount("Reading the prompt, a request", USD_PER_REQUEST, detail=True)
    output_per_request: Decimal = amount("Writing the answer, a request", USD_PER_REQUEST, detail=True)
    prompt_tokens: Decimal = amount(
        "Prompt length", TOKENS, detail=True, help="All input tokens, an average over the turns."
    )
    caching_pays_from: Decimal | None = amount(
        "Caching pays once this share finds the prefix",
        SHARE,
        detail=True,
        help="Nothing where reading from the cache is no cheaper.",
    )
    reuses_to_pay: Decimal | None = amount(
        "Reuses that pay for one cache write",
        REQUESTS,
        detail=True,
        help="Zero where a write costs no more than reading.",
    )
    whole_reuses_to_pay: Decimal | None = amount("The same in whole requests", REQUESTS, detail=True)
    breakdown: Table = table(
        "Where the money goes",
        Column("part", "Part"),
        Column("tokens", "Tokens a request", TOKENS),
        Column("cost", "A month", USD_PER_MONTH),
        Column("share", "Share", SHARE),
    )
    models: Table = table(
        "The same work on every model",
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("cost", "A month", USD_PER_MONTH),
        Column("request", "A request", USD_PER_REQUEST),
        Column("against", "Against yours", USD_PER_MONTH),
        Column("tokens", "Token factor", ONE),
        Column("remark", "Remark"),
        help="Tokens are converted by each model's factor, which its maker states against its own earlier models. "
        "A factor of 1 also stands where none is published.",
    )
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("A help desk", requests="50k", instructions=800, examples=3, user_text=150, answer=300),
    example("Answers from documents", requests="20k", instructions=500, examples=2, context="4k", user_text=60,
            answer=350),
    example("Sorting tickets by night", requests="400k", instructions=1200, examples=5, example_tokens=120,
            user_text=200,
            answer=8, batch="yes", model="openai/gpt-6-luna"),
    example("A long chat with a reasoning model", requests="10k", turns=8, reasoning=1500, answer=400,
            model="anthropic/claude-opus-5-5"),
]  # fmt: skip


def sent(i: Inputs, *, caching: Any = None) -> Sending:
    """How the reader sends the prompt; `caching` given as True or False asks what it would cost with or without."""
    return Sending(
        caching=i.caching if caching is None else caching, found_cached=i.found_cached, batch=i.batch, turns=i.turns
    )


def prompt(i: Inputs) -> Prompt:
    """The parts of the reader's prompt, in tokens."""
    return Prompt(
        instructions=i.instructions, examples=i.examples * i.example_tokens, context=i.context, user_text=i.user_text,
        answer=i.answer, reasoning=i.reasoning,
    )  # fmt: skip


def plan(i: Inputs, months: int = YEAR_AHEAD) -> Plan:
    """Prompting as a plan: nothing to start, nothing fixed, and the price of a request in each month."""
    return plan_for(i.model, prompt(i), sent(i), i.repeated, months)


@calculator(chart=bars(of="models", by="model", value="cost", title="Cost a month of the same work"))
def prompt_cost(i: Inputs) -> Outputs:
    """Every token at the price of its kind, times the requests that are paid for.

    >>> 1000 * (800 * Decimal(2) + 300 * Decimal(10)) / 10**6      # 1,000 requests, $2 in and $10 out
    Decimal('4.6')
    """
    own = bill(i.model, prompt(i), sent(i))
    paid = named("Requests paid for", i.requests * (1 + i.repeated))
    per_request = named("Cost of one request", own.total)
    per_month = named("Cost a month", per_request * paid)
    short, _ = rates(i.model, i.batch)
    dearer, cheaper = short.cache_write - short.input, short.input - short.cached_read
    pays = both(known(i.model.cached_read), cheaper > 0)
    reuses = choose(pays, quotient(largest(0, dearer), cheaper, None), None)
    pays_from = choose(pays, quotient(largest(0, dearer), short.cache_write - short.cached_read), None)
    return Outputs(
        per_month=per_month,
        per_request=per_request,
        per_year=plan(i).total(i.requests),
        caching_saves=(bill(i.model, prompt(i), sent(i, caching=False)).total - own.total) * paid,
        overhead=(own.instructions + own.examples) * paid,
        input_per_request=own.input,
        output_per_request=own.output,
        prompt_tokens=own.mean,
        caching_pays_from=pays_from,
        reuses_to_pay=reuses,
        whole_reuses_to_pay=None if plain(reuses) is None else ceil(reuses),
        breakdown=later(lambda: breakdown(own, paid, per_month)),
        models=later(lambda: ranking(i, paid, per_month)),
        notes=later(lambda: remarks(i, own, paid)),
    )


_PARTS = {
    "instructions": "Fixed instructions",
    "examples": "Examples",
    "history": "Earlier turns, sent again",
    "context": "Retrieved or pasted context",
    "user_text": "The user's text",
    "answer": "Answer",
    "reasoning": "Hidden reasoning",
}


def breakdown(own: Bill, paid: Any, per_month: Any) -> Table:
    """Each part of a request with its tokens, its cost a month and its share; parts without tokens are left out."""
    rows = []
    for part, label in _PARTS.items():
        cost = getattr(own, part) * paid
        if plain(own.tokens[part]):
            rows.append((label, own.tokens[part], cost, quotient(cost, per_month)))
    return Table(tuple(rows))


def ranking(i: Inputs, paid: Any, own_month: Any) -> Table:
    """The same work on every model still served that day, the cheapest first, tokens converted by each one's factor."""
    rows = []
    for it in offers(i.market, i.model, prompt(i), sent(i), paid, i.as_of):
        against = None if plain(it.month) is None else it.month - own_month
        rows.append((it.model.name, it.model.group, it.month, it.request, against, it.factor, it.remark, it.model.id))
    ordered = ascending(rows, key=lambda row: row[2])
    own_row = next((at for at, row in enumerate(ordered) if row[-1] == i.model.id), None)
    return Table(tuple(row[:-1] for row in ordered), own_row)


def _changes(model: ModelPrice) -> str:
    """The days of a model's announced changes in the year ahead."""
    return " and ".join(later.since for month, later in model.schedule if month < YEAR_AHEAD)


def remarks(i: Inputs, own: Bill, paid: Any) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    model = i.model
    uncached = bill(model, prompt(i), sent(i, caching=False))
    saving = (uncached.total - bill(model, prompt(i), sent(i, caching=True)).total) * paid
    smallest_prefix = known_or(model.smallest_prefix, 0)
    wanted = both(i.caching, own.prefix > 0)
    return (
        note(
            both(wanted, known(model.cached_read), own.prefix < smallest_prefix),
            "The fixed prefix of {prefix} is shorter than this model's smallest cacheable prefix of {smallest}. "
            "The provider caches nothing and does not say so.",
            prefix=(own.prefix, TOKENS), smallest=(smallest_prefix, TOKENS),
        ),
        note(
            both(own.cached, opposite(known(model.smallest_prefix))),
            "The smallest cacheable prefix of this model is not published. This answer counts as if there were none.",
        ),
        note(
            both(wanted, opposite(known(model.cached_read))),
            "No cached price is published for this model. Every token counts at the full input price.",
        ),
        note(
            both(own.cached, uncached.total < own.total),
            "Caching costs more than it saves here: writing the prefix costs more than reading it plain, and too few "
            "requests find it.",
        ),
        note(
            both(opposite(i.caching), saving > 0), "Prompt caching would save {saving}.",
            saving=(saving, USD_PER_MONTH),
        ),
        note(
            both(i.batch, opposite(known(model.batch_input))),
            "This model has no batch price. The standard price is counted.",
        ),
        note(
            own.above > 0,
            "{share} of the requests are longer than {limit}. Every token of those costs the long-prompt price.",
            share=(own.above, SHARE), limit=(known_or(model.long_above, 0), TOKENS),
        ),
        note(
            own.whole > known_or(model.context_window, own.whole),
            "The longest request needs {longest}, more than this model's context window of {window}.",
            longest=(own.whole, TOKENS), window=(known_or(model.context_window, own.whole), TOKENS),
        ),
        note(bool(model.note), model.note),
        note(
            bool(model.schedule) and model.schedule[0][0] < YEAR_AHEAD,
            f"Prices of {model.name} are announced to change on {_changes(model)}. "
            "The next 12 months count with the new prices from that month on.",
        ),
        note(model.retires > i.as_of and not model.note, f"{model.name} shuts down on {model.retires}."),
        note("" < model.retires <= i.as_of and not model.note, f"{model.name} was shut down on {model.retires}."),
        note(bool(model.hours), f"Prices of {model.name} differ by hour. These hold: {model.hours}"),
        note(
            known_or(model.tokenizer_factor, Decimal(1)) > 1,
            "Token counts are taken as this model's own. The same text has about {factor} times as many tokens here as "
            "with an older tokenizer, so count again rather than carry a number over.",
            factor=(known_or(model.tokenizer_factor, 1), ONE),
        ),
    )  # fmt: skip
