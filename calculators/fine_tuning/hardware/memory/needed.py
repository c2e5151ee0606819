"""What a GPU has to hold while it trains a transformer, in gigabytes of a billion bytes, and whether it can.

Weights, gradients and optimizer are counted. What a step makes and frees is counted too, with a few factors, and the
gaps between blocks of memory come on top; these numbers are fitted to published peaks (decision 0034).
"""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.records import Gpu
from calculators.domain.transformers import Sizes
from calculators.domain.units import BYTES_PER_GB
from calculators.engine.declare import Range
from calculators.engine.numbers import Number, bare_value, choose, known_or, named
from calculators.fine_tuning.hardware.inputs import Inputs
from calculators.fine_tuning.hardware.memory.states import hardware_memory_of_states
from calculators.fine_tuning.hardware.memory.step import hardware_memory_of_step

FITS, TIGHT, NO = "fits", "tight", "no"


@dataclass(frozen=True, slots=True)
class HardwareMemory:
    """What one GPU has to hold, in GB. `likely` is the sum of the parts; `spread` is how far the sum may be off.

    `extra` are gradients that some software holds besides.
    """

    weights: Number  # GB
    gradients: Number  # GB
    optimizer: Number  # GB
    copies: Number  # GB
    step: Number  # GB
    gaps: Number  # GB
    driver: Number  # GB
    activations: Number  # GB
    logits: Number  # GB
    spread: Number
    gap_spread: Number
    extra: Number  # GB

    @property
    def states(self) -> Number:
        """Weights, gradients and optimizer together."""
        return self.weights + self.gradients + self.optimizer

    @property
    def overhead(self) -> Number:
        """Gaps between blocks of memory, and what the driver and libraries hold."""
        return self.gaps + self.driver

    @property
    def likely(self) -> Number:
        """The sum of all parts."""
        return self.states + self.copies + self.step + self.overhead

    @property
    def margin(self) -> Number:
        """How far the sum may be off in either direction; gaps that sequences of various lengths leave count apart."""
        return self.likely * self.spread + self.gaps * self.gap_spread

    @property
    def range(self) -> Range:
        """The sum less its margin, the sum, and the sum with its margin and what some software holds besides."""
        return Range(self.likely - self.margin, self.likely, self.likely + self.margin + self.extra)


def hardware_gpu_memory_needed(i: Inputs, model: Sizes, added: Number, method: str) -> HardwareMemory:
    """What each GPU holds under a method; `added` are the parameters of adapters and of tables trained with them."""
    states = hardware_memory_of_states(i, model, method, added)
    step = hardware_memory_of_step(i, model, method, states)
    passing = named("What comes and goes", step.busiest + states.gathered + step.lesser)
    likely_driver = i.framework_memory + choose(i.gpus > 1, i.several_gpus_memory, 0)
    return HardwareMemory(
        weights=named("Weights", states.weights / BYTES_PER_GB),
        gradients=named("Gradients", (states.gradients + states.buckets) / BYTES_PER_GB),
        optimizer=named("Optimizer", states.optimizer / BYTES_PER_GB),
        copies=named("Copies of weights", (states.gathered + states.unpacked) / BYTES_PER_GB),
        step=named("What a step adds", (step.peak - states.gradients) / BYTES_PER_GB),
        gaps=named("Gaps", choose(i.packing, i.reserve, i.varied_reserve) * passing / BYTES_PER_GB),
        driver=named("Driver and libraries", likely_driver),
        activations=named("Activations", step.activations / BYTES_PER_GB),
        logits=named("Logits", step.logits / BYTES_PER_GB),
        spread=i.spread,
        gap_spread=choose(i.packing, 0, i.varied_spread),
        extra=named("Gradients that some software holds besides", states.extra / BYTES_PER_GB),
    )


def hardware_gpu_memory_verdict(memory: Range, gpu: Gpu) -> str:
    """Whether it fits: even at the high end, only somewhere within the range, or not at all."""
    capacity = known_or(gpu.memory, 0)
    within, at_best = bare_value(memory.high) <= bare_value(capacity), bare_value(memory.low) <= bare_value(capacity)
    return FITS if within else TIGHT if at_best else NO
