"""Token counts belong to a tokenizer: whatever model is chosen, the text stays the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.records import ModelPrice
from tests.calculators.answers import answer_json
from tests.json_types import JsonObject

WORK = {"requests": "50000", "reasoning": "0", "found_cached": "90%", "repeated": "0"}
SONNET, OLDER, O200K = "anthropic/claude-sonnet-5-5", "anthropic/claude-haiku-4-5", "openai/gpt-5.4-mini"
PROMPT = {**WORK, "instructions": "2000", "examples": "0", "user_text": "200", "answer": "300", "caching": "no"}


def answer(catalogue: Catalogue, name: str = "prompting/cost", **given: str) -> JsonObject:
    """An answer for some work on a model."""
    return answer_json(catalogue, name, {**WORK, **given})


def per_month(catalogue: Catalogue, **given: str) -> Decimal:
    """What the prompt costs a month."""
    return Decimal(answer_json(catalogue, "prompting/cost", {**PROMPT, **given})["outputs"]["per_month"]["value"])


@pytest.mark.parametrize("name", ["prompting/cost", "prompting/models"])
def test_a_chosen_model_costs_what_its_row_in_the_ranking_says(catalogue: Catalogue, name: str) -> None:
    given = {"batch": "no"} if name == "prompting/models" else {}
    table = next(
        table for table in answer(catalogue, name, model=O200K, **given)["tables"] if table["name"] == "models"
    )
    columns = [column["name"] for column in table["columns"]]
    rows = {row[0]: dict(zip(columns, row, strict=True)) for row in table["rows"]}
    for id in (SONNET, OLDER, "google/gemini-3.8-flash", "xai/grok-4.3", "openai/gpt-6.2-sol"):
        chosen = answer(catalogue, name, model=id, **given)["outputs"]["per_month"]["value"]
        assert rows[catalogue.facts.entry("prices", id)["name"]]["cost"] == chosen, id


def test_tokens_are_converted_by_hand(catalogue: Catalogue) -> None:
    """2,200 tokens of o200k are 2,860 of Claude Sonnet 5.5, and 300 are 390."""
    price = {name: Decimal(catalogue.facts.fact(f"prices:{SONNET}#{name}").value) for name in ("input", "output")}
    converted = (2860 * price["input"] + 390 * price["output"]) * 50_000 / 10**6
    plain = (2200 * price["input"] + 300 * price["output"]) * 50_000 / 10**6
    assert per_month(catalogue, model=SONNET) == converted
    assert per_month(catalogue, model=SONNET, counted_with="claude-4.7") == plain
    assert per_month(catalogue, model=SONNET, counted_with="claude-3") == converted
    assert per_month(catalogue, model=O200K, counted_with="claude-4.7") * Decimal("1.3") == pytest.approx(
        per_month(catalogue, model=O200K), rel=Decimal("1e-20")
    )


def test_a_typed_factor_counts_even_for_the_same_tokenizer(catalogue: Catalogue) -> None:
    once = per_month(catalogue, model=O200K)
    assert per_month(catalogue, model=O200K, **{"model.tokenizer_factor": "1.1"}) == once * Decimal("1.1")
    own = {"counted_with": "own", "counted_with.tokenizer_factor": "2"}
    assert per_month(catalogue, model=O200K, **own) == once / 2


def test_the_answer_says_what_was_converted(catalogue: Catalogue) -> None:
    note = "Tokens are counted with o200k, of OpenAI. For the same text, Claude Sonnet 5.5 bills 1.3 times as many."
    for name in ("prompting/cost", "prompting/models"):
        assert note in answer(catalogue, name, model=SONNET)["notes"]
        assert note not in answer(catalogue, name, model=SONNET, counted_with="claude-4.7")["notes"]
    own = {"model": "own", "model.name": "House", "model.input": "1", "model.output": "2"}
    assert (
        "How House counts tokens is not known. They are billed as counted with o200k, of OpenAI."
        in (answer(catalogue, **own)["notes"])
    )


def test_retrieval_and_candidates_convert_too(catalogue: Catalogue) -> None:
    for name, output in (("rag/cost", "per_query"), ("choosing/candidates", "prompts")):
        amounts = {
            tokenizer: Decimal(
                answer_json(catalogue, name, {"model": SONNET, "caching": "no", "counted_with": tokenizer})["outputs"][
                    output
                ]["value"]
            )
            for tokenizer in ("o200k", "claude-4.7")
        }
        assert amounts["o200k"] > amounts["claude-4.7"], name


def test_every_model_has_a_tokenizer_with_its_factor(catalogue: Catalogue) -> None:
    """A guess has its range and its reason; what is measured has a source."""
    for id in catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of):
        tokenizer, factor = (
            catalogue.facts.fact(f"prices:{id}#{field}") for field in ("tokenizer", "tokenizer_factor")
        )
        listed = catalogue.facts.fact(f"tokenizers:{tokenizer.value}#tokenizer_factor")
        assert (factor.value, factor.range, factor.source) == (listed.value, listed.range, listed.source)
        assert factor.because
        if factor.range:
            low, high = map(Decimal, factor.range)
            assert low < Decimal(factor.value) < high
        else:
            assert factor.source


def test_the_factor_of_newer_claude_models_rests_on_that_of_earlier_ones(catalogue: Catalogue) -> None:
    earlier, newer = (catalogue.facts.fact(f"tokenizers:{id}#tokenizer_factor") for id in ("claude-3", "claude-4.7"))
    assert (earlier.value, earlier.range) == ("1", ("0.85", "1.35"))
    assert Decimal(newer.value) == Decimal("1.3")
    assert tuple(map(Decimal, newer.range)) == (Decimal("1.105"), Decimal("1.755"))


def test_conversion_leaves_the_index_alone(catalogue: Catalogue) -> None:
    """The chunks that a search has to choose from are those of the index, in the tokens that were counted."""
    too_few = "A search has only"
    for tokenizer in ("o200k", "claude-4.7"):
        notes = answer_json(catalogue, "rag/cost", {"model": SONNET, "counted_with": tokenizer})["notes"]
        assert not [note for note in notes if too_few in note], tokenizer
        small = {"model": SONNET, "counted_with": tokenizer, "documents": "1", "tokens_per_document": "500"}
        assert [note for note in answer_json(catalogue, "rag/cost", small)["notes"] if too_few in note], tokenizer
