"""The picture of the architecture shows just the imports that are there, and none that the layers forbid."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.pages.pictures import architecture
from tests.code import test_imports
from tests.conftest import ROOT

MAY = {
    "macros": {"catalogue.py", "discovery.py", "views", "topics", "readers", "domain", "engine"},
    "catalogue.py": {"discovery.py", "views", "topics", "domain", "engine"},
    "discovery.py": {"topics", "engine"},
    "views": {"engine"},
    "topics": {"readers", "domain", "engine"},
    "readers": {"domain", "engine"},
    "domain": {"engine"},
    "engine": set(),
}
"""Who may import whom, as the page says it in words."""


def part(path: Path) -> str:
    """The part that a file belongs to, from its path alone."""
    first, *rest = path.relative_to(ROOT).parts
    if first == "macros" or rest[0] in MAY:
        return "macros" if first == "macros" else rest[0]
    return "topics"


def targets(path: Path) -> set[str]:
    """The parts that a file imports, read from the names that the test of the layers finds."""
    names = {
        module.removeprefix("calculators.")
        for module in test_imports.imports(path)
        if module.startswith("calculators.")
    }
    first = {name.split(".")[0] for name in names}
    return {module if module in MAY else f"{module}.py" if f"{module}.py" in MAY else "topics" for module in first}


@pytest.fixture(scope="module")
def imports() -> dict[str, frozenset[str]]:
    """What each part imports: reading every file takes half a second."""
    return architecture.architecture_imports()


def test_the_picture_shows_the_imports_that_are_there(imports: dict[str, frozenset[str]]) -> None:
    by_part: dict[str, set[str]] = {name: set() for name in MAY}
    for path in test_imports.FILES:
        if path.name != "__init__.py" or path.parent.name == "macros":
            by_part[part(path)] |= targets(path)
    shown = {name: set(imported) & set(MAY) for name, imported in imports.items()}
    assert shown == {name: imported - {name} for name, imported in by_part.items()}


def test_no_import_is_there_that_may_not_be(imports: dict[str, frozenset[str]]) -> None:
    for name, imported in imports.items():
        assert imported & set(MAY) <= MAY[name], name


def test_only_macros_use_packages_of_others(imports: dict[str, frozenset[str]]) -> None:
    outside = {name: imported - set(MAY) for name, imported in imports.items()}
    assert outside.pop("macros") <= test_imports.THIRD_PARTIES | {"genai_prices"}
    assert set().union(*outside.values()) == set()


def test_each_import_has_its_arrow_and_words(imports: dict[str, frozenset[str]]) -> None:
    drawn = architecture.architecture()
    edges = {name: imported & set(MAY) for name, imported in imports.items()}
    edges["discovery.py"] |= {"topics"}
    assert len(re.findall(r'<line class="flow"', drawn)) == sum(map(len, edges.values()))
    words = re.search(r"<desc>(.*?)</desc>", drawn)
    assert words
    sentences = dict(re.findall(r"([\w.]+) imports ([\w., ]+?)[;.](?= |$)", words[1]))
    assert {name: set(names.split(", ")) for name, names in sentences.items()} == {
        k: set(v) for k, v in edges.items() if v
    }


def test_topics_are_found_by_name() -> None:
    assert "import_module" in (ROOT / "calculators" / "discovery.py").read_text("utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for folder in ("calculators", "macros"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_a_planted_import_is_shown(house: Path, imports: dict[str, frozenset[str]]) -> None:
    with open(house / "calculators" / "views" / "text.py", "a") as file:
        file.write("\ndef late() -> None:\n    import yaml\n    from calculators.rag import cost\n")
    after = architecture.architecture_imports(house)
    assert after["views"] - imports["views"] == {"topics", "yaml"}
    assert {name for name in MAY if after[name] != imports[name]} == {"views"}


def test_a_circle_is_refused() -> None:
    edges = {"macros": frozenset({"views"}), "views": frozenset({"engine"}), "engine": frozenset({"views"})}
    with pytest.raises(ValueError, match=r"the imports of views, engine go round in a circle"):
        architecture.architecture_order(edges)
