"""The prompt builder: its three forms, the tokens of each section, what can be cached, its warnings and its cost."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from macros.tokens import count_with_tiktoken
from tests.calculators.prompting import by_hand
from tests.calculators.prompting.cost import equal, facts
from tests.calculators.settings import SOL, settings_of
from tests.json_types import JsonObject

NAME = "prompting/builder"
PARTS = ("role", "task", "constraints", "output_format", "context", "user_input")
TITLES = {
    "role": "Role",
    "task": "Task",
    "constraints": "Constraints",
    "output_format": "Output format",
    "examples": "Examples",
    "context": "Context",
    "user_input": "Input",
}
START = "Start of the answer"


def asked(catalogue: Catalogue, **given: Any) -> JsonObject:
    """The answer's JSON. `examples` are pairs; a text that is not given is empty, settings are those of all tests."""
    texts = {**settings_of(NAME), **dict.fromkeys(PARTS, ""), "examples": [], **given}
    pairs = texts.pop("examples")
    for number in range(1, 7):
        pair = pairs[number - 1] if number <= len(pairs) else ("", "")
        texts |= {f"examples.{number}.input": pair[0], f"examples.{number}.output": pair[1]}
    answer: JsonObject = json.loads(catalogue.answer(Question(NAME, texts)))
    return answer


def output_number(answer: JsonObject, output: str) -> Decimal:
    return Decimal(answer["outputs"][output]["value"])


def sections(answer: JsonObject) -> dict[str, tuple[str, int]]:
    """Each section's mark for the cache and its tokens."""
    return {row[0]: (row[1], int(row[2])) for row in answer["tables"][0]["rows"]}


SIX = {
    "role": "You sort mail.",
    "task": "Name the class.",
    "constraints": "One class only.\nNo reasons.",
    "output_format": "A word.",
    "context": "Classes: bill, praise.",
    "user_input": "Thank you so much!",
}
PAIRS = [("You owe us 3 dollars.", "bill"), ("Lovely!", "praise")]
WHOLE: dict[str, Any] = {**SIX, "examples": PAIRS}


def test_the_messages_of_a_chat(catalogue: Catalogue) -> None:
    messages = json.loads(asked(catalogue, **SIX, examples=PAIRS)["outputs"]["messages"]["value"])
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert messages[0]["content"] == "You sort mail.\n\nName the class.\n\nOne class only.\nNo reasons.\n\nA word."
    assert [message["content"] for message in messages[1:5]] == [text for pair in PAIRS for text in pair]
    assert messages[5]["content"] == "Classes: bill, praise.\n\nThank you so much!"


def test_the_context_may_stand_before_the_examples(catalogue: Catalogue) -> None:
    answer = asked(catalogue, **SIX, examples=PAIRS, context_early="yes")
    messages = json.loads(answer["outputs"]["messages"]["value"])
    assert "Name the class.\n\nClasses: bill, praise.\n\nOne class" in messages[0]["content"]
    assert messages[-1]["content"] == "Thank you so much!"
    tagged = answer["outputs"]["tagged"]["value"]
    assert tagged.index("</task>") < tagged.index("<context>") < tagged.index("<constraints>")


def test_sections_between_tags_and_below_headings(catalogue: Catalogue) -> None:
    outputs = asked(catalogue, task="Sort it.", user_input="<b>&", examples=[("One", "Two")])["outputs"]
    assert outputs["tagged"]["value"] == (
        "<task>\nSort it.\n</task>\n\n<examples>\n<example>\n<input>One</input>\n<output>Two</output>\n</example>\n"
        "</examples>\n\n<input>\n<b>&\n</input>"
    )
    assert outputs["plain"]["value"] == "Task:\nSort it.\n\nExamples:\nInput: One\nOutput: Two\n\nInput:\n<b>&"


def test_an_empty_prompt(catalogue: Catalogue) -> None:
    answer = asked(catalogue, form="plain")
    assert output_number(answer, "prompt_tokens") == output_number(answer, "prefix_tokens") == 0
    assert answer["outputs"]["plain"]["value"] == "" and answer["outputs"]["messages"]["value"] == "[]"
    assert sections(answer) == {}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(str.strip)
SIX_TEXTS = st.fixed_dictionaries({part: TEXT for part in PARTS})
SOME_PAIRS = st.lists(st.tuples(TEXT.filter(bool), TEXT.filter(bool)), max_size=4)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(texts=SIX_TEXTS, pairs=SOME_PAIRS, form=st.sampled_from(["plain", "tagged"]), early=st.booleans())
def test_the_sections_weigh_about_what_the_whole_weighs(
    catalogue: Catalogue, texts: dict[str, str], pairs: list[tuple[str, str]], form: str, early: bool
) -> None:
    """Counted apart, a token may fall in two where sections meet, and no more than that."""
    answer = asked(catalogue, **texts, examples=pairs, form=form, context_early="yes" if early else "no")
    whole = count_with_tiktoken(answer["outputs"][form]["value"], "o200k_base")
    by_title = sections(answer)
    assert sum(tokens for _, tokens in by_title.values()) == output_number(answer, "prompt_tokens")
    assert abs(output_number(answer, "prompt_tokens") - whole) <= 2 * len(by_title)
    filled = {TITLES[part] for part in PARTS if texts[part]} | ({"Examples"} if pairs else set())
    assert set(by_title) == filled


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(texts=SIX_TEXTS, pairs=SOME_PAIRS)
def test_a_chat_weighs_its_texts_and_its_messages(
    catalogue: Catalogue, texts: dict[str, str], pairs: list[tuple[str, str]]
) -> None:
    """Three tokens a message and one for its role, three for the start of the answer, a token or two for a gap."""
    answer = asked(catalogue, **texts, examples=pairs)
    messages = json.loads(answer["outputs"]["messages"]["value"])
    whole = 3 + sum(4 + count_with_tiktoken(message["content"], "o200k_base") for message in messages)
    assert abs(output_number(answer, "prompt_tokens") - whole) <= 2 * len(PARTS)
    assert sections(answer)[START] == ("no", 3)


# Which sections stand in the part that can be cached.
@pytest.mark.parametrize(
    ("given", "cached_titles"),
    [
        ({}, "Role Task Constraints Output Examples"),
        ({"context_varies": "no"}, "Role Task Constraints Output Examples Context"),
        ({"context_early": "yes"}, "Role Task"),
        ({"context_early": "yes", "context_varies": "no"}, "Role Task Context Constraints Output Examples"),
        ({"constraints": "It is {date}."}, "Role Task"),
        ({"role": "You help {{ name }}."}, ""),
        ({"output_format": 'JSON: {"name": text}'}, "Role Task Constraints Output Examples"),
        ({"user_input": "{question}"}, "Role Task Constraints Output Examples"),
        ({"examples": [("{question}", "{answer}")]}, "Role Task Constraints Output"),
    ],
)
def test_the_prefix_ends_where_something_varies(
    catalogue: Catalogue, given: dict[str, Any], cached_titles: str
) -> None:
    answer = asked(catalogue, **{**WHOLE, "form": "tagged", **given})
    by_title = sections(answer)
    assert {title.split()[0] for title, (cached, _) in by_title.items() if cached == "yes"} == set(
        cached_titles.split()
    )
    assert output_number(answer, "prefix_tokens") == sum(
        tokens for cached, tokens in by_title.values() if cached == "yes"
    )


WARNED: dict[str, JsonObject] = {
    "comes before the examples": {"context_early": "yes"},
    "A placeholder makes this text differ with each request: Task, Constraints": {
        "task": "Answer {name}.",
        "constraints": "Today is {{date}}.",
    },
    "shorter than this model's smallest": {},
    "OpenAI's tokenizer": {"model": "anthropic/claude-opus-5-5"},
    "There is no task": {"task": " "},
    "There is no example": {"examples": []},
    "A role sets the tone": {"role": "You are kind."},
    "more than this model reads at once": {"answer": "10M"},
}
NOT_WARNED: dict[str, JsonObject] = {
    "comes before the examples": {"context_early": "yes", "context_varies": "no"},
    "A placeholder": {"output_format": '{"date": "YYYY-MM-DD"}'},
    "shorter than this model's smallest": {"task": "word " * 1100},
    "OpenAI's tokenizer": {},
    "A role sets the tone": {"role": ""},
    "There is no": {},
    "more than this model reads at once": {},
}


@pytest.mark.parametrize("words", WARNED)
def test_what_is_warned_of(catalogue: Catalogue, words: str) -> None:
    assert words in "\n".join(asked(catalogue, **{**WHOLE, **WARNED[words]})["notes"])


@pytest.mark.parametrize("words", NOT_WARNED)
def test_what_is_not_warned_of(catalogue: Catalogue, words: str) -> None:
    assert words not in "\n".join(asked(catalogue, **{**WHOLE, **NOT_WARNED[words]})["notes"])


LONG = {"task": "Sort it. " * 900, "context": "A line. " * 40}


@pytest.mark.parametrize("model", [SOL, "openai/gpt-6-luna", "openai/gpt-4.1"])
@pytest.mark.parametrize("caching", ["yes", "no"])
@pytest.mark.parametrize("more", [{}, {"task": "Sort it."}, {"context": "1 " * 200_000}])
def test_the_cost_is_that_of_the_tokens(catalogue: Catalogue, model: str, caching: str, more: dict[str, str]) -> None:
    """Against the slow computation: the cacheable prefix as instructions, all else as context, one turn."""
    texts = {**SIX, **LONG, **more}
    answer = asked(catalogue, **texts, model=model, caching=caching, found_cached="80%", requests="3000", answer="200")
    prefix, whole = Fraction(output_number(answer, "prefix_tokens")), Fraction(output_number(answer, "prompt_tokens"))
    work = by_hand.Work(
        instructions=prefix,
        context=whole - prefix,
        answer=Fraction(200),
        caching=caching == "yes",
        found_cached=Fraction(4, 5),
        requests=Fraction(3000),
    )
    expected = by_hand.request(work, by_hand.Prices(facts(), model, catalogue.facts.as_of))
    assert equal(output_number(answer, "per_request"), expected)
    assert equal(output_number(answer, "per_month"), expected * 3000)


def test_the_range_of_another_tokenizer(catalogue: Catalogue) -> None:
    """OpenAI's own count is exact; another maker's is its factor, give or take the spread."""
    ours = asked(catalogue, **SIX)
    counted = output_number(ours, "prompt_tokens")
    assert set(ours["outputs"]["model_tokens"]["value"].values()) == {str(counted)}
    converted = asked(catalogue, **SIX, model="anthropic/claude-opus-5-5", spread="30%")
    factor = Decimal(catalogue.facts.fact("prices:anthropic/claude-opus-5-5#tokenizer_factor").value)
    assert output_number(converted, "prompt_tokens") == counted
    assert {side: Decimal(text) for side, text in converted["outputs"]["model_tokens"]["value"].items()} == {
        "low": counted * factor * Decimal("0.7"),
        "likely": counted * factor,
        "high": counted * factor * Decimal("1.3"),
    }


def test_presets_are_examples() -> None:
    words = " ".join(example.name.lower() for example in find_calculator(NAME).examples)
    assert all(word in words for word in ("answer", "extract", "sort", "code"))


def test_the_inputs_of_an_answer_hold_only_the_beginnings_of_texts(catalogue: Catalogue) -> None:
    answer = asked(catalogue, task="secret " * 40)
    assert len(answer["inputs"]["task"]["value"]) <= 61
    page = json.loads(catalogue.answer(Question(NAME, {"task": "secret " * 20_000, "requests": "many"}, form="page")))
    assert not page["ok"] and "secret" not in json.dumps(page)
