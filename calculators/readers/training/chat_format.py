"""What a training format asks of a line, and how its example becomes a conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from calculators.readers.formats import Format
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.rules import Basis

Conversation = Callable[[TrainingLine, JsonObject], JsonObject | None]
"""Reads an example: what is wrong is noted in the line, and what comes back has its messages in the form of a chat."""

TEXT_PARTS = frozenset({"text"})
USER_PARTS = frozenset({"text", "image_url"})
ENCODED_IMAGES = tuple(f"data:image/{kind};base64," for kind in ("jpeg", "jpg", "png"))
ENCODED_AND_WEBP = (*ENCODED_IMAGES, "data:image/webp;base64,")
LINKED_IMAGES = ("https://", "http://", *ENCODED_AND_WEBP)
"""How addresses of images begin, in the order of what providers take: in the line alone, with WebP, or linked, too."""


def training_chat_as_written(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The conversation of a format that is a chat already."""
    return example


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingChatFormat(Format):
    """The rules by which formats of conversations differ.

    `roles` are those a message may have, `message_keys` and `example_keys` the keys. A key that an example may not have
    breaks the rule `unknown_key`, if there is one; a key that a message may not have, `unknown_message_key`. Where
    roles must alternate, `turns` names them in their order.
    """

    roles: tuple[str, ...]
    message_keys: frozenset[str]
    example_keys: frozenset[str]
    unknown_key: str
    unknown_message_key: str = "message_unrecognized_key"
    recognized_by: tuple[frozenset[str], ...] = ()
    """Sets of keys; an example that has all of one is probably of this format, the more keys the surer."""

    fit: Callable[[JsonObject], int] | None = None
    """How well an example fits where keys alone cannot say; 0 is not at all."""

    conversation: Conversation = training_chat_as_written
    list_key: str = "messages"
    turns: tuple[str, ...] = ()
    alternates: bool = False
    """Whether neighbors among user and assistant must differ, wherever the conversation begins."""

    system_beside: bool = False
    """Whether the system prompt stands beside the messages, under the key `system`."""

    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The kinds of parts that a content may be a list of, by role; without an entry a content is one text."""

    image_addresses: tuple[str, ...] = ()
    """How the address of an image may begin; empty where any may stand."""

    reasoning_keys: frozenset[str] = frozenset()
    """The keys of a message that hold reasoning and are trained on where a reasoning model is tuned."""

    call_id: str = ""
    """The pattern of a call's id, where the format has one."""

    paired: bool = True
    """Whether calls and results are paired by ids."""

    ends_with_answer: bool = True
    takes_array: bool = False
    """Whether a file may be one JSON array of examples."""

    numbered: bool = True
    """Whether the messages of a conversation have the numbers that they have in the file."""

    basis: Mapping[str, Basis] = field(default_factory=dict)
    """What the provider says about rules, by their names."""

    def recognition(self, example: JsonObject) -> int:
        """How surely an example is of this format: the number of keys that it is known by, 0 where it is not."""
        if self.fit:
            return self.fit(example)
        fit = 0
        for keys in self.recognized_by:
            if len(keys) > fit and keys <= example.keys():
                fit = len(keys)
        return fit
