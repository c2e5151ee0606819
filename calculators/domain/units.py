"""The units that several topics count in, beside those that every number knows, and what converts them."""

from __future__ import annotations

from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import BYTES, GB, HOUR, MONTH, MTOK, ONE, TOKENS, USD, base_unit, counted_unit

COMPARISONS = counted_unit("comparison")
EPOCHS = counted_unit("epoch")
EXAMPLE_COUNT = counted_unit("example")
CLUSTER_COUNT = counted_unit("cluster")
RUN_COUNT = counted_unit("run")
ROW_COUNT = counted_unit("row")
PASSAGES, QUERIES = counted_unit("passage"), counted_unit("query")
MINUTES, SECONDS = base_unit("minute"), base_unit("second")
MINUTES_PER_HOUR = Constant(60, "minutes in an hour", MINUTES / HOUR)
SECONDS_PER_HOUR = Constant(3600, "seconds in an hour", SECONDS / HOUR)

TFLOPS = base_unit("TFLOPS")
BILLIONS = counted_unit("billion")
TOKENS_PER_SECOND = (TOKENS / base_unit("second")).named("token/second")
DAY = base_unit("day")
HOURS_PER_DAY = Constant(24, "hours in a day", HOUR / DAY)
HOURS_A_MONTH = (HOUR / MONTH).named("hour/month")
USD_PER_MTOK_HOUR = (USD / MTOK / HOUR).named("USD/Mtok/hour")
CACHES = counted_unit("cache")
USD_PER_GB_MONTH = (USD / GB / MONTH).named("USD/GB/month")
USD_PER_GB_DAY = (USD / GB / DAY).named("USD/GB/day")
MDIM, MREAD, MWRITE = base_unit("Mdim"), base_unit("Mread"), base_unit("Mwrite")
USD_PER_MDIM_MONTH = (USD / MDIM / MONTH).named("USD/Mdim/month")
USD_PER_MREAD, USD_PER_MWRITE = USD / MREAD, USD / MWRITE
READS_PER_MONTH, WRITES_PER_MONTH = (ONE / MONTH).named("read/month"), (ONE / MONTH).named("write/month")
KW, KWH = base_unit("kW"), base_unit("kWh")
USD_PER_KWH = USD / KWH
KWH_IN_A_KW_HOUR = Constant(1, "kWh of a kW in an hour", KWH / (KW * HOUR))

FLOP = base_unit("FLOP")
PARAMETERS = counted_unit("parameter")
PER_BILLION = Constant(10**9, "parameters in a billion", PARAMETERS)
TOKEN = Constant(1, "token", TOKENS)
BYTE = Constant(1, "byte", BYTES)
SHORT = Constant(2, "bytes of a 16-bit number", BYTES)
BYTES_PER_GB = Constant(10**9, "bytes in a gigabyte", BYTES / GB)
GB_PER_SECOND = (GB / SECONDS).named("GB/second")
FLOP_A_SECOND = Constant(10**12, "operations in a second at one TFLOPS", FLOP / TFLOPS / SECONDS)
MILLISECONDS = base_unit("millisecond")
MS_PER_SECOND = Constant(1000, "milliseconds in a second", MILLISECONDS / SECONDS)
