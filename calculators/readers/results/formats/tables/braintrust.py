"""Braintrust's experiments: the input is the case, as each run has an id of its own; `scores` has one a scorer."""

from calculators.readers.results.columns import INPUT, OTHER
from calculators.readers.results.formats.tables.table import result_table_of

ROLES = {"id": OTHER, "input": INPUT, "root_span_id": OTHER, "span_id": OTHER}
FORMAT = result_table_of("Braintrust", "input scores", ROLES, order=23)
