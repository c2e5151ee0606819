"""A request whose tokens have to be counted from its text."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import Value, usage_name_in
from calculators.readers.usage.prompts.texts import (
    is_usage_prompt_multimodal,
    usage_prompt_definitions_of,
    usage_prompt_texts_of,
)
from calculators.readers.usage.request import STANDARD, Request, SkippedRow

BEFORE = ("tools", "functions", "response_format", "text", "output_config")
"""What providers put before the messages; a change here changes the whole prefix."""

FIRST = ("system", "instructions", "systemInstruction", "system_instruction")
MESSAGES = ("messages", "contents", "input", "prompt")
NO_TEXT = "it holds no prompt"
NOT_ONLY_TEXT = "it holds more than text, such as a picture, whose tokens are not counted"


def unanswered_usage_request(
    body: dict[str, Value], *, model: str = "", provider: str = "", tier: str = STANDARD
) -> Request:
    """The request that a body would send, with its texts.

    Raises:
        SkippedRow: there is no text in it.
    """
    texts = tuple(unanswered_usage_prompt_texts(body))
    if not texts:
        raise SkippedRow(NO_TEXT)
    has_more = any(is_usage_prompt_multimodal(body.get(key)) for key in MESSAGES)
    return Request(
        model=model or usage_name_in(body.get("model")),
        provider=provider,
        tier=tier,
        texts=texts,
        remark=NOT_ONLY_TEXT if has_more else "",
    )


def unanswered_usage_prompt_texts(body: dict[str, Value]) -> Iterator[str]:
    """The texts of a prompt: definitions of tools, instructions, then the messages."""
    for key in BEFORE:
        if key != "text" or isinstance(body.get(key), dict):
            yield from usage_prompt_definitions_of(body.get(key))
    for key in FIRST:
        yield from usage_prompt_texts_of(body.get(key))
    for key in MESSAGES:
        yield from usage_prompt_texts_of(body.get(key))
