"""The memory that is answered for each published peak, and how the peaks lie to it.

`python -m tests.calculators.fine_tuning.hardware.checks` writes data/memory_checks.yaml anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from calculators.catalogue import Catalogue, load
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.calibration import Calibration, Checked, Entry
from tests.calculators.fine_tuning.hardware.pairs import project_pairs
from tests.calculators.fine_tuning.hardware.peaks import held_out, is_complete, peaks, question, tried

FILE = Path("data/memory_checks.yaml")
SOURCES = {
    "foundation-model-stack/fms-acceleration": "fms-acceleration-benchmarks",
    "QwenLM/Qwen": "qwen-memory-profile",
    "AnswerDotAI/fsdp_qlora": "fsdp-qlora-benchmarks",
    "huggingface/peft": "peft-memory",
    "modelscope/ms-swift": "ms-swift-benchmark",
    "Lightning-AI/litgpt": "litgpt-memory",
    "pytorch/torchtune": "torchtune",
    "axolotl-ai-cloud/axolotl": "axolotl-examples",
    "hiyouga/LLaMA-Factory": "llama-factory-memory",
    "arxiv:2309.12307": "longlora",
    "Anassbzdd/fitcheck": "fitcheck-measurements",
    "ljm565/universal-llm-trainer": "universal-llm-trainer-memory",
    "pytorch/ao": "torchao-memory",
    "PrimeIntellect-ai/prime-rl": "prime-rl-benchmarks",
    "DaoyuanLi2816/can-i-finetune-this": "can-i-finetune-this",
    "Lightning-AI/lightning-thunder": "thunder-memory",
    "aghilann/bastile": "bastile-memory",
    "chenyaofo": "chenyaofo-llama",
    "InternLM/InternEvo": "internevo-memory",
}
"""The entry in data/sources.yaml for each source of peaks."""
NAMES = {
    "arxiv:2309.12307": "LongLoRA",
    "QwenLM/Qwen": "Qwen, first generation",
    "pytorch/ao": "torchao",
    "aghilann/bastile": "Bastile",
}
MEASURES = {
    "allocated": "What tensors hold",
    "reserved": "What PyTorch has reserved",
    "driver": "What the driver sees",
    "unnamed": "A measure without a name",
}

HEAD = """\
# Memory checks: how published peaks of GPU memory lie to those that the calculator answers for the same settings.
#
# Computed by a test from the peaks in tests/calculators/fine_tuning/hardware/measured/. Nothing was fitted to the
# sources that are held out, which two further groups take together and apart by what was measured. A fit to those that
# are open to it was not taken. The last group needs no calculator: it holds peaks that two projects published for the
# same settings against each other.
checked: 2026-12-01
best_before: 2027-11-28
entries:
"""


CALIBRATION = Calibration(
    head=HEAD,
    measured="peaks",
    sources=SOURCES,
    held_out=held_out(),
    is_stated=is_complete,
    stated_name="Settings stated in full",
    open_name="Something left open",
    names=NAMES,
    tried=tried(),
)


def checked_peaks(catalogue: Catalogue) -> list[Checked]:
    """The answer for each published peak, in GB, with the formulas of the site."""
    listed = []
    for row in peaks():
        answer = computed(catalogue, "fine_tuning/hardware", question(row))
        span = answer.memory_range
        listed.append(Checked(row, answer.memory, span.low, span.high, Decimal(row["peak_gb"])))
    return listed


def by_measure(listed: Sequence[Checked]) -> Iterator[Entry]:
    """What is held out, apart by what was measured and by whether the settings are stated in full."""
    kept = [each for each in listed if each.row["source"] in held_out()]
    for measure, name in MEASURES.items():
        some = [each for each in kept if each.row["measure"] == measure]
        stated = [each for each in some if is_complete(each.row)]
        for key, words, part in ((measure, name, some), (f"{measure}-stated", f"{name}, stated in full", stated)):
            if part:
                largest = Counter(each.row["source"] for each in part).most_common(1)[0][0]
                yield Entry(key, words, "By measure", SOURCES[largest], CALIBRATION.figures(part))


def other_projects(listed: Sequence[Checked]) -> Entry:
    """The peak of another project for the same settings in place of the answer, with the narrowest range of all."""
    spread = min(each.width for each in listed)
    pairs = [
        Checked(row, peak, peak * (1 - spread), peak * (1 + spread), Decimal(row["peak_gb"]))
        for row, peak in project_pairs()
    ]
    figures = CALIBRATION.figures(pairs)
    return Entry("other-project", "Another project's peak", "Two projects", "qwen-memory-profile", figures)


def memory_checks_text(catalogue: Catalogue) -> str:
    """The whole of data/memory_checks.yaml."""
    listed = checked_peaks(catalogue)
    return CALIBRATION.text(listed, [*by_measure(listed), other_projects(listed)])


if __name__ == "__main__":
    FILE.write_text(memory_checks_text(load(facts_text(cache=None))), encoding="utf-8")
