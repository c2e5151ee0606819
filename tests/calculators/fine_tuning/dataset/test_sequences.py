"""Conversations as sequences: which call is answered by which result, and where; and what of them is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.domain.records import TrainingLimits
from calculators.engine.questions.question import Question
from calculators.readers.training.conversation.json_schema import training_json_schema_fault
from calculators.readers.training.recognizing import TRAINING_FORMATS
from macros.tokens import count_with_tiktoken
from tests.calculators.answers import answer_json
from tests.calculators.fine_tuning.dataset.test_dataset import NAME, asked, lines, output_number, problems_of, table
from tests.json_types import JsonObject

TOOLS = [{"type": "function", "function": {"name": name}} for name in ("price", "stock")]


def call(*ids: str, name: str = "price", arguments: str = "{}") -> JsonObject:
    function = {"name": name, "arguments": arguments}
    return {"role": "assistant", "tool_calls": [{"id": id, "type": "function", "function": function} for id in ids]}


def result(id: str) -> JsonObject:
    return {"role": "tool", "tool_call_id": id, "content": "5"}


ASKED: JsonObject = {"role": "user", "content": "How much?"}
SAID: JsonObject = {"role": "assistant", "content": "Five."}
OLD_CALL: JsonObject = {"role": "assistant", "function_call": {"name": "price", "arguments": "{}"}}
OLD_RESULT: JsonObject = {"role": "function", "name": "price", "content": "5"}


def conversation(*messages: JsonObject, **more: Any) -> JsonObject:
    return {"messages": [{"role": "system", "content": "Be brief."}, ASKED, *messages], "tools": TOOLS, **more}


def places(catalogue: Catalogue, *messages: JsonObject) -> dict[str, str]:
    """What is wrong, with the number of the message."""
    answer = asked(catalogue, lines(conversation(*messages)))
    return {row[0]: row[3] for row in table(answer, "problems")}


UNANSWERED, WITHOUT = "A call without its result", "A result without its call"


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ((call("a"), result("a"), SAID), {}),
        ((call("a", "b"), result("b"), result("a"), SAID), {}),  # in any order
        ((call("a"), result("a"), call("a"), result("a"), SAID), {}),  # an id may come again in a later turn
        ((call("a"),), {}),  # the last message: the model learns to call
        ((call("a"), result("a"), call("b")), {}),
        ((call("a"), SAID), {UNANSWERED: "1 (message 3)"}),
        ((call("a", "b"), result("a"), SAID), {UNANSWERED: "1 (message 3)"}),
        ((call("a"), ASKED, result("a"), SAID), {UNANSWERED: "1 (message 3)", WITHOUT: "1 (message 5)"}),
        ((result("a"), SAID), {WITHOUT: "1 (message 3)"}),
        ((call("a"), result("b"), SAID), {UNANSWERED: "1 (message 3)", WITHOUT: "1 (message 4)"}),
        ((call("a"), result("a"), result("a"), SAID), {WITHOUT: "1 (message 5)"}),
        ((OLD_CALL, OLD_RESULT, SAID), {}),
        ((OLD_CALL,), {}),
        ((OLD_CALL, SAID), {UNANSWERED: "1 (message 3)"}),
        ((OLD_RESULT, SAID), {f"{WITHOUT}: “function”": "1 (message 3)"}),
        ((OLD_CALL, {**OLD_RESULT, "name": "stock"}, SAID), {f"{WITHOUT}: “function”": "1 (message 4)"}),
    ],
)
def test_calls_and_results_pair_by_id_and_place(
    catalogue: Catalogue, messages: tuple[JsonObject, ...], expected: dict[str, str]
) -> None:
    assert places(catalogue, *messages) == expected


def test_an_unanswered_call_before_the_end_is_one_even_if_the_file_ends_with_results(catalogue: Catalogue) -> None:
    problems = problems_of(asked(catalogue, lines(conversation(call("a", "b"), result("a")))))
    assert set(problems) == {"call_unanswered", "last_not_assistant"}


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        ("{}", None),
        ('{"a": [1, null]}', None),
        ("{'a': 1}", "arguments_json"),
        ('{"a": NaN}', "arguments_json"),
        ("", "arguments_json"),
        ("[]", "arguments_json"),
        ('"{}"', "arguments_twice"),
        ('"a"', "arguments_json"),
        ("[" * 2_000, "arguments_json"),
    ],
)
def test_arguments_are_an_object_written_once(catalogue: Catalogue, arguments: str, rule: str | None) -> None:
    answer = asked(catalogue, lines(conversation(call("a", arguments=arguments))))
    assert set(problems_of(answer)) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({}, ""),
        (True, ""),
        ({"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]}, ""),
        ({"properties": {"a": {"items": {"type": "text"}}}}, "properties.a.items.type"),
        ({"properties": ["a"]}, "properties"),
        ({"properties": {"a": "string"}}, "properties.a"),
        ({"required": "a"}, "required"),
        ({"anyOf": []}, "anyOf"),
        ({"anyOf": [{"type": "string"}, {"enum": 5}]}, "anyOf.enum"),
        ({"type": []}, "type"),
        ({"minimum": "5"}, "minimum"),
        ({"maxLength": -1}, "maxLength"),
        ({"description": 5}, "description"),
        ({"additionalProperties": "no"}, "additionalProperties"),
        ({"x-made-up": 5}, ""),
        ("object", "schema"),
    ],
)
def test_a_schema_is_followed_to_its_first_fault(schema: object, fault: str) -> None:
    assert training_json_schema_fault(schema) == fault


def test_parameters_describe_an_object(catalogue: Catalogue) -> None:
    tool = {"type": "function", "function": {"name": "price", "parameters": {"type": "string"}}}
    assert set(problems_of(asked(catalogue, lines({**conversation(SAID), "tools": [tool]})))) == {"tool_schema"}


def o200k(text: str) -> int:
    return count_with_tiktoken(text, "o200k_base")


def test_definitions_of_tools_are_counted_as_compact_json(catalogue: Catalogue) -> None:
    """As they stand on the line, blanks apart; both with and without them the answer is what is learned."""
    with_tools, without = conversation(SAID), conversation(SAID)
    del without["tools"]
    both = [asked(catalogue, lines(example)) for example in (with_tools, without)]
    definitions = o200k(json.dumps(TOOLS, separators=(",", ":")))
    assert output_number(both[0], "tokens") - output_number(both[1], "tokens") == definitions
    assert [output_number(answer, "tool_tokens") for answer in both] == [definitions, 0]
    assert {output_number(answer, "assistant_tokens") for answer in both} == {o200k("Five.")}


@pytest.mark.parametrize("message", [call("a", arguments='{"plant": "fig"}'), OLD_CALL])
def test_names_and_arguments_of_calls_are_learned(catalogue: Catalogue, message: JsonObject) -> None:
    function = message["function_call"] if "function_call" in message else message["tool_calls"][0]["function"]
    answer = asked(catalogue, lines(conversation(message)))
    learned = o200k(function["name"]) + o200k(function["arguments"])
    assert output_number(answer, "assistant_tokens") == learned
    assert output_number(answer, "call_tokens") == learned
    around = o200k('{"name": "", "arguments": }')
    assert output_number(answer, "markup_tokens") == 3 * 3 + 3 + 3 + around  # messages, roles, the answer's start


def test_an_answer_of_weight_0_is_billed_and_not_learned(catalogue: Catalogue) -> None:
    example = conversation({**SAID, "weight": 0}, ASKED, SAID)
    plain = conversation(SAID, ASKED, SAID)
    weighed, whole = asked(catalogue, lines(example)), asked(catalogue, lines(plain))
    assert output_number(weighed, "tokens") == output_number(whole, "tokens")
    assert output_number(whole, "assistant_tokens") == 2 * output_number(weighed, "assistant_tokens")


def test_what_the_format_adds_is_three_a_message_its_role_and_three_at_the_end(catalogue: Catalogue) -> None:
    """Three messages: 3 × 3, the roles 1 + 1 + 1, and 3; the texts are the rest."""
    answer = asked(catalogue, lines({"messages": conversation(SAID)["messages"]}))
    assert output_number(answer, "markup_tokens") == 15
    texts = sum(map(o200k, ("Be brief.", "How much?", "Five.")))
    assert output_number(answer, "tokens") == 15 + texts


def test_both_answers_of_a_pair_are_counted_with_the_prompt_once(catalogue: Catalogue) -> None:
    pair = {
        "input": {"messages": [ASKED]},
        "preferred_output": [SAID],
        "non_preferred_output": [{**SAID, "content": "?"}],
    }
    answer = asked(catalogue, lines(pair))
    assert output_number(answer, "tokens") == 3 + 3 * 4 + sum(map(o200k, ("How much?", "Five.", "?")))
    assert output_number(answer, "assistant_tokens") == o200k("Five.") + o200k("?")
    assert any(note.startswith("Whether a prompt is billed once or twice") for note in answer["notes"])
    assert any(note.startswith("Of 1 pairs, 1 prefer the longer answer") for note in answer["notes"])


@pytest.mark.parametrize(("examples", "remarked"), [(2, True), (3, False)])
def test_fireworks_wants_three_examples(catalogue: Catalogue, examples: int, remarked: bool) -> None:
    text = lines(*(conversation({**SAID, "content": f"{number}."}) for number in range(examples)))
    notes = asked(catalogue, text, offer="fireworks/up-to-16b")["notes"]
    assert any(note.startswith("This provider accepts files from 3 examples on") for note in notes) is remarked


def test_what_providers_accept_is_compared_with_the_file(catalogue: Catalogue) -> None:
    remarks = {row[0]: row[-1] for row in table(asked(catalogue, lines(conversation(SAID))), "limits")}
    assert remarks["Fireworks"] == remarks["OpenAI"] == "too few examples"
    assert remarks["Together"] == remarks["Mistral, its training service"] == "fits what is published"
    assert remarks["Amazon Bedrock, Claude"] == "after conversion; too few examples"
    assert remarks["Google, Gemini"] == "after conversion"
    image = {"type": "image_url", "image_url": {"url": "https://garden.example/leaf.png"}}
    many = {"messages": [{"role": "user", "content": [image] * 11}, {**SAID, "content": "a " * 140_000}]}
    remarks = {row[0]: row[-1] for row in table(asked(catalogue, lines(*[many] * 10)), "limits")}
    assert remarks["OpenAI"] == remarks["Together"] == "an example has too many images"
    assert remarks["Google, Gemini"] == "after conversion; an example is too long"
    assert remarks["Microsoft Foundry"] == "fits what is published"


@pytest.mark.parametrize(("faulty", "words"), [(1, "1 error to fix"), (2, "2 errors to fix")])
def test_no_provider_accepts_a_file_with_errors(catalogue: Catalogue, faulty: int, words: str) -> None:
    broken = json.dumps({"messages": [{"role": "user", "content": "?"}]})
    text = lines(*(conversation({**SAID, "content": f"{number}."}) for number in range(40)), *[broken] * faulty)
    remarks = {row[0]: row[-1] for row in table(asked(catalogue, text), "limits")}
    assert all(remark.startswith(words) for remark in remarks.values())
    assert remarks["Together"] == words and remarks["Google, Gemini"] == f"{words}; after conversion"


def test_a_provider_of_its_own_format_wants_no_other(catalogue: Catalogue) -> None:
    example = next(example for example in find_calculator(NAME).examples if example.name == "A file for Amazon Bedrock")
    remarks = {row[0]: row[-1] for row in table(answer_json(catalogue, NAME, example.given), "limits")}
    assert "conversion" not in remarks["Amazon Bedrock, Claude"] and "after conversion" in remarks["OpenAI"]
    labels = {row[0]: row[-1] for row in table(asked(catalogue, '{"prompt": "?", "completion": "!"}'), "limits")}
    assert "after conversion" in labels["OpenAI"] and labels["Together"] == "fits what is published"
    unknown = {row[0]: row[-1] for row in table(asked(catalogue, '{"question": "?"}'), "limits")}
    assert "format not recognized" in unknown["OpenAI"]


def test_each_provider_has_its_formats(catalogue: Catalogue) -> None:
    for limits in catalogue.facts.records("training_limits", TrainingLimits, catalogue.facts.as_of).values():
        assert limits.accepted_formats() and set(limits.accepted_formats()) <= TRAINING_FORMATS.keys()


def test_a_format_that_a_provider_reads_beside_its_own_is_accepted(catalogue: Catalogue) -> None:
    pair = {"input": {"messages": [ASKED]}, "preferred_output": [SAID], "non_preferred_output": [OLD_CALL]}
    remarks = {row[0]: row[-1] for row in table(asked(catalogue, lines(pair)), "limits")}
    assert not any("format" in remarks[name] or "conversion" in remarks[name] for name in ("OpenAI", "Fireworks"))
    assert remarks["Mistral, its training service"].endswith(("after conversion", "wants another format"))


def test_a_key_that_a_service_does_not_read_is_a_warning_there(catalogue: Catalogue) -> None:
    example = conversation({**SAID, "colour": "blue"})
    assert set(problems_of(asked(catalogue, lines(example), format="together"))) == {"message_other_key"}
    assert set(problems_of(asked(catalogue, lines(example)))) == {"message_unrecognized_key"}


def test_all_keys_that_are_null_are_named(catalogue: Catalogue) -> None:
    example = {**conversation({**SAID, "tool_calls": None}), "parallel_tool_calls": None}
    example["messages"][1] = {**ASKED, "name": None}
    labels = [row[0] for row in table(asked(catalogue, lines(example)), "problems")]
    assert labels == ["A key is null: “name”, “parallel_tool_calls”, “tool_calls”"]


@pytest.mark.parametrize(("epochs", "is_above"), [("5", False), ("6", True), ("", False)])
def test_epochs_above_what_a_provider_takes_are_named(catalogue: Catalogue, epochs: str, is_above: bool) -> None:
    """The rule that picks epochs where nobody names them is OpenAI's, so it is held against no other provider."""
    answer = asked(catalogue, lines(conversation(SAID)), epochs=epochs)
    remarks = {row[0]: row[-1] for row in table(answer, "limits")}
    assert ("too many epochs" in remarks["Amazon Bedrock, Nova"]) is is_above
    assert "epochs" not in remarks["OpenAI"] + remarks["Together"]


def test_nothing_is_said_of_a_limit_that_nobody_published(catalogue: Catalogue) -> None:
    text = catalogue.answer(Question(NAME, files={"training_file": lines(conversation(SAID))}, form="text"))
    assert "Too few examples for OpenAI" in text and "Too few examples for Mistral" not in text
