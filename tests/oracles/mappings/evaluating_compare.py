"""How the worked examples about the result of a test are put to `evaluating/compare`."""

from __future__ import annotations

from tests.oracles.asked import Asked

AREAS = ("fisher_exact", "mcnemar_exact", "wald_is_wrong", "wilson_ci")
P_VALUE = {"p_value": "p_value"}
INTERVAL = {"low": "score_a.low", "high": "score_a.high"}


def paired(only_a: int, only_b: int) -> list[Asked]:
    """The p-value where both answered the same examples."""
    given = {"design": "paired", "both_right": "10", "only_a": str(only_a), "only_b": str(only_b), "both_wrong": "4"}
    return [Asked("evaluating/compare", given, P_VALUE)]


def score(right: int, examples: int) -> list[Asked]:
    """The interval of one score at 95%."""
    given = {"design": "independent", "right_a": str(right), "examples_a": str(examples), "alpha": "5%"}
    return [Asked("evaluating/compare", given, INTERVAL)]


MAPPED: dict[str, list[Asked]] = {
    "S-mcnemar-1-6": paired(1, 6),
    "S-mcnemar-10-25": paired(10, 25),
    "S-mcnemar-12-5": paired(12, 5),
    "S-mcnemar-3-10": paired(3, 10),
    "S-wilson-0-20": score(0, 20),
    "S-wilson-18-20": score(18, 20),
    "S-wilson-19-20": score(19, 20),
    "S-wilson-20-20": score(20, 20),
    "S-wilson-78-100": score(78, 100),
    "S22": [
        Asked(
            "evaluating/compare",
            {"design": "independent", "right_a": "16", "examples_a": "20", "right_b": "18", "examples_b": "20"},
            P_VALUE,
        )
    ],
}

NOT_ASKED = {
    "S24": "It shows what must not be printed, Wald's interval of no width, beside another exact interval. No output "
    "is either; Wilson's bound is S-wilson-20-20, and a test of the calculator forbids an interval of no width.",
}
"""Cases of an area that has a calculator, which yet ask what it does not compute, with the reason."""
