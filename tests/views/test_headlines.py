"""Headlines say amounts, ranges and names, on the page, in the terminal and in what is carried away."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from calculators.catalogue import Catalogue, load
from calculators.discovery import find_calculator
from calculators.engine.answering import answer
from calculators.engine.declare import Verdict, kinds
from calculators.engine.inputs.reading import InputReading
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Question, Ranges
from calculators.views.html.result import html_short_result
from tests.calculators.answers import NAMES

COST, PLANS = "prompting/cost", "choosing/break_even"
LADDER, COMPARE = "choosing/approach", "evaluating/compare"


def spoken(catalogue: Catalogue, name: str, **given: str) -> str:
    """The headline as a screen reader hears it."""
    told: str = json.loads(catalogue.answer(Question(name, given, form="page")))["spoken"]
    return told


def test_a_typed_range_becomes_a_range_in_the_headline(catalogue: Catalogue) -> None:
    """That of the instrument. The cost is linear, so nine of ten lie between those of 41,000 and 59,000 requests."""
    given = {"requests": "40k..60k", "caching": "no"}
    said = spoken(catalogue, COST, **given).partition(": ")[2]
    words = re.fullmatch(r"\$([\d.]+) to \$([\d.]+), likely \$([\d.]+)", said)
    assert words
    alone = [spoken(catalogue, COST, requests=n, caching="no").partition("$")[2] for n in ("41k", "59k", "50k")]
    assert list(map(float, words.groups())) == pytest.approx(list(map(float, alone)), rel=1e-3)
    spreading = json.loads(catalogue.answer(Question(COST, given, ask=Ranges())))["ranges"]["per_month"]
    assert [f"{float(spreading[end]):.2f}" for end in ("low", "high", "likely")] == list(words.groups())
    for form in ("text", "scenario", "html"):
        assert said in catalogue.answer(Question(COST, given, form=form))


def test_a_range_that_moves_nothing_stays_one_amount(catalogue: Catalogue) -> None:
    """The pause between turns has no effect on a single turn."""
    assert spoken(catalogue, COST, pause="1..2") == spoken(catalogue, COST)


def test_plans_have_their_costs_and_names_in_the_headline(catalogue: Catalogue) -> None:
    """Two plans of $600 and $1,200 a year, whose names are typed, whatever signs they hold."""
    given = {f"plans.{n}.{cell}": "" for n in (3, 4) for cell in ("name", "source")}
    given |= {"plans.1.name": "Now {x}\\1", "plans.1.source": "own", "plans.1.fixed": "100"}
    given |= {"plans.2.name": "Zebra", "plans.2.source": "own", "plans.2.fixed": "50", "horizon": "12"}
    assert spoken(catalogue, PLANS, **given) == "Cheapest over these months: Zebra $600.00 · next: Now (x)\\1 $1,200"
    text = catalogue.answer(Question(PLANS, given, form="text"))
    page = json.loads(catalogue.answer(Question(PLANS, given, form="page")))["result"]
    for shown in (text, page):
        assert "Zebra, over these months" in shown and "Now {x}\\1, over these months" in shown
        assert "the other plan" not in shown.lower()


def test_a_typed_range_gives_each_plan_a_range(catalogue: Catalogue) -> None:
    """Only that of the plan which it moves: $100 to $120 a month, of which nine in ten lie from $101 to $119."""
    given = {f"plans.{n}.{cell}": "" for n in (3, 4) for cell in ("name", "source")}
    given |= {"plans.1.name": "Now", "plans.1.source": "own", "plans.1.fixed": "100..120"}
    given |= {"plans.2.name": "Zebra", "plans.2.source": "own", "plans.2.fixed": "50", "horizon": "12"}
    headline = spoken(catalogue, PLANS, **given)
    words = re.fullmatch(r".*: Zebra \$600.00 · next: Now \$([\d,]+) to \$([\d,]+)", headline)
    assert words and [int(end.replace(",", "")) for end in words.groups()] == pytest.approx([1212, 1428], abs=2)


def test_without_a_second_plan_labels_stay_as_they_are_declared(catalogue: Catalogue) -> None:
    """There is nothing to name."""
    given = {f"plans.{n}.{cell}": "" for n in (2, 3, 4) for cell in ("name", "source")}
    text = catalogue.answer(Question(PLANS, given, form="text"))
    assert "Cheapest over these months  " in text


def test_advice_has_the_numbers_that_speak_of_its_cost(catalogue: Catalogue) -> None:
    """4.3 million requests where training pays from 2 million on; a cascade that pays the small model every time."""
    given = {"facts": "none", "behavior": "wrong", "format": "enforced", "result": "plateau", "latency": "no"}
    given |= {"few_shot_examples": "yes", "good_examples": "2000", "requests": "4.3M", "break_even_requests": "2M"}
    assert spoken(catalogue, LADDER, **given) == "Your next step: Fine-tuning: your requests are 215% of break-even"
    given = {"facts": "few", "result": "reached", "cost_and_latency": "still_too_high", "few_shot_examples": "yes"}
    given |= {"effort_compared": "yes", "cascade_kept": "65%", "cascade_small_cost": "20%", "cascade_check_cost": "2%"}
    given |= {"cascade_kept_good": "97%", "cascade_passed_good": "88%", "latency": "no", "cascade_passed_cost": "1.2"}
    cost = 0.2 + 0.02 + (1 - 0.65) * 1.2
    words = f"Your next step, in an example: A router or a cascade: {cost:.0%} of the cost of the large model alone"
    assert spoken(catalogue, LADDER, **given) == words


def test_a_sentence_of_amounts_stands_beside_the_word_of_a_verdict(catalogue: Catalogue) -> None:
    """In the JSON and in the CSV, of which programs take the word."""
    verdict = json.loads(catalogue.answer(Question(COMPARE, {}, form="json")))["outputs"]["verdict"]
    assert verdict["value"] == "Not shown: it may be chance"
    assert f"Is B really better? In an example: {verdict['sentence']}" == spoken(catalogue, COMPARE)
    lines = catalogue.answer(Question(COMPARE, {}, form="csv")).splitlines()
    assert [line for line in lines if "verdict.sentence" in line and "version B 80%" in line]


def test_a_page_says_of_every_untouched_headline_that_it_is_of_an_example(catalogue: Catalogue) -> None:
    """An amount as well as a verdict, but no figure of an article, which says itself whose numbers those are."""
    name, example = "prompting/cost", "A help desk"
    given = next(it.given for it in find_calculator(name).examples if it.name == example)
    for numbers, is_labeled in (({}, True), (given, True), ({**given, "requests": "12345"}, False)):
        html = catalogue.answer(Question(name, dict(numbers), form="html"))
        assert ("in an example</p>" in html) is is_labeled, numbers
    assert ", in an example" not in catalogue.answer(Question(name, form="text"))
    figure = "".join(html_short_result(catalogue.compute(find_calculator(name), {}), None))
    assert "result-headline" in figure and "in an example" not in figure


VERDICTS = [
    name for name in NAMES if isinstance(kinds(find_calculator(name).outputs)[find_calculator(name).headline], Verdict)
]


@pytest.mark.parametrize("name", VERDICTS)
def test_a_verdict_on_what_nobody_gave_says_that_it_is_on_an_example(name: str, catalogue: Catalogue) -> None:
    """On the page, in the terminal, and for a screen reader; whether the example was there or somebody opened it."""
    calculator = find_calculator(name)
    for given in ({}, *(example.given for example in calculator.examples)):
        page = json.loads(catalogue.answer(Question(name, dict(given), form="page")))
        assert "n an example: " in page["spoken"], given
        assert "is-example" in page["result"], given
        assert "n an example" in catalogue.answer(Question(name, dict(given), form="text")), given


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("evaluating/compare", {"only_b": "15"}),
        ("evaluating/compare", {"both_right": "15", "only_a": "1", "only_b": "3", "both_wrong": "2"}),
        ("prompting/models", {"requests": "51k"}),
        ("prompting/models", {"requests": "40k..60k"}),
        ("fine_tuning/dataset", {"training_file": '{"messages": []}'}),
    ],
)
def test_a_verdict_on_what_a_reader_gave_is_not_called_an_example(
    name: str, given: dict[str, str], catalogue: Catalogue
) -> None:
    page = json.loads(catalogue.answer(Question(name, given, form="page")))
    assert "n an example" not in page["spoken"] and "is-example" not in page["result"]


def test_buttons_of_examples_say_whether_they_are_pressed(catalogue: Catalogue) -> None:
    panel = catalogue.panel("evaluating/compare", {}, "id", "full")
    buttons = re.findall(r"<button[^>]*data-example[^>]*>", panel)
    assert buttons and all('aria-pressed="false"' in button for button in buttons)


def test_an_edit_reads_no_example_again(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example is read once for these facts, whatever the reader types; also whether an answer is one to it."""
    examples = [example.given for example in find_calculator(PLANS).examples]
    texts_before = [spoken(catalogue, PLANS, **example) for example in examples]
    texts = [catalogue.answer(Question(PLANS, example, form="page")) for example in examples]
    readings: list[object] = []

    def read(*asked: Any) -> InputReading:
        readings.append(asked)
        return understand_inputs(*asked)

    monkeypatch.setattr(answer, "understand_inputs", read)
    for requests in ("33333", "44444"):
        spoken(catalogue, PLANS, requests=requests)
    assert readings == []
    assert [spoken(catalogue, PLANS, **example) for example in examples] == texts_before
    fresh = load(catalogue.facts.text, catalogue.facts.count_tokens)
    assert [fresh.answer(Question(PLANS, example, form="page")) for example in examples] == texts


RATE_TWICE = re.compile(r"^.*\b([a-z]+)s (?:in )?an? ([a-z]+)\b.* \1s? per \2\b.*$", re.IGNORECASE | re.MULTILINE)
END_TWICE = re.compile(r"^.*[\d.] ([a-z][a-z ]*?)s? to [−$]?[\d.,]+ \1s?\b.*$", re.MULTILINE)
NOUN_TWICE = re.compile(r"^.*\b([a-z]+s) \1\b.*$", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_says_a_unit_twice(catalogue: Catalogue, name: str) -> None:
    """Neither a label and its number, nor both ends of an interval; a working has the units that its steps need."""
    for example in ({}, *(example.given for example in find_calculator(name).examples)):
        text = catalogue.answer(Question(name, example, form="text")).partition("\nWorking\n")[0]
        for doubled in (RATE_TWICE, END_TWICE, NOUN_TWICE):
            assert [match[0] for match in doubled.finditer(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_question_says_a_unit_twice(catalogue: Catalogue, name: str) -> None:
    """A rate that a label says in full is not beside its control as well."""
    asked = re.findall(
        r'<label for="[^"]*">([^<]*)</label>(?:(?!<label).)*?class="field-unit"[^>]*>([a-z]+)/([a-z]+)<',
        catalogue.panel(name, {}, "form", "full"),
    )
    assert [label for label, above, below in asked if re.search(rf"{above}s (in )?an? {below}", label, re.I)] == []


def figures_of(catalogue: Catalogue, name: str, **given: str) -> list[float]:
    """The numbers that a link takes from a headline."""
    page = catalogue.answer(Question(name, given, form="html"))
    headline = re.search(r'<p class="result-value[^>]*>[^<]*<', page)
    assert headline
    marked = re.search(r' data-figures="([^"]*)"', headline[0])
    words = marked[1] if marked else headline[0].partition(">")[2]
    return [float(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*(?:\.\d+)?", words)]


@pytest.mark.parametrize("in_use", ["openai/gpt-6.2-sol", "google/gemini-3.8-flash", "openai/gpt-4o-mini"])
def test_a_link_takes_no_digit_of_a_models_name(catalogue: Catalogue, in_use: str) -> None:
    """Gemini 3.8 Flash and GPT-6.2 Sol: only what they cost is a figure, now and later, and how many are compared."""
    given = {"model": in_use, "shortlist": "google/gemini-3.8-flash,openai/gpt-6.2-sol"}
    outputs = json.loads(catalogue.answer(Question("prompting/models", given)))["outputs"]
    after = "per_month" if outputs["next_costs"]["value"] is None else "next_costs"
    costs = [float(outputs[name]["value"]) for name in ("cheapest_per_month", after)]
    figures = figures_of(catalogue, "prompting/models", **given)
    between: float = len({in_use, *given["shortlist"].split(",")})
    if after == "per_month":  # Flash is cheapest, until its announced price begins
        later = {"model": "google/gemini-3.8-flash", "as_of": "2027-01-01"}
        answer = json.loads(catalogue.answer(Question("prompting/models", later)))
        between = float(answer["outputs"]["per_month"]["value"])
    assert figures == pytest.approx([costs[0], between, costs[1]], abs=0.006)


def test_a_link_takes_no_digit_of_a_versions_name(catalogue: Catalogue) -> None:
    """Version 0 is right in three cases of four, version 1 in two."""
    rows = [f"{case},v{version},{int(case % 4 > version)}" for case in range(40) for version in (0, 1)]
    given = {"results": "\n".join(["case,version,score", *rows])}
    words = spoken(catalogue, COMPARE, **given)
    assert "v0" in words.lower() and "v1" in words.lower()
    figures = figures_of(catalogue, COMPARE, **given)
    assert sorted(figures[:2]) == [50, 75] and figures[2] == 25 and len(figures) == 5


def test_a_name_as_an_answer_has_no_figure(catalogue: Catalogue) -> None:
    assert figures_of(catalogue, LADDER) == []
