"""Diagrams of pages: drawn ones tell in words what they show, and computed ones have the numbers of the prose."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from macros.pages.pictures.diagrams import FOLDER, PLANS, diagram

NARROWEST = 328
"""Pixels of a page's text on a phone of 360."""

LETTER = 6.6
"""Pixels of a letter of the usual size, 0.62 rem, as wide as a wide one in semibold."""


def drawn(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(path.read_text("utf-8"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.stem)
def test_a_drawn_diagram_says_in_words_what_it_shows(path: Path) -> None:
    tree = drawn(path)
    assert tree.attrib["role"] == "img" and tree[0].tag == "title" and tree[1].tag == "desc"
    assert len(tree[0].text or "") > 10 and len(tree[1].text or "") > 100


def test_the_words_of_each_path_of_a_request_fit_their_boxes_on_a_phone() -> None:
    tree = drawn(FOLDER / "request.svg")
    columns = {"15.5%": 31, "50%": 31, "84.5%": 31}
    for text in tree.iter("text"):
        words, width = text.text or "", columns.get(text.attrib["x"], 100)
        if "own" in text.attrib.get("class", "") or text.attrib.get("class") == "middle":
            assert len(words) * LETTER < NARROWEST * width / 100, words
    assert max(int(text.attrib["y"]) for text in tree.iter("text")) < int(tree.attrib["height"])


def test_the_combined_path_has_the_search_the_prompt_and_the_tuned_model() -> None:
    tree = drawn(FOLDER / "request.svg")
    top = next(int(text.attrib["y"]) for text in tree.iter("text") if (text.text or "").startswith("Combined"))
    words = [text.text for text in tree.iter("text") if int(text.attrib["y"]) > top]
    assert {"documents", "instructions", "passages found", "you trained", "One answer"} <= set(words)
    assert "Combined, one request takes a single path" in (tree[1].text or "")


@pytest.mark.parametrize("given", [{}, {"requests": "200k"}])
def test_cost_layers_are_those_of_the_calculator(catalogue: Catalogue, given: dict[str, str]) -> None:
    figure = diagram(catalogue, "cost-layers", "A caption.", given)
    rows = catalogue.compute(find_calculator(PLANS), given).values["split"].rows
    assert figure.startswith('<figure class="diagram diagram-cost-layers">') and "A caption." in figure
    totals = re.findall(r'class="bar-value">\$([\d,]+)<', figure)
    assert totals == [f"{round(row[1]):,}" for row in rows]
    people = [words.partition("People $")[2] for words in re.findall(r'class="tick">([^<]+)<', figure)]
    assert people == [f"{round(row[4]):,}" for row in rows]


def test_an_unknown_diagram_is_refused_with_the_nearest_name(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="did you mean 'cost-layers'"):
        diagram(catalogue, "cost-layer", "", {})
