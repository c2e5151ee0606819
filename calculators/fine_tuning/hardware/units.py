"""The units of memory that only a training is measured in, and the constants that convert them."""

from __future__ import annotations

from calculators.domain.units import FLOP, TFLOPS
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import BYTES, GB, HOUR, base_unit

MB, MIB, GIB = base_unit("MB"), base_unit("MiB"), base_unit("GiB")

MB_PER_GB = Constant(1000, "megabytes in a gigabyte", MB / GB)
BYTES_PER_MIB = Constant(1024**2, "bytes in a mebibyte", BYTES / MIB)
BYTES_PER_GIB = Constant(1024**3, "bytes in a gibibyte", BYTES / GIB)
LONG = Constant(4, "bytes of a 32-bit number", BYTES)
FLOP_AN_HOUR = Constant(3600 * 10**12, "operations in an hour at one TFLOPS", FLOP / TFLOPS / HOUR)
