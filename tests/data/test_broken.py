"""One broken file for each rule of the data: the message names file, line and column, and says what to do.

To add a rule, put a file into `broken/`. Its first line, `# file: prices/openai.yaml`, names the file of `whole/` that
it replaces; each `# expected:` line below holds one message, in the order in which they are reported.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.facts import FactsError, facts_text

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.yaml"))


def headings(path: Path, word: str) -> list[str]:
    """The values of the comment lines `# word: value` of a file."""
    lines = path.read_text("utf-8").splitlines()
    return [line.removeprefix(f"# {word}: ") for line in lines if line.startswith(f"# {word}: ")]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_named_with_its_place_and_its_remedy(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(HERE / "whole", folder)
    (replaced,) = headings(path, "file")
    (folder / replaced).parent.mkdir(exist_ok=True)
    shutil.copyfile(path, folder / replaced)
    with pytest.raises(FactsError) as caught:
        facts_text(folder, None)
    assert str(caught.value).splitlines() == headings(path, "expected")
    assert [str(problem) for problem in caught.value.problems] == headings(path, "expected")


MISTAKES = {
    "B1": ("malformed", "tab", "empty", "control-character", "second-document"),
    "B2": ("duplicate-key", "duplicate-model", "duplicate-source"),
    "B3": ("unknown-key", "unknown-key-far-off", "decision-unknown-key"),
    "B4": ("missing-source", "missing-from", "missing-checked", "missing-accessed"),
    "B5": ("wrong-unit", "wrong-unit-of-assumption", "text-for-number", "dollar-sign", "percent", "thousands"),
    "B6": ("nan", "infinite", "exponent", "link-to-script", "link-not-https"),
    "B7": ("price-out-of-range", "price-zero", "negative", "step-without-reason"),
    "B8": ("date-impossible", "from-too-far-ahead", "checked-after-best-before", "published-after-accessed"),
}
"""The promises about mistakes in the data, and the files that show each."""


@pytest.mark.promise("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "A14")
@pytest.mark.parametrize("id", MISTAKES)
def test_each_kind_of_mistake_is_named_with_line_and_column(id: str) -> None:
    for stem in MISTAKES[id]:
        messages = headings(HERE / "broken" / f"{stem}.yaml", "expected")
        assert messages and all(
            re.match(r"data/[\w/-]+\.yaml:[1-9]\d*:[1-9]\d*: .{20,}", message) for message in messages
        ), stem


def test_the_files_break_nothing_but_what_they_are_for() -> None:
    facts_text(HERE / "whole", None)
    assert len(BROKEN) > 60
