"""The bytes of weights, gradients and optimizer, and how several GPUs share them."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.transformers import Sizes
from calculators.domain.units import BYTE, PARAMETERS, SHORT
from calculators.engine.numbers import Condition, Number, both, choose, either_of, named, opposite, smallest
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import BYTES, counted_unit
from calculators.fine_tuning.hardware.inputs import Inputs
from calculators.fine_tuning.hardware.methods import FULL, INT8, QLORA
from calculators.fine_tuning.hardware.sizes import hardware_trainable_parameters
from calculators.fine_tuning.hardware.units import LONG

MOMENTS = Constant(8, "bytes of two 32-bit moments", BYTES)
MOMENTS_16_BIT = Constant(4, "bytes of two 16-bit moments", BYTES)
MOMENTS_8_BIT = Constant(2, "bytes of two 8-bit moments", BYTES)
BLOCK = Constant(64, "weights in a block", PARAMETERS)
BLOCKS = Constant(256, "blocks that share a constant", counted_unit("block"))
AT_ONCE = Constant(10**9, "parameters that ZeRO-3 changes at once", PARAMETERS)
"""DeepSpeed's `sub_group_size`, if nothing else is set."""


def hardware_memory_of_quantization_constants(quantized: Number, twice: bool) -> Number:
    """The bytes of the constants that 4-bit weights need: one for each block of 64, in 32 bits, or quantized again.

    Quantized a second time they take a byte each, plus 32 bits for each 256 of them (QLoRA, arXiv 2305.14314).
    """
    blocks = named("Blocks of 4-bit weights", quantized / BLOCK)
    return blocks * BYTE + blocks / BLOCKS * LONG if twice else blocks * LONG


def hardware_memory_of_matrices(parameters: Number, method: str, constants: str) -> Number:
    """The bytes of a model's matrices as a method stores them: 4, 8 or 16 bits for each weight."""
    constant_bytes = choose(
        constants == "double",
        hardware_memory_of_quantization_constants(parameters, twice=True),
        choose(constants == "single", hardware_memory_of_quantization_constants(parameters, twice=False), 0),
    )
    eight = choose(method == INT8, parameters * BYTE, parameters * SHORT)
    return choose(method == QLORA, parameters / 2 * BYTE + constant_bytes, eight)


def is_hardware_training_quantized(method: str) -> Condition:
    """Whether a method keeps the frozen matrices in fewer than 16 bits."""
    return either_of(method == QLORA, method == INT8)


def hardware_memory_of_weights(i: Inputs, model: Sizes, method: str, added: Number) -> Number:
    """The bytes of all weights. The embeddings and what is `added` (adapters, trained tables) stay in 16 bits."""
    matrices = hardware_memory_of_matrices(
        named("Weights of the layers", model.parameters - model.embedding), method, i.quantization_constants
    )
    table_bytes = choose(both(is_hardware_training_quantized(method), i.wide_stream), LONG, SHORT)
    return named("Weights of the model", matrices + model.embedding * table_bytes) + choose(
        method == FULL, 0, added * SHORT
    )


def hardware_memory_of_moments(optimizer: str, master_copy: Condition) -> Number:
    """The bytes that Adam keeps for each trained parameter: two moments and, if wanted, a copy in 32 bits."""
    narrow = choose(optimizer == "adam_16bit", MOMENTS_16_BIT, MOMENTS)
    moments = choose(optimizer == "adam_8bit", MOMENTS_8_BIT, narrow)
    return named("Bytes of the optimizer for each trained parameter", moments + choose(master_copy, LONG, 0))


def hardware_memory_of_one_step(i: Inputs) -> Number:
    """The bytes that Adam takes for a moment for each trained parameter if it works on all of them at once."""
    moment = choose(i.optimizer == "adam_16bit", SHORT, LONG)
    copied = both(i.optimizer_step == "foreach", opposite(i.optimizer == "adam_8bit"))
    return choose(copied, moment, 0)


@dataclass(frozen=True, slots=True)
class States:
    """What a GPU holds from step to step, and what Adam takes besides for a moment, in bytes."""

    weights: Number
    gradients: Number
    optimizer: Number
    buckets: Number
    """Gradients a second time, in what GPUs that share nothing send each other."""
    passing: Number
    """What the optimizer takes while it changes the weights."""
    gathered: Number
    """Layers that several GPUs share, or that wait in main memory, put together for use."""
    unpacked: Number
    """Quantized layers turned back into 16 bits for use."""
    extra: Number
    """Gradients that some software holds besides, on several GPUs."""


def hardware_memory_of_extra_gradients(i: Inputs, trained: Number, gradients: Number, owned: Number) -> Number:
    """The bytes of gradients that some software holds besides on each of several GPUs, from what it trains and holds.

    FSDP that shares gradients only at the last of several steps (`no_sync`) keeps them whole until then, while
    DeepSpeed shares them at each. DeepSpeed turns those that it owns into 32 bits for the precise copy, with ZeRO-3 a
    billion at a time, while FSDP has no such copy.
    """
    in_groups = choose(i.sharded == "yes", smallest(owned, AT_ONCE), owned)
    copied = both(i.master_copy, i.optimizer_step == "fused", opposite(i.sharded == "no"), i.gpus > 1)
    whole = choose(i.accumulation, named("All gradients", trained * SHORT) - gradients, 0)
    return named("Gradients kept whole", whole) + named("Gradients in 32 bits", choose(copied, in_groups * LONG, 0))


def hardware_memory_of_states(i: Inputs, model: Sizes, method: str, added: Number) -> States:
    """The states on each GPU; ZeRO-1 shares the optimizer, ZeRO-2 the gradients too, ZeRO-3 and FSDP all three.

    PyTorch's DDP shares nothing. It keeps each gradient, and copies it into a bucket that stays.
    """
    changing = hardware_trainable_parameters(model, added, method)
    away = i.offload == "weights"
    all_three = i.sharded == "yes"
    with_gradients = either_of(all_three, i.sharded == "zero2")
    with_optimizer = either_of(with_gradients, i.sharded == "zero1")
    owners = choose(with_optimizer, i.gpus, 1)
    stored = hardware_memory_of_matrices(model.layer, method, i.quantization_constants)
    in_use = named("Layers put together at once", smallest(i.gathered_layers, model.layers))
    unpacked = named("Layers turned back at once", smallest(i.unpacked_layers, model.layers))
    shared = either_of(away, both(all_three, i.gpus > 1))
    no_gradients = either_of(away, i.optimizer_step == "backward")
    weights = hardware_memory_of_weights(i, model, method, added)
    moments = changing * hardware_memory_of_moments(i.optimizer, i.master_copy)
    gradients = choose(no_gradients, 0, changing * SHORT / choose(with_gradients, i.gpus, 1))
    extra = hardware_memory_of_extra_gradients(i, changing, gradients, changing / owners)
    return States(
        weights=choose(away, 0, weights / named("GPUs that share the weights", choose(all_three, i.gpus, 1))),
        gradients=gradients,
        buckets=choose(both(i.sharded == "no", i.gpus > 1), gradients, 0),
        optimizer=choose(away, 0, moments / named("GPUs that share the optimizer", owners)),
        passing=choose(away, 0, changing * hardware_memory_of_one_step(i) / owners),
        gathered=choose(shared, in_use * stored + model.embedding * SHORT, 0),
        unpacked=choose(is_hardware_training_quantized(method), unpacked * model.active_layer * SHORT, 0),
        extra=choose(no_gradients, 0, extra),
    )
