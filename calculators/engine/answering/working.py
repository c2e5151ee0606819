"""The working of an answer: the formula that computed it, step by step, taken from its traced run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.answering.formula_text import formula_branch
from calculators.engine.declare import Amount, Findings, Interval, Output, OutputValue, Rows, Series, Verdict
from calculators.engine.numbers import Note
from calculators.engine.numbers.traced import Node, Traced, Truth
from calculators.engine.numbers.units import Unit, UnitError


@dataclass(frozen=True, slots=True)
class Step:
    """One named value: the node whose formula gave it, and the conditions that decided its shape.

    A condition has no node of its own: its value is whether it holds.
    """

    label: str
    node: Node | None
    value: Decimal | bool | None
    unit: Unit | None
    conditions: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """How one number came about: its steps in order, the last being the number itself, and the terms they use."""

    title: str
    steps: tuple[Step, ...]
    terms: tuple[Node, ...]


def answer_workings(kind: Output, output: OutputValue) -> list[Working]:
    """The workings of one traced output: one for an amount, one a cell for a table, one a sentence for findings."""
    if isinstance(kind, Amount):
        return [_working_of_number(kind.label, output, kind.unit)] if isinstance(output, Traced) else []
    if isinstance(kind, Interval):
        if output is None:
            return []
        names = ("low", "likely", "high")
        sides = {name: getattr(output, name) for name in names}
        return [
            _working_of_number(f"{kind.label}, {name}", side, kind.unit)
            for name, side in sides.items()
            if isinstance(side, Traced)
        ]
    if isinstance(kind, Rows):
        return [
            _working_of_number(f"{_working_plain_cell(row[0])}: {column.label}", cell, column.unit)
            for row in output.rows
            for column, cell in zip(output.columns(kind), row, strict=True)
            if isinstance(cell, Traced)
        ]
    if isinstance(kind, Series):
        return [
            _working_of_number(f"{kind.y_axis.label} at {_working_plain_cell(place)}", height, kind.y_axis.unit)
            for place, height in output
            if isinstance(height, Traced)
        ]
    if isinstance(kind, Findings | Verdict):
        notes = output if isinstance(kind, Findings) else output.reasons
        return [_working_condition(note) for note in notes if isinstance(note.condition, Truth)]
    return []


def _working_plain_cell(cell: object) -> str:
    """The words in the first cell of a row."""
    return str(getattr(cell, "value", cell))


def _working_of_number(title: str, root: Traced, unit: Unit | None) -> Working:
    """The working of one number; its last step has the unit that the output declares, noun and all."""
    if unit is not None and unit != root.unit:
        raise UnitError(f"{title!a} is declared in {unit.text} but computed in {root.unit.text}")
    top = root.parts[0] if root.symbol == "=" and isinstance(root.parts[0], Traced) else root
    steps: list[Step] = []
    terms: list[Node] = []
    _collect_working_steps(top, steps, terms, set())
    steps.append(Step(title, top, root.value, unit or root.unit, _working_conditions(top)))
    return Working(title, tuple(steps), tuple(terms))


def _working_condition(note: Note) -> Working:
    condition = note.condition
    assert isinstance(condition, Truth), "only the notes of a traced run have a working"
    steps: list[Step] = []
    terms: list[Node] = []
    visited: set[int] = set()
    for node in (condition, *(number for number, _ in note.numbers.values())):
        _collect_working_steps(node, steps, terms, visited)
    steps.append(Step(note.sentence, None, condition.value, None, tuple(_conjuncts_in_working(condition))))
    return Working(note.sentence, tuple(steps), tuple(terms))


def _collect_working_steps(node: object, steps: list[Step], terms: list[Node], visited: set[int]) -> None:
    """Gathers the named steps below a node, inner ones first, and the labeled leaves they use."""
    if not isinstance(node, Node) or id(node) in visited:
        return
    visited.add(id(node))
    if not node.parts:
        if node.label and not any(_same_working_term(node, term) for term in terms):
            terms.append(node)
        return
    for part in _working_shown(node):
        _collect_working_steps(part, steps, terms, visited)
    if node.symbol == "=" and isinstance(node, Traced):
        steps.append(Step(node.label, node.parts[0], node.value, node.unit, _working_conditions(node.parts[0])))


def answer_terms(roots: Iterable[object]) -> list[Node]:
    """The labeled numbers that some traced outputs were made from, each once, in the order in which they are met."""
    labeled: list[Node] = []
    visited: set[int] = set()
    waiting = [root for root in roots if isinstance(root, Node)][::-1]
    while waiting:
        node = waiting.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if node.parts:
            waiting += [part for part in reversed(_working_shown(node)) if isinstance(part, Node)]
        elif node.label:
            labeled.append(node)
    return labeled


def _same_working_term(left: Node, right: Node) -> bool:
    """Whether two leaves are the same number under the same name."""
    return (
        left.label == right.label and _bare_leaf_value(left) == _bare_leaf_value(right) and left.origin == right.origin
    )


def _bare_leaf_value(leaf: Node) -> object:
    return getattr(leaf, "value", None)


def _working_shown(node: Node) -> tuple[object, ...]:
    """The parts of a node that its written form mentions: of two alternatives, the one taken."""
    if node.symbol == "choose":
        return (node.parts[0], formula_branch(node))
    return node.parts


def _working_conditions(node: Node) -> tuple[Truth, ...]:
    """The conditions that decided a formula's shape, down to the next named step."""
    conditions: list[Truth] = []

    def walk(inner: object) -> None:
        if not isinstance(inner, Node) or inner.symbol == "=" or not inner.parts:
            return
        if inner.symbol == "choose":
            for condition in _conjuncts_in_working(inner.parts[0]):
                if not any(condition is known for known in conditions):
                    conditions.append(condition)
            walk(formula_branch(inner))
        elif inner.symbol == "instead of":
            conditions.append(Truth(True, "unknown", (inner.parts[1],)))
            walk(inner.parts[0])
        else:
            for part in inner.parts:
                walk(part)

    walk(node)
    return tuple(conditions)


def _conjuncts_in_working(condition: Truth) -> list[Truth]:
    """The conditions joined by `and`, one by one."""
    if condition.symbol == "and":
        return [inner for part in condition.parts if isinstance(part, Truth) for inner in _conjuncts_in_working(part)]
    return [condition]
