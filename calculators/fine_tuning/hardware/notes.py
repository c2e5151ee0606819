"""What a reader of the hardware of a training should know about the answer."""

from __future__ import annotations

from calculators.domain.transformers import Sizes
from calculators.domain.units import TOKEN
from calculators.engine.numbers import Note, Number, both, known_or, note, opposite, quotient
from calculators.engine.numbers.units import GB, ONE, SHARE, counted_unit
from calculators.fine_tuning.hardware.inputs import Inputs
from calculators.fine_tuning.hardware.memory import HardwareMemory
from calculators.fine_tuning.hardware.memory.states import is_hardware_training_quantized
from calculators.fine_tuning.hardware.methods import FULL
from calculators.fine_tuning.hardware.run import hardware_attention_flops, hardware_training_flops_per_token


def hardware_remarks(i: Inputs, model: Sizes, adapters: Number, memory: HardwareMemory) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    capacity, needs = known_or(i.gpu.memory, 0), memory.range
    attention = hardware_attention_flops(model, i.sequence_length / TOKEN) / (
        hardware_training_flops_per_token(model, i.method, adapters) * TOKEN
    )
    tuned = opposite(i.method == FULL)
    return (
        note(
            both(needs.low <= capacity, needs.high > capacity),
            "The GPU has {held}. Whether this fits depends on details of your software: try one step before you rent "
            "for long. Shorter sequences, 8-bit Adam or a loss computed in pieces make room.",
            held=(capacity, GB),
        ),
        note(
            needs.low > capacity,
            "The GPU has only {held}. Try QLoRA, a smaller model, or more GPUs that share the weights.",
            held=(capacity, GB),
        ),
        note(
            both(i.gpus > 1, i.sharded == "no"),
            "Each of the {gpus} holds all of the model: more GPUs make training faster, not smaller.",
            gpus=(i.gpus, counted_unit("GPU")),
        ),
        note(
            12 * memory.extra > memory.likely,
            "The high end has room for {extra} of gradients that some software holds besides. FSDP may keep them whole "
            "on each GPU while it adds them up, and DeepSpeed copies its share into 32 bits.",
            extra=(memory.extra, GB),
        ),
        note(
            i.example_tokens > i.sequence_length,
            "Examples are longer than a sequence. {lost} of their text is cut off and never learned from.",
            lost=(quotient(i.example_tokens - i.sequence_length, i.example_tokens), SHARE),
        ),
        note(
            both(opposite(i.packing), i.example_tokens < i.sequence_length),
            "{filled} of the computing goes into filling up short examples. Packing avoids it.",
            filled=(quotient(i.sequence_length - i.example_tokens, i.sequence_length), SHARE),
        ),
        note(
            opposite(i.checkpointing),
            "Activations are kept in full. Adapters hardly make them smaller; checkpointing does.",
        ),
        note(
            both(tuned, 2 * adapters > model.parameters),
            "The adapters are more than half as large as the model. LoRA then saves little or nothing.",
        ),
        note(
            12 * attention > 1,
            "Long sequences: comparing each token with those before it takes about {more} more operations, which the "
            "time does not count.",
            more=(attention, SHARE),
        ),
        note(
            is_hardware_training_quantized(i.method),
            "The time takes these weights to make training {factor} times as slow. Steps of a few hundred tokens are "
            "slowed twice as much, long ones hardly. Time a few steps.",
            factor=(i.slow_down, ONE),
        ),
    )
