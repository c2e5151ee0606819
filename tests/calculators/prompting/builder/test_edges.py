"""The prompt builder to the last token: what a chat adds, where gaps go, half examples, other tokenizers."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue
from calculators.prompting.builder.inputs import typed_builder_examples
from macros.tokens import count_with_tiktoken
from tests.calculators.prompting.builder.test_builder import PAIRS, SIX, START, WHOLE, asked, output_number, sections
from tests.calculators.prompting.by_hand import Prices
from tests.calculators.prompting.cost import facts, models
from tests.calculators.settings import SOL


def weight(text: str) -> int:
    """The tokens of a text, as the sections are counted."""
    return count_with_tiktoken(text, "o200k_base")


def test_a_chat_adds_four_tokens_a_message_and_a_gap_between_sections(catalogue: Catalogue) -> None:
    """OpenAI's count: three a message and one for its role; three for the start of the answer; one for a gap."""
    texts = {name: text.rstrip(".!") for name, text in SIX.items()}  # a full stop and a gap would be one token
    assert weight(texts["role"] + "\n\n") == weight(texts["role"]) + 1
    answer = asked(catalogue, **texts, examples=PAIRS)
    assert {title: tokens for title, (_, tokens) in sections(answer).items()} == {
        "Role": 4 + weight(texts["role"]) + 1,
        "Task": weight(texts["task"]) + 1,
        "Constraints": weight(texts["constraints"]) + 1,
        "Output format": weight(texts["output_format"]),
        "Examples": sum(4 + weight(text) for pair in PAIRS for text in pair),
        "Context": 4 + weight(texts["context"]) + 1,
        "Input": weight(texts["user_input"]),
        START: 3,
    }


def test_half_an_example_is_one(catalogue: Catalogue) -> None:
    answer = asked(catalogue, task="Sort it.", examples=[("One", ""), ("", "Two"), ("", "")])
    assert json.loads(answer["outputs"]["messages"]["value"]) == [
        {"role": "system", "content": "Sort it."},
        {"role": "user", "content": "One"},
        {"role": "assistant", "content": "Two"},
    ]


def test_messages_are_written_to_be_read(catalogue: Catalogue) -> None:
    """On lines of their own, two blanks deep, with every letter as it is."""
    written = asked(catalogue, task="Sage „Grüezi“.")["outputs"]["messages"]["value"]
    assert written == '[\n  {\n    "role": "system",\n    "content": "Sage „Grüezi“."\n  }\n]'


@pytest.mark.parametrize("form", ["chat", "tagged", "plain"])
def test_the_prefix_is_counted_with_the_models_own_tokenizer(catalogue: Catalogue, form: str) -> None:
    ours = asked(catalogue, **SIX, form=form)
    converted = asked(catalogue, **SIX, form=form, model="anthropic/claude-opus-5-5")
    factor = Decimal(catalogue.facts.fact("prices:anthropic/claude-opus-5-5#tokenizer_factor").value)
    assert factor != 1
    assert output_number(converted, "prefix_tokens") == output_number(ours, "prefix_tokens") * factor > 0


def test_the_pairs_of_a_preset_are_typed_into_the_first_lines() -> None:
    assert typed_builder_examples(("A", "B"), ("C", "D")) == {
        "examples__1__input": "A",
        "examples__1__output": "B",
        "examples__2__input": "C",
        "examples__2__output": "D",
    }


def test_caching_saves_what_the_same_requests_cost_more_without_it(catalogue: Catalogue) -> None:
    given = {**SIX, "task": "Sort it. " * 900, "requests": "3000", "found_cached": "80%"}
    cached, plain = (asked(catalogue, **given, caching=word) for word in ("yes", "no"))
    saved = output_number(plain, "per_month") - output_number(cached, "per_month")
    assert abs(output_number(cached, "caching_saves") - saved) < Decimal("1e-20") < saved
    assert output_number(plain, "caching_saves") == 0


def test_the_shares_of_the_sections_are_of_the_whole(catalogue: Catalogue) -> None:
    answer = asked(catalogue, **SIX, examples=PAIRS)
    whole = output_number(answer, "prompt_tokens")
    for _, _, tokens, share in answer["tables"][0]["rows"]:
        assert abs(Decimal(share) * whole - Decimal(tokens)) < Decimal("1e-20")


UNCACHED = next(
    id for id, published in models().items() if "cached_read" not in published and "context_window" in published
)


@pytest.mark.parametrize("model", [SOL, "anthropic/claude-opus-5-5", UNCACHED])
@pytest.mark.parametrize("caching", ["yes", "no"])
@pytest.mark.parametrize(("early", "varies"), [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")])
@pytest.mark.parametrize("left_out", [(), ("context",), ("examples",), ("context", "examples"), ("task",), ("role",)])
def test_each_note_is_made_where_it_holds_and_nowhere_else(
    catalogue: Catalogue, model: str, caching: str, early: str, varies: str, left_out: tuple[str, ...]
) -> None:
    texts = {name: text for name, text in WHOLE.items() if name not in left_out}
    choices = {"caching": caching, "context_early": early, "context_varies": varies}
    answer = asked(catalogue, **texts, **choices, model=model)
    published = Prices(facts(), model, catalogue.facts.as_of).figures
    prefix = Fraction(output_number(answer, "prefix_tokens"))
    expected = {
        "The context differs": early == varies == "yes" and not {"context", "examples"} & set(left_out),
        "The cacheable prefix": caching == "yes"
        and "cached_read" in published
        and prefix < published.get("smallest_prefix", 0),
        "No cached price": caching == "yes" and "cached_read" not in published,
        "The sections are counted with OpenAI's": not model.startswith("openai/"),
        "There is no task": "task" in left_out,
        "There is no example": "examples" in left_out,
        "A role sets the tone": "role" not in left_out,
    }
    assert len(answer["notes"]) == sum(expected.values())
    for begin, holds in expected.items():
        assert any(words.startswith(begin) for words in answer["notes"]) is holds, begin


def test_a_prefix_of_the_smallest_length_is_cached(catalogue: Catalogue) -> None:
    """A word more is a token more, from which on nothing is warned of."""
    least = int(catalogue.facts.fact(f"prices:{SOL}#smallest_prefix").value)
    single = int(output_number(asked(catalogue, task="word", form="plain"), "prefix_tokens"))
    for tokens, warned in ((least - 1, True), (least, False)):
        answer = asked(catalogue, task="word" + " word" * (tokens - single), form="plain")
        assert output_number(answer, "prefix_tokens") == tokens
        assert any(words.startswith("The cacheable prefix") for words in answer["notes"]) is warned


def test_a_prompt_may_fill_the_window_with_its_answer(catalogue: Catalogue) -> None:
    window = int(catalogue.facts.fact(f"prices:{SOL}#context_window").value)
    left = window - int(output_number(asked(catalogue, **SIX), "prompt_tokens"))
    for answer, warned in ((left, False), (left + 1, True)):
        notes = asked(catalogue, **SIX, answer=str(answer))["notes"]
        assert any("more than this model reads at once" in words for words in notes) is warned


def test_a_smallest_prefix_is_no_matter_where_nothing_is_cached(catalogue: Catalogue) -> None:
    notes = asked(catalogue, **SIX, model=UNCACHED, **{"model.smallest_prefix": "50000"})["notes"]
    assert not any(words.startswith("The cacheable prefix") for words in notes)
