"""Set-up and targets: make.py installs once, again when it must, says what went wrong, and runs the right commands."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import make


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


def test_an_interrupted_step_is_done_again(tmp_path: Path) -> None:
    stamp, done = tmp_path / "stamp", []

    def interrupted() -> None:
        raise KeyboardInterrupt

    make.once(stamp, "old", lambda: done.append("old"))
    with pytest.raises(KeyboardInterrupt):
        make.once(stamp, "new", interrupted)
    # Even where what it is made from is as before, half-done work is not taken for the old.
    make.once(stamp, "old", lambda: done.append("old again"))
    assert done == ["old", "old again"]


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


def test_packages_are_held_to_their_hashes_and_no_install_script_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[list[str]] = []
    monkeypatch.setattr(make, "VENV", tmp_path / "none")
    monkeypatch.setattr(make, "quietly", lambda *words, doing: run.append([str(word) for word in words]) or "")
    make.install_packages()
    make.install_browser_parts()
    _, packages, parts = run
    assert packages[-3:] == ["--require-hashes", "-r", "requirements.txt"]
    assert parts[-4:] == ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]


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


SPREAD = "-n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder"
"""Over the cores of the machine, the tests of a file together."""


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("serve -q", "mkdocs serve --livereload -a 127.0.0.1:8000 -q"),
        ("test", f"CHROME_PATH=/a/browser pytest {SPREAD}"),
        ("test -k stamp", f"CHROME_PATH=/a/browser pytest {SPREAD} -k stamp"),
        ("test-long -x", f"CHROME_PATH=/a/browser pytest {SPREAD} -m long -x"),
        ("refresh-prices", "macros.refresh"),
    ],
)
def test_a_target_sets_up_and_runs_one_command(words: str, command: str, calls: list[str]) -> None:
    assert make.main(words.split()) == 0
    assert calls == ["set up", command]


@pytest.mark.parametrize(
    ("words", "site"), [("", "site"), ("--clean -d there", "there"), ("--site-dir there", "there")]
)
def test_build_weighs_what_it_built(words: str, site: str, calls: list[str]) -> None:
    assert make.build(*words.split()) == 0
    assert calls == ["set up", " ".join(["mkdocs build --strict", *words.split()]), f"macros.sizes {site}"]


@pytest.mark.parametrize("word", ["-q", "--quiet", "-v", "--verbose"])
def test_b10_a_build_that_would_overlook_broken_links_is_refused(
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
    assert [it.split("argv[1:]))")[1] for it in calls[4:]] == [" audit", " audit signatures"]


def test_check_runs_everything_and_fails_if_one_fails(calls: list[str]) -> None:
    assert make.check() == 1
    checks = ["ruff check .", "ruff format --check .", "mypy", "pytest -m not site and not browser"]
    assert calls == ["set up", *checks, "macros.refresh.due"]


def test_the_newest_lists_are_fetched_locked_and_installed_before_they_are_compared(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "lock", lambda: calls.append("lock"))
    assert make.main(["refresh-prices", "--newest"]) == 0
    assert calls == ["set up", "macros.refresh.newest", "lock", "set up", "macros.refresh"]
    monkeypatch.setattr(make, "python", lambda *words: calls.append(words[1]) or 2)
    calls.clear()
    assert make.main(["refresh-prices", "--newest"]) == 2
    assert calls == ["set up", "macros.refresh.newest"]


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
