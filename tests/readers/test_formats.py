"""A format is a module in a room of readers: one that is added is found, offered on the page and read by its rules."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculators.fine_tuning.dataset.inputs import FORMATS
from calculators.readers import results
from calculators.readers.formats import Format, reader_formats
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.formats import chats
from calculators.readers.training.recognizing import TRAINING_FORMATS
from tests.conftest import ROOT

THIRD = """
from calculators.readers.training.chat_format import TrainingChatFormat

FORMAT = TrainingChatFormat(
    label="A third format",
    roles=("human", "assistant"),
    message_keys=frozenset({"role", "content"}),
    example_keys=frozenset({"messages", "tag"}),
    unknown_key="other_key",
)
"""


CHATS = list(reader_formats(chats, TrainingChatFormat))


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that belongs to the room of training files and holds a third format."""
    (tmp_path / "a_third.py").write_text(THIRD)
    monkeypatch.setattr(chats, "__path__", [*chats.__path__, str(tmp_path)])
    yield tmp_path
    sys.modules.pop(f"{chats.__name__}.a_third", None)


def test_the_formats_stand_in_the_order_that_they_declare() -> None:
    assert list(FORMATS)[:3] == ["auto", "openai", "bedrock"]
    orders = [format.order for format in TRAINING_FORMATS.values()]
    assert orders == sorted(set(orders)) and list(TRAINING_FORMATS) == list(FORMATS)[1:]
    assert list(reader_formats(results, Format))[-1] == "table" and "pasted" in reader_formats(results, Format)


def test_modules_that_declare_no_format_of_the_kind_are_left_out() -> None:
    assert reader_formats(results, TrainingChatFormat) == {}


def test_a_planted_format_is_found_after_those_with_a_lower_order(planted: Path) -> None:
    assert list(reader_formats(chats, TrainingChatFormat)) == [*CHATS, "a_third"]


def test_formats_of_the_same_order_stand_by_name(planted: Path) -> None:
    (planted / "a_first.py").write_text(THIRD)
    assert list(reader_formats(chats, TrainingChatFormat))[-2:] == ["a_first", "a_third"]
    sys.modules.pop(f"{chats.__name__}.a_first")


def test_a_line_is_judged_by_the_rules_of_a_planted_format(planted: Path) -> None:
    third = reader_formats(chats, TrainingChatFormat)["a_third"]
    messages = [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    line = json.dumps({"messages": messages, "tag": "a", "system": "Be kind"})
    assert judge_training_line(1, line, third).problems == {
        "other_key": "“system”",
        "missing_system": "",
        "missing_user": "",
    }
    assert (
        "unrecognized_role"
        in judge_training_line(1, line, reader_formats(chats, TrainingChatFormat)["openai"]).problems
    )


def test_a_planted_format_is_offered_on_the_page(planted: Path) -> None:
    program = (
        "from calculators.readers.training.formats import chats\n"
        f"chats.__path__.append({str(planted)!r})\n"
        "from calculators.fine_tuning.dataset.inputs import Inputs\n"
        "from calculators.engine.declare import kinds\n"
        "print(*kinds(Inputs)['format'].options)\n"
    )
    words = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert words.stdout.split() == [*FORMATS, "a_third"]
