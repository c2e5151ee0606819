"""Reads pasted results of two versions: a line for each example, first A's result, then B's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from calculators.engine.inputs.suggestions import UNSHOWN
from calculators.readers.formats import Format
from calculators.readers.results.columns import CASE, INPUT, SCORE, VERSION, read_result_score
from calculators.readers.results.headings import result_heading_role
from calculators.readers.verdict_words import VERDICT_WORDS

FORMAT = Format(label="Pasted lines: for each example the result of A, then that of B")

_SEPARATORS = ("\t", ";", "|", ",")
"""In this order, so that a comma beside one of the others is a decimal comma."""

ECHOED = 60
"""How much of a line is repeated in a message."""

EXPLAINED = 3
"""How many malformed lines are repeated with what is wrong; the numbers of the others are listed."""

LISTED = 100
"""How many stretches of further malformed lines are listed."""

TWO = 2

Pair: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Results:
    """How often each pair of results came up, the line taken as a heading (0: none), and what could not be read.

    `scores` are the pairs in their order where results are graded, such as 0.7; else there are none.
    """

    both_right: int
    only_a: int
    only_b: int
    both_wrong: int
    heading: int
    problems: tuple[tuple[int, str], ...]
    scores: tuple[Pair, ...] = ()


@lru_cache(2)
def read_pasted_results(text: str) -> Results:
    """Counts the pairs of a pasted text.

    A line holds two results with a tab, comma, semicolon, bar or blank between. Blank lines are passed over. A first
    line of two unknown words is a heading. Where a score lies between 0 and 1, or most lines hold other numbers than 0
    and 1, the results are graded.

    >>> read_pasted_results("A,B\\n1,0\\n1,1\\n0;1\\npass fail").only_a
    2
    >>> read_pasted_results("0.7,0.9\\n1,0").scores == read_pasted_results("0,7;0,9\\n1;0").scores
    True
    """
    lines = list(enumerate(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n"), 1))
    graded = _is_pasted_results_graded([line for _, line in lines])
    pairs: list[Pair] = []
    problems: list[tuple[int, str]] = []
    heading, begun = 0, False
    known: dict[str, Pair | str] = {}
    for number, line in lines:
        if line not in known:
            known[line] = _pasted_results_pair(line, graded)
        pair = known[line]
        if pair == "":
            continue
        if isinstance(pair, tuple):
            pairs.append(pair)
        elif not begun and pair == _NEITHER:
            heading = number
        else:
            problems.append((number, f"line {number}, “{_pasted_results_echo(line)}”, {pair}"))
        begun = True
    counted = [] if graded else pairs
    return Results(
        counted.count((1, 1)),
        counted.count((1, 0)),
        counted.count((0, 1)),
        counted.count((0, 0)),
        heading,
        tuple(problems),
        tuple(pairs) if graded else (),
    )


def pasted_score_line(text: str, score: float) -> int:
    """The first line of pasted grades that holds a score.

    >>> pasted_score_line("A,B\\n0.7,0.9\\n1.7,1", 1.7)
    3
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    pairs = ((number, _pasted_results_pair(line, graded=True)) for number, line in enumerate(lines, 1))
    return next(number for number, pair in pairs if isinstance(pair, tuple) and score in pair)


def _is_pasted_results_graded(lines: list[str]) -> bool:
    """Whether lines hold grades: one of them a part of 1, or most of them numbers that are no verdicts."""
    grades = filled = 0
    for line in lines:
        cells = _pasted_results_cells(line)
        scores = [read_result_score(cell) for cell in cells]
        filled += bool(cells)
        if len(scores) == TWO and None not in scores:
            if any(score is not None and 0 < score < 1 for score in scores):
                return True
            grades += any(cell not in VERDICT_WORDS for cell in cells)
    return grades * 2 > filled


def _pasted_results_cells(line: str) -> list[str]:
    line = line.strip(" \u00a0")
    if not line.strip():
        return []
    separator = next((sign for sign in _SEPARATORS if sign in line), None)
    return [cell.strip().strip("\"'").casefold() for cell in line.split(separator)]


_NEITHER = "has two values that are neither right nor wrong"


def _pasted_results_pair(line: str, graded: bool) -> Pair | str:
    """A line's two results; else what is wrong with it, or nothing for a blank line."""
    cells = _pasted_results_cells(line)
    if not cells:
        return ""
    if len(cells) != TWO:
        return f"has {len(cells)} {'value' if len(cells) == 1 else 'values'} instead of two"
    first, second = (
        read_result_score(cell) if graded and cell not in VERDICT_WORDS else _pasted_results_verdict(cell)
        for cell in cells
    )
    if first is None and second is None:
        return _NEITHER
    if first is None or second is None:
        return f"has a {'first' if first is None else 'second'} value that is neither right nor wrong"
    return first, second


def _pasted_results_verdict(cell: str) -> float | None:
    """A word of right or wrong as 1 or 0. In pasted pairs an error is a wrong answer."""
    return float(VERDICT_WORDS[cell]) if cell in VERDICT_WORDS else None


def _pasted_results_echo(line: str) -> str:
    shown = UNSHOWN.sub("·", line.strip()[:ECHOED])
    return shown if len(line.strip()) <= ECHOED else f"{shown[:-1]}…"


def pasted_results_complaint(results: Results) -> str:
    """One sentence or two about all malformed lines, and what to write instead; nothing where there are none."""
    if not results.problems:
        return ""
    count = len(results.problems)
    explained = "; ".join(sentence for _, sentence in results.problems[:EXPLAINED])
    stretches = _pasted_results_stretches([number for number, _ in results.problems[EXPLAINED:]])
    also = (
        f"; also {'line' if count == EXPLAINED + 1 else 'lines'} {', '.join(stretches[:LISTED])}" if stretches else ""
    )
    more = f" and {len(stretches) - LISTED:,} more stretches" if len(stretches) > LISTED else ""
    return (
        f"{count:,} {'line is' if count == 1 else 'lines are'} left out of the count: {explained}{also}{more}. Write a "
        "line for each example, first A, then B, as 1 and 0, pass and fail, right and wrong or scores such as 0.7, "
        "with a comma, tab or blank between."
    )


def _pasted_results_stretches(numbers: list[int]) -> list[str]:
    """Numbers as text, neighbors together: 4, 7–9."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1] = [stretches[-1][0], number]
        else:
            stretches.append([number])
    return ["–".join(str(end) for end in stretch) for stretch in stretches]


LONGEST_HEAD = 100_000
NAMED = frozenset((CASE, INPUT, VERSION, SCORE))
"""What headings of a table say; those of two pasted columns are the names of versions."""


def is_pasted_results_table(text: str) -> bool:
    """Whether a pasted text is JSON or a table with headings, rather than two results a line.

    >>> [is_pasted_results_table(text) for text in ("id,a,b\\n1,1,0", "A,B\\n1,0", "case,score\\nx,0.5", "1,0,1")]
    [True, False, True, False]
    """
    lines = [line for line in text.lstrip("\ufeff \t\r\n")[:LONGEST_HEAD].splitlines() if line.strip()]
    if not lines:
        return False
    if lines[0].lstrip().startswith(("{", "[")):
        return True
    heading = _pasted_results_cells(lines[0])
    if len(lines) == 1 or any(read_result_score(cell) is not None for cell in heading):
        return False
    return len(heading) > TWO or (len(heading) == TWO and bool({result_heading_role(cell) for cell in heading} & NAMED))
