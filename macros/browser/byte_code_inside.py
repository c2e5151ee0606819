"""Runs inside Pyodide at build: writes the part of Python's library that calculators use, and them, as byte code.

The build says which modules of the calculators are a part together, as `parts.py` divides them.

Importing from source takes most of the time that Python needs to start, and only the interpreter that will run byte
code can write it. What is used is found by running every import statement of the calculators, those inside functions
included, and by formatting an error, which imports more.
"""

import ast
import dataclasses
import importlib.machinery
import json
import marshal
import pkgutil  # noqa: F401 - to be part of the library: docs/assets/javascripts/interpreter.js uses it
import sys
import traceback
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import CodeType
from typing import ClassVar

LIBRARY = f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip"
SOURCES = Path("/sources")
MADE = Path("/made")
INSIDE = "parts_inside.py"
"""What imports the parts in a browser; the library has it. It needs the class of `importlib`, which is built in."""

ASYNCIO = b"""
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .runners import *
from .tasks import *

DefaultEventLoopPolicy = events._BaseDefaultEventLoopPolicy
"""
"""What Pyodide's own loop is made of. The rest of the package, and what only that imports, is for sockets."""

IN_ASYNCIO = {
    *("base_futures", "base_tasks", "constants", "coroutines", "events", "exceptions", "format_helpers", "futures"),
    *("locks", "mixins", "queues", "runners", "tasks", "timeouts"),
}
LEFT_OUT = {"bz2", "compression", "lzma", "ssl"}
"""Who else imports these, to unpack archives of other kinds, does without where they are missing."""

FOR_STAND_INS = {
    "_ssl",
    *("fnmatch", "glob", "locale", "pathlib", "selectors", "shutil", "tempfile", "zipfile"),
    *("opcode", "_opcode_metadata"),
}
"""What only modules with a stand-in import."""

STAND_INS = {
    "_colorize": """
class Theme(str):
    def __getattr__(self, name):
        return self

def can_colorize(**options):
    return False

def get_theme(**options):
    return Theme()
""",
    "dis": """
COMPILER_FLAG_NAMES = {names!r}
""",
    "_pyodide/docstring": """
def dedent_docstring(docstring):
    return docstring

def get_cmeth_docstring(function):
    return function.__name__
""",
    "inspect": """
import types

class Parameter:
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = range(5)
    empty = None

    def __init__(self, name, kind):
        self.name, self.kind = name, kind

class Signature:
    parameters = {
        "args": Parameter("args", Parameter.VAR_POSITIONAL),
        "kwargs": Parameter("kwargs", Parameter.VAR_KEYWORD),
    }

def signature(function, **options):
    if function.__name__ != "_default_sig_stencil":  # the start asks of this one alone
        raise ValueError("no signature is known here")
    return Signature()

def unwrap(function):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function

def isclass(subject):
    return isinstance(subject, type)

def isfunction(subject):
    return isinstance(subject, types.FunctionType)

def ismethod(subject):
    return isinstance(subject, types.MethodType)

def isgenerator(subject):
    return isinstance(subject, types.GeneratorType)

def isawaitable(subject):
    return hasattr(type(subject), "__await__")

def iscoroutinefunction(function):
    return bool(getattr(getattr(function, "__code__", None), "co_flags", 0) & 128)

def getattr_static(subject, name, *default):
    return getattr(subject, name, *default)

def getmodulename(path):
    name, _, suffix = path.rpartition("/")[2].partition(".")
    return name if suffix in ("py", "pyc") else None
""",
    "logging": """
DEBUG = 10

class Logger:
    def __getattr__(self, name):
        return lambda *words, **options: None

def getLogger(name=None):
    return Logger()

StreamHandler = Logger
""",
    "pyodide/_package_loader": """
from pyodide_js import loadedPackages  # a snapshot counts on this object

class Nowhere:
    def __str__(self):
        return "/nowhere"

SITE_PACKAGES = DSO_DIR = Nowhere()

def init_loaded_packages():
    pass
""",
    "pyodide/common": "",
    "random": "",
    "socket": """
AF_UNSPEC = 0
AI_PASSIVE = 1
""",
    "subprocess": """
PIPE = -1
""",
}
"""What Pyodide's start imports of modules that nothing uses here: for packages, sockets, processes, logs, colors, and
signatures, which it would work out for the documentation of some sixty functions.

A stand-in only has what is named while Python starts. Where a calculator imports one of these modules, all of the
library ships as it is.
"""


ImportStatement = ast.Import | ast.ImportFrom


def byte_code_imports(tree: ast.Module) -> dict[str, ImportStatement]:
    """The import statements anywhere in a module, those that are alike once."""
    from macros.statements import statements_in  # the build puts it beside the sources

    return {ast.dump(node): node for node in statements_in(tree) if isinstance(node, ImportStatement)}


def byte_code_library_modules(imports: Iterable[ImportStatement], names: Iterable[str]) -> list[str]:
    """The modules of Python's library that the start, these statements and modules import, as paths in the library."""
    for node in imports:
        exec(compile(ast.Module([node], []), "<import>", "exec"), {})
    for name in names:
        importlib.import_module(name)
    try:
        ast.parse("no name", "an error")
    except SyntaxError as error:
        traceback.format_exception(error)
    origins = [getattr(module.__spec__, "origin", None) or "" for module in list(sys.modules.values())]
    return sorted(origin.removeprefix(f"{LIBRARY}/") for origin in origins if origin.startswith(f"{LIBRARY}/"))


def has_stand_ins(imports: Iterable[ImportStatement]) -> bool:
    """Whether none of these statements imports a module that has a stand-in, or that only those import."""
    names = [
        name
        for node in imports
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    ]
    return not {name.partition(".")[0] for name in names} & {*STAND_INS, *FOR_STAND_INS}


def ships_in_byte_code(path: str, left_out: set[str]) -> bool:
    """Whether a module of the library that was imported is needed."""
    package, _, inner = path.removesuffix(".py").partition("/")
    return package not in left_out and (package != "asyncio" or inner in IN_ASYNCIO)


Users = defaultdict[int, set[str]]
"""The modules of the classes whose methods have a text, by its checksum."""


def dataclass_byte_codes() -> tuple[dict[int, CodeType], Users]:
    """From here on holds what `dataclasses` compiles, by a checksum of its text, which is larger, and for whom."""
    codes: dict[int, CodeType] = {}
    users: Users = defaultdict(set)

    def keep(text: str, *spaces: dict[str, object]) -> None:
        key = zlib.crc32(text.encode())
        code = compact(compile(text, "<dataclass>", "exec"))
        if codes.setdefault(key, code) != code:
            raise ValueError("two dataclasses share a checksum: take a longer one")
        users[key].add(str(spaces[0]["__name__"]))
        exec(code, *spaces)

    dataclasses.exec = keep  # type: ignore[attr-defined]
    return codes, users


def tree_for_byte_code(tree: ast.Module) -> ast.Module:
    """A module whose functions have lost their documentation, and its classes theirs but for one letter.

    Its own is shown as a title; for classes without any `dataclasses` would write some. Of the types of parameters,
    that of the first is all that is ever asked, of a plan.
    """
    from macros.statements import statements_in

    for node in statements_in(tree):
        if isinstance(node, ast.FunctionDef):
            leave_types_out(node)
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            text = node.body[0]
            short = (
                ast.Expr(ast.copy_location(ast.Constant("-"), text)) if isinstance(node, ast.ClassDef) else ast.Pass()
            )
            node.body[0] = ast.copy_location(short, text)
    return tree


def leave_types_out(function: ast.FunctionDef) -> None:
    """Take away the types of what a function takes and gives, but for that of its first parameter."""
    function.returns = None
    inputs = function.args
    for parameter in (*inputs.args[1:], *inputs.kwonlyargs, inputs.vararg, inputs.kwarg):
        if parameter:
            parameter.annotation = None


def compact(code: CodeType) -> CodeType:
    """Byte code that says of all its places where its function begins, in place of their lines: a seventh less."""
    constants = tuple(compact(inner) if isinstance(inner, CodeType) else inner for inner in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=one_line(len(code.co_code) // 2))


def one_line(units: int) -> bytes:
    """A table of lines that has one line for so many units of byte code.

    An entry stands for at most eight units. Its first byte says that there are no columns and how many units it has,
    its second how far its line is from the one before.
    Source: https://github.com/python/cpython/blob/3.14/InternalDocs/code_objects.md, read 2026-11-29.
    """
    whole, left = divmod(units, 8)
    return b"\xef\0" * whole + (bytes([0xE7 + left, 0]) if left else b"")


def write_byte_code_library(trees: dict[str, ast.Module]) -> None:
    """Write byte code of modules as a zip that is stored as it is, to be compressed as a whole.

    The byte code is valid without its source. The order, the dates and the rights of the files are fixed.
    """
    import importlib.util
    import zipfile

    # As `py_compile` writes it: the second number says that no source is compared.
    header = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
    with zipfile.ZipFile(MADE / "library.zip", "w") as packed:
        for path, tree in sorted(trees.items()):
            packed.writestr(zipfile.ZipInfo(f"{path}c"), header + byte_code(tree, path, 2))


def byte_code(tree: ast.Module, path: str, optimize: int) -> bytes:
    return marshal.dumps(compact(compile(tree, path, "exec", dont_inherit=True, optimize=optimize)))


class ShippedLoader(importlib.machinery.SourceFileLoader):
    """Imports modules from the code that ships, so that none is compiled twice."""

    codes: ClassVar[dict[str, bytes]] = {}
    """The code of each module by the path of its file."""

    def get_code(self, fullname: str) -> CodeType | None:
        return marshal.loads(self.codes[self.path]) if self.path in self.codes else super().get_code(fullname)


def import_byte_code(codes: dict[str, bytes]) -> None:
    """From here on imports modules below the sources from their code, by path."""
    ShippedLoader.codes = {f"{SOURCES}/{path}": code for path, code in codes.items()}
    sys.path_hooks.insert(0, importlib.machinery.FileFinder.path_hook((ShippedLoader, [".py"])))
    sys.path_importer_cache.clear()


def write_byte_code_parts(
    parts: dict[str, dict[str, str]], modules_by_path: dict[str, bytes], codes: dict[int, CodeType], users: Users
) -> None:
    """Write each part as `parts_inside.py` reads it: its modules, those that are packages, and methods of its classes.

    The modules of a part are named with their paths. The base, which comes first, has the methods that its own classes
    have, and those of classes of the library.
    """
    base, *_ = parts
    known = {name for modules in parts.values() for name in modules}
    methods = {key: marshal.dumps(code) for key, code in codes.items()}
    early = {key for key in methods if users[key] & {*parts[base]} or not users[key] <= known}
    for part, modules in parts.items():
        wanted = early if part == base else {key for key in methods if users[key] & {*modules}} - early
        content = (
            {name: modules_by_path[path] for name, path in modules.items()},
            [name for name, path in modules.items() if path.endswith("/__init__.py")],
            {key: methods[key] for key in methods if key in wanted},
        )
        (MADE / part).write_bytes(marshal.dumps(content))


def write_all_byte_code() -> None:
    sys.path.insert(0, str(SOURCES))
    parts: dict[str, dict[str, str]] = json.loads((SOURCES / "parts.json").read_text("utf-8"))
    names = {path: name for modules in parts.values() for name, path in modules.items()}
    statements: dict[str, ImportStatement] = {}
    modules: dict[str, bytes] = {}
    for path in sorted(names):
        tree = ast.parse((SOURCES / path).read_bytes())
        statements |= byte_code_imports(tree)
        modules[path] = byte_code(tree_for_byte_code(tree), path, 0)
    imports = [statements[text] for text in sorted(statements)]
    import_byte_code(modules)
    codes, users = dataclass_byte_codes()
    stand_ins = STAND_INS if has_stand_ins(imports) else {}
    left_out = LEFT_OUT | (FOR_STAND_INS if stand_ins else set())
    used = byte_code_library_modules(imports, [names[path] for path in modules])
    paths = [path for path in used if ships_in_byte_code(path, left_out)]
    import zipfile

    with zipfile.ZipFile(LIBRARY) as library:
        # Of the library, documentation and assertions stay behind.
        trees = {path: ast.parse(library.read(path)) for path in paths}
    import dis

    for stand_in, text in stand_ins.items():
        path = f"{stand_in}.py" if f"{stand_in}.py" in trees else f"{stand_in}/__init__.py"
        trees[path] = ast.parse(text.replace("{names!r}", repr(dis.COMPILER_FLAG_NAMES)))
    trees["asyncio/__init__.py"] = ast.parse(ASYNCIO)
    trees[INSIDE] = ast.parse((SOURCES / INSIDE).read_bytes())
    write_byte_code_library(trees)
    write_byte_code_parts(parts, modules, codes, users)


write_all_byte_code()
