"""The ways in which a build stops, and a page says that a call on it is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable

from macros.facts.problems import FactsError, Problem


class Stopped(SystemExit, Exception):
    """The site cannot be built; ends a build with its message, but leaves a running `mkdocs serve` alive."""


class PageError(Exception):
    """A page asks for something that does not exist; the message names page and line."""


def refuse_page_problems(heading: str, problems: Iterable[Problem]) -> None:
    """Stops with all problems, if there are any; on GitHub they also show beside the changed lines.

    Raises:
        Stopped: there are problems.
    """
    error = FactsError(problems)
    if error.problems:
        raise Stopped(f"{heading}:\n{error.annotations() if os.environ.get('GITHUB_ACTIONS') else error}")
