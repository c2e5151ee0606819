"""Counts what keeps the code easy to take over: `python -m tests.house` prints the counts."""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter
from pathlib import Path

from tests.names import FOLDERS, ROOT, bound


def files(*folders: str) -> list[Path]:
    """The Python files below some folders of the project."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in paths if "__pycache__" not in path.parts]


def any_count(path: Path) -> int:
    """How often a file names the type `Any`, imports and comments apart."""
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(ast.parse(path.read_text("utf-8"))))


def unformatted(path: Path) -> int:
    """How many comments of a file keep the formatter away."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return sum(token.type == tokenize.COMMENT and "fmt:" in token.string for token in tokens)


def crowded(*folders: str) -> dict[str, int]:
    """The folders with more than eleven Python files."""
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in files(*folders))
    return {folder: count for folder, count in counts.items() if count > 11}


def long_files(*folders: str, limit: int = 200) -> dict[str, int]:
    """The files with more lines than the limit."""
    lengths = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in files(*folders)}
    return {path: length for path, length in lengths.items() if length > limit}


def main() -> None:
    """Prints the counts."""
    for folder in FOLDERS:
        bindings = bound(ROOT / folder)
        empty = sum(binding.says_nothing for binding in bindings)
        print(f"{folder}: {empty} of {len(bindings)} names say nothing ({empty / len(bindings):.2%})")
        print(f"  Any: {sum(map(any_count, files(folder)))}, fmt comments: {sum(map(unformatted, files(folder)))}")
        print(f"  crowded folders: {crowded(folder) or 'none'}")
        print(f"  files of more than 200 lines: {long_files(folder) or 'none'}")


if __name__ == "__main__":
    main()
