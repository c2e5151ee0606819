"""Writes all that one checkout says into a folder: its articles, and each calculator's answers in each form.

Runs as a program inside the checkout, older ones included, so it imports nothing of this package.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

ARTICLE = re.compile(r'<article class="md-content__inner[^>]*>(.*?)</article>', re.DOTALL)
BUILD = re.compile(r"\b(?:library-)?[0-9a-f]{12}\b")
"""The digest that names a build; it changes with each edit."""

FORMS = (
    ("--json",),
    (),
    ("--working",),
    ("--working", "--json"),
    ("--ranges",),
    ("--ranges", "--json"),
    ("--sensitivity",),
    ("--sensitivity", "--json"),
    ("--as", "markdown"),
    ("--as", "csv"),
    ("--as", "python"),
    ("--as", "command"),
    ("--as", "scenario"),
)
"""What the command is asked for each example."""

Main = Callable[[list[str]], int]


def command_of(project: Path) -> Main:
    """The function behind the command `calculators` of a checkout."""
    entry = tomllib.loads((project / "pyproject.toml").read_text())["project"]["scripts"]["calculators"]
    module, _, function = entry.partition(":")
    main: Main = getattr(importlib.import_module(module), function)
    return main


def printed(main: Main, arguments: list[str]) -> str:
    """All that the command prints, with its exit status."""
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        status = main(arguments)
    return f"{out.getvalue()}{error.getvalue()}exit status {status}\n"


def answers(main: Main, names: list[str], examples: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Each form of each calculator's defaults and examples, by a file name."""
    yield "list.txt", printed(main, ["--list"])
    for name in names:
        topic = name.replace("/", "-")
        yield f"{topic}/help.txt", printed(main, [name, "--help"])
        for number, example in enumerate(["", *examples[name]]):
            given = ["--example", example] if example else []
            for form in FORMS:
                words = "-".join(word.strip("-") for word in form) or "text"
                yield f"{topic}/{number}-{words}.txt", printed(main, [name, *given, *form])
            for instrument, options in instruments(main, name, given).items():
                for form in ((), ("--json",)):
                    text = printed(main, [name, *given, *options, *form])
                    yield f"{topic}/{number}-{instrument}{'-json' if form else ''}.txt", text


def instruments(main: Main, name: str, given: list[str]) -> dict[str, list[str]]:
    """A solve, a sweep and a comparison with the defaults, over the input that matters most; none without a number."""
    sensitivity = printed(main, [name, *given, "--sensitivity", "--json"]).partition("exit status")[0]
    answer = json.loads(sensitivity) if sensitivity.startswith("{") else {"inputs": []}
    if not answer["inputs"]:
        return {}
    first, output = answer["inputs"][0], answer["output"]
    scenario = Path(tempfile.mkdtemp(), "defaults.json")
    printed(main, [name, "--save", str(scenario)])
    return {
        "solve": ["--solve", f"{output}={first['low']}", f"by={first['input']}"],
        "sweep": ["--sweep", f"{first['input']}={first['from']}..{first['to']}", output],
        "compare": ["--compare", str(scenario)],
    }


def finder() -> Callable[[str], Any]:  # a calculator's class has moved as well
    """What finds a calculator of the checkout, under the name and in the module of its time."""
    try:
        discovery = importlib.import_module("calculators.discovery")
    except ModuleNotFoundError:
        discovery = importlib.import_module("calculators.find")
    function: Callable[[str], Any] = getattr(discovery, "find_calculator", None) or discovery.find
    return function


def panels(names: list[str]) -> Iterator[tuple[str, str]]:
    """What the page of each calculator gets for its defaults and examples: the panel, and the answer to an edit."""
    try:
        project = importlib.import_module("macros.project")
        catalogue = (project.project_catalogue if hasattr(project, "project_catalogue") else project.catalogue)()
        question = importlib.import_module("calculators.catalogue").Question
    except ModuleNotFoundError:  # a checkout from before questions were objects
        catalogue = importlib.import_module("macros.catalogue").catalogue()
        question = None
    find = finder()
    for name in names:
        topic = name.replace("/", "-")
        for number, given in enumerate([{}, *(dict(example.given) for example in find(name).examples)]):
            for show in ("full", "headline"):
                yield f"{topic}/{number}-panel-{show}.html", catalogue.panel(name, given, "some-id", show)
            for form in ("page", "html"):
                old = question is None
                answer = catalogue.answer(
                    *((name, json.dumps(given), form) if old else (question(name, given, form=form),))
                )
                yield f"{topic}/{number}-{form}.txt", answer if form == "html" else without_result(answer)


def without_result(page: str) -> str:
    """The answer to an edit without its result: since folds are filled when they are opened, it is no longer whole.

    The form `html` has the whole result, and a test holds the answer to an edit and its folds to that.
    """
    fields = json.loads(page)
    del fields["result"]
    return json.dumps(fields, ensure_ascii=False)


def articles(project: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """The article of each page of a strict build, and what the search and the feed hold."""
    site = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=project, check=True)
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        article = ARTICLE.search(path.read_text("utf-8"))
        yield f"articles/{name}", article[1] if article else "no article"
    search = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    lines = [
        json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in search["docs"] if about_the_subject(entry)
    ]
    yield "search.jsonl", "\n".join(sorted(lines))
    for path in site.rglob("*.xml"):
        if path.name != "sitemap.xml":
            yield path.name, path.read_text("utf-8")


def about_the_subject(entry: dict[str, str]) -> bool:
    """Whether an entry of the search is no page about the code itself."""
    return not entry["location"].startswith(("decisions/", "contribute/"))


def write(project: Path, folder: Path) -> None:
    """Write all of it, each digest of a build blanked."""
    main = command_of(project)
    listed = printed(main, ["--list"]).splitlines()[:-1]
    names = [line.split()[0] for line in listed]
    find = finder()
    examples = {name: [example.name for example in find(name).examples] for name in names}
    parts = (answers(main, names, examples), panels(names), articles(project, folder))
    for name, text in (entry for part in parts for entry in part):
        path = folder / "said" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BUILD.sub("<build>", text), "utf-8")


if __name__ == "__main__":
    os.environ |= {"WHICH_LEVER_OVERRIDES": "none", "NO_MKDOCS_2_WARNING": "1", "EDIT_URL": ""}
    os.environ.pop("WHICH_LEVER_TODAY", None)
    sys.path.insert(0, str(Path.cwd()))
    write(Path.cwd(), Path(sys.argv[1]))
