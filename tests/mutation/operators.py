"""Which mistakes are tried: mutmut's in arithmetic, comparisons and numbers, and those of the formulas' functions.

mutmut also changes texts, drops arguments and puts None in their place. Here a mutant is a wrong formula: another
operator, another number, another edge, the other branch, the other one of `smallest` and `largest`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import Any

import libcst as cst
from mutmut.mutation import mutators

SWAPPED = {
    "smallest": "largest",
    "largest": "smallest",
    "min": "max",
    "max": "min",
    "ceil": "floor",
    "floor": "ceil",
    "both": "either_of",
    "either_of": "both",
    "any": "all",
    "all": "any",
}
"""Functions with a counterpart that takes the same arguments."""

DROPPED = ("smallest", "largest", "min", "max", "both", "either_of")
"""Functions of several values, of which each may be missing."""

PASSED_ON = ("opposite", "ceil", "floor", "root")
"""Functions of one value that may be missing altogether."""


def other_call(node: cst.Call) -> Iterator[cst.BaseExpression]:
    """The wrong calls that stand for one call of a formula's function; another's of that name may take fewer values."""
    name = node.func.value if isinstance(node.func, cst.Name) else ""
    arguments, given = list(node.args), given_in_order(node)
    if name in SWAPPED:
        yield node.with_changes(func=cst.Name(SWAPPED[name]))
    if name in DROPPED and len(arguments) > 1 and len(given) == len(arguments):
        for position in range(len(arguments)):
            yield node.with_changes(args=[*arguments[:position], *arguments[position + 1 :]])
    if name in PASSED_ON and given:
        yield given[0].value
    if name == "choose" and len(given) > 2 and not given[1].value.deep_equals(given[2].value):
        yield node.with_changes(args=[given[0], *exchanged(*given[1:3]), *arguments[3:]])
    if name == "known_or" and len(given) > 1:
        yield given[1].value
    if name == "quotient" and len(given) > 1:
        yield node.with_changes(args=[*exchanged(*given[:2]), *arguments[2:]])


def given_in_order(node: cst.Call) -> list[cst.Arg]:
    """The arguments of a call whose place says which they are: those before any star or name."""
    return list(takewhile(lambda argument: not argument.star and not argument.keyword, node.args))


def exchanged(first: cst.Arg, second: cst.Arg) -> list[cst.Arg]:
    """Two arguments, each in the other's place."""
    return [second.with_changes(comma=first.comma), first.with_changes(comma=second.comma)]


def other_word(node: cst.Arg) -> Iterator[cst.Arg]:
    """The other one of True and False as an argument; how strictly `zip` looks at lengths changes no result."""
    if isinstance(node.value, cst.Name) and not (node.keyword and node.keyword.value == "strict"):
        yield from (node.with_changes(value=word) for word in mutators.operator_name(node.value))


OPERATORS: list[tuple[type, Callable[[Any], Iterable[cst.CSTNode]]]] = [
    (cst.BaseNumber, mutators.operator_number),
    (cst.Arg, other_word),
    (cst.Call, other_call),
    (cst.AugAssign, mutators.operator_augmented_assignment),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.IfExp, mutators.operator_if_exp),
]


def wrong(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Everything that is tried in a node's place."""
    for kind, operator in OPERATORS:
        if isinstance(node, kind):
            yield from operator(node)
