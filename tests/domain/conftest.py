"""The domain is tested in the context of the exact run."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import localcontext

import pytest

from calculators.engine.numbers import EXACT


@pytest.fixture(autouse=True)
def exact_context() -> Iterator[None]:
    """The digits that an answer is computed with."""
    with localcontext(EXACT):
        yield
