"""Columns by LLaMA-Factory's dataset_info.json: in each form, and where it says nothing of the file."""

from __future__ import annotations

import json

import pytest

from calculators.catalogue import Catalogue
from calculators.readers.training.copies.converting import converted_training_copy, converted_training_line
from calculators.readers.training.described import (
    described_training_columns,
    described_training_sets,
    is_training_description,
)
from tests.calculators.fine_tuning.dataset.copies.texts import text_of_copy
from tests.calculators.fine_tuning.dataset.test_dataset import asked, problems_of
from tests.json_types import JsonObject

INFO: JsonObject = {
    "elsewhere": {"hf_hub_url": "somebody/something"},
    "shop": {"file_name": "shop.json", "columns": {"prompt": "ask", "query": "more", "response": "reply"}},
    "shop_pairs": {
        "file_name": "pairs.json",
        "ranking": True,
        "columns": {"prompt": "ask", "query": "more", "chosen": "better", "rejected": "worse", "history": "before"},
    },
    "shop_labels": {"columns": {"prompt": "ask", "response": "reply", "kto_tag": "liked", "system": "rules"}},
    "talk": {
        "formatting": "sharegpt",
        "columns": {"messages": "turns", "tools": "functions"},
        "tags": {"role_tag": "who", "content_tag": "what", "user_tag": "guest", "assistant_tag": "host"},
    },
    "talk_pairs": {
        "formatting": "sharegpt",
        "ranking": True,
        "columns": {"messages": "turns", "chosen": "better", "rejected": "worse"},
        "tags": {"role_tag": "who", "content_tag": "what", "user_tag": "guest", "assistant_tag": "host"},
    },
    "books": {"file_name": "books.json", "columns": {"prompt": "text"}},
    "odd": {"formatting": "cloud", "columns": {"prompt": "ask"}},
}


def turn(who: str, what: str) -> JsonObject:
    return {"who": who, "what": what}


OPEN_AT: JsonObject = {"turns": [turn("guest", "When do you open?"), turn("host", "At nine.")]}
FILES: dict[str, tuple[JsonObject, JsonObject]] = {
    "alpaca": (
        {"ask": "Name a bird.", "more": "A small one.", "reply": "A wren.", "shelf": 3},
        {"instruction": "Name a bird.", "input": "A small one.", "output": "A wren."},
    ),
    "alpaca_pairs": (
        {"ask": "Name a bird.", "better": "A wren.", "worse": "A bat.", "before": [["Hi", "Hello"]]},
        {"instruction": "Name a bird.", "chosen": "A wren.", "rejected": "A bat.", "history": [["Hi", "Hello"]]},
    ),
    "alpaca_labels": (
        {"ask": "Name a bird.", "reply": "A bat.", "liked": False, "rules": "Be right."},
        {"instruction": "Name a bird.", "output": "A bat.", "kto_tag": False, "system": "Be right."},
    ),
    "sharegpt": (
        OPEN_AT,
        {"conversations": [{"from": "human", "value": "When do you open?"}, {"from": "gpt", "value": "At nine."}]},
    ),
    "sharegpt_pairs": (
        {
            "turns": [turn("guest", "When do you open?")],
            "better": turn("host", "At nine."),
            "worse": turn("host", "Later."),
        },
        {
            "conversations": [{"from": "human", "value": "When do you open?"}],
            "chosen": {"from": "gpt", "value": "At nine."},
            "rejected": {"from": "gpt", "value": "Later."},
        },
    ),
}


def checked(catalogue: Catalogue, *examples: object, info: object = INFO, **typed: str) -> JsonObject:
    """The answer for a file of some examples beside a description."""
    text = "\n".join(json.dumps(example) for example in examples)
    return asked(catalogue, text, columns_file=info if isinstance(info, str) else json.dumps(info), **typed)


@pytest.mark.parametrize("format", FILES)
def test_a_described_file_is_that_with_the_usual_names(catalogue: Catalogue, format: str) -> None:
    own, usual = FILES[format]
    described, plain = checked(catalogue, own), asked(catalogue, json.dumps(usual))
    assert described["outputs"]["recognized"]["value"] == format == plain["outputs"]["recognized"]["value"]
    for name in ("errors", "warnings", "tokens", "assistant_tokens", "examples"):
        assert described["outputs"][name]["value"] == plain["outputs"][name]["value"], name
    assert "The columns are read as the dataset_info.json describes them." in described["notes"]
    assert "described" not in "".join(plain["notes"])


@pytest.mark.parametrize("format", FILES)
def test_a_described_file_gets_the_usual_names_by_converting(format: str) -> None:
    own, usual = FILES[format]
    columns = described_training_columns(json.dumps(INFO), [(1, json.dumps(own))])
    assert columns is not None and columns.base == format
    copied = text_of_copy(converted_training_copy(json.dumps(own), format, format, columns), "converted")
    assert text_of_copy(converted_training_copy(json.dumps(usual), format, format, None), "converted") == ""
    assert copied.splitlines() == converted_training_line(1, json.dumps(usual), format, format)[0]
    chat = converted_training_copy(json.dumps(own), format, "openai", columns)
    assert bool(text_of_copy(chat, "converted")) == (format != "alpaca_labels")  # a bad answer is not to be learned
    assert ("Lost: a further key of the example" in chat.changes.lines) == ("shelf" in own)


def test_a_speaker_that_is_no_tag_is_unknown(catalogue: Catalogue) -> None:
    """Also where it has the usual name, as LLaMA-Factory looks for the tag."""
    wrong = {"turns": [turn("human", "When do you open?"), turn("host", "At nine.")]}
    assert problems_of(checked(catalogue, OPEN_AT, wrong))["unrecognized_role"] == (1, "2")


def test_the_test_file_has_the_same_columns(catalogue: Catalogue) -> None:
    answer = checked(catalogue, OPEN_AT, test_text=json.dumps(OPEN_AT))
    assert problems_of(answer)["overlap"] == (1, "test data: 1")


@pytest.mark.parametrize("info", ["no JSON", "[]", "{}", '{"a": {"columns": {"prompt": "other"}}}', "[" * 99])
def test_a_description_of_something_else_is_passed_over(catalogue: Catalogue, info: str) -> None:
    answer = checked(catalogue, FILES["alpaca"][1], info=info)
    assert answer["outputs"]["recognized"]["value"] == "alpaca"
    assert "so it is passed over" in " ".join(answer["notes"])


def test_a_picked_format_comes_first(catalogue: Catalogue) -> None:
    answer = checked(catalogue, FILES["alpaca"][1], format="alpaca")
    assert "You picked the format" in " ".join(answer["notes"])


def test_the_description_itself_is_no_training_file(catalogue: Catalogue) -> None:
    text = json.dumps(INFO, indent=1)
    assert "Choose it under “Description of the columns”" in " ".join(asked(catalogue, text)["notes"])
    assert is_training_description(text) and not is_training_description(json.dumps(FILES["alpaca"][1]))


def test_sets_of_other_kinds_are_left_out() -> None:
    assert [columns.base for columns in described_training_sets(json.dumps(INFO))] == [
        *("alpaca", "alpaca", "alpaca_pairs", "alpaca_labels", "sharegpt", "sharegpt_pairs")
    ]
