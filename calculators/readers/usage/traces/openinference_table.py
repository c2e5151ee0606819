"""Spans of OpenInference in a table, as Phoenix's data frames write them: a column for each attribute."""

from __future__ import annotations

from calculators.readers.usage.traces.openinference import (
    MARKS,
    OpeninferenceRows,
    is_openinference_span,
    openinference_columns,
)
from calculators.readers.usage.usage_format import UsageFormat

FORMAT = UsageFormat(
    label="OpenInference spans, Phoenix, as CSV",
    recognizes=is_openinference_span,
    marks=MARKS,
    open_file=OpeninferenceRows,
    read_columns=openinference_columns,
    is_table=True,
)
