"""Which modules of the calculators a browser downloads together: what half of them need, and what one needs more.

Every start loads the base. A calculator that reads files needs the readers, too, and almost each has a part of its
own. A module that few calculators need is in the part of each of them: so a page asks for three files at most.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from calculators.discovery import is_topic
from macros.statements import imported_names

BASE, READERS = "calculators", "calculators.readers"

ALWAYS = ("calculators.catalogue", "calculators.engine.", "calculators.views.")
"""What is in the base in any case. Views are found by their names, which no import tells."""


class Parts(NamedTuple):
    """The modules of each part, by name with their paths, and by calculator the parts that it needs beside the base.

    `all` together need all.
    """

    modules: dict[str, dict[str, str]]
    needed: dict[str, list[str]]


def part_module_name(path: str) -> str:
    """The name of a module by its path.

    >>> part_module_name("calculators/rag/cost/__init__.py")
    'calculators.rag.cost'
    """
    return ".".join(PurePosixPath(path).with_suffix("").parts).removesuffix(".__init__")


def calculator_parts(sources: Mapping[str, bytes]) -> Parts:
    """The parts of the calculators whose files are given by path. Raises SyntaxError where one is no Python."""
    paths = {part_module_name(path): path for path in sorted(sources)}
    graph = {name: _part_imports(name, sources[path], paths) for name, path in paths.items()}
    calculators = [name for name in graph if name.count(".") == 2 and is_topic(name.split(".")[1])]
    always = _part_modules(graph, [name for name in graph if f"{name}.".startswith(ALWAYS)])
    needs = {name: _part_modules(graph, _part_below(graph, name)) - always for name in calculators}
    readers = {name: needs[name] for name in calculators if any(_is_reader(module) for module in needs[name])}

    nowhere = set(graph) - always.union(*needs.values())
    base = always | nowhere | _needed_by_half(needs)
    shared = _needed_by_half(readers) - base
    modules = {BASE: base}
    if shared:
        modules[READERS] = shared
    needed: dict[str, list[str]] = {}
    for name in calculators:
        parts = [READERS] if name in readers and shared else []
        if alone := needs[name] - base - (shared if parts else set()):
            modules[name] = alone
            parts.append(name)
        needed["/".join(name.split(".")[1:])] = parts
    described = {part: {name: paths[name] for name in sorted(names)} for part, names in modules.items()}
    return Parts(described, needed | {"all": [name for name in modules if name != BASE]})


def _needed_by_half(needs: Mapping[str, set[str]]) -> set[str]:
    """The modules that at least half of the calculators need."""
    counted = Counter(module for modules in needs.values() for module in modules)
    return {module for module, count in counted.items() if 2 * count >= len(needs)}


def _is_reader(name: str) -> bool:
    return f"{name}.".startswith(f"{READERS}.")


def _part_below(graph: Iterable[str], package: str) -> list[str]:
    """A module and all that are in its folder."""
    return [name for name in graph if f"{name}.".startswith(f"{package}.")]


def _part_imports(name: str, source: bytes, known: Iterable[str]) -> set[str]:
    """Those of the known modules that one imports anywhere, and its packages."""
    named = {name, *imported_names(ast.parse(source, f"{name}.py"))}
    packages = {path.rsplit(".", depth)[0] for path in named for depth in range(path.count(".") + 1)}
    return packages.intersection(known)


def _part_modules(graph: Mapping[str, set[str]], wanted: Iterable[str]) -> set[str]:
    """These modules and all that they import. Of readers a folder is whole: its formats are found by their names."""
    modules: set[str] = set()
    left = list(wanted)
    while left:
        name = left.pop()
        if name not in modules:
            modules.add(name)
            left.extend(graph[name])
            if _is_reader(name) and name != READERS:
                left.extend(_part_below(graph, ".".join(name.split(".")[:3])))
    return modules
