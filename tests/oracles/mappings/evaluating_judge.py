"""How the worked examples about judges and raters are put to `evaluating/judge`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.oracles.asked import Asked

AREAS = ("judge_calibration",)
JUDGE = "evaluating/judge"
WILSON = {"wilson_low": "sensitivity.low", "wilson_high": "sensitivity.high"}
CLOPPER = {"clopper_low": "sensitivity_exact_low", "clopper_high": "sensitivity_exact_high"}
CORRECTED = {
    "prevalence_raw": "corrected_raw",
    "prevalence": "corrected.likely",
    "delta_se": "corrected_error",
    "delta_low": "corrected_delta_low",
    "delta_high": "corrected_delta_high",
    "low": "corrected.low",
    "high": "corrected.high",
}
CATEGORIES = "abcde"


def four(both_pass: int, only_people: int, only_judge: int, both_fail: int) -> dict[str, str]:
    """The four counts, people's label first."""
    counts = {"both_pass": both_pass, "only_people": only_people, "only_judge": only_judge, "both_fail": both_fail}
    return {name: str(count) for name, count in counts.items()} | {"alpha": "5%"}


def asked(given: dict[str, str], outputs: dict[str, str]) -> list[Asked]:
    """One question to the calculator."""
    return [Asked(JUDGE, given, outputs)]


def proportion(right: int, answers: int, **more: str) -> list[Asked]:
    """The intervals of a share, that of good answers passed."""
    return asked(four(right, answers - right, 0, 0), more | WILSON | CLOPPER)


def corrected(passes: str, judged: int, right_good: int, good: int, right_bad: int, bad: int) -> list[Asked]:
    """The corrected rate of a judge with these error rates."""
    labels = four(right_good, good - right_good, bad - right_bad, right_bad)
    return asked(labels | {"passes": passes, "judged": str(judged)}, CORRECTED)


def rated(cases: Sequence[Sequence[int | None]]) -> dict[str, str]:
    """Rows of people's labels, a column for each person; each number is a category."""
    heading = ",".join(f"person {person}" for person in range(1, len(cases[0]) + 1))
    rows = [",".join("" if label is None else CATEGORIES[label - 1] for label in case) for case in cases]
    return {"label_text": "\n".join([heading, *rows])}


def both_orders(first_twice: int, second_twice: int, a_twice: int, b_twice: int) -> dict[str, str]:
    """Rows of pairs judged in both orders: whether the judge chose answer A, shown first and shown second."""
    pairs = [("1", "0")] * first_twice + [("0", "1")] * second_twice + [("1", "1")] * a_twice + [("0", "0")] * b_twice
    rows = [
        f"{case},{position},{label}"
        for case, labels in enumerate(pairs)
        for position, label in zip(("first", "second"), labels, strict=True)
    ]
    return {"label_text": "\n".join(["case,position,judge", *rows])}


def distributed(counts: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """Ratings with so many labels of each category."""
    return [[category for category, times in enumerate(case, 1) for _ in range(times)] for case in counts]


FOUR_RATERS: list[list[int | None]] = [
    [1, 1, None, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [None, 5, 5, 5],
    [None, None, 1, 1],
    [None, None, 3, None],
]
TEN_UNITS: list[list[int | None]] = [
    [1, 2],
    [2, 2],
    [1, 2],
    [1, 1],
    [1, 1],
    [1, 2],
    [1, 1],
    [1, 1],
    [2, 1],
    [1, 1],
]
TWELVE_UNITS: list[list[int | None]] = [
    [1, 2],
    [1, 1],
    [2, 2],
    [2, 2],
    [4, 2],
    [3, 3],
    [3, 3],
    [3, 3],
    [5, 5],
    [4, 4],
    [4, 4],
    [1, 4],
]
SIX_RATERS = [
    [0, 0, 0, 6, 0],
    [0, 3, 0, 0, 3],
    [0, 1, 4, 0, 1],
    [0, 0, 0, 0, 6],
    [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2],
    [2, 0, 3, 1, 0],
    [2, 0, 0, 4, 0],
    [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0],
    [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0],
    [1, 0, 0, 5, 0],
    [0, 2, 0, 3, 1],
]
ABSTRACTORS = {("a", "a"): 13, ("b", "b"): 20, ("b", "c"): 7, ("c", "b"): 4, ("c", "c"): 56}
KAPPA = {"kappa": "kappa.likely", "agreement": "accuracy", "se": "kappa_error"}

MAPPED: dict[str, list[Asked]] = {
    "JC01": proportion(81, 263),
    "JC03": proportion(0, 20),
    "JC05": asked(
        four(84, 43, 13, 96),
        {
            "sensitivity": "sensitivity.likely",
            "sensitivity_wilson_low": "sensitivity.low",
            "sensitivity_wilson_high": "sensitivity.high",
            "sensitivity_clopper_low": "sensitivity_exact_low",
            "sensitivity_clopper_high": "sensitivity_exact_high",
            "specificity": "specificity.likely",
            "specificity_wilson_low": "specificity.low",
            "specificity_wilson_high": "specificity.high",
            "specificity_clopper_low": "specificity_exact_low",
            "specificity_clopper_high": "specificity_exact_high",
            "accuracy": "accuracy",
            "precision": "precision",
            "negative_predictive": "negative_predictive",
            "f1": "f1",
            "balanced_accuracy": "balanced_accuracy",
            "youden": "youden",
            "mcc": "matthews",
            "kappa": "kappa.likely",
        },
    ),
    "JC06": proportion(10, 10, estimate="sensitivity.likely"),
    "JC08": asked(four(20, 5, 10, 15), KAPPA),
    "JC10": asked(four(25, 35, 5, 35), KAPPA),
    "JC11": asked(
        {
            "label_text": "\n".join(
                ["person,judge", *(f"{a},{b}" for (a, b), cases in ABSTRACTORS.items() for _ in range(cases))]
            ),
            "alpha": "5%",
        },
        {"kappa": "kappa.likely", "se": "kappa_error", "low": "kappa.low", "high": "kappa.high"},
    ),
    "JC13": asked(
        rated(FOUR_RATERS),
        {
            "ac1": "people_ac1",
            "se": "people_ac1_error",
            "agreement": "people_agreement",
            "chance": "people_ac1_chance",
        },
    ),
    "JC15": asked(rated(TEN_UNITS), {"nominal": "people_alpha"}),
    "JC16": asked(rated(TWELVE_UNITS), {"nominal": "people_alpha"}),
    "JC18": asked(four(25, 0, 0, 0), {"kappa": "kappa.likely", "agreement": "accuracy", "ac1": "ac1"}),
    "JC20": asked(
        rated(distributed(SIX_RATERS)),
        {
            "fleiss_kappa": "people_fleiss",
            "gwet_ac1": "people_ac1",
            "krippendorff_alpha_nominal": "people_alpha",
            "agreement": "people_agreement",
        },
    ),
    "JC21": asked(four(6, 2, 1, 3), {"mcc": "matthews"}),
    "JC23": corrected("4060", 11284, 178, 179, 358, 359),
    "JC25": corrected("711.72", 11862, 8, 10, 12, 12),
    "JC26": corrected("259", 509, 84, 127, 96, 109),
    "JC28": corrected("6", 200, 45, 50, 94, 100),
    "JC30": corrected("360", 500, 51, 60, 36, 40),
    "JC33": asked(four(90, 10, 5, 45) | {"width": "10%"}, {"n_wald": "labels_wald", "n_wilson": "labels_sensitivity"}),
    "JC35": asked(
        both_orders(27, 12, 40, 21),
        {
            "inconsistent": "position_swayed",
            "consistency": "position_consistency",
            "first_share": "position_first_share",
            "p_two_sided": "position_p_value",
            "low": "position_first_low",
            "high": "position_first_high",
        },
    ),
    "JC36": asked(
        four(682, 243, 0, 0) | {"bar": "75%"},
        {"p_two_sided": "sensitivity_p_value", "low": "sensitivity_exact_low", "high": "sensitivity_exact_high"},
    ),
    "JC38": asked(
        four(6, 1, 1, 2) | {"passes": "70", "judged": "100"},
        {"estimate": "powered", "low": "powered_low", "high": "powered_high"},
    ),
}

NOT_ASKED = {
    "JC31": "It enumerates a percentile bootstrap of the corrected rate. The calculator gives Lang and Reiczigel's "
    "interval instead, which needs no enumeration; a test simulates how often that one holds the true rate.",
}
"""Cases of an area that has a calculator, which yet ask what it does not compute, with the reason."""
