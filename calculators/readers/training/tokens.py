"""Counts the tokens of an example: its texts, its calls and tools, and what the chat format adds."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, repeat
from operator import add, sub

from calculators.engine.answering.counting import TokenCounter
from calculators.readers.training.bounded import BoundedStore
from calculators.readers.training.conversation.calls import training_calls_of_message
from calculators.readers.training.conversation.messages import REASONING_KEYS, REFUSAL
from calculators.readers.training.conversation.usual_chats import UsualTrainingChats
from calculators.readers.training.lines import JsonObject, TrainingLine
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

_WRITTEN = json.JSONEncoder(ensure_ascii=False)
_EMAIL = re.compile(r"(?<=[\w.%+-])@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}\b", re.ASCII)


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
        report.numbers.extend(chats.numbers)
        lengths = self._chats(chats)
        defined = [self._kept(tools) if tools else 0 for tools in chats.tools]
        report.tool_tokens += sum(defined)
        report.lengths.extend(map(add, lengths, defined) if defined else lengths)
        with_email = self._messages_with_email(chats)
        for example in dict.fromkeys(bisect_right(chats.bounds, place) - 1 for place in with_email):
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
        if line.system:
            report.markup_tokens += TOKENS_A_MESSAGE + self._kept("system")
            tokens += self._kept(line.system)
        if line.tools:
            defined = self._kept(line.tools)
            report.tool_tokens += defined
            tokens += defined
        if line.speeches:
            chats, added = UsualTrainingChats.of_lines([line]), report.markup_tokens
            tokens += self._chats(chats)[0] + added - report.markup_tokens
            self._messages_with_email(chats)
        else:
            report.markup_tokens += TOKENS_FOR_THE_ANSWER
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

    def _chats(self, chats: UsualTrainingChats) -> list[int]:
        """The tokens of each of usual conversations, but for those of its tools."""
        report, counter, calls = self.report, self.counter, chats.calls
        tokens = self._texts(chats)
        if calls.places:
            names = list(map({name: self._kept(name) for name in set(calls.names)}.__getitem__, calls.names))
            called = list(map(add, names, map(counter, calls.arguments, repeat(self.encoding))))
            report.call_tokens += sum(called)
            for place, count in zip(calls.places, called, strict=True):
                tokens[place] += count
        report.assistant_tokens += sum(
            [count for count, role in zip(tokens, chats.roles, strict=True) if role == "assistant"]
        )
        markup = {role: TOKENS_A_MESSAGE + self._kept(role) for role in set(chats.roles)}
        by_order = {order: TOKENS_FOR_THE_ANSWER + sum(map(markup.__getitem__, order)) for order in set(chats.orders)}
        added = list(map(by_order.__getitem__, chats.orders))
        report.markup_tokens += sum(added)
        if calls.places:
            around = self._kept(_CALL_AROUND)
            report.markup_tokens += around * len(calls.places)
            for place in calls.places:
                tokens[place] += around
        up_to = list(accumulate(tokens, initial=0))
        ends = list(map(up_to.__getitem__, chats.bounds))
        return list(map(add, added, map(sub, ends[1:], ends)))

    def _texts(self, chats: UsualTrainingChats) -> list[int]:
        """The tokens of the text of each message; those of the system come again and again."""
        counter, encoding, roles, texts = self.counter, self.encoding, chats.roles, chats.texts
        if "system" not in roles and "" not in texts:
            return list(map(counter, texts, repeat(encoding)))
        systems = {text for role, text in zip(roles, texts, strict=True) if role == "system"}
        kept = {"": 0} | {text: self._kept(text) for text in systems}
        return [
            kept[text] if role == "system" or not text else counter(text, encoding)
            for role, text in zip(roles, texts, strict=True)
        ]

    def _messages_with_email(self, chats: UsualTrainingChats) -> list[int]:
        """The places of the messages with an address."""
        return [place for place, text in enumerate(chats.texts) if "@" in text and self._add_emails(text)]

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
