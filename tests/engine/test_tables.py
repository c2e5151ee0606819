"""Rows ranked against the reader's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.engine.declare import RankedRow, Table, declared_row_remark, is_ranking_of_zeros, ranked_output_table


def test_a_row_that_comes_last_stands_below_all_others() -> None:
    closed = RankedRow("closed", Decimal(1), ("Closed", 1), last=True)
    rows = [closed, RankedRow("none", None, ("None",)), RankedRow("dear", Decimal(9), ("Dear", 9))]
    assert ranked_output_table(rows, own="closed") == Table((("Dear", 9), ("None",), ("Closed", 1)), 2)


def test_equal_ranks_keep_their_order_and_days_rank_as_text() -> None:
    rows = [
        RankedRow("b", "2027-01-01", ("B",)),
        RankedRow("a", "2027-01-01", ("A",)),
        RankedRow("c", "2026-12-31", ("C",)),
    ]
    assert [name for (name,) in ranked_output_table(rows, own="a").rows] == ["C", "B", "A"]


def test_without_the_readers_own_record_no_row_is_marked() -> None:
    assert ranked_output_table([RankedRow("a", Decimal(1), ("A",))], own="b").own is None


def test_an_empty_phrase_is_no_part_of_a_remark() -> None:
    assert declared_row_remark("", "long-prompt price", "") == "long-prompt price"


@pytest.mark.parametrize(
    ("ranks", "is_none"),
    [
        ((0, 0), True),
        ((Decimal("0.00"), 0, None), True),
        ((Decimal(0), Decimal("1e-30")), False),
        ((Decimal(0),), False),
        ((Decimal(0), None), False),
        ((None, None), False),
        (("", ""), True),
        (("2026-11-21", ""), False),
    ],
)
def test_a_ranking_of_zeros_is_none(ranks: tuple[Decimal | str | None, ...], is_none: bool) -> None:
    """One rank is a ranking, whatever it is; what has none does not count."""
    assert is_ranking_of_zeros(ranks) is is_none
    table = ranked_output_table([RankedRow(str(place), rank, ("A",)) for place, rank in enumerate(ranks)], own="")
    assert (table.rows == ()) is is_none
