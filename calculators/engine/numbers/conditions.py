"""Conditions and what depends on them: what `if`, `and`, `or` and `not` are in a formula."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar, overload

from calculators.engine.numbers.bare import bare_value, is_traced
from calculators.engine.numbers.quantities import literal_beside_numbers
from calculators.engine.numbers.tape import TapedNumber, TapedTruth, is_taped
from calculators.engine.numbers.tape.playback import tape_playback_choice
from calculators.engine.numbers.traced import Traced, Truth, same_traced_unit, traced_number
from calculators.engine.numbers.types import Condition, Number, RunCondition, RunNumber
from calculators.engine.numbers.units import ONE

T = TypeVar("T")


@overload
def choose(condition: RunCondition, yes: RunNumber, no: RunNumber) -> Number: ...
@overload
def choose(condition: RunCondition, yes: RunNumber | None, no: RunNumber | None) -> Number | None: ...
@overload
def choose(condition: RunCondition, yes: T, no: T) -> T: ...
def choose(condition: RunCondition, yes: object, no: object) -> object:
    """`yes` where the condition holds, else `no`. Both are computed, so neither may divide by zero.

    >>> from decimal import Decimal
    >>> choose(Decimal(3) > 2, Decimal(1), Decimal(0))
    Decimal('1')
    """
    if type(condition) is bool and (kind := type(yes)) is type(no) and kind in _PLAIN:
        return yes if condition else no
    if is_traced(condition, yes, no):
        first = traced_number(yes, no.unit if isinstance(no, Traced) else ONE)
        second = traced_number(no, first.unit)
        unit = same_traced_unit("or", first, second)
        branch = first if bare_value(condition) else second
        if isinstance(condition, Truth):
            return Traced(branch.value, unit, "choose", (condition, first, second))
        return branch
    if isinstance(condition, TapedTruth):
        return _choose_on_tape(condition, literal_beside_numbers(yes, no), literal_beside_numbers(no, yes))
    return literal_beside_numbers(yes, no) if condition else literal_beside_numbers(no, yes)


_PLAIN = {Decimal, float}
"""What exact and float runs choose between: asked first, because a ranking of models chooses thousands of times."""


def choose_lazily(condition: RunCondition, yes: Callable[[], RunNumber], no: Callable[[], RunNumber]) -> Number:
    """The same of two numbers that take long to compute: where the condition is a bare bool, only one is computed.

    >>> from decimal import Decimal
    >>> choose_lazily(Decimal(3) > 2, lambda: Decimal(1), lambda: Decimal(1) / 0)
    Decimal('1')
    """
    if isinstance(condition, bool):
        return yes() if condition else no()  # type: ignore[return-value]
    return choose(condition, yes(), no())


def _choose_on_tape(condition: TapedTruth, yes: object, no: object) -> object:
    """`yes` or `no` as the condition holds at each point; what is no number fixes the condition."""
    if yes is no:
        return yes
    if _is_float_condition(yes) and _is_float_condition(no):
        return condition.tape.record(TapedNumber, tape_playback_choice, condition, yes, no)
    return yes if condition else no


def _is_float_condition(operand: object) -> bool:
    return isinstance(operand, TapedNumber | float | int) and not isinstance(operand, bool)


def both(*conditions: RunCondition) -> Condition:
    """Whether all conditions hold."""
    if _BARE.issuperset(map(type, conditions)):
        return all(conditions)
    if is_taped(*conditions):
        if not all(condition for condition in conditions if not isinstance(condition, TapedTruth)):
            return False
        return _condition_joined(operator.and_, conditions)
    return _condition_traced("and", all(bare_value(condition) for condition in conditions), conditions)


def either_of(*conditions: RunCondition) -> Condition:
    """Whether at least one condition holds."""
    if _BARE.issuperset(map(type, conditions)):
        return any(conditions)
    if is_taped(*conditions):
        if any(condition for condition in conditions if not isinstance(condition, TapedTruth)):
            return True
        return _condition_joined(operator.or_, conditions)
    return _condition_traced("or", any(bare_value(condition) for condition in conditions), conditions)


_BARE = {bool}
"""What the conditions of exact and float runs are: asked first, because a formula joins them thousands of times."""


def _condition_joined(function: Callable[..., bool], conditions: Sequence[RunCondition]) -> Condition:
    """The conditions on a tape, joined step by step; the bare ones among them do not decide."""
    joined, *rest = (condition for condition in conditions if isinstance(condition, TapedTruth))
    for condition in rest:
        joined = joined.tape.record(TapedTruth, function, joined, condition)
    return joined  # type: ignore[return-value]


def _condition_traced(symbol: str, truth: bool, conditions: Sequence[RunCondition]) -> Condition:
    """The truth with the traced conditions behind it, if there are any."""
    traced = tuple(condition for condition in conditions if isinstance(condition, Truth))
    return Truth(truth, symbol, traced) if traced else truth  # type: ignore[return-value]


def opposite(condition: RunCondition) -> Condition:
    """Whether the condition does not hold."""
    if isinstance(condition, TapedTruth):
        return condition.tape.record(TapedTruth, operator.not_, condition)  # type: ignore[return-value]
    if isinstance(condition, Truth):
        return Truth(not condition.value, "not", (condition,))  # type: ignore[return-value]
    return not condition


def known(figure: object) -> Condition:
    """Whether a fact is published at all."""
    if isinstance(figure, Traced):
        return Truth(figure.value is not None, "known", (figure,))  # type: ignore[return-value]
    return figure is not None


@overload
def known_or(figure: RunNumber | None, fallback: RunNumber) -> Number: ...
@overload
def known_or(figure: T | None, fallback: T) -> T: ...
def known_or(figure: object, fallback: object) -> object:
    """The figure where it is published, else the fallback.

    >>> from decimal import Decimal
    >>> known_or(None, Decimal(2))
    Decimal('2')
    """
    if isinstance(figure, Traced):
        if figure.value is None:
            replacement = traced_number(fallback, figure.unit)
            same_traced_unit("or", figure, replacement)
            return Traced(replacement.value, replacement.unit, "instead of", (replacement, figure))
        return figure
    return fallback if figure is None else figure
