"""Judges what only the whole conversation shows: who is missing, who comes last, and whether anything is learned."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.lines import JsonObject, TrainingLine

_MOST_ORDERS = 1000


@lru_cache(_MOST_ORDERS)
def usual_training_role_faults(
    roles: tuple[str, ...], format: TrainingChatFormat, *, has_system: bool = False
) -> tuple[tuple[str, str, int], ...]:
    """The rules that the order of the roles of a usual conversation breaks, each with no detail and a message.

    `has_system` says whether there is a system prompt beside the messages. The examples of a file have few different
    orders, so they are kept.
    """
    messages: list[JsonObject] = [{"role": role} for role in roles]
    line = TrainingLine(0, system="-" if has_system else "", messages=messages, speeches=[roles])
    judge_training_roles(line, format)
    return line.all_problems()


def judge_training_roles(line: TrainingLine, format: TrainingChatFormat) -> None:
    """Notes the rules about roles and their order that a conversation breaks."""
    roles = [message.get("role") for message in line.messages]
    if "system" not in roles and "developer" not in roles and not line.system:
        line.note("missing_system")
    if "user" not in roles:
        line.note("missing_user")
    if not format.ends_with_answer:
        if roles and roles[-1] == "assistant":
            line.note("last_is_answer", message=len(roles))
        return
    if "assistant" not in roles:
        line.note("example_missing_assistant_message")
        return
    if roles[-1] != "assistant":
        line.note("last_not_assistant", message=len(roles))
    if not line.speeches:
        answers = [message for message in line.messages if message.get("role") == "assistant"]
        if all(message.get("weight") == 0 and "weight" in message for message in answers):
            line.note("nothing_learned")
    if format.turns or format.alternates:
        _judge_training_turns(line, roles, format)


def _judge_training_turns(line: TrainingLine, roles: list[object], format: TrainingChatFormat) -> None:
    turns = format.turns
    if turns:
        wrong = [place for place, role in enumerate(roles) if role != turns[place % len(turns)]]
    else:
        wrong = [
            place
            for place, (before, role) in enumerate(pairwise(roles), 1)
            if before == role and role in ("user", "assistant")
        ]
    if wrong:
        line.note("order", message=wrong[0] + 1)
