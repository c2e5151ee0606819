"""A small model first: cost and good answers against a count of requests, a closed form, and sums by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing.approach.cascade import (
    CascadeCosts,
    cascade_cost,
    cascade_good_answers,
    cascade_pays_from,
)
from calculators.engine.questions.question import Working
from macros.facts import facts_text
from tests.calculators.answers import answer_json

APPROACH = "choosing/approach"
REACHED = {"result": "reached", "cost_and_latency": "still_too_high", "effort_compared": "yes", "facts": "none"}


def costs(small: str, check: str, passed: str = "1", is_router: bool = False) -> CascadeCosts:
    """Costs as decimals."""
    return CascadeCosts(small=Decimal(small), check=Decimal(check), passed=Decimal(passed), is_router=is_router)


def shown(catalogue: Catalogue, **given: str) -> dict[str, float]:
    """What the calculator answers about a small model first."""
    outputs = answer_json(catalogue, APPROACH, {**REACHED, **given})["outputs"]
    return {name: float(outputs[f"cascade_{name}"]["value"]) for name in ("cost", "good", "pays_from")}


@pytest.mark.parametrize("kind", ["check", "router"])
def test_the_answers_are_those_of_requests_counted_one_by_one(catalogue: Catalogue, kind: str) -> None:
    """A thousand requests go their way, each with its own luck; what was counted is typed, and the rest follows."""
    random = Random(kind)
    small, check, passed = Fraction(1, 10), Fraction(3, 100), Fraction(3, 2)
    bill, good = Fraction(0), 0
    kept_good: list[bool] = []
    passed_good: list[bool] = []
    for _ in range(1000):
        is_hard = random.random() < 0.4
        small_is_right = random.random() < (0.4 if is_hard else 0.95)
        large_is_right = random.random() < (0.7 if is_hard else 0.97)
        # A check sees the answer and is wrong once in ten; a router sees the question alone.
        stays = (small_is_right if kind == "check" else not is_hard) != (random.random() < 0.1)
        bill += check
        if kind == "check" or stays:
            bill += small
        if not stays:
            bill += passed
        (kept_good if stays else passed_good).append(small_is_right if stays else large_is_right)
        good += small_is_right if stays else large_is_right
    answers = shown(
        catalogue,
        cascade_kind=kind,
        cascade_kept=str(len(kept_good) / 1000),
        cascade_kept_good=str(sum(kept_good) / len(kept_good)),
        cascade_passed_good=str(sum(passed_good) / len(passed_good)),
        cascade_small_cost="0.1",
        cascade_check_cost="0.03",
        cascade_passed_cost="1.5",
    )
    assert answers["cost"] == pytest.approx(float(bill / 1000), rel=1e-12)
    assert answers["good"] == pytest.approx(good / 1000, rel=1e-12)


def test_the_rates_follow_from_what_a_check_catches() -> None:
    """A check that catches the share d of the wrong answers and turns away the share f of the good ones.

    Escalated are e = s·f + (1 - s)·d, and good are s·(1 - f) + s·f·g + (1 - s)·d·b, with s the share of good answers of
    the small model, and g and b those of the large one where the small one is right and wrong.
    """
    s, d, f, g, b = Fraction(7, 10), Fraction(9, 10), Fraction(1, 20), Fraction(97, 100), Fraction(3, 4)
    escalated = s * f + (1 - s) * d
    good = s * (1 - f) + s * f * g + (1 - s) * d * b
    kept_good = s * (1 - f) / (1 - escalated)
    passed_good = (s * f * g + (1 - s) * d * b) / escalated
    kept, kept_right, passed_right = (
        Decimal(share.numerator) / share.denominator for share in (1 - escalated, kept_good, passed_good)
    )
    assert float(cascade_good_answers(kept, kept_right, passed_right)) == pytest.approx(float(good), rel=1e-15)
    cost = cascade_cost(costs("0.0833", "0.01"), kept)
    assert float(cost) == pytest.approx(0.0933 + float(escalated), rel=1e-15)


def test_prices_by_hand() -> None:
    """$0.05 first and $0.60 for three in ten; a router for $0.002 that sends 35 in 100 to the large model."""
    cascade = cascade_cost(costs(str(Decimal("0.05") / Decimal("0.6")), "0"), Decimal("0.7"))
    assert float(cascade * Decimal("0.6")) == pytest.approx(0.05 + 0.3 * 0.6)
    assert cascade_good_answers(Decimal("0.7"), Decimal(1), Decimal("0.75")) == Decimal("0.925")
    router = costs(str(Decimal("0.05") / Decimal("0.6")), str(Decimal("0.002") / Decimal("0.6")), is_router=True)
    assert float(cascade_cost(router, Decimal("0.65")) * Decimal("0.6")) == pytest.approx(0.2445)
    assert cascade_good_answers(Decimal("0.65"), Decimal("0.9"), Decimal("0.8")) == Decimal("0.8650")


@pytest.mark.parametrize("is_router", [False, True])
@pytest.mark.parametrize("passed", ["0.5", "1", "1.2", "3"])
@pytest.mark.parametrize("check", ["0", "0.02", "0.3"])
@pytest.mark.parametrize("small", ["0", "0.2", "0.5", "0.69", "0.98", "1", "1.5"])
def test_from_the_share_on_it_costs_less_and_below_it_does_not(
    small: str, check: str, passed: str, is_router: bool
) -> None:
    given = costs(small, check, passed, is_router)
    least = cascade_pays_from(given)
    shares = [Decimal(share) / 1000 for share in range(1001)]
    saving = [share for share in shares if cascade_cost(given, share) < 1]
    assert (least is None) == (shares[-1] not in saving)
    if least:
        assert saving == [share for share in shares if share > least]
    elif least is not None:
        assert saving[-1000:] == shares[1:]


def test_where_passing_all_on_saves_already_it_pays_from_nothing_on() -> None:
    """A fifth, 0.02 for the check and half of the cost are 0.72 of the large model alone with no request kept."""
    assert cascade_cost(costs("0.2", "0.02", "0.5"), Decimal(0)) == Decimal("0.72")
    assert cascade_pays_from(costs("0.2", "0.02", "0.5")) == 0


def test_the_working_names_the_rates_where_they_decide(catalogue: Catalogue) -> None:
    """And computes with what the reader typed: a fifth for the small model, 0.02 for the check, 1.5 passed on."""
    typed = {**REACHED, "cascade_kept": "50%", "cascade_small_cost": "0.2", "cascade_check_cost": "0.02"}
    working = answer_json(catalogue, APPROACH, {**typed, "cascade_passed_cost": "1.5"}, Working(("cascade_cost",)))
    first = working["working"]["cascade_cost"][0]["steps"][0]
    assert first["numbers"] == "1 × 0.2 + 0.02 + (1 − 0.5) × 1.5" and first["value"] == "0.97"
    assert "Requests that stay with the small model" in first["formula"]


def test_without_need_nothing_is_said_of_it(catalogue: Catalogue) -> None:
    for given in ({**REACHED, "cost_and_latency": "fine"}, {**REACHED, "result": "plateau"}):
        outputs = answer_json(catalogue, APPROACH, given)["outputs"]
        assert {outputs[f"cascade_{name}"]["value"] for name in ("cost", "good", "pays_from")} == {None}


def test_a_cascade_is_the_advice_from_the_share_on_from_which_it_pays(catalogue: Catalogue) -> None:
    """With the check free and a target that is always met, the advice turns at the share."""
    given = {**REACHED, "cascade_check_cost": "0", "cascade_passed_cost": "1", "cascade_target": "50%"}
    by_kept = {
        kept: answer_json(catalogue, APPROACH, {**given, "cascade_kept": kept})["outputs"]["verdict"]["value"]
        for kept in ("19%", "20%", "21%")
    }
    assert [name == "A router or a cascade" for name in by_kept.values()] == [False, False, True]


def test_small_models_cost_between_a_twentieth_and_a_half_of_the_large_one() -> None:
    """The range that the default's reason names, for input and output, by the newest prices of two families."""
    prices = json.loads(facts_text())["collections"]["prices"]

    def newest(model: str, kind: str) -> Decimal:
        return Decimal(prices[model]["facts"][kind]["values"][-1][1])

    pairs = [("openai/gpt-6-luna", "openai/gpt-6.2-sol"), ("anthropic/claude-sonnet-5-5", "anthropic/claude-opus-5-5")]
    ratios = [newest(small, kind) / newest(large, kind) for small, large in pairs for kind in ("input", "output")]
    assert (min(ratios), max(ratios)) == (Decimal("0.05"), Decimal("0.5"))
