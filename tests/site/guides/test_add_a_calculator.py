"""The guide "Add a calculator", followed to the letter in a copy of the project: every command and every file."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, build

pytestmark = pytest.mark.site

GUIDE = ROOT / "docs" / "contribute" / "add-a-calculator.md"
BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)
WRITTEN = ("calculators", "data", "docs", "tests")


def blocks() -> dict[str, str]:
    """The files that the guide shows, by path."""
    return {block["file"]: block["text"] for block in BLOCK.finditer(GUIDE.read_text("utf-8")) if block["file"]}


def commands() -> list[list[str]]:
    """The commands that the guide shows, in its order."""
    shown = [block["text"] for block in BLOCK.finditer(GUIDE.read_text("utf-8")) if block["kind"] == "sh"]
    return [shlex.split(line, comments=True) for text in shown for line in text.splitlines()]


def run(project: Path, *module: str) -> str:
    """What a Python module prints when it is run in the project; it must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(project)}
    process = subprocess.run(
        [sys.executable, "-m", *module], cwd=project, env=environment, capture_output=True, text=True
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def files(project: Path) -> dict[str, bytes]:
    """All that an author could have written."""
    paths = [path for folder in WRITTEN for path in (project / folder).rglob("*")] + [project / "mkdocs.yml"]
    sources = [
        path for path in paths if path.is_file() and "__pycache__" not in path.parts and "runtime" not in path.parts
    ]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in sources if path.suffix != ".woff2"}


def test_the_guide_needs_one_python_file_one_page_one_line_and_one_test() -> None:
    code, page, line, test = blocks()
    assert (code[:12], Path(page).suffix, line, test[:6]) == ("calculators/", ".md", "mkdocs.yml", "tests/")
    assert len(blocks()["mkdocs.yml"].strip().splitlines()) == 1


def test_following_the_guide_adds_a_calculator_and_removes_it_again(small_project: Path) -> None:
    shutil.copytree(ROOT / "tests", small_project / "tests")
    before = files(small_project)
    begin, *asking, remove = commands()

    run(small_project, "macros.command", *begin[1:])
    begun = {path for path, content in files(small_project).items() if content != before.get(path)}
    assert begun == set(blocks()), "`calculators new` begins the very files that the guide goes through"
    line = blocks()["mkdocs.yml"]
    assert line in (small_project / "mkdocs.yml").read_text("utf-8")
    for file, text in blocks().items():
        if file != "mkdocs.yml":
            (small_project / file).write_text(text, "utf-8")

    process = build(small_project, small_project / "site")
    assert process.returncode == 0, process.stdout + process.stderr
    code, page, _, test = blocks()
    name = code.removeprefix("calculators/").removesuffix(".py")
    text, answer = (run(small_project, "macros.command", *words[1:]) for words in asking)
    assert "Working" in text
    assert json.loads(answer)["calculator"] == name
    assert name in run(small_project, "macros.command", "--list")
    assert "default" in run(small_project, "macros.command", name, "--help")
    written = (small_project / "site" / page.removeprefix("docs/").removesuffix(".md") / "index.html").read_text(
        "utf-8"
    )
    assert f'data-calculator="{name}"' in written
    assert "result-value" in written
    assert name in (small_project / "site" / "reference" / "calculators" / "index.html").read_text("utf-8")
    every = ("tests/calculators/every/test_page.py", "tests/calculators/every/test_answer.py")
    chosen = f"{name} or {Path(test).name}"
    summary = run(small_project, "pytest", "-rA", "-p", "no:cacheprovider", test, *every, "-k", chosen)
    assert all(re.search(rf"^PASSED {file}", summary, re.MULTILINE) for file in (test, *every))

    subprocess.run(remove, cwd=small_project, check=True)
    settings = (small_project / "mkdocs.yml").read_text("utf-8")
    (small_project / "mkdocs.yml").write_text(settings.replace(line, "", 1), "utf-8")
    assert files(small_project) == before
    process = build(small_project, small_project / "site")
    assert process.returncode == 0, process.stdout + process.stderr
    assert name not in run(small_project, "macros.command", "--list")
