"""The methods of training, by name."""

from __future__ import annotations

FULL, LORA, INT8, QLORA = "full", "lora", "int8", "qlora"
METHODS = {FULL: "Full fine-tuning", LORA: "LoRA", INT8: "LoRA on 8-bit weights", QLORA: "QLoRA"}
