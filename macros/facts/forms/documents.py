"""Reads a YAML file as plain texts, lists and tables, and remembers the line and column of everything in it.

Every scalar stays the text its author wrote: 1.10 is not turned into 1.1, `no` is not turned into false and
2026-11-21 is not turned into a date. Only tables, lists and single values exist; anchors, aliases and tags are
refused, because a price that stands elsewhere in the file cannot be reviewed where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import yaml
from yaml.composer import Composer
from yaml.resolver import BaseResolver

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
    """The plain content of a file, as far as it can be read; this raises nothing.

    The compiled parser reads a file without problems in a quarter of the time. The other one words what is wrong.
    """
    for loader_of in LOADERS:
        document = _document_read_by(loader_of, content, file)
        if not document.problems:
            break
    return document


def _document_read_by(loader_of: Callable[[str], _NotingComposer], content: bytes, file: str) -> YamlDocument:
    document = YamlDocument(file)
    if len(content) > LARGEST_FILE:
        document.complain((0, 0), f"the file has {len(content)} bytes; split it, {LARGEST_FILE} is the most")
        return document
    text = ""
    try:
        text = content.decode("utf-8")
        loader = loader_of(text)
        loader.document = document
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


class _Mark(Protocol):
    """A place in a file, counted from 0."""

    line: int
    column: int


def _yaml_position(mark: _Mark | None) -> Position:
    """The position of a mark of the parser, which leaves out marks where it has none to give."""
    return (mark.line + 1, mark.column + 1) if mark else _START


class _NotingComposer(Composer):
    """Composes the nodes of a file from the events of a parser and notes what we do not allow."""

    peek_event: Callable[[], yaml.NodeEvent]
    get_event: Callable[[], yaml.NodeEvent]
    document: YamlDocument
    depth = 0

    def position(self) -> Position:
        """Where the next event begins."""
        return _yaml_position(self.peek_event().start_mark)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an alias is taken for an empty text."""
        event, position = self.peek_event(), self.position()
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            self.document.complain(position, "aliases are not used here; write the value itself")
            self.get_event()
            return yaml.ScalarNode("", "", mark)  # type: ignore[arg-type]  # a mark of either parser
        if event.anchor is not None:
            self.document.complain(position, f"anchors are not used here; delete &{event.anchor}")
            event.anchor = None
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            self.document.complain(position, "tags are not used here; delete the word that begins with !")
        if self.depth == DEEPEST:
            problem = f"it is more than {DEEPEST} levels deep"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)  # type: ignore[arg-type]
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _YamlLoader(_NotingComposer, yaml.BaseLoader):
    """Parses in Python, and says best what is wrong."""


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _CompiledYamlLoader(_NotingComposer, CParser, BaseResolver):
        """Parses with LibYAML, which says what is wrong in other words."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            BaseResolver.__init__(self)
            Composer.__init__(self)


LOADERS: list[Callable[[str], _NotingComposer]] = [
    *([_CompiledYamlLoader] if yaml.__with_libyaml__ else []),
    _YamlLoader,
]
"""What reads a file, the fastest first. What the last one says of a file counts."""


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
