"""What training a model needs: GPU memory, hours and rent.

Full fine-tuning, LoRA, LoRA on 8-bit weights and QLoRA side by side. Weights, gradients and optimizer follow from the
number of parameters; what a step adds follows from the sizes of the model and a few factors fitted to published peaks.
The time is the arithmetic of training divided by what a GPU really achieves.
"""

from __future__ import annotations

from calculators.domain.transformers import transformer_sizes
from calculators.domain.units import BYTES_PER_GB, SECONDS_PER_HOUR, SHORT
from calculators.engine.declare import bars, calculator, later
from calculators.engine.numbers import choose, is_known_number, named
from calculators.fine_tuning.hardware.inputs import EXAMPLES, Inputs
from calculators.fine_tuning.hardware.memory import (
    hardware_gpu_memory_needed,
    hardware_gpu_memory_verdict,
    hardware_memory_of_quantization_constants,
)
from calculators.fine_tuning.hardware.methods import FULL
from calculators.fine_tuning.hardware.notes import hardware_remarks
from calculators.fine_tuning.hardware.outputs import Outputs
from calculators.fine_tuning.hardware.run import (
    hardware_run_on_gpus,
    hardware_run_range,
    hardware_tokens_on_gpus,
    hardware_training_flops_per_token,
)
from calculators.fine_tuning.hardware.sizes import hardware_adapter_size, hardware_trainable_parameters
from calculators.fine_tuning.hardware.tables import (
    hardware_gpu_memory_table,
    hardware_method_table,
    hardware_table_of_every_gpu,
)
from calculators.fine_tuning.hardware.units import BYTES_PER_GIB, BYTES_PER_MIB, MB_PER_GB

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "training_hardware"]


NOT_COUNTED = (
    "The parts of models that read images, and the time that waiting for main memory costs.",
    "Setting up, loading, evaluating, and runs that fail.",
)


@calculator(chart=bars(output="every_gpu", by="gpu", column="cost", title="Rent of the training, where it fits"))
def training_hardware(i: Inputs) -> Outputs:
    """The parts of the memory summed, and the arithmetic of training over the speed of the GPUs.

    Eight billion parameters with 2 bytes of weight, 2 of gradient, 8 of moments and 4 of a copy each:

    >>> layer = dict(layers=1, hidden_size=1, intermediate_size=1, heads=1, key_value_heads=1, feed_forward=2)
    >>> model = dict(parameters=8, vocabulary=1, embeddings=1, **layer)
    >>> training_hardware(sample(Inputs, model=model, method="full", master_copy=True)).model_states
    Decimal('128')
    """
    model = transformer_sizes(i.model)
    adapters = hardware_adapter_size(i, model)
    memory = hardware_gpu_memory_needed(i, model, adapters, i.method)
    changing = hardware_trainable_parameters(model, adapters, i.method)
    everything = named("Parameters with the adapter", model.parameters + choose(i.method == FULL, 0, adapters))
    training = hardware_run_on_gpus(i, model, adapters, i.method, i.gpu)
    size = named("Bytes of the result", changing * SHORT)
    quantized = model.parameters - model.embedding
    saved = hardware_memory_of_quantization_constants(
        quantized, twice=False
    ) - hardware_memory_of_quantization_constants(quantized, twice=True)
    likely = named("Memory needed on each GPU", memory.likely)
    return Outputs(
        memory=likely,
        memory_range=memory.range,
        fit=hardware_gpu_memory_verdict(memory.range, i.gpu),
        training_hours=training.hours,
        training_hours_range=hardware_run_range(training.fast, training.hours, training.slow),
        training_cost=training.cost,
        training_cost_range=hardware_run_range(training.cost_low, training.cost, training.cost_high),
        trainable_parameters=changing,
        trainable_share=changing / everything,
        checkpoint_size=size / BYTES_PER_GB * MB_PER_GB,
        weights=memory.weights,
        gradients=memory.gradients,
        optimizer_states=memory.optimizer,
        model_states=memory.states,
        weight_copies=memory.copies,
        step_memory=memory.step,
        activations=memory.activations,
        logits=memory.logits,
        overhead=memory.overhead,
        tokens_per_second=training.hourly / SECONDS_PER_HOUR if is_known_number(training.hourly) else None,
        training_tokens=hardware_tokens_on_gpus(i),
        training_flops=hardware_training_flops_per_token(model, i.method, adapters) * hardware_tokens_on_gpus(i),
        gpu_hours=training.hours * i.gpus if is_known_number(training.hours) else None,
        all_parameters=everything,
        trainable_percent=changing / everything * 100,
        double_quantization_saving=saved / BYTES_PER_GB,
        checkpoint_size_mib=size / BYTES_PER_MIB,
        activations_gib=memory.activations * BYTES_PER_GB / BYTES_PER_GIB,
        memory_gib=likely * BYTES_PER_GB / BYTES_PER_GIB,
        parts=later(lambda: hardware_gpu_memory_table(memory)),
        methods=later(lambda: hardware_method_table(i, model, adapters)),
        every_gpu=later(lambda: hardware_table_of_every_gpu(i, model, adapters)),
        notes=later(lambda: hardware_remarks(i, model, adapters, memory)),
    )
