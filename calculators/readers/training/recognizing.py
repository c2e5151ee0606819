"""Recognizes the format of a training file by its first examples."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from itertools import islice

from calculators.readers.formats import reader_formats
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats import chats, datasets
from calculators.readers.training.lines import JsonObject, TrainingLine, Unparsable, parse_training_line

AUTOMATIC = "auto"
"""What is picked in place of a format, so that the file decides."""

_FOUND = reader_formats(chats, TrainingChatFormat) | reader_formats(datasets, TrainingChatFormat)
TRAINING_FORMATS = dict(sorted(_FOUND.items(), key=lambda entry: (entry[1].order, entry[0])))
USUAL_FORMAT = "openai"
"""The format by whose rules a file is read that no format is known by."""

FIRST = 20
"""How many examples are looked at."""


def training_example_format(example: JsonObject) -> str:
    """The format that an example is known by; empty where there is none. Formats that come first win a tie."""
    fits = {name: format.recognition(example) for name, format in TRAINING_FORMATS.items()}
    best = max(fits.values())
    return next(name for name, fit in fits.items() if fit == best) if best else ""


def recognized_training_format(lines: Iterable[tuple[int, str]]) -> str:
    """The format of most of the first examples; empty where none is of a known one."""
    found: Tally[str] = Tally()
    for number, text in islice(lines, FIRST):
        try:
            parsed = parse_training_line(TrainingLine(number), text)
        except Unparsable:
            continue
        if isinstance(parsed, dict):
            found[training_example_format(parsed)] += 1
    del found[""]
    return max(found, key=lambda name: found[name], default="")
