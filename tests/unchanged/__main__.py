"""Compare all that the site and the command say with an older revision: `python -m tests.unchanged REVISION`.

A change of the code's structure must change no number, word, link or message. What was said at the revision is kept in
`.cache/unchanged`. Articles below `decisions/` and `contribute/` are about the code itself, and may differ.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import ROOT

OUTPUT = Path(__file__).with_name("output.py")
CACHE = ROOT / ".cache" / "unchanged"
ABOUT_THE_CODE = ("articles/decisions/", "articles/contribute/")
SHOWN = 12
"""How many files are printed with their differences, and how many lines of each."""

MEANT: Mapping[str, str] = {}
"""What the older revision says and what a change means to say instead; emptied when the change is part of `main`."""


def write(project: Path, folder: Path) -> None:
    """Have a checkout write what it says."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {**os.environ, "PYTHONPATH": str(project)}
    subprocess.run([sys.executable, str(OUTPUT), str(folder)], cwd=project, env=environment, check=True)


def earlier(revision: str) -> Path:
    """The folder with what a revision said, made once for each commit and each way of writing it."""
    resolved = subprocess.run(
        ["git", "rev-parse", "--short=12", f"{revision}^{{commit}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    commit = resolved.stdout.strip()
    folder, project = CACHE / f"{commit}-{digest(OUTPUT)}", CACHE / f"checkout-{commit}"
    if (folder / "complete").exists():
        return folder / "said"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(project)], input=archive.stdout, check=True)
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    write(project, folder)
    shutil.rmtree(project)
    (folder / "complete").touch()
    return folder / "said"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def read(folder: Path, name: str) -> str:
    path = folder / name
    return path.read_text("utf-8") if path.is_file() else ""


def differences(before: Path, after: Path) -> dict[str, list[str]]:
    """The files that differ with the lines that differ; what is about the code itself is left out."""
    names = sorted({path.relative_to(side).as_posix() for side in (before, after) for path in side.rglob("*.*")})
    changed: dict[str, list[str]] = {}
    for name in names:
        if name.startswith(ABOUT_THE_CODE):
            continue
        old, new = read(before, name), read(after, name)
        for earlier, meant in MEANT.items():
            old = old.replace(earlier, meant)
        if old != new:
            lines = difflib.unified_diff(broken(old), broken(new), lineterm="", n=0)
            changed[name] = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return changed


def broken(text: str) -> list[str]:
    """The lines of a text; a line of HTML is broken before each tag."""
    return text.replace("<", "\n<").splitlines()


def main(arguments: list[str]) -> int:
    """Prints what differs; 1 where anything does."""
    (revision,) = arguments or ["HEAD"]
    before = earlier(revision)
    now = CACHE / "now"
    write(ROOT, now)
    changed = differences(before, now / "said")
    count = sum(1 for path in (now / "said").rglob("*") if path.is_file())
    print(f"{count} texts compared with {revision}: {len(changed)} differ.")
    for name, lines in list(changed.items())[:SHOWN]:
        print(f"\n{name}: {len(lines)} lines")
        print("\n".join(line[:300] for line in lines[:SHOWN]))
    for name in list(changed)[SHOWN:]:
        print(f"{name} differs, too.")
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
