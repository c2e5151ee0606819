"""Which tasks deserve the work: money at stake, ranking and reasons, against a slow computation with fractions."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.choosing.candidates import LIST, Stake, _typed, begin, remarks
from calculators.find import find
from tests.calculators.by_hand_choosing import Terms, Work, at_stake, labor_cost, order, price, prompt_cost, worth
from tests.calculators.every import told
from tests.calculators.prompting_cost import equal, facts, models

CANDIDATES = "choosing/candidates"
CELLS = ("name", "runs", "minutes", "stability", "prompt_tokens")
TERMS = Terms(facts(), "openai/gpt-6.1-sol", Fraction(100), True, Fraction(9, 10), Fraction(4), Fraction(100))


def text(value: Fraction | str) -> str:
    """A value as it is typed; our fractions are decimals."""
    return value if isinstance(value, str) else format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def typed(works: list[Work], terms: Terms = TERMS) -> dict[str, str]:
    """Tasks in place of the list that is there, and the terms."""
    lines = [[text(getattr(work, field.name)) for field in dataclasses.fields(work)] for work in works]
    lines += [[""] * len(CELLS)] * max(0, len(LIST) - len(works))
    cells = {f"tasks.{at}.{cell}": it for at, line in enumerate(lines, 1) for cell, it in zip(CELLS, line, strict=True)}
    return {
        **cells, "model": terms.model, "labor_rate": text(terms.rate), "caching": "yes" if terms.caching else "no",
        "found_cached": text(terms.found), "least_hours": text(terms.hours), "least_runs": text(terms.runs),
    }  # fmt: skip


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The ranking, a row by column."""
    (table,) = answer["tables"]
    return [dict(zip([column["name"] for column in table["columns"]], row, strict=True)) for row in table["rows"]]


def check(catalogue: Any, works: list[Work], terms: Terms) -> None:
    """Holds every figure, the order and the verdicts to the computation by hand."""
    answer = told(catalogue, CANDIDATES, typed(works, terms))
    expected = order(terms, works)
    found = rows(answer)
    assert [row["task"] for row in found] == [work.name for work in expected]
    for row, work in zip(found, expected, strict=True):
        assert equal(Decimal(row["prompt"]), prompt_cost(terms, work))
        assert equal(Decimal(row["work"]), labor_cost(terms, work))
        assert equal(Decimal(row["at_stake"]), at_stake(terms, work))
        assert (row["worth"] == "yes") == worth(terms, work)
    outputs = answer["outputs"]
    everything = sum((at_stake(terms, work) for work in works), Fraction(0))
    deserving = sum((at_stake(terms, work) for work in works if worth(terms, work)), Fraction(0))
    assert equal(Decimal(outputs["at_stake"]["value"]), deserving)
    both = Decimal(outputs["prompts"]["value"]) + Decimal(outputs["work"]["value"])
    assert equal(both, everything)
    assert equal(Decimal(outputs["share_worth"]["value"]), deserving / everything if everything else Fraction(0))
    first = expected[0].name if worth(terms, expected[0]) else "none of these tasks yet"
    assert outputs["begin_with"]["value"] == first


def hundredths(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Decimals with two places."""
    return st.integers(low * 100, high * 100).map(lambda count: Fraction(count, 100))


@st.composite
def tasks(draw: st.DrawFn) -> list[Work]:
    """One to ten tasks of everyday size, some on a threshold."""
    size = draw(st.integers(1, 10))
    return [
        Work(
            f"Task called {at}", Fraction(draw(st.sampled_from([0, 99, 100, 101, 5000, 10**6]))),
            draw(st.one_of(hundredths(0, 2000), st.just(Fraction(240)))),
            draw(st.sampled_from(["stable", "stable", "changing", "exploring"])),
            Fraction(draw(st.sampled_from([0, 1, 511, 512, 1023, 1024, 4096, 200_000, 272_000, 272_001, 10**6]))),
        )
        for at in range(size)
    ]  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(works=tasks(), model=st.sampled_from(list(models())), data=st.data())
def test_any_list_is_ranked_as_by_hand(catalogue, works: list[Work], model: str, data: st.DataObject) -> None:
    terms = dataclasses.replace(
        TERMS, model=model, rate=data.draw(hundredths(0, 300)), caching=data.draw(st.booleans()),
        found=data.draw(hundredths(0, 1)), hours=data.draw(st.sampled_from([Fraction(0), Fraction(4), Fraction(40)])),
    )  # fmt: skip
    check(catalogue, works, terms)


def work(name: str = "A", runs: int = 1000, minutes: int = 240, stability: str = "stable", tokens: int = 2000) -> Work:
    """A task that is just worth the work by its labor."""
    return Work(name, Fraction(runs), Fraction(minutes), stability, Fraction(tokens))


def test_the_default_list_says_something_about_each_task(catalogue) -> None:
    found = rows(told(catalogue, CANDIDATES, {}))
    assert len(found) == len(LIST) and {row["worth"] for row in found} == {"yes", "not yet"}
    assert len({row["reason"] for row in found}) == len(found)
    assert [row["worth"] for row in found] == sorted((row["worth"] for row in found), reverse=True)


REASONS = [
    (work(), "mostly work on the prompt"),
    (work(runs=10**7, minutes=1), "mostly repeated prompt"),
    (work(runs=99), "too few runs to measure an effect"),
    (work(minutes=1), "too little at stake"),
    (work(stability="changing"), "settle it first"),
    (work(stability="exploring"), "find out first what a good answer is"),
]


@pytest.mark.parametrize(("one", "said"), REASONS, ids=[said for _, said in REASONS])
def test_each_reason_is_said_where_it_holds_and_nowhere_else(catalogue, one: Work, said: str) -> None:
    (row,) = rows(told(catalogue, CANDIDATES, typed([one])))
    assert [other for _, other in REASONS if other in row["reason"]] == [said]


def test_thresholds_count_from_themselves_on(catalogue) -> None:
    """Exactly four hours of labor and exactly a hundred runs are enough; a cent or a run less is not."""
    exact = work(runs=100, tokens=0)
    for one, verdict in ((exact, "yes"), (work(runs=99, tokens=0), "not yet")):
        assert rows(told(catalogue, CANDIDATES, typed([one])))[0]["worth"] == verdict
    less = dataclasses.replace(exact, minutes=Fraction("239.99"))
    assert rows(told(catalogue, CANDIDATES, typed([less])))[0]["worth"] == "not yet"


def test_equal_tasks_keep_the_order_in_which_they_were_typed(catalogue) -> None:
    names = ["C", "A", "B"]
    assert [row["task"] for row in rows(told(catalogue, CANDIDATES, typed([work(name) for name in names])))] == names


def test_a_prompt_at_the_smallest_cacheable_length_is_cached(catalogue) -> None:
    """One token less costs more: it is read at the full price."""
    cached, plain = (work(runs=10**6, tokens=tokens) for tokens in (1024, 1023))
    check(catalogue, [cached, plain], TERMS)
    assert prompt_cost(TERMS, cached) < prompt_cost(TERMS, plain)


def test_a_prompt_at_the_edge_of_the_long_prices_has_the_short_one(catalogue) -> None:
    """One token more costs more by more than a token."""
    edges = {
        model: edge for model in models() if (edge := price(dataclasses.replace(TERMS, model=model), "long_above"))
    }
    assert edges
    for model, edge in edges.items():
        terms = dataclasses.replace(TERMS, model=model)
        at, above = (work(name, runs=10**6, tokens=int(edge) + more) for more, name in enumerate(("At", "Above")))
        check(catalogue, [at, above], terms)
        assert prompt_cost(terms, above) - prompt_cost(terms, at) > 2 * prompt_cost(terms, at) / edge


def test_without_a_price_for_reading_the_cache_nothing_is_cached(catalogue) -> None:
    """Not even where a reader types a price for writing it."""
    uncached = next(it for it in models() if price(dataclasses.replace(TERMS, model=it), "cached_read") is None)
    one, terms = work(runs=10**6, tokens=50_000), dataclasses.replace(TERMS, model=uncached)
    (row,) = rows(told(catalogue, CANDIDATES, {**typed([one], terms), "model.cache_write": "77"}))
    assert equal(Decimal(row["prompt"]), prompt_cost(terms, one))


def test_a_line_without_a_name_and_an_empty_list(catalogue) -> None:
    one = {**typed([work("")]), "tasks.1.name": ""}
    assert [row["task"] for row in rows(told(catalogue, CANDIDATES, one))] == ["Task 1"]
    empty = told(catalogue, CANDIDATES, typed([]))
    assert empty["tables"][0]["rows"] == [] and empty["outputs"]["at_stake"]["value"] == "0"
    assert empty["notes"] == ["There is no task in the list: type a name and a number of runs."]
    for form in ("text", "html", "page"):
        assert catalogue.answer(CANDIDATES, "{" + ", ".join(f'"{k}": "{v}"' for k, v in typed([]).items()) + "}", form)


def test_ten_tasks_are_the_most(catalogue) -> None:
    works = [work(f"T{at}", minutes=100 * at) for at in range(1, 11)]
    check(catalogue, works, TERMS)


def test_the_examples_show_one_task_none_and_many(catalogue) -> None:
    answers = {it.name: told(catalogue, CANDIDATES, it.given)["outputs"] for it in find(CANDIDATES).examples}
    begin = {name: outputs["begin_with"]["value"] for name, outputs in answers.items()}
    assert begin["One task at volume"] == "Labels for tickets"
    assert begin["A team that still explores"] == "none of these tasks yet"
    assert begin["Many small helpers"] == "Checks of expenses"


def test_an_example_is_typed_over_the_list_that_is_there() -> None:
    """Its tasks stand in the first lines; the lines of the list below them are emptied."""
    assert _typed(("A", "1", "2", "stable", "3"), ("B", "4", "5", "changing", "6")) == {
        "tasks__1__name": "A", "tasks__1__runs": "1", "tasks__1__minutes": "2", "tasks__1__stability": "stable",
        "tasks__1__prompt_tokens": "3", "tasks__2__name": "B", "tasks__2__runs": "4", "tasks__2__minutes": "5",
        "tasks__2__stability": "changing", "tasks__2__prompt_tokens": "6",
    } | {f"tasks__{at}__{cell}": "" for at in range(3, len(LIST) + 1) for cell in CELLS}  # fmt: skip
    many = [(str(at), "", "", "", "") for at in range(len(LIST) + 1)]
    assert len(_typed(*many)) == len(CELLS) * len(many)


def at_stake_in(prompt: int, labor: int, enough: bool = True) -> Stake:
    """A task with its money as given."""
    return Stake("A", Decimal(prompt), Decimal(labor), Decimal(prompt + labor), True, enough, "stable")


def test_where_prompt_and_work_cost_the_same_the_work_is_named() -> None:
    assert at_stake_in(5, 5).reason.startswith("mostly work on the prompt")
    assert at_stake_in(6, 5).reason.startswith("mostly repeated prompt")


def test_each_remark_is_made_where_it_holds_and_nowhere_else() -> None:
    """No task at all; none that is worth the work; a bill for repeated prompts that exceeds the work."""
    worth, not_worth, dear = at_stake_in(5, 5), at_stake_in(5, 5, enough=False), at_stake_in(6, 5)
    for stakes, holding in (
        ([], [True, False, False]),
        ([worth], [False, False, False]),
        ([not_worth], [False, True, False]),
        ([worth, not_worth], [False, False, False]),
        ([worth, dear], [False, False, True]),
    ):
        assert [it.holds for it in remarks(stakes)] == holding
    assert [it.holds for it in begin([worth]).reasons] == [True]
