"""The days on which what records describe ends: a model shuts down, an offer takes no new customers."""

from __future__ import annotations


def has_ended(end: str, as_of: str) -> bool:
    """Whether something with an announced end was over by a day; without one, which is the empty text, it goes on.

    >>> has_ended("2026-11-21", "2026-11-21"), has_ended("2026-11-22", "2026-11-21"), has_ended("", "2026-11-21")
    (True, False, False)
    """
    return "" < end <= as_of
