"""Counts the tokens of prompts that nobody has counted, and what they share with earlier ones; keeps none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import blake2b
from typing import TypeAlias

from calculators.readers.intake.id_table import DIGEST_BYTES, IdTable
from calculators.readers.usage.request import Request

CountTokens: TypeAlias = Callable[[str, str], int]
FactorOf: TypeAlias = Callable[[str, str], Decimal]
"""The tokens that a model, by its name and provider as logged, makes for each token of the encoding."""

ENCODING = "o200k_base"
TOKENS_A_MESSAGE, TOKENS_FOR_THE_ANSWER = 3, 3
"""What the chat format adds to the texts, as OpenAI's notebook counts it."""

FIRST_BYTES, GROWTH, LAST_BYTES = 1024, 1.25, 1 << 22
"""The beginnings of a prompt that are compared: each is a quarter longer than the one before."""

MANY_BEGINNINGS, MOST_BEGINNINGS = 50_000, 300_000
"""Beginnings after which one is kept only where the shorter one came before, and after which none is kept."""

KEPT_COUNTS, LEAST_KEPT = 4096, 200
"""How many counts of texts are kept by their digest, and from how many characters on."""


def usage_prompt_beginnings() -> tuple[int, ...]:
    """The lengths in bytes that are compared.

    >>> usage_prompt_beginnings()[:4]
    (1024, 1280, 1600, 2000)
    """
    lengths, length = [], float(FIRST_BYTES)
    while length <= LAST_BYTES:
        lengths.append(round(length))
        length *= GROWTH
    return tuple(lengths)


LENGTHS = usage_prompt_beginnings()


class UsagePromptCounting:
    """Completes requests of one reading; memory holds counts and digests, no text."""

    def __init__(self, count: CountTokens, factor: FactorOf) -> None:
        self._count, self._factor = count, factor
        self._counts: dict[bytes, int] = {}
        self._seen = IdTable()

    def complete(self, request: Request) -> None:
        """Counts the prompt in the tokens of the request's model, finds what it shares, and lets go of the text."""
        texts, request.texts = request.texts, ()
        factor = self._factor(request.model, request.provider)
        counted = TOKENS_FOR_THE_ANSWER
        for text in texts:
            counted += TOKENS_A_MESSAGE + self._tokens(text)
        tokens = round(counted * factor)
        whole = "\0".join(texts).encode("utf-8", "replace")
        shared, is_second = self._shared_bytes(f"{request.provider}/{request.model}", whole)
        request.uncached = request.counted = tokens
        request.shared = tokens * shared // max(1, len(whole))
        request.shared_first = request.shared if is_second else 0

    def _tokens(self, text: str) -> int:
        if len(text) < LEAST_KEPT:
            return self._count(text, ENCODING)
        digest = blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        if digest not in self._counts:
            if len(self._counts) >= KEPT_COUNTS:
                self._counts.clear()
            self._counts[digest] = self._count(text, ENCODING)
        return self._counts[digest]

    def _shared_bytes(self, model: str, whole: bytes) -> tuple[int, bool]:
        """The bytes of the longest beginning that came before with this model, and whether it came once before."""
        seen, shared, earlier = self._seen, 0, 0
        for length, digest in _usage_prompt_digests(model, whole):
            if len(seen) >= MOST_BEGINNINGS and not seen.holds(digest):
                break
            place = seen.place_of_digest(digest)
            is_new = place < 0
            place = ~place if is_new else place
            before = seen.number(place)
            seen.set_number(place, before + 1)
            if before:
                shared, earlier = length, before
            elif len(seen) >= MANY_BEGINNINGS:
                break
        return shared, earlier == 1


def _usage_prompt_digests(model: str, whole: bytes) -> Iterator[tuple[int, int]]:
    """The beginnings of a prompt, the shortest first: the length of each in bytes, and its digest."""
    hashed, begin = blake2b(model.encode("utf-8", "replace"), digest_size=DIGEST_BYTES), 0
    for length in LENGTHS:
        if length > len(whole):
            break
        hashed.update(whole[begin:length])
        begin = length
        yield length, int.from_bytes(hashed.copy().digest(), "big") or 1
