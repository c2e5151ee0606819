"""Tells whether files are still those of an earlier start, by their names, sizes and times, without reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from macros.cache.files import keep_cached_file

COARSEST = 2 * 10**9
"""Nanoseconds: the coarsest clock of a file system. Within it, a file may change twice and have one time."""


def cached_file_states(paths: Iterable[str]) -> dict[str, os.stat_result]:
    """The states of files, and of those in folders, by path; what is not there has none."""
    states: dict[str, os.stat_result] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        try:
            state = os.stat(path)
            if stat.S_ISDIR(state.st_mode):
                waiting.extend(entry.path for entry in os.scandir(path) if entry.name != "__pycache__")
            else:
                states[path] = state
        except OSError:
            continue
    return states


class CachedStates:
    """What was read from files, remembered in a file of its own until one of them changes."""

    def __init__(self, path: Path, about: str, paths: Iterable[str]) -> None:
        states = cached_file_states(paths)
        lines = (
            f"{name} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}" for name, state in sorted(states.items())
        )
        self._path, self._state = path, "\n".join([about, *lines])
        self._newest = max((max(state.st_mtime_ns, state.st_ctime_ns) for state in states.values()), default=0)

    def recall(self) -> str:
        """What was remembered; nothing where a file has changed, or may have changed just when it was read."""
        try:
            state, _, words = self._path.read_text("utf-8").rpartition("\n")
            is_sure = self._path.stat().st_mtime_ns - self._newest > COARSEST
        except (OSError, ValueError):
            return ""
        return words if is_sure and state == self._state else ""

    def remember(self, words: str) -> None:
        """Remembers a line until the files change."""
        keep_cached_file(self._path, f"{self._state}\n{words}".encode())
