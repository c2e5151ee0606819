"""What all tests share: the calculators over the project's own facts, and a copy of the project to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("calculators", "macros", "data", "docs", "overrides", "mkdocs.yml", "pyproject.toml", "package.json")


@pytest.fixture(scope="session")
def catalogue():
    """Every calculator over the real facts."""
    from macros.catalogue import catalogue

    return catalogue()


def build(project: Path, folder: Path, address: str = "http://127.0.0.1:8000/") -> subprocess.CompletedProcess[str]:
    """Builds a project's site strictly, as `make build` does, into a folder."""
    environment = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project)}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
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
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    return copy_of_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly for an address with a path, as on GitHub Pages."""
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, folder, "https://example.org/repo/")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
