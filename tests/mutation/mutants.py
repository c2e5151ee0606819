"""The mutants of a module: every wrong operator, number or call inside its functions, lambdas and named numbers.

What a module declares outside of them is left alone: units, bounds and defaults of inputs, examples.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, WhitespaceInclusivePositionProvider

from tests.mutation.operators import wrong

ROOT = Path(__file__).resolve().parent.parent.parent
CALCULATORS = ROOT / "calculators"


@cache
def text_of(file: str) -> str:
    """The text of a file such as `rag/cost`, as it was when it was first asked for."""
    return (CALCULATORS / f"{file}.py").read_text("utf-8")


@dataclass(frozen=True)
class Mutant:
    """One mistake. `function` names the function it is in, with its class, or the number that is defined so."""

    file: str
    function: str
    start: int
    end: int
    code: str
    defines: bool

    @property
    def topic(self) -> str:
        """The folder of the file."""
        return self.file.partition("/")[0]

    @property
    def path(self) -> Path:
        """The file that is broken."""
        return CALCULATORS / f"{self.file}.py"

    @property
    def source(self) -> str:
        """The whole broken module."""
        text = text_of(self.file)
        return text[: self.start] + self.code + text[self.end :]

    @property
    def lines(self) -> tuple[str, str]:
        """The lines that are broken, as they are and as they become."""
        text = text_of(self.file)
        first, last = text.rfind("\n", 0, self.start) + 1, text.find("\n", self.end)
        broken = text[first : self.start] + self.code + text[self.end : last]
        old, new = ([line.strip() for line in passage.split("\n")] for passage in (text[first:last], broken))
        differing = [number for number, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
        part = slice(differing[0], differing[-1] + 1)
        return " ".join(filter(None, old[part])), " ".join(filter(None, new[part]))

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells a mutant from others, wherever in its file it stands."""
        return self.file, self.function, *self.lines


def mutants(file: str, functions: Container[str] | None = None) -> list[Mutant]:
    """Every mutant of a file, such as `rag/cost`, or of some of its functions, in the order of its text."""
    return [Mutant(file, *rest) for rest in mistakes_in_text(text_of(file), functions)]


def mistakes_in_text(text: str, functions: Container[str] | None = None) -> Iterator[tuple[str, int, int, str, bool]]:
    """The mistakes in a module: the function, where it begins and ends, the code there, and whether it is a number.

    Only those in some functions, where these are named.
    """
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places = wrapper.resolve(WhitespaceInclusivePositionProvider)
    begins = [0]
    for line in text.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    for node, function, defines in _nodes(wrapper.module, "", False, False):
        if functions is not None and function not in functions:
            continue
        for mistake in wrong(node):
            place = places[node]
            start, end = (begins[position.line - 1] + position.column for position in (place.start, place.end))
            old, new = text[start:end], wrapper.module.code_for_node(mistake)
            assert old.split() == wrapper.module.code_for_node(node).split()
            yield function, start, end, _as_many_lines(new, old), defines


def _as_many_lines(new: str, old: str) -> str:
    """Code that lost lines gets empty ones, so that what follows keeps its line numbers.

    They stand before its last bracket, or at its end where it has none: then it stands between others' brackets.
    """
    missing = "\n" * (old.count("\n") - new.count("\n"))
    inside = len(new) - new.endswith((")", "]", "}"))
    return new[:inside] + missing + new[inside:]


def _nodes(node: cst.CSTNode, name: str, inside: bool, defines: bool) -> Iterator[tuple[cst.CSTNode, str, bool]]:
    """Each part of a formula, with the name of what it is part of and whether that is a named number."""
    if inside:
        yield node, name, defines
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        inner = f"{name}.{node.name.value}".lstrip(".")
        yield from _nodes(node.body, inner, isinstance(node, cst.FunctionDef), False)
    elif isinstance(node, cst.Lambda):
        yield from _nodes(node.body, name, True, False)
    elif not inside and not name and (named := _named_number(node)):
        yield from _nodes(named[1], named[0], True, True)
    elif not isinstance(node, cst.Annotation) and not (defines and isinstance(node, cst.Dict)):
        for child in node.children:
            yield from _nodes(child, name, inside, defines)


def _named_number(node: cst.CSTNode) -> tuple[str, cst.BaseExpression] | None:
    """The name that a module gives to a value, and the value: `YEAR = 12`; nothing for any other line."""
    if isinstance(node, cst.Assign):
        target, expression = node.targets[0].target, node.value
    elif isinstance(node, cst.AnnAssign) and node.value:
        target, expression = node.target, node.value
    else:
        return None
    return (target.value, expression) if isinstance(target, cst.Name) else None
