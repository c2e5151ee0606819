"""The Makefile: what it is called with decides its own Python, and that of no project that a test builds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BUILDS = "import tests.conftest, subprocess, sys; sys.exit(subprocess.call(['make', 'help']))"
"""A test that calls `make` in a project, as those of publishing do."""


@pytest.mark.parametrize("where", ["command line", "environment"])
def test_a_chosen_python_stays_with_the_make_that_got_it(tmp_path: Path, where: str) -> None:
    """One that is nowhere: a `make` that a test calls would fail with it."""
    (tmp_path / "Makefile").write_text(f'test: ; @"{sys.executable}" -c "{BUILDS}"\n')
    words = ["PYTHON=/no/python"] if where == "command line" else []
    chosen = {"PYTHON": "/no/python"} if where == "environment" else {}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    process = subprocess.run(
        ["make", "--file", str(tmp_path / "Makefile"), "test", *words],
        cwd=ROOT,
        env={**os.environ, **chosen, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith("Use: python3 make.py TARGET")
