"""Which model is cheapest: rows against a sum by hand, conditions against the facts, the saving against both."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calculators.by_hand import Prices, Work, month, year
from tests.calculators.every import told
from tests.calculators.prompting_cost import TODAY, facts, models

NAME = "prompting/models"
COUNTED = ("instructions", "context", "user_text", "answer")


def ask(catalogue: Any, typed: dict[str, str]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The outputs as fractions or words, and the rows of the table by model."""
    answer = told(catalogue, NAME, typed)
    (table,) = answer["tables"]
    names = [column["name"] for column in table["columns"]]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in table["rows"]}
    return {name: it["value"] for name, it in answer["outputs"].items()}, rows


def typed(work: Work, model: str, day: str = TODAY, **more: str) -> dict[str, str]:
    """A piece of work as a reader types it; examples, turns and reasoning are not asked here."""
    texts = work.typed(model, day)
    return {key: texts[key] for key in texts if key not in ("turns", "examples", "example_tokens", "reasoning")} | more


def factor(id: str) -> Fraction:
    """A model's tokenizer factor, 1 where none is published."""
    its = models()[id]
    return Fraction(its["tokenizer_factor"]["values"][-1][1]) if "tokenizer_factor" in its else Fraction(1)


def counted_for(work: Work, own: str, other: str) -> Work:
    """The work with its tokens counted by another model's tokenizer."""
    share = factor(other) / factor(own)
    return replace(work, **{part: getattr(work, part) * share for part in COUNTED})


def id_of(name: str) -> str:
    """The id of a model by its name."""
    return next(id for id, entry in facts()["collections"]["prices"].items() if entry["name"] == name)


def close(left: object, right: Fraction) -> bool:
    """Equal to 20 digits: a factor of 1 / 1.3 has no end."""
    ours = Fraction(str(left))
    return abs(ours - right) <= abs(right) / 10**20


SIZES = st.integers(0, 20_000).map(Fraction)
WORKS = st.builds(
    Work,
    requests=st.integers(0, 10**7).map(Fraction),
    repeated=st.sampled_from([Fraction(0), Fraction(1, 50), Fraction(1)]),
    instructions=SIZES,
    context=SIZES,
    user_text=SIZES,
    answer=SIZES,
    caching=st.booleans(),
    found_cached=st.sampled_from([Fraction(0), Fraction(9, 10), Fraction(1)]),
    batch=st.booleans(),
)
NAMES = st.sampled_from(sorted(models()))


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(work=WORKS, own=NAMES)
def test_every_row_is_the_sum_by_hand(catalogue, work: Work, own: str) -> None:
    outputs, rows = ask(catalogue, typed(work, own))
    assert close(outputs["per_month"], month(work, Prices(facts(), own, TODAY)))
    for name, row in rows.items():
        if row["cost"] is not None:
            id = id_of(name)
            its = month(counted_for(work, own, id), Prices(facts(), id, TODAY))
            assert close(row["cost"], its), name
            assert close(row["against"], its - month(work, Prices(facts(), own, TODAY))) or its == 0, name


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(work=WORKS, own=NAMES)
def test_the_saving_is_the_difference_to_the_cheapest(catalogue, work: Work, own: str) -> None:
    outputs, rows = ask(catalogue, typed(work, own, switching_hours="8", labor_rate="50"))
    costs = [Fraction(row["cost"]) for row in rows.values() if row["cost"] is not None]
    assert Fraction(outputs["cheapest_per_month"]) == min(costs)
    saving = Fraction(outputs["per_month"]) - min(costs)
    assert Fraction(outputs["saving"]) == saving
    if saving <= 0:
        assert outputs["payback"] is None
    else:
        assert abs(Fraction(outputs["payback"]) - 400 / saving) < Fraction(1, 10**15) * (400 / saving)
    first = next(iter(rows))
    cheapest = id_of(first)
    saved = year(work, facts(), own, TODAY) - year(counted_for(work, own, cheapest), facts(), cheapest, TODAY) - 400
    assert abs(Fraction(outputs["saving_per_year"]) - saved) <= (abs(saved) + 400) / 10**20
    assert outputs["cheapest"].startswith(first)


def test_each_condition_leaves_the_models_that_meet_it(catalogue) -> None:
    entries = facts()["collections"]["prices"]
    served = {
        id: it for id, it in entries.items()
        if not ("retires" in it["facts"] and it["facts"]["retires"]["values"][-1][1] <= TODAY)
    }  # fmt: skip

    def window(it: Any) -> int:
        return int(it["facts"]["context_window"]["values"][-1][1]) if "context_window" in it["facts"] else 0

    def ends(it: Any) -> str:
        return it["facts"]["retires"]["values"][-1][1] if "retires" in it["facts"] else "9999-12-31"

    conditions = [
        ({"provider": "Mistral"}, lambda it: it["group"] == "Mistral"),
        ({"provider": "together ai"}, lambda it: it["group"] == "Together AI"),
        ({"context_window": "400k"}, lambda it: window(it) >= 400_000),
        ({"batch_only": "yes"}, lambda it: "batch_input" in it["facts"]),
        ({"served": "1"}, lambda it: ends(it) >= "2026-12-21"),
        ({"served": "2"}, lambda it: ends(it) >= "2027-01-21"),
        ({"served": "12", "provider": "OpenAI"}, lambda it: it["group"] == "OpenAI" and ends(it) >= "2027-11-21"),
    ]
    for given_, holds in conditions:
        _, rows = ask(catalogue, given_)
        wanted = {it["name"] for it in served.values() if holds(it)}
        assert set(rows) == wanted, given_
        assert 0 < len(wanted) < len(served), given_


def test_the_rows_stand_in_the_order_asked_for(catalogue) -> None:
    for sort, column, sign in (("cost", "cost", 1), ("input", "input", 1), ("output", "output", 1),
                               ("context_window", "context_window", -1)):  # fmt: skip
        _, rows = ask(catalogue, {"sort": sort})
        values = [sign * Fraction(row[column]) for row in rows.values() if row[column] is not None]
        assert values == sorted(values) and len(values) > 30, sort
    _, rows = ask(catalogue, {"sort": "retirement"})
    ends = [row["retires"] for row in rows.values()]
    known = [end for end in ends if end != "none"]
    assert known == sorted(known) and known == ends[: len(known)] and known


def test_where_no_model_may_do_it_nothing_is_claimed(catalogue) -> None:
    outputs, rows = ask(catalogue, {"provider": "Cohere", "batch_only": "yes"})
    assert rows == {}
    assert outputs["cheapest"] == "none of the listed models may do it"
    assert {outputs[name] for name in ("cheapest_per_month", "saving", "saving_per_year", "payback")} == {None}
    text = catalogue.answer(NAME, json.dumps({"provider": "nobody"}), "page")
    assert "Provider must be one of any, Anthropic" in text


def test_the_notes_tell_of_conditions_changes_and_ends(catalogue) -> None:
    def notes(**typed: str) -> str:
        return " ".join(told(catalogue, NAME, typed)["notes"])

    assert "does not meet your own conditions" in notes(provider="Mistral")
    assert "does not meet your own conditions" not in notes(provider="OpenAI")
    only = {"provider": "Cohere", "model": "cohere/command-r7b"}
    assert "You already use the cheapest model" in notes(**only)
    assert "do not fit into the context window of GPT-4o mini" in notes(model="openai/gpt-4o-mini", user_text="200k")
    doubled = notes(
        provider="Google", context_window="1M", sort="cost", batch_only="yes", model="google/gemini-4-argon"
    )
    assert "announced to change" in doubled or "shuts down on" in doubled or "Run your own test set" in doubled
