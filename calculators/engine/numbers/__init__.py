"""What a formula may use: functions over exact, traced and float numbers, and sentences that hold under a condition."""

from calculators.engine.numbers.arithmetic import (
    apply_to_bare_numbers,
    ceil,
    exponential,
    floor,
    largest,
    quotient,
    root,
    smallest,
    sum_of_numbers,
)
from calculators.engine.numbers.bare import (
    always_equal_numbers,
    bare_exchanged_word,
    bare_value,
    is_known_number,
    is_traced,
    sorted_by_number,
    untraced,
)
from calculators.engine.numbers.conditions import both, choose, choose_lazily, either_of, known, known_or, opposite
from calculators.engine.numbers.notes import Note, name_in_note, note, when
from calculators.engine.numbers.quantities import (
    EXACT,
    TOKENS_PER_MTOK,
    months,
    named,
    untraced_whole_number,
    whole_number,
)
from calculators.engine.numbers.types import Condition, Number, Share

__all__ = [
    "EXACT",
    "TOKENS_PER_MTOK",
    "Condition",
    "Note",
    "Number",
    "Share",
    "always_equal_numbers",
    "apply_to_bare_numbers",
    "bare_exchanged_word",
    "bare_value",
    "both",
    "ceil",
    "choose",
    "choose_lazily",
    "either_of",
    "exponential",
    "floor",
    "is_known_number",
    "is_traced",
    "known",
    "known_or",
    "largest",
    "months",
    "name_in_note",
    "named",
    "note",
    "opposite",
    "quotient",
    "root",
    "smallest",
    "sorted_by_number",
    "sum_of_numbers",
    "untraced",
    "untraced_whole_number",
    "when",
    "whole_number",
]
