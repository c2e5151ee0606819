"""Ragas's results: a row for each question, which is the case, as there is no id; and a column for each measure."""

from calculators.readers.results.columns import INPUT
from calculators.readers.results.formats.tables.table import result_table_of

FORMAT = result_table_of("Ragas", "user_input response", {"user_input": INPUT}, order=20)
