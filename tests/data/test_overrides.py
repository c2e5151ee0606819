"""A company's own figures replace the published ones everywhere, marked as such, and are checked like the data."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calculators.catalogue import load
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.questions.question import Compare, Question, Ranges, Working
from macros import command as terminal
from macros.facts import DATA, OVERRIDES, FactsError, facts_text
from macros.facts.forms.values import ACCEPTED
from macros.pages.prices import changes as price_changes
from macros.pages.prices import log as change_log
from macros.pages.writer import MacroWriter
from macros.tokens import count_with_tiktoken
from tests.conftest import OWN_FILES, ROOT, build

MODEL = "openai/gpt-6.1-sol"
OURS = """\
checked: 2026-11-21
because: Our contract with the seller.
facts:
  prices:openai/gpt-6.1-sol#input: 1.60
  prices:openai/gpt-6.1-sol#output:
    - {from: 2026-11-10, value: 9}
    - {from: 2027-07-01, value: 8, reason: the second year}
  assumptions:repeated-requests: 0
defaults:
  prompting/cost:
    requests: 20k
    model: openai/gpt-6.1-sol
    caching: no
    turns: 1
    reasoning: 0
"""


WHOLE = Path(__file__).parent / "whole"
"""A few data of each kind, which are read in a tenth of the time that the project's own take."""


@pytest.fixture
def overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file, named in the environment."""
    path = tmp_path / "ours.yaml"
    path.write_text(OURS)
    monkeypatch.setenv(OVERRIDES, str(path))
    return path


def loaded() -> Any:
    """The calculators over the facts, with the figures of the file that the environment names."""
    named = os.environ[OVERRIDES]
    return loaded_with(None if named == "none" else Path(named).read_bytes())


@cache
def loaded_with(content: bytes | None) -> Any:
    """Reading and checking all facts takes half a second, and many tests have the same figures."""
    return load(facts_text() if content is None else facts_text(cache=None), count_with_tiktoken)


def test_what_a_company_knows_is_not_uncertain(overrides: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A published assumption brings the range that stands beside it; a company's figure brings none."""
    overrides.write_text("checked: 2026-11-21\nbecause: Ours.\nfacts: {assumptions:repeated-requests: 0.3}\n")
    ready = json.loads(loaded().answer(Question("prompting/cost", ask=Ranges())))["ready"]
    monkeypatch.setenv(OVERRIDES, "none")
    published = json.loads(loaded().answer(Question("prompting/cost", ask=Ranges())))["ready"]
    assert published.keys() - ready.keys() == {"repeated"}


def test_the_figures_take_the_place_of_the_published_ones(overrides: Path) -> None:
    facts = json.loads(loaded().facts.text)["collections"]["prices"][MODEL]["facts"]
    published = json.loads(facts_text(public=True))["collections"]["prices"][MODEL]["facts"]
    (since, _), *_ = published["input"]["values"]
    mark = {"source": "", "confidence": "own", "because": "Our contract with the seller.", "checked": "2026-11-21"}
    assert facts["input"] == published["input"] | mark | {"values": [[since, "1.6"]]}
    before = [dated for dated in published["output"]["values"] if dated[0] < "2026-11-10"]
    assert facts["output"]["values"] == [*before, ["2026-11-10", "9"], ["2027-07-01", "8"]]
    loaded_facts = loaded().facts
    was, since = (loaded_facts.fact(f"prices:{MODEL}#output", day) for day in ("2026-11-09", "2026-11-10"))
    assert (was.ours, was.source, was.checked) == ("", published["output"]["source"], published["output"]["checked"])
    assert (since.ours, since.source, since.because) == ("our price", "", "Our contract with the seller.")
    untouched = {key for key in facts if facts[key] == published[key]}
    assert untouched == set(facts) - {"input", "output"}


def test_the_terminal_computes_with_them_and_says_whose_they_are(
    overrides: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """20,000 requests of 1,700 tokens in and 300 out: 800 + 3 × 250 + 150 tokens at 1.60, and 300 at 9."""
    assert terminal.main(["prompting/cost"]) == 0
    text = capsys.readouterr().out
    assert "Cost a month" in text.splitlines()[2]
    assert text.splitlines()[2].endswith("$108.40")
    assert "Input price: $1.60 per million tokens (our price: Our contract with the seller.; " in text
    assert "Repeated or failed: 0% (our figure: Our contract" in text
    assert "Requests a month: 20,000 requests (default: our default)" in text
    assert "\n  our price: Our contract with the seller. (checked 2026-11-21)\n" in text
    assert terminal.main(["prompting/cost", "--help"]) == 0
    text = capsys.readouterr().out
    assert "default 20,000 requests: our default" in text
    assert "default openai/gpt-6.1-sol: our default" in text
    assert terminal.main(["prompting/cost", "requests=1", "model=openai/gpt-4.1-mini"]) == 0
    text = capsys.readouterr().out
    assert text.count("our price") == text.count("GPT-6.1 Sol (our price)") == 1, "only the table of all models has it"


def test_the_json_marks_them(overrides: Path) -> None:
    answer = json.loads(loaded().answer(Question("prompting/cost")))
    assert answer["outputs"]["per_month"]["value"] == "108.4"
    source = answer["inputs"]["model.input"]["source"]
    assert source["ours"] == "our price" and "url" not in source and "confidence" not in source
    assert "ours" not in answer["inputs"]["model.batch_input"]["source"]
    working = json.loads(loaded().answer(Question("prompting/cost", ask=Working(("per_month",)))))["working"][
        "per_month"
    ]
    assert {term["name"] for term in working[0]["terms"] if term.get("ours") == "our price"} == {
        "Input price",
        "Output price",
    }


def test_a_page_marks_them_in_sentence_table_form_working_and_sources(overrides: Path) -> None:
    writer = MacroWriter(loaded())
    assert writer.figure("prompting/cost", "per_month").count("$108.40") == 1
    fact = writer.fact(f"prices:{MODEL}#input")
    assert fact.count("(our price)") == 1 and "$1.60" in fact and "href" not in fact
    assert "(our price)" not in writer.fact(f"prices:{MODEL}#batch_input")
    table = writer.table("prices", "input", "output", group="OpenAI")
    assert table.count("(our price)") == 3
    (row,) = [line for line in table.split("<tr>") if "GPT-6.1 Sol" in line]
    assert row.count("(our price)") == 3 and ">our price</span>" in row
    assert "$8 from 2027-07-01" in re.sub("<[^>]+>", "", row)
    panel = writer.calculator("prompting/cost", "cost", "", "full", {}, {})
    form, result = panel.split('class="calc-answers"')
    mark = '<strong class="own-figure">our price</strong>'
    assert form.count(mark) == 2 and result.count(mark) >= 2
    working, used = result.split("Show working")[1].split("prices and assumptions used")
    assert mark in working and mark in used
    assert "Starts at 20,000 requests: our default." in form


def test_tables_histories_changes_and_comparisons_mark_them(overrides: Path) -> None:
    catalogue = loaded()
    for name in ("prompting/models", "prompting/cost"):
        for as_ in ("text", "html", "json"):
            shown = catalogue.answer(Question(name, {"model": "openai/gpt-4.1-mini"}, form=as_))
            assert shown.count("GPT-6.1 Sol (our price)") == shown.count("GPT-6.1 Sol") > 0, (name, as_)
            assert shown.count("(our price)") == shown.count("GPT-6.1 Sol (our price)")
    writer = MacroWriter(catalogue)
    table = writer.table("prices", "input", "output", group="OpenAI", history=True)
    history = "Input price: $1.60 (our price), unchanged since 2026-11-04. Output price: $10 since 2026-11-04, "
    assert f"{history}$9 (our price) since 2026-11-10, $8 (our price) from 2027-07-01." in table
    announced = price_changes.announced_price_changes(catalogue.facts)
    assert "Output price $9 → $8 (our price)</span>" in announced
    assert announced.count("(our price)") == announced.count("Our contract with the seller.") == 1
    feed = change_log.price_change_feed(catalogue.facts, "https://example.org/").decode()
    assert "$10 per million tokens → $9 per million tokens (our price). Our contract with the seller." in feed
    assert writer.given("prompting/cost", "model.input").count("(our price)") == 1
    assert "(our price)" not in writer.given("prompting/cost", "model.cached_read")
    assert "0% (our figure) { #repeated-requests }" in writer.assumptions()
    compared = catalogue.answer(Question("prompting/cost", ask=Compare({"model": "openai/gpt-4.1-mini"}), form="text"))
    assert re.search(r"Input price +\$1\.60 per million tokens \(our price\) +\$0\.40 per", compared)


@pytest.mark.parametrize("name", calculator_names())
@pytest.mark.parametrize("file", [None, *filter(Path.is_file, OWN_FILES)], ids=str)
def test_every_calculator_and_example_answers_with_our_figures(overrides: Path, file: Path | None, name: str) -> None:
    """With the figures of this test, and with this company's own file where it has one."""
    if file:
        overrides.write_bytes(file.read_bytes())
    catalogue = loaded()
    for example in [{}, *(example.given for example in find_calculator(name).examples)]:
        assert json.loads(catalogue.answer(Question(name, example)))["outputs"]


def test_without_the_file_nothing_is_ours() -> None:
    text = facts_text(public=True)
    assert '"own"' not in text and "defaults" not in json.loads(text)


def test_a_file_among_the_data_is_read_too_and_kept_apart_from_the_facts_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(OVERRIDES)
    project = Path(__file__).parent / "whole"
    folder = tmp_path / "data"
    subprocess.run(["cp", "-r", str(project), str(folder)], check=True)
    without = facts_text(folder, tmp_path / "cache")
    overrides = "checked: 2026-11-21\nbecause: Ours.\nfacts:\n  prices:openai/gpt-6.1-sol#long_input: 3\n"
    (folder / "overrides.yaml").write_text(overrides)
    assert facts_text(folder, tmp_path / "cache") != without
    assert facts_text(folder, None, public=True) == without
    (folder / "overrides.yaml").unlink()
    assert facts_text(folder, tmp_path / "cache") == without
    ignored = subprocess.run(["git", "check-ignore", "data/overrides.yaml"], cwd=ROOT, capture_output=True, text=True)
    assert ignored.stdout == "data/overrides.yaml\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("because: Our contract with the seller.\n", "", "1:1: 'because' is missing; add 'because: ' and the reason"),
        ("facts:", "fact:", "3:1: 'fact' is no key here; did you mean 'facts'?"),
        (
            "gpt-6.1-sol#input",
            "gpt-6.1-sole#input",
            "4:3: there is no fact 'prices:openai/gpt-6.1-sole#input'; did you mean 'openai/gpt-6.1-sol'?",
        ),
        ("#input", "#inptu", "4:3: there is no fact 'prices:openai/gpt-6.1-sol#inptu'; did you mean 'input'?"),
        ("prices:openai/gpt-6.1-sol#input", "price:x#y", "4:3: there is no fact 'price:x#y'; did you mean 'prices'?"),
        ("1.60", "$1.60", "4:36: '$1.60' is not a plain number; write 1.60, not $1.60"),
        ("1.60", "16000000000000", "4:36: 16000000000000 is not between 0 and 1000 USD/Mtok"),
        ("1.60", "{now: 1}", "4:36: write one value, or lines such as - {from: 2026-11-21, value: 2}"),
        ("2027-07-01", "2026-11-01", "7:14: 2026-11-01 is not after 2026-11-10; put the lines in the order of days"),
        ("value: 9}", "}", "6:7: 'value' is missing; add 'value: ' and its value"),
        ("prompting/cost", "prompting/cots", "10:3: there is no calculator 'prompting/cots'; did you mean"),
        ("requests: 20k", "request: 20k", "11:14: prompting/cost has no question 'request'; did you mean 'requests'?"),
        ("requests: 20k", "requests: many", "11:15: Requests a month must be a number"),
        ("model: openai/gpt-6.1-sol", "model: openai/gpt-7", "12:12: Model: there is no 'openai/gpt-7'"),
        ("caching: no", "as_of: 2026-12-01", "13:12: 'as_of' has no default; delete the line"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_its_remedy(overrides: Path, old: str, new: str, message: str) -> None:
    assert old in OURS
    overrides.write_text(OURS.replace(old, new, 1))
    with pytest.raises(FactsError) as caught:
        facts_text(WHOLE, None)
    (sentence,) = str(caught.value).splitlines()
    assert sentence.startswith(f"{overrides}:{message}")


def test_the_guide_shows_a_file_that_works(overrides: Path) -> None:
    guide = (ROOT / "docs" / "contribute" / "add-a-price.md").read_text("utf-8")
    (block,) = [code for code in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "defaults:" in code]
    overrides.write_text(block)
    assert json.loads(facts_text(cache=None))["collections"]["assumptions"]["labor-rate"]["facts"]["value"]["values"]
    assert set(re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE)) == {"change", *ACCEPTED}


def test_a_missing_file_stops_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDES, str(tmp_path / "none.yaml"))
    with pytest.raises(FactsError, match=r"none\.yaml: the file cannot be read .*; correct or unset WHICH_LEVER_OVER"):
        facts_text(DATA, None)


@pytest.mark.site
def test_a_built_site_and_its_terminal_use_the_file_among_the_data(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(OVERRIDES)
    (small_project / "data" / "overrides.yaml").write_text(OURS)
    process = build(small_project, small_project / "site")
    assert process.returncode == 0, process.stdout + process.stderr
    prices = (small_project / "site/reference/prices/index.html").read_text("utf-8")
    assert prices.count('class="own-figure">(our price)') == 3
    (facts,) = small_project.glob("docs/assets/runtime/*/facts.json")
    assert json.loads(facts.read_text("utf-8"))["defaults"]["prompting/cost"]["requests"] == "20k"
    environment = {**os.environ, "PYTHONPATH": str(small_project)}
    command = [sys.executable, "-m", "macros.command", "prompting/cost"]
    output = subprocess.run(
        command, cwd=small_project, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert "$108.40" in output
