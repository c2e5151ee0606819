"""What may be wrong with a training file: each rule with its weight, its name, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, HINT = "error", "warning", "hint"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for. An error stops a training job or spoils an example; a hint may be meant so."""

    level: str
    label: str
    remedy: str


RULES = {
    "empty": Rule(ERROR, "No example in the file", "A file holds one JSON object a line."),
    "array": Rule(ERROR, "One JSON array instead of lines", "Write each example on a line of its own."),
    "nul": Rule(ERROR, "NUL bytes", "This is no text file, or it is UTF-16: save it as UTF-8."),
    "unreadable": Rule(ERROR, "Characters that are not UTF-8", "Save the file as UTF-8; each � is lost text."),
    "half_character": Rule(ERROR, "Half a character", "An escape such as \\ud83d lacks its second half."),
    "long_line": Rule(ERROR, "Line above a million characters", "Cut the example; no model reads that much."),
    "deep": Rule(ERROR, "Nested more than 64 deep", "Flatten it: a message is an object of texts."),
    "not_a_number": Rule(ERROR, "NaN or Infinity", "These are not JSON: write a number, or leave the key out."),
    "not_json": Rule(ERROR, "Not valid JSON", "Check quotes, commas and brackets; one object a line."),
    "data_type": Rule(ERROR, "Not an object", "A line is an object with the key `messages`."),
    "missing_messages_list": Rule(ERROR, "No list of messages", "Put the conversation under the key `messages`."),
    "message_not_object": Rule(ERROR, "A message is no object", "A message is an object with `role` and `content`."),
    "message_missing_key": Rule(ERROR, "A message lacks its role or content", "Give every message both keys."),
    "message_unrecognized_key": Rule(ERROR, "A message has an unknown key", "Remove it, or correct its spelling."),
    "unrecognized_role": Rule(ERROR, "Unknown role", "Use system, user, assistant or tool, in small letters."),
    "missing_content": Rule(ERROR, "Empty content", "Give the message a text, or remove it."),
    "example_missing_assistant_message": Rule(ERROR, "No assistant message", "Add the answer to be learned."),
    "last_not_assistant": Rule(ERROR, "The last message is not the assistant's", "End with the answer to be learned."),
    "weight_value": Rule(ERROR, "A weight other than 0 or 1", "0 leaves an answer out of the training, 1 keeps it in."),
    "nothing_learned": Rule(ERROR, "Every answer has the weight 0", "Give at least one answer the weight 1."),
    "tool_call": Rule(ERROR, "Incomplete tool call", "A call needs a function's name and arguments, a result its id."),
    "extra_key": Rule(ERROR, "A key that the format does not allow", "Keep only `system` and `messages`."),
    "other_key": Rule(WARNING, "An unknown key beside the messages", "Remove it; it is ignored at best."),
    "order": Rule(ERROR, "User and assistant do not alternate", "Begin with the user, then take turns."),
    "bom": Rule(WARNING, "Byte order mark", "Save as UTF-8 without it; some readers take it for text."),
    "blank_line": Rule(WARNING, "Blank line", "Remove it; some readers stop there."),
    "missing_user": Rule(WARNING, "No user message", "Fine where the model shall speak first, else add the question."),
    "blank_content": Rule(WARNING, "Content of blanks only", "Give the message a text, or remove it."),
    "weight_role": Rule(WARNING, "A weight on a message that is not an answer", "Only answers are learned: remove it."),
    "duplicate": Rule(WARNING, "Repeats an earlier example", "Keep one, unless it shall count twice."),
    "conflict": Rule(WARNING, "Another answer to an earlier prompt", "Decide on one answer; the model learns both."),
    "overlap": Rule(WARNING, "Test prompt that is in training too", "Take it out of one: such a test proves little."),
    "test_line": Rule(WARNING, "Line of the test set that cannot be read", "Check the test set by itself."),
    "over_limit": Rule(WARNING, "Longer than the token limit", "It is cut there, often in its answer: shorten it."),
    "missing_system": Rule(HINT, "No system message", "Fine if the tuned model will be asked without one, too."),
    "images": Rule(HINT, "Images or sound", "They are not counted here; their tokens come on top."),
    "email": Rule(HINT, "Looks like an e-mail address", "Personal data? A model can repeat what it learned."),
    "crlf": Rule(HINT, "Windows line ends", "Harmless for most; save with line ends of Unix if one complains."),
}  # fmt: skip
"""All rules by name, in the order in which they are told. The first seven of the cookbook keep its names."""
