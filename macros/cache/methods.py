"""Keeps the methods that `dataclasses` compiles for each class, which take a quarter of a start of the command.

`dataclasses` writes the methods of a class as a text, compiles it and runs it. Here the compiled text is kept under the
text itself, so that no change of a class can meet methods of an older one. A browser gets the same at build: see
`macros/browser/byte_code_inside.py`.
"""

from __future__ import annotations

import importlib
import marshal
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, ModuleType

from macros.cache.files import keep_cached_file

INSPECT = "inspect"
"""What `dataclasses` imports to write the documentation of classes that have none; it imports five more modules."""

MOST = 4000
"""Texts in one file; one that has grown beyond them, as classes were edited, begins anew."""


def keep_dataclass_methods(cache: Path) -> Callable[[], None]:
    """Has `dataclasses` take compiled methods from the folder from here on; what it gives keeps the new ones.

    A file belongs to one version of Python, whose byte code no other reads.
    """
    dataclasses = _dataclasses_without_inspect()
    path = cache / f"methods-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"
    codes = CachedCodes(path)

    def run(text: str, *spaces: dict[str, object]) -> None:
        exec(codes.code(text, _compiled_methods), *spaces)

    dataclasses.exec = run  # type: ignore[attr-defined]  # a name of the module comes before that of Python itself
    return codes.keep


def _compiled_methods(text: str) -> CodeType:
    return compile(text, "<string>", "exec", dont_inherit=True)


class _Late(ModuleType):
    """Stands for a module, and imports it when something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        return getattr(importlib.import_module(self.__name__), name)


def _dataclasses_without_inspect() -> ModuleType:
    """The module `dataclasses`, which takes a third of its time to import another that our classes do not need."""
    if INSPECT in sys.modules:
        return importlib.import_module("dataclasses")
    sys.modules[INSPECT] = _Late(INSPECT)
    try:
        return importlib.import_module("dataclasses")
    finally:
        del sys.modules[INSPECT]


class CachedCodes:
    """Compiled texts in a file, each under the text itself; new ones are in it once they are kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._codes = _cached_codes(path)
        self._first = len(self._codes)

    def code(self, text: str, compile_text: Callable[[str], CodeType]) -> CodeType:
        """What a text compiles to."""
        if text not in self._codes:
            self._codes[text] = marshal.dumps(compile_text(text))
        code: CodeType = marshal.loads(self._codes[text])
        return code

    def keep(self) -> None:
        """Writes the file, unless nothing is new."""
        if len(self._codes) != self._first:
            keep_cached_file(self._path, marshal.dumps(self._codes))


def _cached_codes(path: Path) -> dict[str, bytes]:
    """The compiled texts of the file; none where it cannot be read or has grown too large."""
    try:
        codes = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return codes if isinstance(codes, dict) and len(codes) <= MOST else {}
