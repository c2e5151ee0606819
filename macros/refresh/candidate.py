"""Writes the candidate change: dated lines in the files of data/prices/, with everything else left as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from macros.refresh.listed import FIGURES, SOURCES, ListedPrice, ListedPriceLine

_DAY = r"\d{4}-\d{2}-\d{2}"


def write_price_candidate(
    folder: Path, models: Sequence[ListedPrice], added: dict[str, dict[str, list[ListedPriceLine]]]
) -> list[str]:
    """Insert the lines, each in the order of days; gives the changed files."""
    inserted: dict[str, list[tuple[int, str]]] = {}
    for model in models:
        for figure, lines in added.get(model.id, {}).items():
            text = _price_candidate_lines_of(folder / model.file)
            inserted.setdefault(model.file, []).extend(_price_candidate_insertions(model, figure, lines, text))
    for file, pieces in inserted.items():
        text = _price_candidate_lines_of(folder / file)
        for above, piece in sorted(pieces, key=lambda insertion: insertion[0], reverse=True):
            text.insert(above, piece)
        (folder / file).write_text("".join(text), "utf-8")
    return sorted(inserted)


def _price_candidate_insertions(
    model: ListedPrice, figure: str, lines: list[ListedPriceLine], text: list[str]
) -> list[tuple[int, str]]:
    """Where each line goes, as the number of file lines above it."""
    dated = model.lines.get(figure)
    if not dated:
        before = max(
            (name for name in FIGURES if name in model.lines), key=lambda name: _price_candidate_order(name, figure)
        )
        indent = model.indent(before)
        written = "".join(f"{indent}  {_price_candidate_line(line)}\n" for line in lines)
        return [(_price_candidate_end(model, before, text), f"{indent}{figure}:\n{written}")]
    places: dict[int, str] = {}
    indent = " " * (model.position(figure, 0)[1] - 3)
    for line in lines:
        later = [index for index, known in enumerate(dated) if known.since > line.since]
        above = model.position(figure, later[0])[0] - 1 if later else _price_candidate_end(model, figure, text)
        places[above] = places.get(above, "") + f"{indent}{_price_candidate_line(line)}\n"
    return list(places.items())


def _price_candidate_order(name: str, wanted: str) -> int:
    """How near before the wanted figure another one stands; those after it count least."""
    gap = FIGURES.index(wanted) - FIGURES.index(name)
    return -gap if gap > 0 else -len(FIGURES) + gap


def _price_candidate_end(model: ListedPrice, figure: str, text: list[str]) -> int:
    """The number of file lines down to the end of a list: its last item goes on while lines are indented deeper."""
    above, column = model.position(figure, len(model.lines[figure]) - 1)
    while above < len(text) and text[above].strip() and len(text[above]) - len(text[above].lstrip()) > column - 3:
        above += 1
    return above


def _price_candidate_line(line: ListedPriceLine) -> str:
    long = "" if line.long is None else f", long: {_price_candidate_number(line.long)}"
    return f"- {{from: {line.since}, value: {_price_candidate_number(line.value)}{long}}}"


def _price_candidate_number(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


def mark_prices_checked(path: Path, today: date) -> None:
    """Set the day of checking at the top of a file, and move its best-before day by as much."""
    text = path.read_text("utf-8")
    checked = re.search(rf"^checked: ({_DAY})$", text, re.MULTILINE)
    limit = re.search(rf"^best_before: ({_DAY})$", text, re.MULTILINE)
    if checked and limit:
        moved = date.fromisoformat(limit[1]) + (today - date.fromisoformat(checked[1]))
        text = text.replace(limit[0], f"best_before: {moved}", 1).replace(checked[0], f"checked: {today}", 1)
        path.write_text(text, "utf-8")


def price_list_version(folder: Path, package: str) -> str:
    """The version of a list that data/sources.yaml names."""
    return _price_candidate_version(_price_candidate_entry((folder / SOURCES).read_text("utf-8"), package), package)[1]


def mark_price_list_version(folder: Path, package: str, version: str, today: date) -> None:
    """Say in data/sources.yaml which version of a list was read, and when."""
    path = folder / SOURCES
    text = path.read_text("utf-8")
    old = _price_candidate_entry(text, package)
    new = old.replace(_price_candidate_version(old, package)[0], f"version {version}\n", 1)
    path.write_text(text.replace(old, re.sub(rf"accessed: {_DAY}", f"accessed: {today}", new), 1), "utf-8")


def _price_candidate_entry(sources: str, package: str) -> str:
    """The lines of a source, from its id to the next one."""
    entry = re.search(rf"^  {package}:\n(?:    [^\n]*\n)+", sources, re.MULTILINE)
    return entry[0] if entry else ""


def _price_candidate_version(entry: str, package: str) -> re.Match[str]:
    match = re.search(r"version (\S+)\n", entry)
    if not match:
        raise ValueError(
            f"data/{SOURCES}: there is no source {package!r} whose title ends with its version; restore it"
        )
    return match


def _price_candidate_lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)
