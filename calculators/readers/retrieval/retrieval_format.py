"""What a format of retrieval files declares: how to recognize it, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calculators.readers.formats import Format
from calculators.readers.retrieval.rows import RetrievalRows

RESULTS, JUDGMENTS = "results", "judgments"
"""What a file is for: what a search gave, or which passages are right."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RetrievalFormat(Format):
    """A format of files with results, judgments or both.

    `recognizes` looks at the beginning of a text; the first format in the order that recognizes it reads it.
    `read` fills the rows from the text, which is `RESULTS` or `JUDGMENTS`.
    """

    recognizes: Callable[[str], bool]
    read: Callable[[str, str, RetrievalRows], None]


def first_retrieval_line(text: str) -> str:
    """The first line of a text that holds something; only the beginning of a long text is looked at.

    >>> first_retrieval_line("\\n  q1 0 d1 1\\nq1 0 d2 0")
    'q1 0 d1 1'
    """
    return text[:LONGEST_HEADING].lstrip().partition("\n")[0].strip()


LONGEST_HEADING = 100_000
