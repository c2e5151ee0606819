"""What `calculators new` begins: it works as it stands, keeps every rule, and overwrites nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros import scaffold
from tests.conftest import ROOT, build

NAME = "rag/time_to_answer"


@pytest.fixture
def project(project: Path) -> Path:
    """A copy of the project with its tests."""
    shutil.copytree(ROOT / "tests", project / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    return project


def run(project: Path, *command: str) -> str:
    """What a Python module prints when it is run in the project; it must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(project: Path) -> dict[Path, bytes]:
    """What an author could have written in the project."""
    found = [it for folder in ("calculators", "docs", "tests") for it in (project / folder).rglob("*.*")]
    return {it.relative_to(project): it.read_bytes() for it in (*found, project / "mkdocs.yml") if it.is_file()}


def added(before: dict[Path, bytes], after: dict[Path, bytes]) -> set[str]:
    return {it.as_posix() for it in after if after[it] != before.get(it)}


def test_a_calculator_goes_below_the_page_of_its_topic(project: Path) -> None:
    before = files(project)
    told = scaffold.new(NAME, project)
    new = added(before, files(project))
    assert new == {
        "calculators/rag/time_to_answer.py",
        "docs/cost/time-to-answer.md",
        "tests/calculators/test_rag_time_to_answer.py",
        "mkdocs.yml",
    }
    assert [it for it in new if it not in told] == []
    settings = (project / "mkdocs.yml").read_text("utf-8")
    assert "      - cost/retrieval.md\n      - cost/time-to-answer.md\n" in settings


def test_a_new_topic_gets_a_package(project: Path) -> None:
    before = files(project)
    scaffold.new("serving/latency", project)
    new = added(before, files(project))
    assert {"calculators/serving/__init__.py", "calculators/serving/latency.py", "docs/do/latency.md"} < new
    assert "serving/latency" in run(project, "macros.terminal", "--list")


def test_nothing_is_overwritten_and_nothing_is_half_done(project: Path) -> None:
    scaffold.new(NAME, project)
    once = files(project)
    with pytest.raises(scaffold.Refused, match=r"^calculators/rag/time_to_answer\.py is there already: choose"):
        scaffold.new(NAME, project)
    (project / "calculators/rag/time_to_answer.py").unlink()
    with pytest.raises(scaffold.Refused, match=r"^docs/cost/time-to-answer\.md is there already"):
        scaffold.new(NAME, project)
    assert added(once, files(project)) == set()
    assert not (project / "calculators/rag/time_to_answer.py").exists()


@pytest.mark.parametrize("name", ["latency", "rag/", "Rag/latency", "rag/time-to", "rag/a/b", "../rag/x", "rag/_x", ""])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(scaffold.Refused, match="write topic/name in lower case"):
        scaffold.new(name)


@pytest.mark.parametrize("name", ["engine/x", "views/x", "answer/x", "rag/shared", "rag/class", "import/x"])
def test_a_name_with_another_meaning_is_refused(name: str) -> None:
    with pytest.raises(scaffold.Refused, match="means something else here"):
        scaffold.new(name)


def test_without_a_checkout_or_pages_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(scaffold.Refused, match="run this where the project was checked out"):
        scaffold.new(NAME, tmp_path)
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - index.md\n")
    with pytest.raises(scaffold.Refused, match="lists no page of cost or do"):
        scaffold.new(NAME, tmp_path)


@pytest.mark.site
@pytest.mark.long
def test_what_it_writes_passes_every_check(project: Path) -> None:
    before = files(project)
    scaffold.new("serving/latency", project)
    python = [it for it in added(before, files(project)) if it.endswith(".py")]
    shutil.copy(ROOT / "pyproject.toml", project / "pyproject.toml")
    run(project, "ruff", "check", *python)
    run(project, "ruff", "format", "--check", *python)
    run(project, "mypy", "calculators/serving")
    tests = ("tests/calculators", "tests/test_doctests.py", "tests/test_imports.py")
    told = run(project, "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", "serving")
    assert int(told.rsplit(" passed", 1)[0].split()[-1]) > 20
    done = build(project, project / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'data-calculator="serving/latency"' in (project / "site/do/latency/index.html").read_text("utf-8")
