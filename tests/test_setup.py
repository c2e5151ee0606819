"""The set-up: make.py's pieces, the lock files, and that README, Makefile and workflows say what is so."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

import make

ROOT = make.ROOT
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """An empty project whose installations only leave what set-up looks for; `done` says which were made."""
    for name in ("requirements.txt", "pyproject.toml", "package.json", "package-lock.json"):
        (tmp_path / name).write_text(name)
    done: list[str] = []
    python = tmp_path / ".venv" / "bin" / "python"

    def packages() -> None:
        make.shutil.rmtree(tmp_path / ".venv", ignore_errors=True)
        python.parent.mkdir(parents=True)
        python.touch()
        done.append("packages")

    def parts() -> None:
        (tmp_path / "node_modules").mkdir(exist_ok=True)
        done.append("parts")

    monkeypatch.setattr(make, "ROOT", tmp_path)
    monkeypatch.setattr(make, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(make, "PYTHON", python)
    monkeypatch.setattr(make, "install_packages", packages)
    monkeypatch.setattr(make, "install_project", lambda: done.append("project"))
    monkeypatch.setattr(make, "install_browser_parts", parts)
    return SimpleNamespace(root=tmp_path, done=done, python=python)


def installed_by_set_up(project: SimpleNamespace) -> list[str]:
    project.done.clear()
    make.set_up()
    return list(project.done)


# Set-up is done once, and again when what it was made from changes.


def test_a_second_set_up_does_nothing(project: SimpleNamespace) -> None:
    assert installed_by_set_up(project) == ["packages", "project", "parts"]
    assert installed_by_set_up(project) == []


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("requirements.txt", ["packages", "project"]),
        ("pyproject.toml", ["project"]),
        ("package.json", ["parts"]),
        ("package-lock.json", ["parts"]),
    ],
)
def test_a_changed_file_redoes_its_own_step(project: SimpleNamespace, changed: str, again: list[str]) -> None:
    make.set_up()
    (project.root / changed).write_text("changed")
    assert installed_by_set_up(project) == again


def test_another_python_or_another_place_redoes_the_environment(
    project: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.set_up()
    monkeypatch.setattr(make.sys, "version", "4.0")
    assert installed_by_set_up(project) == ["packages", "project"]
    stamp = (project.root / ".venv" / "packages.done").read_text()
    assert stamp == make.digest(project.root / "requirements.txt", "4.0", str(project.root))


def test_what_was_removed_is_made_again(project: SimpleNamespace) -> None:
    make.set_up()
    make.shutil.rmtree(project.root / "node_modules")
    assert installed_by_set_up(project) == ["parts"]
    project.python.unlink()
    assert installed_by_set_up(project) == ["packages", "project"]


def test_an_interrupted_step_is_done_again(project: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    make.set_up()
    finished = make.install_packages

    def interrupted() -> None:
        finished()
        raise KeyboardInterrupt

    (project.root / "requirements.txt").write_text("changed")
    monkeypatch.setattr(make, "install_packages", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make.set_up()
    # Even where the old files are put back, the half-made environment is not taken for the old one.
    (project.root / "requirements.txt").write_text("requirements.txt")
    monkeypatch.setattr(make, "install_packages", finished)
    assert installed_by_set_up(project) == ["packages", "project"]


def test_a_digest_tells_files_texts_and_their_order_apart(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("ab")
    assert make.digest(file) == make.digest("ab")
    assert len({make.digest("ab"), make.digest("a", "b"), make.digest("b", "a"), make.digest("")}) == 4


# What goes wrong is said in a sentence.


def test_an_old_python_is_refused() -> None:
    with pytest.raises(make.Stop, match=r"^Python 3\.10\.4 is too old: use 3\.11 or newer"):
        make.refuse_unfit_python((3, 10, 4))
    make.refuse_unfit_python((3, 11, 0))


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_refused(missing: str) -> None:
    with pytest.raises(make.Stop, match=r"apt install python3-venv\.$"):
        make.refuse_unfit_python((3, 11), find=lambda name: None if name == missing else object())


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("Max retries exceeded: NewConnectionError", "the network cannot be reached"),
        ("npm error code EAI_AGAIN", "the network cannot be reached"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] Max retries exceeded", "a certificate is not trusted"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was pinned"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("error: something else", "the lines above say why"),
    ],
)
def test_a_failed_installation_says_why(printed: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(make.Stop, match=f"^Trying failed: .*{sentence}"):
        make.quietly(sys.executable, "-c", f"print({printed!r}); raise SystemExit(1)", doing="Trying")
    assert printed in capsys.readouterr().err


def test_a_quiet_command_gives_what_it_printed() -> None:
    assert make.quietly(sys.executable, "-c", "print('done')", doing="Trying").strip() == "done"


def test_an_unknown_target_and_a_stopped_one_fail(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped() -> int:
        raise make.Stop("This is why.")

    monkeypatch.setitem(make.TARGETS, "setup", stopped)
    assert make.main(["deploy"]) == 1
    assert "There is no target `deploy`" in capsys.readouterr().err
    assert make.main(["setup"]) == 1
    assert capsys.readouterr().err == "make.py: This is why.\n"
    assert make.main(["clean", "all"]) == 1
    assert make.main([]) == 0


# The Chromium for the browser tests.


def test_chrome_path_comes_first_and_must_exist(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    with pytest.raises(make.Stop, match="which is not a file"):
        make.installed_chromium({"CHROME_PATH": str(browser)}, which=lambda _: sys.executable)
    browser.touch()
    assert make.installed_chromium({"CHROME_PATH": str(browser)}, which=lambda _: sys.executable) == str(browser)


def test_commands_are_looked_for_in_their_order(tmp_path: Path) -> None:
    for name in make.CHROMIUM_COMMANDS:
        (tmp_path / name).touch()
    present = list(make.CHROMIUM_COMMANDS)
    while present:
        found = make.installed_chromium({}, which=lambda name: str(tmp_path / name) if name in present else None)
        assert found == str(tmp_path / present.pop(0))


def test_files_are_looked_for_after_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chrome = tmp_path / "Google" / "Chrome" / "Application" / "chrome.exe"
    chrome.parent.mkdir(parents=True)
    chrome.touch()
    monkeypatch.setattr(make, "CHROMIUM_FILES", [name for name in make.CHROMIUM_FILES if name.startswith("$")])
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        assert make.installed_chromium({name: str(tmp_path)}, which=lambda _: None) == str(chrome)
    assert make.installed_chromium({}, which=lambda _: None) is None
    assert make.installed_chromium({"PROGRAMFILES": str(tmp_path)}, which=lambda _: sys.executable) == sys.executable


@pytest.mark.parametrize(
    ("here", "user", "sudo_says", "before"),
    [
        ({"apt-get"}, 0, 1, []),
        ({"apt-get", "sudo"}, 1000, 0, ["sudo", "-n"]),
        ({"apt-get", "sudo"}, 1000, 1, None),
        ({"apt-get"}, 1000, 0, None),
        ({"sudo"}, 0, 0, None),
    ],
)
def test_debian_packages_are_installed_only_where_nobody_is_asked(
    here: set[str], user: int, sudo_says: int, before: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make.os, "geteuid", lambda: user, raising=False)
    which = {name: f"/usr/bin/{name}" for name in here}.get
    assert make.administrator(which, call=lambda *_, **__: sudo_says) == before


def answers(*given: str | None) -> Callable[[], str | None]:
    remaining = list(given)
    return lambda: remaining.pop(0)


@pytest.mark.parametrize(
    ("installed", "playwright", "steps"),
    [
        (("here",), None, []),
        ((None, "debian"), None, ["debian"]),
        ((None, None), "playwright", ["debian", "playwright"]),
        ((None, None), None, ["debian", "playwright"]),
    ],
)
def test_a_chromium_is_found_or_fetched_in_order(
    installed: tuple[str | None, ...], playwright: str | None, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(make, "installed_chromium", answers(*installed))
    monkeypatch.setattr(make, "install_debian_chromium", lambda: taken.append("debian"))
    monkeypatch.setattr(make, "playwright_chromium", lambda: taken.append("playwright") or playwright)
    expected = installed[-1] or playwright
    if expected is None:
        with pytest.raises(make.Stop, match="^No Chromium for the browser tests: "):
            make.chromium()
    else:
        assert make.chromium() == expected
    assert taken == steps


def test_a_failed_debian_installation_leaves_the_choice_to_playwright(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []

    def refused(*command: str, doing: str) -> str:
        asked.append(command)
        raise make.Stop(f"{doing} failed.")

    monkeypatch.setattr(make, "administrator", lambda: ["sudo", "-n"])
    monkeypatch.setattr(make, "quietly", refused)
    make.install_debian_chromium()
    assert asked == [("sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "update")]
    assert "Reading Debian's package lists failed." in capsys.readouterr().err


# Targets.


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands a target runs, written as on a command line; each succeeds, except where it holds `mypy`."""
    run: list[str] = []

    def recorded(command: list[str], *, env: dict[str, str], **_: object) -> int:
        assert env["NO_MKDOCS_2_WARNING"] == "1"
        browser = [f"CHROME_PATH={env['CHROME_PATH']}"] if env.get("CHROME_PATH") == "/a/browser" else []
        run.append(" ".join([*browser, *command[2:]]))
        return int("mypy" in command)

    monkeypatch.setattr(make, "set_up", lambda: run.append("set up"))
    monkeypatch.setattr(make, "chromium", lambda: "/a/browser")
    monkeypatch.setattr(make.subprocess, "call", recorded)
    return run


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("serve -q", "mkdocs serve --livereload -a 127.0.0.1:8000 -q"),
        ("build", "mkdocs build --strict"),
        ("test", "CHROME_PATH=/a/browser pytest"),
        ("test -k stamp", "CHROME_PATH=/a/browser pytest -k stamp"),
    ],
)
def test_a_target_sets_up_and_runs_one_command(words: str, command: str, calls: list[str]) -> None:
    assert make.main(words.split()) == 0
    assert calls == ["set up", command]


def test_check_runs_everything_and_fails_if_one_fails(calls: list[str]) -> None:
    assert make.check() == 1
    assert calls == ["set up", "ruff check .", "ruff format --check .", "mypy", "pytest -m not site and not browser"]


def test_a_port_in_use_is_said(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with make.socket.socket() as taken:
        taken.bind((make.HOST, 0))
        taken.listen()
        monkeypatch.setattr(make, "PORT", taken.getsockname()[1])
        with pytest.raises(make.Stop, match="is in use: free it, or use `python3 make.py serve -a 127.0.0.1:"):
            make.serve()


def test_bench_without_benchmarks_is_one_sentence(project: SimpleNamespace, calls: list[str]) -> None:
    with pytest.raises(make.Stop, match=r"^There is nothing to measure yet: tests/bench is missing\.$"):
        make.bench()
    assert calls == []
    (project.root / "tests").mkdir()
    (project.root / "tests" / "bench.py").touch()
    assert make.bench() == 0
    assert calls == ["set up", "CHROME_PATH=/a/browser tests.bench"]


def test_clean_removes_what_was_generated_and_nothing_else(project: SimpleNamespace) -> None:
    make.set_up()
    kept = [project.root / "docs" / "assets" / "own.css", project.root / "calculators" / "find.py"]
    lost = [project.root / "site" / "index.html", project.root / "docs" / "assets" / "runtime" / "facts.json"]
    lost += [project.root / "calculators" / "engine" / "__pycache__" / "read.pyc", project.root / ".cache" / "facts"]
    for file in kept + lost:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert make.clean() == 0
    assert [file.exists() for file in kept + lost] == [True] * 2 + [False] * 4
    assert not (project.root / ".venv").exists()
    assert not (project.root / "node_modules").exists()


# Lock files.


def test_python_packages_are_locked_with_hashes_and_without_addresses() -> None:
    lock = text("requirements.txt")
    assert "://" not in lock
    assert not re.search(r"^\s*-", lock.replace("    --hash=", ""), re.MULTILINE)
    entries = re.split(r"\n(?=[a-z])", lock)[1:]
    assert len(entries) > 30
    assert [
        entry for entry in entries if not re.match(r"[\w.-]+==[\w.]+( ;[^\\]+)? \\\n    --hash=sha256:", entry)
    ] == []


def test_the_lock_holds_what_was_chosen() -> None:
    locked = {
        name.replace("_", "-"): version
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text("requirements.txt"), re.M)
    }
    chosen = re.findall(r"^([\w.-]+)==(\S+)$", text("requirements.in").lower(), re.MULTILINE)
    assert len(chosen) > 10
    assert [(name, locked.get(name)) for name, _ in chosen] == chosen


def test_browser_parts_are_locked_with_hashes_and_without_addresses() -> None:
    chosen, lock = json.loads(text("package.json")), json.loads(text("package-lock.json"))
    own = lock["packages"].pop("")
    for kind in ("dependencies", "devDependencies"):
        assert own[kind] == chosen[kind]
        for name, version in chosen[kind].items():
            assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert "resolved" not in text("package-lock.json")
    assert [name for name, entry in lock["packages"].items() if not entry["integrity"].startswith("sha512-")] == []


# What is said about the set-up is so.


def test_the_makefile_has_every_target_on_one_line() -> None:
    lines = dict(re.findall(r"^(\w+): ; @\$\(PYTHON\) make\.py ?(\w*)$", text("Makefile"), re.MULTILINE))
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


def test_readme_maps_every_entry_of_the_top_folder() -> None:
    left_out = {*make.GENERATED, *make.CACHES, ".git", "README.md"}
    entries = {path.name for path in ROOT.iterdir()} - left_out
    plain = {name for name in entries if not name.startswith(".") and not name.endswith(".egg-info")}
    assert [name for name in sorted(plain | {".ci", ".github"}) if f"`{name}" not in text("README.md")] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(name: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", text(name)) if "://" not in link]
    assert [link for link in links if not (ROOT / link).is_file()] == []


# Workflows.


def steps(workflow: dict[str, dict[str, dict[str, object]]]) -> list[dict[str, object]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_permissions_are_least(path: Path) -> None:
    workflow, source = yaml.safe_load(path.read_text(encoding="utf-8")), path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", source)
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert workflow["permissions"] == {}
    assert all(job["permissions"] for job in workflow["jobs"].values())
    writers = [name for name, job in workflow["jobs"].items() if "write" in job["permissions"].values()]
    assert writers == (["deploy"] if path.name == "pages.yml" else [])
    checkouts = [step for step in steps(workflow) if str(step.get("uses")).startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False]


def test_the_same_action_is_pinned_the_same_everywhere() -> None:
    used = {line for path in WORKFLOWS for line in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))}
    assert len({line.split("@")[0] for line in used}) == len(used)


def test_workflows_run_the_targets_and_publish_under_the_address_github_gives() -> None:
    assert [path.name for path in WORKFLOWS] == ["pages.yml", "test.yml"]
    pages, test = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in WORKFLOWS)
    assert "make test" in [step.get("run") for step in steps(test)]
    (build,) = [step for step in steps(pages) if step.get("run") == "make build"]
    assert build["env"] == {"SITE_URL": "${{ steps.pages.outputs.base_url }}"}
    (address,) = [step for step in steps(pages) if step.get("id") == "pages"]
    assert str(address["uses"]).startswith("actions/configure-pages@")
