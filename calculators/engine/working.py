"""The working of an answer: the formula that computed it, step by step, taken from its traced run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from calculators.engine.declare import Amount, Findings, Interval, Rows, Series, Verdict
from calculators.engine.traced import Node, Traced, Truth, Word
from calculators.engine.units import Unit, UnitError
from calculators.engine.words import digits

Leaf = Callable[[Any], str]
"""How a number without inner working is written: by its label, or by its value."""


@dataclass(frozen=True, slots=True)
class Step:
    """One named value: the node whose formula gave it, and the conditions that decided its shape."""

    label: str
    node: Any
    value: Any
    unit: Unit | None
    conditions: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """How one number came about: its steps in order, the last being the number itself, and the terms they use."""

    title: str
    steps: tuple[Step, ...]
    terms: tuple[Node, ...]


def workings(kind: Any, value: Any) -> list[Working]:
    """The workings of one traced output: one for an amount, one a cell for a table, one a sentence for findings."""
    if isinstance(kind, Amount):
        return [_explain(kind.label, value, kind.unit)] if isinstance(value, Traced) else []
    if isinstance(kind, Interval):
        names = ("low", "likely", "high")
        sides = {name: getattr(value, name) for name in names}
        return [
            _explain(f"{kind.label}, {name}", side, kind.unit)
            for name, side in sides.items()
            if isinstance(side, Traced)
        ]
    if isinstance(kind, Rows):
        return [
            _explain(f"{plain_cell(row[0])}: {column.label}", cell, column.unit)
            for row in value.rows
            for column, cell in zip(value.columns(kind), row, strict=True)
            if isinstance(cell, Traced)
        ]
    if isinstance(kind, Series):
        return [
            _explain(f"{kind.y.label} at {plain_cell(x)}", y, kind.y.unit) for x, y in value if isinstance(y, Traced)
        ]
    if isinstance(kind, Findings | Verdict):
        notes = value if isinstance(kind, Findings) else value.reasons
        return [_condition(note) for note in notes if isinstance(note.condition, Truth)]
    return []


def plain_cell(cell: Any) -> str:
    """The words in the first cell of a row."""
    return str(getattr(cell, "value", cell))


def _explain(title: str, root: Traced, unit: Unit | None) -> Working:
    """The working of one number; its last step has the unit that the output declares, noun and all."""
    if unit is not None and unit != root.unit:
        raise UnitError(f"{title!r} is declared in {unit.text} but computed in {root.unit.text}")
    top = root.parts[0] if root.symbol == "=" and isinstance(root.parts[0], Traced) else root
    steps: list[Step] = []
    terms: list[Node] = []
    seen: set[int] = set()
    _collect(top, steps, terms, seen)
    steps.append(Step(title, top, root.value, unit or root.unit, _conditions(top)))
    return Working(title, tuple(steps), tuple(terms))


def _condition(note: Any) -> Working:
    steps: list[Step] = []
    terms: list[Node] = []
    seen: set[int] = set()
    for node in (note.condition, *(number for number, _ in note.numbers.values())):
        _collect(node, steps, terms, seen)
    steps.append(Step(note.sentence, None, note.condition.value, None, tuple(_split(note.condition))))
    return Working(note.sentence, tuple(steps), tuple(terms))


def _collect(node: Any, steps: list[Step], terms: list[Node], seen: set[int]) -> None:
    """Gathers the named steps below a node, inner ones first, and the labeled leaves they use."""
    if not isinstance(node, Node) or id(node) in seen:
        return
    seen.add(id(node))
    if not node.parts:
        if node.label and not any(_same_term(node, term) for term in terms):
            terms.append(node)
        return
    for part in _shown(node):
        _collect(part, steps, terms, seen)
    if node.symbol == "=" and isinstance(node, Traced):
        steps.append(Step(node.label, node.parts[0], node.value, node.unit, _conditions(node.parts[0])))


def leaves(roots: Iterable[Any]) -> list[Node]:
    """The labeled numbers that some traced outputs were made from, each once, in the order in which they are met."""
    found: list[Node] = []
    seen: set[int] = set()
    waiting = [root for root in roots if isinstance(root, Node)][::-1]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.parts:
            waiting += [part for part in reversed(_shown(node)) if isinstance(part, Node)]
        elif node.label:
            found.append(node)
    return found


def _same_term(left: Any, right: Any) -> bool:
    """Whether two leaves are the same number under the same name."""
    return bool(left.label == right.label and left.value == right.value and left.origin == right.origin)


def _shown(node: Node) -> tuple[Any, ...]:
    """The parts of a node that its written form mentions: of two alternatives, the one taken."""
    if node.symbol == "choose":
        return (node.parts[0], picked(node))
    return node.parts


def picked(node: Node) -> Any:
    """The branch that a `choose` took."""
    condition, yes, no = node.parts
    return yes if condition.value else no


def _conditions(node: Any) -> tuple[Truth, ...]:
    """The conditions that decided a formula's shape, down to the next named step."""
    found: list[Truth] = []

    def walk(inner: Any) -> None:
        if not isinstance(inner, Node) or inner.symbol == "=" or not inner.parts:
            return
        if inner.symbol == "choose":
            found.extend(it for it in _split(inner.parts[0]) if not any(it is other for other in found))
            walk(picked(inner))
        elif inner.symbol == "instead of":
            found.append(Truth(True, "unknown", (inner.parts[1],)))
            walk(inner.parts[0])
        else:
            for part in inner.parts:
                walk(part)

    walk(node)
    return tuple(found)


def _split(condition: Truth) -> list[Truth]:
    """The conditions joined by `and`, one by one."""
    if condition.symbol == "and":
        return [inner for part in condition.parts if isinstance(part, Truth) for inner in _split(part)]
    return [condition]


_RANK = {"+": 1, "−": 1, "×": 2, "÷": 2}


def written(node: Any, leaf: Leaf) -> str:
    """A formula as text; `leaf` writes the numbers and named steps in it.

    The branch not taken is left out, brackets stand only where they change the result.
    """
    return _written(node, leaf)[0]


def _written(node: Any, leaf: Leaf) -> tuple[str, int]:
    if node.symbol in _RANK:
        rank = _RANK[node.symbol]
        left, left_rank = _inner(node.parts[0], leaf)
        right, right_rank = _inner(node.parts[1], leaf)
        if left_rank < rank:
            left = f"({left})"
        if right_rank < rank or (right_rank == rank and node.symbol in "−÷"):
            right = f"({right})"
        return f"{left} {node.symbol} {right}", rank
    if node.symbol == "choose":
        return _inner(picked(node), leaf)
    if node.symbol == "instead of":
        return _inner(node.parts[0], leaf)
    if node.symbol and node.symbol != "=":
        return f"{node.symbol}({', '.join(_inner(part, leaf)[0] for part in node.parts)})", 3
    return leaf(node), 3


def _inner(node: Any, leaf: Leaf) -> tuple[str, int]:
    return (leaf(node), 3) if node.symbol == "=" else _written(node, leaf)


def written_condition(condition: Any, leaf: Leaf) -> str:
    """A condition as text, such as `Prefix ≥ Smallest cacheable prefix`."""
    symbol, parts = condition.symbol, condition.parts
    if not symbol:
        return leaf(condition)
    if symbol in ("known", "unknown"):
        told = "given" if _is_asked(parts[0]) else "published"
        return f"{leaf(parts[0])} is {'' if symbol == 'known' else 'not '}{told}"
    if symbol == "not":
        return f"not ({written_condition(parts[0], leaf)})"
    if symbol in ("and", "or"):
        return f" {symbol} ".join(written_condition(part, leaf) for part in parts if isinstance(part, Truth))
    left, right = (_inner(part, leaf)[0] if isinstance(part, Traced) else leaf(part) for part in parts)
    return f"{left} {symbol} {right}"


def _is_asked(node: Any) -> bool:
    """Whether a number is the answer to a question rather than a fact about the world."""
    return node.origin is not None and node.origin.kind in ("typed", "default")


def by_label(node: Any) -> str:
    """Writes a number by its name, or by its value where it has none."""
    if isinstance(node, Node) and node.label:
        return node.label
    return by_value(node)


def by_value(node: Any) -> str:
    """Writes a number by its exact value, without a unit."""
    if isinstance(node, Traced):
        return "nothing" if node.value is None else digits(node.value)
    if isinstance(node, Truth):
        return "yes" if node.value else "no"
    return str(node.value if isinstance(node, Word) else node)
