"""The comparison with an older revision: what it finds, what it leaves out, and what a change may say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unchanged import __main__ as comparison


def said(folder: Path, **texts: str) -> Path:
    """A folder with texts, each below a name whose words are parted by `__`."""
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path = path.with_suffix(".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_what_differs_is_listed_by_file_with_its_lines(tmp_path: Path) -> None:
    before = said(tmp_path / "before", alike="1\n", rag__total="a\nb\n", gone="c\n", articles__decisions__old="d\n")
    after = said(tmp_path / "after", alike="1\n", rag__total="a\nB\n", articles__decisions__old="D\n")
    assert comparison.differences(before, after) == {"gone.txt": ["-c"], "rag/total.txt": ["-b", "+B"]}


def test_what_a_change_means_to_say_otherwise_is_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MEANT", {"USD": "US$"})
    before, after = said(tmp_path / "before", total="2 USD\n"), said(tmp_path / "after", total="2 US$\n")
    assert comparison.differences(before, after) == {}


def test_what_is_said_already_is_left_as_it_is() -> None:
    """A revision that has the change is compared as it is."""
    assert [meant for earlier, meant in comparison.MEANT.items() if earlier in meant] == []
