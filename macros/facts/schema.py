"""The form of each data file: which keys it has and what they hold.

What takes two values to judge (days in order, sources that exist) is in `macros.facts.rules`.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from macros.facts.forms import DataTable
from macros.facts.forms.values import (
    Billions,
    Day,
    Factor,
    Key,
    Kind,
    Link,
    Name,
    Number,
    Price,
    PriceUnit,
    State,
    Sureness,
    Tokens,
    Unit,
    Words,
    data_value_not_empty,
)

L = TypeVar("L")
Dated = Annotated[
    list[L],
    AfterValidator(
        data_value_not_empty("the list is empty; add a line such as - {from: 2026-11-21, value: 2}, or delete the key")
    ),
]
"""A list of lines, each with the day from which it holds."""


class DatedValue(DataTable):
    """What something is from a day on."""

    since: Day = Field(alias="from")
    value: Words


class PriceLine(DatedValue):
    """One price from a day on; its own source and date of checking where they differ from the file's."""

    value: Price
    long: Price | None = None
    source: Name | None = None
    checked: Day | None = None
    reason: Words | None = None


class PricesFile(DataTable):
    """The prices of a model; a price that does not exist is left out."""

    input: Dated[PriceLine]
    cached_read: Dated[PriceLine] | None = None
    cache_write: Dated[PriceLine] | None = None
    extended_write: Dated[PriceLine] | None = None
    output: Dated[PriceLine] | None = None
    batch_input: Dated[PriceLine] | None = None
    batch_cached_read: Dated[PriceLine] | None = None
    batch_cache_write: Dated[PriceLine] | None = None
    batch_extended_write: Dated[PriceLine] | None = None
    batch_output: Dated[PriceLine] | None = None

    def lines(self) -> dict[str, list[PriceLine]]:
        """The prices there are, by name."""
        return {key: lines for key in PricesFile.model_fields if (lines := getattr(self, key)) is not None}

    def days(self) -> set[str]:
        """The days on which any of the prices begins."""
        return {line.since for lines in self.lines().values() for line in lines}


class Model(DataTable):
    """A model as one seller offers it; of the kind `older` where its prices are kept for logs alone.

    `upstream` is its id in genai-prices, `second` its key in LiteLLM's list, where they differ. `accepted` says why
    what the price refresh found is right: a change under the day on which it begins, anything else under its name.
    """

    name: Words
    kind: Kind = "inference"
    upstream: Key | None = None
    second: Key | None = None
    accepted: dict[Name, Words] = Field(default_factory=dict)
    note: Words = ""
    hours: Words | None = None
    long_prompt_above: Tokens | None = None
    prices: PricesFile


class PriceFile(DataTable):
    """data/prices/<provider>.yaml: all models of one seller."""

    provider: Words
    upstream_provider: Name | None = None
    second_provider: Name | None = None
    unit: PriceUnit
    source: Name
    checked: Day
    best_before: Day
    models: Annotated[
        dict[Name, Model], AfterValidator(data_value_not_empty("there are no models; add one, or delete the file"))
    ]


class TokenCount(DataTable):
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


class Parameters(TokenCount):
    """The billions of parameters of a model, as published."""

    value: Billions


class Knowledge(DataTable):
    """What is known of one model besides its prices."""

    context_window: TokenCount | None = None
    smallest_prefix: TokenCount | None = None
    tokenizer_factor: TokenFactor | None = None
    retires: Retirement | None = None
    parameters: Parameters | None = None


class ModelsFile(DataTable):
    """data/models.yaml."""

    checked: Day
    models: dict[Name, Knowledge]


class Source(DataTable):
    """A page that figures come from; `accessed` is the day on which it was last read."""

    title: Words
    publisher: Words
    url: Link
    published: Day | None = None
    accessed: Day


class SourcesFile(DataTable):
    """data/sources.yaml, and data/studies.yaml."""

    sources: dict[Name, Source]


class ValueLine(DatedValue):
    """The value of an assumption from a day on."""

    value: Number


class Ends(DataTable):
    """The least and the most that an uncertain number may well be."""

    low: Number
    high: Number


class Assumption(DataTable):
    """A default of ours that a reader may dispute, with the reason for it, and how far off it may be."""

    name: Words
    unit: Unit
    values: Dated[ValueLine]
    range: Ends | None = None
    because: Words
    source: Name | None = None
    checked: Day
    note: Words = ""


class AssumptionsFile(DataTable):
    """data/assumptions.yaml."""

    assumptions: dict[Name, Assumption]


class Statement(DataTable):
    """What a source says, in our words."""

    text: Words
    source: Name


class StatementFileRow(DataTable):
    """Somebody about whom sources say things; what is left out was not found."""

    name: Words
    checked: Day | None = None

    def statements(self) -> dict[str, Statement]:
        """What is known, by the name of its column."""
        columns = {key: getattr(self, key) for key in type(self).model_fields}
        return {key: column for key, column in columns.items() if isinstance(column, Statement)}


class Tuner(StatementFileRow):
    """A provider that tunes models, or did."""

    state: State
    bases: Statement | None = None
    methods: Statement | None = None
    billed: Statement | None = None
    served: Statement | None = None
    failed: Statement | None = None
    until: Statement | None = None


class TunersFile(DataTable):
    """data/tuners.yaml: words for a page, which the calculators never see."""

    checked: Day
    best_before: Day
    tuners: dict[Name, Tuner]


class SureStatement(Statement):
    """What a source says, and whether it is the publisher itself (A) or somebody who quotes it (B)."""

    confidence: Sureness


class DataTerms(StatementFileRow):
    """What a provider does with the texts of its customers."""

    kept: SureStatement | None = None
    trained: SureStatement | None = None
    zero: SureStatement | None = None
    region: SureStatement | None = None
    agreement: SureStatement | None = None


class DataTermsFile(DataTable):
    """data/data_terms.yaml: words for a page, which the calculators never see."""

    checked: Day
    best_before: Day
    providers: dict[Name, DataTerms]
