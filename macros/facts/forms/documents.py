"""Reads a YAML file as plain texts, lists and tables, and remembers the line and column of everything in it.

Every scalar stays the text its author wrote: 1.10 is not turned into 1.1, `no` is not turned into false and
2026-11-21 is not turned into a date. Only tables, lists and single values exist; anchors, aliases and tags are
refused, because a price that stands elsewhere in the file cannot be reviewed where it is used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from macros.facts.problems import Problem, quoted_data

LARGEST_FILE = 100_000
DEEPEST = 20

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""What a part of a file holds."""
DataPath = tuple[str | int, ...]
"""The way to a part of a file by keys and numbers of lines: `("models", "gpt-5", "prices", "input", 0, "value")`."""
Position = tuple[int, int]
"""A line and a column, both counted from 1."""

_START = (1, 1)


@dataclass(slots=True)
class YamlDocument:
    """What a file holds, where each part of it stands, and what is wrong with the file as YAML.

    There is no content where the file cannot be read at all.
    """

    file: str
    content: Plain | None = None
    positions: dict[DataPath, Position] = field(default_factory=dict)
    key_positions: dict[DataPath, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: DataPath, message: str, of_key: bool = False) -> Problem:
        """A problem of what stands at a path, placed there or, with `of_key`, at its key."""
        position = self.positions[path] if path else _START
        return Problem(self.file, *(self.key_positions.get(path, position) if of_key else position), message)

    def complain(self, position: Position, message: str) -> None:
        """Note what is wrong with the file as YAML."""
        self.problems.append(Problem(self.file, *position, message))


def read_yaml_document(content: bytes, file: str) -> YamlDocument:
    """The plain content of a file, as far as it can be read; this raises nothing."""
    document = YamlDocument(file)
    if len(content) > LARGEST_FILE:
        document.complain((0, 0), f"the file has {len(content)} bytes; split it, {LARGEST_FILE} is the most")
        return document
    text = ""
    try:
        text = content.decode("utf-8")
        loader = _YamlLoader(text, document)
        root = loader.get_node() if loader.check_node() else None
        if root is None:
            document.complain(_START, "the file is empty; write its first lines or delete it")
        elif loader.check_node():
            document.complain(loader.position(), "a second document begins here; delete the line ---")
        else:
            document.content = _yaml_plain(root, (), document)
    except UnicodeDecodeError as error:
        line, column = content[: error.start].count(b"\n") + 1, error.start - content.rfind(b"\n", 0, error.start)
        document.complain((line, column), "this is not UTF-8 text; save the file as UTF-8")
    except yaml.reader.ReaderError as error:
        line, column = text[: error.position].count("\n") + 1, error.position - text.rfind("\n", 0, error.position)
        document.complain((line, column), "a character here cannot be printed; delete it")
    except yaml.MarkedYAMLError as error:
        position = _yaml_position(error.problem_mark or error.context_mark)
        advice = "check the spaces before it, the colons and the quotes"
        document.complain(position, f"this is not YAML ({error.problem}); {advice}")
    except (ValueError, OverflowError):  # a \U escape or a %YAML version beyond what Python can hold
        document.complain(_START, "this is not YAML (an escape or a directive is out of range); write plain text")
    return document


def _yaml_position(mark: yaml.Mark | None) -> Position:
    """The position of a mark of the parser, which leaves out marks where it has none to give."""
    return (mark.line + 1, mark.column + 1) if mark else _START


class _YamlLoader(yaml.BaseLoader):
    """Composes the nodes of a file and notes what we do not allow."""

    def __init__(self, text: str, document: YamlDocument) -> None:
        super().__init__(text)
        self._document = document
        self._depth = 0

    def position(self) -> Position:
        """Where the next event begins."""
        return _yaml_position(self.peek_event().start_mark)  # type: ignore[no-untyped-call]

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an alias is taken for an empty text."""
        event, position = self.peek_event(), self.position()  # type: ignore[no-untyped-call]
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            self._document.complain(position, "aliases are not used here; write the value itself")
            self.get_event()  # type: ignore[no-untyped-call]
            return yaml.ScalarNode("", "", mark)
        if event.anchor is not None:
            self._document.complain(position, f"anchors are not used here; delete &{event.anchor}")
            event.anchor = None
        if event.tag is not None:
            self._document.complain(position, "tags are not used here; delete the word that begins with !")
        if self._depth == DEEPEST:
            problem = f"it is more than {DEEPEST} levels deep"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _yaml_plain(node: yaml.Node, path: DataPath, document: YamlDocument) -> Plain:
    """What a node holds, with its positions."""
    document.positions[path] = _yaml_position(node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_yaml_plain(part, (*path, index), document) for index, part in enumerate(node.value)]
    table: dict[str, Plain] = {}
    for key, part in node.value:
        position, inside = _yaml_position(key.start_mark), (*path, key.value)
        if not isinstance(key, yaml.ScalarNode):
            document.complain(position, "a key must be a single word; write it as key: value")
        elif key.value in table:
            first = "{}:{}".format(*document.key_positions[inside])
            document.complain(
                position, f"{quoted_data(key.value)} is written twice, first at {first}; keep one of them"
            )
        else:
            document.key_positions[inside] = position
            table[key.value] = _yaml_plain(part, inside, document)
    return table
