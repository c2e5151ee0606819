"""Counts the names that the code binds, and those of them that say nothing: pronouns, participles, stand-ins.

`python -m tests.names` lists them by how often each is bound; with a path, those below it with their places.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("calculators", "macros", "tests")
EMPTY = frozenset(
    (
        "it",
        "its",
        "they",
        "them",
        "their",
        "theirs",
        "told",
        "found",
        "made",
        "own",
        "at",
        "of",
        "this",
        "that",
        "those",
        "these",
        "one",
        "other",
        "others",
        "such",
        "here",
        "there",
        "what",
        "which",
        "who",
        "whom",
        "seen",
        "taken",
        "kept",
        "held",
        "said",
        "gone",
        "done",
    )
)
"""Pronouns and participles, which name no thing of the subject."""

STAND_INS = frozenset(("item", "value", "thing", "data", "info", "obj", "x"))
"""Words that stand for anything; a comprehension of one line may use them."""


@dataclass(frozen=True)
class Binding:
    """One place at which a name is bound."""

    name: str
    path: Path
    line: int
    brief: bool
    """Whether it is bound in a comprehension of one line."""

    @property
    def says_nothing(self) -> bool:
        """Whether the name belongs to neither the subject nor the language."""
        word = self.name.strip("_")
        return word in EMPTY or (word in STAND_INS and not self.brief)


def bindings(path: Path) -> Iterator[Binding]:
    """Every name that a file binds: variables, parameters, fields, functions, classes, imports under another name."""
    tree = ast.parse(path.read_text("utf-8"))
    brief = {
        id(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
        and node.lineno == node.end_lineno
        for generator in node.generators
        for target in ast.walk(generator.target)
    }
    for node in ast.walk(tree):
        for name in names(node):
            yield Binding(name, path, getattr(node, "lineno", 0), id(node) in brief)


def names(node: ast.AST) -> list[str]:
    """The names that one node of a syntax tree binds."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return [node.attr]
    if isinstance(node, ast.alias) and node.asname:
        return [node.asname]
    if isinstance(node, ast.ExceptHandler) and node.name:
        return [node.name]
    if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
        return [node.name]
    return []


def bound(*paths: Path) -> list[Binding]:
    """The bindings of all Python files below some folders."""
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [binding for file in files if "__pycache__" not in file.parts for binding in bindings(file)]


def main(arguments: list[str]) -> int:
    """Prints the shares and the names."""
    for folder in arguments or FOLDERS:
        listed = bound(ROOT / folder)
        empty = [binding for binding in listed if binding.says_nothing]
        print(f"{folder}: {len(empty)} of {len(listed)} names say nothing ({len(empty) / len(listed):.2%})")
        if arguments:
            for binding in empty:
                print(f"  {binding.path.relative_to(ROOT)}:{binding.line}: {binding.name}")
        else:
            counts = Counter(binding.name for binding in empty).most_common()
            print("  " + ", ".join(f"{name} {count}" for name, count in counts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
