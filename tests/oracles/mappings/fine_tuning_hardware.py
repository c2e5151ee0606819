"""How the worked examples about memory and adapters are put to `fine_tuning/hardware`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracles.asked import Asked

AREAS = (
    "activation_memory",
    "double_quantization_saving",
    "lora_checkpoint",
    "lora_params",
    "vram_full_ft",
    "vram_qlora",
)


def asked(outputs: Mapping[str, str], **given: object) -> Asked:
    """One question to fine_tuning/hardware; `model__layers` stands for `model.layers`."""
    return Asked("fine_tuning/hardware", {name.replace("__", "."): str(text) for name, text in given.items()}, outputs)


STATES = {"gb": "model_states"}
"""The published sums hold weights, gradients and optimizer, and nothing else."""

GPT_3 = {"model__layers": 96, "model__hidden_size": 12288, "model__heads": 96, "model__key_value_heads": 96}
LLAMA_7B = {"model__layers": 32, "model__hidden_size": 4096, "model__heads": 32, "model__key_value_heads": 32}
STARCODER = {
    "model__layers": 40,
    "model__hidden_size": 6144,
    "model__intermediate_size": 24576,
    "model__heads": 48,
    "model__key_value_heads": 1,
    "model__feed_forward": 2,
}
Q_AND_V = {"method": "lora", "target_matrices": "query_value"}

MAPPED: dict[str, list[Asked]] = {
    "M02": [asked(STATES, method="full", model__parameters="15.5")],
    "M03": [asked(STATES, method="full", model__parameters=65, master_copy="no")],
    # Half a byte for every frozen weight: no constants, and no embeddings in 16 bits.
    "M04": [
        asked(
            STATES,
            method="qlora",
            model__parameters="15.51",
            model__vocabulary=0,
            quantization_constants="none",
            target_matrices="other",
            adapter_parameters="0.11",
        ),
    ],
    "M06": [asked({"gb": "double_quantization_saving"}, method="qlora", model__parameters=65, model__vocabulary=0)],
    "M08": [asked({"trainable": "trainable_parameters"}, **Q_AND_V, **GPT_3, rank=8)],
    "M09": [asked({"mib": "checkpoint_size_mib"}, **Q_AND_V, **GPT_3, rank=4)],
    "M10": [
        asked(
            {"trainable": "trainable_parameters", "all_params": "all_parameters", "percent": "trainable_percent"},
            **Q_AND_V,
            **LLAMA_7B,
            rank=8,
            model__parameters="6.738415616",
        ),
    ],
    "M13": [
        asked(
            {"gib": "activations_gib"},
            **STARCODER,
            sequence_length=2048,
            batch=4,
            checkpointing="no",
            flash_attention="no",
        ),
    ],
}

NOT_ASKED: dict[str, str] = {}
