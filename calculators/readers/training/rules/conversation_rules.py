"""Rules about messages and their order."""

from __future__ import annotations

from calculators.readers.training.rules.rule import ERROR, HINT, WARNING, Rule

CONVERSATION_RULES = {
    "missing_messages_list": Rule(ERROR, "No list of messages", "Put the conversation under the key of its format."),
    "message_not_object": Rule(ERROR, "A message is not an object", "It is an object with named keys."),
    "message_missing_key": Rule(ERROR, "A message lacks its role or content", "Give every message both keys."),
    "message_unrecognized_key": Rule(ERROR, "A message has an unknown key", "Remove it, or correct its spelling."),
    "reasoning_refused": Rule(
        ERROR,
        "Reasoning beside the answer",
        "Remove it, or pick the format of a provider that trains on it, such as Together or Fireworks.",
    ),
    "null_key": Rule(ERROR, "A key is null", "Leave the key out instead: null is neither a text nor a list."),
    "unrecognized_role": Rule(ERROR, "Unknown role", "Use the roles of the format, in small letters."),
    "missing_content": Rule(ERROR, "Empty content", "Give the message a text, or remove it."),
    "content_type": Rule(ERROR, "Content of a type that its role may not have", "Write the content as one text."),
    "part_type": Rule(
        ERROR, "A part of a content that its role may not have", "Keep to texts, or move it to the user."
    ),
    "image_role": Rule(ERROR, "An image that is not the user's", "Only the user shows images; describe it in words."),
    "image_form": Rule(
        ERROR,
        "An image without an address that is taken",
        "Under `image_url`, write an object with the address as `url`.",
    ),
    "example_missing_assistant_message": Rule(ERROR, "No assistant message", "Add the answer to be learned."),
    "last_not_assistant": Rule(ERROR, "The last message is not the assistant's", "End with the answer to be learned."),
    "order": Rule(ERROR, "Roles are out of order", "Begin with the user, then let user and assistant take turns."),
    "weight_value": Rule(ERROR, "A weight other than 0 or 1", "0 leaves an answer out of the training, 1 keeps it in."),
    "nothing_learned": Rule(ERROR, "Every answer has the weight 0", "Give at least one answer the weight 1."),
    "message_other_key": Rule(WARNING, "A message has a key that is not read", "Remove it; it is ignored at best."),
    "reasoning": Rule(
        WARNING,
        "Reasoning that counts for reasoning models alone",
        "Keep it where a reasoning model is tuned, in every example; remove it for other models.",
    ),
    "name_characters": Rule(
        WARNING,
        "A name with blanks or signs",
        "Use up to 64 letters, digits, `_` or `-`; a blank or one of <|\\/> fails.",
    ),
    "missing_user": Rule(WARNING, "No user message", "Fine where the model should speak first, else add the question."),
    "blank_content": Rule(WARNING, "Content of blanks only", "Give the message a text, or remove it."),
    "weight_role": Rule(WARNING, "A weight on a message that is not an answer", "Only answers are learned: remove it."),
    "missing_system": Rule(HINT, "No system message", "Fine if the tuned model will be asked without one, too."),
    "images": Rule(HINT, "Images or sound", "They are not counted here; their tokens come on top."),
}
"""The rules by name."""
