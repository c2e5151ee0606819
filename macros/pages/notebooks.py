"""The programs of the pages as notebooks: each has the words and the code of a file in `docs/snippets/python/`."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path

NOTEBOOKS = "assets/runtime/notebooks"
"""Where they lie below `docs/`: written by a build, fetched by those who ask for one, and by no page."""

_SETTING = re.compile(r'os\.environ\["(\w+)"\]')


def write_snippet_notebooks(root: Path, docs: Path) -> None:
    """Write those that differ, because `mkdocs serve` rebuilds the site after each write."""
    for program in sorted((root / "docs" / "snippets" / "python").glob("*.py")):
        path, content = docs / NOTEBOOKS / f"{program.stem}.ipynb", notebook_of_snippet(program)
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def notebook_of_snippet(program: Path) -> bytes:
    """A program as a notebook of version 4.5: what it does, then its code, of which each paragraph is a cell."""
    text = program.read_text("utf-8")
    tree = ast.parse(text)
    settings = ", ".join(f"`{name}`" for name in dict.fromkeys(_SETTING.findall(text)))
    words = f"# {program.name}\n\n{ast.get_docstring(tree)}\n\nSet these environment variables first: {settings}."
    cells = [_cell("markdown", "words", words)]
    for number, paragraph in enumerate(_paragraphs(text, tree), 1):
        cells.append(_cell("code", f"code-{number}", paragraph) | {"execution_count": None, "outputs": []})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def _paragraphs(text: str, tree: ast.Module) -> list[str]:
    """The code below the docstring, cut where empty lines divide it at the outermost level."""
    lines, statements = text.splitlines(), tree.body[1:]
    starts = [statements[0].lineno]
    for before, after in pairwise(statements):
        if "" in lines[before.end_lineno : after.lineno - 1]:
            starts.append(after.lineno)
    ends = [start - 1 for start in starts[1:]] + [len(lines)]
    return ["\n".join(lines[start - 1 : end]).rstrip() for start, end in zip(starts, ends, strict=True)]


def _cell(kind: str, name: str, text: str) -> dict[str, object]:
    return {"cell_type": kind, "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
