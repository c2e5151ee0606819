"""The form of each data file: which keys it has and what they hold.

What takes two values to judge (days in order, sources that exist) is in `facts_rules`.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from macros.facts_values import Day, Factor, Kind, Link, Name, Number, Price, PriceUnit, Tokens, Unit, Words


class Part(BaseModel):
    """A table of a data file: exactly these keys, every value a text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PriceLine(Part):
    """One price from a day on; its own source and date of checking where they differ from the file's."""

    since: Day = Field(alias="from")
    value: Price
    long: Price | None = None
    source: Name | None = None
    checked: Day | None = None
    reason: Words | None = None


class Prices(Part):
    """The prices of a model; a price that does not exist is left out."""

    input: list[PriceLine]
    cached_read: list[PriceLine] | None = None
    cache_write: list[PriceLine] | None = None
    output: list[PriceLine] | None = None
    batch_input: list[PriceLine] | None = None
    batch_cached_read: list[PriceLine] | None = None
    batch_cache_write: list[PriceLine] | None = None
    batch_output: list[PriceLine] | None = None

    def lines(self) -> dict[str, list[PriceLine]]:
        """The prices there are, by name."""
        return {key: found for key in Prices.model_fields if (found := getattr(self, key)) is not None}


class Model(Part):
    """A model as one seller offers it.

    `upstream` is its id in genai-prices, `second` its key in LiteLLM's list, where they differ. `accepted` says why
    what the price refresh found is right: a change under the day on which it begins, anything else under its name.
    """

    name: Words
    kind: Kind = "inference"
    upstream: Name | None = None
    second: Name | None = None
    accepted: dict[Name, Words] = Field(default_factory=dict)
    note: Words = ""
    hours: Words | None = None
    long_prompt_above: Tokens | None = None
    prices: Prices


class PriceFile(Part):
    """data/prices/<provider>.yaml: all models of one seller."""

    provider: Words
    upstream_provider: Name | None = None
    second_provider: Name | None = None
    unit: PriceUnit
    source: Name
    checked: Day
    best_before: Day
    models: dict[Name, Model]


class TokenCount(Part):
    """A number of tokens and who says so."""

    value: Tokens
    source: Name
    checked: Day | None = None
    because: Words | None = None


class TokenFactor(TokenCount):
    """How many tokens a text has, against another tokenizer."""

    value: Factor


class Retirement(TokenCount):
    """The day a model stops."""

    value: Day


class Knowledge(Part):
    """What is known of one model besides its prices."""

    context_window: TokenCount | None = None
    smallest_prefix: TokenCount | None = None
    tokenizer_factor: TokenFactor | None = None
    retires: Retirement | None = None


class ModelsFile(Part):
    """data/models.yaml."""

    checked: Day
    models: dict[Name, Knowledge]


class Source(Part):
    """A page that figures come from; `accessed` is the day on which it was last read."""

    title: Words
    publisher: Words
    url: Link
    published: Day | None = None
    accessed: Day


class Term(Part):
    """A term of the glossary: its meaning in a sentence, its other forms, and where the site explains it."""

    means: Words
    also: list[Words] = Field(default_factory=list)
    page: Words | None = None


class GlossaryFile(Part):
    """data/glossary.yaml, which `macros.glossary` reads: words and no facts, so the calculators never see it."""

    terms: dict[Words, Term]


class SourcesFile(Part):
    """data/sources.yaml."""

    sources: dict[Name, Source]


class ValueLine(Part):
    """The value of an assumption from a day on."""

    since: Day = Field(alias="from")
    value: Number


class Ends(Part):
    """The least and the most that an uncertain number may well be."""

    low: Number
    high: Number


class Assumption(Part):
    """A default of ours that a reader may dispute, with the reason for it, and how far off it may be."""

    name: Words
    unit: Unit
    values: list[ValueLine]
    range: Ends | None = None
    because: Words
    source: Name | None = None
    checked: Day
    note: Words = ""


class AssumptionsFile(Part):
    """data/assumptions.yaml."""

    assumptions: dict[Name, Assumption]
