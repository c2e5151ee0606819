"""The glossary: each term on its page, and a tooltip at the first use of a term and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Markdown

from macros.facts.problems import FactsError
from macros.pages.markdown import glossary

TOOLTIP = re.compile(r'<abbr class="term" tabindex="0" title="[^"]+">([^<]+)</abbr>')


def rendered(text: str) -> str:
    return str(Markdown(extensions=["attr_list", "tables", "macros.pages.markdown.glossary"]).convert(text))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("LoRA, then LoRA again.\n\nAnd LoRA.", ["LoRA"]),
        ("An Epoch, and two epochs.", ["Epoch"]),
        ("- one epoch\n- QLoRA *and* LoRA", ["epoch", "QLoRA", "LoRA"]),
        ("**All of this bold text is about LoRA.**", ["LoRA"]),
        ("**LoRA** is explained here: LoRA is small.", []),
        ("# LoRA\n\nLoRA is small.", []),
        ("## About LoRA\n\nText about [LoRA](x.md) and `LoRA`.", []),
        ("| LoRA |\n| --- |\n| an epoch |", ["epoch"]),
        ("By <cite><a href='x'>Hu, LoRA</a>, read one epoch ago</cite>, *not* small", []),
        ("It takes <span class='figure-value'>10 epochs</span><br> or one epoch.", ["epoch"]),
        ("Re-embedding and tokenless are other words; so is LoRAs.", []),
        ("Set JSON Lines beside vector stores.", ["JSON Lines", "vector stores"]),
    ],
)
def test_the_first_use_of_a_term_has_a_tooltip(text: str, marked: list[str]) -> None:
    assert TOOLTIP.findall(rendered(text)) == marked


def test_a_tooltip_leaves_the_text_as_it_was() -> None:
    text = "Before LoRA, *between* tokens and an <b>epoch</b>, and an epoch after."
    assert re.sub(r"</?abbr[^>]*>", "", rendered(text)) == str(Markdown().convert(text))


def test_every_page_begins_with_no_term_met() -> None:
    page = Markdown(extensions=["macros.pages.markdown.glossary"])
    assert page.convert("LoRA") == page.convert("LoRA")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("terms:\n  b:\n    mean: x\n", "data/glossary.yaml:3:5: 'mean' is no key here; did you mean 'means'?"),
        ("terms:\n  b:\n    page: x.md\n", "data/glossary.yaml:2:3: 'means' is missing"),
        ("terms:\n  b: {means: x}\n  a: {means: y}\n", "'a' belongs before 'b'"),
        ("terms: [\n", "this is not YAML"),
    ],
)
def test_a_mistake_in_the_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_text(text, "utf-8")
    monkeypatch.setattr(glossary, "FILE", file)
    with pytest.raises(FactsError) as caught:
        glossary.glossary_terms()
    assert message in str(caught.value)


def test_tooltips_are_one_short_sentence() -> None:
    for name, term in glossary.glossary_terms().items():
        assert len(term.means) <= 150 and re.fullmatch(r"[^a-z].*[^.]\.( [A-Z].*\.)?", term.means), name


@pytest.mark.site
def test_every_term_stands_on_the_page_with_its_meaning(site: Path) -> None:
    page = (site / "reference/glossary/index.html").read_text("utf-8")
    for name, term in glossary.glossary_terms().items():
        entry = page.split(f'<dt id="{glossary.glossary_anchor(name)}">')[1].split("</dd>")[0]
        words = re.sub(r"<[^>]+>", "", entry)
        assert words.startswith(name) and term.means in words.replace("&amp;", "&"), name


@pytest.mark.site
def test_terms_are_marked_in_the_pages(site: Path) -> None:
    page = (site / "cost/hardware/index.html").read_text("utf-8")
    assert {"LoRA", "QLoRA", "quantized"} <= set(TOOLTIP.findall(page))
    assert len(TOOLTIP.findall(page)) == len(set(TOOLTIP.findall(page)))
