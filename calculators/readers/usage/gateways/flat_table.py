"""The same log as a table: `timestamp, model, prompt_tokens, completion_tokens` and what else its writer keeps."""

from __future__ import annotations

from calculators.readers.usage.gateways.flat_rows import (
    MARKS,
    flat_usage_columns,
    is_flat_usage,
    open_flat_usage_file,
)
from calculators.readers.usage.usage_format import UsageFormat

FORMAT = UsageFormat(
    label="A table with a line for each request",
    order=200,
    recognizes=is_flat_usage,
    marks=tuple(dict.fromkeys(mark.lower() for mark in MARKS)),
    open_file=open_flat_usage_file,
    is_table=True,
    read_columns=flat_usage_columns,
)
