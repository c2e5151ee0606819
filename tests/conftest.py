"""What all tests share: the calculators over the project's own facts, and a copy of the project to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

# Expected numbers are those of the published prices on their own day, whatever this computer is set to.
ROOT = Path(__file__).resolve().parent.parent
OWN_FILES = [Path(os.environ.get("WHICH_LEVER_OVERRIDES") or ROOT / "data" / "overrides.yaml")]
"""A company's own figures, where there are any: one test asks every calculator with them."""
os.environ["WHICH_LEVER_OVERRIDES"] = "none"
os.environ.pop("WHICH_LEVER_TODAY", None)

ADDRESS = "https://example.org/repo/"
"""What the tests' own site is built for."""

PARTS = ("calculators", "macros", "data", "docs", "overrides", "mkdocs.yml", "pyproject.toml", "package.json")


SAVE_DATA = "Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true });"
"""Has a page do nothing ahead of time: no Worker starts that a test has not asked for."""


@pytest.fixture(scope="session")
def catalogue():
    """Every calculator over the real facts."""
    from macros.catalogue import catalogue

    return catalogue()


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


def copy_of_project(folder: Path) -> Path:
    """A copy of the project in a folder, to be changed by a test; the installed browser parts are shared."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__", "runtime", "fonts"))
        else:
            shutil.copy(source, folder / part)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    # What Pyodide compiled is kept under a digest of its sources, so a changed copy makes its own.
    (folder / ".cache").mkdir()
    for compiled in (ROOT / ".cache").glob("byte-code-*"):
        (folder / ".cache" / compiled.name).symlink_to(compiled)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    return copy_of_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly for an address with a path, as on GitHub Pages; once for all processes that test."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = (base if alone else base.parent) / "site"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            done = build(ROOT, folder.with_name("unfinished"), ADDRESS)
            assert done.returncode == 0, done.stdout + done.stderr
            folder.with_name("unfinished").rename(folder)
    return folder


@pytest.fixture(scope="session")
def real_site(site: Path, tmp_path_factory: pytest.TempPathFactory):
    """The site as it ships, at the address it is served at, so that instant navigation works as deployed."""
    from tests.site.server import Site

    with Site() as server:
        server.folder = tmp_path_factory.mktemp("real") / "site"
        shutil.copytree(site, server.folder, copy_function=os.link)
        for path in (*server.folder.rglob("*.html"), server.folder / "sitemap.xml"):
            content = path.read_bytes().replace(ADDRESS.encode(), server.address.encode())
            path.unlink()
            path.write_bytes(content)
        yield server


@pytest.fixture(scope="module")
def live_context(chromium):
    """One browser profile for a module's tests, so that Python is downloaded once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SAVE_DATA)
    yield context
    context.close()


@pytest.fixture
def live_page(live_context, real_site):
    """The prompt cost page with its calculator live, as it came."""
    page = live_context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{real_site.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    yield page
    page.close()
