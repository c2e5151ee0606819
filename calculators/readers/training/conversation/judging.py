"""Judges an example by the rules of its training format: its keys, its messages, and their order."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.calls import judge_training_call_sequence
from calculators.readers.training.conversation.messages import (
    is_plain_training_message,
    judge_training_message,
    training_null_keys,
)
from calculators.readers.training.conversation.order import judge_training_roles, usual_training_role_faults
from calculators.readers.training.conversation.tools import judge_training_tools, judge_usual_training_tools
from calculators.readers.training.conversation.usual import usual_training_speeches
from calculators.readers.training.lines import (
    JsonObject,
    TrainingLine,
    Unparsable,
    parse_training_line,
    training_line_excerpt,
)


def judge_training_line(number: int, text: str, format: TrainingChatFormat) -> TrainingLine:
    """One line, judged. A line that cannot be parsed has no messages."""
    line = TrainingLine(number)
    try:
        parsed = parse_training_line(line, text)
    except Unparsable as error:
        line.problems[error.rule] = error.detail
        return line
    judge_training_example(line, parsed, format)
    return line


def judge_training_example(line: TrainingLine, parsed: object, format: TrainingChatFormat) -> None:
    """Checks a parsed example against its format. The first rules are those of OpenAI's own checking notebook."""
    if not isinstance(parsed, dict):
        line.note("data_type")
        return
    unknown = ""
    if format.unknown_key and not format.example_keys.issuperset(parsed):
        unknown = training_line_excerpt(min(parsed.keys() - format.example_keys))
    chat = format.conversation(line, parsed)
    messages = chat.get("messages") if chat else None
    if chat is not None and (not isinstance(messages, list) or not messages):
        named = "" if format.list_key == "messages" else f"“{format.list_key}”"
        other = f"{unknown} in its place" if unknown and format.list_key not in parsed else ""
        line.note("missing_messages_list", ", ".join(filter(None, (named, other))))
        return
    if unknown:
        line.note(format.unknown_key, unknown)
    if chat is None or not isinstance(messages, list):  # it was noted why there is none
        return
    is_usual = _judge_training_chat(line, chat, messages, format)
    if not is_usual or None in parsed.values():
        _note_training_nulls(line, parsed, format)
    if not format.numbered:
        line.places.clear()


def _note_training_nulls(line: TrainingLine, example: JsonObject, format: TrainingChatFormat) -> None:
    """Notes all keys that are null, of the example and its messages, and the first message that has one."""
    of_messages = [training_null_keys(message, format) for message in line.messages]
    keys = {key for key, value in example.items() if value is None and key in format.example_keys}.union(*of_messages)
    if keys:
        first = next((place for place, names in enumerate(of_messages, 1) if names), 0)
        line.note("null_key", ", ".join(map(training_line_excerpt, sorted(keys))), first)


def _judge_training_messages(line: TrainingLine, messages: list[object], format: TrainingChatFormat) -> bool:
    """Judges each message by itself. Returns whether each is an object."""
    whole = True
    for position, message in enumerate(messages, 1):
        if isinstance(message, dict):
            line.messages.append(message)
            if not is_plain_training_message(message, format):
                judge_training_message(line, position, message, format)
        else:
            whole = False
            line.note("message_not_object", message=position)
    return whole


def _judge_training_chat(
    line: TrainingLine, chat: JsonObject, messages: list[object], format: TrainingChatFormat
) -> bool:
    """Judges the messages and their order. Returns whether they are those of a usual conversation."""
    system = chat.get("system", "")
    line.system = system if isinstance(system, str) and format.system_beside else ""
    speeches = usual_training_speeches(messages, format)
    if speeches is not None and not line.rejected:
        line.messages, line.speeches = messages, speeches  # type: ignore[assignment]  # usual messages are objects
        judge_usual_training_tools(line, chat)
        roles = tuple([speech[0] for speech in speeches])
        for rule, detail, message in usual_training_role_faults(roles, format, has_system=bool(line.system)):
            line.note(rule, detail, message)
        return True
    whole = _judge_training_messages(line, messages, format)
    for rejected in line.rejected:
        judge_training_message(line, 0, rejected, format)
    judge_training_tools(line, chat)
    if whole and format.paired:
        judge_training_call_sequence(line)
    judge_training_roles(line, format)
    return False
