"""What a command costs: seconds of processor time, which other work on the machine hardly changes, and its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def environment(folder: Path) -> dict[str, str]:
    """What a command of a project in this folder needs; Python keeps its byte code, as it does for its users."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**variables, "PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1"}


def spent(folder: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and megabytes of one Python command in a project's folder."""
    command = [sys.executable, "-c", MEASURE, sys.executable, *arguments]
    process = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
    seconds, megabytes = process.stdout.split()
    return float(seconds), float(megabytes)
