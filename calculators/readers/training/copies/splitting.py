"""Splits a training file into a part to train on and a part to test on; duplicates and near-duplicates stay together.

Which examples are tested depends on their prompts alone, by hashes: not on chance, and not on the order of the file.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterator
from decimal import Decimal
from itertools import chain, compress

from calculators.engine.long_text import AnyText, long_text_without_byte_order_mark
from calculators.readers.intake.id_table import IdTable
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.copies.changes import CopiedLines, TrainingCopy, TrainingCopyChanges
from calculators.readers.training.files.arrays import is_packed_training_array, split_training_text
from calculators.readers.training.lines import TrainingLine
from calculators.readers.training.quality.closer import training_prompt_and_answer
from calculators.readers.training.quality.near import SimilarTrainingTexts, sketch_of_training_text
from calculators.readers.training.repeats import training_prompt_digest

TRAINING_PART, TEST_PART = "training_part", "test_part"
"""The names of the files."""

_MOST = 16
"""Texts found by one hash: more than the check itself compares, so that it finds nothing afterwards."""

_STARTS, _AFTER_START = 256, 56
"""Digests of 64 bits are put in order by the first 8, then among those alone that share them."""


def training_and_test_parts(text: AnyText, format: TrainingChatFormat, share: Decimal) -> TrainingCopy:
    """Both parts of a file, read by the rules of a format. The test part has at most the share, rounded up.

    Only a share of all leaves no example to train on. An example that is like one of the training part is never in the
    test part.
    """

    divided: list[_Division] = []

    def write(changes: TrainingCopyChanges) -> CopiedLines:
        if not divided:
            division = _Division(text, format)
            for read in division.divide(share):
                yield "", read
            divided.append(division)
        changes.lines.update(divided[0].changes.lines)
        yield from divided[0].lines()
        return divided[0].sentence

    return TrainingCopy(write, is_packed=is_packed_training_array(long_text_without_byte_order_mark(text)))


class _Division:
    """Which examples are tested: a number for each, as their texts would take the memory of the file again.

    Examples are numbered from 0, without lines that are none. The file is gone through twice, as the sketches of whole
    examples need not be there together with those of their prompts.
    """

    def __init__(self, text: AnyText, format: TrainingChatFormat) -> None:
        self._text, self._format = long_text_without_byte_order_mark(text), format
        self.changes = TrainingCopyChanges()
        self._is_example = bytearray()
        """Whether each line of the file, or element of its array, is an example."""

        self._numbers = array("I")
        self._prompts = array("Q")
        self._leaders = array("I")
        self._is_tested = bytearray()
        self.sentence = ""

    def divide(self, share: Decimal) -> Iterator[str]:
        """Decides which examples are tested, and gives each line that is read for it."""
        yield from self._join_alike_examples()
        prompts = yield from self._join_alike_prompts()
        count = len(self._numbers)
        over, under = share.as_integer_ratio()
        self._is_tested = self._tested(count if over == under else min(-(-count * over // under), max(0, count - 1)))
        self._remove_leaking_groups(prompts)
        tested = self._is_tested.count(1)
        self.sentence = f"Examples in the training part: {count - tested:,}; in the test part: {tested:,}."
        if share and count and not tested:
            self.sentence += " No group of examples is small enough for this share."
        self._note_changes()

    def lines(self) -> Iterator[tuple[str, str]]:
        """The lines of both parts, each with the name of its file."""
        is_tested = iter(self._is_tested)
        for written in compress(self._lines(), self._is_example):
            yield TEST_PART if next(is_tested) else TRAINING_PART, " ".join(written.split("\n"))

    def _lines(self) -> Iterator[str]:
        return (written for _, written in split_training_text(self._text, takes_spread=self._format.takes_array))

    def _examples(self) -> Iterator[tuple[TrainingLine, str]]:
        """The examples, judged, each with its text; the first time, what is none is noted."""
        first = not self._is_example
        split = split_training_text(self._text, takes_spread=self._format.takes_array)
        for place, (number, written) in enumerate(split):
            if not first and not self._is_example[place]:
                continue
            line = judge_training_line(number, written, self._format) if written.strip() else None
            if first:
                self._is_example.append(bool(line and line.messages))
            if line is None:
                self.changes.note("In neither part: a blank line", number)
            elif line.messages:
                yield line, written
            else:
                self.changes.note("In neither part: it cannot be read as an example", number)

    def _join_alike_examples(self) -> Iterator[str]:
        """Joins examples that have the same prompt, or are alike in all, and gives the lines that are read."""
        similar = SimilarTrainingTexts(_MOST)
        first_by_prompt = IdTable("I")
        for example, (line, written) in enumerate(self._examples()):
            digest = int.from_bytes(training_prompt_digest(line)[:8], "big") or 1
            self._numbers.append(line.number)
            self._prompts.append(digest)
            self._leaders.append(example)
            place = first_by_prompt.place_of_digest(digest)
            if place < 0:
                first_by_prompt.set_number(~place, example)
            else:
                self._join(example, first_by_prompt.number(place))
            self._join_alike(example, "\n".join(training_prompt_and_answer(line)), similar)
            yield written

    def _join_alike_prompts(self) -> Generator[str, None, SimilarTrainingTexts]:
        """Joins examples whose prompts are alike, gives the lines that are read, and returns the prompts."""
        similar = SimilarTrainingTexts(_MOST)
        for example, (line, written) in enumerate(self._examples()):
            self._join_alike(example, training_prompt_and_answer(line)[0], similar)
            yield written
        return similar

    def _join_alike(self, example: int, text: str, similar: SimilarTrainingTexts) -> None:
        sketch = sketch_of_training_text(text)
        for other in similar.similar(sketch):
            self._join(example, other)
        similar.keep(sketch)

    def _join(self, example: int, other: int) -> None:
        first, second = sorted((self._leader(example), self._leader(other)))
        self._leaders[second] = first

    def _leader(self, example: int) -> int:
        """The first example of a group: of those that are alike in the prompt or in all, also by way of others."""
        leaders = self._leaders
        while leaders[example] != example:
            leaders[example] = example = leaders[leaders[example]]
        return example

    def _tested(self, most: int) -> bytearray:
        """Which examples to test on: whole groups in the order of their hashes, as long as they fit."""
        sizes, smallest = self._group_sizes(), self._prompts[:]
        for example, prompt in enumerate(self._prompts):
            leader = self._leader(example)
            smallest[leader] = min(smallest[leader], prompt)
        by_start = [array("I") for _ in range(_STARTS)]  # all in one list would take 80 bytes a group
        for leader in compress(range(len(sizes)), sizes):
            by_start[smallest[leader] >> _AFTER_START].append(leader)
        is_chosen = bytearray(len(sizes))
        for leader in chain.from_iterable(sorted(leaders, key=smallest.__getitem__) for leaders in by_start):
            if sizes[leader] <= most:
                most -= sizes[leader]
                is_chosen[leader] = True
        return bytearray(is_chosen[self._leader(example)] for example in range(len(sizes)))

    def _group_sizes(self) -> array[int]:
        """The examples of each group at the place of its leader, 0 at all others."""
        sizes = array("I", (0,)) * len(self._leaders)
        for example in range(len(sizes)):
            sizes[self._leader(example)] += 1
        return sizes

    def _remove_leaking_groups(self, prompts: SimilarTrainingTexts) -> None:
        """Takes groups out of the test part that a closer look at both parts would find among the training part."""
        count = len(self._is_tested)
        while True:
            trained = prompts.among(example for example in range(count) if not self._is_tested[example])
            leaking = set()
            for example in range(count):
                if self._is_tested[example] and next(trained.similar(prompts.sketch(example)), None) is not None:
                    leaking.add(self._leader(example))
            if not leaking:
                return
            for example in range(count):
                if self._leader(example) in leaking:
                    self._is_tested[example] = False

    def _note_changes(self) -> None:
        sizes = self._group_sizes()
        for example, number in enumerate(self._numbers):
            if sizes[self._leader(example)] > 1:
                self.changes.note("Alike or the same as another example: kept in one part", number)
        for number in compress(self._numbers, self._is_tested):
            self.changes.note("In the test part", number)
