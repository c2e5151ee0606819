"""What all tests share: the calculators over the project's own facts, and a copy of the project to break."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from tests.daily import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.daily import pytest_report_header as pytest_report_header
from tests.site.small import put_small_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from calculators.catalogue import Catalogue
    from tests.browser.pyodide import Pyodide
    from tests.site.server import Site

# Expected numbers are those of the published prices on their own day, whatever this computer is set to.
ROOT = Path(__file__).resolve().parent.parent
OWN_FILES = [Path(os.environ.get("WHICH_LEVER_OVERRIDES") or ROOT / "data" / "overrides.yaml")]
"""A company's own figures, where there are any: one test asks every calculator with them."""
os.environ["WHICH_LEVER_OVERRIDES"] = "none"
LEFT_BEHIND = ("WHICH_LEVER_TODAY", "PYTHON", "MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL")
"""What must not reach the projects that tests build: a day, and what `make test` was called with."""
for setting in LEFT_BEHIND:
    os.environ.pop(setting, None)

RARELY = (50_000, 20, 20)
"""How many new objects, and how many searches of the younger ones, have Python search for those that are lost."""

ADDRESS = "https://example.org/repo/"
"""What the tests' own site is built for."""

PARTS = (
    "calculators",
    "macros",
    "data",
    "docs",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements.txt",
    "package.json",
    "package-lock.json",
)
"""What a copy of the project has. The digest under which answers are kept has the locks in it: without them, each copy
would compute its own anew."""


SEARCHED = ("cost/fine-tuning/", "learn/fine-tuning/")
"""The pages that a search finds on the site that is served: each page loaded reads the whole index anew."""

SAVE_DATA = "Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true });"
"""Has a page do nothing ahead of time: no Worker starts that a test has not asked for."""

PATIENT = """{
  const later = setInterval;
  window.setInterval = (work, wait, ...more) => later(work, wait === 1000 ? 20_000 : wait, ...more);
}"""
"""Has a page count each 20 seconds as one while it waits for an answer. How long a reader waits is what the tests of
faults are about; for all others an answer is as right when a busy machine takes longer."""

HURRIED = """{
  const later = setTimeout;
  const isForPaper = (work) => `${work}`.includes(".preparePaper(") && !sessionStorage.getItem("pauses");
  window.setTimeout = (work, wait, ...more) => later(work, isForPaper(work) ? 1e9 : wait, ...more);
}"""
"""Has a page prepare nothing for paper in the pause after an edit, as where a reader goes on at once: that takes four
times as long as the edit. What is opened, printed or saved is asked for as ever. A test that looks at what is folded
away, such as for what must not be there, uses the fixture `pauses` or `real.pausing`."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect the tests without a search for lost objects, and leave them out of each later one, which are rare."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*RARELY)
        gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a test needed a second try, of which the summary has the name alone."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.write_sep("_", f"first try of {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)
        for title, text in report.sections:
            terminalreporter.write_line(f"\n{title}:\n{text}")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Every calculator over the real facts."""
    from macros.project import project_catalogue

    return project_catalogue()


def build(
    project: Path, folder: Path, address: str = "http://127.0.0.1:8000/", *words: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Builds a project's site strictly, as `make build` does, into a folder.

    `words` are further arguments of MkDocs, `more` settings of the environment.
    """
    given = {"SITE_URL": address, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project), "EDIT_URL": ""}
    environment = {**os.environ, **given, **more}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder), *words]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def copy_of_project(folder: Path, *, pages: bool = True) -> Path:
    """A copy of the project in a folder, to be changed by a test; the installed browser parts are shared.

    Without its pages the copy has a few small ones, which build in a fraction of the time.
    """
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("runtime", "fonts"))
        else:
            shutil.copy(source, folder / part)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    # What is kept there has a digest of its sources in its name, so a changed copy makes its own.
    (folder / ".cache").mkdir()
    for cached in (ROOT / ".cache").glob("*-*"):
        if re.fullmatch(r"(?:byte-code|short-scripts)-\w+|(?:facts|answers)-\w+\.json", cached.name):
            (folder / ".cache" / cached.name).symlink_to(cached)
    link_interpreter(folder)
    if not pages:
        put_small_pages(folder)
    return folder


def link_interpreter(folder: Path) -> None:
    """Have a project share the packed interpreter, if there is one: it takes seconds to compress."""
    for packed in (ROOT / "docs" / "assets" / "runtime").glob("pyodide-*"):
        unfinished = shutil.ignore_patterns("*.part")
        shutil.copytree(packed, folder / packed.relative_to(ROOT), ignore=unfinished, copy_function=os.link)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    return copy_of_project(tmp_path)


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A copy of the project with a few small pages, for tests of a build that need none of the site's own."""
    return copy_of_project(tmp_path, pages=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly for an address with a path, as on GitHub Pages; once for all processes that test.

    Both runs of `make test` share one folder for it.
    """
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = Path(os.environ.get("BUILT_SITE") or (base if alone else base.parent)) / "site"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            process = build(ROOT, folder.with_name("unfinished"), ADDRESS)
            assert process.returncode == 0, process.stdout + process.stderr
            folder.with_name("unfinished").rename(folder)
    return folder


@pytest.fixture(scope="session")
def pyodide(site: Path) -> Iterator[Pyodide]:
    """The Python that the site ships, under Node."""
    from tests.browser.pyodide import Pyodide

    with Pyodide(site) as pyodide:
        yield pyodide


@pytest.fixture(scope="session")
def real_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as it ships, at the address it is served at, so that instant navigation works as deployed."""
    from tests.site.server import Site

    with Site() as server:
        server.folder = tmp_path_factory.mktemp("real") / "site"
        shutil.copytree(site, server.folder, copy_function=os.link)
        for path in (*server.folder.rglob("*.html"), server.folder / "sitemap.xml"):
            content = path.read_bytes().replace(ADDRESS.encode(), server.address.encode())
            path.unlink()
            path.write_bytes(content)
        index = server.folder / "search" / "search_index.json"
        search = json.loads(index.read_text("utf-8"))
        search["docs"] = [part for part in search["docs"] if part["location"].startswith(SEARCHED)]
        index.unlink()
        index.write_text(json.dumps(search), "utf-8")
        yield server


@pytest.fixture(scope="module")
def live_context(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser profile for a module's tests, so that Python is downloaded once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    yield context
    context.close()
