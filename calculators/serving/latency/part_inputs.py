"""What is asked in folds: speeds and the cache, what surrounds the model, tools and steps, and failures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import SECONDS, TOKENS_PER_SECOND
from calculators.engine.declare import choice, number, share, yes_no
from calculators.engine.numbers.units import ONE, TOKENS, counted_unit

LONGEST = 3600
"""No stage takes longer (seconds)."""


@dataclass(frozen=True, kw_only=True)
class SpeedInputs:
    """How fast the model reads and writes where nobody measured it, how lengths vary, and what the cache holds."""

    cached: Decimal = share(
        "Part of the prompt that may be cached",
        default="0.5",
        because="instructions, tools and examples, which are the same each time",
        help="The beginning of the prompt. What is read from the cache takes next to no time.",
    )
    found_cached: Decimal = share(
        "Requests that find it cached",
        default="0.8",
        because="a service with a request every few minutes; your provider reports cached tokens",
    )
    reading_speed: Decimal = number(
        "Reading speed, where none is measured",
        TOKENS_PER_SECOND,
        low=1,
        high=10**7,
        default="assumptions:reading-speed",
        help="Prompt tokens that are not cached, for each second by which the first token comes later.",
    )
    writing_speed: Decimal = number(
        "Writing speed, where none is measured",
        TOKENS_PER_SECOND,
        low="0.1",
        high=10**6,
        default="assumptions:writing-speed",
        help="Tokens a second after the first one, of the hidden reasoning too.",
    )
    first_token_spread: Decimal = number(
        "First token: p95 against the median, where none is measured",
        ONE,
        low=1,
        high=1000,
        default="assumptions:first-token-spread",
    )
    speed_spread: Decimal = number(
        "One request in 20 is read and written slower by a factor of",
        ONE,
        low=1,
        high=1000,
        default="assumptions:speed-spread",
    )
    answer_spread: Decimal = number(
        "One answer in 20 is longer than the median by a factor of",
        ONE,
        low=1,
        high=1000,
        default=2,
        because="a guess: some questions need a page where most need a paragraph",
    )
    reasoning_spread: Decimal = number(
        "One request in 20 is reasoned about longer by a factor of",
        ONE,
        low=1,
        high=1000,
        default=6,
        because="the range in which the hidden tokens of a short request lie, against their median",
    )


@dataclass(frozen=True, kw_only=True)
class AroundInputs:
    """What a request passes before and after the model, each as the median and the p95 of its time."""

    network: Decimal = number(
        "Network",
        SECONDS,
        low=0,
        high=LONGEST,
        default="0.05",
        because="a guess: a person and a server on one continent",
        help="From the person to your service and back. The way to the provider is part of the first token. With a "
        "median of 0 a stage is left out, here and below.",
    )
    network_p95: Decimal = number(
        "Network, p95", SECONDS, low=0, high=LONGEST, default="0.15", because="a guess: mobile connections are in it"
    )
    input_check: Decimal = number(
        "Check of the question", SECONDS, low=0, high=LONGEST, default=0, because="none; a guard model takes its time"
    )
    input_check_p95: Decimal = number(
        "Check of the question, p95", SECONDS, low=0, high=LONGEST, default=0, because="none"
    )
    retrieval: Decimal = number(
        "Retrieval",
        SECONDS,
        low=0,
        high=LONGEST,
        default="0.1",
        because="a guess: embedding the question over the network, and a search in memory",
    )
    retrieval_p95: Decimal = number(
        "Retrieval, p95", SECONDS, low=0, high=LONGEST, default="0.4", because="a guess: some searches miss the memory"
    )
    rerank: Decimal = number(
        "Reranking",
        SECONDS,
        low=0,
        high=LONGEST,
        default="0.2",
        because="about what a hundred short passages take on a dedicated machine, as its seller measured",
    )
    rerank_p95: Decimal = number(
        "Reranking, p95", SECONDS, low=0, high=LONGEST, default="0.6", because="a guess: shared services queue"
    )
    output_check: Decimal = number(
        "Check of the answer",
        SECONDS,
        low=0,
        high=LONGEST,
        default=0,
        because="none",
        help="Before the person sees anything; with streaming, of the first piece.",
    )
    output_check_p95: Decimal = number(
        "Check of the answer, p95", SECONDS, low=0, high=LONGEST, default=0, because="none"
    )


@dataclass(frozen=True, kw_only=True)
class QueueInputs:
    """How many requests a service of one's own takes at once, and how many come."""

    places: Decimal | None = number(
        "Requests at once that your service takes",
        counted_unit("request"),
        low=1,
        high=10_000,
        default=None,
        whole=True,
        because="no limit: every request is sent on at once",
        help="Places of a server of yours, workers, or connections that you allow. A further request waits until one "
        "of them is answered.",
    )
    arrivals: Decimal = number(
        "Requests a second in the busiest hour",
        ONE / SECONDS,
        low=0,
        high=10**6,
        default=1,
        only_if=("places", "> 0"),
        because="3,600 an hour; your log has yours",
    )
    held: Decimal | None = number(
        "Time that a request holds its place",
        SECONDS,
        low="0.001",
        high=LONGEST,
        default=None,
        only_if=("places", "> 0"),
        because="the mean time of the model in all steps, with the tools between them",
        help="On average.",
    )


@dataclass(frozen=True, kw_only=True)
class StepInputs:
    """What an agent does between two calls of the model; without effect where there is one step."""

    calls: Decimal = number(
        "Tool calls in a step",
        counted_unit("call"),
        low=0,
        high=100,
        default=1,
        whole=True,
        because="most agents call one tool at a time",
    )
    order: str = choice(
        "Tool calls run",
        {"sequence": "one after the other", "parallel": "at once"},
        default="sequence",
        because="what a loop does that is not told otherwise",
    )
    tool: Decimal = number(
        "A tool call", SECONDS, low=0, high=LONGEST, default="0.5", because="a guess: a query or a service nearby"
    )
    tool_p95: Decimal = number(
        "A tool call, p95",
        SECONDS,
        low=0,
        high=LONGEST,
        default=2,
        because="a guess: some searches are slow",
    )
    step_tokens: Decimal = number(
        "Written in a step before the last",
        TOKENS,
        low=0,
        high=10**6,
        default=100,
        because="the name of a tool and its arguments",
    )
    new_tokens: Decimal = number(
        "New in the prompt of each further step",
        TOKENS,
        low=0,
        high=10**7,
        default=800,
        because="the result of a tool, and the call itself",
    )
    cached_steps: bool = yes_no(
        "Earlier steps are read from the cache",
        default=True,
        because="providers cache the beginning of a growing prompt",
    )


@dataclass(frozen=True, kw_only=True)
class TryInputs:
    """How often a call is tried, when it is given up, and when a second one is sent."""

    failed: Decimal = share(
        "Calls that fail",
        default="0.01",
        because="a guess: refused for its rate, cut off, or overloaded",
        help="A failed call is taken to fail when its answer would have begun.",
    )
    most: Decimal = number(
        "Tries at most",
        counted_unit("attempt"),
        low=1,
        high=6,
        default=2,
        whole=True,
        because="one more try after a failure",
    )
    pause: Decimal = number(
        "Pause before the second try",
        SECONDS,
        low=0,
        high=LONGEST,
        default="0.5",
        because="the first pause of usual clients; each later one is twice as long",
    )
    limit: Decimal | None = number(
        "Time-out",
        SECONDS,
        low="0.1",
        high=LONGEST,
        default=None,
        because="none: every call is waited for",
        help="For the first token of a call; without streaming, for the whole of it.",
    )
    hedge: Decimal | None = number(
        "A second request is sent after",
        SECONDS,
        low=0,
        high=LONGEST,
        default=None,
        because="none is sent",
        help="The faster of the two counts (hedging): to the first token; without streaming, to the last.",
    )
    shared: Decimal = share(
        "Slow calls whose second request is just as slow",
        default="0.3",
        because="a guess: a long prompt or a slow region slows both",
    )
