"""Tokens: tokenizers that are counted exactly, texts counted in pieces, and what another tokenizer makes of a text."""

from __future__ import annotations

import re
from functools import cache

from calculators.domain.records import ModelPrice, Tokenizer
from calculators.engine.answering.counting import Count
from calculators.engine.numbers import Number, known_or

ENCODINGS = {
    "o200k_base": "o200k_base: OpenAI's models since GPT-4o",
    "cl100k_base": "cl100k_base: GPT-4 and GPT-3.5",
}
"""The tokenizers that can be counted exactly; both libraries read them from the same published ranks."""

LONGEST_RUN = 1000
"""A run of signs of one kind without a break that is longer is counted in pieces of this length.

No language writes such words. The time to merge one grows with its square, and a count may be off by a token a piece.
"""

_WINDOW = LONGEST_RUN // 2
_SIGNS = r"!-/:-@\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"


@cache
def _runs() -> re.Pattern[str]:
    """Blanks, punctuation (also that of Chinese and Japanese), and all the rest; most questions count no text."""
    return re.compile(rf"\s+|[{_SIGNS}]+|[^\s{_SIGNS}]+")


def converted_tokens(tokens: Number | int, model: ModelPrice, counted_with: Tokenizer | None) -> Number:
    """The tokens that a model makes of a text of which a tokenizer counted so many; None is the model's own.

    Both factors are tokens for each token of o200k. A literal stands for a part that there is not.
    """
    if counted_with is None or isinstance(tokens, int) or is_tokenizer_of(model, counted_with):
        return tokens  # type: ignore[return-value]  # a literal 0 goes with every kind of number
    return tokens * known_or(model.tokenizer_factor, 1) / known_or(counted_with.tokenizer_factor, 1)


def is_tokenizer_of(model: ModelPrice, tokenizer: Tokenizer) -> bool:
    """Whether a model counts with a tokenizer, and the reader typed no factor of either."""
    typed = any(record.is_replaced("tokenizer_factor") for record in (model, tokenizer))
    return model.tokenizer == tokenizer.id and not typed


def tokens_in_pieces(count: Count) -> Count:
    """A counter that takes any text: a sign that is no character counts as the sign for an unreadable one."""

    def counted(text: str, encoding: str, /) -> int:
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if len(text) <= LONGEST_RUN or not _has_long_token_run(text):
            return count(text, encoding)
        return sum(count(piece, encoding) for piece in token_pieces(text))

    return counted


def _has_long_token_run(text: str) -> bool:
    """Whether a run may be too long: such a run fills at least one window whole."""
    return any(
        len(run[0]) >= _WINDOW
        for start in range(0, len(text), _WINDOW)
        if (run := _runs().match(text, start, start + _WINDOW))
    )


def token_pieces(text: str) -> list[str]:
    """The text cut only where one run of signs of a kind is too long.

    >>> [len(piece) for piece in token_pieces("one " + "a" * 2300 + " two")]
    [1004, 1000, 304]
    """
    cut, begin = [], 0
    for run in _runs().finditer(text):
        for end in range(run.start() + LONGEST_RUN, run.end(), LONGEST_RUN):
            cut.append(text[begin:end])
            begin = end
    return [*cut, text[begin:]]
