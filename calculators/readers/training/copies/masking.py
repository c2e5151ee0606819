"""Masks what looks personal or secret in an example, each by the name of its kind."""

from __future__ import annotations

from calculators.readers.training.lines import JsonObject
from calculators.readers.training.quality.personal import EMAIL, PHONE, SECRET

KINDS = (
    (SECRET, "[secret]", "A key or a password: written as [secret]"),
    (EMAIL, "[email]", "An e-mail address: written as [email]"),
    (PHONE, "[phone]", "A phone number: written as [phone]"),
)
"""What is looked for, what is written in its place, and the change in words. Keys come first: they may hold an @."""

KEPT = frozenset(("id", "tool_call_id", "url", "data", "bytes", "uri", "fileUri", "file_id"))
"""Keys whose texts name something else in the file, or are no texts: a change would break them."""


def masked_training_example(example: JsonObject) -> tuple[JsonObject, list[str]]:
    """The example with its texts masked, and the kinds of what was found; none where nothing was."""
    kinds: list[str] = []
    masked = _masked_training_part(example, kinds)
    assert isinstance(masked, dict)
    return masked, list(dict.fromkeys(kinds))


def training_personal_data(text: str) -> bool:
    """Whether something in a text looks personal or secret."""
    return any(sought.search(text) for sought, _, _ in KINDS)


def _masked_training_part(part: object, kinds: list[str]) -> object:
    if type(part) is str:  # a number is a kind of text here, which keeps its digits
        for sought, mask, change in KINDS:
            part, count = sought.subn(mask, part)
            kinds += [change] * bool(count)
        return part
    if isinstance(part, dict):
        return {key: inner if key in KEPT else _masked_training_part(inner, kinds) for key, inner in part.items()}
    if isinstance(part, list):
        return [_masked_training_part(inner, kinds) for inner in part]
    return part
