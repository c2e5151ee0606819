"""What has ended by a day: one rule, and no other code that writes it out."""

from __future__ import annotations

import ast

import pytest

from calculators.domain.records.ends import has_ended
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("end", "as_of", "is_over"),
    [
        ("2026-11-21", "2026-11-20", False),
        ("2026-11-21", "2026-11-21", True),
        ("2026-11-21", "2027-01-01", True),
        ("", "2026-11-21", False),
    ],
)
def test_what_has_an_end_is_over_from_that_day_on(end: str, as_of: str, is_over: bool) -> None:
    assert has_ended(end, as_of) is is_over


def test_no_other_code_asks_whether_a_day_is_over() -> None:
    """No chain of comparisons begins with the empty text, but that of the rule."""
    chains = [
        path.relative_to(ROOT).as_posix()
        for folder in ("calculators", "macros")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare) and len(node.ops) > 1
        if isinstance(node.left, ast.Constant) and node.left.value == ""
    ]
    assert chains == ["calculators/domain/records/ends.py"]
