"""Questions to fine_tuning/cost in short, and the facts as plain objects to compare its answers with."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from macros.facts import facts_text
from tests.calculators.answers import Results, computed
from tests.calculators.fine_tuning.cost.by_hand import Bill, Project
from tests.json_types import JsonObject

COST = "fine_tuning/cost"
FACTS: JsonObject = json.loads(facts_text())
TODAY: str = FACTS["as_of"]
OFFERS, GPUS = list(FACTS["collections"]["tuning"]), list(FACTS["collections"]["gpus"])
QWEN, MINI, FIREWORKS = "tinker/qwen3-8b", "openai/gpt-4.1-mini", "fireworks/up-to-16b"
H100, RTX = "h100-sxm", "rtx-4090"
SMALL = Project(
    requests=Fraction(50_000),
    instructions=Fraction(100),
    user_text=Fraction(150),
    answer=Fraction(300),
    repeated=Fraction(1, 50),
    examples=Fraction(500),
    minutes_per_example=Fraction(4),
    setup_hours=Fraction(40),
    prompt_hours=Fraction(24),
    labor_rate=Fraction(100),
    tokens_per_example=Fraction(1000),
    epochs=Fraction(3),
    runs=Fraction(3),
    failed_runs=Fraction(2),
    failed_run_part=Fraction(2, 5),
    validation_examples=Fraction(50),
    validations=Fraction(3),
    test_examples=Fraction(200),
    evaluations=Fraction(4),
    grading_minutes=Fraction(1),
    peak_factor=Fraction(5),
    found_cached=Fraction(9, 10),
    upkeep_hours=Fraction(4),
    retrain_months=Fraction(6),
    retrain_labor=Fraction(3, 10),
    training_hours=Fraction(2),
    gpu_rent=Fraction(3),
)


def equal(ours: Any, expected: Any) -> bool:
    """Equal but for the rounding of 28 digits."""
    exactly = Fraction(expected)
    return abs(Fraction(ours) - exactly) <= max(abs(exactly), Fraction(1)) / 10**22


def with_changes(project: Project, **changed: Any) -> Project:
    """The same project but for what is given."""
    exactly: dict[str, Any] = {
        name: amount if isinstance(amount, str) else Fraction(amount) for name, amount in changed.items()
    }
    return dataclasses.replace(project, **exactly)


def ask(
    catalogue: Catalogue,
    project: Project = SMALL,
    offer: str = QWEN,
    gpu: str = H100,
    day: str = TODAY,
    overrides: dict[str, str] | None = None,
) -> Results:
    """The outputs for a project."""
    return computed(catalogue, COST, project.typed(offer, gpu, day, overrides))


def notes_of(answer: Results) -> str:
    """The notes that hold."""
    return "\n".join(note.sentence for note in output_value(answer.notes) if note.holds)


def agrees(answer: Results, hand: Bill) -> None:
    """Holds every figure of an answer to the one by hand."""
    assert equal(answer.labor, hand.prompt + hand.examples + hand.setup)
    assert equal(answer.training_cost, hand.training) and equal(answer.failed_cost, hand.failed)
    assert equal(answer.evaluation_cost, hand.evaluation)
    assert equal(answer.upfront, hand.upfront)
    assert equal(answer.retraining_per_year, hand.retraining)
    assert answer.retrainings == hand.retrainings and answer.replicas == hand.replicas
    assert equal(answer.per_month, sum(hand.months) / 12)
    assert equal(answer.first_year, hand.total)


SIZES = st.one_of(st.just(0), st.integers(0, 3000), st.integers(0, 50_000)).map(Fraction)
SHARES = st.integers(0, 100).map(lambda percent: Fraction(percent, 100))
FEW = st.integers(0, 10).map(Fraction)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Any project of everyday size."""
    sizes = ("instructions", "context", "user_text", "answer", "examples", "tokens_per_example")
    shares = ("repeated", "new_share", "truncated", "found_cached", "retrain_labor", "machine_share")
    few = (
        "minutes_per_example",
        "setup_hours",
        "prompt_hours",
        "hardware_price",
        "hardware_power",
        "power_price",
        "hardware_hours",
        "validation_examples",
        "validations",
        "training_hours",
        "gpu_rent",
        "grader_input_price",
        "grader_output_price",
        "test_examples",
        "evaluations",
        "grading_minutes",
        "upkeep_hours",
        "retrain_months",
    )
    return Project(
        **{name: draw(SIZES) for name in sizes},
        **{name: draw(SHARES) for name in shares},
        **{name: draw(FEW) for name in few},
        requests=Fraction(draw(st.integers(0, 3 * 10**6))),
        labor_rate=Fraction(draw(st.integers(0, 300))),
        epochs=1 + draw(FEW),
        runs=1 + draw(FEW),
        failed_runs=draw(FEW),
        failed_run_part=draw(SHARES),
        max_tokens=Fraction(draw(st.integers(1, 20_000))),
        training_gpus=1 + draw(FEW),
        peak_factor=1 + draw(FEW),
        prompt_tokens_as_answer=1 + draw(FEW),
        grader_input_tokens=draw(SIZES),
        grader_output_tokens=draw(SIZES),
        training_on=draw(st.sampled_from(["provider", "gpus"])),
        hosting=draw(st.sampled_from(["dedicated", "serverless", "owned"])),
        people=draw(st.sampled_from(["yes", "no"])),
        hardware_life=1 + draw(FEW),
    )
