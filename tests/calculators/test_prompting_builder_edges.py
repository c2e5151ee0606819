"""The prompt builder to the last token: what a chat adds, where gaps go, half examples, other tokenizers."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from calculators.prompting.builder import _pairs
from macros.tokens import count_tokens
from tests.calculators.test_prompting_builder import PAIRS, SIX, START, asked, sections, value


def weight(text: str) -> int:
    """The tokens of a text, as the sections are counted."""
    return count_tokens(text, "o200k_base")


def test_a_chat_adds_four_tokens_a_message_and_a_gap_between_sections(catalogue) -> None:
    """OpenAI's count: three a message and one for its role; three for the start of the answer."""
    answer = asked(catalogue, **SIX, examples=PAIRS)
    assert {title: tokens for title, (_, tokens) in sections(answer).items()} == {
        "Role": 4 + weight(SIX["role"] + "\n\n"),
        "Task": weight(SIX["task"] + "\n\n"),
        "Constraints": weight(SIX["constraints"] + "\n\n"),
        "Output format": weight(SIX["output_format"]),
        "Examples": sum(4 + weight(text) for pair in PAIRS for text in pair),
        "Context": 4 + weight(SIX["context"] + "\n\n"),
        "Input": weight(SIX["user_input"]),
        START: 3,
    }


def test_half_an_example_is_one(catalogue) -> None:
    answer = asked(catalogue, task="Sort it.", examples=[("One", ""), ("", "Two"), ("", "")])
    assert json.loads(answer["outputs"]["messages"]["value"]) == [
        {"role": "system", "content": "Sort it."},
        {"role": "user", "content": "One"},
        {"role": "assistant", "content": "Two"},
    ]


def test_messages_are_written_to_be_read(catalogue) -> None:
    """On lines of their own, two blanks deep, with every letter as it is."""
    written = asked(catalogue, task="Sage „Grüezi“.")["outputs"]["messages"]["value"]
    assert written == '[\n  {\n    "role": "system",\n    "content": "Sage „Grüezi“."\n  }\n]'


@pytest.mark.parametrize("form", ["chat", "tagged", "plain"])
def test_the_prefix_is_counted_with_the_models_own_tokenizer(catalogue, form: str) -> None:
    ours = asked(catalogue, **SIX, form=form)
    theirs = asked(catalogue, **SIX, form=form, model="anthropic/claude-opus-5-5")
    factor = Decimal(catalogue.facts.fact("prices:anthropic/claude-opus-5-5#tokenizer_factor").value)
    assert factor != 1
    assert value(theirs, "prefix_tokens") == value(ours, "prefix_tokens") * factor > 0


def test_the_pairs_of_a_preset_are_typed_into_the_first_lines() -> None:
    assert _pairs(("A", "B"), ("C", "D")) == {
        "examples__1__input": "A", "examples__1__output": "B", "examples__2__input": "C", "examples__2__output": "D",
    }  # fmt: skip
