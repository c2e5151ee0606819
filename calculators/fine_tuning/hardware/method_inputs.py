"""What the method of a training asks: the model, how it is trained, and what a step holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.records import Architecture
from calculators.domain.units import BILLIONS
from calculators.engine.declare import choice, number, pick, yes_no
from calculators.engine.numbers.units import ONE, TOKENS, counted_unit
from calculators.fine_tuning.hardware.methods import LORA, METHODS


@dataclass(frozen=True, kw_only=True)
class MethodInputs:
    """The model, how it is trained, and what a step holds."""

    model: Architecture = pick(
        "architectures",
        label="Model",
        default="llama-3.1-8b",
        group="The model",
        because="a dense model with open weights that many projects tune",
        help="Each of its sizes can be typed over, so any other model can be described.",
    )
    method: str = choice(
        "Method",
        METHODS,
        default=LORA,
        group="How it is trained",
        because="LoRA is where most projects start",
        help="LoRA trains small added matrices. The model itself then stays in 16 bits, in 8, or in 4 (QLoRA).",
    )
    rank: Decimal = number(
        "LoRA rank",
        ONE,
        low=1,
        high=4096,
        default=16,
        whole=True,
        group="How it is trained",
        folded=True,
        only_if=("target_matrices", "query_value", "attention", "all_linear"),
        because="a common start; a higher rank learns more from more data",
    )
    target_matrices: str = choice(
        "Matrices that get an adapter",
        {
            "query_value": "Queries and values",
            "attention": "All of attention",
            "all_linear": "All linear matrices",
            "other": "Others: the number typed below",
        },
        default="all_linear",
        group="How it is trained",
        folded=True,
        because="adapters on all matrices come closest to full fine-tuning",
    )
    adapter_parameters: Decimal = number(
        "Adapter parameters",
        BILLIONS,
        low=0,
        high=10_000,
        default="0.04",
        group="How it is trained",
        folded=True,
        only_if=("target_matrices", "other"),
        because="about those of an 8B model at rank 16; used only with other matrices",
        help="Training software prints them at the start. Otherwise they are counted from rank and matrices.",
    )
    trained_embeddings: bool = yes_no(
        "Embeddings and output layer trained whole beside the adapters",
        default=False,
        group="How it is trained",
        folded=True,
        because="adapters alone are usual; new words in the vocabulary need it",
        help="The trainer then keeps a second copy of these tables, with gradients and moments.",
    )
    quantization_constants: str = choice(
        "Constants of the 4-bit weights",
        {"double": "Quantized too", "single": "In 32 bits", "none": "Not counted"},
        default="double",
        group="How it is trained",
        folded=True,
        because="QLoRA calls it double quantization",
    )
    optimizer: str = choice(
        "Optimizer",
        {
            "adam": "Adam or AdamW",
            "adam_16bit": "The same, its moments in 16 bits",
            "adam_8bit": "8-bit Adam",
        },
        default="adam",
        group="How it is trained",
        folded=True,
        only_if=("offload", "none", "activations"),
        because="the usual one, with moments in 32 bits",
        help="A model loaded in 16 bits and trained without a copy in 32 has moments in 16 bits too: 8 bytes for each "
        "trained parameter in all.",
    )
    master_copy: bool = yes_no(
        "Copy of the trained weights in 32 bits",
        default=True,
        group="How it is trained",
        folded=True,
        only_if=("offload", "none", "activations"),
        because="usual in mixed precision, so that small steps are not rounded away",
    )
    optimizer_step: str = choice(
        "How the optimizer changes the weights",
        {
            "fused": "In one kernel, without copies",
            "foreach": "All at once, with a copy for a moment",
            "backward": "While going back, without a buffer of gradients",
        },
        default="fused",
        group="How it is trained",
        folded=True,
        only_if=("offload", "none", "activations"),
        because="the Transformers library asks for it from PyTorch 2.8 on",
        help="PyTorch's own default is all at once, which it calls foreach.",
    )
    sequence_length: Decimal = number(
        "Sequence length",
        TOKENS,
        low=1,
        high=10**7,
        default=2048,
        whole=True,
        group="A step",
        because="room for a prompt of a page or two and its answer",
    )
    batch: Decimal = number(
        "Sequences at once on each GPU",
        counted_unit("sequence"),
        low=1,
        high=100_000,
        default=1,
        whole=True,
        group="A step",
        because="the least memory; gradients of several steps can be added up",
    )
    accumulation: bool = yes_no(
        "Gradients of several steps added up",
        default=True,
        group="A step",
        folded=True,
        only_if=("offload", "none", "activations"),
        because="usual where few sequences fit at once; the gradients then stay while the next step is computed",
    )
    checkpointing: bool = yes_no(
        "Activation checkpointing",
        default=True,
        group="A step",
        folded=True,
        because="it saves most of the memory of activations for up to a third more computing",
    )
    flash_attention: bool = yes_no(
        "Flash attention",
        default=True,
        group="A step",
        folded=True,
        because="built into today's software; the attention scores are never kept",
    )
    chunked_loss: bool = yes_no(
        "Loss computed in pieces",
        default=False,
        group="A step",
        folded=True,
        because="a plain trainer keeps the scores of the whole vocabulary at once",
        help="Software such as torchtune, Liger or Unsloth can do it. The logits then take next to no memory.",
    )
    wide_logits: bool = yes_no(
        "Scores of the vocabulary in 32 bits",
        default=True,
        group="A step",
        folded=True,
        only_if=("chunked_loss", "no"),
        because="the Transformers library raises them before it computes the loss",
    )
    wide_stream: bool = yes_no(
        "Embeddings and what passes between the layers in 32 bits",
        default=False,
        group="A step",
        folded=True,
        because="the memory is saved more often than not",
        help="The PEFT library's prepare_model_for_kbit_training raises them for models in 8 or 4 bits.",
    )
