"""Every example's report: the same in Markdown and HTML, without an untouched input, and asking no network."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Choice, Column, Rows, Table, Text, kinds
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Compare, Question, Report
from calculators.views.report.content import report_rowed_table
from macros.command.files import with_command_files
from tests.calculators.answers import BY_CASE, BY_NAME, Given, answer_json

LINK = "https://example.org/cost/#numbers=1"
SECTION = re.compile(r"^## (?P<title>.+)\n\n(?P<content>(?:(?!## ).*\n)*)", re.MULTILINE)
ASSUMED = "Assumptions that matter most"
[FAULTY] = [it.given for it in find_calculator("fine_tuning/dataset").examples if it.name == "A file with mistakes"]


def report(catalogue: Catalogue, name: str, given: Given, form: str, **measured: str) -> str:
    return catalogue.answer(Question(name, given, ask=Report(LINK, "0123456789ab"), form=form, measured=measured))


def markdown_rows(text: str) -> list[list[str]]:
    """The cells of every table row in Markdown, heads included."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    cells = [re.split(r"(?<!\\) \| ", line[2:-2]) for line in lines]
    return [[cell.strip().replace("\\|", "|").replace("\\\\", "\\") for cell in row] for row in cells]


def section(text: str, title: str) -> str:
    return next((found["content"] for found in SECTION.finditer(text) if found["title"] == title), "")


def words(document: str) -> str:
    """The words of an HTML document without the drawing and the style."""
    bare = re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>|<div class=\"chart-reader\".*?</div>", " ", document)
    inline = re.sub("</?time>", "", bare)  # a day is within a sentence
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", inline)).split())


@pytest.mark.one_in(8)
@BY_CASE
def test_a_report_says_the_same_in_markdown_and_html_and_asks_no_network(
    catalogue: Catalogue, name: str, given: Given
) -> None:
    text, document = report(catalogue, name, given, "markdown"), report(catalogue, name, given, "html")
    shown = words(document)
    for row in markdown_rows(text):
        if row == ["Figure", "Value"]:  # HTML has no heads over the figures
            continue
        for cell in filter(None, row):
            assert " ".join(cell.split()) in shown, cell
    for sentence in re.findall(r"^(?:- |\*\*)(?!\[)(.+?)(?:\*\*)?$", text, re.MULTILINE):
        assert " ".join(sentence.split()) in shown, sentence
    for label, address in re.findall(r"\[(.+?)\]\(<(.+?)>\)", text):
        assert label in shown and html.escape(address, quote=True) in document
    assert re.findall(r"<script|<link|<img|src=|url\(|@import", document) == []
    assert LINK in text and LINK in document and "build 0123456789ab" in text


@pytest.mark.one_in(8)
@BY_CASE
def test_a_report_lists_what_was_changed_and_nothing_that_was_not(
    catalogue: Catalogue, name: str, given: Given
) -> None:
    text = report(catalogue, name, given, "markdown")
    reading = understand_inputs(find_calculator(name).inputs, given, catalogue.facts).need()
    changed = {path for path, setting in reading.settings.items() if setting.origin.kind == "typed"}
    listed = markdown_rows(section(text, "What you entered"))[1:]
    own_texts = [path for path in changed if isinstance(kinds(reading.inputs_type).get(path), Text)]
    assert len(listed) <= len(changed) - len(own_texts)
    all_kinds = kinds(reading.inputs_type)
    labels = {
        kind.label for path, kind in all_kinds.items() if any(f"{other}.".startswith(f"{path}.") for other in given)
    }
    unchanged = {kind.label for kind in all_kinds.values()} - labels
    assert [row[0] for row in listed if row[0] in unchanged] == []
    assumed = markdown_rows(section(text, ASSUMED))[1:]
    assert len(assumed) <= 3
    assert not {row[0] for row in assumed} & {row[0] for row in listed}
    assert section(text, "What was measured") == ""


PROBLEMS = {
    "fine_tuning/dataset": ("What to fix", FAULTY),
    "prompting/traffic": ("What was left out, or does not add up", {"pasted": '{"model": "m"}\nzebra'}),
    "evaluating/retrieval": (
        "What was left out or set right",
        {"results_a": "zebra-1,p1,1\nzebra-1,p1,1\nzebra-2,p2,1", "judgments": "zebra-1,p1,1"},
    ),
}
"""The calculators that read a text line by line: the table of its problems, and texts that have some."""


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize("name", PROBLEMS)
def test_the_report_of_a_file_begins_with_its_problems_and_quotes_nothing(
    catalogue: Catalogue, name: str, form: str
) -> None:
    title, given = PROBLEMS[name]
    _begins_with(report(catalogue, name, given, form), title, form)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_report_of_a_file_of_results_begins_with_what_could_not_be_read(
    catalogue: Catalogue, tmp_path: Path, form: str
) -> None:
    name, path = "evaluating/compare", tmp_path / "zebra.jsonl"
    path.write_text('{"case": 1, "A": 1, "B": 0}\nzebra\n')
    files = with_command_files(name, {"result_files": str(path)})
    text = catalogue.answer(Question(name, {}, files, ask=Report(LINK), form=form))
    _begins_with(text, "What could not be read", form)


def _begins_with(text: str, title: str, form: str) -> None:
    """Holds that a report has the table of a title before its figures and all other tables, and no word of a file."""
    heads = re.findall(r"^## (.+)$" if form == "markdown" else "<h2>(.+?)</h2>", text, re.MULTILINE)
    assert heads[0] == html.escape(title) and len(heads) > 1
    assert text.index(title) < text.index("Figure | Value" if form == "markdown" else "<dl>")
    assert "zebra" not in text


def test_the_report_of_a_training_file_lists_problems_by_weight_with_counts_and_lines(catalogue: Catalogue) -> None:
    title, given = PROBLEMS["fine_tuning/dataset"]
    asked = Question("fine_tuning/dataset", given, form="json")
    [problems] = [table for table in json.loads(catalogue.answer(asked))["tables"] if table["name"] == "problems"]
    for form in ("markdown", "html"):
        text = report(catalogue, "fine_tuning/dataset", given, form)
        assert "How long the examples are" in text and "asistant" not in text
    rows = markdown_rows(section(report(catalogue, "fine_tuning/dataset", given, "markdown"), title))[1:]
    assert [row[1] for row in rows] == sorted([row[1] for row in rows], key=["error", "warning", "hint"].index)
    assert [row[1:4] for row in rows] == [[str(cell) for cell in row[1:4]] for row in problems["rows"]]
    assert any("asistant" in row[0] for row in problems["rows"]), "the page says which role is unknown"
    assert all(re.fullmatch(r"(test data: )?[\d, ]+( \(message \d+\))?.*", row[3]) for row in rows)


def test_a_report_has_every_problem_of_a_file_or_says_how_many_more_there_are() -> None:
    kind = Rows(label="Problems", columns=(Column("problem", "Problem"),), leading=True)
    rows = tuple((f"Problem {number}",) for number in range(20))
    cut = report_rowed_table(kind, Table(rows), 13)
    assert len(cut.rows) == 13 and cut.left_out == 7


@pytest.mark.one_in(8)
@BY_CASE
def test_what_was_entered_has_the_names_of_records_and_options(catalogue: Catalogue, name: str, given: Given) -> None:
    rows = markdown_rows(section(report(catalogue, name, given, "markdown"), "What you entered"))[1:]
    facts = catalogue.facts
    ids = {id for collection in facts.collections for id in facts.entries(collection)}
    assert not ids & {part for row in rows for part in row[1].split(", ")}
    options = {
        kind.label: kind.options for kind in kinds(find_calculator(name).inputs).values() if isinstance(kind, Choice)
    }
    assert [row for row in rows if row[0] in options and row[1] not in options[row[0]].values()] == []


def test_a_comparison_and_a_report_name_what_was_picked(catalogue: Catalogue) -> None:
    """One record, several, one of the reader's own, and an option."""
    given = {"model": "openai/gpt-6-luna", "shortlist": "openai/gpt-6-luna,openai/gpt-6.1-sol"}
    text = report(catalogue, "prompting/models", given, "markdown")
    entered = {row[0]: row[1] for row in markdown_rows(section(text, "What you entered"))[1:]}
    assert "GPT-6 Luna, GPT-6.1 Sol" in entered.values() and "GPT-6 Luna" in entered.values()
    own = {"model": "own", "model.input": "1", "model.output": "2"}
    text = report(catalogue, "prompting/cost", own, "markdown")
    assert ["Model", "Your own model"] in markdown_rows(section(text, "What you entered"))
    ask = Compare({"model": "openai/gpt-6-luna"}, ("A", "B"))
    compared = catalogue.answer(Question("prompting/cost", {"model": "openai/gpt-6.1-sol"}, ask=ask, form="text"))
    assert "GPT-6 Luna" in compared and "GPT-6.1 Sol" in compared and "openai/" not in compared


@pytest.mark.one_in(4)
@BY_NAME
def test_every_calculator_says_what_it_does_not_count(catalogue: Catalogue, name: str) -> None:
    left_out = find_calculator(name).not_counted
    assert left_out and all(sentence.endswith(".") for sentence in left_out)
    assert all(f"- {sentence}\n" in report(catalogue, name, {}, "markdown") for sentence in left_out)


def test_a_measured_number_stands_apart_with_its_origin(catalogue: Catalogue) -> None:
    given = {"requests": "30k", "answer": "250"}
    text = report(catalogue, "prompting/cost", given, "markdown", requests="measured from your logs, n = 168")
    assert markdown_rows(section(text, "What was measured"))[1:] == [
        ["Requests a month", "30,000 requests", "measured from your logs, n = 168"]
    ]
    assert markdown_rows(section(text, "What you entered"))[1:] == [["Answer", "250 tokens"]]


def test_a_report_shows_what_was_typed_in_another_unit_beside_what_it_comes_to(catalogue: Catalogue) -> None:
    """A page has 600 tokens by our assumption, and a document 2,000: 120 pages are 36 documents."""
    given = {"instructions": "1 page", "documents": "120 pages", "requests": "30k", "answer": "200..400"}
    rows = markdown_rows(section(report(catalogue, "choosing/case", given, "markdown"), "What you entered"))[1:]
    assert rows == [
        ["Requests a month", "30,000 requests"],
        ["Fixed instructions", "1 page = 600 tokens"],
        ["Answer", "200..400 = 200 tokens to 400 tokens, here 300 tokens"],
        ["Documents", "120 pages = 36 documents"],
    ]


def test_what_an_example_has_is_not_what_the_reader_entered(catalogue: Catalogue) -> None:
    given = {"state": "untested", "documents": "200", "requests": "7000", "answer": "250"}
    example = dict.fromkeys(("state", "documents"), "the example “An idea”")
    text = report(catalogue, "choosing/case", given, "markdown", **example, answer="your case: you typed it elsewhere")
    entered, shown = (
        markdown_rows(section(text, title))[1:] for title in ("What you entered", "From the example “An idea”")
    )
    assert [row[0] for row in entered] == ["Requests a month", "Answer"]
    assert shown == [["Documents", "200 documents"], ["Test set, and what goes wrong", "no test set, or not run yet"]]
    assert section(text, "What was measured") == ""


def test_a_report_has_a_chart_below_its_title_and_no_range_twice(catalogue: Catalogue) -> None:
    document = report(catalogue, "choosing/case", {"requests": "30k"}, "html")
    assert document.index("<h2>What each lever costs in the first year</h2>") < document.index("<figure>")
    assert document.index("<figure>") < document.index("In all</th>")
    [low, high] = re.findall(r"Retrieval: (\$[\d,]+) to (\$[\d,]+) in the first year", document)[0]
    figures = document[document.index("<dl>") : document.index("</dl>")]
    assert low not in figures and high not in figures and "First year of that lever" not in document
    assert "People&#39;s hours" in document or "People's hours" in document


PLACE = "https://lever.example/docs/cost/prompting/"


def ending(catalogue: Catalogue, link: str) -> tuple[str, str]:
    """The last words of a report that was asked for at an address, and the address behind them."""
    question = Question("prompting/cost", {"requests": "30,000"}, ask=Report(link), form="html")
    last = catalogue.answer(question).rpartition('<p class="end">')[2]
    return words(last).replace(" .", "."), re.findall('href="([^"]+)"', last)[0]


def test_a_link_that_can_be_typed_is_printed_with_its_numbers(catalogue: Catalogue) -> None:
    """Without what only serves to compare the answers: a printed link to the page itself leads nowhere in a PDF."""
    given = "numbers=1&calculator=prompting%2Fcost"
    more = "on=prompting-cost&facts=2026-11-30&sent=523~1"
    link = f"{PLACE}#{given}&{more}&.requests=30%2C000"
    said, address = ending(catalogue, link)
    assert f" Ask again: {PLACE}#numbers=1&calculator=prompting/cost&.requests=30,000" in said
    assert html.unescape(address) == link and "sent" not in said


def test_a_link_that_nobody_would_type_is_printed_without_its_numbers(catalogue: Catalogue) -> None:
    many = "".join(f"&.input_{number}={number}" for number in range(20))
    said, _ = ending(catalogue, f"{PLACE}#numbers=1&calculator=prompting%2Fcost{many}")
    assert f" Asked at: {PLACE}. To have these numbers there again, type those that are listed above," in said
    assert "numbers=1" not in said and "scenario file" in said


def test_an_assumption_moves_the_answer_as_the_report_says(catalogue: Catalogue) -> None:
    """Against the answers to the two ends, asked one by one."""
    text = report(catalogue, "prompting/cost", {"requests": "30k"}, "markdown")
    rows = {row[0]: row for row in markdown_rows(section(text, ASSUMED))[1:]}
    label, value, effect = rows["Answer"]
    assert (label, value) == ("Answer", "300 tokens")
    ends = [
        answer_json(catalogue, "prompting/cost", {"requests": "30k", "answer": end})["outputs"]["per_month"]["value"]
        for end in ("240", "360")
    ]
    low, high = (f"${float(end):,.2f}" for end in ends)
    assert effect.startswith(f"From 240 to 360 tokens, “Cost a month” goes from {low} to {high} per month.")


def test_a_report_names_the_records_that_its_plans_use_and_no_others(catalogue: Catalogue) -> None:
    """The models, the GPU and the rest, whether somebody chose them or not: without them nobody can check an amount."""
    two = {"plans.2.source": "tuned", "plans.3.source": "", "plans.4.source": "", "tuned.hosting": "dedicated"}
    more = {"plans.3.source": "hosting", "plans.4.source": "retrieval"}
    named = {}
    for case, given in (("two", two), ("four", two | more)):
        text = report(catalogue, "choosing/break_even", given, "markdown")
        named[case] = {name: role for role, name in markdown_rows(section(text, "Counted with"))[1:]}
    assert named["two"]["GPT-6.2 Sol"] == "Prompting: Model; Retrieval: Model"
    assert named["two"]["L40S, 48 GB"] == "Fine-tuning: GPU that the tuned model runs on"
    assert "Tinker, Qwen3 8B" in named["two"] and "Llama 3.1 8B" not in named["two"]
    assert {"Llama 3.1 8B", "Text Embedding 3 Small", "Pinecone Standard"} <= named["four"].keys() - named["two"].keys()


def test_a_text_is_named_and_not_shown(catalogue: Catalogue) -> None:
    for form in ("markdown", "html"):
        text = report(catalogue, "prompting/builder", {"task": "zebra-crossing-4711"}, form)
        assert "zebra" not in text and "rests on texts, which are not shown" in text


@pytest.mark.parametrize("link", ["calculators prompting/cost requests=30k", ""])
def test_a_terminal_gives_its_command_in_place_of_an_address(catalogue: Catalogue, link: str) -> None:
    question = Question("prompting/cost", {}, ask=Report(link), form="markdown")
    ending = catalogue.answer(question).rstrip().rpartition("\n")[2]
    asked = f" Ask again: `{link}`" if link else ""
    assert ending == f"Prices and assumptions as of {catalogue.facts.as_of}.{asked}"


@pytest.mark.parametrize("name", ["agents/cost", "choosing/case", "prompting/cost"])
def test_the_name_of_a_record_of_ones_own_is_no_text_that_is_left_out(catalogue: Catalogue, name: str) -> None:
    """Tables show it, as they do on the page."""
    given = {"model": "own", "model.name": "Ours", "model.input": "1", "model.output": "2"}
    assert "rests on texts" not in report(catalogue, name, given, "markdown")


def test_a_report_assumes_nothing_in_place_of_what_a_file_says(catalogue: Catalogue) -> None:
    pasted = {"results": "case,version,score\n" + "".join(f"{n},{v},{n % 2}\n" for n in range(12) for v in "ab")}
    text = report(catalogue, "evaluating/compare", pasted, "markdown")
    assert "Assumed, as you did not say" in report(catalogue, "evaluating/compare", {}, "markdown")
    assert "an illustration" not in section(text, "Assumed, as you did not say")
