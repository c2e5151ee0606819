"""The adapters of a training, and how many parameters change."""

from __future__ import annotations

from calculators.domain.transformers import Sizes, lora_adapter_parameters
from calculators.domain.units import PER_BILLION
from calculators.engine.numbers import Number, choose, named
from calculators.fine_tuning.hardware.inputs import Inputs
from calculators.fine_tuning.hardware.methods import FULL


def hardware_adapter_size(i: Inputs, model: Sizes) -> Number:
    """The parameters of the adapters, typed or counted from rank and matrices, and of tables trained beside them."""
    counted = lora_adapter_parameters(model, i.rank, i.target_matrices)
    typed = i.adapter_parameters * PER_BILLION
    tables = choose(i.trained_embeddings, model.embedding, 0)
    return named("Parameters of the adapters", choose(i.target_matrices == "other", typed, counted) + tables)


def hardware_trainable_parameters(model: Sizes, adapters: Number, method: str) -> Number:
    """How many parameters change: all, or the adapters alone."""
    return named("Trainable parameters", choose(method == FULL, model.parameters, adapters))
