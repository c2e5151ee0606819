"""Each program of the pages can be had as a notebook, whose cells are the program and run one after another."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.pages.notebooks import NOTEBOOKS, notebook_of_snippet, write_snippet_notebooks
from tests.conftest import ROOT
from tests.json_types import JsonObject
from tests.site.snippets.stand_in import stand_in

SNIPPETS = sorted((ROOT / "docs" / "snippets" / "python").glob("*.py"))
EACH = pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.name)
CELL_BY_CELL = """
import json, sys
cells = json.load(open(sys.argv[1]))["cells"]
names = {"__name__": "__main__"}
for cell in cells:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
"""


def notebook(path: Path) -> JsonObject:
    content: JsonObject = json.loads(notebook_of_snippet(path))
    return content


def code(content: JsonObject) -> list[str]:
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]


@EACH
def test_the_cells_of_a_notebook_are_its_program(path: Path) -> None:
    """Empty lines aside, which divide the cells."""
    cells = code(notebook(path))
    program = path.read_text("utf-8").split('"""\n\n', 1)[1]
    assert len(cells) > 1
    assert [line for cell in cells for line in cell.splitlines() if line] == list(filter(None, program.splitlines()))


@EACH
def test_a_notebook_has_the_form_that_jupyter_reads(path: Path) -> None:
    """What version 4.5 of the format asks of a notebook without results."""
    content = notebook(path)
    assert (content["nbformat"], content["nbformat_minor"]) == (4, 5)
    assert content["metadata"]["kernelspec"] == {"display_name": "Python 3", "language": "python", "name": "python3"}
    ids = [cell["id"] for cell in content["cells"]]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", id) for id in ids)
    for cell in content["cells"]:
        results = {"outputs", "execution_count"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"id", "cell_type", "metadata", "source"} | results
        assert all(line.endswith("\n") for line in cell["source"][:-1]) and not cell["source"][-1].endswith("\n")
        assert not cell.get("outputs") and cell.get("execution_count") is None


@EACH
def test_a_notebook_says_what_it_does_and_what_to_set(path: Path) -> None:
    summary = "".join(notebook(path)["cells"][0]["source"])
    text = path.read_text("utf-8")
    assert text.split('"""')[1] in summary and path.name in summary
    settings = re.findall(r'os\.environ\["(\w+)"\]', text)
    assert settings and all(f"`{name}`" in summary for name in settings)


def test_the_cells_run_one_after_another(tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("cells", "program")}
    path = next(path for path in SNIPPETS if path.name == "compare_versions.py")
    (tmp_path / "it.ipynb").write_bytes(notebook_of_snippet(path))
    with stand_in() as server:
        settings = {"OPENAI_BASE_URL": f"{server.address}/v1", "OPENAI_API_KEY": "key"}
        versions = {name: {"model": "m", "instructions": name} for name in "ab"}
        commands = {"cells": ["-c", CELL_BY_CELL, str(tmp_path / "it.ipynb")], "program": [str(path)]}
        for name, folder in folders.items():
            folder.mkdir()
            (folder / "versions.json").write_text(json.dumps(versions))
            (folder / "test_set.csv").write_text("case,input,expected\n1,shout lamp,LAMP\n2,shout OK,OK\n")
            environment = {**os.environ, **settings}
            subprocess.run([sys.executable, *commands[name]], cwd=folder, env=environment, check=True)
    results = [(folder / "results.csv").read_text() for folder in folders.values()]
    assert results[0] == results[1] and results[0].count("\n") == 5


def test_notebooks_are_written_where_they_differ(tmp_path: Path) -> None:
    write_snippet_notebooks(ROOT, tmp_path)
    notebooks = sorted((tmp_path / NOTEBOOKS).iterdir())
    assert [path.stem for path in notebooks] == [path.stem for path in SNIPPETS]
    notebooks[0].write_text("{}")
    days = [path.stat().st_mtime_ns for path in notebooks]
    write_snippet_notebooks(ROOT, tmp_path)
    assert notebooks[0].read_bytes() == notebook_of_snippet(SNIPPETS[0])
    assert [path.stat().st_mtime_ns for path in notebooks[1:]] == days[1:]


@EACH
def test_a_page_that_offers_a_program_offers_its_notebook(path: Path) -> None:
    pages = [page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md")]
    pages_with_link = [text for text in pages if f"snippets/python/{path.name}){{ download }}" in text]
    link = f"{NOTEBOOKS}/{path.stem}.ipynb){{ download }}"
    assert pages_with_link and all(link in text for text in pages_with_link)
