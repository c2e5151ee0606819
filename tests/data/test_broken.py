"""One broken file for each rule of the data: the message names file, line and column, and says what to do.

To add a rule, put a file into `broken/`. Its first line, `# file: prices/openai.yaml`, names the file of `whole/` that
it replaces; each `# expected:` line below holds one message, in the order in which they are reported.
"""

from __future__ import annotations

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
    data = tmp_path / "data"
    shutil.copytree(HERE / "whole", data)
    (replaced,) = headings(path, "file")
    (data / replaced).parent.mkdir(exist_ok=True)
    shutil.copyfile(path, data / replaced)
    with pytest.raises(FactsError) as caught:
        facts_text(data, None)
    assert str(caught.value).splitlines() == headings(path, "expected")
    assert [str(problem) for problem in caught.value.problems] == headings(path, "expected")


def test_the_files_break_nothing_but_what_they_are_for() -> None:
    facts_text(HERE / "whole", None)
    assert len(BROKEN) > 60
