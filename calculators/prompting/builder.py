"""Write the prompt.

Puts role, task, context, constraints, output format and examples together, in three forms to copy, and counts what each
section costs with every request. What never changes stands first, so that a provider can keep it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.billing import Bill, Prompt, Sending, bill
from calculators.engine.declare import (
    Column,
    Range,
    Table,
    amount,
    calculator,
    choice,
    day,
    document,
    example,
    findings,
    interval,
    later,
    lines,
    number,
    pick,
    share,
    table,
    text,
    yes_no,
)
from calculators.engine.numbers import both, choose, known, known_or, named, note, opposite, quotient, untraced
from calculators.engine.records import ModelPrice
from calculators.engine.tokens import Counter, counter
from calculators.engine.units import (
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    USD_PER_MONTH,
    USD_PER_REQUEST,
)
from calculators.prompting._sections import (
    FORMS,
    TITLES,
    TOKENS_FOR_THE_ANSWER,
    Draft,
    draft,
    fixed,
    messages,
    pieces,
    placeholders,
    plain_text,
    tagged_text,
)

ENCODING = "o200k_base"
"""What the sections are counted with, whatever the model: no other present tokenizer is published for counting."""

EXACT_FOR = "OpenAI"
ANSWER_STARTS = "Start of the answer"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One example: what comes in, and what the model shall answer."""

    input: str = text("Input", longest=10_000)
    output: str = text("Output", longest=10_000)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The sections of a prompt, how they are sent, and to which model. What is typed stays in this browser tab."""

    role: str = text(
        "Role", default="You answer for the help desk of a city library.", longest=20_000, group="The prompt",
        help="Who speaks, and in what tone. It does not make answers more accurate. What you type stays in this tab.",
    )  # fmt: skip
    task: str = text(
        "Task", group="The prompt", longest=100_000,
        default="Answer the reader's question from the context. If the context does not say, say so and name the desk.",
        help="What to do, in one or two plain sentences.",
    )  # fmt: skip
    constraints: str = text(
        "Constraints", default="At most three sentences.\nPromise no dates.", longest=100_000, group="The prompt",
        help="Limits and rules, one a line. Say what to do rather than what to avoid.",
    )  # fmt: skip
    output_format: str = text(
        "Output format", default="Plain text, without greeting.", longest=100_000, group="The prompt",
        help="The shape of the answer. For JSON, a provider's structured output holds better than words.",
    )  # fmt: skip
    examples: tuple[Pair, ...] = lines(
        "Examples", Pair, most=6, because="two examples show length and tone", group="The prompt",
        default=[
            {"input": "How long may I keep a book?", "output": "Four weeks. You can extend it twice in your account."},
            {"input": "Do you sell stamps?", "output": "The context does not say. Please ask at the front desk."},
        ],
    )  # fmt: skip
    context: str = text(
        "Context", default="Loans run four weeks. Films run one week. The library opens at ten.", longest=500_000,
        group="The prompt", help="What the model must know for this request, such as retrieved passages.",
    )  # fmt: skip
    user_input: str = text(
        "Input", default="When must I bring back a film?", longest=100_000, group="The prompt",
        help="What a user sends, or a typical one.",
    )  # fmt: skip
    context_varies: bool = yes_no(
        "Context differs with each request", default=True, group="How it is sent",
        because="retrieved passages belong to one question",
    )  # fmt: skip
    context_early: bool = yes_no(
        "Context before the examples", default=False, group="How it is sent",
        because="what never changes comes first, so that it can be cached",
    )  # fmt: skip
    form: str = choice(
        "Form that is counted", FORMS, default="chat", group="How it is sent", because="most interfaces take messages"
    )
    caching: bool = yes_no(
        "Prompt caching", default=True, group="How it is sent",
        because="providers cache a long enough prefix by themselves or on request",
    )  # fmt: skip
    found_cached: Decimal = share(
        "Requests that find the prefix cached", default="assumptions:prefix-found-cached", group="How it is sent",
        help="A cached prefix expires after some minutes without a request.",
    )  # fmt: skip
    requests: Decimal = number(
        "Requests a month", REQUESTS_PER_MONTH, low=0, high=10**12, default=50_000, group="What it costs",
        because="about 1,600 a day, a help desk of medium size",
    )  # fmt: skip
    answer: Decimal = number(
        "Answer", TOKENS, low=0, high=10**9, default=100, group="What it costs", because="three sentences"
    )
    model: ModelPrice = pick(
        "prices", label="Model", default="openai/gpt-6.1-sol", group="What it costs",
        because="a general-purpose model from the middle of its maker's range",
    )  # fmt: skip
    spread: Decimal = share(
        "Other tokenizers differ by", default="assumptions:tokenizer-spread", group="What it costs",
        help="For models of other makers, whose tokenizers are not counted here.",
    )  # fmt: skip
    as_of: str = day("Prices as of", group="What it costs", help="Prices in force on that day.")
    counter: Counter = counter()


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The prompt to copy, what each section weighs, and what it costs."""

    prompt_tokens: Decimal = amount(
        "Prompt tokens", TOKENS, headline=True, help="Counted with OpenAI's tokenizer o200k_base."
    )
    model_tokens: Range = interval(
        "Prompt tokens of the picked model", TOKENS, help="A range where the model's own tokenizer is not counted here."
    )
    prefix_tokens: Decimal = amount(
        "Cacheable prefix", TOKENS, help="The beginning that is the same in every request, in the model's tokens."
    )
    smallest_prefix: Any = amount(
        "Smallest cacheable prefix", TOKENS, help="What is shorter is not cached, and no provider says so."
    )
    per_month: Decimal = amount("Cost a month", USD_PER_MONTH)
    per_request: Decimal = amount("Cost of one request", USD_PER_REQUEST)
    caching_saves: Decimal = amount("Prompt caching saves", USD_PER_MONTH)
    sections: Table = table(
        "What each section weighs",
        Column("section", "Section"),
        Column("cached", "Cacheable"),
        Column("tokens", "Tokens", TOKENS),
        Column("share", "Share", SHARE),
    )
    messages: str = document("As chat messages", help="JSON for an interface that takes messages.")
    tagged: str = document("As tagged sections")
    plain: str = document("As plain text")
    notes: tuple[Any, ...] = findings("Good to know")


def _pairs(*pairs: tuple[str, str]) -> dict[str, object]:
    """Examples as a reader would type them, in the first lines of the table."""
    given: dict[str, object] = {}
    for at, (asked, told) in enumerate(pairs, 1):
        given |= {f"examples__{at}__input": asked, f"examples__{at}__output": told}
    return given


EXAMPLES = [
    example("Answer from documents"),
    example(
        "Extract fields",
        role="You read invoices for an accounting department.",
        task="Extract the fields from the invoice in the input.",
        constraints="Copy values as they are written. Use null where a field is missing.",
        output_format='JSON: {"number": text, "date": "YYYY-MM-DD", "total": number, "currency": text}',
        context="", user_input="Invoice 2026-118 of November 3, 2026. Total due: EUR 1,240.50.", answer=60,
        **_pairs(
            ("Bill no. 77, May 2 2026, $40", '{"number": "77", "date": "2026-05-02", "total": 40, "currency": "USD"}'),
            ("Thank you for your visit!", '{"number": null, "date": null, "total": null, "currency": null}'),
        ),
    ),
    example(
        "Sort tickets",
        role="", task="Sort the ticket into exactly one class: billing, delivery, product, other.",
        constraints="If two classes fit, take the one the customer asks about last.",
        output_format="The class alone, in small letters.", context="", requests="400k", answer=3,
        user_input="My parcel came late, and I was charged twice.", form="tagged",
        **_pairs(
            ("The lamp flickers.", "product"), ("Where is my parcel?", "delivery"), ("I was charged twice.", "billing")
        ),
    ),
    example(
        "Write code",
        role="You are a careful Python programmer.",
        task="Write the function that the input describes, with a docstring and tests.",
        constraints="Standard library only.\nNo clever one-liners.\nSay which cases you leave out.",
        output_format="One code block, then one sentence.", answer=500, context_varies="no",
        context="Style: names are nouns, lines of at most 100 characters, type hints everywhere.",
        user_input="Split a text into sentences.",
        **_pairs(("Add two numbers.", "def total(a: int, b: int) -> int: ..."), ("Sum a list.", "def total(...): ...")),
    ),
]  # fmt: skip


@calculator()
def prompt_builder(i: Inputs) -> Outputs:
    """Every section counted by itself, and the whole priced as any prompt.

    Source of what a chat adds: OpenAI's notebook on counting tokens, three a message and three for the answer's start.

    >>> 2 * (3 + 1) + 3 + 20      # two messages with their roles, the answer's start, 20 tokens of text
    31
    """
    of = draft(_texts(i), ((pair.input, pair.output) for pair in i.examples), context_early=untraced(i.context_early))
    weights, kept = weigh(i, of), fixed(of, context_varies=untraced(i.context_varies))
    whole = as_sent(i, "Tokens of all sections", sum(weights.values()))
    beginning = as_sent(i, "Tokens of the sections that never change", sum(weights.get(name, 0) for name in kept))
    beginning = choose(i.context_varies, beginning, beginning)  # the working names what the beginning depends on
    beginning = choose(i.context_early, beginning, beginning)
    factor = known_or(i.model.tokenizer_factor, 1)
    tokens = named("Prompt tokens of the model", whole * factor)
    prefix = named("Cacheable prefix", beginning * factor)
    spread = 0 if i.model.group == EXACT_FOR else i.spread
    none = i.counter.measured("No further text", 0, TOKENS)
    sent = Prompt(
        instructions=prefix, examples=none, context=tokens - prefix, user_text=none, answer=i.answer, reasoning=none
    )  # fmt: skip
    own = bill(i.model, sent, sending(i, i.caching))
    uncached = bill(i.model, sent, sending(i, False))
    return Outputs(
        prompt_tokens=whole,
        model_tokens=Range(tokens * (1 - spread), tokens, tokens * (1 + spread)),
        prefix_tokens=prefix,
        smallest_prefix=choose(known(i.model.smallest_prefix), known_or(i.model.smallest_prefix, 0), None),
        per_month=named("Cost of one request", own.total) * i.requests,
        per_request=own.total,
        caching_saves=(uncached.total - own.total) * i.requests,
        sections=later(lambda: sections(i, weights, kept, whole)),
        messages=later(lambda: messages(of)),
        tagged=later(lambda: tagged_text(of)),
        plain=later(lambda: plain_text(of)),
        notes=later(lambda: remarks(i, of, own)),
    )


def _texts(i: Inputs) -> dict[str, str]:
    """The texts of all sections but the examples."""
    return {name: getattr(i, name) for name in TITLES if name != "examples"}


def sending(i: Inputs, caching: Any) -> Sending:
    """One request at a time, each a conversation of its own."""
    return Sending(caching=caching, found_cached=i.found_cached, batch=False, turns=1)


def weigh(i: Inputs, of: Draft) -> dict[str, int]:
    """The tokens of each section in the form in which it is sent; a chat also starts the answer."""
    form = untraced(i.form)
    weights: dict[str, int] = {}
    for piece in pieces(of, form):
        weights[piece.section] = weights.get(piece.section, 0) + i.counter(piece.text, ENCODING) + piece.added
    if form == "chat":
        weights[ANSWER_STARTS] = TOKENS_FOR_THE_ANSWER
    return weights


def as_sent(i: Inputs, label: str, value: int) -> Any:
    """Tokens of the reader's text; the working names the form in which they were counted."""
    counted = i.counter.measured(label, value, TOKENS)
    return choose(i.form == untraced(i.form), counted, counted)


def sections(i: Inputs, weights: dict[str, int], kept: set[str], whole: Any) -> Table:
    """A row for each section, in the order in which they are sent."""
    rows = []
    for name, tokens in weights.items():
        counted = i.counter.measured("Tokens of the section", tokens, TOKENS)
        cached = "yes" if name in kept else "no"
        rows.append((TITLES.get(name, name), cached, counted, quotient(counted, whole)))
    return Table(tuple(rows))


def remarks(i: Inputs, of: Draft, own: Bill) -> tuple[Any, ...]:
    """What a reader should know about this prompt."""
    written = set(of.written())
    holding = ", ".join(placeholders(of))
    smallest = known_or(i.model.smallest_prefix, 0)
    early = both(i.context_early, i.context_varies)
    return (
        note(
            both(early, "context" in written and "examples" in written),
            "The context differs with each request and stands before the examples: from there on nothing is cached. "
            "Put it behind them.",
        ),
        note(
            bool(holding),
            f"A placeholder makes this text differ with each request: {holding}. Move what differs to the end.",
        ),
        note(
            both(i.caching, known(i.model.cached_read), own.prefix < smallest),
            "The cacheable prefix of {prefix} is shorter than this model's smallest, {smallest}. Nothing is cached.",
            prefix=(own.prefix, TOKENS), smallest=(smallest, TOKENS),
        ),
        note(
            own.whole > known_or(i.model.context_window, own.whole),
            "Prompt and answer have {whole}. That is more than this model reads at once.",
            whole=(own.whole, TOKENS),
        ),
        note(
            both(i.caching, opposite(known(i.model.cached_read))),
            "No cached price is published for this model. Every token counts at the full input price.",
        ),
        note(
            i.model.group != EXACT_FOR,
            "The sections are counted with OpenAI's tokenizer. This model's own count lies somewhere in the range.",
        ),
        note("task" not in written, "There is no task. Say in a sentence what the model shall do."),
        note("examples" not in written, "There is no example. Where the form matters, three to five often settle it."),
        note("role" in written, "A role sets the tone. It does not make the answers more accurate."),
    )  # fmt: skip
