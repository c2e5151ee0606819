"""Reads a YAML file as plain text with the line and column of everything in it.

Every scalar stays the text its author wrote: 1.10 is not turned into 1.1, `no` is not turned into false and
2026-11-21 is not turned into a date. Only tables, lists and single values exist; anchors, aliases and tags are
refused, because a price that stands elsewhere in the file cannot be reviewed where it is used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from macros.facts_problems import Problem, shown

LARGEST_FILE = 100_000


@dataclass(slots=True)
class Node:
    """A part of a file and where it begins, both counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Text(Node):
    """A single value, as written."""

    text: str


@dataclass(slots=True)
class Rows(Node):
    """A list."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Table(Node):
    """Keys with their values; `keys` remembers where each key itself stands."""

    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Text] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The single value of a key, or nothing where there is none or where it is not a single value."""
        found = self.entries.get(key)
        return found.text if isinstance(found, Text) else ""


def plain(node: Node) -> Any:
    """The node as dictionaries, lists and strings."""
    match node:
        case Table():
            return {key: plain(value) for key, value in node.entries.items()}
        case Rows():
            return [plain(item) for item in node.items]
        case Text():
            return node.text
    raise TypeError(node)


def read(content: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The root of a file, and what is wrong with the file as YAML; no root where it cannot be read at all."""
    if len(content) > LARGEST_FILE:
        said = f"the file has {len(content)} bytes; split it, {LARGEST_FILE} is the most"
        return None, [Problem(file, 0, 0, said)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        return None, [Problem(file, line, column, "this is not UTF-8 text; save the file as UTF-8")]
    tree = _Tree(file)
    try:
        for event in yaml.parse(text, yaml.SafeLoader):
            tree.take(event)
    except yaml.reader.ReaderError as error:
        line, column = text[: error.position].count("\n") + 1, error.position - text.rfind("\n", 0, error.position)
        tree.complain(line, column, "a character here cannot be printed; delete it")
        return None, tree.problems
    except yaml.MarkedYAMLError as error:
        line, column = _place(error.problem_mark or error.context_mark)
        advice = "check the spaces before it, the colons and the quotes"
        tree.complain(line, column, f"this is not YAML ({error.problem}); {advice}")
        return None, tree.problems
    except (ValueError, OverflowError):  # a \U escape or a %YAML version beyond what Python can hold
        tree.complain(1, 1, "this is not YAML (an escape or a directive is out of range); write plain text")
        return None, tree.problems
    if tree.documents == 0:
        tree.complain(1, 1, "the file is empty; write its first lines or delete it")
    return tree.root if tree.documents == 1 else None, tree.problems


def _place(mark: Any) -> tuple[int, int]:
    """The line and column of a mark of the parser; it leaves out marks where it has none to give."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Tree:
    """Builds the nodes from the parser's events, without recursion, and notes what we do not allow."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[tuple[Table | Rows, Text | None]] = []
        self.documents = 0

    def complain(self, line: int, column: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, column, message))

    def take(self, event: yaml.Event) -> None:
        """Take in the next event of the parser."""
        line, column = _place(event.start_mark)
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents == 2:
                    self.complain(line, column, "a second document begins here; delete the line ---")
            case yaml.AliasEvent():
                self.complain(line, column, "aliases are not used here; write the value itself")
                self._add(Text(line, column, ""))
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse(event, line, column)
                if isinstance(event, yaml.ScalarEvent):
                    self._add(Text(line, column, event.value))
                else:
                    node = Rows(line, column) if isinstance(event, yaml.SequenceStartEvent) else Table(line, column)
                    self._add(node)
                    self._open.append((node, None))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._open.pop()

    def _refuse(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int, column: int) -> None:
        if event.anchor is not None:
            self.complain(line, column, f"anchors are not used here; delete &{event.anchor}")
        if event.tag is not None:
            self.complain(line, column, "tags are not used here; delete the word that begins with !")

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = self.root or node
            return
        parent, key = self._open[-1]
        if isinstance(parent, Rows):
            parent.items.append(node)
        elif key is None:
            if not isinstance(node, Text):
                self.complain(node.line, node.column, "a key must be a single word; write it as key: value")
                node = Text(node.line, node.column, f"({node.line}:{node.column})")
            self._open[-1] = (parent, node)
        else:
            self._open[-1] = (parent, None)
            if key.text in parent.keys:
                first = parent.keys[key.text]
                said = f"{shown(key.text)} is written twice, first at {first.line}:{first.column}; keep one of them"
                self.complain(key.line, key.column, said)
            else:
                parent.keys[key.text], parent.entries[key.text] = key, node
