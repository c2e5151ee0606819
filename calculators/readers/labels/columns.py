"""Which column of a file holds what, by its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORDS = {
    "case": "case id item prompt question example sample row",
    "person": "person people human expert annotator rater reviewer label gold ground truth",
    "judge": "judge llm grader autograder evaluator",
    "position": "position order slot place shown",
    "length": "length words word tokens characters chars",
    "model": "model author system generator candidate",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}
_FILLING = "label labels verdict verdicts score scores rating grade id count answer response name of the"
_FILLERS = frozenset(_FILLING.split(" "))
"""Words that say nothing about what a column holds, unless it has no other."""
_PLACES = re.compile(r"(?<=[a-z])(?=\d)|[^a-z0-9]+", re.ASCII)

_WHICH = re.compile(r"\d+|[a-z]", re.ASCII)
"""The end of a name that tells one person from another: a number or a letter."""


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """The names of the columns by what they hold; only people may have several. `unused` counts the others."""

    by_role: dict[str, tuple[str, ...]]
    unused: int

    def names(self, role: str) -> tuple[str, ...]:
        """The columns with a role; none where the file has none."""
        return self.by_role.get(role, ())


def label_columns(names: Iterable[str]) -> LabelColumns:
    """The roles of some column names, such as `Judge`, `human 1`, `person_b`, `Answer length`.

    >>> label_columns(["Case ID", "Human 1", "human_2", "LLM judge", "comment"]).names("person")
    ('Human 1', 'human_2')
    """
    by_role: dict[str, tuple[str, ...]] = {}
    unused = 0
    for name in dict.fromkeys(names):
        role = _label_column_role(name)
        if not role or (role != "person" and role in by_role):
            unused += 1
        else:
            by_role[role] = (*by_role.get(role, ()), name)
    return LabelColumns(by_role, unused)


def _label_column_role(name: str) -> str:
    """What a column of this name holds; nothing where its words do not agree on it."""
    words = [word for word in _PLACES.split(name.strip().lower()) if word]
    if len(words) > 1 and _WHICH.fullmatch(words[-1]):
        words = words[:-1]
    telling = [word for word in words if word not in _FILLERS] or words[:1]
    roles = {_ROLES.get(word, "") for word in telling}
    return roles.pop() if len(roles) == 1 else ""
