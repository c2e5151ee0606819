"""The table of costs that Anthropic's Console offers for download.

Source: the headings as several public programs read them; Anthropic lists no columns. A row is a day, a model by the
name that people see, and a kind of token.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_amount_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.reports.anthropic_report import anthropic_report_tier_of
from calculators.readers.usage.reports.buckets import UsageBucketIds, empty_usage_bucket
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

AMOUNT = "cost_usd"


def is_anthropic_cost_table(row: Row) -> bool:
    """Whether the headings are those of the download."""
    return AMOUNT in row and "token_type" in row


def open_anthropic_cost_table_file() -> RowReader:
    """Equal rows of one file are different costs, equal rows of two files the same."""
    ids = UsageBucketIds("anthropic console cost")

    def requests(row: Row) -> Iterator[Request]:
        if not row[AMOUNT]:
            yield empty_usage_bucket(row.get("usage_date_utc"))
            return
        yield Request(
            time=usage_seconds_in(row.get("usage_date_utc")),
            has_hour=False,
            requests=0,
            id=ids.id(*(cell for heading, cell in row.items() if heading != AMOUNT)),
            model=usage_name_in(row.get("model")) or usage_name_in(row.get("model_version")),
            provider="anthropic",
            tier=anthropic_report_tier_of(row.get("usage_type"), row.get("speed")),
            cost=usage_amount_in(row[AMOUNT]),
        )

    return requests


FORMAT = UsageFormat(
    label="Anthropic costs, downloaded as CSV",
    recognizes=is_anthropic_cost_table,
    marks=("token_type",),
    open_file=open_anthropic_cost_table_file,
    is_table=True,
)
