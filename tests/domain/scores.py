"""Random scores, samples and alphas, and how near a number must come to that of another library."""

from __future__ import annotations

import math
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

D = Decimal
TUNED = settings(max_examples=60, deadline=None, derandomize=True, database=None)
SHARES = st.integers(0, 1000).map(lambda thousandths: D(thousandths) / 1000)
ALPHAS = st.sampled_from([D("0.05"), D("0.01"), D("0.1"), D("0.05") / 3, D("0.5"), D("0.001")])


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int]:
    """Right answers and examples."""
    examples = draw(st.integers(1, 400))
    return draw(st.integers(0, examples)), examples


def near(number: Decimal | float, expected: float, relative: float = 1e-9, absolute: float = 1e-12) -> bool:
    return math.isclose(float(number), expected, rel_tol=relative, abs_tol=absolute)
