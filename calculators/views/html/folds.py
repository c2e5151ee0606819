"""What a result folds away. A fold may be left empty, for a script to fill it when a reader opens it."""

from __future__ import annotations

from collections.abc import Callable

from calculators.views.html.tags import Safe, tag

Filled = Callable[[str], bool]
"""Whether the fold of a name gets its content."""

AMOUNT = "working-"
"""What the name of a fold begins with in which a single amount unfolds into its working."""


def is_html_fold_built(name: str) -> bool:
    """The folds that a page is built with: all of them but the working of each single amount."""
    return not name.startswith(AMOUNT)


def html_fold_filter(*names: str) -> Filled:
    """The folds of some names."""
    return lambda name: name in names


def html_fold(
    name: str, summary: Safe | None, content: Callable[[], Safe], filled: Filled, **attributes: str | None
) -> Safe:
    """One fold under its name, with its content where that is wanted."""
    return tag("details", summary, content() if filled(name) else None, **attributes, data_keep=name)
