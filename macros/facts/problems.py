"""What is wrong with the data, said so that an author can fix it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake and where it stands; line 0 means the file or folder as a whole.

    >>> print(Problem("data/prices/openai.yaml", 11, 5, "'imput' is no key here; did you mean 'input'?"))
    data/prices/openai.yaml:11:5: 'imput' is no key here; did you mean 'input'?
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class FactsError(Exception):
    """The data cannot be used. `problems` holds every mistake of every file, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def annotations(self) -> str:
        """The same mistakes as GitHub Actions workflow commands, so that they show beside the changed lines."""
        return "\n".join(_annotated_problem(problem) for problem in self.problems)


def quoted_data(text: str) -> str:
    """A piece of the data as a message quotes it: on one line, and never longer than a line.

    >>> quoted_data("two\\nlines")
    "'two lines'"
    """
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return f"'{words}'" if len(words) <= 60 else f"'{words[:57]}...'"


def _annotated_problem(problem: Problem) -> str:
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = problem.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    place = f",line={problem.line},col={problem.column}" if problem.line else ""
    return f"::error file={file}{place}::{message}"
