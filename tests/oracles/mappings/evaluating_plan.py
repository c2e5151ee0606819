"""How the worked examples about planning a test are put to `evaluating/plan`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracles.asked import Asked

AREAS = ("power_two_proportions", "sample_size_two_proportions", "standard_error", "wrong_pick_probability")


def asked(outputs: Mapping[str, str], **given: object) -> Asked:
    """One question to evaluating/plan, with everything but what is given at its usual value."""
    usual = {"comparisons": "1", "alpha": "0.05", "power": "0.8", "discordant": "0.2", "judge_accuracy": "100%"}
    return Asked("evaluating/plan", usual | {name: str(text) for name, text in given.items()}, outputs)


SIZE = {"n_per_arm": "sample_size_per_arm_unrounded", "ceil": "sample_size_per_arm"}

MAPPED: dict[str, list[Asked]] = {
    "S12": [asked(SIZE, baseline="0.8", expected="0.9")],
    "S13": [asked(SIZE, baseline="0.78", expected="0.89", power="0.9")],
    "S14": [asked({"power": "independent_power"}, baseline="0.78", expected="0.89", examples=20)],
    "S16": [asked({"p_worse_scores_at_least_as_high": "wrong_pick"}, baseline="0.78", expected="0.89", examples=20)],
    "S23": [
        asked({"se[0]": "standard_error"}, baseline="0.655", examples=5000),
        asked({"se[1]": "standard_error"}, baseline="0.836", examples=164),
        asked({"se[2]": "standard_error"}, baseline="0.753", examples=2500),
    ],
}

NOT_ASKED: dict[str, str] = {}
"""Cases of an area that has a calculator, which yet ask what it does not compute, with the reason."""
