"""The guides for pages, prices and sources, followed to the letter in a copy of the project."""

from __future__ import annotations

import json
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from calculators.catalogue import Catalogue
from calculators.engine.answering import runs
from calculators.engine.answering.working import answer_terms
from calculators.engine.inputs.reading import InputReading
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import bare_value
from calculators.engine.numbers.traced import Traced
from calculators.engine.questions.points import PointEvaluator
from macros.facts import DATA, FactsError, facts_text
from tests.conftest import ROOT, build
from tests.json_types import JsonObject

CONTRIBUTE = ROOT / "docs" / "contribute"
BLOCK = re.compile(r'^```(?P<language>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)


def block(guide: str, words: str) -> str:
    """The one code block of a guide that has these words."""
    text = (CONTRIBUTE / guide).read_text("utf-8")
    (code,) = (match["text"] for match in BLOCK.finditer(text) if words in match["text"])
    return code


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")


def facts(data_folder: Path) -> dict[str, Any]:
    loaded: JsonObject = json.loads(facts_text(data_folder, None))
    return loaded


@pytest.mark.site
def test_following_the_guide_adds_a_page(small_project: Path) -> None:
    text = (CONTRIBUTE / "add-a-page.md").read_text("utf-8")
    files = {match["file"]: match["text"] for match in BLOCK.finditer(text) if match["file"]}
    (page,) = (file for file in files if file.endswith(".md"))
    (small_project / page).write_text(files[page], "utf-8")
    line = files["mkdocs.yml"].strip()
    replace(small_project / "mkdocs.yml", "      - cost/prompting.md\n", f"      - cost/prompting.md\n      {line}\n")
    process = build(small_project, small_project / "site")
    assert process.returncode == 0, process.stdout + process.stderr
    written = (small_project / "site" / page.removeprefix("docs/").removesuffix(".md") / "index.html").read_text(
        "utf-8"
    )
    assert written.count('class="figure-value"') == 3 and 'class="calc calc-figure"' in written
    assert re.search(r"Checked <time[^>]*>20\d\d-\d\d-\d\d", written)


def test_the_example_of_a_term_is_one_of_the_glossary() -> None:
    shown = yaml.safe_load(block("add-a-page.md", "means:"))
    terms = yaml.load((DATA / "glossary.yaml").read_text("utf-8"), yaml.CSafeLoader)["terms"]
    assert shown == {"epoch": terms["epoch"]}


def test_following_the_guide_adds_a_price_a_model_and_an_assumption(data_folder: Path) -> None:
    words = ("{from: 2027-02-01, value: 1.5}", "GPT-6 Luna", "because: A report")
    price, model, assumption = (block("add-a-price.md", each) for each in words)
    openai = data_folder / "prices" / "openai.yaml"
    head, rest = openai.read_text("utf-8").split("  gpt-6.1-sol:\n")
    lines = price.replace("value: 2}", "value: 2, long: 4}").replace("value: 1.5}", "value: 1.5, long: 3}")
    before = re.search(r"      input:\n(?:        - .*\n)+", rest)
    assert before
    openai.write_text(f"{head}  gpt-6.1-sol:\n{rest.replace(before[0], lines, 1)}", "utf-8")
    openai.write_text(openai.read_text("utf-8") + model.replace("gpt-6-luna", "gpt-7-luna"), "utf-8")
    file = data_folder / "assumptions.yaml"
    file.write_text(file.read_text("utf-8") + assumption, "utf-8")

    collections = facts(data_folder)["collections"]
    values = collections["prices"]["openai/gpt-6.1-sol"]["facts"]["input"]["values"]
    assert values == [["2026-11-04", "2"], ["2027-02-01", "1.5"]]
    assert collections["prices"]["openai/gpt-7-luna"]["name"] == "GPT-6 Luna"
    assert collections["assumptions"]["chunks-in-a-document"]["facts"]["value"]["values"] == [["2026-11-21", "8"]]


def test_the_rule_of_the_guide_is_one_of_the_ladder() -> None:
    shown = yaml.load(block("add-a-price.md", "favors:"), yaml.BaseLoader)
    rules = yaml.load((DATA / "decisions" / "approach.yaml").read_text("utf-8"), yaml.CBaseLoader)["rules"]
    ((name, rule),) = shown.items()
    assert rules[name] == rule


def test_the_message_of_the_guide_is_the_one_that_comes(data_folder: Path) -> None:
    shown = block("add-a-price.md", "is not a plain number")
    place = re.match(r"data/prices/openai\.yaml:(\d+):(\d+): ", shown)
    assert place
    file = data_folder / "prices" / "openai.yaml"
    lines = file.read_text("utf-8").splitlines()
    index = int(place[1]) - 1
    lines[index] = re.sub(r"value: [\d.]+", "value: $1.50", lines[index])
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(FactsError) as caught:
        facts_text(data_folder, None)
    assert shown.strip() == str(caught.value)


def test_the_source_of_the_guide_is_one_of_ours() -> None:
    shown = yaml.load(block("add-a-source.md", "accessed:"), yaml.BaseLoader)
    sources = yaml.load((DATA / "sources.yaml").read_text("utf-8"), yaml.CBaseLoader)["sources"]
    ((name, source),) = shown.items()
    assert sources[name] == source


# The idioms of the guide to calculators.

NUMBERS = (
    "request_cost",
    "tokens_short_of_the_cache",
    "requests_for_a_dollar",
    "cheapest",
    "tokens_of_the_request",
    "first_year",
    "twelve_equal_months",
)


@pytest.fixture
def idioms(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of all that the guide shows below its heading, in its order."""
    text = (CONTRIBUTE / "add-a-calculator.md").read_text("utf-8")
    section = text.split("\n## Idioms\n")[1].split("\n## ")[0]
    module = ModuleType("guide")
    monkeypatch.setitem(sys.modules, "guide", module)
    exec("\n".join(shown["text"] for shown in BLOCK.finditer(section)), vars(module))
    return module


def reading(catalogue: Catalogue, idioms: ModuleType, **given: str) -> InputReading:
    return understand_inputs(idioms.Inputs, given, catalogue.facts)


def labels(content: Any) -> set[str]:
    return {leaf.label for leaf in answer_terms([content])}


def test_every_formula_of_the_idioms_is_run_here(idioms: ModuleType) -> None:
    shown = {name for name, value in vars(idioms).items() if getattr(value, "__module__", "") == "guide"}
    assert shown == {*NUMBERS, "Inputs", "remarks", "fits"}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("given", [{}, {"prompt": "0", "polite": "no"}, {"prompt": "5M", "requests": "0"}], ids=str)
def test_an_idiom_gives_the_same_on_every_kind_of_number(
    catalogue: Catalogue, idioms: ModuleType, name: str, given: dict[str, str]
) -> None:
    formula, asked = getattr(idioms, name), reading(catalogue, idioms, **given)
    exact, traced, floating = (
        formula(run(asked)) for run in (runs.exact_run_inputs, runs.traced_run_inputs, runs.float_run_inputs)
    )
    assert bare_value(traced) == exact
    assert exact is floating is None or float(exact) == pytest.approx(float(floating))

    class Outputs:
        def __init__(self, inputs: Any) -> None:
            self.value = formula(inputs)

    evaluator = PointEvaluator(Outputs, ["value"], ["prompt", "requests"], asked)
    points = [(prompt, requests) for prompt in (0.0, 1.0, 3000.0, 2e6) for requests in (0.0, 10.0)]
    assert evaluator.evaluate(points) == [evaluator.evaluate_alone(point) for point in points]


def test_the_idioms_do_what_the_guide_says_of_them(catalogue: Catalogue, idioms: ModuleType) -> None:
    asked = reading(catalogue, idioms)
    traced = runs.traced_run_inputs(asked)
    assert idioms.request_cost(traced).label == "Cost of a request"
    assert labels(idioms.cheapest(traced)) == {"Tokens of a prompt", "tokens in a million tokens", "Input price"}
    assert "Polite" in labels(idioms.tokens_of_the_request(traced))
    impolite = runs.exact_run_inputs(reading(catalogue, idioms, polite="no"))
    assert idioms.tokens_of_the_request(impolite) < idioms.tokens_of_the_request(runs.exact_run_inputs(asked))
    assert idioms.requests_for_a_dollar(runs.exact_run_inputs(reading(catalogue, idioms, prompt="0"))) is None
    years = [getattr(idioms, name)(traced) for name in ("first_year", "twelve_equal_months")]
    assert [year.unit.text for year in years] == ["USD", "USD"] and all(isinstance(year, Traced) for year in years)
    for prompt, holds in (("2000", False), ("5M", True)):
        inputs = runs.traced_run_inputs(reading(catalogue, idioms, prompt=prompt))
        (remark,) = idioms.remarks(inputs)
        assert remark.holds == holds and idioms.fits(inputs) == ("too long" if holds else "fits")
    assert remark.sentence.startswith("The prompt needs 5,000,000 tokens, and the model reads ")


def test_a_year_of_the_idioms_counts_an_announced_price_from_its_month_on(
    catalogue: Catalogue, idioms: ModuleType
) -> None:
    facts = catalogue.facts
    (changing, *_) = (name for name in facts.entries("prices") if facts.changes("prices", name, facts.as_of))
    inputs = runs.exact_run_inputs(reading(catalogue, idioms, model=changing))
    prices = [inputs.model.in_month(month).input for month in range(12)]
    hand = sum((inputs.prompt * price * inputs.requests for price in prices), Decimal(0)) / 10**6
    assert idioms.first_year(inputs) == hand and len(set(prices)) > 1
    assert idioms.first_year(inputs) != idioms.twelve_equal_months(inputs)
