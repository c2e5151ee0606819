"""What one request to a model costs: every token at the price of its kind, tiers, caching and turns included.

Source of the formula: the providers' own pricing and caching pages. Input tokens include cached ones; a request whose
prompt is longer than a model's limit pays the long-prompt price for every token; a prefix below the smallest cacheable
length is not cached and nobody says so; batch and cached prices are published figures, never derived from one another.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.billing.caching import (
    Traffic,
    cached_prefix_storage,
    is_history_cached,
    prefix_cache_hit_share,
    turn_cache_hit_share,
)
from calculators.domain.billing.conversation import ConversationBill, InputPrices
from calculators.domain.billing.rates import TokenRates, token_rates
from calculators.domain.billing.reasoning import MODEL_DEFAULT, hidden_reasoning
from calculators.domain.billing.tiers import STANDARD
from calculators.domain.records import ModelPrice, Tokenizer
from calculators.domain.tokens import converted_tokens
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Condition,
    Number,
    Share,
    both,
    choose,
    floor,
    is_known_number,
    known,
    known_or,
    largest,
    named,
    quotient,
    smallest,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The parts of one request, in tokens; a literal 0 stands for a part that there is not.

    Instructions and examples come first and are the same in every request. `context` comes last and differs in each, so
    it is never cached. `reasoning` is None where the model decides how long it thinks. All other tokens were counted
    with the tokenizer `counted_with`; None is the model's own.
    """

    instructions: Number | int
    examples: Number | int
    context: Number | int
    user_text: Number | int
    answer: Number | int
    reasoning: Number | int | None = None
    counted_with: Tokenizer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How requests are sent: with caching or not, at which tier, in how many turns, when, and at which effort.

    `tier` is one of `TIERS`; `batch` says whether it is a batch, which has prices of its own.
    """

    caching: Condition
    batch: Condition
    turns: Number | int
    traffic: Traffic
    effort: str = MODEL_DEFAULT
    default_effort: str = ""
    tier: str = STANDARD


@dataclass(frozen=True)
class Bill:
    """One request: what each part costs (USD) and how many tokens it has.

    `above` is the share of turns at long-prompt prices, `longest` the prompt of the last turn, `whole` the same
    with its answer, `mean` the average prompt, `found` the share of requests that find the prefix. `storage` is a
    literal 0 where nothing is kept by the hour.
    """

    instructions: Number
    examples: Number
    history: Number
    context: Number
    user_text: Number
    storage: Number | int
    answer: Number
    reasoning: Number
    tokens: dict[str, Number]
    cached: Condition
    above: Share
    longest: Number
    whole: Number
    prefix: Number
    mean: Number
    found: Share
    conversation: ConversationBill

    @property
    def read(self) -> Number:
        """The input tokens that are read from the cache; computed when asked for, as rankings never ask."""
        return self.conversation.tokens(InputPrices(0, 1, 0))

    @property
    def written(self) -> Number:
        """The input tokens that are written into the cache."""
        return self.conversation.tokens(InputPrices(0, 0, 1))

    @property
    def input(self) -> Number:
        """Everything the model reads, and what is paid to keep it."""
        read = self.instructions + self.examples + self.history + self.context + self.user_text
        return read if isinstance(self.storage, int) else read + self.storage

    @property
    def output(self) -> Number:
        """Everything the model writes."""
        return self.answer + self.reasoning

    @property
    def total(self) -> Number:
        """The whole request."""
        return self.input + self.output


def bill(model: ModelPrice, prompt: Prompt, sending: Sending) -> Bill:
    """What one request costs on average over the turns of a conversation, in the tokens of the model."""
    traffic, turns = sending.traffic, sending.turns
    short, long = token_rates(model, sending.batch, traffic.lifetime, sending.tier)

    def converted(tokens: Number | int) -> Number:
        return converted_tokens(tokens, model, prompt.counted_with)

    instructions, examples = converted(prompt.instructions), converted(prompt.examples)
    context, user_text, answer = converted(prompt.context), converted(prompt.user_text), converted(prompt.answer)
    thinking = hidden_reasoning(model, sending.effort, sending.default_effort)
    typed = prompt.reasoning
    reasoning: Number = converted(typed) if is_known_number(typed) else thinking
    prefix = named("Fixed prefix", instructions + examples)
    first = named("First turn's prompt", prefix + context + user_text)
    growth = named("Each turn adds", user_text + answer)
    longest = first + growth * (turns - 1)
    smallest_prefix = known_or(model.smallest_prefix, 0)
    sold = sending.caching is not False and both(sending.caching, known(model.cached_read))
    cached = both(sold, prefix >= smallest_prefix, prefix > 0)
    short_turns, above = _billed_turns_by_tier(model, first, growth, turns)
    # A literal 1 is a calculator that does not ask for turns.
    grows = not isinstance(turns, int) and both(turns > 1, is_history_cached(model, sending.caching))
    conversation = ConversationBill(
        turns=turns,
        prefix=prefix,
        user_text=user_text,
        answer=answer,
        smallest_prefix=smallest_prefix,
        prefix_cached=cached,
        history_cached=grows,
        found=prefix_cache_hit_share(model, traffic),
        turn_found=turn_cache_hit_share(model, traffic),
    )

    def mixed(label: str, below: Number, over: Number) -> Number:
        return named(label, choose(above > 0, below * (1 - above) + over * above, below))

    input_rate = mixed("Input rate", short.input, long.input)
    output_rate = mixed("Output rate", short.output, long.output)
    paid = conversation.cost(_billed_input_prices(short), _billed_input_prices(long), short_turns)
    prefix_price = named("Prefix rate", paid.prefix_rate)
    history = named("Earlier turns, sent again", growth * (turns - 1) / 2)
    return Bill(
        instructions=named("Instructions", instructions * prefix_price / TOKENS_PER_MTOK),
        examples=named("Examples in the prompt", examples * prefix_price / TOKENS_PER_MTOK),
        history=named("Earlier turns", paid.history / TOKENS_PER_MTOK),
        context=named("Context", context * input_rate / TOKENS_PER_MTOK),
        user_text=named("User's text", paid.user_text / TOKENS_PER_MTOK),
        storage=cached_prefix_storage(model, prefix, traffic, cached),
        answer=named("The answer", answer * output_rate / TOKENS_PER_MTOK),
        reasoning=named("Reasoning", reasoning * output_rate / TOKENS_PER_MTOK),
        tokens={
            "instructions": instructions,
            "examples": examples,
            "history": history,
            "context": context,
            "user_text": user_text,
            "answer": answer,
            "reasoning": reasoning,
        },
        cached=cached,
        above=above,
        longest=longest,
        prefix=prefix,
        mean=first + history,
        whole=longest + answer + reasoning,
        found=choose(cached, conversation.found, 0),
        conversation=conversation,
    )


def _billed_turns_by_tier(
    model: ModelPrice, first: Number, growth: Number, turns: Number | int
) -> tuple[Number | None, Share]:
    """The turns below the long-prompt tier, None where there is none, and the share of turns above it."""
    if not is_known_number(model.long_above):
        return None, 0  # type: ignore[return-value]  # a literal goes with every kind of number
    more = floor(quotient(model.long_above - first, growth)) + 1
    fitting = choose(growth > 0, more, choose(first <= model.long_above, turns, 0))
    short_turns = named("Turns below the long-prompt tier", smallest(turns, largest(0, fitting)))
    return short_turns, named("Share of turns at long-prompt prices", 1 - short_turns / turns)


def _billed_input_prices(rates: TokenRates) -> InputPrices:
    return InputPrices(rates.input, rates.cached_read, rates.cache_write)
