"""The memory model against published peaks: those that it was fitted to, and whole sources that it never saw.

The aim was a median error of 6 % and nine in ten peaks within a range of at most ±15 %, on the part that is held out.
The part that was fitted to meets it, and so do the sources that came later and were not fitted to. The part that is
held out does not; where a source states all settings, the error meets it and the share inside comes near. The source of
the third collection that is held out meets it. The numbers below say by how much: they may get better, and never worse.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from statistics import median

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.calibration import Checked, rounded
from tests.calculators.fine_tuning.hardware.checks import FILE, SOURCES, checked_peaks, memory_checks_text
from tests.calculators.fine_tuning.hardware.pairs import project_pairs
from tests.calculators.fine_tuning.hardware.peaks import held_out, is_complete, peaks, third_peaks, tried


@pytest.fixture(scope="module")
def checked(catalogue: Catalogue) -> list[Checked]:
    return checked_peaks(catalogue)


def is_held_out(each: Checked) -> bool:
    return each.row["source"] in held_out()


def is_fitted(each: Checked) -> bool:
    return not is_held_out(each)


def is_held_out_and_complete(each: Checked) -> bool:
    return is_held_out(each) and is_complete(each.row)


def is_fitcheck(each: Checked) -> bool:
    return each.row["source"] == "Anassbzdd/fitcheck"


def is_held_out_and_read_last(each: Checked) -> bool:
    return is_held_out(each) and each.row in third_peaks()


def is_read_later(each: Checked) -> bool:
    return each.row["source"] in tried()


@pytest.mark.parametrize(
    ("part", "number", "middle", "share"),
    [
        (is_fitted, 324, 0.041, 0.92),
        (is_held_out, 199, 0.105, 0.68),
        (is_held_out_and_complete, 76, 0.055, 0.84),
        (is_fitcheck, 59, 0.055, 0.83),
        (is_held_out_and_read_last, 11, 0.048, 0.9),
        (is_read_later, 53, 0.042, 0.92),
    ],
    ids=[
        "open to a fit",
        "held out",
        "held out and complete",
        "fitcheck",
        "held out, of the third collection",
        "open to a fit, and not fitted to",
    ],
)
def test_the_error_and_the_range_are_what_was_reached(
    checked: list[Checked], part: Callable[[Checked], bool], number: int, middle: float, share: float
) -> None:
    some = [each for each in checked if part(each)]
    assert len(some) == number
    assert rounded(median(each.error for each in some)) <= rounded(Decimal(str(middle)))
    assert sum(each.inside for each in some) / len(some) >= share
    assert rounded(median(each.width for each in some)) <= rounded(Decimal("0.15"))


@pytest.mark.parametrize(("measure", "middle"), [("allocated", 0.033), ("driver", 0.043), ("reserved", 0.052)])
def test_each_named_measure_that_was_fitted_is_met(checked: list[Checked], measure: str, middle: float) -> None:
    """What tensors hold, what the pool holds and what the driver sees are each near, not only on average."""
    some = [each for each in checked if is_fitted(each) and each.row["measure"] == measure]
    assert rounded(median(each.error for each in some)) <= rounded(Decimal(str(middle)))
    assert sum(each.inside for each in some) / len(some) >= 0.9


def test_the_page_shows_the_errors_of_the_formulas(catalogue: Catalogue) -> None:
    """`python -m tests.calculators.fine_tuning.hardware.checks` writes the file anew."""
    assert set(SOURCES) == {row["source"] for row in peaks()}
    assert FILE.read_text("utf-8") == memory_checks_text(catalogue)


def test_eight_bytes_a_parameter_and_no_flat_reserve(checked: list[Checked]) -> None:
    """Full training in pure 16 bits on one GPU: the states are counted, and nothing is added for them."""
    some = [each for each in checked if each.row["method"] == "full" and each.row["gpus"] == "1"]
    counted = [each for each in some if each.row["measure"] == "allocated" and is_fitted(each)]
    assert len(counted) > 8
    assert median(each.error for each in counted) < 0.01


def test_two_projects_differ_by_more_than_the_range_for_the_same_settings() -> None:
    """So no calculator that asks for these settings can have nine in ten of both within 15 %."""
    pairs = [(Decimal(row["peak_gb"]), peak) for row, peak in project_pairs()]
    assert len(pairs) == 34 and {(b, a) for a, b in pairs} == set(pairs)
    apart = [max(pair) / min(pair) for pair in pairs]
    assert Decimal("1.25") <= rounded(median(apart)) <= Decimal("1.26")
    beyond = sum(ratio > Decimal("1.15") / Decimal("0.85") for ratio in apart) / len(apart)
    assert 0.4 < beyond < 0.42, "two in five pairs are too far apart for any range of ±15 % to hold both"
    assert {row["source"] for row, _ in project_pairs()} == {"QwenLM/Qwen", "modelscope/ms-swift"}
