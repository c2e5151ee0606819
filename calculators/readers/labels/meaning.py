"""What the labels of a file mean: pass and fail, or grades and categories of which the reader names those that pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from calculators.readers.verdict_words import VERDICT_WORDS

PASS, FAIL = "pass", "fail"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """How labels are read. `passing` are the labels that pass, if the reader named some; `categories` says that labels
    stand for themselves, so that nothing passes or fails."""

    passing: frozenset[str]
    categories: bool

    def read(self, label: str) -> str:
        """The label as it is compared; nothing for a blank one, and for one that neither passes nor fails."""
        word = plain_label(label)
        if not word or self.categories:
            return word
        if self.passing:
            return PASS if word in self.passing else FAIL
        verdict = VERDICT_WORDS.get(word)
        return "" if verdict is None else PASS if verdict else FAIL


def label_meaning(labels: Iterable[str], passing: str) -> LabelMeaning:
    """How the labels of a file are read, given those that the reader names as passing.

    Labels are pass and fail if they have words for that. Numbers other than 0 and 1 are grades, and words of another
    kind are categories: they stand for themselves until the reader says which of them pass.

    >>> label_meaning(["pass", "fail", "?"], "").read("Pass")
    'pass'
    >>> label_meaning(["5", "2", "1"], "4, 5").read("2")
    'fail'
    """
    named = frozenset(plain_label(word) for word in re.split(r"[,;\s]+", passing) if word)
    words = {plain_label(label) for label in labels} - {""}
    others = words - VERDICT_WORDS.keys()
    grades = any(_NUMBER.fullmatch(word) for word in others)
    return LabelMeaning(named, not named and bool(others) and (grades or others == words))


def plain_label(label: str) -> str:
    """A label without quotes, blanks around it and capitals; 4.0 is 4."""
    word = label.strip().strip("\"'").strip().casefold()
    return re.sub(r"(?<=\d)\.0+$", "", word, flags=re.ASCII) if _NUMBER.fullmatch(word) else word
