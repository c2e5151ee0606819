"""The words by which people and programs say that an answer is right or wrong."""

from __future__ import annotations

_RIGHT = "1 1.0 right pass passed true yes y t correct ok good ✓ ✔ ✅"
_WRONG = "0 0.0 wrong fail failed false no n f incorrect error bad ✗ ✘ ❌"
VERDICT_WORDS = {word: True for word in _RIGHT.split()} | {word: False for word in _WRONG.split()}
"""What each word says, in small letters."""
