"""Single figures for sentences: the same as a result shows, and cells of tables."""

from __future__ import annotations

import json

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Figures, Question, Unanswerable


def asked(catalogue: Catalogue, name: str, *paths: str, **given: str) -> dict[str, dict[str, str]]:
    answered: dict[str, dict[str, str]] = json.loads(catalogue.answer(Question(name, given, ask=Figures(paths))))
    return answered


def test_an_amount_is_exact_and_rough(catalogue: Catalogue) -> None:
    result = json.loads(catalogue.answer(Question("prompting/cost", {"requests": "31,000"})))
    [figure] = asked(catalogue, "prompting/cost", "per_month", requests="31,000").values()
    assert figure["exact"] == f"${float(result['outputs']['per_month']['value']):.2f}"
    assert figure["rough"].startswith("$") and len(figure["rough"].strip("$0")) <= 2


def test_a_cell_of_a_table_is_named_by_its_row_and_column(catalogue: Catalogue) -> None:
    result = json.loads(catalogue.answer(Question("choosing/case", {"requests": "30k"})))
    [levers] = [table for table in result["tables"] if table["name"] == "levers"]
    low = [column["name"] for column in levers["columns"]].index("low")
    [value] = [float(row[low]) for row in levers["rows"] if row[0].startswith("Fine-tuning (")]
    [figure] = asked(catalogue, "choosing/case", "levers.Fine-tuning.low", requests="30k").values()
    assert float(figure["exact"].replace("$", "").replace(",", "")) == pytest.approx(value, abs=0.5)
    assert float(figure["rough"].replace("$", "").replace(",", "")) == pytest.approx(value, rel=0.05)


def test_the_range_of_a_row_is_written_as_its_table_and_its_chart_have_it(catalogue: Catalogue) -> None:
    [figure] = asked(catalogue, "choosing/case", "levers.Prompting.range", requests="30k").values()
    text = catalogue.answer(Question("choosing/case", {"requests": "30k"}, form="text"))
    [row] = [line for line in text.splitlines() if line.startswith("  Prompting (") and "$" in line]
    assert figure["exact"] == " to ".join(row.split()[-2:])
    assert f">{figure['exact']}</text>" in catalogue.answer(Question("choosing/case", {"requests": "30k"}, form="html"))
    with pytest.raises(Unanswerable, match="changes has no cell"):
        asked(catalogue, "choosing/case", "changes.Behavior.range")


def test_words_have_no_rough_form(catalogue: Catalogue) -> None:
    """A row is called by what stands before its brackets, too."""
    assert asked(catalogue, "choosing/case", "levers.Prompting.lever", documents="0") == {
        "levers.Prompting.lever": {"exact": "Prompting (GPT-6.2 Sol)"}
    }


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("per_munth", "prompting/cost has no output 'per_munth'; did you mean 'per_month'?"),
        ("per_month.a.b", "'per_month.a.b' is not a cell: write a table, what its row begins with, and a column"),
    ],
)
def test_what_is_not_there_is_named(catalogue: Catalogue, path: str, message: str) -> None:
    with pytest.raises(Unanswerable) as refusal:
        asked(catalogue, "prompting/cost", path)
    assert str(refusal.value) == message


def test_a_row_that_is_not_there_is_named_with_those_that_are(catalogue: Catalogue) -> None:
    with pytest.raises(Unanswerable, match="levers has no cell 'levers.Magic.low'; its rows begin with Prompting, "):
        asked(catalogue, "choosing/case", "levers.Magic.low")
