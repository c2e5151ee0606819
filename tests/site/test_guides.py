"""The guides for pages, prices and sources, followed to the letter in a copy of the project."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.facts import DATA, FactsError, facts_text
from tests.conftest import ROOT, build

CONTRIBUTE = ROOT / "docs" / "contribute"
BLOCK = re.compile(r'^```(?P<language>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)


def block(guide: str, words: str) -> str:
    """The one code block of a guide that has these words."""
    text = (CONTRIBUTE / guide).read_text("utf-8")
    (found,) = (it["text"] for it in BLOCK.finditer(text) if words in it["text"])
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")


def facts(data: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(facts_text(data, None))
    return loaded


@pytest.mark.site
def test_following_the_guide_adds_a_page(project: Path) -> None:
    text = (CONTRIBUTE / "add-a-page.md").read_text("utf-8")
    files = {it["file"]: it["text"] for it in BLOCK.finditer(text) if it["file"]}
    (page,) = (file for file in files if file.endswith(".md"))
    (project / page).write_text(files[page], "utf-8")
    line = files["mkdocs.yml"].strip()
    replace(project / "mkdocs.yml", "      - cost/prompting.md\n", f"      - cost/prompting.md\n      {line}\n")
    done = build(project, project / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    written = (project / "site" / page.removeprefix("docs/").removesuffix(".md") / "index.html").read_text("utf-8")
    assert written.count('class="figure-value"') == 3 and 'data-calculator="prompting/cost"' in written
    assert re.search(r"Checked 20\d\d-\d\d-\d\d", written)


def test_the_example_of_a_term_is_one_of_the_glossary() -> None:
    shown = yaml.safe_load(block("add-a-page.md", "means:"))
    terms = yaml.safe_load((DATA / "glossary.yaml").read_text("utf-8"))["terms"]
    assert shown == {"epoch": terms["epoch"]}


def test_following_the_guide_adds_a_price_a_model_and_an_assumption(data: Path) -> None:
    words = ("{from: 2027-02-01, value: 1.5}", "GPT-6 Luna", "because: A report")
    price, model, assumption = (block("add-a-price.md", each) for each in words)
    openai = data / "prices" / "openai.yaml"
    head, rest = openai.read_text("utf-8").split("  gpt-6.1-sol:\n")
    lines = price.replace("value: 2}", "value: 2, long: 4}").replace("value: 1.5}", "value: 1.5, long: 3}")
    before = re.search(r"      input:\n(?:        - .*\n)+", rest)
    assert before
    openai.write_text(f"{head}  gpt-6.1-sol:\n{rest.replace(before[0], lines, 1)}", "utf-8")
    openai.write_text(openai.read_text("utf-8") + model.replace("gpt-6-luna", "gpt-7-luna"), "utf-8")
    file = data / "assumptions.yaml"
    file.write_text(file.read_text("utf-8") + assumption, "utf-8")

    found = facts(data)["collections"]
    values = found["prices"]["openai/gpt-6.1-sol"]["facts"]["input"]["values"]
    assert values == [["2026-11-04", "2"], ["2027-02-01", "1.5"]]
    assert found["prices"]["openai/gpt-7-luna"]["name"] == "GPT-6 Luna"
    assert found["assumptions"]["chunks-in-a-document"]["facts"]["value"]["values"] == [["2026-11-21", "8"]]


def test_the_rule_of_the_guide_is_one_of_the_ladder() -> None:
    shown = yaml.load(block("add-a-price.md", "favors:"), yaml.BaseLoader)
    rules = yaml.load((DATA / "decisions" / "approach.yaml").read_text("utf-8"), yaml.BaseLoader)["rules"]
    ((name, rule),) = shown.items()
    assert rules[name] == rule


def test_the_message_of_the_guide_is_the_one_that_comes(data: Path) -> None:
    shown = block("add-a-price.md", "is not a plain number")
    place = re.match(r"data/prices/openai\.yaml:(\d+):(\d+): ", shown)
    assert place
    file = data / "prices" / "openai.yaml"
    lines = file.read_text("utf-8").splitlines()
    at = int(place[1]) - 1
    lines[at] = re.sub(r"value: [\d.]+", "value: $1.50", lines[at])
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(FactsError) as caught:
        facts_text(data, None)
    assert shown.strip() == str(caught.value)


def test_the_source_of_the_guide_is_one_of_ours() -> None:
    shown = yaml.load(block("add-a-source.md", "accessed:"), yaml.BaseLoader)
    sources = yaml.load((DATA / "sources.yaml").read_text("utf-8"), yaml.BaseLoader)["sources"]
    ((name, source),) = shown.items()
    assert sources[name] == source
