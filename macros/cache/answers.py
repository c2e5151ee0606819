"""Keeps what macros write from facts and code alone, so that a build with the same data and code computes nothing.

An answer is kept under its question. All of them lie in one file, whose name has a digest of what decides about them:
the facts, our code, and the versions of what the code uses.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from macros.cache.files import keep_cached_file

FILES = 4
"""How many sets of answers stay, each for data and code of its own: people switch between branches."""


def cached_code_digest(root: Path, facts: str) -> str:
    """A digest of all that decides what macros write, but for the pages: facts, code and versions."""
    digest = hashlib.sha256(f"{sys.version}\0{facts}".encode())
    code = sorted(path for folder in ("calculators", "macros") for path in (root / folder).rglob("*.py"))
    for path in (*code, root / "requirements.txt", root / "package-lock.json"):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:32]


class CachedAnswers:
    """The answers of earlier builds, and those of this one."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._earlier = _read_cached_answers(path) if path else {}
        self._texts: dict[str, str] = {}

    def text(self, question: object, compute: Callable[[], str]) -> str:
        """The answer to a question, which JSON can write; it is computed where no build has yet."""
        key = json.dumps(question, ensure_ascii=False, default=str)
        if key not in self._texts:
            self._texts[key] = self._earlier[key] if key in self._earlier else str(compute())
        return self._texts[key]

    def keep(self) -> None:
        """Writes the answers that this build asked for, and removes the oldest files."""
        if self._path is None or self._texts.keys() == self._earlier.keys():
            return
        if keep_cached_file(self._path, json.dumps(self._texts, ensure_ascii=False).encode("utf-8", "surrogatepass")):
            self._earlier = dict(self._texts)
            with contextlib.suppress(OSError):  # another build may remove the same files
                files = sorted(self._path.parent.glob("answers-*.json"), key=lambda path: path.stat().st_mtime_ns)
                for path in files[:-FILES]:
                    path.unlink(missing_ok=True)


def _read_cached_answers(path: Path) -> dict[str, str]:
    """The answers of a file; none where it is not there or damaged."""
    try:
        texts = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return texts if isinstance(texts, dict) else {}
