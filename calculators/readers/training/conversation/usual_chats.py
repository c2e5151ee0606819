"""Reads usual conversations of many lines together: most files hold no others, and none needs a look by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise, repeat
from operator import itemgetter
from typing import TypeAlias

from calculators.readers.training.chat_format import TrainingChatFormat, training_chat_as_written
from calculators.readers.training.conversation.order import usual_training_role_faults
from calculators.readers.training.conversation.tools import judge_usual_training_tools
from calculators.readers.training.conversation.usual import PLAIN, SPEAKERS, usual_training_speeches
from calculators.readers.training.lines import Speech, TrainingLine, holds_half_training_character

_LIST = "messages"
_KEYS = (_LIST,)
_list_of, _role_of, _text_of = itemgetter(_LIST), itemgetter("role"), itemgetter("content")

TrainingProblems: TypeAlias = Sequence[tuple[str, str, int]]
"""Rules that a line breaks, each with a detail and the number of a message, or 0."""


@dataclass(frozen=True, slots=True)
class UsualTrainingChats:
    """Usual conversations: the numbers of their lines, and what they say.

    `speeches` is that of all messages, one after another; `spans` says where those of each example begin and end, and
    `orders` repeats the roles of each. Where some define tools or break rules about them, `tools` has the definitions
    of each as short JSON, and `noted` the problems of each.
    """

    numbers: Sequence[int]
    speeches: Sequence[Speech]
    spans: Sequence[tuple[int, int]]
    orders: Sequence[tuple[str, ...]]
    tools: Sequence[str] = ()
    noted: Sequence[TrainingProblems] = ()

    @classmethod
    def of(cls, numbers: Sequence[int], speeches: Sequence[Speech], lengths: Iterable[int]) -> UsualTrainingChats:
        """Conversations of so many messages each."""
        spans = list(pairwise(accumulate(lengths, initial=0)))
        roles = [speech[0] for speech in speeches]
        return cls(numbers, speeches, spans, [tuple(roles[begin:end]) for begin, end in spans])

    @classmethod
    def of_lines(cls, lines: Sequence[TrainingLine]) -> UsualTrainingChats:
        """Lines of which each is a usual conversation."""
        several = [line.speeches or [] for line in lines]
        chats = cls.of([line.number for line in lines], list(chain.from_iterable(several)), map(len, several))
        return chats.with_tools([line.tools for line in lines], [line.all_problems() for line in lines])

    def with_tools(self, tools: Sequence[str], noted: Sequence[TrainingProblems]) -> UsualTrainingChats:
        """The same, with the tools of each and the problems of these."""
        return replace(self, tools=tools if any(tools) else (), noted=noted if any(noted) else ())

    def problems(self, format: TrainingChatFormat) -> Iterator[tuple[int, TrainingProblems]]:
        """The lines that break a rule, each with the rules, a detail and the number of a message."""
        faults = {order: usual_training_role_faults(order, format) for order in set(self.orders)}
        if not any(self.noted) and not any(faults.values()):
            return
        for number, order, noted in zip(self.numbers, self.orders, self.noted or repeat(()), strict=False):
            problems = (*noted, *faults[order]) if noted else faults[order]
            if problems:
                yield number, problems


def has_usual_training_chats(format: TrainingChatFormat) -> bool:
    """Whether a chat under the usual key is an example of a format, and nothing beside it but tools is read."""
    return (
        format.conversation is training_chat_as_written
        and format.list_key == _LIST
        and format.numbered
        and not format.system_beside
        and _LIST in format.example_keys
        and frozenset(_KEYS) in format.recognized_by
        and format.fit is None
    )


def plain_training_chats(
    numbers: Sequence[int], examples: Sequence[object], format: TrainingChatFormat
) -> UsualTrainingChats | None:
    """Parsed lines as conversations of roles and texts alone, column by column; None where one is anything else."""
    if set(map(type, examples)) != {dict} or set(map(tuple, examples)) != {_KEYS}:  # type: ignore[arg-type]
        return None
    lists = list(map(_list_of, examples))  # type: ignore[arg-type]  # each is an object
    if set(map(type, lists)) != {list} or [] in lists:
        return None
    messages = list(chain.from_iterable(lists))
    if set(map(type, messages)) != {dict} or set(map(len, messages)) != {PLAIN}:
        return None
    try:
        roles, texts = list(map(_role_of, messages)), list(map(_text_of, messages))
    except KeyError:
        return None
    if set(map(type, roles)) != {str} or not SPEAKERS.intersection(format.roles).issuperset(roles):
        return None
    if set(map(type, texts)) != {str} or "" in texts or any(map(str.isspace, texts)):
        return None
    if holds_half_training_character("".join(texts)):
        return None
    return UsualTrainingChats.of(numbers, list(zip(roles, texts, strict=True)), map(len, lists))


def usual_training_chat(number: int, example: object, format: TrainingChatFormat) -> TrainingLine | None:
    """A parsed line that is a usual conversation, with the definitions of its tools judged; None for any other."""
    if not isinstance(example, dict) or not format.example_keys.issuperset(example) or None in example.values():
        return None
    messages = example.get(_LIST)
    speeches = usual_training_speeches(messages, format) if isinstance(messages, list) else None
    if not speeches:
        return None
    line = TrainingLine(number, speeches=speeches)
    judge_usual_training_tools(line, example)
    return None if holds_half_training_character("".join([line.tools, *map("".join, speeches)])) else line
