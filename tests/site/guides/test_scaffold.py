"""What `calculators new` begins: it works as it stands, keeps every rule, and overwrites nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.command import scaffold
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
    process = subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def files(project: Path) -> dict[Path, bytes]:
    """What an author could have written in the project."""
    paths = [path for folder in ("calculators", "docs", "tests") for path in (project / folder).rglob("*.*")]
    return {path.relative_to(project): path.read_bytes() for path in (*paths, project / "mkdocs.yml") if path.is_file()}


def added(before: dict[Path, bytes], after: dict[Path, bytes]) -> set[str]:
    return {path.as_posix() for path in after if after[path] != before.get(path)}


def test_a_calculator_goes_below_the_page_of_its_topic(project: Path) -> None:
    before = files(project)
    listed = scaffold.scaffold_calculator(NAME, project)
    new = added(before, files(project))
    assert new == {
        "calculators/rag/time_to_answer.py",
        "docs/cost/time-to-answer.md",
        "tests/calculators/rag/test_time_to_answer.py",
        "mkdocs.yml",
    }
    assert [path for path in new if path not in listed] == []
    settings = (project / "mkdocs.yml").read_text("utf-8")
    assert "      - cost/retrieval.md\n      - cost/time-to-answer.md\n" in settings


def test_a_new_topic_gets_a_package(project: Path) -> None:
    before = files(project)
    scaffold.scaffold_calculator("guarding/filter", project)
    new = added(before, files(project))
    assert {"calculators/guarding/__init__.py", "calculators/guarding/filter.py", "docs/cost/filter.md"} < new
    assert "guarding/filter" in run(project, "macros.command", "--list")


def test_nothing_is_overwritten_and_nothing_is_half_done(project: Path) -> None:
    scaffold.scaffold_calculator(NAME, project)
    once = files(project)
    with pytest.raises(scaffold.Refused, match=r"^calculators/rag/time_to_answer\.py is there already: choose"):
        scaffold.scaffold_calculator(NAME, project)
    (project / "calculators/rag/time_to_answer.py").unlink()
    with pytest.raises(scaffold.Refused, match=r"^docs/cost/time-to-answer\.md is there already"):
        scaffold.scaffold_calculator(NAME, project)
    assert added(once, files(project)) == set()
    assert not (project / "calculators/rag/time_to_answer.py").exists()


@pytest.mark.parametrize("name", ["latency", "rag/", "Rag/latency", "rag/time-to", "rag/a/b", "../rag/x", "rag/_x", ""])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(scaffold.Refused, match="write topic/name in lower case"):
        scaffold.scaffold_calculator(name)


@pytest.mark.parametrize(
    "name", ["engine/x", "views/x", "catalogue/x", "domain/x", "readers/x", "rag/class", "import/x"]
)
def test_a_name_with_another_meaning_is_refused(name: str) -> None:
    with pytest.raises(scaffold.Refused, match="means something else here"):
        scaffold.scaffold_calculator(name)


def test_without_a_checkout_or_pages_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(scaffold.Refused, match="run this where the project was checked out"):
        scaffold.scaffold_calculator(NAME, tmp_path)
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - index.md\n")
    with pytest.raises(scaffold.Refused, match="lists no page of cost or do"):
        scaffold.scaffold_calculator(NAME, tmp_path)


@pytest.mark.site
@pytest.mark.long
def test_what_it_writes_passes_every_check(project: Path) -> None:
    before = files(project)
    scaffold.scaffold_calculator("guarding/filter", project)
    python = [path for path in added(before, files(project)) if path.endswith(".py")]
    shutil.copy(ROOT / "pyproject.toml", project / "pyproject.toml")
    run(project, "ruff", "check", *python)
    run(project, "ruff", "format", "--check", *python)
    run(project, "mypy", "calculators/serving")
    tests = ("tests/calculators", "tests/code/test_doctests.py", "tests/code/test_imports.py")
    output = run(project, "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", "serving")
    assert int(output.rsplit(" passed", 1)[0].split()[-1]) > 20
    process = build(project, project / "site")
    assert process.returncode == 0, process.stdout + process.stderr
    assert 'data-calculator="guarding/filter"' in (project / "site/cost/latency/index.html").read_text("utf-8")
