"""The ways in: what pages may call, the terminal command, and the only code that touches files or other packages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
_newest: list[float] = []


def define_env(env: Any) -> None:
    """Gives the pages their macros and writes what browsers need; MkDocs and Zensical both call it by this name."""
    _forget_changed_code()
    from macros.pages import define

    define(env)


def on_post_build(env: Any) -> None:
    """Completes the pages, and stops a build whose pages have broken addresses or load something from elsewhere."""
    from macros import ready

    site = Path(env.conf["site_dir"])
    lost = list(ready.finish(site))
    if "serve" not in sys.argv:
        from macros import built
        from macros.pages import refuse

        refuse("The built pages have mistakes", [*lost, *built.problems(_ROOT, site, env.conf["site_url"] or "")])


def _forget_changed_code() -> None:
    """Lets a running `mkdocs serve` see an edited formula or macro: what was imported from older files goes."""
    newest = max(
        path.stat().st_mtime for folder in ("calculators", "macros") for path in (_ROOT / folder).rglob("*.py")
    )
    if _newest and _newest[-1] != newest:
        for name in [it for it in sys.modules if it.startswith(("calculators.", "macros.")) or it == "calculators"]:
            del sys.modules[name]
            globals().pop(name.removeprefix("macros."), None)  # or `from macros import` would find the old one
    _newest[:] = [newest]
