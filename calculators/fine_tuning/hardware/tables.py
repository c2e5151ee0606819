"""The tables of the hardware of a training: the parts of the memory, the methods, and every GPU."""

from __future__ import annotations

from calculators.domain.transformers import Sizes
from calculators.domain.units import BYTES_PER_GB, SHORT
from calculators.engine.declare import RankedRow, Table, ranked_output_table
from calculators.engine.numbers import Number, bare_value, quotient
from calculators.fine_tuning.hardware.inputs import Inputs
from calculators.fine_tuning.hardware.memory import (
    FITS,
    NO,
    TIGHT,
    HardwareMemory,
    hardware_gpu_memory_needed,
    hardware_gpu_memory_verdict,
)
from calculators.fine_tuning.hardware.methods import METHODS
from calculators.fine_tuning.hardware.run import hardware_run_on_gpus
from calculators.fine_tuning.hardware.sizes import hardware_trainable_parameters
from calculators.fine_tuning.hardware.units import MB_PER_GB

WORDS = {FITS: "fits", TIGHT: "tight", NO: "no"}


def hardware_gpu_memory_table(memory: HardwareMemory) -> Table:
    """Each part, and how far their sum may be off."""
    listed = [
        ("Weights", memory.weights),
        ("Gradients", memory.gradients),
        ("Optimizer", memory.optimizer),
        ("Copies of weights", memory.copies),
        ("What a step adds", memory.step),
        ("Gaps", memory.gaps),
        ("Driver and libraries", memory.driver),
    ]
    rows = [(label, part, part, part, quotient(part, memory.likely)) for label, part in listed]
    nothing, most = 0 * memory.margin, memory.margin + memory.extra
    return Table((*rows, ("What the count may miss", 0 - memory.margin, nothing, most, None)))


def hardware_method_table(i: Inputs, model: Sizes, adapters: Number) -> Table:
    """The same training with each method, on the GPU picked."""
    rows = []
    for method, label in METHODS.items():
        memory, changing = (
            hardware_gpu_memory_needed(i, model, adapters, method),
            hardware_trainable_parameters(model, adapters, method),
        )
        training = hardware_run_on_gpus(i, model, adapters, method, i.gpu)
        size = changing * SHORT / BYTES_PER_GB * MB_PER_GB
        span = memory.range
        rows.append((label, memory.likely, span.low, span.high, changing, size, training.hours, training.cost))
    return Table(tuple(rows), next(row for row, method in enumerate(METHODS) if bare_value(i.method == method)))


def hardware_table_of_every_gpu(i: Inputs, model: Sizes, adapters: Number) -> Table:
    """Every listed GPU, the cheapest first: which methods fit, and what the chosen one takes where it fits."""
    ranges = {method: hardware_gpu_memory_needed(i, model, adapters, method).range for method in METHODS}
    chosen = next(method for method in METHODS if bare_value(i.method == method))
    rows = []
    for listed in i.market:
        gpu = i.gpu if listed.id == i.gpu.id else listed
        fits = {method: hardware_gpu_memory_verdict(span, gpu) for method, span in ranges.items()}
        training = hardware_run_on_gpus(i, model, adapters, i.method, gpu)
        numbers = (training.hours, training.cost_low, training.cost, training.cost_high)
        shown = (None,) * len(numbers) if fits[chosen] == NO else numbers
        rows.append(RankedRow(gpu.id, shown[2], (gpu.name, *(WORDS[word] for word in fits.values()), *shown)))
    return ranked_output_table(rows, own=i.gpu.id)
