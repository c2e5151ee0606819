"""Set-up and targets: make.py installs once, again when it must, says what went wrong, and runs the right commands."""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

import make


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """An empty project whose installations only leave what set-up looks for; `done` says which were made."""
    for name in ("requirements.txt", "pyproject.toml", "package.json", "package-lock.json"):
        (tmp_path / name).write_text(name)
    installed: list[str] = []
    python = tmp_path / ".venv" / "bin" / "python"

    def packages() -> None:
        shutil.rmtree(tmp_path / ".venv", ignore_errors=True)
        python.parent.mkdir(parents=True)
        python.touch()
        installed.append("packages")

    def parts() -> None:
        (tmp_path / "node_modules").mkdir(exist_ok=True)
        installed.append("parts")

    monkeypatch.setattr(make, "ROOT", tmp_path)
    monkeypatch.setattr(make, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(make, "PYTHON", python)
    monkeypatch.setattr(make, "install_packages", packages)
    monkeypatch.setattr(make, "install_project", lambda: installed.append("project"))
    monkeypatch.setattr(make, "install_browser_parts", parts)
    return SimpleNamespace(root=tmp_path, done=installed, python=python)


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
    monkeypatch.setattr(sys, "version", "4.0")
    assert installed_by_set_up(project) == ["packages", "project"]
    stamp = (project.root / ".venv" / "packages.done").read_text()
    assert stamp == make.digest(project.root / "requirements.txt", "4.0", str(project.root))


def test_what_was_removed_is_made_again(project: SimpleNamespace) -> None:
    make.set_up()
    shutil.rmtree(project.root / "node_modules")
    assert installed_by_set_up(project) == ["parts"]
    project.python.unlink()
    assert installed_by_set_up(project) == ["packages", "project"]


def test_an_interrupted_step_is_done_again(tmp_path: Path) -> None:
    stamp, runs = tmp_path / "stamp", []

    def interrupted() -> None:
        raise KeyboardInterrupt

    make.once(stamp, "old", lambda: runs.append("old"))
    with pytest.raises(KeyboardInterrupt):
        make.once(stamp, "new", interrupted)
    # Even where what it is made from is as before, half-done work is not taken for the old.
    make.once(stamp, "old", lambda: runs.append("old again"))
    assert runs == ["old", "old again"]


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
        ("ERROR: No matching distribution found for pyyaml==6.0.3", "a pinned package is not built for Python 3"),
        ("NewConnectionError\nNo matching distribution found for pyyaml==6.0.3", "the network cannot be reached"),
        ("error: something else", "the lines above say why"),
    ],
)
def test_a_failed_installation_says_why(printed: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(make.Stop, match=f"^Trying failed: .*{sentence}"):
        make.quietly(sys.executable, "-c", f"print({printed!r}); raise SystemExit(1)", doing="Trying")
    assert printed in capsys.readouterr().err


def test_a_python_without_wheels_is_told_which_to_use(tmp_path: Path) -> None:
    """In pip's own words, about a package that has only a source archive."""
    (tmp_path / "rare-1.0.tar.gz").touch()
    (tmp_path / "pins.txt").write_text(f"rare==1.0 --hash=sha256:{'0' * 64}\n")
    pip = (sys.executable, "-m", "pip", "install", "--no-index", "--find-links", tmp_path, *make.PINNED)
    here, newest = f"{sys.version_info[0]}.{sys.version_info[1]}", ".".join(map(str, make.NEWEST))
    with pytest.raises(make.Stop) as caught:
        make.quietly(*pip, "-r", tmp_path / "pins.txt", doing="Installing the Python packages")
    assert str(caught.value) == (
        f"Installing the Python packages failed: a pinned package is not built for Python {here} on this system; use a "
        f"Python from 3.11 to {newest}, for example `make PYTHON=python{newest}`."
    )


def test_the_workflow_tests_every_python_that_is_named() -> None:
    tests = yaml.safe_load((make.ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))["jobs"]
    versions = [f"3.{minor}" for minor in range(make.OLDEST[1], make.NEWEST[1] + 1)]
    assert tests["fast"]["strategy"]["matrix"]["python"] == versions
    assert {"run": "make check"} in tests["fast"]["steps"] and {"run": "make test"} in tests["test"]["steps"]
    settings = tomllib.loads((make.ROOT / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["requires-python"] == f">={versions[0]}"


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


def test_packages_are_held_to_their_hashes_and_no_install_script_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[list[str]] = []
    monkeypatch.setattr(make, "VENV", tmp_path / "none")

    def recorded(*words: object, doing: str) -> str:
        run.append([str(word) for word in words])
        return ""

    monkeypatch.setattr(make, "quietly", recorded)
    make.install_packages()
    make.install_browser_parts()
    _, packages, parts = run
    assert packages[-5:] == ["--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt"]
    assert parts[-4:] == ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]


# Targets.


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands a target runs, written as on a command line; each succeeds, except where it holds `mypy`."""
    run: list[str] = []

    def recorded(command: list[str], *, env: dict[str, str], **_: object) -> int:
        assert env["NO_MKDOCS_2_WARNING"] == "1"
        named = [browser.setting for browser in make.BROWSERS.values() if env.get(browser.setting) == "/a/browser"]
        named += ["CASES"] if env.get("CASES") == "all" else []
        run.append(" ".join([*named, *command[2:]]))
        return int("mypy" in command)

    monkeypatch.setattr(make, "set_up", lambda: run.append("set up"))
    monkeypatch.setattr(
        make, "browsers", lambda *engines: {make.BROWSERS[engine].setting: "/a/browser" for engine in engines}
    )
    for setting in ("CASES", "ENGINES"):
        monkeypatch.delenv(setting, raising=False)
    monkeypatch.setattr(subprocess, "call", recorded)
    return run


ALL_BROWSERS = "CHROME_PATH FIREFOX_PATH WEBKIT_DRIVER_PATH"
SPREAD = "-n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder"
"""Over the cores of the machine, the tests of a file together."""


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("serve -q", "macros.server --livereload -a 127.0.0.1:8000 -q"),
        ("test tests/test_mutation.py -x", f"{ALL_BROWSERS} pytest {SPREAD} tests/test_mutation.py -x"),
        ("refresh-prices", "macros.refresh"),
        ("mutate rag", "CASES tests.mutation rag"),
    ],
)
def test_a_target_sets_up_and_runs_one_command(words: str, command: str, calls: list[str]) -> None:
    assert make.main(words.split()) == 0
    assert calls == ["set up", command]


AT_NIGHT = "long or one_in or fewer_by_day"


@pytest.mark.parametrize(
    ("words", "options", "cases"),
    [("test", "", ""), ("test -k stamp", " -k stamp", ""), ("test-long -x", f" -m {AT_NIGHT} -x", " CASES")],
)
def test_the_browsers_are_compared_alone_and_then_all_the_rest_runs(
    words: str, options: str, cases: str, calls: list[str]
) -> None:
    assert make.main(words.split()) == 0
    engines = "tests/browser/engines"
    assert calls == [
        "set up",
        f"{ALL_BROWSERS}{cases} pytest {engines}{options}",
        f"{ALL_BROWSERS}{cases} pytest {SPREAD} --ignore={engines}{options}",
    ]


@pytest.mark.parametrize(("statuses", "status"), [((0, 5), 0), ((5, 0), 0), ((5, 5), 5), ((1, 0), 1), ((5, 1), 1)])
def test_a_run_without_tests_decides_nothing(
    statuses: tuple[int, int], status: int, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = iter(statuses)
    monkeypatch.setattr(make, "python", lambda *words, **more: next(ends))
    assert make.test() == status


@pytest.mark.parametrize(
    ("words", "site"), [("", "site"), ("--clean -d there", "there"), ("--site-dir there", "there")]
)
def test_build_weighs_what_it_built(words: str, site: str, calls: list[str]) -> None:
    assert make.build(*words.split()) == 0
    assert calls == ["set up", " ".join(["mkdocs build --strict", *words.split()]), f"macros.pages.checks.sizes {site}"]


@pytest.mark.promise("B10")
@pytest.mark.parametrize("word", ["-q", "--quiet", "-v", "--verbose"])
def test_a_build_that_would_overlook_broken_links_is_refused(
    word: str, calls: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert make.main(["build", word, "-d", "there"]) == 1
    assert capsys.readouterr().err == f"make.py: With {word} MkDocs overlooks broken links: build without it.\n"
    assert calls == []


def test_a_failed_build_is_not_weighed(calls: list[str]) -> None:
    assert make.build("mypy") == 1
    assert calls == ["set up", "mkdocs build --strict mypy"]


def test_audit_looks_at_workflows_and_at_every_lock(calls: list[str]) -> None:
    assert make.audit() == 0
    assert calls[:4] == [
        "set up",
        ".github",  # what follows `zizmor --offline`
        "pip_audit --require-hashes --disable-pip --requirement requirements.txt",
        "pip_audit --require-hashes --disable-pip --requirement tests/zensical/requirements.txt",
    ]
    assert [call.split("argv[1:]))")[1] for call in calls[4:]] == [" audit", " audit signatures"]


def test_the_tests_end_with_what_they_took(calls: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert make.main(["test", "mypy"]) == 1
    assert re.fullmatch(r"\d+ s of processor time, 0 min \d+ s by the clock\n", capsys.readouterr().out)


def test_processor_time_counts_what_programs_start() -> None:
    busy = [sys.executable, "-c", "import time\nwhile time.process_time() < 0.3: pass"]
    before = make.spent_by_programs()
    subprocess.run([sys.executable, "-c", f"import subprocess; subprocess.run({busy!r}, check=True)"], check=True)
    assert make.spent_by_programs() - before >= 0.3


ORPHANED = """
import os, time
if os.fork() == 0:  # the child has a child of its own, and ends before it
    if os.fork() == 0:
        while time.process_time() < 0.3: pass
        os.write(1, b"done")
    os._exit(0)
os.wait()
"""


@pytest.mark.parametrize("adopts", [True, False])
def test_processor_time_counts_what_a_program_leaves_behind(adopts: bool) -> None:
    program = f"""
import subprocess, sys, time
import make
{"make.adopt_orphans()" if adopts else ""}
subprocess.run([sys.executable, "-c", {ORPHANED!r}], capture_output=True)  # until all have closed its output
for _ in range(100):
    time.sleep(0.02)
    spent = make.spent_by_programs()
    if spent >= 0.3: break
print(spent >= 0.3)
"""
    process = subprocess.run([sys.executable, "-c", program], cwd=make.ROOT, capture_output=True, text=True, check=True)
    assert process.stdout == f"{adopts and sys.platform == 'linux'}\n"


def test_check_runs_everything_and_fails_if_one_fails(calls: list[str]) -> None:
    assert make.check() == 1
    style = ["set up", "ruff check .", "ruff format --check .", "mypy"]
    assert calls == [*style, "pytest -m not site and not browser and not long", "macros.refresh.due"]
    calls.clear()
    assert make.main(["lint"]) == 1
    assert calls == style


def test_the_hooks_of_git_run_what_check_runs(calls: list[str]) -> None:
    make.check()
    (local,) = yaml.safe_load((make.ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    hooks = local["hooks"]
    assert local["repo"] == "local" and {hook["language"] for hook in hooks} == {"system"}
    commands = [shlex.split(hook["entry"]) for hook in hooks]
    assert {tuple(words[:2]) for words in commands} == {(".venv/bin/python", "-m")}
    assert [" ".join(words[2:]) for words in commands] == calls[1:]
    assert [hook["stages"] for hook in hooks] == [["pre-commit"]] * 3 + [["pre-push"]] * 2
    assert all(hook["always_run"] and not hook["pass_filenames"] for hook in hooks)


def test_the_container_has_a_promised_python_and_opens_the_port_of_serve() -> None:
    container = json.loads((make.ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    tested = yaml.safe_load((make.ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))["jobs"]["fast"]
    image, version = container["image"].split(":")
    assert image == "python" and version.split("-")[0] in tested["strategy"]["matrix"]["python"]
    assert container["postCreateCommand"] == "make setup"
    assert container["forwardPorts"] == [make.PORT] and list(container["portsAttributes"]) == [str(make.PORT)]


def test_the_newest_lists_are_fetched_locked_and_installed_before_they_are_compared(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "lock", lambda: calls.append("lock"))
    assert make.main(["refresh-prices", "--newest"]) == 0
    assert calls == ["set up", "macros.refresh.newest", "lock", "set up", "macros.refresh"]

    def failing(*words: str) -> int:
        calls.append(words[1])
        return 2

    monkeypatch.setattr(make, "python", failing)
    calls.clear()
    assert make.main(["refresh-prices", "--newest"]) == 2
    assert calls == ["set up", "macros.refresh.newest"]


def test_a_port_in_use_is_said(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as server:
        server.bind((make.HOST, 0))
        server.listen()
        monkeypatch.setattr(make, "PORT", server.getsockname()[1])
        with pytest.raises(make.Stop, match="is in use: free it, or use `python3 make.py serve -a 127.0.0.1:"):
            make.serve()


def test_bench_without_benchmarks_is_one_sentence(project: SimpleNamespace, calls: list[str]) -> None:
    with pytest.raises(make.Stop, match=r"^There is nothing to measure yet: tests/bench is missing\.$"):
        make.bench()
    assert calls == []
    (project.root / "tests").mkdir()
    (project.root / "tests" / "bench.py").touch()
    assert make.bench() == 0
    assert calls == ["set up", f"{ALL_BROWSERS} tests.bench"]


def test_clean_removes_what_was_generated_and_nothing_else(project: SimpleNamespace) -> None:
    make.set_up()
    files = [project.root / "docs" / "assets" / "own.css", project.root / "calculators" / "find.py"]
    lost = [project.root / "site" / "index.html", project.root / "docs" / "assets" / "runtime" / "facts.json"]
    lost += [project.root / "calculators" / "engine" / "__pycache__" / "read.pyc", project.root / ".cache" / "facts"]
    for file in files + lost:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert make.clean() == 0
    assert [file.exists() for file in files + lost] == [True] * 2 + [False] * 4
    assert not (project.root / ".venv").exists()
    assert not (project.root / "node_modules").exists()
