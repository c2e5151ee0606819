"""What the plans of a case hold: the documents, both ends of a range, how often documents change, and data at home."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question, Report
from tests.calculators.answers import answer_json
from tests.calculators.choosing.test_case import CASE, LAST, table, value

FITTING, TOO_MANY = {"documents": "10"}, {"documents": "100k"}


def cheapest(catalogue: Catalogue, given: dict[str, str]) -> str:
    words: str = answer_json(catalogue, CASE, given)["outputs"]["cheapest"]["value"]
    return words


def test_documents_that_fit_are_billed_with_every_request(catalogue: Catalogue) -> None:
    """Ten documents of 2,000 tokens: with prompting in the cached prefix, and with fine-tuning in what is read."""
    case = answer_json(catalogue, CASE, FITTING)
    prompting = answer_json(catalogue, "prompting/cost", {"instructions": "20800"})
    tuned = answer_json(catalogue, "fine_tuning/cost", {"context": "20000"})
    assert abs(value(case, "prompting_year") - value(prompting, "first_year")) < LAST
    assert abs(value(case, "tuned_year") - value(tuned, "first_year")) < LAST
    assert value(case, "prompting_year") > value(answer_json(catalogue, CASE, {"documents": "0"}), "prompting_year")
    rows = [str(row[0]) for row in table(case, "levers")]
    assert rows[0] == "Prompting (GPT-6.2 Sol, all documents in it)" and "all documents in it" in rows[2]


def test_documents_that_do_not_fit_leave_prompting_without_them(catalogue: Catalogue) -> None:
    """It is priced, marked in table and notes, and never called the cheapest."""
    case = answer_json(catalogue, CASE, TOO_MANY)
    rows = [str(row[0]) for row in table(case, "levers")]
    assert ["without the documents" in row for row in rows] == [True, False, True, False]
    assert any("200,000,000 tokens, more than the 32,000 tokens" in note for note in case["notes"])
    assert cheapest(catalogue, TOO_MANY) == "Retrieval"
    assert cheapest(catalogue, FITTING) == cheapest(catalogue, {"documents": "0"}) == "Prompting"


@pytest.mark.parametrize(
    ("given", "row", "left_out"),
    [
        (TOO_MANY, "Retrieval (", "Left out: Prompting, Fine-tuning, without the documents."),
        (FITTING, "Prompting (", ""),
        ({"documents": "0"}, "Prompting (", "Retrieval, Fine-tuning with retrieval, without anything to search."),
        ({**TOO_MANY, "matters": "home"}, "Machines of your own (", " with a provider."),
        (
            {**TOO_MANY, "matters": "home", "tuned.hosting": "owned"},
            "",
            "Prompting, Retrieval, with a provider",
        ),
    ],
)
def test_no_chart_calls_a_plan_the_cheapest_that_lacks_the_documents(
    catalogue: Catalogue, given: dict[str, str], row: str, left_out: str
) -> None:
    """In words for those who do not see the bars, and in a report above them: the plan that the figure names."""
    written = catalogue.answer(Question(CASE, given, ask=Report(""), form="markdown"))
    (words,) = [line for line in written.splitlines() if " costs least" in line]
    assert words.startswith(row) and words.partition(" (")[0] == cheapest(catalogue, given)
    assert left_out in words and ("of those that fit" in words) is bool(left_out)


@pytest.mark.parametrize("form", ["html", "text"])
def test_each_plan_names_its_model(catalogue: Catalogue, form: str) -> None:
    """In the table, and on a page in the chart as well."""
    written = catalogue.answer(Question(CASE, {"documents": "0", "model": "openai/gpt-6-luna"}, form=form))
    for plan, model in (("Prompting", "GPT-6 Luna"), ("Fine-tuning", "Tinker, Qwen3 8B")):
        assert f"{plan} ({model})" in written
        if form == "html":  # the chart has a line of its own for it
            assert f">{model}</text>" in written


def test_both_ends_of_a_range_move_people_and_requests_together(catalogue: Catalogue) -> None:
    """Half of the hours and four fifths of the requests' cost; twice the hours and six fifths of it."""
    given = {"documents": "0", "people_spread": "2", "request_spread": "20%"}
    _, total, tokens, _, people, low, high = table(answer_json(catalogue, CASE, given), "levers")[0]
    whole, bought, work = (Decimal(str(cell)) for cell in (total, tokens, people))
    assert abs(Decimal(str(low)) - (work / 2 + bought * Decimal("0.8"))) < LAST * whole
    assert abs(Decimal(str(high)) - (work * 2 + bought * Decimal("1.2"))) < LAST * whole


def test_a_wider_spread_of_requests_widens_every_range(catalogue: Catalogue) -> None:
    widths: list[list[Decimal]] = []
    for spread in ("0%", "30%", "80%"):
        rows = table(answer_json(catalogue, CASE, {"request_spread": spread}), "levers")
        widths.append([Decimal(str(row[6])) - Decimal(str(row[5])) for row in rows[:2]])
    assert widths[0][0] < widths[1][0] < widths[2][0] and widths[0][1] < widths[1][1] < widths[2][1]


@pytest.mark.parametrize(
    ("word", "times"),
    [("never", Decimal(0)), ("monthly", Decimal(1)), ("weekly", Decimal(52) / 12), ("daily", Decimal(365) / 12)],
)
def test_how_often_a_document_changes_moves_what_is_embedded(catalogue: Catalogue, word: str, times: Decimal) -> None:
    """So many times the cost of embedding all documents once a month; the store's minimum covers writing so few."""
    given = {"documents": "200"}
    fixed_year, monthly_year, changed_year = (
        value(answer_json(catalogue, CASE, {**given, "changes": each}), "retrieval_year")
        for each in ("never", "monthly", word)
    )
    assert abs(changed_year - (fixed_year + times * (monthly_year - fixed_year))) < Decimal("1e-9")
    assert monthly_year > fixed_year
    share = answer_json(catalogue, CASE, {**given, "documents_changed": "100%"})
    assert value(share, "retrieval_year") == monthly_year


@pytest.mark.parametrize("word", ["never", "monthly", "weekly", "daily"])
def test_how_often_a_document_changes_is_asked_once_for_the_case_and_for_retrieval(
    catalogue: Catalogue, word: str
) -> None:
    """So the answer goes along to the pages about retrieval and break-even, which count the same."""
    asking = (CASE, "changes"), ("rag/cost", "changes"), ("choosing/break_even", "retrieval.changes")
    assert [catalogue.case_names(name)[path] for name, path in asking] == ["changes"] * 3
    given = {"documents": "200", "changes": word}
    year = value(answer_json(catalogue, CASE, {**given, "user_text": "120"}), "retrieval_year")
    asked = {**given, "queries": "50k", "query_tokens": "120", "examples": "3"}
    for share in ({}, {"documents_changed": "7%"}):  # a share that was typed before counts no longer
        assert abs(value(answer_json(catalogue, "rag/cost", asked | share), "first_year") - year) < LAST
    plans = {f"retrieval.{path}": text for path, text in given.items()} | {"retrieval.examples": "3"}
    compared = answer_json(catalogue, "choosing/break_even", plans | {"user_text": "120", "against": "2"})
    assert abs(value(compared, "other_total") - year) < LAST


@pytest.mark.parametrize(
    ("changes", "answer", "is_assumed"),
    [
        ("unknown", "assumed: facts that change or must be cited", True),
        ("weekly", "facts that change or must be cited", False),
        ("never", "more than fits into the prompt", False),
    ],
)
def test_the_ladder_hears_how_often_documents_change(
    catalogue: Catalogue, changes: str, answer: str, is_assumed: bool
) -> None:
    """A reason that the facts change says so where nobody said how often."""
    given = {"state": "facts", "documents": "100k", "tokens_per_document": "2500"}
    given |= {} if changes == "unknown" else {"changes": changes}
    case = answer_json(catalogue, CASE, given)
    assert {str(row[0]): row[1] for row in table(case, "changes")}["Facts the model must be given"] == answer
    reasons = " ".join(case["outputs"]["step"]["reasons"])
    assert ("That the facts change is assumed: 10%" in reasons) is is_assumed
    assert ("The facts change" in reasons) is (changes != "never")


def test_pages_of_a_document_may_be_typed(catalogue: Catalogue) -> None:
    """A page has 600 tokens by our assumption."""
    pages, tokens = (
        answer_json(catalogue, CASE, {**FITTING, "tokens_per_document": size}) for size in ("3 pages", "1800")
    )
    assert value(pages, "prompting_year") == value(tokens, "prompting_year")


def test_the_hours_of_retrieval_are_said_to_know_no_size(catalogue: Catalogue) -> None:
    (note,) = [note for note in answer_json(catalogue, CASE, TOO_MANY)["notes"] if "whatever the number" in note]
    assert "counted with 40 hours" in note and "6 hours a month" in note and "takes longer" in note


@pytest.mark.parametrize(("documents", "name"), [("0", "hosting"), ("10", "hosting"), ("100k", "hosted_search")])
def test_data_at_home_has_a_plan_of_its_own(catalogue: Catalogue, documents: str, name: str) -> None:
    """That of the comparison of plans, and the only one that may be called cheapest; the others are marked."""
    given = {"documents": documents, "matters": "home"}
    case = answer_json(catalogue, CASE, given)
    *hosted, home = table(case, "levers")
    assert all("with a provider" in str(row[0]) for row in hosted) and "with a provider" not in str(home[0])
    assert str(home[0]).startswith("Machines of your own (Llama 3.1 8B, ")
    text = "20000" if documents == "10" else "0"
    compared = answer_json(
        catalogue,
        "choosing/break_even",
        {
            **{"plans.2.source": name, "plans.3.source": "", "plans.4.source": "", "retrieval.documents": documents},
            **{"prompting.instructions": str(800 + int(text)), "prompting.examples": "3", "retrieval.examples": "3"},
        },
    )["outputs"]["other_span"]["value"]
    assert [home[5], home[1], home[6]] == [compared["low"], compared["likely"], compared["high"]]
    assert cheapest(catalogue, given) == "Machines of your own"
    assert case["outputs"]["step_year"]["value"]["likely"] == home[1]


def test_a_tuned_model_on_hardware_of_ones_own_stays_at_home(catalogue: Catalogue) -> None:
    given = {"documents": "0", "matters": "home", "tuned.hosting": "owned", "tuned.gpu": "l40s"}
    rows = [str(row[0]) for row in table(answer_json(catalogue, CASE, given), "levers")]
    assert ["with a provider" in row for row in rows] == [True, True, False, False, False]
