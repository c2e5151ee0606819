"""The range of the speed follows from the part that was fitted, by a rule that was written down before any look.

Nine tenths of a source must lie in the range that follows from the other sources, on average. The errors here are those
of the factors in use; the range was made with factors that were fitted anew without each source, which moved them a
little. Decision 0063 has both.
"""

from __future__ import annotations

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.left_out import Case, left_out_share, tail_range, widest_tail
from tests.calculators.serving.self_hosting.checks import Checked, checked_speeds
from tests.calculators.serving.self_hosting.speeds import held_out


@pytest.fixture(scope="module")
def fitted(catalogue: Catalogue) -> list[Checked]:
    return [each for each in checked_speeds(catalogue) if each.row["source"] not in held_out()]


def cases(listed: list[Checked], *, harder: bool) -> list[Case]:
    """The speeds that were fitted, of one of the two classes, as multiples of the answers."""
    return [
        (float(each.measured / each.speed), each.row["source"])
        for each in listed
        if (each.high / each.speed > 1.5) == harder
    ]


@pytest.mark.parametrize(("harder", "tail"), [(False, 0.04), (True, 0.02)])
def test_nine_tenths_of_a_source_left_out_lie_inside(fitted: list[Checked], harder: bool, tail: float) -> None:
    some = cases(fitted, harder=harder)
    assert widest_tail(lambda tail: left_out_share(some, tail) >= 0.9) == tail
    low, high = tail_range(some, tail)
    shown = next(each for each in fitted if (each.high / each.speed > 1.5) == harder)
    assert low == pytest.approx(float(shown.low / shown.speed), abs=0.02)
    assert high == pytest.approx(float(shown.high / shown.speed), abs=0.06)


def test_each_class_has_sources_enough_to_leave_one_out(fitted: list[Checked]) -> None:
    for harder in (False, True):
        assert len({source for _, source in cases(fitted, harder=harder)}) >= 5
