"""Splits a training file into a part to train on and a part to test on; duplicates and near-duplicates stay together.

Which examples are tested depends on their prompts alone, by hashes: not on chance, and not on the order of the file.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from calculators.engine.long_text import AnyText, without_byte_order_mark
from calculators.readers.training.chat_format import ChatFormat
from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.copies.changes import Changes, TrainingCopy, copied_text
from calculators.readers.training.files.arrays import split_training_text
from calculators.readers.training.lines import Line
from calculators.readers.training.quality.closer import prompt_and_answer
from calculators.readers.training.quality.near import SimilarTexts, Sketch, sketch_of_text
from calculators.readers.training.repeats import prompt_digest

TRAINING_PART, TEST_PART = "training_part", "test_part"
"""The names of the files."""

_MOST = 16
"""Texts compared for one smallest hash: more than the check itself compares, so that it finds nothing afterwards."""


@dataclass(frozen=True, slots=True)
class _Example:
    """An example: its line, the text of that, a stand-in for its prompt, and sketches of the prompt and of all."""

    line: int
    text: str
    prompt: bytes
    prompt_sketch: Sketch | None
    sketch: Sketch | None


def training_and_test_parts(text: AnyText, format: ChatFormat, share: Decimal) -> TrainingCopy:
    """Both parts of a file, read by the rules of a format. The test part has at most the share, rounded up.

    An example that is like one of the training part is never in the test part.
    """
    changes = Changes()
    examples = _examples(without_byte_order_mark(text), format, changes)
    groups = _groups(examples)
    tested = _tested(examples, groups, ceil(len(examples) * share))
    for group in groups:
        for place in group if len(group) > 1 else ():
            changes.note("Alike or the same as another example: kept in one part", examples[place].line)
    for numbers in changes.lines.values():
        numbers.sort()
    parts: dict[str, list[str]] = {TRAINING_PART: [], TEST_PART: []}
    for place, example in enumerate(examples):
        is_tested = place in tested
        parts[TEST_PART if is_tested else TRAINING_PART].append(example.text)
        if is_tested:
            changes.note("In the test part", example.line)
    counts = f"Examples in the training part: {len(examples) - len(tested):,}; in the test part: {len(tested):,}."
    small = " No group of examples is small enough for this share." if share and examples and not tested else ""
    return TrainingCopy({name: copied_text(lines) for name, lines in parts.items()}, changes, counts + small)


def _examples(text: AnyText, format: ChatFormat, changes: Changes) -> list[_Example]:
    examples = []
    for number, written in split_training_text(text, takes_spread=format.takes_array):
        if not written.strip():
            changes.note("In neither part: a blank line", number)
            continue
        line = judge_training_line(number, written, format)
        if not line.messages:
            changes.note("In neither part: it cannot be read as an example", number)
            continue
        examples.append(_example(line, " ".join(written.split("\n"))))
    return examples


def _example(line: Line, text: str) -> _Example:
    prompt, answer = prompt_and_answer(line)
    sketches = sketch_of_text(prompt), sketch_of_text(f"{prompt}\n{answer}")
    return _Example(line.number, text, prompt_digest(line), *sketches)


def _groups(examples: list[_Example]) -> list[list[int]]:
    """The places of the examples, together those that are alike in the prompt or in all, also by way of others."""
    leaders = list(range(len(examples)))

    def leader(place: int) -> int:
        while leaders[place] != place:
            leaders[place] = place = leaders[leaders[place]]
        return place

    first_by_prompt: dict[bytes, int] = {}
    for place, example in enumerate(examples):
        leaders[place] = leader(first_by_prompt.setdefault(example.prompt, place))
    for sketches in ([example.prompt_sketch for example in examples], [example.sketch for example in examples]):
        similar = SimilarTexts(_MOST)
        kept: list[int] = []
        for place, sketch in enumerate(sketches):
            if sketch is None:
                continue
            for other in similar.similar(sketch):
                first, second = sorted((leader(place), leader(kept[other])))
                leaders[second] = first
            similar.keep(sketch)
            kept.append(place)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(examples)):
        groups[leader(place)].append(place)
    return list(groups.values())


def _tested(examples: list[_Example], groups: list[list[int]], most: int) -> set[int]:
    """The places of the examples to test on: whole groups in the order of their hashes, as long as they fit."""
    tested: dict[int, list[int]] = {}
    free = most
    for group in sorted(groups, key=lambda group: min(examples[place].prompt for place in group)):
        if len(group) <= free:
            free -= len(group)
            tested |= dict.fromkeys(group, group)
    while leaks := _leaks(examples, tested):
        for place in {place for leak in leaks for place in tested[leak]}:
            del tested[place]
    return set(tested)


def _leaks(examples: list[_Example], tested: dict[int, list[int]]) -> list[int]:
    """The tested examples whose prompts a closer look at both parts would find among those of the training part."""
    similar = SimilarTexts()
    for place, example in enumerate(examples):
        if place not in tested and example.prompt_sketch:
            similar.keep(example.prompt_sketch)
    sketches = ((place, examples[place].prompt_sketch) for place in tested)
    return [place for place, sketch in sketches if sketch and next(similar.similar(sketch), None) is not None]
