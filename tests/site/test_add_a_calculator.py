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
    return {it["file"]: it["text"] for it in BLOCK.finditer(GUIDE.read_text("utf-8")) if it["file"]}


def commands() -> list[list[str]]:
    """The commands that the guide shows, in its order."""
    shown = [it["text"] for it in BLOCK.finditer(GUIDE.read_text("utf-8")) if it["kind"] == "sh"]
    return [shlex.split(line, comments=True) for text in shown for line in text.splitlines()]


def run(project: Path, *module: str) -> str:
    """What a Python module prints when it is run in the project; it must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(project)}
    done = subprocess.run([sys.executable, "-m", *module], cwd=project, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(project: Path) -> dict[str, bytes]:
    """All that an author could have written."""
    found = [it for folder in WRITTEN for it in (project / folder).rglob("*")] + [project / "mkdocs.yml"]
    kept = [it for it in found if it.is_file() and "__pycache__" not in it.parts and "runtime" not in it.parts]
    return {it.relative_to(project).as_posix(): it.read_bytes() for it in kept if it.suffix != ".woff2"}


def test_the_guide_needs_one_python_file_one_page_one_line_and_one_test() -> None:
    code, page, line, test = blocks()
    assert (code[:12], Path(page).suffix, line, test[:6]) == ("calculators/", ".md", "mkdocs.yml", "tests/")
    assert len(blocks()["mkdocs.yml"].strip().splitlines()) == 1


def test_following_the_guide_adds_a_calculator_and_removes_it_again(project: Path) -> None:
    shutil.copytree(ROOT / "tests", project / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    before = files(project)
    begin, *asking, remove = commands()

    run(project, "macros.terminal", *begin[1:])
    begun = {it for it, content in files(project).items() if content != before.get(it)}
    assert begun == set(blocks()), "`calculators new` begins the very files that the guide goes through"
    line = blocks()["mkdocs.yml"]
    assert line in (project / "mkdocs.yml").read_text("utf-8")
    for file, text in blocks().items():
        if file != "mkdocs.yml":
            (project / file).write_text(text, "utf-8")

    done = build(project, project / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    code, page, _, test = blocks()
    name = code.removeprefix("calculators/").removesuffix(".py")
    text, answer = (run(project, "macros.terminal", *words[1:]) for words in asking)
    assert "Working" in text
    assert json.loads(answer)["calculator"] == name
    assert name in run(project, "macros.terminal", "--list")
    assert "default" in run(project, "macros.terminal", name, "--help")
    written = (project / "site" / page.removeprefix("docs/").removesuffix(".md") / "index.html").read_text("utf-8")
    assert f'data-calculator="{name}"' in written
    assert "result-value" in written
    assert name in (project / "site" / "reference" / "calculators" / "index.html").read_text("utf-8")
    every = ("tests/calculators/test_every_page.py", "tests/calculators/test_every_answer.py", "-k", name)
    run(project, "pytest", "-q", "-p", "no:cacheprovider", test)
    run(project, "pytest", "-q", "-p", "no:cacheprovider", *every)

    subprocess.run(remove, cwd=project, check=True)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(settings.replace(line, "", 1), "utf-8")
    assert files(project) == before
    done = build(project, project / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert name not in run(project, "macros.terminal", "--list")
