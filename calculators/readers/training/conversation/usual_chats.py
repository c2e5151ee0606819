"""Reads usual conversations of many lines together: most files hold no others, and none needs a look by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise
from operator import add, itemgetter
from typing import NamedTuple

from calculators.readers.training.chat_format import TrainingChatFormat, training_chat_as_written
from calculators.readers.training.conversation.order import usual_training_role_faults
from calculators.readers.training.conversation.tools import judge_usual_training_tools
from calculators.readers.training.conversation.usual import (
    PLAIN,
    SPEAKERS,
    training_calls_of_speech,
    usual_training_speeches,
)
from calculators.readers.training.lines import (
    TrainingLine,
    TrainingProblems,
    hold_half_training_character,
    holds_half_training_character,
)

_LIST = "messages"
_KEYS = (_LIST,)
_list_of, _role_of, _text_of = itemgetter(_LIST), itemgetter("role"), itemgetter("content")


class TrainingCalls(NamedTuple):
    """The calls of several conversations, by column: each with the place of its message."""

    places: Sequence[int]
    ids: Sequence[str]
    names: Sequence[str]
    arguments: Sequence[str]


NO_CALLS = TrainingCalls((), (), (), ())


@dataclass(frozen=True, slots=True)
class UsualTrainingChats:
    """Usual conversations: the numbers of their lines, and what they say.

    `roles` and `texts` are those of all messages, one after another; `bounds` says where those of each example begin,
    and where the last ends, and `orders` repeats the roles of each. Where some define tools or break rules about them,
    `tools` has the definitions of each as short JSON, and `noted` the problems of each.
    """

    numbers: Sequence[int]
    roles: Sequence[str]
    texts: Sequence[str]
    bounds: Sequence[int]
    orders: Sequence[tuple[str, ...]]
    calls: TrainingCalls = NO_CALLS
    tools: Sequence[str] = ()
    noted: Sequence[TrainingProblems] = ()

    @classmethod
    def of(
        cls, numbers: Sequence[int], roles: Sequence[str], texts: Sequence[str], lengths: Iterable[int]
    ) -> UsualTrainingChats:
        """Conversations of so many messages each."""
        bounds = list(accumulate(lengths, initial=0))
        orders = [tuple(roles[begin:end]) for begin, end in pairwise(bounds)]
        return cls(numbers, roles, texts, bounds, orders)

    @classmethod
    def of_lines(cls, lines: Sequence[TrainingLine]) -> UsualTrainingChats:
        """Lines of which each is a usual conversation."""
        several = [line.speeches or [] for line in lines]
        roles, texts = zip(*[speech[:PLAIN] for speech in chain.from_iterable(several)], strict=True)
        chats = cls.of([line.number for line in lines], roles, texts, map(len, several))
        calls = [
            (place, *call)
            for place, speech in enumerate(chain.from_iterable(several))
            if len(speech) > PLAIN
            for call in training_calls_of_speech(speech)
        ]
        chats = replace(chats, calls=TrainingCalls(*zip(*calls, strict=True))) if calls else chats
        return chats.with_tools([line.tools for line in lines], [line.all_problems() for line in lines])

    def said(self) -> list[str | tuple[str, ...]]:
        """What each message says: a text, or with the texts of its calls a group."""
        said: list[str | tuple[str, ...]] = list(self.texts)
        places, *columns = self.calls
        for place, texts in zip(places, zip(*columns, strict=True), strict=True):
            before = said[place]
            said[place] = (before, *texts) if isinstance(before, str) else (*before, *texts)
        return said

    def with_tools(self, tools: Sequence[str], noted: Sequence[TrainingProblems]) -> UsualTrainingChats:
        """The same, with the tools of each and the problems of these."""
        return replace(self, tools=tools if any(tools) else (), noted=noted if any(noted) else ())

    def problems(self, format: TrainingChatFormat) -> list[TrainingProblems]:
        """The rules that each breaks; an empty list where none breaks any."""
        faults = {order: usual_training_role_faults(order, format) for order in set(self.orders)}
        if not self.noted and not any(faults.values()):
            return []
        by_order = list(map(faults.__getitem__, self.orders))
        return list(map(add, self.noted, by_order)) if self.noted else by_order


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
    if hold_half_training_character(texts):
        return None
    return UsualTrainingChats.of(numbers, roles, texts, map(len, lists))


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
