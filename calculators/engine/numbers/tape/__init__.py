"""A formula recorded at one point, so that the same can be done to a thousand points at once.

A formula is run once at one point. What depends on the varied inputs goes onto a tape, step by step; all else is
computed at once and stays a constant. Where the formula asks `if`, the tape notes the answer: it holds only for points
with the same one. So a tape gives every point the very numbers that a run at that point alone gives it.

Formulas do not see any of this: they use the functions of `calculators.engine.numbers`, which have a case for it.
"""

from calculators.engine.numbers.tape.playback import TapePlayback
from calculators.engine.numbers.tape.recording import (
    Tape,
    TapedNode,
    TapedNumber,
    TapedTruth,
    is_taped,
    tape_of,
)

__all__ = ["Tape", "TapePlayback", "TapedNode", "TapedNumber", "TapedTruth", "is_taped", "tape_of"]
