"""Runs in the reader's browser: imports the calculators from the parts that have come, and compiles nothing for them.

It ships with Python's library. `dataclasses` writes the methods of each class as a text and compiles it, which is half
of what importing takes; here their byte code comes with the classes.
"""

import dataclasses
import marshal
import sys
import zlib
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from io import SEEK_END, open_code
from types import ModuleType

PLACE = "/parts"
"""The folder in which all modules seem to be. There is none."""

PACKAGES: dict[str, bool] = {}
"""Whether a module is a package, by its name, of all that have come."""

CODES: dict[str, bytes] = {}
"""The byte code of the modules that were not yet imported."""

METHODS: dict[int, bytes] = {}
"""The byte code of methods, by a checksum of their text, which is larger."""


class PartFinder:
    """What `importlib` and `pkgutil` ask about a folder below `PLACE`."""

    def __init__(self, folder: str) -> None:
        if not f"{folder}/".startswith(f"{PLACE}/"):
            raise ImportError
        self.package = folder.removeprefix(PLACE).removeprefix("/").replace("/", ".")

    def find_spec(self, name: str, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in PACKAGES:
            return None
        spec = ModuleSpec(name, self, origin=PLACE, is_package=PACKAGES[name])  # type: ignore[arg-type]  # it loads
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(f"{PLACE}/{name.replace('.', '/')}")
        return spec

    def iter_modules(self, prefix: str = "") -> Iterator[tuple[str, bool]]:
        for name, is_package in sorted(PACKAGES.items()):
            package, _, last = name.rpartition(".")
            if package == self.package:
                yield f"{prefix}{last}", is_package

    def create_module(self, spec: ModuleSpec) -> None:
        """Leaves it to `importlib`."""

    def exec_module(self, module: ModuleType) -> None:
        exec(marshal.loads(CODES[module.__name__]), module.__dict__)
        del CODES[module.__name__]


def run_prepared(text: str, *spaces: dict[str, object]) -> None:
    """Runs the text of methods in place of `exec`, as byte code where it has come."""
    code = METHODS.get(zlib.crc32(text.encode()))
    exec(marshal.loads(code) if code else text, *spaces)


def add_part(path: str) -> None:
    """Takes the modules and methods of a part over from a file. A module may come again with another part.

    From the first part on, imports look there, too, and `dataclasses` compiles nothing that has come.
    """
    if PartFinder not in sys.path_hooks:
        dataclasses.exec = run_prepared  # type: ignore[attr-defined]
        sys.path_hooks.insert(0, PartFinder)
        sys.path.append(PLACE)
    with open_code(path) as file:
        # To read all without a number calls for a function of the rest of the interpreter.
        size = file.seek(0, SEEK_END)
        file.seek(0)
        codes, packages, methods = marshal.loads(file.read(size))
    METHODS.update(methods)
    for name, code in codes.items():
        if name not in PACKAGES:
            PACKAGES[name] = name in packages
            CODES[name] = code
