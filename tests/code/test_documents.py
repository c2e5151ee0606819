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
from tests.json_types import JsonObject

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
    listed, generated = [], (*make.GENERATED, *make.CACHES)
    for folder, folders, names in os.walk(ROOT):
        parent = Path(folder).relative_to(ROOT)
        written = {"__pycache__", ".git"} | {Path(name).name for name in generated if Path(name).parent == parent}
        folders[:] = [name for name in folders if name not in written]
        listed += [parent / name for name in names if name not in (".git", "overrides.yaml")]
    return sorted(listed)


FILES = files()


def test_readme_maps_every_entry_of_the_top_folder_and_every_folder_below() -> None:
    table = text("README.md").split("## Where things are")[1].split("## ")[0]
    rows = [row.split("`")[1::2] for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)]
    entries = {path.parts[0] + "/" * (len(path.parts) > 1) for path in FILES}
    left_out = {name for name in entries if name.startswith(".") and not name.endswith("/")} | {"README.md", "Makefile"}
    below = {f"{path.parts[0]}/{path.parts[1]}/" for path in FILES if len(path.parts) > 2}
    assert sorted(name for row in rows for name in row) == sorted((entries - left_out) | below)


# Every file says what it is for.

FIRST_WORDS = {
    ".css": r"/\* [A-Z]",
    ".html": r"(\{#-|<!--) [A-Z]",
    ".in": r"# [A-Z]",
    ".js": r"(// |/\*\*? ?)[A-Z]",
    ".mjs": r"// [A-Z]",
    ".md": r"---\ntitle: .+\n|# [A-Z]",
    ".py": r'(#!.+\n)?"""[A-Z].+?[.:?](\n|""")',
    ".sql": r"-- [A-Z]",
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
    "docs/snippets/templates/*.txt": "a text to copy, of which every word is meant",
}
"""What says nothing at its beginning, and why."""


def test_every_file_says_first_what_it_is_for() -> None:
    described = [path for path in FILES if not any(path.match(pattern) for pattern in SAYS_NOTHING)]
    silent = [str(path) for path in described if not re.match(FIRST_WORDS[path.suffix], text(str(path)))]
    assert silent == [], "these do not begin with a sentence about themselves"


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


def test_the_newest_section_of_the_change_log_is_the_version_of_the_package() -> None:
    sections = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", text("CHANGELOG.md"), re.MULTILINE)
    (version,) = re.findall(r'^version = "(.+)"$', text("pyproject.toml"), re.MULTILINE)
    assert sections[0] == ("Unreleased", "") and sections[1][0] == version
    assert [day for _, day in sections[1:]] == sorted((day for _, day in sections[1:]), reverse=True)
    assert all(day for _, day in sections[1:])


# Workflows.


def steps(workflow: Any) -> list[JsonObject]:
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


@pytest.mark.promise("A24")
def test_every_night_the_long_tests_run_and_what_is_pinned_is_audited() -> None:
    nightly = yaml.safe_load(text(".github/workflows/nightly.yml"))
    assert {step["run"] for step in steps(nightly) if "run" in step} == {"make test-long", "make audit"}
    assert nightly[True]["schedule"]  # YAML 1.1 reads `on` as true


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--no-progress", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.promise("A24")
def test_the_workflows_have_no_known_weakness() -> None:
    process = zizmor(ROOT / ".github")
    assert process.returncode == 0, process.stdout


@pytest.mark.promise("A24")
def test_a_planted_weakness_is_found(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    weak = re.sub(r"checkout@\w+", "checkout@v7", text(".github/workflows/test.yml"))
    (folder / "test.yml").write_text(weak)
    process = zizmor(tmp_path / ".github")
    assert process.returncode != 0 and "unpinned-uses" in process.stdout


def test_a_pull_request_keeps_its_built_site() -> None:
    preview = yaml.safe_load(text(".github/workflows/test.yml"))["jobs"]["preview"]
    assert preview["if"] == "github.event_name == 'pull_request'"
    *_, built, upload = preview["steps"]
    assert built == {"run": "make build"}
    assert upload["uses"].startswith("actions/upload-artifact@")
    assert (upload["with"]["path"], upload["with"]["if-no-files-found"]) == ("site", "error")


# Decision records.

RECORDS = [path for path in FILES if re.fullmatch(r"docs/decisions/\d{4}-.+\.md", path.as_posix())]
NUMBER = re.compile(r"\[(\d{4})\]\(\1-[\w-]+\.md\)")


def status(number: str) -> tuple[list[str], list[str]]:
    """The records that supersede a record, and those that it replaces, as its status line names them."""
    (path,) = (record for record in RECORDS if record.name.startswith(number))
    lines = re.findall(r"^\*\d{4}-\d\d-\d\d, (in force|superseded by .*?)(; .+)?\*$", text(str(path)), re.MULTILINE)
    assert len(lines) == 1, f"{path} needs one line like *2026-11-28, in force; replaces [0002](0002-….md)*"
    holds, more = lines[0]
    return NUMBER.findall(holds), NUMBER.findall(more) if more.startswith("; replaces ") else []


def test_the_list_and_the_navigation_have_every_record_in_order() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((\1-[\w-]+\.md)\)", text("docs/decisions/index.md"), re.MULTILINE)
    assert [name for _, name in listed] == [path.name for path in RECORDS]
    assert re.findall(r"^ +- decisions/(\d.+)$", text("mkdocs.yml"), re.MULTILINE) == [path.name for path in RECORDS]


@pytest.mark.parametrize("number", [path.name[:4] for path in RECORDS])
def test_a_superseded_record_and_the_later_one_that_replaces_it_name_each_other(number: str) -> None:
    later, earlier = status(number)
    assert all(later_number > number and number in status(later_number)[1] for later_number in later)
    assert all(earlier_number < number and number in status(earlier_number)[0] for earlier_number in earlier)
    (row,) = re.findall(rf"^\| \[{number}\].*$", text("docs/decisions/index.md"), re.MULTILINE)
    assert NUMBER.findall(row.partition("Superseded by ")[2]) == later


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_tells_context_decision_consequences_and_what_was_measured(path: Path) -> None:
    heads = re.findall(r"^## (.+)$", text(str(path)), re.MULTILINE)
    assert [head for head in heads if head in ("Context", "Decision", "Consequences")] == heads[:3]
    assert heads.count("Measured") == 1
    assert re.search(r"\d", text(str(path)).split("\n## Measured\n")[1].split("\n## ")[0])
