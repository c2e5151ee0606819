"""LangSmith's experiments: the id of the example, and a column for each kind of feedback."""

from calculators.readers.results.columns import CASE, OTHER
from calculators.readers.results.formats.tables.table import result_table_of

ROLES = {"id": OTHER, "run_id": OTHER, "reference_example_id": CASE}
FORMAT = result_table_of("LangSmith", "reference_example_id", ROLES, order=22)
