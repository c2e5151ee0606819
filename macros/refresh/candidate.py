"""Writes the candidate change: dated lines in the files of data/prices/, with everything else left as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from macros.facts_yaml import Rows, Table
from macros.refresh.listed import FIGURES, SOURCES, Line, Listed

_DAY = r"\d{4}-\d{2}-\d{2}"


def write(data: Path, models: Sequence[Listed], added: dict[str, dict[str, list[Line]]]) -> list[str]:
    """Insert the lines, each in the order of days; gives the changed files."""
    inserted: dict[str, list[tuple[int, str]]] = {}
    for model in models:
        for figure, lines in added.get(model.id, {}).items():
            text = _lines_of(data / model.file)
            inserted.setdefault(model.file, []).extend(_insertions(model, figure, lines, text))
    for file, pieces in inserted.items():
        text = _lines_of(data / file)
        for at, piece in sorted(pieces, key=lambda it: it[0], reverse=True):
            text.insert(at, piece)
        (data / file).write_text("".join(text), "utf-8")
    return sorted(inserted)


def _insertions(model: Listed, figure: str, lines: list[Line], text: list[str]) -> list[tuple[int, str]]:
    """Where each line goes, as the number of file lines above it."""
    rows = model.places.entries.get(figure)
    if not isinstance(rows, Rows):
        before = max((it for it in FIGURES if it in model.places.entries), key=lambda it: _order(it, figure))
        near = model.places.entries[before]
        assert isinstance(near, Rows)
        indent = " " * (model.places.keys[before].column - 1)
        written = "".join(f"{indent}  {_line(it)}\n" for it in lines)
        return [(_end(near, text), f"{indent}{figure}:\n{written}")]
    places: dict[int, str] = {}
    indent = " " * (rows.items[0].column - 3)
    for line in lines:
        later = [it for it in rows.items if isinstance(it, Table) and it.text("from") > line.since.isoformat()]
        at = later[0].line - 1 if later else _end(rows, text)
        places[at] = places.get(at, "") + f"{indent}{_line(line)}\n"
    return list(places.items())


def _order(here: str, wanted: str) -> int:
    """How near before the wanted figure another one stands; those after it count least."""
    gap = FIGURES.index(wanted) - FIGURES.index(here)
    return -gap if gap > 0 else -len(FIGURES) + gap


def _end(rows: Rows, text: list[str]) -> int:
    """The number of file lines down to the end of a list: its last item goes on while lines are indented deeper."""
    last = rows.items[-1]
    at = last.line
    while at < len(text) and text[at].strip() and len(text[at]) - len(text[at].lstrip()) > last.column - 3:
        at += 1
    return at


def _line(line: Line) -> str:
    long = "" if line.long is None else f", long: {_number(line.long)}"
    return f"- {{from: {line.since}, value: {_number(line.value)}{long}}}"


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")


def mark_checked(path: Path, today: date) -> None:
    """Set the day of checking at the top of a file, and move its best-before day by as much."""
    text = path.read_text("utf-8")
    found = re.search(rf"^checked: ({_DAY})$", text, re.MULTILINE)
    limit = re.search(rf"^best_before: ({_DAY})$", text, re.MULTILINE)
    if found and limit:
        moved = date.fromisoformat(limit[1]) + (today - date.fromisoformat(found[1]))
        text = text.replace(limit[0], f"best_before: {moved}", 1).replace(found[0], f"checked: {today}", 1)
        path.write_text(text, "utf-8")


def version_in(data: Path, package: str) -> str:
    """The version of a list that data/sources.yaml names."""
    return _version(_entry((data / SOURCES).read_text("utf-8"), package), package)[1]


def mark_version(data: Path, package: str, version: str, today: date) -> None:
    """Say in data/sources.yaml which version of a list was read, and when."""
    path = data / SOURCES
    text = path.read_text("utf-8")
    old = _entry(text, package)
    new = old.replace(_version(old, package)[0], f"version {version}\n", 1)
    path.write_text(text.replace(old, re.sub(rf"accessed: {_DAY}", f"accessed: {today}", new), 1), "utf-8")


def _entry(sources: str, package: str) -> str:
    """The lines of a source, from its id to the next one."""
    found = re.search(rf"^  {package}:\n(?:    [^\n]*\n)+", sources, re.MULTILINE)
    return found[0] if found else ""


def _version(entry: str, package: str) -> re.Match[str]:
    found = re.search(r"version (\S+)\n", entry)
    if not found:
        raise ValueError(
            f"data/{SOURCES}: there is no source {package!r} whose title ends with its version; restore it"
        )
    return found


def _lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)
