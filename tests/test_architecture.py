"""The picture of the architecture shows just the imports that are there, and none that the layers forbid."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros import architecture
from tests import test_imports
from tests.conftest import ROOT

MAY = {
    "macros": {"answer.py", "find.py", "views", "topics", "engine"},
    "answer.py": {"find.py", "views", "topics", "engine"},
    "find.py": {"topics", "engine"},
    "views": {"engine"},
    "topics": {"engine"},
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
    names = {it.removeprefix("calculators.") for it in test_imports.imports(path) if it.startswith("calculators.")}
    first = {name.split(".")[0] for name in names}
    return {it if it in MAY else f"{it}.py" if f"{it}.py" in MAY else "topics" for it in first}


def test_the_picture_shows_the_imports_that_are_there() -> None:
    there: dict[str, set[str]] = {name: set() for name in MAY}
    for path in test_imports.FILES:
        if path.name != "__init__.py" or path.parent.name == "macros":
            there[part(path)] |= targets(path)
    shown = {name: set(found) & set(MAY) for name, found in architecture.imports().items()}
    assert shown == {name: found - {name} for name, found in there.items()}


def test_no_import_is_there_that_may_not_be() -> None:
    for name, found in architecture.imports().items():
        assert found & set(MAY) <= MAY[name], name


def test_only_macros_use_packages_of_others() -> None:
    outside = {name: found - set(MAY) for name, found in architecture.imports().items()}
    assert outside.pop("macros") <= test_imports.THIRD_PARTIES | {"genai_prices"}
    assert set().union(*outside.values()) == set()


def test_each_import_has_its_arrow_and_words() -> None:
    drawn = architecture.architecture()
    edges = {name: found & set(MAY) for name, found in architecture.imports().items()}
    edges["find.py"] |= {"topics"}
    assert len(re.findall(r'<line class="flow"', drawn)) == sum(map(len, edges.values()))
    words = re.search(r"<desc>(.*?)</desc>", drawn)
    assert words
    told = dict(re.findall(r"([\w.]+) imports ([\w., ]+?)[;.](?= |$)", words[1]))
    assert {name: set(names.split(", ")) for name, names in told.items()} == {k: set(v) for k, v in edges.items() if v}


def test_topics_are_found_by_name() -> None:
    assert "import_module" in (ROOT / "calculators" / "find.py").read_text("utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for folder in ("calculators", "macros"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_a_planted_import_is_shown(house: Path) -> None:
    before = architecture.imports(house)
    with open(house / "calculators" / "views" / "text.py", "a") as file:
        file.write("\ndef late() -> None:\n    import yaml\n    from calculators.rag import cost\n")
    after = architecture.imports(house)
    assert after["views"] - before["views"] == {"topics", "yaml"}
    assert {name for name in MAY if after[name] != before[name]} == {"views"}


def test_a_circle_is_refused() -> None:
    edges = {"macros": frozenset({"views"}), "views": frozenset({"engine"}), "engine": frozenset({"views"})}
    with pytest.raises(ValueError, match=r"the imports of views, engine go round in a circle"):
        architecture.order(edges)
