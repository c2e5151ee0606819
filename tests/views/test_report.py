"""Every example's report: the same in Markdown and HTML, without an untouched input, and asking no network."""

from __future__ import annotations

import html
import re

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Text, kinds
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Question, Report
from tests.calculators.answers import BY_CASE, BY_NAME, Given, answer_json

LINK = "https://example.org/cost/#numbers=1"
SECTION = re.compile(r"^## (?P<title>.+)\n\n(?P<content>(?:(?!## ).*\n)*)", re.MULTILINE)
ASSUMED = "Assumptions that matter most"


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
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", bare)).split())


@pytest.mark.one_in(8)
@BY_CASE
def test_a_report_says_the_same_in_markdown_and_html_and_asks_no_network(
    catalogue: Catalogue, name: str, given: Given
) -> None:
    text, document = report(catalogue, name, given, "markdown"), report(catalogue, name, given, "html")
    shown = words(document)
    for row in markdown_rows(text)[1:]:  # HTML has no heads over the figures
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
    assert effect.startswith(f"From 240 tokens to 360 tokens, “Cost a month” goes from {low} per month to {high} per")


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
