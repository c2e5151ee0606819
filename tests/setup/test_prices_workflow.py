"""The scheduled workflow of the prices: its own commands, run in a copy with a stand-in for GitHub's command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOW: Any = yaml.safe_load((ROOT / ".github" / "workflows" / "prices.yml").read_text("utf-8"))
GH = """#!/bin/sh
echo "$@" >> "$GH_CALLS"
case "$1 $2" in *" list") printf '%s' "$GH_FOUND";; esac
"""


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checked-out repository with a remote, and a `gh` that writes down what it is asked."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH)
    (tmp_path / "bin" / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GH_CALLS"):
        monkeypatch.setenv(name, str(tmp_path / name))
        (tmp_path / name).touch()
    monkeypatch.setenv("GH_FOUND", "")
    work = tmp_path / "work"
    for command in (["init", "-q", "--bare", str(tmp_path / "remote")], ["init", "-q", "-b", "main", str(work)]):
        subprocess.run(["git", *command], check=True)
    (work / "data").mkdir()
    for name in ("data/x.yaml", "requirements.in", "requirements.txt", ".gitignore"):
        (work / name).write_text("/.cache/\n" if name == ".gitignore" else "old\n")
    git(work, "add", ".")
    git(work, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "Begin")
    git(work, "remote", "add", "origin", str(tmp_path / "remote"))
    (work / ".cache").mkdir()
    (work / ".cache" / "price-refresh.md").write_text("| a table |\n")
    return work


def git(work: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=work, check=True, capture_output=True, text=True).stdout


def step(job: str, begins: str) -> str:
    """The commands of the step that contains these words."""
    (commands,) = [entry["run"] for entry in WORKFLOW["jobs"][job]["steps"] if begins in entry.get("run", "")]
    return str(commands)


def run(work: Path, commands: str, **more: str) -> int:
    """As the runner does: each line counts."""
    process = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", commands], cwd=work, env={**os.environ, **more})
    return process.returncode


def calls(work: Path) -> list[str]:
    return (work.parent / "GH_CALLS").read_text().splitlines()


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (1, 0), (2, 1)])
def test_open_flags_are_no_failure_and_trouble_is_one(runner: Path, status: int, expected: int) -> None:
    (runner / "make.py").write_text(
        f"import sys\nassert sys.argv[1:] == ['refresh-prices', '--newest']\nsys.exit({status})"
    )
    assert run(runner, step("refresh", "make.py refresh-prices")) == expected
    assert (runner.parent / "GITHUB_STEP_SUMMARY").read_text() == "| a table |\n"
    output = (runner.parent / "GITHUB_OUTPUT").read_text()
    assert output == ("" if expected else f"flags={status}\n")


def test_a_candidate_becomes_a_pull_request_and_the_next_one_renews_it(
    runner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (runner / "data" / "x.yaml").write_text("new\n")
    (runner / "left.txt").write_text("not part of it\n")
    commands = step("refresh", "gh pr create")
    assert run(runner, commands, FLAGS="1") == 0
    title, body = "Refresh the prices: flags wait for a person", "--body-file .cache/price-refresh.md"
    assert calls(runner)[-1] == f"pr create --head prices-refresh --title {title} {body}"
    assert git(runner, "ls-remote", "--heads", "origin").split()[1:] == ["refs/heads/prices-refresh"]
    assert git(runner, "show", "--stat", "--format=%s", "prices-refresh").split("\n")[0] == title
    assert "data/x.yaml" in git(runner, "show", "--name-only", "--format=", "prices-refresh").split()
    assert "left.txt" not in git(runner, "show", "--name-only", "--format=", "prices-refresh")
    assert "Close and reopen" in (runner / ".cache" / "price-refresh.md").read_text()
    git(runner, "switch", "-q", "main")
    (runner / "data" / "x.yaml").write_text("newer\n")
    monkeypatch.setenv("GH_FOUND", "7")
    assert run(runner, commands, FLAGS="0") == 0
    assert calls(runner)[-1] == f"pr edit 7 --title Refresh the prices {body}"


def test_flags_without_a_change_become_an_issue_and_nothing_becomes_nothing(
    runner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = step("refresh", "gh pr create")
    assert run(runner, commands, FLAGS="0") == 0
    assert calls(runner) == []
    assert run(runner, commands, FLAGS="1") == 0
    assert calls(runner)[-1].startswith("issue create --title Refresh the prices: flags wait for a person")
    monkeypatch.setenv("GH_FOUND", "9")
    assert run(runner, commands, FLAGS="1") == 0
    assert calls(runner)[-1] == "issue edit 9 --body-file .cache/price-refresh.md"
    assert git(runner, "ls-remote", "--heads", "origin") == ""


@pytest.mark.parametrize(
    ("past", "issue", "last"),
    [
        ("- old\n", "", "issue create --title Facts past their best-before day --body-file past.md"),
        ("- old\n", "3", "issue edit 3 --body-file past.md"),
        ("", "3", "issue close 3"),
        ("", "", "issue list"),
    ],
)
def test_what_is_past_its_day_becomes_an_issue_that_closes_again(
    runner: Path, monkeypatch: pytest.MonkeyPatch, past: str, issue: str, last: str
) -> None:
    (runner / "past.md").write_text(past)
    monkeypatch.setenv("GH_FOUND", issue)
    assert run(runner, step("best-before", "gh issue close")) == 0
    assert calls(runner)[-1].startswith(last)


def test_the_list_of_what_is_past_is_asked_for_by_its_own_name() -> None:
    from macros.refresh import due

    commands = step("best-before", "macros.refresh.due")
    assert commands.startswith(".venv/bin/python -m macros.refresh.due --past |")
    assert due.print_facts_due.__module__ == "macros.refresh.due"


def test_it_runs_on_a_schedule_apart_from_the_site() -> None:
    triggers = WORKFLOW[True]  # YAML 1.1 reads `on` as a truth
    assert set(triggers) == {"schedule", "workflow_dispatch"}
    runs = [step.get("run", "") for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    assert not [command for command in runs if "make build" in command]
    pages = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8"))
    assert pages[True]["schedule"] == [{"cron": "11 0 * * *"}]
    commands = [entry.get("run", "") for entry in pages["jobs"]["build"]["steps"]]
    assert commands.index('echo "WHICH_LEVER_TODAY=$(date -u +%F)" >> "$GITHUB_ENV"') < commands.index("make build")
