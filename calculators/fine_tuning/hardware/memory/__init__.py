"""What a GPU has to hold while it trains a transformer: states, copies, the step, gaps and the driver."""

from __future__ import annotations

from calculators.fine_tuning.hardware.memory.needed import (
    FITS,
    NO,
    TIGHT,
    HardwareMemory,
    hardware_gpu_memory_needed,
    hardware_gpu_memory_verdict,
)
from calculators.fine_tuning.hardware.memory.states import hardware_memory_of_quantization_constants

__all__ = [
    "FITS",
    "NO",
    "TIGHT",
    "HardwareMemory",
    "hardware_gpu_memory_needed",
    "hardware_gpu_memory_verdict",
    "hardware_memory_of_quantization_constants",
]
