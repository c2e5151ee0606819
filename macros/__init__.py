"""The ways in: what pages may call, the terminal command, and the only code that touches files or other packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.pages.environment import PageEnvironment


def define_env(env: PageEnvironment) -> None:
    """Gives the pages their macros and writes what browsers need; MkDocs and Zensical both call it by this name."""
    from macros.fresh_code import forget_changed_code

    forget_changed_code()
    from macros.pages.definition import define_page_macros

    define_page_macros(env)
