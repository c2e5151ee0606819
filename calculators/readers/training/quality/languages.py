"""Guesses the language of an answer, by its script and by words that are frequent in one language alone."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections import defaultdict

_SCRIPTS = {
    "Cyrillic": "\u0400-\u04ff",
    "Greek": "\u0370-\u03ff",
    "Hebrew": "\u0590-\u05ff",
    "Arabic": "\u0600-\u06ff",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Hangul": "\uac00-\ud7a3",
    "Japanese": "\u3040-\u30ff",
    "Chinese": "\u4e00-\u9fff",
}
_OF_SCRIPT = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS.items()}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_FREQUENT = {
    "English": "the and is of to you that with for are this it your",
    "German": "der und nicht ein mit den das auf sich auch eine werden",
    "French": "le les est une pour que dans vous des avec sur pas",
    "Spanish": "el los una por que con del las para es su está",
    "Italian": "il che di una per non con sono della gli è più",
    "Portuguese": "os uma não com para você do da em são mais",
    "Dutch": "de het een van niet zijn voor met dat op aan ook",
}
_LANGUAGES: dict[str, list[str]] = defaultdict(list)
for _name, _words in _FREQUENT.items():
    for _word in _words.split():
        _LANGUAGES[_word].append(_name)
_SURE = 4
"""Frequent words from which a guess is made, twice as many as of the next language."""


def guessed_training_language(text: str) -> str:
    """The language or script of a text; empty where it is too short or could be several.

    >>> guessed_training_language("The book is on the shelf of the reading room, and it is yours.")
    'English'
    >>> guessed_training_language("Ja.")
    ''
    """
    if not text.isascii():
        latin = len("".join(_LATIN.findall(text)))
        for name, pattern in _OF_SCRIPT.items():
            if len(pattern.findall(text)) > latin:
                return name
    counts = Tally(name for word in _LATIN.findall(text.lower()) for name in _LANGUAGES.get(word, ()))
    (first, most), (_, next_most) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return first if most >= _SURE and most >= 2 * next_most else ""
