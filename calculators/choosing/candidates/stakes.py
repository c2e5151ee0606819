"""What is at stake in each task every month."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.choosing.candidates.inputs import Inputs, Task
from calculators.domain.billing.caching import Traffic, prefix_cache_hit_share
from calculators.domain.billing.rates import TokenRates, token_rates
from calculators.domain.tokens import converted_tokens
from calculators.domain.units import MINUTES_PER_HOUR
from calculators.engine.declare import declared_row_remark
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Condition,
    Number,
    bare_value,
    both,
    choose,
    known,
    known_or,
    named,
    opposite,
    sorted_by_number,
    sum_of_numbers,
    when,
)


@dataclass(frozen=True)
class CandidateStake:
    """What one task has at stake a month, and what speaks for it or against it."""

    name: str
    prompt: Number  # USD/month
    work: Number  # USD/month
    total: Number  # USD/month
    often: Condition
    enough: Condition
    stability: str

    @property
    def worth(self) -> Condition:
        """Whether the task runs often enough, has enough at stake, and stays as it is."""
        return both(self.often, self.enough, self.stability == "stable")

    @property
    def reason(self) -> str:
        """Why the task is worth the work, or why not."""
        against = declared_row_remark(
            when(opposite(self.often), "too few runs to measure an effect"),
            when(opposite(self.enough), "too little at stake"),
            when(self.stability == "changing", "each change would undo the work: settle it first"),
            when(self.stability == "exploring", "find out first what a good answer is"),
        )
        return against or when(
            self.prompt > self.work,
            "mostly repeated prompt: cache it, shorten it, then ask whether training pays",
            "mostly work on the prompt: a test set and examples come first",
        )


def total_candidate_stake(like: Number, amounts: list[Number]) -> Number:
    """The sum of some amounts; of none a zero of the same kind as `like`."""
    return sum_of_numbers(amounts[1:], amounts[0]) if amounts else 0 * like


def candidate_stake(i: Inputs, task: Task, name: str, threshold: Number) -> CandidateStake:
    """What a task costs a month in repeated prompt and in work on it."""
    rate = named(f"{name}, price of its prompt", candidate_prompt_rate(i, task))
    tokens = converted_tokens(task.prompt_tokens, i.model, i.counted_with)
    prompt = named(f"{name}, repeated prompt", tokens * rate / TOKENS_PER_MTOK * task.runs)
    work = named(f"{name}, prompt work", task.minutes / MINUTES_PER_HOUR * i.labor_rate)
    together = named(f"{name}, at stake", prompt + work)
    often, enough = task.runs >= i.least_runs, together >= threshold
    return CandidateStake(task.name or name, prompt, work, together, often, enough, task.stability)


def candidate_prompt_rate(i: Inputs, task: Task) -> Number:
    """The price of a repeated prompt, in USD per million tokens: read from the cache as often as its runs find it."""
    tokens = converted_tokens(task.prompt_tokens, i.model, i.counted_with)
    short, long = token_rates(i.model, False)
    cached = both(i.caching, known(i.model.cached_read), tokens >= known_or(i.model.smallest_prefix, 0))

    traffic = Traffic(requests=task.runs, active_hours=i.active_hours, found_cached=i.found_cached)
    found = prefix_cache_hit_share(i.model, traffic)

    def mixed(tier: TokenRates) -> Number:
        read: Number = tier.cached_read * found + tier.cache_write * (1 - found)
        rate: Number = choose(cached, read, tier.input)
        return rate

    return choose(tokens > known_or(i.model.long_above, tokens), mixed(long), mixed(short))


def ranked_candidate_stakes(stakes: list[CandidateStake]) -> list[CandidateStake]:
    """The tasks worth the work, then the others; in both, first what has most at stake."""
    dearest = list(reversed(sorted_by_number(reversed(stakes), key=lambda stake: stake.total)))
    return sorted(dearest, key=lambda stake: not bare_value(stake.worth))
