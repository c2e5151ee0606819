"""Observations of Langfuse in a table, whose cells hold nested values as JSON."""

from __future__ import annotations

from calculators.readers.usage.traces.langfuse import is_langfuse_observation, langfuse_columns, open_langfuse_file
from calculators.readers.usage.usage_format import UsageFormat

FORMAT = UsageFormat(
    label="Langfuse observations, as CSV",
    order=10,
    recognizes=is_langfuse_observation,
    marks=("type",),
    open_file=open_langfuse_file,
    is_table=True,
    read_columns=langfuse_columns,
)
