"""Reads usual conversations of many lines together: most files hold no others, and none needs a look by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, repeat
from operator import itemgetter

from calculators.readers.training.chat_format import TrainingChatFormat, training_chat_as_written
from calculators.readers.training.conversation.order import usual_training_role_faults
from calculators.readers.training.conversation.tools import judge_usual_training_tools
from calculators.readers.training.conversation.usual import PLAIN, SPEAKERS, usual_training_speeches
from calculators.readers.training.lines import Speech, TrainingLine, holds_half_training_character

_LIST = "messages"
_KEYS = (_LIST,)
_list_of, _role_of, _text_of = itemgetter(_LIST), itemgetter("role"), itemgetter("content")


@dataclass(frozen=True, slots=True)
class UsualTrainingChats:
    """Usual conversations: the numbers of their lines, and what they say.

    `speeches` is that of all messages, one after another; `spans` says where those of each example begin and end, and
    `orders` repeats the roles of each. `lines` has them one by one where some call functions or define tools.
    """

    numbers: Sequence[int]
    speeches: Sequence[Speech]
    spans: Sequence[tuple[int, int]]
    orders: Sequence[tuple[str, ...]]
    lines: Sequence[TrainingLine] = ()

    @classmethod
    def of(
        cls,
        numbers: Sequence[int],
        speeches: Sequence[Speech],
        lengths: Iterable[int],
        lines: Sequence[TrainingLine] = (),
    ) -> UsualTrainingChats:
        """Conversations of so many messages each."""
        spans = list(pairwise(accumulate(lengths, initial=0)))
        roles = [speech[0] for speech in speeches]
        return cls(numbers, speeches, spans, [tuple(roles[begin:end]) for begin, end in spans], lines)

    @classmethod
    def of_lines(cls, lines: Sequence[TrainingLine]) -> UsualTrainingChats:
        """Lines of which each is a usual conversation."""
        several = [line.speeches or [] for line in lines]
        return cls.of([line.number for line in lines], list(chain.from_iterable(several)), map(len, several), lines)

    def problems(self, format: TrainingChatFormat) -> Iterator[tuple[int, Sequence[tuple[str, str, int]]]]:
        """The lines that break a rule, each with the rules, a detail and the number of a message."""
        for number, roles, line in zip(self.numbers, self.orders, self.lines or repeat(None), strict=False):
            problems = usual_training_role_faults(roles, format)
            if line and line.problems:
                problems = (*line.all_problems(), *problems)
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
