"""The guide "Add a calculator", followed to the letter in a copy of the project."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, build

pytestmark = pytest.mark.site

GUIDE = ROOT / "docs" / "contribute" / "add-a-calculator.md"
BLOCK = re.compile(r'^```\w+ title="(?P<file>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)


def blocks() -> dict[str, str]:
    """The files that the guide shows, by path."""
    return {it["file"]: it["text"] for it in BLOCK.finditer(GUIDE.read_text("utf-8"))}


def test_the_guide_needs_one_python_file_one_page_and_one_line() -> None:
    kinds = sorted(Path(file).suffix for file in blocks())
    assert kinds == [".md", ".py", ".yml"]
    assert len(blocks()["mkdocs.yml"].strip().splitlines()) == 1


def test_following_the_guide_adds_a_calculator(project: Path) -> None:
    before = {path.relative_to(project) for path in project.rglob("*.py")}
    for file, text in blocks().items():
        path = project / file
        if file == "mkdocs.yml":
            settings = path.read_text("utf-8")
            line = text.strip()
            settings = settings.replace("      - cost/prompting.md\n", f"      - cost/prompting.md\n      {line}\n")
            assert line in settings
            path.write_text(settings, "utf-8")
        else:
            assert not path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    (added,) = {path.relative_to(project) for path in project.rglob("*.py")} - before
    name = f"{added.parent.name}/{added.stem}"

    done = build(project, project / "site")
    assert done.returncode == 0, done.stdout + done.stderr

    def terminal(*words: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(project)}
        command = [sys.executable, "-m", "macros.terminal", *words]
        asked = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=True)
        return asked.stdout

    assert name in terminal("--list")
    told = json.loads(terminal(name, "--json"))
    assert told["calculator"] == name and told["outputs"]
    assert "Working" in terminal(name)
    assert "default" in terminal(name, "--help")
    (page,) = (file for file in blocks() if file.endswith(".md"))
    written = (project / "site" / page.removeprefix("docs/").removesuffix(".md") / "index.html").read_text("utf-8")
    assert f'data-calculator="{name}"' in written
    assert "result-value" in written
    reference = (project / "site" / "reference" / "calculators" / "index.html").read_text("utf-8")
    assert name in reference
