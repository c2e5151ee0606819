"""The files that say how a family of models caches prompts, thinks and counts tokens: one rule for many models.

A rule becomes facts of each of its models, beside its prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from calculators.domain.billing.reasoning import EFFORTS
from calculators.domain.units import USD_PER_MTOK_HOUR
from calculators.engine.facts.loaded import DatedFact, Entry
from calculators.engine.inputs.suggestions import suggest_nearest
from macros.facts.entries import data_entry_with_facts, fact_of_data_entry
from macros.facts.forms import DataTable, Mistake
from macros.facts.forms.values import Day, Models, Name, Number, Words, data_value_one_of
from macros.facts.problems import quoted_data
from macros.facts.schema import Dated, DatedValue

CACHING, REASONING, TOKENIZERS = "caching.yaml", "reasoning.yaml", "tokenizers.yaml"

SINCE = "2026-01-01"
"""The day from which a tokenizer can be picked: the first day of our assumptions."""

Renewal = Annotated[Words, AfterValidator(data_value_one_of(("yes", "no"), "an answer here"))]
History = Annotated[Words, AfterValidator(data_value_one_of(("automatic", "breakpoints"), "a way of caching"))]
Effort = Annotated[Words, AfterValidator(data_value_one_of(tuple(EFFORTS), "an effort"))]


class StorageLine(DatedValue):
    """The price of keeping a million tokens for an hour, from a day on."""

    value: Number


class CachingRule(DataTable):
    """How some models keep the beginning of a prompt; lifetimes in minutes."""

    models: Models
    minutes: Number
    extended: Number | None = None
    renewal: Renewal | None = None
    history: History | None = None
    storage: Dated[StorageLine] | None = None
    source: Name
    checked: Day | None = None
    because: Words = ""


class CachingFile(DataTable):
    """data/caching.yaml."""

    checked: Day
    rules: dict[Name, CachingRule]


class EffortFactor(DataTable):
    """How many times as many hidden tokens an effort takes as a medium one."""

    times: Number
    low: Number
    high: Number


class HiddenTokens(DataTable):
    """Hidden tokens of a short request, and the range in which they may lie."""

    tokens: Number
    low: Number
    high: Number
    because: Words


class ReasoningRule(DataTable):
    """The efforts that some models take, and the hidden tokens at their default effort."""

    models: Models
    default: Effort
    efforts: list[Effort]
    tokens: Number | None = None
    low: Number | None = None
    high: Number | None = None
    source: Name
    checked: Day | None = None
    because: Words = ""


class ReasoningFile(DataTable):
    """data/reasoning.yaml."""

    checked: Day
    efforts: dict[Name, EffortFactor]
    because: Words
    unmeasured: HiddenTokens
    rules: dict[Name, ReasoningRule]


class AssumedTimes(DataTable):
    """How many tokens are counted for each of another tokenizer where nobody says, and the range in which they lie."""

    times: Number
    low: Number
    high: Number
    because: Words


class TokenizerRule(DataTable):
    """What some models count tokens with, against another tokenizer."""

    name: Words
    times: Number | None = None
    against: Name | None = None
    models: Models
    source: Name | None = None
    because: Words = ""


class TokenizersFile(DataTable):
    """data/tokenizers.yaml."""

    checked: Day
    assumed: AssumedTimes
    rules: dict[Name, TokenizerRule]


R = TypeVar("R", CachingRule, ReasoningRule, TokenizerRule)


def _family_file_rule_of_model(rules: Mapping[str, R], id: str) -> tuple[str, R | None]:
    """The rule that names a model, with its own name; none where no rule does."""
    return next(((name, rule) for name, rule in rules.items() if id in rule.models), ("", None))


def caching_file_facts(file: CachingFile, id: str, first: str) -> dict[str, DatedFact]:
    """The facts of one model, from its first day on; none where no rule names it."""
    _, rule = _family_file_rule_of_model(file.rules, id)
    if rule is None:
        return {}
    about = rule.source, rule.checked or file.checked, rule.because
    facts = {"cache_minutes": fact_of_data_entry("minute", [(first, rule.minutes)], *about)}
    if rule.storage:
        lines = [(line.since, line.value) for line in rule.storage]
        facts["cache_storage"] = fact_of_data_entry(USD_PER_MTOK_HOUR.text, lines, *about)
    if rule.extended:
        facts["extended_minutes"] = fact_of_data_entry("minute", [(first, rule.extended)], *about)
    for key, words in (("cache_renewal", rule.renewal), ("history_caching", rule.history)):
        if words:
            facts[key] = fact_of_data_entry("text", [(first, words)], *about)
    return facts


def reasoning_file_facts(file: ReasoningFile, id: str, first: str) -> dict[str, DatedFact]:
    """The facts of one model: its default effort, and the hidden tokens of every effort that it takes."""
    _, rule = _family_file_rule_of_model(file.rules, id)
    if rule is None:
        return {}
    checked = rule.checked or file.checked
    because = rule.because if rule.tokens is None else ""  # else it is the reason of the tokens
    facts = {"default_effort": fact_of_data_entry("text", [(first, rule.default)], rule.source, checked, because)}
    for effort in rule.efforts:
        facts[f"reasoning_{effort}"] = _family_file_hidden_tokens(file, rule, effort, first, checked)
    return facts


def _family_file_hidden_tokens(
    file: ReasoningFile, rule: ReasoningRule, effort: str, first: str, checked: str
) -> DatedFact:
    if effort == "none":
        because = rule.because if rule.default == "none" else ""
        fact = fact_of_data_entry("token", [(first, "0")], rule.source, checked, because)
        if rule.default == "none" and rule.high and Decimal(rule.high):
            fact["range"] = ["0", rule.high]
        return fact
    tokens, low, high, because, source = _family_file_at_default(file, rule)
    start = rule.default if rule.tokens and Decimal(rule.tokens) else "medium"
    if effort == rule.default and rule.tokens is not None:
        tokens, low, high = Decimal(rule.tokens), Decimal(rule.low or rule.tokens), Decimal(rule.high or rule.tokens)
    elif effort != start:
        there, here = file.efforts[start], file.efforts[effort]
        ratio = Decimal(here.times) / Decimal(there.times)
        tokens, because = tokens * ratio, f"{because} {file.because}"
        low = low * Decimal(here.low) / Decimal(there.times)
        high = high * Decimal(here.high) / Decimal(there.times)
    fact = fact_of_data_entry("token", [(first, _family_file_whole(tokens))], source, checked, because)
    if low < high:
        fact["range"] = [_family_file_whole(low), _family_file_whole(max(high, tokens))]
    return fact


def _family_file_at_default(file: ReasoningFile, rule: ReasoningRule) -> tuple[Decimal, Decimal, Decimal, str, str]:
    """Tokens with their range, reason and source: those of the rule where it has any, else what we assume of all."""
    if rule.tokens and Decimal(rule.tokens):
        low, high = rule.low or rule.tokens, rule.high or rule.tokens
        return Decimal(rule.tokens), Decimal(low), Decimal(high), rule.because, rule.source
    assumed = file.unmeasured
    return Decimal(assumed.tokens), Decimal(assumed.low), Decimal(assumed.high), assumed.because, ""


def _family_file_whole(tokens: Decimal) -> str:
    return str(tokens.quantize(Decimal(1), ROUND_HALF_EVEN))


def tokenizer_file_entries(file: TokenizersFile) -> dict[str, Entry]:
    """The tokenizers as a collection, from which a reader picks the one that counted."""
    return {
        id: data_entry_with_facts(
            rule.name, "Tokenizers", "", {"tokenizer_factor": _family_file_tokenizer_factor(file, rule, SINCE)}
        )
        for id, rule in file.rules.items()
    }


def tokenizer_file_facts(file: TokenizersFile, id: str, first: str) -> dict[str, DatedFact]:
    """The facts of one model, from its first day on: its tokenizer and how that counts; none without a rule."""
    name, rule = _family_file_rule_of_model(file.rules, id)
    if rule is None:
        return {}
    tokenizer = fact_of_data_entry(
        "text", [(first, name)], rule.source or "", file.checked, rule.because or file.assumed.because
    )
    return {"tokenizer": tokenizer, "tokenizer_factor": _family_file_tokenizer_factor(file, rule, first)}


def _family_file_tokenizer_factor(file: TokenizersFile, rule: TokenizerRule, first: str) -> DatedFact:
    """Tokens for each token of o200k, with the range of what is assumed on the way."""
    assumed = file.assumed
    if rule.times is None:
        because = f"{rule.because} {assumed.because}".strip()
        fact = fact_of_data_entry("1", [(first, assumed.times)], "", file.checked, because)
        return fact | {"range": [assumed.low, assumed.high]}
    if rule.against is None:
        return fact_of_data_entry("1", [(first, rule.times)], rule.source or "", file.checked, rule.because)
    times, base = Decimal(rule.times), _family_file_tokenizer_factor(file, file.rules[rule.against], first)
    ((_, text),) = base["values"]
    because = f"{rule.because} For those: {base.get('because', '')}".strip()
    fact = fact_of_data_entry("1", [(first, str(times * Decimal(text)))], rule.source or "", file.checked, because)
    return fact | {"range": [str(times * Decimal(end)) for end in base.get("range", (text, text))]}


def family_file_mistakes(file: CachingFile | ReasoningFile | TokenizersFile, priced: list[str]) -> Iterator[Mistake]:
    """Models that have no prices or two rules, and what a rule lacks; nothing about models where none are known."""
    seen: dict[str, str] = {}
    for name, rule in file.rules.items():
        for index, id in enumerate(rule.models):
            path = ("rules", name, "models", index)
            if priced and id not in priced:
                advice = suggest_nearest(id, priced) or "; add its prices, or delete it here"
                yield Mistake(path, f"{quoted_data(id)} has no prices in data/prices{advice}")
            elif id in seen:
                yield Mistake(
                    path, f"{quoted_data(id)} is in the rule {quoted_data(seen[id])}, too; keep one of the two"
                )
            seen.setdefault(id, name)
        if isinstance(rule, ReasoningRule) and rule.default not in rule.efforts:
            message = f"the default {quoted_data(rule.default)} is not among the efforts; add it there"
            yield Mistake(("rules", name, "default"), message)
        if isinstance(rule, TokenizerRule) and rule.against is not None:
            bases = [base for base, neighbor in file.rules.items() if neighbor is not rule]
            if rule.against not in bases:
                advice = suggest_nearest(rule.against, bases) or "; name another rule of this file"
                yield Mistake(("rules", name, "against"), f"{quoted_data(rule.against)} is no tokenizer here{advice}")
    if isinstance(file, ReasoningFile):
        for effort in EFFORTS:
            if effort != "none" and effort not in file.efforts:
                yield Mistake(("efforts",), f"there is no factor of {quoted_data(effort)}; add one", of_key=True)
