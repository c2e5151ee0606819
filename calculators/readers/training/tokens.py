"""Counts the tokens of an example: its texts, its calls and tools, and what the chat format adds."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress
from operator import add, itemgetter
from typing import NamedTuple

from calculators.engine.answering.counting import TokenCounter
from calculators.readers.training.bounded import BoundedStore
from calculators.readers.training.conversation.calls import training_calls_of_message
from calculators.readers.training.conversation.messages import REASONING_KEYS, REFUSAL
from calculators.readers.training.conversation.usual import PLAIN, training_calls_of_speech
from calculators.readers.training.conversation.usual_chats import UsualTrainingChats
from calculators.readers.training.lines import JsonObject, Speech, TrainingLine
from calculators.readers.training.report import TrainingReport

TOKENS_A_MESSAGE = 3
TOKENS_A_NAME = 1
TOKENS_FOR_THE_ANSWER = 3
"""What the chat format adds to the texts, as OpenAI's notebook counts it: each message, a name, the answer's start."""

TOGETHER = 1_000_000
"""Characters of lines that are counted together: a counter that works on its own has its tables at hand."""

KEPT = 4_000_000
"""Characters of the texts whose counts are kept at once."""

_CALL_AROUND = '{"name": "", "arguments": }'
"""What stands around the name and the arguments of a call, as chat templates write it."""

_role_of, _text_of = itemgetter(0), itemgetter(1)
_WRITTEN = json.JSONEncoder(ensure_ascii=False)
_EMAIL = re.compile(r"(?<=[\w.%+-])@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}\b", re.ASCII)


class _CountedSpeeches(NamedTuple):
    """The tokens of each message, those that the format adds to it, and the places of messages with an address."""

    tokens: list[int]
    markup: list[int]
    with_email: list[int]


class TrainingTokenCount:
    """Counts the tokens of one example after another into a report.

    Roles come again and again, and so do texts of the system and definitions of tools: their counts are kept.
    """

    def __init__(self, report: TrainingReport, encoding: str, counter: TokenCounter) -> None:
        self.report, self.encoding, self.counter = report, encoding, counter.count
        self.counts: BoundedStore[str, int] = BoundedStore(KEPT)
        self.images = 0
        self._waiting: list[TrainingLine] = []
        self._length = 0

    def add(self, line: TrainingLine) -> None:
        """Takes an example to count."""
        self._waiting.append(line)
        self._length += line.length
        if self._length >= TOGETHER:
            self.finish()

    def add_chats(self, chats: UsualTrainingChats) -> None:
        """Counts usual conversations, after the examples that wait."""
        self.finish()
        report = self.report
        counted = self._speeches(chats.speeches)
        up_to = (0, *accumulate(map(add, counted.tokens, counted.markup)))
        report.numbers.extend(chats.numbers)
        defined = [self._kept(tools) if tools else 0 for tools in chats.tools] or [0] * len(chats.numbers)
        report.tool_tokens += sum(defined)
        report.lengths.extend(
            [
                up_to[end] - up_to[begin] + TOKENS_FOR_THE_ANSWER + tools
                for (begin, end), tools in zip(chats.spans, defined, strict=True)
            ]
        )
        report.markup_tokens += len(chats.numbers) * TOKENS_FOR_THE_ANSWER
        begins = [begin for begin, _ in chats.spans] if counted.with_email else []
        for example in dict.fromkeys(bisect_right(begins, place) - 1 for place in counted.with_email):
            report.note("email", chats.numbers[example])

    def finish(self) -> None:
        """Counts the examples that wait."""
        for line in self._waiting:
            self._count(line)
        self._waiting.clear()
        self._length = 0

    def _count(self, line: TrainingLine) -> None:
        """Counts an example. A pair is counted once with its prompt, and once with its other answer alone."""
        report = self.report
        before, emails = report.markup_tokens, report.emails
        self.images = 0
        tokens = 0
        report.markup_tokens += TOKENS_FOR_THE_ANSWER
        if line.system:
            report.markup_tokens += TOKENS_A_MESSAGE + self._kept("system")
            tokens += self._kept(line.system)
        if line.tools:
            defined = self._kept(line.tools)
            report.tool_tokens += defined
            tokens += defined
        if line.speeches:
            tokens += sum(self._speeches(line.speeches).tokens)
        else:
            for message in (*line.messages, *line.rejected):
                tokens += self._message(message)
        report.most_images = max(report.most_images, self.images)
        report.numbers.append(line.number)
        report.lengths.append(tokens + report.markup_tokens - before)
        if line.rejected and line.messages:
            report.pairs += 1
            preferred, other = line.messages[-1].get("content"), line.rejected[-1].get("content")
            report.longer_pairs += len(_training_token_text(preferred)) > len(_training_token_text(other))
        if report.emails > emails:
            report.note("email", line.number)

    def _kept(self, text: str) -> int:
        count = self.counts.get(text)
        return self.counts.keep(text, self.counter(text, self.encoding)) if count is None else count

    def _message(self, message: JsonObject) -> int:
        """The tokens of a message but for what the format adds, which goes into the report."""
        report = self.report
        report.markup_tokens += TOKENS_A_MESSAGE
        if not isinstance(message.get("content"), str):
            self.images += _training_token_images(message.get("content"))
        learned = message.get("role") == "assistant" and message.get("weight", 1) != 0
        tokens = 0
        for key, content in message.items():
            if key == "role" and isinstance(content, str):
                report.markup_tokens += self._kept(content)
                continue
            if key in _COUNTED_APART:
                continue
            text = content if isinstance(content, str) else _training_token_text(content)
            if not text:
                continue
            count = self._kept(text) if key == "name" else self.counter(text, self.encoding)
            tokens += count
            if key == "name":
                report.markup_tokens += TOKENS_A_NAME
            elif learned and key in _LEARNED:
                report.assistant_tokens += count
            if key == "content" and "@" in text:
                self._add_emails(text)
        calls = training_calls_of_message(message)
        called, around = (
            self._called([(call.get("name"), call.get("arguments")) for call in calls]) if calls else (0, 0)
        )
        report.markup_tokens += around
        if learned:
            report.assistant_tokens += called
        return tokens + called

    def _speeches(self, speeches: Sequence[Speech]) -> _CountedSpeeches:
        """The same for what the messages of usual conversations say."""
        report, counter, encoding = self.report, self.counter, self.encoding
        roles, texts = list(map(_role_of, speeches)), list(map(_text_of, speeches))
        different = set(roles)
        if "system" in different:
            tokens = [
                self._kept(text) if role == "system" else counter(text, encoding) if text else 0
                for role, text in zip(roles, texts, strict=True)
            ]
        else:
            tokens = [counter(text, encoding) if text else 0 for text in texts]
        markup_of = {role: TOKENS_A_MESSAGE + self._kept(role) for role in different}
        markup = list(map(markup_of.__getitem__, roles))
        lengths = list(map(len, speeches))
        if max(lengths) > PLAIN:
            around = self._kept(_CALL_AROUND)
            for place in compress(range(len(lengths)), map(PLAIN.__lt__, lengths)):
                calls = training_calls_of_speech(speeches[place])
                called = 0
                for name, arguments in calls:
                    called += self._kept(name) + (counter(arguments, encoding) if arguments else 0)
                report.call_tokens += called
                tokens[place] += called
                markup[place] += around * len(calls)
        report.markup_tokens += sum(markup)
        report.assistant_tokens += sum(compress(tokens, map("assistant".__eq__, roles)))
        with_email = [place for place, text in enumerate(texts) if "@" in text and self._add_emails(text)]
        return _CountedSpeeches(tokens, markup, with_email)

    def _add_emails(self, text: str) -> int:
        emails = len(_EMAIL.findall(text))
        self.report.emails += emails
        return emails

    def _called(self, calls: Sequence[tuple[object, object]]) -> tuple[int, int]:
        """The tokens of names and arguments, which the model writes, and those that the format adds around."""
        tokens = 0
        for name, arguments in calls:
            tokens += self._kept(name) if isinstance(name, str) else 0
            if arguments:
                text = arguments if isinstance(arguments, str) else _training_token_text(arguments)
                tokens += self.counter(text, self.encoding)
        self.report.call_tokens += tokens
        return tokens, len(calls) * self._kept(_CALL_AROUND)


_LEARNED = frozenset({"content", REFUSAL}) | REASONING_KEYS
"""Keys of an answer whose texts are learned."""

_COUNTED_APART = frozenset({"tool_calls", "function_call", "tool_call_id"})
"""Keys of a message whose texts are counted as calls; ids only say what belongs together."""


def _training_token_images(content: object) -> int:
    """How many images the parts of a content are."""
    parts = content if isinstance(content, list) else []
    return len([part for part in parts if isinstance(part, dict) and part.get("type") == "image_url"])


def _training_token_text(content: object) -> str:
    """What of a message is text: a text itself, the texts among its parts, a call written as JSON."""
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(isinstance(part, dict) and "type" in part for part in content):
        written = [part.get("text", part.get(REFUSAL)) for part in content]
        texts = [text for text in written if isinstance(text, str)]
        if texts or not any("function" in part for part in content):
            return "\n".join(texts)
    return _WRITTEN.encode(content) if isinstance(content, dict | list) and content else ""
