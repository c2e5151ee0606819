"""A price that a reader types moves what is sold in proportion to it, and a typed figure that is idle is said to be."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.records import EmbeddingPrice, Gpu, ModelPrice, TuningOffer
from calculators.engine.declare import kinds
from calculators.engine.questions.question import Question, Sensitivity, Solve, Sweep
from tests.calculators.answers import answer_json
from tests.calculators.prompting.by_hand import bases
from tests.json_types import JsonObject

SOL = {"model": "openai/gpt-6.1-sol", "requests": "1000", "found_cached": "90%", "reasoning": "0"}
"""Listed at $2 in, $10 out, $0.10 cached, $2.50 written; in a batch at half; long prompts at $4 in."""

BATCH = {**SOL, "batch": "yes", "model.input": "30", "model.output": "99"}


def inputs(catalogue: Catalogue, **given: str) -> JsonObject:
    """The inputs of the cost of a prompt, as JSON."""
    inputs: JsonObject = answer_json(catalogue, "prompting/cost", {**SOL, **given})["inputs"]
    return inputs


def per_month(catalogue: Catalogue, **given: str) -> Decimal:
    """What the prompt costs a month."""
    return Decimal(answer_json(catalogue, "prompting/cost", {**SOL, **given})["outputs"]["per_month"]["value"])


def test_batch_prices_move_with_the_typed_ones(catalogue: Catalogue) -> None:
    """1,550 cached tokens at $0.75 and $18.75, 150 at $15, 300 at $49.50, for 1,000 requests and 2% repeats."""
    prefix = 1550 * (Decimal("0.9") * Decimal("0.75") + Decimal("0.1") * Decimal("18.75"))
    request = (prefix + 150 * 15 + 300 * Decimal("49.5")) / 10**6
    assert per_month(catalogue, **BATCH) == request * 1020 == Decimal("21.47355")


def test_long_prompts_move_with_the_typed_price(catalogue: Catalogue) -> None:
    """301,550 tokens at $60 a million, 300 at the listed $15."""
    given = {"model.input": "30", "user_text": "300k", "caching": "no"}
    assert per_month(catalogue, **given) == (301_550 * 60 + 300 * 15) * Decimal(1020) / 10**6


@pytest.mark.parametrize(
    ("typed", "scaled"),
    [
        ({"input": "4"}, {"cached_read": "0.2", "cache_write": "5", "batch_input": "2", "long_batch_input": "4"}),
        ({"cached_read": "0.2"}, {"batch_cached_read": "0.1", "long_cached_read": "0.4", "input": None}),
        ({"batch_input": "2"}, {"batch_cached_read": "0.1", "long_batch_input": "4", "long_input": None}),
        ({"input": "4", "batch_input": "1"}, {"batch_cached_read": "0.05", "long_input": "8", "cached_read": "0.2"}),
        ({"input": "4", "cached_read": "0.1"}, {"batch_cached_read": "0.05", "cache_write": "5"}),
        ({"output": "20"}, {"batch_output": "10", "long_output": "30", "cached_read": None}),
    ],
)
def test_the_nearest_typed_price_decides(catalogue: Catalogue, typed: JsonObject, scaled: JsonObject) -> None:
    answer = inputs(catalogue, **{f"model.{name}": text for name, text in typed.items()})
    for name, text in scaled.items():
        figure = answer[f"model.{name}"]
        assert figure.get("origin") == (None if text is None else "scaled"), name
        if text is not None:
            assert figure["value"] == text, name
            assert figure["because"].startswith("scaled with the price you typed, model.")


def test_prices_of_a_model_scale_as_their_names_say() -> None:
    """In a batch or not, long or not, cached or not: the fewer of these differ, the nearer."""
    for name, figure in kinds(ModelPrice).items():
        assert list(figure.scales_with if figure.is_number else ()) == bases(name), name


def test_other_records_scale_too() -> None:
    assert kinds(EmbeddingPrice)["batch_input"].scales_with == ("input",)
    assert kinds(TuningOffer)["cached_read"].scales_with == ("input",)
    assert kinds(Gpu)["rent_low"].scales_with == kinds(Gpu)["rent_high"].scales_with == ("rent",)


@pytest.mark.parametrize("model", ["openai/gpt-6.1-sol", "google/gemini-4-argon", "google/gemini-3.8-flash"])
def test_typing_the_scaled_prices_too_changes_nothing(catalogue: Catalogue, model: str) -> None:
    """Also over the months in which prices of the model are announced to change."""
    typed = {"model": model, "model.input": "7"}
    shown = inputs(catalogue, **typed)
    prices = {name: figure["value"] for name, figure in shown.items() if figure.get("origin") == "scaled"}
    assert prices
    once, again = (answer_json(catalogue, "prompting/cost", {**SOL, **given}) for given in (typed, {**typed, **prices}))
    assert once["outputs"] == again["outputs"]


def test_a_change_that_the_typed_prices_replace_is_no_longer_announced(catalogue: Catalogue) -> None:
    argon = {**SOL, "model": "google/gemini-4-argon", "as_of": "2026-11-30"}
    for typed, announced in (
        ({}, True),
        ({"model.input": "7"}, True),
        ({"model.input": "7", "model.output": "9"}, False),
    ):
        notes = answer_json(catalogue, "prompting/cost", {**argon, **typed})["notes"]
        assert any("announced to change" in note for note in notes) is announced, typed


def test_instruments_scale_as_typing_does(catalogue: Catalogue) -> None:
    """A sweep, a search and a swing over the input price give what the answer gives for each price typed."""
    given = {**SOL, "batch": "yes"}

    def asked(ask: object) -> JsonObject:
        answer: JsonObject = json.loads(catalogue.answer(Question("prompting/cost", given, ask=ask)))  # type: ignore[arg-type]
        return answer

    expected = per_month(catalogue, batch="yes", **{"model.input": "30"})
    sweep = asked(Sweep("model.input", "2..62", ("per_month",)))
    assert dict(sweep["points"])["30"] == str(expected.normalize())
    solved = asked(Solve("per_month", str(expected), "model.input"))
    assert Decimal(solved["value"]) == 30
    swings = {swing["input"]: swing for swing in asked(Sensitivity("per_month"))["inputs"]}
    for price in ("2.4", "1.6"):
        typed = per_month(catalogue, batch="yes", **{"model.input": price})
        assert str(typed.normalize()) in json.dumps(swings["model.input"])


def test_the_form_and_every_export_say_it(catalogue: Catalogue) -> None:
    page = json.loads(catalogue.answer(Question("prompting/cost", BATCH, form="page")))
    assert page["fields"]["model.batch_input"]["echo"] == "= $15 per million tokens, scaled with the price you typed"
    assert "$1" in page["fields"]["model.batch_input"]["published"]
    for form in ("text", "markdown", "json"):
        text = catalogue.answer(Question("prompting/cost", BATCH, form=form))
        assert "Model, scaled with the price you typed: " in text and "batch input price $15," in text, form
    assert "| Model: Batch input price | $15 per million tokens | scaled with the price you typed, model.input |" in (
        catalogue.answer(Question("prompting/cost", BATCH, form="markdown"))
    )


def test_the_working_derives_a_scaled_price(catalogue: Catalogue) -> None:
    text = catalogue.answer(Question("prompting/cost", BATCH, form="text"))
    assert "= Batch input price as listed × Input price ÷ Input price as listed" in text
    assert "= $1 per million tokens × $30 per million tokens ÷ $2 per million tokens" in text
    assert "Input price: $30 per million tokens (you typed it)" in text


IDLE = "the figure you typed changes nothing in this answer."


def test_a_typed_figure_that_is_idle_is_said_to_be(catalogue: Catalogue) -> None:
    def notes(**given: str) -> list[str]:
        listed: list[str] = answer_json(catalogue, "prompting/cost", {**SOL, **given})["notes"]
        return [note for note in listed if IDLE in note]

    idle = f"Model: Batch input price: {IDLE} It counts only for requests sent in a batch."
    assert notes(**{"model.batch_input": "3"}) == [idle]
    assert notes(**{"model.batch_input": "3", "batch": "yes"}) == []
    assert notes(**{"model.batch_input": "1"}) == [], "the published price, typed again"
    assert notes(**{"model.input": "3"}) == []
