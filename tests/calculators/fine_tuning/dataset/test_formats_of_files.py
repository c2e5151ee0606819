"""Every format of training files: a clean file is recognized, and each rule that a provider states finds its line."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from calculators.catalogue import Catalogue
from calculators.fine_tuning.dataset.inputs import FORMATS
from calculators.readers.training.recognizing import TRAINING_FORMATS
from calculators.readers.training.report import LISTED
from calculators.readers.training.rules import RULES
from calculators.readers.training.rules.pages import RULE_PAGES
from tests.calculators.fine_tuning.dataset.test_dataset import asked, problems_of, table
from tests.conftest import ROOT
from tests.json_types import JsonObject

FILES = Path(__file__).parent / "files" / "formats"
NAMES = sorted(path.name.removesuffix(".jsonl").partition(".")[::2] for path in FILES.iterdir())
FAULTY = [(format, rule) for format, rule in NAMES if rule != "clean"]

ASKED, SAID = {"role": "user", "content": "Is it open?"}, {"role": "assistant", "content": "Yes."}

CHATS_OF_OTHERS = ("azure", "together", "fireworks", "mistral")
"""Chats that look like OpenAI's: who trains is picked, not recognized."""

ELSEWHERE = {("reinforcement", rule) for rule in TRAINING_FORMATS["openai"].basis}
"""Rules that a format takes over from OpenAI's chat."""


def read(format: str, rule: str) -> str:
    return (FILES / f"{format}.{rule}.jsonl").read_text("utf-8")


def picked(format: str) -> str:
    return format if format in CHATS_OF_OTHERS else "auto"


@pytest.mark.parametrize("format", TRAINING_FORMATS)
def test_a_clean_file_is_recognized_and_ready(catalogue: Catalogue, format: str) -> None:
    answer = asked(catalogue, read(format, "clean"), format=picked(format))
    assert answer["outputs"]["recognized"]["value"] == format
    assert {RULES[rule].level for rule in problems_of(answer)} <= {"hint"}
    assert answer["outputs"]["verdict"]["value"] == "Ready to train"


@pytest.mark.parametrize(("format", "rule"), FAULTY)
def test_each_rule_of_a_provider_names_its_line_and_what_it_rests_on(
    catalogue: Catalogue, format: str, rule: str
) -> None:
    answer = asked(catalogue, read(format, rule), format=picked(format))
    assert answer["outputs"]["recognized"]["value"] == format
    assert problems_of(answer)[rule] == (1, "2")
    basis = TRAINING_FORMATS[format].basis.get(rule)
    (shown,) = [row[4] for row in table(answer, "problems") if row[0].partition(": “")[0] == RULES[rule].label]
    assert shown == RULES[rule].remedy + (f" {basis.words} ({RULE_PAGES[basis.source]})." if basis else "")


def test_every_rule_of_a_provider_has_a_file() -> None:
    stated = {(name, rule) for name, format in TRAINING_FORMATS.items() for rule in format.basis}
    assert stated - ELSEWHERE <= set(FAULTY)
    assert {rule for _, rule in stated} <= set(RULES)
    assert {format for format, rule in NAMES if rule == "clean"} == set(TRAINING_FORMATS) == set(FORMATS) - {"auto"}


def test_every_rule_of_a_provider_has_a_source_with_the_title_shown() -> None:
    sources = yaml.load((ROOT / "data" / "sources.yaml").read_text("utf-8"), yaml.CSafeLoader)["sources"]
    stated = {basis.source for format in TRAINING_FORMATS.values() for basis in format.basis.values()}
    assert stated == set(RULE_PAGES)
    assert {id: sources[id]["title"] for id in stated} == RULE_PAGES


@pytest.mark.parametrize(
    "format",
    [
        *("alpaca", "sharegpt", "completion", "kto", "trl_preference", "llamafactory", "llamafactory_pairs"),
        *("alpaca_pairs", "alpaca_labels", "sharegpt_pairs", "sharegpt_labels"),
    ],
)
def test_formats_of_datasets_may_be_one_array(catalogue: Catalogue, format: str) -> None:
    """Line numbers are those of the file; chats of providers want lines."""
    examples = read(format, "clean").splitlines()
    answer = asked(catalogue, "[\n" + ",\n".join(examples) + "\n]\n")
    assert answer["outputs"]["recognized"]["value"] == format
    assert int(answer["outputs"]["examples"]["value"]) == len(examples)
    assert {RULES[rule].level for rule in problems_of(answer)} <= {"hint"}
    chat = asked(catalogue, "[" + ",\n".join(read("openai", "clean").splitlines()) + "]")
    assert problems_of(chat) == {"array": (1, "1")}


def test_examples_of_an_array_on_one_line_are_known_by_their_places(catalogue: Catalogue) -> None:
    """In the file, the test data and the changes of copies; what concerns the whole file has its first line."""
    first, second = read("alpaca", "clean").splitlines()[:2]
    faulty = "[5]"
    text = f"\ufeff[{first}, {faulty}, {second}, {first}, {first}, {faulty}]\n"
    answer = asked(catalogue, text, test_file=f"[{second},{faulty},{first}]", limit="1")
    assert problems_of(answer) == {
        "data_type": (2, "examples 2, 6"),
        "bom": (1, "1"),
        "duplicate": (2, "examples 4–5"),
        "missing_system": (3, "examples 1, 4–5"),
        "over_limit": (4, "examples 1, 3–5"),
        "overlap": (2, "test data: examples 1, 3"),
        "test_line": (1, "test data: example 2"),
    }
    spread = f"[{first},\n {faulty},\n {second}\n]"
    assert problems_of(asked(catalogue, spread))["data_type"] == (1, "2")
    chats = "[" + ",".join(['{"messages": 5}'] * (LISTED + 3)) + "]"
    assert problems_of(asked(catalogue, chats)) == {
        "array": (1, "1"),
        "missing_messages_list": (LISTED + 3, f"examples 1–{LISTED} and 3 more"),
    }


def test_what_stands_between_elements_of_an_array_is_not_passed_over(catalogue: Catalogue) -> None:
    one = read("alpaca", "clean").splitlines()[0]
    problems = problems_of(asked(catalogue, f"[{one},\n5,\n{one}\n]\n"))
    assert problems["data_type"] == (1, "2") and problems["duplicate"] == (1, "3")
    assert problems_of(asked(catalogue, f"[{one}]\n[{one}]\n"))["data_type"] == (1, "2")


def test_objects_over_several_lines_are_read_where_a_format_has_them(catalogue: Catalogue) -> None:
    spread = '{\n "instruction": "Name a tree.",\n "output": "Oak."\n}\n'
    assert asked(catalogue, spread * 2)["outputs"]["examples"]["value"] == "2"
    assert set(problems_of(asked(catalogue, '{\n "messages": []\n}\n'))) == {"not_json"}


@pytest.mark.parametrize(
    ("example", "format", "detail"),
    [
        ({"input": {"messages": [ASKED]}, "preferred_output": [SAID]}, "preference", "non_preferred_output"),
        ({"input": {"messages": [ASKED]}, "non_preferred_output": [SAID]}, "preference", "preferred_output"),
        ({"prompt": "Is it open?", "chosen": "Yes."}, "trl_preference", "rejected"),
    ],
)
def test_an_example_without_its_answer_is_recognized(
    catalogue: Catalogue, example: JsonObject, format: str, detail: str
) -> None:
    answer = asked(catalogue, json.dumps(example))
    assert answer["outputs"]["recognized"]["value"] == format
    assert f"{RULES['answers_missing'].label}: “{detail}”" in [row[0] for row in table(answer, "problems")]


@pytest.mark.parametrize(
    ("example", "label"),
    [
        ({"text": "Once upon a time."}, "No list of messages: “text” in its place"),
        ({"mesages": [], "tools": []}, "No list of messages: “mesages” in its place"),
        ({"messages": 5, "text": "Once."}, "No list of messages"),
    ],
)
def test_nobody_is_told_to_remove_what_stands_in_place_of_messages(
    catalogue: Catalogue, example: JsonObject, label: str
) -> None:
    rows = table(asked(catalogue, json.dumps(example)), "problems")
    assert [row[0] for row in rows] == [label]


def test_turns_with_the_keys_of_a_chat_are_read_and_named_once(catalogue: Catalogue) -> None:
    answer = asked(catalogue, json.dumps({"conversations": [ASKED, SAID]}))
    assert answer["outputs"]["recognized"]["value"] == "sharegpt"
    assert set(problems_of(answer)) == {"message_missing_key", "missing_system"}
    assert int(answer["outputs"]["assistant_tokens"]["value"]) > 0


def test_a_refusal_is_an_answer_of_openai_and_no_one_elses(catalogue: Catalogue) -> None:
    refused: JsonObject = {"role": "assistant", "content": "", "refusal": "I will not help with that."}
    parts: JsonObject = {"role": "assistant", "content": [{"type": "refusal", "refusal": "I will not help with that."}]}
    for answering in ({**refused, "content": "No."}, parts):
        answer = asked(catalogue, json.dumps({"messages": [ASKED, answering]}))
        assert set(problems_of(answer)) == {"missing_system"}
        assert int(answer["outputs"]["assistant_tokens"]["value"]) >= 7
    for format, rule in (("together", "message_other_key"), ("azure", "message_unrecognized_key")):
        problems = problems_of(
            asked(catalogue, json.dumps({"messages": [ASKED, refused | {"content": "No."}]}), format=format)
        )
        assert set(problems) == {rule, "missing_system"}
    refusals: list[tuple[JsonObject, str]] = [
        ({**SAID, "refusal": None}, "null_key"),
        ({**SAID, "refusal": 5}, "content_type"),
        (refused, "missing_content"),
    ]
    for answering, rule in refusals:
        assert rule in problems_of(asked(catalogue, json.dumps({"messages": [ASKED, answering]})))
    asker = {**ASKED, "refusal": "No."}
    assert "message_unrecognized_key" in problems_of(asked(catalogue, json.dumps({"messages": [asker, SAID]})))


@pytest.mark.parametrize(
    ("format", "taken"),
    [
        ("openai", {"https", "http", "webp", "png"}),
        ("azure", {"https", "http", "webp", "png"}),
        ("together", {"webp", "png"}),
        ("fireworks", {"png"}),
    ],
)
def test_addresses_of_images_are_those_that_a_provider_takes(
    catalogue: Catalogue, format: str, taken: set[str]
) -> None:
    addresses: dict[str, object] = {
        "https": {"url": "HTTPS://garden.example/leaf.png"},
        "http": {"url": "http://garden.example/leaf.png", "detail": "low"},
        "webp": {"url": "data:image/webp;base64,UklGRg=="},
        "png": {"url": "data:image/png;base64,iVBORw0KGgo="},
        "gif": {"url": "data:image/gif;base64,R0lGODdh"},
        "file": {"url": "leaf.png"},
        "text": "https://garden.example/leaf.png",
        "none": {},
    }
    for name, address in addresses.items():
        shown = {
            "role": "user",
            "content": [{"type": "text", "text": "?"}, {"type": "image_url", "image_url": address}],
        }
        problems = problems_of(asked(catalogue, json.dumps({"messages": [shown, SAID]}), format=format))
        assert ("image_form" not in problems) == (name in taken), name


def test_a_file_of_no_known_format_is_read_as_a_chat(catalogue: Catalogue) -> None:
    answer = asked(catalogue, '{"question": "Why?", "reply": "So."}\n')
    assert answer["outputs"]["recognized"]["value"] == "unknown"
    assert "missing_messages_list" in problems_of(answer)
    assert any(note.startswith("The keys of the first examples belong to no format") for note in answer["notes"])


def test_most_of_the_first_examples_decide_on_the_format(catalogue: Catalogue) -> None:
    chat, alpaca = read("openai", "clean"), read("alpaca", "clean").splitlines()[0] + "\n"
    assert asked(catalogue, alpaca + chat * 2)["outputs"]["recognized"]["value"] == "openai"
    assert asked(catalogue, alpaca * 2 + chat)["outputs"]["recognized"]["value"] == "alpaca"
    assert problems_of(asked(catalogue, alpaca + chat * 2))["other_format"] == (1, "1")
    assert asked(catalogue, chat, format="alpaca")["outputs"]["recognized"]["value"] == "alpaca"


JUNK: list[Any] = [
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "{",
    [],
    {},
    [None],
    [[1]],
    {"a": []},
    "\ud800",
    ["text"],
    {"role": ["user"]},
]
"""What may stand where a format wants something else."""


def spoiled(value: Any, random: Random) -> Any:
    """A value with some of its parts replaced by what does not belong there."""
    if random.random() < 0.15:
        return random.choice(JUNK)
    if isinstance(value, dict):
        return {key: spoiled(part, random) for key, part in value.items() if random.random() > 0.05}
    return [spoiled(part, random) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("format", TRAINING_FORMATS)
def test_whatever_stands_in_a_line_is_judged(catalogue: Catalogue, format: str) -> None:
    """Every example of every format, spoiled in many ways, read by the rules of one: each line has its finding."""
    random = Random(format)
    examples = [json.loads(line) for name in NAMES for line in read(*name).splitlines()]
    text = "".join(f"{json.dumps(spoiled(example, random))}\n" for example in examples)
    answer = asked(catalogue, text, test_file=text, format=format, closer="yes")
    assert int(answer["outputs"]["examples"]["value"]) == len(examples)
    assert asked(catalogue, text)["outputs"]["recognized"]["value"] in {*TRAINING_FORMATS, "unknown"}
