"""Publish the site without GitHub: the workflow's own commands, then the archive that GitHub Pages unpacks."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import yaml

from macros.project import project_catalogue
from tests.conftest import ROOT, copy_of_project
from tests.json_types import JsonObject

WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"
REPOSITORY = "https://github.example/owner/which-lever"

PYTHON = """#!{python}
'''Stands in for the machine's Python: runs make.py with what is installed already.'''
import sys
from pathlib import Path

sys.path.insert(0, "")
import make

make.set_up, make.PYTHON = lambda: None, Path(sys.executable)
sys.exit(make.main(sys.argv[2:]))
"""
"""A build on GitHub installs everything first; a test must not."""

DATE = """#!/bin/sh
# Stands in for the clock: the day of the facts.
echo {day}
"""
"""A site built for today would be another one tomorrow."""


def day() -> str:
    """The day of the facts, for which the site is built where nobody says another."""
    return project_catalogue().facts.as_of


def publish(folder: Path, address: str, *, pages: bool = True) -> Path:
    """What GitHub Pages would serve at an address; GitHub gives it to the workflow without a slash at its end.

    Without the project's own pages a few small ones are published.
    """
    server, owner, name = REPOSITORY.rsplit("/", 2)
    filled_in = {
        "steps.pages.outputs.base_url": address.rstrip("/"),
        "github.server_url": server,
        "github.repository": f"{owner}/{name}",
        "github.ref_name": "main",
    }
    project = _checked_out(folder / "project", pages)
    commands = folder / "bin"
    commands.mkdir()
    for name, text in (("python3", PYTHON.format(python=sys.executable)), ("date", DATE.format(day=day()))):
        (commands / name).write_text(text)
        (commands / name).chmod(0o755)
    archive = folder / "artifact.tar"
    for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["build"]["steps"]:
        if "run" in step:
            _run(step, project, commands, filled_in)
        elif step["uses"].startswith("actions/upload-pages-artifact@"):
            # As the action itself does it: links become files, and hidden files stay behind.
            tar = ["tar", "--dereference", "--directory", str(project / step["with"]["path"]), "-cf", str(archive)]
            subprocess.run([*tar, "--exclude=.[^/]*", "."], check=True)
    return _unpacked(archive, folder / "served")


def _checked_out(project: Path, pages: bool) -> Path:
    project.mkdir(parents=True)
    copy_of_project(project, pages=pages)
    for name in ("Makefile", "make.py"):
        shutil.copy(ROOT / name, project / name)
    return project


def _run(step: JsonObject, project: Path, commands: Path, filled_in: dict[str, str]) -> None:
    # A step hands settings on to those after it by writing them into the file that GITHUB_ENV names.
    handed_on = project.parent / "handed-on"
    handed_on.touch()
    given = dict(line.split("=", 1) for line in handed_on.read_text("utf-8").splitlines())
    given |= {"GITHUB_ENV": str(handed_on)} | {
        name: re.sub(r"\$\{\{ (.+?) \}\}", lambda match: filled_in[match[1]], content)
        for name, content in step.get("env", {}).items()
    }
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PYTHONPATH": str(project), "PATH": path, **given}
    process = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=project, env=environment, capture_output=True, text=True
    )
    assert process.returncode == 0, process.stdout + process.stderr
    assert "WARNING" not in process.stderr


def _unpacked(archive: Path, folder: Path) -> Path:
    """The archive's files in a folder; GitHub Pages takes only files and folders."""
    with tarfile.open(archive) as members:
        assert [member.name for member in members if not (member.isfile() or member.isdir())] == []
    folder.mkdir()
    subprocess.run(["tar", "--directory", str(folder), "-xf", str(archive)], check=True)
    return folder
