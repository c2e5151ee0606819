"""The questions that two calculators share, so that a reader's numbers can be carried from the one to the other."""

from __future__ import annotations

from typing import Any

from calculators.engine.declare import Day, Every, File, Lines, Pick, Text, kinds, parts


def shared(here: type, there: type) -> dict[str, str]:
    """The paths of the one calculator's inputs that the other asks as well, each with its path there.

    Two questions are the same where name, unit and kind agree. All questions of a calculator that the other takes in
    as a part, or is itself taken in by, are shared too.
    """
    ours, theirs = kinds(here), kinds(there)
    found = {name: name for name, kind in ours.items() if "." not in name and _same(kind, theirs.get(name))}
    for name, part in parts(there).items():
        if part.of is here:
            found |= {path: part.shared.get(path, f"{name}.{path}") for path in ours if _travels(ours[path])}
    for name, part in parts(here).items():
        if part.of is there:
            found |= {part.shared.get(path, f"{name}.{path}"): path for path in theirs if _travels(theirs[path])}
    return {mine: its for mine, its in found.items() if mine in ours and its in theirs}


def _travels(kind: Any) -> bool:
    return not isinstance(kind, Text | File | Lines | Day | Every)


def _same(one: Any, other: Any) -> bool:
    """Whether two questions ask the same: the same kind of answer, in the same unit or out of the same choices."""
    if type(one) is not type(other) or not _travels(one):
        return False
    if isinstance(one, Pick):
        return bool(one.collection == other.collection)
    alike = ("unit", "options", "collection")
    return all(getattr(one, it, None) == getattr(other, it, None) for it in alike) and one.label == other.label
