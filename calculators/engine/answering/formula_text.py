"""Formulas and conditions of a working as text."""

from __future__ import annotations

from collections.abc import Callable

from calculators.engine.numbers.rounding import unrounded_digits
from calculators.engine.numbers.traced import Node, Traced, Truth, Word

Leaf = Callable[[object], str]
"""How a number without inner working is written: by its label, or by its value."""

_RANK = {"+": 1, "−": 1, "×": 2, "÷": 2}
_HIGHEST_RANK = 3


def formula_text(node: Node, leaf: Leaf) -> str:
    """A formula as text; `leaf` writes the numbers and named steps in it.

    The branch not taken is left out, brackets stand only where they change the result.
    """
    return _formula_written(node, leaf)[0]


def _formula_written(node: Node, leaf: Leaf) -> tuple[str, int]:
    """A formula as text, and the rank of its outermost operator."""
    if node.symbol in _RANK:
        rank = _RANK[node.symbol]
        left, left_rank = _formula_operand(node.parts[0], leaf)
        right, right_rank = _formula_operand(node.parts[1], leaf)
        if left_rank < rank:
            left = f"({left})"
        if right_rank < rank or (right_rank == rank and node.symbol in "−÷"):
            right = f"({right})"
        return f"{left} {node.symbol} {right}", rank
    if node.symbol == "choose":
        return _formula_operand(formula_branch(node), leaf)
    if node.symbol == "instead of":
        return _formula_operand(node.parts[0], leaf)
    if node.symbol and node.symbol != "=":
        arguments = ", ".join(_formula_operand(part, leaf)[0] for part in node.parts)
        return f"{node.symbol}({arguments})", _HIGHEST_RANK
    return leaf(node), _HIGHEST_RANK


def _formula_operand(node: Node, leaf: Leaf) -> tuple[str, int]:
    return (leaf(node), _HIGHEST_RANK) if node.symbol == "=" else _formula_written(node, leaf)


def formula_branch(node: Node) -> Node:
    """The branch that a `choose` took."""
    condition, yes, no = node.parts
    branch: Node = yes if condition.value else no
    return branch


def formula_condition(condition: Node, leaf: Leaf) -> str:
    """A condition as text, such as `Prefix ≥ Smallest cacheable prefix`."""
    symbol, parts = condition.symbol, condition.parts
    if not symbol:
        return leaf(condition)
    if symbol in ("known", "unknown"):
        participle = "given" if _is_answer_in_formula(parts[0]) else "published"
        return f"{leaf(parts[0])} is {'' if symbol == 'known' else 'not '}{participle}"
    if symbol == "not":
        return f"not ({formula_condition(parts[0], leaf)})"
    if symbol in ("and", "or"):
        return f" {symbol} ".join(formula_condition(part, leaf) for part in parts if isinstance(part, Truth))
    left, right = (_formula_operand(part, leaf)[0] if isinstance(part, Traced) else leaf(part) for part in parts)
    return f"{left} {symbol} {right}"


def _is_answer_in_formula(node: Node) -> bool:
    """Whether a number is the answer to a question rather than a fact about the world."""
    return node.origin is not None and node.origin.kind in ("typed", "default")


def label_in_formula(node: object) -> str:
    """Writes a number by its name, or by its value where it has none."""
    if isinstance(node, Node) and node.label:
        return node.label
    return value_in_formula(node)


def value_in_formula(node: object) -> str:
    """Writes a number by its exact value, without a unit."""
    if isinstance(node, Traced):
        return "nothing" if node.value is None else unrounded_digits(node.value)
    if isinstance(node, Truth):
        return "yes" if node.value else "no"
    return str(node.value if isinstance(node, Word) else node)
