"""Langfuse's runs of a data set: items, the name of the run, and scores."""

from calculators.readers.results.columns import CASE, OTHER, VERSION
from calculators.readers.results.formats.tables.table import result_table_of

ROLES = {"id": OTHER, "dataset_item_id": CASE, "dataset_run_name": VERSION}
FORMAT = result_table_of("Langfuse", "dataset_item_id", ROLES, order=21)
