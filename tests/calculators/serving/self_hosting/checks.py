"""The speed that is answered for each published one, and how they lie to each other.

`python -m tests.calculators.serving.self_hosting.checks` writes data/speed_checks.yaml anew.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from calculators.catalogue import Catalogue, load
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.calibration import Calibration, Checked, Row
from tests.calculators.serving.self_hosting.speeds import (
    AMPLE,
    at_once,
    draining,
    has_stated_lengths,
    held_out,
    question,
    speeds,
    tried,
)

FILE = Path("data/speed_checks.yaml")
SOURCES = {
    "GPUStack": "gpustack-lab",
    "Qwen3": "qwen3-speed",
    "InferenceMAX": "inferencemax-runs",
    "LMDeploy 0.1": "lmdeploy-benchmark",
    "TensorRT-LLM 0.6": "tensorrt-llm-0.6",
    "NVIDIA NIM": "nim-performance",
    "vLLM": "vllm-blog",
    "Rahman": "rahman-4090",
    "Vultr": "vultr-cookbook",
    "TensorRT-LLM 0.17": "tensorrt-llm",
    "TensorRT-LLM 1.x": "tensorrt-llm-1",
    "AccelMark": "accelmark",
    "TensorRT-LLM 0.21": "tensorrt-llm-0.21",
    "SGLang cookbook": "sglang-cookbook",
    "dstack": "dstack-benchmarks",
    "ROCm vLLM": "rocm-vllm",
    "silybench": "silybench",
    "Qwen2.5": "qwen2.5-speed",
    "ninehills": "ninehills-4090",
    "Prem": "prem-benchmarks",
    "Dai": "dai-llama-cpp",
    "TensorRT-LLM 0.14": "tensorrt-llm-0.14",
    "Argonne": "argonne-inference",
    "MLC": "mlc-llm-perf",
    "Qwen2": "qwen2-speed",
    "Holtmann": "holtmann-consumer",
    "Massed Compute": "massed-compute",
    "Soni": "soni-a10",
    "Wei": "wei-mi300x",
    "TensorRT-LLM 0.9": "tensorrt-llm-0.9",
    "QServe": "qserve",
    "ML.ENERGY": "ml-energy",
}
"""The entry in data/sources.yaml for each source of speeds."""

HEAD = """\
# Speed checks: how published speeds of serving lie to those that the calculator answers for the same settings.
#
# Computed by a test from the speeds in tests/calculators/serving/self_hosting/measured/. Nothing may be fitted to the
# sources that are held out, which the last group takes together; a fit to those that are open to one was not taken.
checked: 2026-12-01
best_before: 2027-12-01
entries:
"""


CALIBRATION = Calibration(
    head=HEAD,
    measured="speeds",
    sources=SOURCES,
    held_out=held_out(),
    is_stated=has_stated_lengths,
    stated_name="Lengths stated",
    open_name="Lengths left open",
    tried=tried(),
)


def checked_speed(catalogue: Catalogue, row: Row) -> Checked:
    """The answer for a published speed, with the formulas of the site.

    A time until the first token is taken as a speed, one over it.
    """
    answer = computed(catalogue, "serving/self_hosting", question(row, at_once(row)))
    if answer.fit == "no":  # It ran, so there was room for one request, though the count says just not.
        answer = computed(catalogue, "serving/self_hosting", question(row, "1") | {"gpu.memory": AMPLE})
    if row["longest"]:
        answer = computed(catalogue, "serving/self_hosting", question(row, draining(row, answer.places)))
    span = answer.throughput_range
    low, high = span.low / span.likely, span.high / span.likely
    measured = Decimal(row["value"])
    if row["measure"] == "first_token_s":
        return Checked(row, speed := 1 / answer.first_token_alone, speed * low, speed * high, 1 / measured)
    speed = answer.throughput if row["measure"] == "output_tokens_s" else answer.pace_alone
    return Checked(row, speed, speed * low, speed * high, measured)


def checked_speeds(catalogue: Catalogue) -> list[Checked]:
    """The answer for each published speed."""
    return [checked_speed(catalogue, row) for row in speeds()]


def speed_checks_text(catalogue: Catalogue) -> str:
    """The whole of data/speed_checks.yaml."""
    return CALIBRATION.text(checked_speeds(catalogue))


if __name__ == "__main__":
    FILE.write_text(speed_checks_text(load(facts_text(cache=None))), encoding="utf-8")
