"""What a model runs on, and what it is: GPUs, sizes of open models, and checks of estimates against measurements."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from calculators.domain.units import BILLIONS, GB_PER_SECOND, TFLOPS, TOKENS_PER_SECOND
from calculators.engine.declare import figure
from calculators.engine.numbers.units import GB, ONE, SHARE, TOKENS, USD_PER_HOUR, counted_unit
from calculators.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class Gpu(Record):
    """A graphics processor: what it holds, how fast it computes and serves, and what an hour of it costs to rent.

    `throughput_low` and `throughput_high` are answer tokens a second while one GPU serves a model of eight billion
    parameters to as many users as it can: with long prompts and short answers, and with answers as long as the prompts.
    """

    called: ClassVar[str] = "GPU"
    own_name: ClassVar[str] = "Your own GPU"
    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("memory",), ("rent",))

    memory: Decimal | None = figure("Memory", GB, high=10_000, counts="where a training run has to fit")
    peak: Decimal | None = figure(
        "Peak speed in 16-bit arithmetic", TFLOPS, low="0.1", high=100_000, counts="for the time of a training run"
    )
    peak_8bit: Decimal | None = figure(
        "Peak speed in 8-bit arithmetic", TFLOPS, low="0.1", high=10**6, counts="where a model in 8 bits is served"
    )
    peak_4bit: Decimal | None = figure(
        "Peak speed in 4-bit arithmetic", TFLOPS, low="0.1", high=10**6, counts="where a model in 4 bits is served"
    )
    bandwidth: Decimal | None = figure(
        "Bandwidth of the memory", GB_PER_SECOND, low=1, high=10**6, counts="for the speed of serving"
    )
    link: Decimal | None = figure(
        "Bandwidth between GPUs, both ways",
        GB_PER_SECOND,
        low=1,
        high=10**6,
        counts="for the speed of serving on several GPUs",
    )
    rent: Decimal | None = figure(
        "Rent", USD_PER_HOUR, high=1000, counts="where no provider's own price for a machine comes first"
    )
    rent_low: Decimal | None = figure(
        "Lowest rent seen", USD_PER_HOUR, high=1000, scales_with="rent", counts="for the range of a training run's rent"
    )
    rent_high: Decimal | None = figure(
        "Highest rent seen",
        USD_PER_HOUR,
        high=1000,
        scales_with="rent",
        counts="for the range of a training run's rent",
    )
    rent_reserved: Decimal | None = figure(
        "Rent with a long contract", USD_PER_HOUR, high=1000, counts="where a model is served on reserved GPUs"
    )
    rent_spot: Decimal | None = figure(
        "Rent of a spot machine", USD_PER_HOUR, high=1000, counts="where a model is served on spot machines"
    )
    throughput_low: Decimal | None = figure(
        "Tokens a second when serving, low",
        TOKENS_PER_SECOND,
        high=10**7,
        counts="where a tuned model is served on this GPU",
    )
    throughput_high: Decimal | None = figure(
        "Tokens a second when serving, high",
        TOKENS_PER_SECOND,
        high=10**7,
        counts="where a tuned model is served on this GPU",
    )


@dataclass(frozen=True, kw_only=True)
class Architecture(Record):
    """The sizes of a transformer whose weights are open, as its configuration file names them.

    With fewer key-value heads than attention heads (grouped-query attention) keys and values are narrower. A head is as
    wide as the hidden size divided by the heads, unless `head_size` says otherwise. A mixture of experts has `experts`
    feed-forward blocks in a layer, of which a token uses `active_experts`; a dense model states neither. The parameters
    that a token uses stand where experts and sizes do not give them. The last three say what is kept of earlier tokens
    where that is less than all keys and values of all layers. All other figures are always stated.
    """

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("parameters",),
        ("layers",),
        ("hidden_size",),
        ("intermediate_size",),
        ("heads",),
        ("key_value_heads",),
        ("vocabulary",),
        ("embeddings",),
        ("feed_forward",),
    )

    parameters: Decimal = figure("Parameters", BILLIONS, low="0.001", high=100_000)
    layers: Decimal = figure("Layers", counted_unit("layer"), low=1, high=10_000)
    hidden_size: Decimal = figure("Hidden size", ONE, low=1, high=10**6)
    intermediate_size: Decimal = figure(
        "Intermediate size", ONE, low=1, high=10**7, counts="for adapters, and for the memory of a training run"
    )
    heads: Decimal = figure("Attention heads", counted_unit("head"), low=1, high=10_000)
    key_value_heads: Decimal = figure("Key-value heads", counted_unit("head"), low=1, high=10_000)
    head_size: Decimal | None = figure("Size of a head", ONE, low=1, high=10**5)
    vocabulary: Decimal = figure("Vocabulary", TOKENS, high=10**8)
    embeddings: Decimal = figure("Embedding matrices (1 if input and output share one)", ONE, low=1, high=2)
    feed_forward: Decimal = figure(
        "Feed-forward matrices in a layer (3 if gated)",
        ONE,
        low=2,
        high=3,
        counts="for adapters, and for the memory of a training run",
    )
    experts: Decimal | None = figure("Experts in a layer", counted_unit("expert"), low=1, high=10_000)
    active_experts: Decimal | None = figure("Experts that a token uses", counted_unit("expert"), low=1, high=10_000)
    active_parameters: Decimal | None = figure(
        "Parameters that a token uses",
        BILLIONS,
        low="0.001",
        high=100_000,
        counts="in place of a count from the sizes, for what a token costs in time",
    )
    cache_width: Decimal | None = figure(
        "Numbers cached for a token in a layer",
        ONE,
        low=1,
        high=10**6,
        counts="for serving, in place of all keys and values",
    )
    windowed_layers: Decimal | None = figure(
        "Layers that see a window only", counted_unit("layer"), high=10_000, counts="for serving, with the window"
    )
    window: Decimal | None = figure("That window", TOKENS, low=1, high=10**8, counts="for serving, with its layers")


@dataclass(frozen=True, kw_only=True)
class MemoryCheck(Record):
    """How the peaks of memory that a source published lie to the calculator's answers for the same settings."""

    called: ClassVar[str] = "Published by"
    is_dated: ClassVar[bool] = False

    peaks: Decimal = figure("Peaks", ONE, low=1, high=10**6)
    median_error: Decimal = figure("Median error", SHARE, high=10)
    nine_in_ten: Decimal = figure("Nine in ten are within", SHARE, high=10)
    inside: Decimal = figure("In the range", SHARE, high=1)
    width: Decimal = figure("Range, median, to each side", SHARE, high=10)


@dataclass(frozen=True, kw_only=True)
class SpeedCheck(Record):
    """How the speeds of serving that a source published lie to the calculator's answers for the same settings."""

    called: ClassVar[str] = "Published by"
    is_dated: ClassVar[bool] = False

    speeds: Decimal = figure("Speeds", ONE, low=1, high=10**6)
    median_error: Decimal = figure("Median error", SHARE, high=100)
    nine_in_ten: Decimal = figure("Nine in ten are within", SHARE, high=100)
    inside: Decimal = figure("In the range", SHARE, high=1)
    width: Decimal = figure("Range, median, to each side", SHARE, high=10)
