"""No figure that the code could compute, and no amount of money, is typed by hand in the prose of a page.

Allowed are quotations that carry a citation: a block quote with a `cite`, or words in quotation marks in a paragraph
with one. Code, macros and addresses are not prose. The decision records are left out: what they measured is history.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [path for path in sorted(DOCS.rglob("*.md")) if path.parent.name != "decisions"]

NUMBER = r"\d[\d,]*(?:\.\d+)?"
WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
TYPED = re.compile(
    rf"{NUMBER}\s*%"
    rf"|\b(?:{NUMBER}|{WORDS})[\s-]+(?:per\s?cents?|percentage\s+points?)\b"
    rf"|[$€£]\s*{NUMBER}"
    rf"|\bUSD\s*{NUMBER}|{NUMBER}\s*USD\b"
    rf"|\b(?:{NUMBER}|{WORDS})(?:\s+(?:thousand|million|billion))?\s+(?:dollars?|cents?|euros?|pounds?)\b"
    rf"|\b{NUMBER}\s*[x×](?![\w×])"
    rf"|\b{NUMBER}[\s-]+(?:times|fold)\s+(?:as|more|less|the|cheaper|dearer|faster|slower|higher|lower)\b",
    re.IGNORECASE,
)
LEFT_OUT = [
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),
    re.compile(r"\{%\s*raw\s*%\}.*?\{%\s*endraw\s*%\}", re.DOTALL),
    re.compile(r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1[ \t]*$", re.DOTALL | re.MULTILINE),
    re.compile(r"`[^`\n]+`"),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\]\([^)\s]*\)"),
]
MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
CITED = re.compile(r"\{\{\s*cite\(")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def blank(match: re.Match[str]) -> str:
    """As many lines, and nothing in them, so that line numbers stay true."""
    return "\n" * match[0].count("\n")


def typed(text: str) -> list[str]:
    """What is typed by hand in a page, each with its line."""
    for pattern in LEFT_OUT:
        text = pattern.sub(blank, text)
    listed = []
    for paragraph in re.finditer(r"(?:^(?!\s*$).*\n?)+", text, re.MULTILINE):
        prose = paragraph[0]
        if CITED.search(prose):
            if all(line.lstrip().startswith(">") for line in prose.splitlines()):
                continue
            prose = QUOTED.sub(blank, MACRO.sub(blank, prose))
        prose = MACRO.sub(blank, prose)
        for figure in TYPED.finditer(prose):
            line = text.count("\n", 0, paragraph.start()) + prose.count("\n", 0, figure.start()) + 1
            listed.append(f"{line}: {figure[0]!r}")
    return listed


CITE = '{{ cite("complete-ai-2026") }}'


@pytest.mark.parametrize(
    "planted",
    [
        "It saves 12 % of it.",
        "It saves 12% of it.",
        "It saves 12.5%.",
        "It costs $3 a month.",
        "It costs $ 1,200.",
        "It costs 3 dollars.",
        "It costs three dollars, or 10 cents.",
        "It costs 3 USD, or USD 3.",
        "It takes 2.5x as long.",
        "It takes 2× as long.",
        "It is 10 times cheaper.",
        "It saves 12 percent.",
        "It is ten percentage points better.",
        "| A | 12% |\n| --- | --- |",
        "> It costs $3, says nobody.",
        f"Somebody says so ({CITE}), and it costs $3.",
        f'The paragraph before has the citation ({CITE}).\n\n"It costs $3."',
        '{{ fact("a") }} and 12%',
        "* 12%\n* 13%",
        "## What 12% means",
        "!!! note\n    It costs $3.",
    ],
)
def test_a_planted_figure_is_found(planted: str) -> None:
    assert typed(planted)


@pytest.mark.parametrize(
    "fine",
    [
        f"> It costs $3 and saves 12%. Source: {CITE}",
        f"> It costs $3\n> and saves 12%. Source:\n> {CITE}",
        f"One article says that it reaches “80–90%” of the need ({CITE}).",
        f'It says "costs $3" and\nthat is\nwrong ({CITE}).',
        '{{ figure("prompting/cost", "per_month", repeated="8%") }} a month',
        "```sh\ncalculators x answer=30%\n```",
        "    ```text\n    It costs $3.\n    ```",
        "Type `30%` or `$3`.",
        "---\ntitle: 12% more\n---\nWords.",
        "{% raw %}\n12%\n{% endraw %}",
        "[A link](https://example.org/a%20b?x=12%25)",
        "A 4x100 relay, 8B weights, 16 bits, 2026-11-21, 10,000 requests, three times a day.",
    ],
)
def test_what_may_be_typed_is_left_alone(fine: str) -> None:
    assert typed(fine) == []


def test_the_line_is_told() -> None:
    text = f"---\ntitle: A page\n---\n# A page\n\n```text\n12%\n```\n\n{CITE} and\nsaves\n12% of it.\n"
    assert typed(text) == ["12: '12%'"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_no_page_types_a_figure_by_hand(path: Path) -> None:
    assert typed(path.read_text("utf-8")) == []
