"""What can be drawn, where it is, and what counts as its place: see `tests/code/placement/__main__.py`."""

from __future__ import annotations

import ast
import random
import re
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import PurePosixPath

from tests.names import ROOT

FOLDERS = ("calculators", "macros")


def functions_of(tree: ast.Module) -> list[str]:
    """The functions of a module and the public methods of its classes, each once, though it be overloaded."""
    names: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.ClassDef):
            methods = [part.name for part in node.body if isinstance(part, ast.FunctionDef)]
            names += [f"{node.name}.{method}" for method in methods if not method.startswith("_")]
    return [name for name in dict.fromkeys(names) if not name.startswith("__")]


@cache
def places() -> dict[str, list[str]]:
    """Every name that can be drawn, with the modules that define it."""
    modules: dict[str, list[str]] = defaultdict(list)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "__pycache__" not in path.parts:
                for name in functions_of(ast.parse(path.read_text("utf-8"))):
                    modules[name].append(path.relative_to(ROOT).as_posix())
    return dict(modules)


def mapped_folders() -> list[str]:
    """The folders that README.md maps, each with a slash at its end."""
    text = (ROOT / "README.md").read_text("utf-8").split("## Where things are")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    return [name for row in rows for name in row.split("`")[1::2] if name.endswith("/")]


def mapped_place(module: str, folders: list[str]) -> str:
    """The most exact of the mapped folders that hold a module."""
    return max((folder for folder in folders if module.startswith(folder)), key=len)


def is_placed(answer: str, modules: list[str], folders: list[str]) -> bool:
    """Whether an answer, a module or a folder, is a right place of a name that these modules define."""
    place = PurePosixPath(answer)
    return any(
        place == PurePosixPath(module)
        or (place in PurePosixPath(module).parents and place.is_relative_to(mapped_place(module, folders)))
        for module in modules
    )


def commit() -> str:
    """The hash of the commit that is checked out."""
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def drawn(count: int, seed: str) -> list[str]:
    """So many names, the same for each run at one seed."""
    return random.Random(seed).sample(sorted(places()), count)
