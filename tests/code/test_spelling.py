"""Spelling and wording of what people read: no common misspelling, American forms, no words as if translated.

The word lists of spelling come with codespell.

The tests are left out: they misspell on purpose. Words that are right although the lists refuse them stand in
pyproject.toml.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import codespell_lib
import pytest
import yaml

import make
from calculators.discovery import calculator_names, find_calculator

ROOT = make.ROOT
READ = [
    *(ROOT / folder for folder in ("calculators", "data", "macros")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "docs" / "assets" / "diagrams").glob("*.svg")),
    *sorted(ROOT.glob("*.md")),
    *(ROOT / file for file in ("make.py", "mkdocs.yml", "pyproject.toml", "requirements.in")),
]


def misspelled(*paths: Path) -> list[str]:
    """What codespell finds in files and folders, as the settings of the project have it."""
    command = [sys.executable, "-m", codespell_lib.__name__, "--skip", "__pycache__", *map(str, paths)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert process.returncode in (0, 65) and not process.stderr, process.stderr
    return process.stdout.splitlines()


def test_what_people_read_is_spelled_right() -> None:
    assert misspelled(*READ) == []


@pytest.mark.parametrize("word", ["recieve", "seperate", "colour", "behaviour", "summarise", "labelled"])
def test_a_planted_misspelling_is_found(tmp_path: Path, word: str) -> None:
    (tmp_path / "page.md").write_text(f"# A page\n\nIt has the word {word}.\n", "utf-8")
    (line,) = misspelled(tmp_path)
    assert f"page.md:3: {word} ==> " in line


# Words that read as if they were translated.

STILTED = {
    r"\b(?:stands?|stood)\b(?! (?:for|still|out|idle|ready|up|by))(?<!as it stands)(?<!as they stand)": "is, are",
    r"\bmend(?:s|ed|ing)?\b(?!=)": "fix, correct",
    r"\bheaps?\b": "groups",
    r"\bthe manner\b": "how it behaves, the behavior",
    r"\b(?:a|another|each|every|the next) training(?! (?:run|set|file|job|step|example|day|data|loop))|\btrainings\b": (
        "training, a training run"
    ),
    r"\b(?:dearer|dear)\b": "more expensive",
    r"\b(?:whilst|amongst|thereof|whereby|therein|herewith)\b": "while, among, of it, by which",
    r"\bmachines that never sleep\b|\beven eye\b": "say who does what",
    r"\b(?:tell|tells|told) of\b": "shows, is a sign of",
    r"\bworth mentioning\b": "next to nothing",
    r"\bshall\b": "should, will",
    r"\bstray(?:s|ed)?\b": "vary, differ",
    r"\bspoke for\b": "favored",
    r"\bso many times as\b": "how many times as",
}
"""Patterns of words that people do not read here, each with what to write in their place."""
SAYS_WHAT_NOT_TO_WRITE = {"contribute/style-guide.md"}
MUCH_CODE = re.compile(r"`[^`\n]+`|^```.*?^```$|\{\{.*?\}\}|\]\([^)]*\)", re.DOTALL | re.MULTILINE)


def stilted(text: str) -> list[str]:
    """The stilted words of a page with their lines; code, macros and addresses are not read."""
    prose = MUCH_CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    return [
        f"{prose.count(chr(10), 0, found.start()) + 1}: {found[0]!r}; write {better}"
        for pattern, better in STILTED.items()
        for found in re.finditer(pattern, prose, re.IGNORECASE)
    ]


PROSE = [path for path in sorted((ROOT / "docs").rglob("*.md")) if path.parent.name != "decisions"]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.relative_to(ROOT / "docs").as_posix())
def test_a_page_is_written_as_people_speak(path: Path) -> None:
    if path.relative_to(ROOT / "docs").as_posix() not in SAYS_WHAT_NOT_TO_WRITE:
        assert stilted(path.read_text("utf-8")) == []


NO_PROSE = re.compile(
    r"""
      \A---\n.*?\n---\n                                          # the head of a page
    | ^[ \t]*(?P<fence>```+|~~~+).*?^[ \t]*(?P=fence)[ \t]*$     # code
    | (?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`)
    | \{%-?\s*raw.*?endraw\s*-?%\} | \{\{.*?\}\} | \{%.*?%\}   # macros, and the page engine's own words
    | <!--.*?--> | </?[a-zA-Z][^>]*> | \{:?[ .\#][^}\n]*\}      # HTML and its attributes
    | \]\([^)\n]*\) | ^\[[^\]\n]+\]:.*$                        # addresses
    | ^[ \t]*(?:!!!|\?\?\?\+?).*$ | ^.*--8<--.*$                # titles of notes, and files that are put in
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
"""What a page holds beside its prose."""
OTHER_MARKS = '["\u201e\u201f\u2018\u2019\u2033]'
"""Straight and low marks, and single curly ones."""
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *(path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md")]


def other_quotes(text: str) -> list[str]:
    """The quotation marks of a page's prose that are none of “ and ”, and its apostrophes other than ', with lines."""
    prose = NO_PROSE.sub(lambda code: "\n" * code[0].count("\n"), text)
    return [f"{prose.count(chr(10), 0, found.start()) + 1}: {found[0]}" for found in re.finditer(OTHER_MARKS, prose)]


def unbalanced_quotes(text: str) -> list[str]:
    """The paragraphs of a page in which marks do not open and close by turns."""
    prose = NO_PROSE.sub("", text)
    marks = ((part, re.findall("[“”]", part)) for part in re.split(r"\n\s*\n", prose))
    return [part[:60] for part, found in marks if "".join(found) != "“”" * (len(found) // 2)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_prose_has_one_kind_of_quotation_marks(path: Path) -> None:
    text = path.read_text("utf-8")
    assert (other_quotes(text), unbalanced_quotes(text)) == ([], [])


def test_a_planted_straight_mark_is_found_with_its_line() -> None:
    code = '---\ntitle: "A"\n---\n`"a"` {{ yours("b") }} <i title="c">\n\n```json\n{"d": 1}\n```\n\n'
    assert other_quotes(f'{code}They say “yes”, it\'s "no".\n') == ['10: "', '10: "']
    assert other_quotes("It\u2019s right.") == ["1: \u2019"]
    assert unbalanced_quotes("One “mark.\n\nTwo ”marks“.") == ["One “mark.", "Two ”marks“."]


def shown_in_python(code: str) -> Iterator[tuple[int, str]]:
    """The texts of a module with their lines: labels, help, notes and messages, but no comments and no docstrings.

    What is computed into a text is left out of it; a text without a blank is no sentence.
    """
    tree = ast.parse(code)
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            apart |= {id(part) for part in node.values}
            parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.lineno, node.value


# Any: what a file of data holds.
def shown_in_data(content: Any) -> Iterator[str]:
    """The texts of a file of data."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from shown_in_data(part)


QUOTED = re.compile(r"""(?<![\w/])(?:"([^"\n]*)"|`([^`]*)`)""")


def shown_in_script(code: str) -> Iterator[tuple[int, str]]:
    """The texts of a script with their lines; lines of comments are not read."""
    program = re.sub(r"^\s*(?://|/?\*).*$", "", code, flags=re.MULTILINE)
    for match in QUOTED.finditer(program):
        yield program.count("\n", 0, match.start()) + 1, match[1] or match[2] or ""


def shown_texts(path: Path) -> Iterator[tuple[int, str]]:
    """What people may read of a file, with lines where they are known."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        yield from shown_in_python(text)
    elif path.suffix == ".yaml":
        yield from ((0, shown) for shown in shown_in_data(yaml.load(text, yaml.CSafeLoader)))
    elif path.suffix == ".js":
        yield from shown_in_script(text)
    else:
        yield 1, text


SHOWN = [
    path
    for folder, pattern in (
        *(("calculators", "*.py"), ("macros", "*.py"), ("macros", "*.html"), ("data", "*.yaml")),
        *(("docs/assets/javascripts", "*.js"), ("docs/assets/diagrams", "*.svg")),
    )
    for path in sorted((ROOT / folder).rglob(pattern))
]
LEGAL = {"macros/pages/lists/notices.py"}
"""Files with texts of others that must stay as they are."""


@pytest.mark.parametrize("folder", sorted({path.relative_to(ROOT).parts[0] for path in SHOWN}))
def test_what_the_site_says_is_written_as_people_speak(folder: str) -> None:
    paths = [path for path in SHOWN if path.relative_to(ROOT).parts[0] == folder]
    complaints = [
        f"{path.relative_to(ROOT)}:{line}: {words}, in {text[:60]!r}"
        for path in paths
        if path.relative_to(ROOT).as_posix() not in LEGAL
        for line, text in shown_texts(path)
        if " " in text
        for words in stilted(text)
    ]
    assert complaints == []


CODE = re.compile(r"[{}\\]|\w=|^\W*\w*\W*$|\b(?:answer|needs) ?[\[\"]|Question\(")
"""What marks a text that a calculator shows as code, a pattern or JSON."""


def test_what_calculators_say_has_one_kind_of_quotation_marks() -> None:
    complaints = [
        f"{path.relative_to(ROOT)}:{line}: {mark[0]} in {text[:60]}"
        for path in SHOWN
        if path.suffix in (".py", ".js", ".svg") and path.is_relative_to(ROOT / "calculators")
        for line, text in shown_texts(path)
        if " " in text
        for mark in re.finditer(OTHER_MARKS, text)
        if mark[0] != '"' or not CODE.search(text)
    ]
    assert complaints == []


def test_titles_of_calculators_are_written_as_people_speak() -> None:
    assert [(name, words) for name in calculator_names() for words in stilted(find_calculator(name).title)] == []


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("notes.py", '"""It stands."""\n\n# It stands.\nNOTE = note(\n    "It is "\n    "dearer.",\n)\n', 5),
        ("notes.py", 'NOTE = f"It {count} stands here"\n', 1),
        ("rules.yaml", "rules:\n  - because: It stands in the way.\n", 0),
        ("page.js", '// It stands.\nconst key = `mend`;\nsay("Four heaps came out.");\n', 3),
        ("picture.svg", "<svg><text>until the next training</text></svg>", 1),
    ],
)
def test_a_planted_stilted_text_is_found(tmp_path: Path, name: str, text: str, line: int) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [number for number, words in shown_texts(path) if " " in words and stilted(words)] == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        "The answer stands in a text.",
        "It mends the rest.",
        "Four heaps came out.",
        "It needs a training.",
        "It is dearer.",
        "The model shall speak first.",
        "Scores stray.",
        "All spoke for one version.",
        "So many times as many it takes.",
    ],
)
def test_a_planted_stilted_word_is_found_with_its_line(sentence: str) -> None:
    (found,) = stilted(f"# A page\n\n```text\nheaps\n```\n\n`mend`\n\n{sentence}\n")
    assert found.startswith("9: ")


def test_ordinary_uses_are_left_alone() -> None:
    assert stilted("It works as it stands, stands for a model, and is a training run with a corrected copy.") == []
