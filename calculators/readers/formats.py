"""The formats that readers understand: each is a module of a room that declares itself, so no list names them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import TypeVar


@dataclass(frozen=True, kw_only=True, eq=False)
class Format:
    """What a module of a room declares under the name `FORMAT`.

    `label` is what a reader picks it by. `order` says where it stands among the formats of its room, the lowest first;
    formats of the same order stand by the names of their modules.
    """

    label: str
    order: int = 100


AnyFormat = TypeVar("AnyFormat", bound=Format)


def reader_formats(room: ModuleType, kind: type[AnyFormat]) -> dict[str, AnyFormat]:
    """The formats of a kind that the modules of a package declare, also in folders, by the names of the modules.

    >>> from calculators.readers import labels
    >>> list(reader_formats(labels, Format))
    ['json_lines', 'delimited']
    """
    prefix = f"{room.__name__}."
    modules = [module.name for module in walk_packages(room.__path__, prefix) if not module.ispkg]
    members = {name.rpartition(".")[2]: getattr(import_module(name), "FORMAT", None) for name in modules}
    declared = {name: member for name, member in members.items() if isinstance(member, kind)}
    return dict(sorted(declared.items(), key=lambda entry: (entry[1].order, entry[0])))
