"""Every kind of question and answer is written by every view."""

import json
import re
from decimal import Decimal

import pytest

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.runs import exact_run_inputs, traced_run_inputs
from calculators.engine.answering.working import answer_workings
from calculators.engine.declare import Amount, line
from calculators.engine.facts import Facts
from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers.units import USD, UnitError
from calculators.engine.questions.ranges import ranges
from calculators.views.html.folds import html_fold_filter, is_html_fold_built
from calculators.views.html.form.form import html_form
from calculators.views.html.form.updates import form_updates
from calculators.views.html.page import html_page_update
from calculators.views.html.result import html_result
from calculators.views.html.working import html_working, html_workings
from calculators.views.json import json_result, json_working
from calculators.views.text import text_result
from tests.views.every_kind import Inputs, Outputs, every_kind

FACTS = Facts('{"as_of": "2026-11-21", "sources": {}, "collections": {}}')


def answer(**typed: str) -> Answer:
    reading = understand_inputs(Inputs, typed, FACTS)
    return Answer("tests/every_kind", "Every kind", "judged", every_kind, Outputs, None, reading)


def test_json() -> None:
    answered = json.loads(json_result(answer()))
    assert answered["inputs"]["size"] == {"value": "10", "unit": "token"}
    assert answered["inputs"]["sure"] == {"value": True, "unit": "yes/no"}
    assert answered["outputs"]["judged"] == {
        "value": "Take it",
        "unit": "text",
        "reasons": ["12.5 tokens is more than nothing."],
    }
    assert answered["outputs"]["total"] == {"value": "12.5", "unit": "token"}
    assert answered["outputs"]["none"] == {"value": None, "unit": "USD"}
    assert answered["outputs"]["range"] == {"value": {"low": "6.25", "likely": "12.5", "high": "25"}, "unit": "token"}
    assert answered["outputs"]["end"] == {"value": "small", "unit": "text"}
    assert answered["outputs"]["copy"]["value"] == "<pre> some <b>words</b>\nsecond line"
    assert [table["name"] for table in answered["tables"]] == ["parts", "curve"]
    assert answered["tables"][0]["rows"] == [["One", "3.125", "0.25"], ["Rest", "9.375", "0.75"]]
    assert answered["notes"] == ["You are sure."]


def test_text() -> None:
    written = text_result(answer(way="long"))
    for words in (
        "Verdict",
        "Take it",
        "Total",
        "25 tokens",
        "Nothing",
        "–",
        "12.5 to 50 tokens",
        "It is small",
        "You are sure.",
    ):
        assert words in written
    assert "Never" not in written


def test_html_escapes_what_readers_and_authors_write() -> None:
    written = html_result(answer(words="<img src=x>")) + html_form(answer(words="<img src=x>"), "id")
    assert "<img" not in written and "<b>" not in written and "&lt;img" in written
    assert "Size &lt;in tokens&gt;" in written
    for words in ("Take it", "12.5 tokens is more than nothing.", "It is small", "chart-shares", "You are sure."):
        assert words in written


def test_every_control_has_its_label_and_room_for_messages() -> None:
    written = html_form(answer(), "id")
    for name in ("size", "part", "way", "sure", "words"):
        assert f'for="id-{name}"' in written
        assert f'name="{name}"' in written
    assert "<fieldset" in written and "disabled" in written


def test_only_what_is_said_has_a_place_and_an_id() -> None:
    written = html_form(answer(), "id")
    assert "field-error" not in written and "-echo" not in written.replace("field-echo", "")
    written = html_form(answer(size="10..20"), "id")
    assert 'aria-describedby="id-size-echo"' in written
    assert re.search(r'<p class="field-echo" id="id-size-echo">[^<]+</p>', written)


def test_an_update_names_what_was_understood_and_what_is_wrong() -> None:
    update = json.loads(html_page_update(answer(size="0.1k", part="30%")))
    assert update["ok"] is True
    assert update["fields"]["size"] == {"echo": "= 100 tokens", "error": ""}
    assert update["fields"]["part"] == {"echo": "", "error": ""}
    update = json.loads(
        html_page_update(answer(size="-1", part="30", way="longg", sure="perhaps", words="x" * 51, sise="1"))
    )
    assert update["ok"] is False and update["result"] is None
    assert {name: field["error"] for name, field in update["fields"].items() if field["error"]} == {
        "size": "Size <in tokens> must be 0 tokens or more",
        "part": "Part must be 100% or less: write 30% or 0.3",
        "way": "Way must be one of short, long; did you mean 'long'?",
        "sure": "Sure must be yes or no",
        "words": "Words must be 50 characters or fewer",
    }


def test_a_whole_number_is_whole() -> None:
    with pytest.raises(Refused, match="must be a whole number"):
        answer(size="1.5").reading.need()


def test_unknown_inputs_are_refused() -> None:
    with pytest.raises(Refused, match="no input 'sise'; did you mean 'size'"):
        answer(sise="1").reading.need()


def test_a_range_is_understood_and_answered_at_its_middle() -> None:
    asked = answer(size="10..30")
    assert asked.values["total"] == Decimal(25)
    assert form_updates(asked)["size"]["echo"] == "= 10 tokens to 30 tokens, here 20 tokens"


def test_working_of_every_kind() -> None:
    working = json.loads(json_working(answer(), list(answer().kinds)))["working"]
    assert working["total"][0]["steps"][-1]["formula"] == "Size <in tokens> × (1 + Part) × 1"
    assert [condition["formula"] for condition in working["total"][0]["steps"][-1]["conditions"]] == [
        "Sure",
        "Way is long",
    ]
    assert len(working["range"]) == 3
    assert [step["title"] for step in working["parts"]] == ["One: Size", "One: Share", "Rest: Size", "Rest: Share"]
    assert working["notes"][0]["steps"][-1]["conditions"][0] == {"formula": "Sure", "numbers": "yes", "holds": True}
    assert len(working["curve"]) == 2
    assert working["judged"][0]["title"] == "12.5 tokens is more than nothing."


@pytest.mark.parametrize("typed", ["10", " 10 ", "1e1"])
def test_a_text_that_says_no_more_than_the_default_is_the_default(typed: str) -> None:
    assert answer(size=typed).reading.settings["size"].origin == answer().reading.settings["size"].origin
    assert answer(size="11").reading.settings["size"].origin.kind == "typed"
    assert answer(size="10..10").reading.settings["size"].origin.kind == "typed"


def test_an_echo_stands_only_where_it_says_more() -> None:
    assert [form_updates(answer(size=typed))["size"]["echo"] for typed in ("10", "0.9k", "1,000", "1 000", "9e2")] == [
        "",
        "= 900 tokens",
        "",
        "",
        "= 900 tokens",
    ]


def test_a_line_chart_over_an_input() -> None:
    asked = answer(size="100")
    drawn = Answer(
        asked.name,
        asked.title,
        asked.headline,
        asked.formula,
        asked.outputs,
        line(output="total", over="size", title="Growth"),
        asked.reading,
    )
    written = html_result(drawn)
    assert "“Total” goes from 0 tokens at 0 tokens to 250 tokens at 200 tokens." in written
    assert written.count("<polyline") == 1
    assert [point[1] for point in drawn.line()][::20] == [0.0, 125.0, 250.0]


def test_working_as_html() -> None:
    written = html_workings(answer(size="20", way="long"), ["total"])
    for words in (
        "Total <strong",
        "= Size &lt;in tokens&gt; × (1 + Part) × 2 × Part ÷ Part",
        "= 20 tokens × (1 + 25%) × 2 ×",
        "Way is long: yes",
        "you typed it",
        "default: a test",
    ):
        assert words in written, words
    for filled in (is_html_fold_built, html_fold_filter()):
        assert html_working(answer(), "none", filled) == ""
        assert html_working(answer(), "total", filled).startswith("<details")


def test_a_unit_that_is_not_the_declared_one_is_refused() -> None:
    asked = answer()
    with pytest.raises(UnitError, match="'Total' is declared in USD but computed in token"):
        answer_workings(Amount(label="Total", unit=USD), asked.formula(traced_run_inputs(asked.reading)).total)


def test_a_month() -> None:
    assert answer().reading.settings["begins"].value == "2026-11"
    assert answer(begins=" 2027-02 ").reading.settings["begins"].value == "2027-02"
    assert json.loads(json_result(answer()))["inputs"]["begins"] == {"value": "2026-11", "unit": "month"}
    with pytest.raises(Refused, match="Begins must be a month, like 2026-11"):
        answer(begins="2026-13").reading.need()


def test_a_file() -> None:
    assert answer().reading.settings["log"].value == ""
    assert answer(log="line\nline").reading.settings["log"].value == "line\nline"
    assert 'type="file"' in html_form(answer(), "id") and 'data-longest="20"' in html_form(answer(), "id")
    with pytest.raises(Refused, match="Log must be 20 characters or fewer"):
        answer(log="x" * 21).reading.need()


def test_lines() -> None:
    assert answer().values["runs"] == 5
    assert answer(**{"tasks.1.runs": "1", "tasks.3.name": "Three", "tasks.3.runs": "10"}).values["runs"] == 14
    assert answer(**{"tasks.2.often": "yes"}).values["runs"] == 8
    blank = {"tasks.1.name": "", "tasks.1.runs": " ", "tasks.1.often": ""}
    assert answer(**blank).values["runs"] == 3
    assert [task.name for task in exact_run_inputs(answer(**blank).reading).tasks] == ["Two"]
    inputs = json.loads(json_result(answer(**blank)))["inputs"]
    assert inputs["tasks.2.runs"] == {"value": "3", "unit": "1"} and "tasks.1.runs" not in inputs
    steps = json.loads(json_working(answer(), ["runs"]))["working"]["runs"][0]["steps"]
    assert steps[-1]["numbers"].endswith("2 + 3") and steps[-1]["value"] == "5"


def test_mistakes_in_lines_are_named_by_line() -> None:
    update = json.loads(html_page_update(answer(**{"tasks.2.runs": "many", "tasks.3.name": "Three"})))
    assert update["fields"]["tasks.2.runs"]["error"] == "Line 2: Runs must be a number, like 1000 or 2.5"
    assert update["fields"]["tasks.3.runs"]["error"] == ""
    with pytest.raises(Refused, match=r"no input 'tasks\.9\.runs'"):
        answer(**{"tasks.9.runs": "1"}).reading.need()
    with pytest.raises(Refused, match=r"no input 'tasks\.1\.rnus'; did you mean 'tasks\.1\.runs'"):
        answer(**{"tasks.1.rnus": "1"}).reading.need()


def test_every_cell_of_a_line_is_labeled() -> None:
    shown = html_form(answer(), "id")
    for row in (1, 2, 3):
        for name, label in (("name", "Task"), ("runs", "Runs"), ("often", "Often")):
            assert f'name="tasks.{row}.{name}"' in shown
            assert f'aria-label="{label}, line {row}"' in shown


def test_a_range_in_a_line() -> None:
    asked = answer(**{"tasks.2.runs": "2..4"})
    spread = ranges(asked.formula, asked.outputs, asked.reading, {})["runs"]
    assert 4 <= spread.low < asked.values["runs"] == 5 < spread.high <= 6
