"""What one request to a model costs: every token at the price of its kind, tiers, caching and turns included.

Source of the formula: the providers' own pricing pages. Input tokens include cached ones; a request whose prompt is
longer than a model's limit pays the long-prompt price for every token; a prefix below the smallest cacheable length is
not cached and nobody says so; batch and cached prices are published figures, never derived from one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    both,
    choose,
    floor,
    known,
    known_or,
    largest,
    named,
    plain,
    quotient,
    smallest,
)
from calculators.engine.records import ModelPrice


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The parts of one request, in tokens. Instructions and examples come first and are the same in every request."""

    instructions: Any
    examples: Any
    context: Any
    user_text: Any
    answer: Any
    reasoning: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How requests are sent: with caching and the share that finds the prefix, in a batch, in how many turns."""

    caching: Any
    found_cached: Any
    batch: Any
    turns: Any


@dataclass(frozen=True)
class Rates:
    """The four prices of one way of sending: up to the long-prompt tier or above it."""

    input: Any
    cached_read: Any
    cache_write: Any
    output: Any


@dataclass(frozen=True)
class Bill:
    """One request: what each part costs (USD) and how many tokens it has.

    `above` is the share of turns at long-prompt prices, `longest` the prompt of the last turn, `whole` the same
    with its answer, `mean` the average prompt.
    """

    instructions: Any
    examples: Any
    history: Any
    context: Any
    user_text: Any
    answer: Any
    reasoning: Any
    tokens: dict[str, Any]
    cached: Any
    above: Any
    longest: Any
    whole: Any
    prefix: Any
    mean: Any

    @property
    def input(self) -> Any:
        """Everything the model reads."""
        return self.instructions + self.examples + self.history + self.context + self.user_text

    @property
    def output(self) -> Any:
        """Everything the model writes."""
        return self.answer + self.reasoning

    @property
    def total(self) -> Any:
        """The whole request."""
        return self.input + self.output


def rates(model: ModelPrice, batch: Any) -> tuple[Rates, Rates]:
    """The prices that hold for short and for long prompts; an unpublished one falls back to the next best."""
    in_batch = both(batch, known(model.batch_input))

    def sent(batched: Any, standard: Any) -> Any:
        return choose(in_batch, known_or(batched, standard), standard)

    read = known_or(model.cached_read, model.input)
    write = known_or(model.cache_write, model.input)
    short = Rates(
        sent(model.batch_input, model.input),
        sent(model.batch_cached_read, read),
        sent(known_or(model.batch_cache_write, known_or(model.batch_input, model.input)), write),
        sent(model.batch_output, model.output),
    )
    if not plain(known(model.long_above)):
        return short, short
    long_input = known_or(model.long_input, model.input)
    long = Rates(
        sent(model.long_batch_input, long_input),
        sent(model.long_batch_cached_read, known_or(model.long_cached_read, read)),
        sent(
            known_or(model.long_batch_cache_write, known_or(model.long_batch_input, long_input)),
            known_or(model.long_cache_write, long_input),
        ),
        sent(model.long_batch_output, known_or(model.long_output, model.output)),
    )
    return short, long


def bill(model: ModelPrice, prompt: Prompt, sending: Sending, counted_by: ModelPrice | None = None) -> Bill:
    """What one request costs on average over the turns of a conversation.

    Where the tokens were counted by another model's tokenizer, `counted_by` names that model and both models' factors
    convert them.
    """
    short, long = rates(model, sending.batch)
    turns, found = sending.turns, sending.found_cached

    def converted(tokens: Any) -> Any:
        if counted_by is None or isinstance(tokens, int):  # the literal 0 of a part that this prompt does not have
            return tokens
        return tokens * known_or(model.tokenizer_factor, 1) / known_or(counted_by.tokenizer_factor, 1)

    instructions, examples = converted(prompt.instructions), converted(prompt.examples)
    context, user_text = converted(prompt.context), converted(prompt.user_text)
    answer, reasoning = converted(prompt.answer), converted(prompt.reasoning)
    prefix = named("Fixed prefix", instructions + examples)
    first = named("First turn's prompt", prefix + context + user_text)
    growth = named("Each turn adds", user_text + answer)
    longest = first + growth * (turns - 1)
    cached = sending.caching is not False and both(
        sending.caching, known(model.cached_read), prefix >= known_or(model.smallest_prefix, 0), prefix > 0
    )
    short_turns, above = turns, 0
    if plain(known(model.long_above)):
        more = floor(quotient(model.long_above - first, growth)) + 1
        fitting = choose(growth > 0, more, choose(first <= model.long_above, turns, 0))
        short_turns = named("Turns below the long-prompt tier", smallest(turns, largest(0, fitting)))
        above = named("Share of turns at long-prompt prices", 1 - short_turns / turns)

    def mixed(label: str, below: Any, over: Any) -> Any:
        return named(label, choose(above > 0, below * (1 - above) + over * above, below))

    def prefix_rate(of: Rates) -> Any:
        return choose(cached, of.cached_read * found + of.cache_write * (1 - found), of.input)

    input_rate = mixed("Input rate", short.input, long.input)
    prefix_price = mixed("Prefix rate", prefix_rate(short), prefix_rate(long))
    output_rate = mixed("Output rate", short.output, long.output)
    earlier = growth * turns * (turns - 1) / 2
    earlier_short = growth * short_turns * (short_turns - 1) / 2
    history = named("Earlier turns, sent again", earlier / turns)
    history_cost = choose(
        above > 0, (earlier_short * short.input + (earlier - earlier_short) * long.input) / turns, history * short.input
    )
    return Bill(
        instructions=named("Instructions", instructions * prefix_price / TOKENS_PER_MTOK),
        examples=named("Examples in the prompt", examples * prefix_price / TOKENS_PER_MTOK),
        history=named("Earlier turns", history_cost / TOKENS_PER_MTOK),
        context=named("Context", context * input_rate / TOKENS_PER_MTOK),
        user_text=named("User's text", user_text * input_rate / TOKENS_PER_MTOK),
        answer=named("The answer", answer * output_rate / TOKENS_PER_MTOK),
        reasoning=named("Reasoning", reasoning * output_rate / TOKENS_PER_MTOK),
        tokens={
            "instructions": instructions, "examples": examples, "history": history, "context": context,
            "user_text": user_text, "answer": answer, "reasoning": reasoning,
        },
        cached=cached, above=above, longest=longest, prefix=prefix, mean=first + history,
        whole=longest + answer + reasoning,
    )  # fmt: skip
