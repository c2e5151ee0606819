"""Lets a running `mkdocs serve` see an edited formula or macro: modules that came from older files are forgotten."""

from __future__ import annotations

import sys
from pathlib import Path

import macros

_ROOT = Path(__file__).resolve().parent.parent
_FOLDERS = ("calculators", "macros")
_newest: list[float] = []
"""When the code last changed; this module is not forgotten, so it remembers this from build to build."""


def forget_changed_code() -> None:
    """Forgets all modules of the project if a file of its code has changed since the last call."""
    newest = max(path.stat().st_mtime for folder in _FOLDERS for path in (_ROOT / folder).rglob("*.py"))
    if _newest and _newest[-1] != newest:
        for name in [name for name in sys.modules if name.partition(".")[0] in _FOLDERS]:
            if name not in ("macros", __name__):
                del sys.modules[name]
                # Otherwise `from macros import pages` would find the old module as an attribute of the package.
                vars(macros).pop(name.removeprefix("macros."), None)
    _newest[:] = [newest]
