"""What README, Makefile, CI and workflows say: their commands exist, their links lead somewhere, actions are pinned."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import make

ROOT = make.ROOT
WRITERS = {"pages.yml": ["deploy"], "prices.yml": ["refresh", "best-before"]}
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_makefile_has_every_target_on_one_line() -> None:
    lines = dict(re.findall(r"^([\w-]+): ; @\$\(PYTHON\) make\.py ?([\w-]*)$", text("Makefile"), re.MULTILINE))
    assert lines == {"help": ""} | {name: name for name in make.TARGETS}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_commands_in_the_documents_exist(name: str) -> None:
    commands = re.findall(r"[`\n]make ([a-z-]+)|make\.py ([a-z-]+)", text(name))
    assert {first or second for first, second in commands} <= set(make.TARGETS)


def test_readme_names_both_commands_and_ci_runs_the_second() -> None:
    assert "\nmake serve " in text("README.md")
    assert "\nmake test " in text("README.md")
    lines = [line for line in text(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', "make test </dev/null"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def files() -> list[Path]:
    """The files of the project, without what set-up, build, tests and tools write."""
    found, made = [], (*make.GENERATED, *make.CACHES)
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        written = {"__pycache__", ".git"} | {Path(name).name for name in made if Path(name).parent == here}
        folders[:] = [name for name in folders if name not in written]
        found += [here / name for name in names if name not in (".git", "overrides.yaml")]
    return sorted(found)


FILES = files()


def test_readme_maps_every_entry_of_the_top_folder_and_every_folder_below() -> None:
    table = text("README.md").split("## Where things are")[1].split("## ")[0]
    rows = [row.split("`")[1::2] for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)]
    here = {path.parts[0] + "/" * (len(path.parts) > 1) for path in FILES}
    left_out = {name for name in here if name.startswith(".") and not name.endswith("/")} | {"README.md", "Makefile"}
    below = {f"{path.parts[0]}/{path.parts[1]}/" for path in FILES if len(path.parts) > 2}
    assert sorted(name for row in rows for name in row) == sorted((here - left_out) | below)


# Every file says what it is for.

FIRST_WORDS = {
    ".css": r"/\* [A-Z]",
    ".html": r"(\{#-|<!--) [A-Z]",
    ".in": r"# [A-Z]",
    ".js": r"(// |/\*\*? ?)[A-Z]",
    ".mjs": r"// [A-Z]",
    ".md": r"---\ntitle: .+\n|# [A-Z]",
    ".py": r'(#!.+\n)?"""[A-Z].+?[.:?](\n|""")',
    ".svg": r"<svg [^>]*>\s*(<!-- [A-Z]|<title>[A-Z])",
    ".toml": r"# [A-Z]",
    ".yaml": r"# \S",
    ".yml": r"# [A-Z]",
    "": r"(#!.+\n)?# [A-Z]",
}
"""How a file of each kind begins that says first what it is for."""

SAYS_NOTHING = {
    "*.csv": "a table, whose first line names its columns",
    "*.json": "a format without comments",
    "*.jsonl": "what a calculator of files is tried on; its name says it",
    "*.png": "an image",
    "LICENSE": "the words of the license",
    "*requirements.txt": "written by `make lock`",
}
"""What says nothing at its beginning, and why."""


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_file_says_first_what_it_is_for(path: Path) -> None:
    if any(path.match(pattern) for pattern in SAYS_NOTHING):
        return
    content = text(str(path))
    assert re.match(FIRST_WORDS[path.suffix], content), f"{path} does not begin with a sentence about itself"


def test_every_exception_is_used() -> None:
    assert [pattern for pattern in SAYS_NOTHING if not any(path.match(pattern) for path in FILES)] == []


def test_pages_say_in_their_description_what_they_are_for() -> None:
    pages = [path for path in FILES if path.match("docs/**/*.md") and not re.match(r"\d{4}-", path.name)]
    assert len(pages) > 30
    assert [str(path) for path in pages if not re.match(r"---\n(.+\n)*description: .+\n", text(str(path)))] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(name: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", text(name)) if "://" not in link]
    assert [link for link in links if not (ROOT / link).is_file()] == []


# Workflows.


def steps(workflow: Any) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_permissions_are_least(path: Path) -> None:
    workflow, source = yaml.safe_load(path.read_text(encoding="utf-8")), path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", source)
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert workflow["permissions"] == {}
    assert all(job["permissions"] for job in workflow["jobs"].values())
    writers = [name for name, job in workflow["jobs"].items() if "write" in job["permissions"].values()]
    assert writers == WRITERS.get(path.name, [])
    checkouts = [step for step in steps(workflow) if str(step.get("uses")).startswith("actions/checkout@")]
    assert {step["with"]["persist-credentials"] for step in checkouts} == {False}


def test_the_same_action_is_pinned_the_same_everywhere() -> None:
    used = {line for path in WORKFLOWS for line in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))}
    assert len({line.split("@")[0] for line in used}) == len(used)


def test_workflows_run_the_targets_and_publish_under_the_address_github_gives() -> None:
    pages, test = (yaml.safe_load(text(f".github/workflows/{name}.yml")) for name in ("pages", "test"))
    assert "make test" in [step.get("run") for step in steps(test)]
    (build,) = [step for step in steps(pages) if step.get("run") == "make build"]
    assert build["env"]["SITE_URL"] == "${{ steps.pages.outputs.base_url }}"
    (address,) = [step for step in steps(pages) if step.get("id") == "pages"]
    assert str(address["uses"]).startswith("actions/configure-pages@")


def test_a24_every_night_the_long_tests_run_and_what_is_pinned_is_audited() -> None:
    nightly = yaml.safe_load(text(".github/workflows/nightly.yml"))
    assert {step["run"] for step in steps(nightly) if "run" in step} == {"make test-long", "make audit"}
    assert nightly[True]["schedule"]  # YAML 1.1 reads `on` as true


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("zizmor"), "--offline", "--no-progress", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a24_the_workflows_have_no_known_weakness() -> None:
    done = zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout


def test_a24_a_planted_weakness_is_found(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    weak = re.sub(r"checkout@\w+", "checkout@v7", text(".github/workflows/test.yml"))
    (folder / "test.yml").write_text(weak)
    done = zizmor(tmp_path / ".github")
    assert done.returncode != 0 and "unpinned-uses" in done.stdout


def test_a_pull_request_keeps_its_built_site() -> None:
    preview = yaml.safe_load(text(".github/workflows/test.yml"))["jobs"]["preview"]
    assert preview["if"] == "github.event_name == 'pull_request'"
    *_, built, kept = preview["steps"]
    assert built == {"run": "make build"}
    assert kept["uses"].startswith("actions/upload-artifact@")
    assert (kept["with"]["path"], kept["with"]["if-no-files-found"]) == ("site", "error")


def test_the_list_of_decisions_has_every_record_in_order() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((\1-[\w-]+\.md)\)", text("docs/decisions/index.md"), re.MULTILINE)
    records = [path.name for path in FILES if re.fullmatch(r"docs/decisions/\d{4}-.+\.md", path.as_posix())]
    assert [name for _, name in listed] == records


@pytest.mark.parametrize("path", [it for it in FILES if it.match("docs/decisions/0*.md")], ids=lambda it: it.stem)
def test_a_record_tells_context_decision_consequences_and_what_was_measured(path: Path) -> None:
    heads = re.findall(r"^## (.+)$", text(str(path)), re.MULTILINE)
    assert [it for it in heads if it in ("Context", "Decision", "Consequences")] == heads[:3]
    assert heads.count("Measured") == 1
    assert re.search(r"\d", text(str(path)).split("\n## Measured\n")[1].split("\n## ")[0])
