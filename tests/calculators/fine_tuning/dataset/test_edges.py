"""The dataset checker at its edges: levels and lengths at their limits, the first of several names, blank lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.fine_tuning.dataset.samples import dataset_sample_line
from macros.tokens import count_with_tiktoken
from tests.calculators.fine_tuning.dataset.by_hand import tokens_of
from tests.calculators.fine_tuning.dataset.test_dataset import (
    LABELS,
    asked,
    example,
    lines,
    output_number,
    problems_of,
    table,
)
from tests.json_types import JsonObject


def detail(answer: JsonObject, rule: str) -> str:
    """What is told in quotes beside a rule."""
    (label,) = [row[0] for row in table(answer, "problems") if row[0].startswith(f"{LABELS[rule]}: “")]
    return str(label).partition(": “")[2].removesuffix("”")


WHOLE = example("Be brief.", "One?", "Two.")


def test_a_blank_first_line_is_one_line(catalogue: Catalogue) -> None:
    answer = asked(catalogue, "\n" + lines(WHOLE))
    assert problems_of(answer) == {"blank_line": (1, "1")}
    assert output_number(answer, "examples") == 1


@pytest.mark.parametrize(
    ("hostile", "deep"),
    [
        ("[" + "[]," * 100, False),  # two levels, however many brackets
        ("[" * 63 + "[],[]", False),  # the deepest level that is allowed, twice
        ("[" * 64 + "[],[]", True),
        ("[" + "[]," * 10 + "[" * 64, True),  # closed brackets are no credit for later ones
        ("[" + "{}," * 10 + "[" * 63, False),
    ],
)
def test_levels_are_counted_not_brackets(catalogue: Catalogue, hostile: str, deep: bool) -> None:
    problems = problems_of(asked(catalogue, lines(WHOLE) + hostile + "\n"))
    assert problems == {"deep" if deep else "not_json": (1, "2")}


def test_of_several_unknown_names_the_first_is_told(catalogue: Catalogue) -> None:
    assert detail(asked(catalogue, lines(WHOLE | {"zeta": 1, "alpha": 2})), "other_key") == "alpha"
    conversation = json.loads(json.dumps(WHOLE))
    conversation["messages"][1] |= {"zeta": 1, "alpha": 2}
    assert detail(asked(catalogue, lines(conversation)), "message_unrecognized_key") == "alpha"


@pytest.mark.parametrize("missing", ["role", "content"])
def test_the_key_that_a_message_lacks_is_told(catalogue: Catalogue, missing: str) -> None:
    conversation = json.loads(json.dumps(WHOLE))
    del conversation["messages"][1][missing]
    assert detail(asked(catalogue, lines(conversation)), "message_missing_key") == missing


@pytest.mark.parametrize(("length", "shown"), [(39, "x" * 39), (41, "x" * 40 + "…"), (100, "x" * 40 + "…")])
def test_forty_letters_of_an_unknown_name_are_told(catalogue: Catalogue, length: int, shown: str) -> None:
    assert detail(asked(catalogue, lines(WHOLE | {"x" * length: 1})), "other_key") == shown


def test_only_bedrock_has_a_system_prompt_beside_the_messages(catalogue: Catalogue) -> None:
    messages = {"messages": [{"role": "user", "content": "One?"}, {"role": "assistant", "content": "Two."}]}
    text, number = lines(messages | {"system": "Be brief."}), lines(messages | {"system": 5})
    assert set(problems_of(asked(catalogue, text, format="openai"))) == {"other_key", "missing_system"}
    assert set(problems_of(asked(catalogue, text))) == set()
    assert set(problems_of(asked(catalogue, text, format="bedrock"))) == set()
    assert set(problems_of(asked(catalogue, number, format="bedrock"))) == {"missing_system"}


TOOLS = [{"type": "function", "function": {"name": "today"}}]


def rules_of(catalogue: Catalogue, *messages: dict[str, Any]) -> set[str]:
    """The rules that a conversation breaks; it begins with a system prompt and a question."""
    first = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "One?"}]
    return set(problems_of(asked(catalogue, lines({"messages": [*first, *messages], "tools": TOOLS}))))


TEXT = {"type": "text", "text": "Two."}
IMAGE = {"type": "image_url", "image_url": {"url": "https://library.example/1.png"}}


@pytest.mark.parametrize(
    ("parts", "rules"),
    [
        ([TEXT], set()),
        ([TEXT, IMAGE], {"images"}),
        ([], {"missing_content"}),
        ([TEXT, "text"], {"missing_content"}),
        ([TEXT, {"type": 5}], {"missing_content"}),
        ([{"text": "Two."}], {"missing_content"}),
        ([IMAGE, 5], {"images", "missing_content"}),
    ],
)
def test_the_parts_of_a_message_are_texts_or_images(catalogue: Catalogue, parts: list[Any], rules: set[str]) -> None:
    """Of the user, that is: the assistant shows no image."""
    end = {"role": "assistant", "content": "Two."}
    assert rules_of(catalogue, {"role": "user", "content": parts}, end) == rules
    moved = {"image_role" if rule == "images" else rule for rule in rules}
    assert rules_of(catalogue, {"role": "assistant", "content": parts}) == moved


CALL = {"id": "1", "type": "function", "function": {"name": "today", "arguments": "{}"}}
NAMELESS = {"id": "2", "function": {"arguments": "{}"}}
UNGIVEN = {"id": "1", "function": {"name": "today", "arguments": 5}}


@pytest.mark.parametrize(
    ("calls", "whole"),
    [
        ([CALL], True),
        ([CALL, {**CALL, "id": "2"}], True),
        ([CALL, NAMELESS], False),
        ([NAMELESS, CALL], False),
        ([UNGIVEN], False),
        ([5], False),
        (["text", CALL], False),
        ({"id": 1}, False),
        ("text", False),
        (5, False),
        ([{"id": "1", "function": "today"}], False),
    ],
)
def test_every_call_of_a_message_must_be_whole(catalogue: Catalogue, calls: Any, whole: bool) -> None:
    assert rules_of(catalogue, {"role": "assistant", "tool_calls": calls}) == (set() if whole else {"tool_call"})


def test_an_answer_of_a_tool_names_its_call(catalogue: Catalogue) -> None:
    call, end = {"role": "assistant", "tool_calls": [CALL]}, {"role": "assistant", "content": "Monday."}
    for id, rules in (({"tool_call_id": "1"}, set()), ({"tool_call_id": 1}, {"tool_call"}), ({}, {"tool_call"})):
        assert rules_of(catalogue, call, {"role": "tool", "content": "Monday", **id}, end) == rules


def test_a_name_costs_its_own_tokens_and_one(catalogue: Catalogue) -> None:
    conversation = json.loads(json.dumps(WHOLE))
    conversation["messages"][1]["name"] = "Elizabeth"
    expected = tokens_of(conversation, lambda text: count_with_tiktoken(text, "o200k_base"))
    assert output_number(asked(catalogue, lines(conversation)), "tokens") == expected


def test_an_example_may_be_as_long_as_the_limit(catalogue: Catalogue) -> None:
    length = int(output_number(asked(catalogue, lines(WHOLE)), "tokens"))
    assert problems_of(asked(catalogue, lines(WHOLE), limit=str(length))) == {}
    assert problems_of(asked(catalogue, lines(WHOLE), limit=str(length - 1))) == {"over_limit": (1, "1")}


def test_a_file_without_messages_has_examples_of_no_length(catalogue: Catalogue) -> None:
    answer = asked(catalogue, "{}\n{}\n")
    assert [output_number(answer, name) for name in ("median", "shortest", "longest", "tokens", "mean")] == [0] * 5
    assert table(answer, "lengths") == []


@pytest.mark.parametrize(("blanks", "array"), [(0, True), (99, True), (100, False)])
def test_an_array_is_looked_for_in_the_first_hundred_characters(catalogue: Catalogue, blanks: int, array: bool) -> None:
    assert ("array" in problems_of(asked(catalogue, " " * blanks + "[1,\n2]\n"))) is array


@pytest.mark.parametrize(
    ("roles", "order"),
    [("ua", False), ("uaua", False), ("uauaua", False), ("uaa", True), ("uauua", True), ("aua", True)],
)
def test_bedrock_wants_user_and_assistant_in_turns(catalogue: Catalogue, roles: str, order: bool) -> None:
    names = {"u": "user", "a": "assistant"}
    messages = [{"role": names[letter], "content": f"Text {number}."} for number, letter in enumerate(roles)]
    problems = problems_of(asked(catalogue, lines({"system": "Be brief.", "messages": messages}), format="bedrock"))
    assert set(problems) == ({"order"} if order else set())


@pytest.mark.parametrize(
    ("role", "shown"), [(5, "5"), ({"é": 1}, '{"é": 1}'), ("ann", "ann"), ("x" * 40, "x" * 40 + "…")]
)
def test_an_unknown_role_is_told_as_it_is_written(catalogue: Catalogue, role: Any, shown: str) -> None:
    messages = [*WHOLE["messages"][:2], {"role": role, "content": "x"}, {"role": "assistant", "content": "Two."}]
    assert detail(asked(catalogue, lines({"messages": messages})), "unrecognized_role") == shown


def test_a_system_prompt_beside_the_messages_costs_what_one_among_them_costs(catalogue: Catalogue) -> None:
    first, *rest = WHOLE["messages"]
    beside = asked(catalogue, lines({"system": first["content"], "messages": rest}), format="bedrock")
    assert output_number(beside, "tokens") == output_number(asked(catalogue, lines(WHOLE)), "tokens")


def test_a_call_weighs_the_same_with_an_empty_text_before_it(catalogue: Catalogue) -> None:
    """And as much as its name, its arguments and what stands around them; three and the role are the message itself."""
    weights = []
    for more in ({}, {"content": None}, {"content": ""}):
        message = {"role": "assistant", **more, "tool_calls": [CALL]}
        conversation = {"messages": [*WHOLE["messages"][:2], message, WHOLE["messages"][2]]}
        weights.append(int(output_number(asked(catalogue, lines(conversation)), "tokens")))
    without = int(output_number(asked(catalogue, lines(WHOLE)), "tokens"))
    assert weights == [without + 3 + 1 + sum(o200k(text) for text in call_texts(CALL))] * 3


def o200k(text: str) -> int:
    return count_with_tiktoken(text, "o200k_base")


def call_texts(call: Mapping[str, Any]) -> tuple[str, ...]:
    """The texts that a call is counted as."""
    function = call["function"]
    return '{"name": "", "arguments": }', function["name"], function["arguments"]


def weight(catalogue: Catalogue, **message: Any) -> int:
    """The tokens that a message of the assistant adds to a conversation, without its three and its role."""
    conversation = {"messages": [*WHOLE["messages"], {"role": "assistant", **message}]}
    return (
        int(
            output_number(asked(catalogue, lines(conversation)), "tokens")
            - output_number(asked(catalogue, lines(WHOLE)), "tokens")
        )
        - 4
    )


ACCENT: JsonObject = {"id": "1", "type": "function", "function": {"name": "café", "arguments": "{}"}}
COFFEE: JsonObject = {"id": "1", "type": "function", "function": {"name": "coffee", "arguments": "{}"}}
CAFE = [*TOOLS, {"type": "function", "function": {"name": "coffee"}}]
THREE = {"type": "text", "text": "Three."}


@pytest.mark.parametrize(
    ("message", "texts"),
    [
        ({"content": "Two."}, ["Two."]),
        ({"content": "Two.", "weight": 1}, ["Two."]),
        ({"content": [TEXT]}, ["Two."]),
        ({"content": [TEXT, IMAGE]}, ["Two."]),
        ({"content": [TEXT, THREE]}, ["Two.\nThree."]),
        ({"content": [IMAGE]}, []),
        ({"content": []}, []),
        ({"content": None}, []),
        ({"content": [TEXT, {"x": 1}]}, [json.dumps([TEXT, {"x": 1}])]),
        ({"tool_calls": [ACCENT]}, call_texts(ACCENT)),
        ({"tool_calls": [CALL, COFFEE]}, [*call_texts(CALL), *call_texts(COFFEE)]),
        ({"tool_calls": [CALL, IMAGE]}, call_texts(CALL)),
        ({"tool_calls": [CALL], "content": "Two."}, ["Two.", *call_texts(CALL)]),
        ({"tool_calls": [{**CALL, "id": "an id of many words"}]}, call_texts(CALL)),
        ({"function_call": CALL["function"]}, call_texts(CALL)),
    ],
)
def test_what_of_a_message_is_text(catalogue: Catalogue, message: JsonObject, texts: Sequence[str]) -> None:
    assert weight(catalogue, **message) == sum(map(o200k, texts))


def test_answers_that_call_a_tool_differ_by_their_words_and_by_their_calls(catalogue: Catalogue) -> None:
    def answered(content: str, call: Any) -> dict[str, Any]:
        answer = {"role": "assistant", "content": content, "tool_calls": [call]}
        return {"messages": [*WHOLE["messages"][:2], answer], "tools": CAFE}

    first, again = answered("A", CALL), answered("A", CALL)
    for second in (answered("B", CALL), answered("A", COFFEE)):
        assert problems_of(asked(catalogue, lines(first, again, second))) == {
            "duplicate": (1, "2"),
            "conflict": (1, "3"),
        }


def test_the_order_of_keys_makes_no_other_answer(catalogue: Catalogue) -> None:
    turned = dict(reversed(CALL.items()))
    calls = [
        {"messages": [*WHOLE["messages"][:2], {"role": "assistant", "tool_calls": [call]}], "tools": CAFE}
        for call in (CALL, turned)
    ]
    assert problems_of(asked(catalogue, lines(*calls))) == {"duplicate": (1, "2")}


def test_a_line_of_a_million_characters_is_read(catalogue: Catalogue) -> None:
    assert set(problems_of(asked(catalogue, "x" * 1_000_000))) == {"not_json"}
    assert set(problems_of(asked(catalogue, "x" * 1_000_001))) == {"long_line"}


def test_characters_may_be_written_by_number(catalogue: Catalogue) -> None:
    assert problems_of(asked(catalogue, json.dumps(example("Be brief.", "Café 😀?", "Oui.")) + "\n")) == {}


@pytest.mark.parametrize(("levels", "rule"), [(64, "not_json"), (65, "deep")])
def test_braces_are_levels_too(catalogue: Catalogue, levels: int, rule: str) -> None:
    assert set(problems_of(asked(catalogue, '{"a":' * levels))) == {rule}


def test_every_address_of_an_example_counts(catalogue: Catalogue) -> None:
    conversation = example(
        "Be brief.", "Is it ann@library.example or bob@library.example?", "It is bob@library.example."
    )
    answer = asked(catalogue, lines(conversation))
    assert output_number(answer, "emails") == 3 and problems_of(answer) == {"email": (1, "1")}


def test_the_sample_files_are_written_to_be_read() -> None:
    assert dataset_sample_line(("user", "Grüezi"), system="Ja") == (
        '{"system": "Ja", "messages": [{"role": "user", "content": "Grüezi"}]}'
    )
