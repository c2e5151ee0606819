"""A format that a person picked: it reads what it can of rows that look like another one, and refuses all else."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue, Question
from calculators.engine.inputs.numerals import Refused
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.recognition import NOT_AS_PICKED, USAGE_FORMATS, UsageRowSorter
from calculators.readers.usage.request import SkippedRow
from calculators.readers.usage.sums.summary import UsageSummary
from tests.readers.usage.example_rows import EXAMPLES
from tests.readers.usage.reading import rows_of_log
from tests.readers.usage.synthetic.formats import WRITERS
from tests.readers.usage.synthetic.traffic import PLAIN, traffic

NAME = "prompting/traffic"
ROWS = [row for rows in EXAMPLES.values() for row in rows]
OWN_ROW = {"usage": {"input_tokens": 900, "input_tokens_details": {"cached_tokens": 400}, "output_tokens": 50}}
"""A row of somebody's own log, whose counts are as in OpenAI's responses, but which says nothing else of one."""


def summary_of(*texts: str, only: str = "") -> UsageSummary:
    """The summary of files with these texts."""
    intake = UsageIntake(only=only)
    for text in texts:
        intake.open("log")
        intake.feed(text.encode())
        intake.close()
    return intake.summary()


def sums_of(text: str, only: str = "") -> tuple[int, int, int]:
    """The uncached, read and written tokens of a log, and those of its answers, over all cells."""
    cells = summary_of(text, only=only).cells.values()
    return sum(cell.uncached for cell in cells), sum(cell.read for cell in cells), sum(cell.output for cell in cells)


@pytest.mark.parametrize("name", sorted(USAGE_FORMATS))
def test_a_picked_format_breaks_on_no_row_of_another_format(name: str) -> None:
    """One reader takes all of them in turn, as in one file, and all of them are refused by a reason or counted."""
    is_table = USAGE_FORMATS[name].is_table
    sorter = UsageRowSorter(is_table, name)
    for row in ROWS + [row for write in WRITERS.values() for row in rows_of_log(write(traffic(PLAIN, requests=2)))[0]]:
        try:
            requests = sorter.requests(row)
        except SkippedRow as reason:
            assert str(reason)
        else:
            assert set(sorter.counts) <= {name}, requests


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_picked_format_breaks_on_no_odd_row(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(USAGE_FORMATS)))
    odd: st.SearchStrategy[Any] = (
        st.none() | st.integers() | st.text(max_size=4) | st.just([1]) | st.just({"data": [{}]})
    )
    row = dict.fromkeys(USAGE_FORMATS[name].marks, data.draw(odd)) | data.draw(
        st.dictionaries(st.text(max_size=3), odd)
    )
    with suppress(SkippedRow):
        UsageRowSorter(USAGE_FORMATS[name].is_table, name).requests(row)


def test_the_counts_of_a_row_mean_what_the_picked_format_says() -> None:
    """900 tokens of which 400 came from a cache: in the format of Anthropic the 400 would come on top."""
    text = json.dumps(OWN_ROW)
    assert sums_of(text, "openai_responses") == (500, 400, 50)
    assert sums_of(text, "anthropic_messages") == (900, 0, 50)


def test_a_row_that_its_format_recognizes_is_read_as_ever() -> None:
    for name in ("anthropic_messages", "openai_chat", "gemini", "claude_code"):
        text = WRITERS[name](traffic(PLAIN, requests=30))
        assert sums_of(text, name) == sums_of(text), name


def test_rows_that_are_not_as_picked_are_listed_with_their_lines() -> None:
    text = "\n".join([json.dumps(OWN_ROW), '{"usage": {"tokens": 3}}', '{"weather": "fine"}'])
    skipped = summary_of(text, only="openai_responses").skipped
    assert {why: reason.lines for why, reason in skipped.items()} == {NOT_AS_PICKED: ["2", "3"]}
    assert summary_of("a,b\n1,2\n", only="openai_responses").skipped[NOT_AS_PICKED].count == 1


def test_each_format_is_named_with_its_number_of_files(catalogue: Catalogue) -> None:
    texts = [WRITERS[name](traffic(PLAIN, requests=2)) for name in ("gemini", "claude_code", "gemini")]
    mixed = WRITERS["anthropic_messages"](traffic(PLAIN, requests=2)) + "\n" + texts[0]
    summary = summary_of(*texts, mixed)
    assert summary.format_files == {"gemini": 3, "claude_code": 1, "anthropic_messages": 1}
    answered = answer_of(catalogue, *texts, mixed)
    assert "Recognized: Gemini (3 files), Anthropic messages (1 file), Claude Code sessions (1 file)." in answered


def answer_of(catalogue: Catalogue, *texts: str, **typed: str) -> str:
    """The answer about files with these texts, read as what is typed beside them says."""
    reader = catalogue.file_reader(NAME, "logs", typed)
    for text in texts:
        reader.open("log")
        reader.feed(text.encode())
        reader.close()
    return catalogue.answer(Question(NAME, typed, {"logs": reader.finish()}, form="text"))


def test_what_is_typed_beside_files_decides_how_they_are_read(catalogue: Catalogue) -> None:
    text = WRITERS["gemini"](traffic(PLAIN, requests=2))
    assert "Picked: Gemini (1 file)." in answer_of(catalogue, text, format="gemini")
    with pytest.raises(Refused, match="None of your logs has a row in the format “Cursor usage”: pick another one"):
        answer_of(catalogue, text, format="cursor")
    with pytest.raises(
        Refused, match="Format must be one of recognized"
    ):  # a word that is no format has its own message
        answer_of(catalogue, text, format="nonsense")


def test_a_worker_reads_anew_where_the_format_changes_and_only_there(catalogue: Catalogue) -> None:
    asked = {
        typed: json.dumps({"calculator": NAME, "given": given})
        for typed, given in {
            "": {},
            "same": {"format": "recognized", "can_wait": "0.7"},
            "other": {"format": "gemini"},
        }.items()
    }
    words = {typed: catalogue.read_by_json(text, "logs") for typed, text in asked.items()}
    assert words[""] == words["same"] != words["other"]
    reader = catalogue.file_reader_json(asked["other"], "logs")
    reader.open("log")
    reader.close()
    assert '"picked":"gemini"' in str(reader.finish())
