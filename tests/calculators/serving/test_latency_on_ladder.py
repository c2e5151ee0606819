"""A case whose target of waiting is named takes the ladder's answer on latency from the wait, unless it is typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.inputs.shared_questions import case_question_names
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json

CASE = "choosing/case"
TRAINABLE = {
    **{"documents": "0", "state": "behavior", "improving": "no"},
    **{"ladder.few_shot_examples": "yes", "ladder.good_examples": "800"},
}
"""A case whose requests are too few for training to pay, so that it is advised where latency matters, and else not."""


def ladder(catalogue: Catalogue, given: dict[str, str]) -> tuple[str, str]:
    """The next step, and the answer on latency that it rests on."""
    answer = answer_json(catalogue, CASE, {**TRAINABLE, **given})
    rows = next(each["rows"] for each in answer["tables"] if each["name"] == "changes")
    # Where time matters most, the wait comes before the step.
    step = answer["outputs"]["step"]["value"].partition(":")[0].rpartition(". ")[2]
    return step, next(r[1] for r in rows if r[0] == "Latency matters")


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ({}, ("Stay with the prompt", "assumed: no")),
        ({"matters": "time"}, ("Fine-tuning", "yes")),
        ({"target": "1"}, ("Fine-tuning", "yes")),
        ({"target": "60"}, ("Stay with the prompt", "no")),
        ({"target": "60", "matters": "time"}, ("Stay with the prompt", "no")),
        ({"target": "10", "target_part": "whole"}, ("Fine-tuning", "yes")),
        ({"target": "10", "target_part": "whole", "target_share": "5%"}, ("Stay with the prompt", "no")),
        ({"target": "1", "speed.first_token": "0.1", "speed.writing": "2000"}, ("Stay with the prompt", "no")),
        ({"target": "1", "latency": "no"}, ("Stay with the prompt", "no")),
        ({"target": "60", "latency": "yes"}, ("Fine-tuning", "yes")),
    ],
)
def test_the_target_answers_unless_the_reader_does(
    catalogue: Catalogue, given: dict[str, str], step: tuple[str, str]
) -> None:
    speeds = {"around.network_p95": "0.1", "speeds.first_token_spread": "1"} if "speed.writing" in given else {}
    assert ladder(catalogue, {**given, **speeds}) == step


@pytest.mark.parametrize("part", ["first", "whole"])
@pytest.mark.parametrize("target", ["2", "5", "9", "14", "30"])
def test_the_answer_is_that_of_the_waiting_time(catalogue: Catalogue, target: str, part: str) -> None:
    """Met or missed as the other page says, for the same prompt, reasoning and answer."""
    asked = {"target": target, "target_part": part}
    prompt = answer_json(catalogue, "prompting/cost", {})["outputs"]
    lengths = {name: prompt[f"{name}_tokens"]["value"] for name in ("prompt", "reasoning")}
    without_search = {"around.retrieval": "0", "around.rerank": "0", "answer": prompt_answer(catalogue)}
    wait = answer_json(catalogue, "serving/latency", {**asked, **lengths, **without_search})
    met = Decimal(wait["outputs"]["within"]["value"]) >= Decimal("0.95")
    assert ladder(catalogue, asked)[1] == ("no" if met else "yes")


def prompt_answer(catalogue: Catalogue) -> str:
    """The tokens of an answer that a case starts with."""
    text: str = answer_json(catalogue, CASE, {})["inputs"]["answer"]["value"]
    return text


@pytest.mark.parametrize(
    ("target", "words"),
    [("1", "So latency matters on the ladder."), ("60", "So latency does not matter on the ladder.")],
)
@pytest.mark.parametrize("form", ["html", "text", "json"])
def test_the_answer_is_said_to_come_from_the_wait(catalogue: Catalogue, target: str, words: str, form: str) -> None:
    assert words in catalogue.answer(Question(CASE, {"target": target}, form=form))
    assert "on the ladder." not in catalogue.answer(Question(CASE, {"target": target, "latency": "yes"}, form=form))


def test_time_that_matters_does_not_waive_the_volume_where_the_target_is_met(catalogue: Catalogue) -> None:
    words = "A low volume is no argument against training"
    assert words in catalogue.answer(Question(CASE, {"matters": "time"}, form="text"))
    assert words not in catalogue.answer(Question(CASE, {"matters": "time", "target": "60"}, form="text"))


def test_a_target_follows_the_reader_from_page_to_page() -> None:
    """The case that a browser keeps has one target of waiting, whichever of the two pages it was typed on."""
    listed = tuple((name, find_calculator(name).inputs) for name in calculator_names())
    names = case_question_names(listed)
    for question in ("target", "target_part", "target_share"):
        assert names[CASE][question] == names["serving/latency"][question]
