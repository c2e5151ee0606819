"""One pass over a training file: what is wrong in which lines, how many tokens each example has, what occurs twice."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import Any

from calculators.engine.tokens import Counter
from calculators.fine_tuning._lines import Line, read, split
from calculators.fine_tuning._rules import ERROR, RULES

LISTED = 20
"""How many lines are named for each rule; the others are counted."""

TOKENS_A_MESSAGE = 3
TOKENS_A_NAME = 1
TOKENS_FOR_THE_ANSWER = 3
"""What the chat format adds to the texts, as OpenAI's notebook counts it: each message, a name, the answer's start."""

_BOM = "\ufeff"
_SEPARATOR = "\x1f"
_DIGEST = 16
_EMAIL = re.compile(r"(?<=[\w.%+-])@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}\b", re.ASCII)


@dataclass(slots=True)
class Found:
    """The lines that break one rule: how many, the first of them, and a detail of the first."""

    count: int = 0
    lines: list[int] = field(default_factory=list)
    detail: str = ""


@dataclass(slots=True)
class Report:
    """What one pass found: `faulty` lines have an error, `emails` are strings that look like addresses.

    `lengths` are the examples' lines with their tokens; `tokens` are those from small to large, `up_to` their sums.
    """

    examples: int = 0
    faulty: int = 0
    emails: int = 0
    assistant_tokens: int = 0
    lengths: list[tuple[int, int]] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    up_to: list[int] = field(default_factory=list)
    found: dict[str, Found] = field(default_factory=dict)

    def note(self, rule: str, line: int, detail: str = "") -> None:
        """Notes a line that breaks a rule."""
        found = self.found.setdefault(rule, Found(detail=detail))
        found.count += 1
        if len(found.lines) < LISTED:
            found.lines.append(line)

    def count(self, level: str) -> int:
        """How many findings there are of one level; a line counts once for each rule it breaks."""
        return sum(found.count for rule, found in self.found.items() if RULES[rule].level == level)

    def within(self, limit: Any) -> tuple[int, int]:
        """How many examples have at most so many tokens, and how many tokens those have together."""
        fitting = bisect_right(self.tokens, limit)
        return fitting, self.up_to[fitting]

    def longer(self, limit: Any) -> Found:
        """The lines with more tokens than the limit."""
        lines = [line for line, tokens in self.lengths if tokens > limit]
        return Found(len(lines), lines[:LISTED])

    def middle(self) -> tuple[int, int]:
        """The two numbers of tokens in the middle, which are one where the number of examples is odd."""
        if not self.tokens:
            return 0, 0
        return self.tokens[(len(self.tokens) - 1) // 2], self.tokens[len(self.tokens) // 2]


@lru_cache(maxsize=2)
def checked(training: str, test: str, format: str, encoding: str, counter: Counter) -> Report:
    """The report of a training file, with a test set beside it or an empty text; kept, as every run asks for it."""
    report = Report()
    if training.startswith(_BOM):
        report.note("bom", 1)
        training = training[1:]
    if training[:100].lstrip().startswith("["):
        report.note("array", 1)
    answers: dict[bytes, set[bytes]] = {}
    known: dict[str, int] = {}
    for line in _lines(training, report, format):
        report.examples += 1
        for rule, detail in line.problems.items():
            report.note(rule, line.number, detail)
        report.faulty += any(RULES[rule].level == ERROR for rule in line.problems)
        if line.messages:
            _weigh(line, report, encoding, counter, known)
            _compare(line, report, answers)
    if report.examples == 0:
        report.note("empty", 1)
    for line in _lines(test.removeprefix(_BOM), None, format):
        if not line.messages:
            report.note("test_line", line.number)
        elif _digests(line)[0] in answers:
            report.note("overlap", line.number)
    report.tokens = sorted(tokens for _, tokens in report.lengths)
    report.up_to = [0, *accumulate(report.tokens)]
    return report


def _lines(text: str, report: Report | None, format: str) -> Iterator[Line]:
    """The lines of a file that hold something, each judged; what only concerns line ends is noted."""
    for number, line in split(text):
        if line.endswith("\r"):
            line = line[:-1]
            if report:
                report.note("crlf", number)
        if line.strip():
            yield read(number, line, format)
        elif report:
            report.note("blank_line", number)


def _weigh(line: Line, report: Report, encoding: str, counter: Counter, known: dict[str, int]) -> None:
    """Counts an example's tokens and looks for what is personal; `known` holds the counts of roles and names."""

    def short(text: str) -> int:
        if text not in known:
            known[text] = counter(text, encoding)
        return known[text]

    tokens = TOKENS_FOR_THE_ANSWER
    emails = 0
    if line.system:
        tokens += TOKENS_A_MESSAGE + short("system") + short(line.system)
    for message in line.messages:
        tokens += TOKENS_A_MESSAGE
        for key, value in message.items():
            if key == "role" and isinstance(value, str):
                tokens += short(value)
                continue
            text = _text(value)
            if not text:
                continue
            count = counter(text, encoding)
            tokens += count
            if key == "name":
                tokens += TOKENS_A_NAME
            elif key == "content":
                if message.get("role") == "assistant":
                    report.assistant_tokens += count
                if "@" in text:
                    emails += len(_EMAIL.findall(text))
    report.lengths.append((line.number, tokens))
    if emails:
        report.emails += emails
        report.note("email", line.number)


def _text(value: Any) -> str:
    """What of a message's value is text: a text itself, the texts among its parts, a call written as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, dict) and "type" in part for part in value):
        texts = [part["text"] for part in value if isinstance(part.get("text"), str)]
        if texts or not any("function" in part for part in value):
            return "\n".join(texts)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) and value else ""


def _compare(line: Line, report: Report, answers: dict[bytes, set[bytes]]) -> None:
    """Notes an example that was there before, and one that answers an earlier prompt in another way."""
    prompt, answer = _digests(line)
    if prompt in answers:
        report.note("duplicate" if answer in answers[prompt] else "conflict", line.number)
    answers.setdefault(prompt, set()).add(answer)


def _digests(line: Line) -> tuple[bytes, bytes]:
    """Short stand-ins for an example's prompt, all but a last answer, and for that answer; they need little memory."""
    texts = [f"{message.get('role')}{_SEPARATOR}{_same(message.get('content'))}" for message in line.messages]
    for at, message in enumerate(line.messages):
        if "tool_calls" in message:
            texts[at] += _SEPARATOR + _same(message["tool_calls"])
    ends_with_answer = line.messages[-1].get("role") == "assistant"
    prompt, answer = (texts[:-1], texts[-1:]) if ends_with_answer else (texts, [])
    return _digest([line.system, *prompt]), _digest(answer)


def _same(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _digest(texts: list[str]) -> bytes:
    whole = f"{_SEPARATOR}{_SEPARATOR}".join(texts)
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
