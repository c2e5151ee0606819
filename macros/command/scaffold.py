"""Begins a calculator, for `calculators new rag/latency`: its file, its page, its line of navigation and its test."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from string import Template

from calculators.discovery import is_topic
from calculators.engine.inputs.suggestions import quoted
from macros.project import ROOT

SECTIONS = ("cost", "do")
"""The folders of pages that are about a calculator; other pages only show one."""

_NAME = re.compile(r"(?P<topic>[a-z][a-z0-9_]*)/(?P<name>[a-z][a-z0-9_]*)")
_LINE = re.compile(rf"^ +- (?P<page>(?P<section>{'|'.join(SECTIONS)})/[^/\s]+\.md)\n", re.MULTILINE)

CALCULATOR = Template('''\
"""$title."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import amount, calculator, example, number
from calculators.engine.numbers.units import USD, counted_unit

THINGS = counted_unit("thing")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What the reader is asked."""

    things: Decimal = number("Things", THINGS, low=0, high=10**6, default=100, whole=True, because="a round number")
    each: Decimal = number("Cost of each", USD / THINGS, low=0, high=10**6, default=2, because="a round number")


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What the reader is told."""

    total: Decimal = amount("Cost of all", USD, headline=True)


EXAMPLES = [example("A thousand things", things="1k")]
NOT_COUNTED = ("What happens to the things afterwards.",)


@calculator()
def $name(i: Inputs) -> Outputs:
    """Each thing at its cost.

    >>> $name(Inputs(things=Decimal(3), each=Decimal(2))).total
    Decimal('6')
    """
    return Outputs(total=i.things * i.each)
''')

PAGE = Template("""\
---
title: $title
description: $title, and a calculator for your own numbers.
---
# $title

A thousand things cost {{ figure("$topic/$name", "total", example="A thousand things") }}.

{{ calculator("$topic/$name") }}
""")

TEST = Template('''\
"""$title: answers that were worked out by hand."""

from __future__ import annotations

from calculators.catalogue import Catalogue
from tests.calculators.answers import answer_json


def test_three_things_at_two_and_a_half_dollars(catalogue: Catalogue) -> None:
    answer = answer_json(catalogue, "$topic/$name", {"things": "3", "each": "2.50"})
    assert answer["outputs"]["total"]["value"] == "7.5"
''')

TOPIC = Template('"""Calculators about $subject."""\n')


class Refused(Exception):
    """The calculator cannot be begun; the message says why and what to do."""


def scaffold_calculator(path: str, root: Path = ROOT) -> str:
    """Writes the files of a new calculator and says which; Refused, and nothing written, where one is there already."""
    topic, name = _scaffold_understood(path)
    if not (root / "mkdocs.yml").is_file():
        raise Refused(f"there is no mkdocs.yml in {root}: run this where the project was checked out")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    after = _scaffold_neighbor(root, settings, topic)
    page = f"{after['section']}/{name.replace('_', '-')}.md"
    words = {
        "topic": topic,
        "name": name,
        "title": _scaffold_words(name).capitalize(),
        "subject": _scaffold_words(topic),
    }
    files = {
        f"calculators/{topic}/{name}.py": CALCULATOR,
        f"docs/{page}": PAGE,
        f"tests/calculators/{topic}/test_{name}.py": TEST,
    }
    if not (root / "calculators" / topic / "__init__.py").is_file():
        files[f"calculators/{topic}/__init__.py"] = TOPIC
    package = f"calculators/{topic}/{name}"
    existing = [file for file in (package, *files) if (root / file).exists()]
    if existing:
        raise Refused(f"{existing[0]} is there already: choose another name, or remove it first")
    for file, template in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(template.substitute(words), "utf-8")
    line = after[0].replace(after["page"], page)
    (root / "mkdocs.yml").write_text(settings.replace(after[0], after[0] + line, 1), "utf-8")
    return "".join(
        f"{message}\n" for message in (*files, f"mkdocs.yml: {line.strip()}", "", f"Look at it: make serve; {page}")
    )


def _scaffold_understood(path: str) -> tuple[str, str]:
    match = _NAME.fullmatch(path)
    if not match:
        raise Refused(f"{quoted(path)} is no name for a calculator: write topic/name in lower case, like rag/latency")
    topic, name = match["topic"], match["name"]
    is_module = (ROOT / "calculators" / f"{topic}.py").is_file()
    if is_module or not is_topic(topic) or keyword.iskeyword(topic) or keyword.iskeyword(name):
        raise Refused(f"{quoted(path)} has a word that means something else here: choose another")
    return topic, name


def _scaffold_neighbor(root: Path, settings: str, topic: str) -> re.Match[str]:
    """The line of navigation to stand below: the first page about a calculator of the topic, else the last of any."""
    lines = list(_LINE.finditer(settings))
    if not lines:
        raise Refused(f"mkdocs.yml lists no page of {' or '.join(SECTIONS)} under nav: add one first")
    call = re.compile(rf"""\{{\{{\s*calculator\(\s*["']{topic}/""")
    return next((line for line in lines if call.search((root / "docs" / line["page"]).read_text("utf-8"))), lines[-1])


def _scaffold_words(name: str) -> str:
    return name.replace("_", " ")
