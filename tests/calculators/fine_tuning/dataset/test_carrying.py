"""What the check of a training file measured goes along to the cost and the hardware of training on it."""

from __future__ import annotations

import json
import re
from html import unescape

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.inputs.shared_questions import measured_question_paths
from calculators.engine.questions.question import Question
from tests.calculators.fine_tuning.dataset.test_dataset import NAME, asked, example, lines, output_number

TEXT = lines(*(example("Be brief.", f"Question {number}?", "Yes " * number) for number in range(1, 4)))


def measured(catalogue: Catalogue, text: str) -> dict[str, str]:
    """What a result holds for the controls of other calculators."""
    html = catalogue.answer(Question(NAME, files={"training_file": text}, form="html"))
    found = re.search(r'data-measured="([^"]*)"', html)
    carried: dict[str, str] = json.loads(unescape(found[1])) if found else {}
    return carried


def test_other_calculators_ask_what_was_measured() -> None:
    outputs = find_calculator(NAME).outputs
    assert measured_question_paths(outputs, find_calculator("fine_tuning/cost").inputs) == {
        "examples": ["examples"],
        "n_epochs": ["epochs"],
        "mean": ["tokens_per_example"],
        "longest": ["max_tokens"],
    }
    assert measured_question_paths(outputs, find_calculator("fine_tuning/hardware").inputs) == {
        "examples": ["examples"],
        "n_epochs": ["epochs"],
        "mean": ["example_tokens"],
        "longest": ["sequence_length"],
    }
    assert measured_question_paths(outputs, find_calculator("rag/cost").inputs) == {}


def test_epochs_go_along_as_the_rule_resolves_them(catalogue: Catalogue) -> None:
    """Three examples are seen a hundred times in 33 epochs, of which the rule allows 25: never 0."""
    answer, texts = asked(catalogue, TEXT), measured(catalogue, TEXT)
    assert set(texts) == {"examples", "n_epochs", "mean", "longest"}
    assert (texts["examples"], texts["n_epochs"]) == ("3", "25")
    assert texts["longest"] == str(output_number(answer, "longest"))
    assert abs(output_number(answer, "tokens") / 3 - output_number(answer, "mean")) < 1
    assert abs(float(texts["mean"]) - float(output_number(answer, "mean"))) <= 0.05


def test_a_file_without_examples_carries_nothing(catalogue: Catalogue) -> None:
    assert measured(catalogue, "\n") == {}
    assert "longest" not in measured(catalogue, "{}\n")
