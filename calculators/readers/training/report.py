"""What one pass over a training file notes: the lines that break each rule, and how many tokens each example has."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.described import DescribedTrainingColumns
from calculators.readers.training.lines import TrainingProblems
from calculators.readers.training.recognizing import TRAINING_FORMATS, USUAL_FORMAT
from calculators.readers.training.rules import ERROR_RULES, RULES

LISTED = 20
"""How many lines are named for each rule; the others are counted."""


@dataclass(slots=True)
class BrokenRule:
    """The lines that break one rule: how many, the first of them, and a detail of the first."""

    count: int = 0
    lines: list[int] = field(default_factory=list)
    detail: str = ""
    messages: list[int] = field(default_factory=list)
    """For each named line, the number of the message that breaks the rule, or 0."""


@dataclass(slots=True)
class TrainingReport:
    """The notes of one pass: `faulty` lines have an error, `emails` are strings that look like addresses.

    `format` is the format by whose rules the file was judged, empty where it is of none; `stranger` is the kind of file
    that another calculator reads, and nothing of it is judged. `tool_tokens` are those of
    definitions, `call_tokens` those of calls, `markup_tokens` what the chat format adds; all are within `lengths`.
    `numbers` are the lines of the examples and `lengths` their tokens; `tokens` are those from small to large, `up_to`
    their sums.
    """

    format: str = ""
    stranger: str = ""
    described: DescribedTrainingColumns | None = None
    """The columns by a dataset_info.json, where it describes the file."""

    examples: int = 0
    faulty: int = 0
    emails: int = 0
    assistant_tokens: int = 0
    tool_tokens: int = 0
    call_tokens: int = 0
    markup_tokens: int = 0
    pairs: int = 0
    longer_pairs: int = 0
    """Pairs of a preference, and those whose preferred answer is the longer one."""

    size: int = 0
    """Bytes of the file."""

    is_packed: bool = False
    is_test_packed: bool = False
    """Whether the numbers of the lines of the file, or of the test data, are places in an array on one line."""

    most_images: int = 0
    """Images of the example that has most."""

    secrets: int = 0
    phones: int = 0
    numbers: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    tokens: array[int] = field(default_factory=lambda: array("I"))
    up_to: array[int] = field(default_factory=lambda: array("Q"))
    broken_rules: dict[str, BrokenRule] = field(default_factory=dict)

    @property
    def rules(self) -> TrainingChatFormat:
        """The format as the file has it; that of a chat where it is of none."""
        return self.described.format() if self.described else TRAINING_FORMATS[self.format or USUAL_FORMAT]

    def note(self, rule: str, line: int, detail: str = "", message: int = 0) -> None:
        """Notes a line that breaks a rule, and the number of the message in it, from 1."""
        broken = self.broken_rules.get(rule)
        if broken is None:
            broken = self.broken_rules[rule] = BrokenRule(detail=detail)
        broken.count += 1
        if len(broken.lines) < LISTED:
            broken.lines.append(line)
            broken.messages.append(message)

    def note_problems(self, number: int, problems: TrainingProblems) -> None:
        """Notes the rules that a line breaks."""
        is_faulty = False
        for rule, detail, message in problems:
            self.note(rule, number, detail, message)
            is_faulty |= rule in ERROR_RULES
        self.faulty += is_faulty

    def note_lines(self, numbers: Sequence[int], problems: Sequence[TrainingProblems]) -> None:
        """Notes the rules that each of several lines breaks; they are only counted once enough lines are named."""
        counts = Tally(problems)
        rules = {rule for several in counts for rule, _, _ in several}
        if not all([rule in self.broken_rules and len(self.broken_rules[rule].lines) == LISTED for rule in rules]):
            for number, several in zip(numbers, problems, strict=True):
                self.note_problems(number, several)
            return
        for several, count in counts.items():
            for rule, _, _ in several:
                self.broken_rules[rule].count += count
            self.faulty += count * (not ERROR_RULES.isdisjoint([rule for rule, _, _ in several]))

    def finish(self) -> None:
        """Puts the lengths in order, once all examples are noted."""
        self.tokens = array("I", sorted(self.lengths))
        self.up_to = array("Q", accumulate(self.tokens, initial=0))

    def count(self, level: str) -> int:
        """How many faults of one level there are; a line counts once for each rule it breaks."""
        return sum(broken.count for rule, broken in self.broken_rules.items() if RULES[rule].level == level)

    def within(self, limit: Decimal | float) -> tuple[int, int]:
        """How many examples have at most so many tokens, and how many tokens those have together."""
        fitting = bisect_right(self.tokens, limit)
        return fitting, self.up_to[fitting]

    def longer(self, limit: Decimal | float) -> BrokenRule:
        """The lines with more tokens than the limit."""
        lines = [line for line, tokens in zip(self.numbers, self.lengths, strict=True) if tokens > limit]
        return BrokenRule(len(lines), lines[:LISTED])

    def middle(self) -> tuple[int, int]:
        """The two numbers of tokens in the middle, which are one where the number of examples is odd."""
        if not self.tokens:
            return 0, 0
        return self.tokens[(len(self.tokens) - 1) // 2], self.tokens[len(self.tokens) // 2]
