"""The ways in: what pages may call, the terminal command, and the only code that touches files or other packages."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Gives the pages their macros and writes what browsers need; MkDocs and Zensical both call it by this name."""
    from macros.pages import define

    define(env)
