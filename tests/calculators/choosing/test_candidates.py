"""Which tasks deserve the work: money at stake, ranking and reasons, against a slow computation with fractions."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.choosing.candidates.inputs import TASKS, typed_candidate_tasks
from calculators.choosing.candidates.notes import candidate_remarks, first_candidate_judgement
from calculators.choosing.candidates.stakes import CandidateStake
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json
from tests.calculators.choosing.candidates_by_hand import (
    Terms,
    Work,
    at_stake,
    labor_cost,
    order,
    price,
    prompt_cost,
    worth,
)
from tests.calculators.prompting.cost import equal, facts, models
from tests.calculators.settings import SOL, own_tokens, settings_of
from tests.json_types import JsonObject

CANDIDATES = "choosing/candidates"
CELLS = ("name", "runs", "minutes", "stability", "prompt_tokens")
TERMS = Terms(facts(), SOL, Fraction(100), True, Fraction(9, 10), Fraction(4), Fraction(100))


def text(amount: Fraction | str) -> str:
    """A value as it is typed; our fractions are decimals."""
    return amount if isinstance(amount, str) else format(Decimal(amount.numerator) / Decimal(amount.denominator), "f")


def typed(works: list[Work], terms: Terms = TERMS) -> dict[str, str]:
    """Tasks in place of the list that is there, and the terms."""
    lines = [[text(getattr(work, field.name)) for field in dataclasses.fields(work)] for work in works]
    lines += [[""] * len(CELLS)] * max(0, len(TASKS) - len(works))
    cells = {
        f"tasks.{number}.{cell}": content
        for number, line in enumerate(lines, 1)
        for cell, content in zip(CELLS, line, strict=True)
    }
    return {
        **cells,
        "model": terms.model,
        **own_tokens(terms.model),
        "labor_rate": text(terms.rate),
        "caching": "yes" if terms.caching else "no",
        "found_cached": text(terms.found_cached),
        "least_hours": text(terms.hours),
        "least_runs": text(terms.runs),
    }


def rows(answer: JsonObject) -> list[JsonObject]:
    """The ranking, a row by column."""
    (table,) = answer["tables"]
    return [dict(zip([column["name"] for column in table["columns"]], row, strict=True)) for row in table["rows"]]


def check(catalogue: Catalogue, works: list[Work], terms: Terms) -> None:
    """Holds every figure, the order and the verdicts to the computation by hand."""
    answer = answer_json(catalogue, CANDIDATES, typed(works, terms))
    expected = order(terms, works)
    table_rows = rows(answer)
    assert [row["task"] for row in table_rows] == [work.name for work in expected]
    for row, work in zip(table_rows, expected, strict=True):
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
            f"Task called {number}",
            Fraction(draw(st.sampled_from([0, 99, 100, 101, 5000, 10**6]))),
            draw(st.one_of(hundredths(0, 2000), st.just(Fraction(240)))),
            draw(st.sampled_from(["stable", "stable", "changing", "exploring"])),
            Fraction(draw(st.sampled_from([0, 1, 511, 512, 1023, 1024, 4096, 200_000, 272_000, 272_001, 10**6]))),
        )
        for number in range(size)
    ]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(works=tasks(), model=st.sampled_from(list(models())), draws=st.data())
def test_any_list_is_ranked_as_by_hand(
    catalogue: Catalogue, works: list[Work], model: str, draws: st.DataObject
) -> None:
    terms = dataclasses.replace(
        TERMS,
        model=model,
        rate=draws.draw(hundredths(0, 300)),
        caching=draws.draw(st.booleans()),
        found_cached=draws.draw(hundredths(0, 1)),
        hours=draws.draw(st.sampled_from([Fraction(0), Fraction(4), Fraction(40)])),
    )
    check(catalogue, works, terms)


def work(name: str = "A", runs: int = 1000, minutes: int = 240, stability: str = "stable", tokens: int = 2000) -> Work:
    """A task that is just worth the work by its labor."""
    return Work(name, Fraction(runs), Fraction(minutes), stability, Fraction(tokens))


def test_the_default_list_says_something_about_each_task(catalogue: Catalogue) -> None:
    table_rows = rows(answer_json(catalogue, CANDIDATES, settings_of(CANDIDATES)))
    assert len(table_rows) == len(TASKS) and {row["worth"] for row in table_rows} == {"yes", "not yet"}
    assert len({row["reason"] for row in table_rows}) == len(table_rows)
    assert [row["worth"] for row in table_rows] == sorted((row["worth"] for row in table_rows), reverse=True)


REASONS = [
    (work(), "mostly work on the prompt"),
    (work(runs=10**7, minutes=1), "mostly repeated prompt"),
    (work(runs=99), "too few runs to measure an effect"),
    (work(minutes=1), "too little at stake"),
    (work(stability="changing"), "settle it first"),
    (work(stability="exploring"), "find out first what a good answer is"),
]


@pytest.mark.parametrize(("task", "reason"), REASONS, ids=[reason for _, reason in REASONS])
def test_each_reason_is_said_where_it_holds_and_nowhere_else(catalogue: Catalogue, task: Work, reason: str) -> None:
    (row,) = rows(answer_json(catalogue, CANDIDATES, typed([task])))
    assert [listed for _, listed in REASONS if listed in row["reason"]] == [reason]


def test_thresholds_count_from_themselves_on(catalogue: Catalogue) -> None:
    """Exactly four hours of labor and exactly a hundred runs are enough; a cent or a run less is not."""
    exact = work(runs=100, tokens=0)
    for task, verdict in ((exact, "yes"), (work(runs=99, tokens=0), "not yet")):
        assert rows(answer_json(catalogue, CANDIDATES, typed([task])))[0]["worth"] == verdict
    less = dataclasses.replace(exact, minutes=Fraction("239.99"))
    assert rows(answer_json(catalogue, CANDIDATES, typed([less])))[0]["worth"] == "not yet"


def test_equal_tasks_keep_the_order_in_which_they_were_typed(catalogue: Catalogue) -> None:
    names = ["C", "A", "B"]
    assert [
        row["task"] for row in rows(answer_json(catalogue, CANDIDATES, typed([work(name) for name in names])))
    ] == names


def test_a_prompt_at_the_smallest_cacheable_length_is_cached(catalogue: Catalogue) -> None:
    """One token less costs more: it is read at the full price."""
    cached, plain = (work(runs=10**6, tokens=tokens) for tokens in (1024, 1023))
    check(catalogue, [cached, plain], TERMS)
    assert prompt_cost(TERMS, cached) < prompt_cost(TERMS, plain)


def test_a_prompt_at_the_edge_of_the_long_prices_has_the_short_one(catalogue: Catalogue) -> None:
    """One token more costs more by more than a token."""
    edges = {
        model: edge for model in models() if (edge := price(dataclasses.replace(TERMS, model=model), "long_above"))
    }
    assert edges
    for model, edge in edges.items():
        terms = dataclasses.replace(TERMS, model=model)
        edge_task, above = (
            work(name, runs=10**6, tokens=int(edge) + more) for more, name in enumerate(("At", "Above"))
        )
        check(catalogue, [edge_task, above], terms)
        assert prompt_cost(terms, above) - prompt_cost(terms, edge_task) > 2 * prompt_cost(terms, edge_task) / edge


def test_without_a_price_for_reading_the_cache_nothing_is_cached(catalogue: Catalogue) -> None:
    """Not even where a reader types a price for writing it."""
    uncached = next(
        model for model in models() if price(dataclasses.replace(TERMS, model=model), "cached_read") is None
    )
    task, terms = work(runs=10**6, tokens=50_000), dataclasses.replace(TERMS, model=uncached)
    (row,) = rows(answer_json(catalogue, CANDIDATES, {**typed([task], terms), "model.cache_write": "77"}))
    assert equal(Decimal(row["prompt"]), prompt_cost(terms, task))


def test_where_no_least_prefix_is_published_any_prompt_is_cached(catalogue: Catalogue) -> None:
    """Even half a token, as a prompt counted with another tokenizer may have."""
    terms = [dataclasses.replace(TERMS, model=model) for model in models()]
    open_terms = [each for each in terms if price(each, "cached_read") and price(each, "smallest_prefix") is None]
    assert open_terms
    check(catalogue, [dataclasses.replace(work(runs=10**6), tokens=Fraction(1, 2))], open_terms[0])


def test_a_line_without_a_name_and_an_empty_list(catalogue: Catalogue) -> None:
    typed_task = {**typed([work("")]), "tasks.1.name": ""}
    assert [row["task"] for row in rows(answer_json(catalogue, CANDIDATES, typed_task))] == ["Task 1"]
    empty = answer_json(catalogue, CANDIDATES, typed([]))
    assert empty["tables"][0]["rows"] == [] and empty["outputs"]["at_stake"]["value"] == "0"
    assert empty["notes"] == ["There is no task in the list: type a name and a number of runs."]
    for form in ("text", "html", "page"):
        assert catalogue.answer(Question(CANDIDATES, typed([]), form=form))


def test_ten_tasks_are_the_most(catalogue: Catalogue) -> None:
    works = [work(f"T{number}", minutes=100 * number) for number in range(1, 11)]
    check(catalogue, works, TERMS)


def test_the_examples_show_one_task_none_and_many(catalogue: Catalogue) -> None:
    answers = {
        example.name: answer_json(catalogue, CANDIDATES, settings_of(CANDIDATES) | dict(example.given))["outputs"]
        for example in find_calculator(CANDIDATES).examples
    }
    begin = {name: outputs["begin_with"]["value"] for name, outputs in answers.items()}
    assert begin["One task at volume"] == "Labels for tickets"
    assert begin["A team that still explores"] == "none of these tasks yet"
    assert begin["Many small helpers"] == "Checks of expenses"


def test_an_example_is_typed_over_the_list_that_is_there() -> None:
    """Its tasks stand in the first lines; the lines of the list below them are emptied."""
    assert typed_candidate_tasks(("A", "1", "2", "stable", "3"), ("B", "4", "5", "changing", "6")) == {
        "tasks__1__name": "A",
        "tasks__1__runs": "1",
        "tasks__1__minutes": "2",
        "tasks__1__stability": "stable",
        "tasks__1__prompt_tokens": "3",
        "tasks__2__name": "B",
        "tasks__2__runs": "4",
        "tasks__2__minutes": "5",
        "tasks__2__stability": "changing",
        "tasks__2__prompt_tokens": "6",
    } | {f"tasks__{number}__{cell}": "" for number in range(3, len(TASKS) + 1) for cell in CELLS}
    many = [(str(number), "", "", "", "") for number in range(len(TASKS) + 1)]
    assert len(typed_candidate_tasks(*many)) == len(CELLS) * len(many)


def at_stake_in(prompt: int, labor: int, enough: bool = True) -> CandidateStake:
    """A task with its money as given."""
    return CandidateStake("A", Decimal(prompt), Decimal(labor), Decimal(prompt + labor), True, enough, "stable")


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
        assert [remark.holds for remark in candidate_remarks(stakes)] == holding
    assert [reason.holds for reason in first_candidate_judgement([worth]).reasons] == [True]
