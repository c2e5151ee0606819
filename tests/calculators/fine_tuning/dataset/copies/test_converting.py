"""Copies in other formats: by hand as the providers document them, there and back again, and nothing lost unsaid."""

from __future__ import annotations

import json
from random import Random

import pytest

from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.copies.converting import DIALECTS, converted_training_copy, convertible_training_file
from calculators.readers.training.lines import TrainingLine
from calculators.readers.training.recognizing import TRAINING_FORMATS
from calculators.readers.training.rules import ERROR, RULES
from tests.calculators.fine_tuning.dataset.copies.texts import changed_lines_of_copy, text_of_copy
from tests.calculators.fine_tuning.dataset.test_formats_of_files import read
from tests.json_types import JsonObject

PAIRS = [(source, target) for source in DIALECTS for target in DIALECTS if convertible_training_file(source, target)]


def converted(example: object, source: str, target: str) -> tuple[list[JsonObject], list[str]]:
    """What an example becomes, and what is said of it."""
    copied = converted_training_copy(json.dumps(example, ensure_ascii=False) + "\n", source, target)
    lines = text_of_copy(copied, "converted").splitlines()
    assert all(numbers == [1] for numbers in changed_lines_of_copy(copied).values())
    return [json.loads(line) for line in lines], list(copied.changes.lines)


def said(role: str, content: object, **more: object) -> JsonObject:
    return {"role": role, "content": content, **more}


def call(id: str, name: str, arguments: str) -> JsonObject:
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


WEATHER = {
    "name": "weather",
    "description": "The weather of a city",
    "parameters": {"type": "object", "properties": {"city": {"type": "string", "enum": ["object"]}}},
}
TOOLS = [{"type": "function", "function": WEATHER}]
SPOKEN = [said("system", "Be short."), said("user", "Hi"), said("assistant", "Hello")]
TALK: JsonObject = {"messages": [*SPOKEN, said("user", "Bye"), said("assistant", "See you")]}
CALLING: JsonObject = {
    "messages": [
        said("user", "Weather in Oslo and Rome?"),
        {
            "role": "assistant",
            "tool_calls": [call("a1", "weather", '{"city": "Oslo"}'), call("b2", "weather", '{"city": "Rome"}')],
        },
        {"role": "tool", "tool_call_id": "a1", "content": "4 C"},
        {"role": "tool", "tool_call_id": "b2", "content": '{"degrees": 19.50}'},
        said("assistant", "4 and 19.5."),
    ],
    "tools": TOOLS,
}
CALLING_ONCE: JsonObject = {
    "messages": [
        said("user", "Weather in Oslo?"),
        {"role": "assistant", "tool_calls": [call("call_2", "weather", '{"city": "Oslo"}')]},
        {"role": "tool", "tool_call_id": "call_2", "content": "4 C"},
        said("assistant", "4 degrees."),
    ],
    "tools": TOOLS,
}
PAIR: JsonObject = {
    "input": {"messages": [said("user", "Say hi")], "tools": TOOLS},
    "preferred_output": [said("assistant", "Hi!")],
    "non_preferred_output": [said("assistant", "No.")],
}
GOOGLE_WEATHER = {
    "name": "weather",
    "description": "The weather of a city",
    "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING", "enum": ["object"]}}},
}
GOOGLE_IDS = "Changed: ids of calls are new, as Google's format has none"
SHAREGPT_IDS = "Changed: ids of calls are new, as ShareGPT has none"

BY_HAND: list[tuple[str, str, JsonObject, list[JsonObject], list[str]]] = [
    (
        "openai",
        "bedrock",
        TALK,
        [{"system": "Be short.", "messages": TALK["messages"][1:]}],
        [],
    ),
    (
        "openai",
        "nova",
        {"messages": SPOKEN},
        [
            {
                "schemaVersion": "bedrock-conversation-2024",
                "system": [{"text": "Be short."}],
                "messages": [said("user", [{"text": "Hi"}]), said("assistant", [{"text": "Hello"}])],
            }
        ],
        [],
    ),
    (
        "openai",
        "gemini",
        {"messages": SPOKEN},
        [
            {
                "systemInstruction": {"role": "system", "parts": [{"text": "Be short."}]},
                "contents": [
                    {"role": "user", "parts": [{"text": "Hi"}]},
                    {"role": "model", "parts": [{"text": "Hello"}]},
                ],
            }
        ],
        [],
    ),
    (
        "openai",
        "gemini",
        CALLING,
        [
            {
                "contents": [
                    {"role": "user", "parts": [{"text": "Weather in Oslo and Rome?"}]},
                    {
                        "role": "model",
                        "parts": [
                            {"functionCall": {"name": "weather", "args": {"city": "Oslo"}}},
                            {"functionCall": {"name": "weather", "args": {"city": "Rome"}}},
                        ],
                    },
                    {
                        "role": "user",
                        "parts": [
                            {"functionResponse": {"name": "weather", "response": {"content": "4 C"}}},
                            {"functionResponse": {"name": "weather", "response": {"degrees": 19.5}}},
                        ],
                    },
                    {"role": "model", "parts": [{"text": "4 and 19.5."}]},
                ],
                "tools": [{"functionDeclarations": [GOOGLE_WEATHER]}],
            }
        ],
        [GOOGLE_IDS],
    ),
    (
        "openai",
        "mistral",
        {**CALLING_ONCE, "parallel_tool_calls": False},
        [
            {
                "messages": [
                    said("user", "Weather in Oslo?"),
                    {"role": "assistant", "tool_calls": [call("call00001", "weather", '{"city": "Oslo"}')]},
                    {"role": "tool", "tool_call_id": "call00001", "content": "4 C"},
                    said("assistant", "4 degrees."),
                ],
                "tools": TOOLS,
            }
        ],
        ["Changed: ids of calls are new", "Lost: whether calls may be parallel"],
    ),
    (
        "openai",
        "sharegpt",
        CALLING_ONCE,
        [
            {
                "conversations": [
                    {"from": "human", "value": "Weather in Oslo?"},
                    {"from": "function_call", "value": '{"name": "weather", "arguments": {"city": "Oslo"}}'},
                    {"from": "observation", "value": "4 C"},
                    {"from": "gpt", "value": "4 degrees."},
                ],
                "tools": json.dumps([WEATHER]),
            }
        ],
        [SHAREGPT_IDS],
    ),
    (
        "openai",
        "alpaca",
        TALK,
        [{"instruction": "Bye", "input": "", "output": "See you", "system": "Be short.", "history": [["Hi", "Hello"]]}],
        [],
    ),
    ("openai", "completion", {"messages": SPOKEN[1:]}, [{"prompt": "Hi", "completion": "Hello"}], []),
    ("openai", "completion", {"messages": SPOKEN}, [{"prompt": SPOKEN[:2], "completion": SPOKEN[2:]}], []),
    (
        "alpaca",
        "openai",
        {"instruction": "Translate", "input": "bread", "output": "pain", "history": [["Hi", "Hello"]]},
        [{"messages": [*SPOKEN[1:], said("user", "Translate\n\nbread"), said("assistant", "pain")]}],
        ["Changed: instruction and input become one text"],
    ),
    (
        "openai",
        "azure",
        {
            "messages": [
                said("user", "Oslo?"),
                {"role": "assistant", "function_call": {"name": "weather", "arguments": "{}"}},
                said("function", "4 C", name="weather"),
                said("assistant", "4."),
            ],
            "functions": [WEATHER],
        },
        [
            {
                "messages": [
                    said("user", "Oslo?"),
                    {"role": "assistant", "tool_calls": [call("call00002", "weather", "{}")]},
                    {"role": "tool", "tool_call_id": "call00002", "content": "4 C"},
                    said("assistant", "4."),
                ],
                "tools": TOOLS,
            }
        ],
        ["Changed: old keys of calls become those of tools, with ids made up"],
    ),
    (
        "preference",
        "trl_preference",
        PAIR,
        [
            {
                "prompt": [said("user", "Say hi")],
                "chosen": [said("assistant", "Hi!")],
                "rejected": [said("assistant", "No.")],
                "tools": TOOLS,
            }
        ],
        [],
    ),
    (
        "openai",
        "llamafactory",
        CALLING_ONCE,
        [
            {
                "messages": [
                    {**said("user", [{"type": "text", "value": "Weather in Oslo?"}]), "loss_weight": 0.0},
                    {
                        "role": "assistant",
                        "content": [
                            {"type": "tool_call", "value": '{"name": "weather", "arguments": {"city": "Oslo"}}'}
                        ],
                        "loss_weight": 1.0,
                    },
                    {**said("tool", [{"type": "text", "value": "4 C"}]), "loss_weight": 0.0},
                    {**said("assistant", [{"type": "text", "value": "4 degrees."}]), "loss_weight": 1.0},
                ],
                "tools": json.dumps([WEATHER]),
            }
        ],
        ["Changed: ids of calls are new, as LLaMA-Factory has none"],
    ),
    (
        "trl_preference",
        "llamafactory_pairs",
        {"prompt": "Say hi", "chosen": "Hi!", "rejected": "No."},
        [
            {
                side: [
                    {**said("user", [{"type": "text", "value": "Say hi"}]), "loss_weight": 0.0},
                    {**said("assistant", [{"type": "text", "value": answer}]), "loss_weight": 1.0},
                ]
                for side, answer in (("chosen_messages", "Hi!"), ("rejected_messages", "No."))
            }
        ],
        [],
    ),
    (
        "preference",
        "kto",
        PAIR,
        [
            {"prompt": [said("user", "Say hi")], "completion": [said("assistant", "Hi!")], "label": True},
            {"prompt": [said("user", "Say hi")], "completion": [said("assistant", "No.")], "label": False},
        ],
        ["Lost: definitions of tools", "Changed: a pair becomes two lines, a good answer and a bad one"],
    ),
    (
        "trl_preference",
        "openai",
        {
            "chosen": [said("user", "Say hi"), said("assistant", "Hi!")],
            "rejected": [said("user", "Say hi"), said("assistant", "No.")],
        },
        [{"messages": [said("user", "Say hi"), said("assistant", "Hi!")]}],
        ["Lost: the other answer of a pair"],
    ),
]
BY_HAND_IDS = [f"{source} to {target} {number}" for number, (source, target, *_) in enumerate(BY_HAND)]


@pytest.mark.parametrize(("source", "target", "example", "expected", "changes"), BY_HAND, ids=BY_HAND_IDS)
def test_each_format_by_hand(
    source: str, target: str, example: JsonObject, expected: list[JsonObject], changes: list[str]
) -> None:
    assert converted(example, source, target) == (expected, changes)


WEIGHED = {
    "messages": [*SPOKEN[:2], said("assistant", "Hello", weight=0), said("user", "Bye"), said("assistant", "Bye")]
}
LOST: list[tuple[str, JsonObject, str, str]] = [
    ("bedrock", WEIGHED, "openai", "Lost: a weight of 0, so the answer would be learned"),
    ("gemini", {"messages": [*SPOKEN[:2], said("assistant", "Hello", weight=1)]}, "openai", "Lost: weights of answers"),
    ("alpaca", {"messages": [said("user", "Hi", name="Ann"), SPOKEN[2]]}, "openai", "Lost: names of speakers"),
    ("bedrock", {"messages": SPOKEN, "tools": TOOLS}, "openai", "Lost: definitions of tools"),
    ("nova", {"messages": SPOKEN, "source": "desk"}, "openai", "Lost: a further key of the example"),
    (
        "openai",
        {"messages": [*SPOKEN[:2], said("assistant", "Hello", mood="kind")]},
        "fireworks",
        "Lost: a further key of a message",
    ),
    (
        "openai",
        {"messages": [*SPOKEN[:2], said("assistant", "Hello", reasoning="Greet.")]},
        "together",
        "Lost: reasoning beside answers",
    ),
    (
        "fireworks",
        {"messages": [*SPOKEN[:2], said("assistant", "Hello", reasoning="Greet.")]},
        "together",
        "Changed: reasoning has another key",
    ),
    (
        "together",
        {"messages": [said("developer", "Be short."), *SPOKEN[1:]]},
        "openai",
        "Changed: the role developer becomes system",
    ),
    (
        "bedrock",
        {"messages": [SPOKEN[1], said("user", "Hello?"), SPOKEN[2]]},
        "openai",
        "Changed: messages of one role in a row become one",
    ),
    (
        "nova",
        {"messages": [SPOKEN[1], said("user", "Hello?"), SPOKEN[2]]},
        "openai",
        "Changed: messages of one role in a row become one",
    ),
    ("bedrock", {"messages": [SPOKEN[0], *SPOKEN]}, "openai", "Changed: several system messages become one"),
    (
        "bedrock",
        {"messages": [SPOKEN[1], SPOKEN[0], SPOKEN[2]]},
        "openai",
        "Changed: a system message within the conversation is moved to the front",
    ),
    (
        "mistral",
        {"messages": [said("user", [{"type": "text", "text": "Hi"}, {"type": "text", "text": "you"}]), SPOKEN[2]]},
        "openai",
        "Changed: several parts of a content become one text",
    ),
    (
        "sharegpt",
        {
            **CALLING_ONCE,
            "messages": [
                {**message, **({"content": "I look."} if "tool_calls" in message else {})}
                for message in CALLING_ONCE["messages"]
            ],
        },
        "openai",
        "Lost: the text beside a call",
    ),
    ("completion", TALK, "openai", "Changed: answers before the last are not learned"),
    (
        "openai",
        {"prompt": TALK["messages"][:-1], "completion": TALK["messages"][-1:]},
        "completion",
        "Changed: answers within the prompt are learned as well",
    ),
    (
        "openai",
        {"prompt": TALK["messages"][:-1], "chosen": "Bye", "rejected": "No"},
        "trl_preference",
        "Changed: answers within the prompt are learned as well",
    ),
    (
        "openai",
        {"prompt": TALK["messages"][:-1], "completion": "Bye", "label": True},
        "kto",
        "Changed: answers within the prompt are learned as well",
    ),
    (
        "gemini",
        {"messages": [SPOKEN[1], {"role": "assistant", "tool_calls": [call("a", "weather", '{"city":"Oslo"}')]}]},
        "openai",
        "Changed: arguments are written anew, with other spaces",
    ),
]


@pytest.mark.parametrize(
    ("target", "example", "source", "change"), LOST, ids=[f"{each[0]}: {each[3]}" for each in LOST]
)
def test_what_gets_lost_is_said(target: str, example: JsonObject, source: str, change: str) -> None:
    lines, changes = converted(example, source, target)
    assert len(lines) == 1 and change in changes


PICTURE = said(
    "user",
    [{"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}],
)
SEVERAL = {
    "type": "function",
    "function": {**WEATHER, "parameters": {"type": "object", "properties": {"a": {"type": ["string", "null"]}}}},
}
UNFIT: list[tuple[str, str, JsonObject, str]] = [
    ("openai", "bedrock", CALLING_ONCE, "it calls tools"),
    ("openai", "nova", CALLING_ONCE, "it calls tools"),
    ("openai", "alpaca", CALLING_ONCE, "it calls tools"),
    ("openai", "sharegpt", CALLING, "it calls several tools at once"),
    ("openai", "gemini", {"messages": [PICTURE, SPOKEN[2]]}, "it shows images or other media"),
    ("openai", "mistral", {"messages": [PICTURE, SPOKEN[2]]}, "it shows images or other media"),
    (
        "nova",
        "openai",
        {"messages": [said("user", [{"image": {}}]), said("assistant", [{"text": "A cat."}])]},
        "it shows images or other media",
    ),
    (
        "gemini",
        "openai",
        {"contents": [{"role": "user", "parts": [{"fileData": {}}]}, {"role": "model", "parts": [{"text": "A"}]}]},
        "it shows images or other media",
    ),
    (
        "openai",
        "gemini",
        {**CALLING_ONCE, "tools": [*TOOLS, SEVERAL]},
        "its definitions of tools have a property of several types",
    ),
    (
        "openai",
        "gemini",
        {"messages": [SPOKEN[1], {"role": "assistant", "tool_calls": [call("a", "weather", "Oslo")]}]},
        "its arguments are no JSON object",
    ),
    ("openai", "alpaca", {"messages": [SPOKEN[1], SPOKEN[2], SPOKEN[2]]}, "user and assistant do not take turns"),
    (
        "openai",
        "bedrock",
        {"messages": [SPOKEN[2], SPOKEN[1], SPOKEN[2]]},
        "the other format does not take it (roles are out of order)",
    ),
    (
        "openai",
        "nova",
        {"messages": [said("user", "User: hi"), SPOKEN[2]]},
        "the other format does not take it (a text that the provider reserves)",
    ),
    ("openai", "azure", {"messages": SPOKEN[:2]}, "it has an error to be fixed first (no assistant message)"),
    (
        "kto",
        "openai",
        {"prompt": "Hi", "completion": "No.", "label": False},
        "its answer is a bad one, which is not to be learned",
    ),
]


@pytest.mark.parametrize(
    ("source", "target", "example", "reason"), UNFIT, ids=[f"{each[1]}: {each[3]}" for each in UNFIT]
)
def test_what_does_not_fit_is_left_out_and_named(source: str, target: str, example: JsonObject, reason: str) -> None:
    assert converted(example, source, target) == ([], [f"Not converted: {reason}"])


def test_a_key_that_stands_twice_is_left_out() -> None:
    twice = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "A", "content": "B"}]}'
    assert changed_lines_of_copy(converted_training_copy(twice, "openai", "gemini")) == {
        "Not converted: it has a key twice": [1]
    }


def test_formats_that_mean_something_else_are_not_converted() -> None:
    for source, target in (
        ("openai", "preference"),
        ("openai", "kto"),
        ("kto", "preference"),
        ("reinforcement", "trl_preference"),
        ("alpaca_labels", "sharegpt_pairs"),
    ):
        copied = converted_training_copy(read(source, "clean"), source, target)
        assert text_of_copy(copied, "converted") == "" and copied.sentence.startswith("There is no way from")
    assert converted_training_copy(read("openai", "clean"), "openai", "openai").sentence.startswith(
        "The file has this format"
    )
    assert "Pick the other format" in converted_training_copy(read("openai", "clean"), "openai", "").sentence
    assert "a format that is not known" in converted_training_copy("{}", "", "openai").sentence
    assert set(DIALECTS) == set(TRAINING_FORMATS)


PAIR_OF_TALK: JsonObject = {
    "prompt": TALK["messages"][:-1],
    "chosen": [said("assistant", "See you")],
    "rejected": [said("assistant", "Go")],
}
TURNS = [
    {"from": "system", "value": "Be short."},
    *({"from": speaker, "value": text} for speaker, text in (("human", "Hi"), ("gpt", "Hello"), ("human", "Bye"))),
]
TWO_LINES = "Changed: a pair becomes two lines, a good answer and a bad one"
RECORD: JsonObject = {"instruction": "Bye", "input": "", "system": "Be short.", "history": [["Hi", "Hello"]]}
AS_REFERENCE = "Changed: the answer becomes the reference answer of a grader, and is not learned word for word"
LEARNED_REFERENCE = "Changed: the reference answer becomes the answer that is learned"
LEARNED_TOO = "Changed: answers within the prompt are learned as well"


@pytest.mark.parametrize(
    ("source", "target", "example", "lines", "changes"),
    [
        ("trl_preference", "alpaca_pairs", PAIR_OF_TALK, [{**RECORD, "chosen": "See you", "rejected": "Go"}], []),
        (
            "trl_preference",
            "sharegpt_pairs",
            PAIR_OF_TALK,
            [
                {
                    "conversations": TURNS,
                    "chosen": {"from": "gpt", "value": "See you"},
                    "rejected": {"from": "gpt", "value": "Go"},
                }
            ],
            [],
        ),
        (
            "trl_preference",
            "alpaca_labels",
            PAIR_OF_TALK,
            [{**RECORD, "output": "See you", "kto_tag": True}, {**RECORD, "output": "Go", "kto_tag": False}],
            [TWO_LINES],
        ),
        (
            "alpaca_pairs",
            "sharegpt_labels",
            {**RECORD, "chosen": "See you", "rejected": "Go"},
            [
                {"conversations": [*TURNS, {"from": "gpt", "value": "See you"}], "kto_tag": True},
                {"conversations": [*TURNS, {"from": "gpt", "value": "Go"}], "kto_tag": False},
            ],
            [TWO_LINES],
        ),
        (
            "sharegpt_labels",
            "openai",
            {"conversations": [*TURNS, {"from": "gpt", "value": "See you"}], "kto_tag": True},
            [TALK],
            ["Lost: the label of the answer", LEARNED_TOO],
        ),
        (
            "openai",
            "reinforcement",
            TALK,
            [{"messages": TALK["messages"][:-1], "reference_answer": "See you"}],
            [AS_REFERENCE],
        ),
        (
            "trl_preference",
            "reinforcement",
            {**PAIR_OF_TALK, "prompt": [said("user", "Bye")]},
            [{"messages": [said("user", "Bye")], "reference_answer": "See you"}],
            ["Lost: the other answer of a pair", AS_REFERENCE],
        ),
        (
            "reinforcement",
            "openai",
            {"messages": TALK["messages"][:-1], "reference_answer": "See you", "difficulty": 3},
            [TALK],
            ["Lost: a further key that graders read", LEARNED_REFERENCE, LEARNED_TOO],
        ),
        (
            "reinforcement",
            "sharegpt",
            {"messages": [said("user", "Bye")], "reference_answer": {"city": "Oslo"}},
            [],
            ["Not converted: it has no reference answer that is a text"],
        ),
        (
            "openai",
            "reinforcement",
            {**CALLING, "messages": CALLING["messages"][:2]},
            [],
            ["Not converted: it calls tools"],
        ),
        (
            "preference",
            "alpaca_pairs",
            PAIR,
            [{"instruction": "Say hi", "input": "", "chosen": "Hi!", "rejected": "No."}],
            ["Lost: definitions of tools"],
        ),
        (
            "kto",
            "reinforcement",
            {"prompt": "Bye", "completion": "Go", "label": False},
            [],
            ["Not converted: its answer is a bad one, which is not to be learned"],
        ),
    ],
)
def test_pairs_labels_and_items_by_hand(
    source: str, target: str, example: JsonObject, lines: list[JsonObject], changes: list[str]
) -> None:
    assert converted(example, source, target) == (lines, changes)


def test_what_an_item_lacks_is_said() -> None:
    items = read("reinforcement", "clean")
    assert "A pair needs a worse answer" in converted_training_copy(items, "reinforcement", "sharegpt_pairs").sentence
    assert "A label needs somebody's judgment" in converted_training_copy(items, "reinforcement", "kto").sentence


def texts_read(line: TrainingLine) -> list[tuple[str, str]]:
    """Who says what in an example, as the check reads it: the other reader of every format."""
    spoken = [("system", line.system)] if line.system else []
    for message in [*line.messages, *line.rejected]:
        content = message.get("content")
        parts = content if isinstance(content, list) else [{"text": content}]
        text = "\n".join(str(part["text"]) for part in parts if isinstance(part, dict) and part.get("text"))
        spoken.append((str(message.get("role")), text))
    return [(role, text) for role, text in spoken if text]


def random_chat(random: Random) -> JsonObject:
    """A chat that any format for answers can hold, with what only some can in a part of them."""
    texts = ["Wann?", "Why 'so'?", "漢字 😀", "Line\nbreak", '{"a": 1}', "x" * 300, 'tab\t"quote"']
    messages = [said("system", random.choice(texts))] if random.random() < 0.5 else []
    for _ in range(random.randrange(1, 4)):
        messages.append(said("user", random.choice(texts)))
        if random.random() < 0.15:
            messages.append({"role": "assistant", "tool_calls": [call("call00001", "weather", '{"n": 1.50}')]})
            messages.append({"role": "tool", "tool_call_id": "call00001", "content": random.choice(texts)})
        messages.append(said("assistant", random.choice(texts), **({"weight": 1} if random.random() < 0.1 else {})))
    return {"messages": messages, **({"tools": TOOLS} if random.random() < 0.2 else {})}


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_what_is_not_changed_comes_back(source: str, target: str) -> None:
    """There and back again, without a change: the same example, and on the way the same texts of the same roles."""
    random = Random(f"{source} {target}")
    purpose = DIALECTS[source].purpose
    compared = 0
    for _ in range(40):
        chat = random_chat(random)
        if purpose == "answers":
            written, _ = converted(chat, "openai", source) if source != "openai" else ([chat], [])
        else:
            *prompt, answer = chat["messages"]
            answers = [said("assistant", "Well."), said("assistant", str(answer["content"]) + "!")]
            pair = {
                "input": {**chat, "messages": prompt},
                "preferred_output": answers[:1],
                "non_preferred_output": answers[1:],
            }
            written, _ = converted(pair, "preference", source) if source != "preference" else ([pair], [])
        for example in written:
            there, changes = converted(example, source, target)
            for line in there:
                judged = judge_training_line(1, json.dumps(line), TRAINING_FORMATS[target])
                assert not [rule for rule in judged.problems if RULES[rule].level == ERROR]
            if len(there) != 1 or changes or not convertible_training_file(target, source):
                continue
            first = judge_training_line(1, json.dumps(example), TRAINING_FORMATS[source])
            second = judge_training_line(1, json.dumps(there[0]), TRAINING_FORMATS[target])
            assert texts_read(first) == texts_read(second)
            back, changes = converted(there[0], target, source)
            if not changes:
                assert back == [example]
                compared += 1
    says_a_change = "reinforcement" in (source, target)
    assert compared >= 5 or not convertible_training_file(target, source) or says_a_change


@pytest.mark.parametrize("target", [target for source, target in PAIRS if source == "openai"])
def test_arguments_encoded_twice_become_what_those_encoded_once_do(target: str) -> None:
    """The text of a text of an object: the checker warns of it, and the corrected copy encodes it once."""
    twice = json.loads(json.dumps(CALLING_ONCE))
    function = twice["messages"][1]["tool_calls"][0]["function"]
    function["arguments"] = json.dumps(function["arguments"])
    lines, notes = converted(CALLING_ONCE, "openai", target)
    fits = not any(note.startswith("Not converted") for note in notes)
    assert converted(twice, "openai", target) == (
        lines,
        ["Arguments encoded twice: encoded once", *notes] if fits else notes,
    )
