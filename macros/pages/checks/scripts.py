"""Which of the site's own scripts are its core, and which are lazy modules: read from the scripts themselves.

A page begins with its modules. What a script of the core imports without waiting is core too, and so is what it only
mentions: the loader puts the name of the build into an address, and a Worker has no import. A module is lazy if only an
`import()` that names it leads there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from pathlib import Path

_COMMENT = re.compile(r"^[ \t]*//[^\n]*|/\*.*?\*/", re.MULTILINE | re.DOTALL)
_IMPORT = re.compile(r"""^(?:import|export)\b(?:[^;"'()]*?\bfrom)?\s*["']([^"']+)["']""", re.MULTILINE)
_LAZY_IMPORT = re.compile(r"""\bimport\(\s*(?:new URL\(\s*)?["']([^"']+)["']""")
_MENTION = re.compile(r"""([\w-]+\.js)["'`]""")


def core_and_lazy_page_scripts(modules: Set[Path], build: Set[Path]) -> tuple[Set[Path], Set[Path]]:
    """The core and the lazy modules among a page's modules, the scripts of its build, and all that these import.

    A script that nothing leads to counts as core, which has the harder budget.
    """
    scripts = _script_closure(
        modules | build, lambda script: _script_targets(script, _IMPORT) | _script_targets(script, _LAZY_IMPORT)
    )
    by_name: set[Path] = set().union(*(_script_targets(script, _LAZY_IMPORT) for script in scripts))

    def neighbors(script: Path) -> Set[Path]:
        names = set(_MENTION.findall(_script_source(script)))
        return _script_targets(script, _IMPORT) | {named for named in scripts - by_name if named.name in names}

    core = _script_closure(modules, neighbors)
    lazy = _script_closure(by_name - core, lambda script: _script_targets(script, _IMPORT)) - core
    return scripts - lazy, lazy


def _script_closure(scripts: Set[Path], neighbors: Callable[[Path], Set[Path]]) -> Set[Path]:
    """Some scripts and all that they lead to, step by step."""
    closure: set[Path] = set()
    frontier = scripts
    while frontier:
        closure |= frontier
        frontier = set().union(*map(neighbors, frontier)) - closure
    return closure


def _script_targets(script: Path, imports: re.Pattern[str]) -> Set[Path]:
    """The scripts that a script imports in one of the two ways."""
    return {(script.parent / name).resolve() for name in imports.findall(_script_source(script))}


def _script_source(script: Path) -> str:
    return _COMMENT.sub("", script.read_text("utf-8"))
