"""Small results to start from: grades of two prompts, repeated runs, and several versions with slices."""

from __future__ import annotations

from collections.abc import Iterator

GRADES = "\n".join(
    (
        "A,B",
        *("0.7,0.9", "0.4,0.8", "1,0.5", "0.6,0.6", "0.2,0.7", "0.8,0.9", "0.5,0.9", "0.9,1", "0.3,0.2", "0.6,0.9"),
        *("0.7,0.7", "0.1,0.6", "0.8,1", "0.5,0.4", "0.9,0.9", "0.4,0.7"),
    )
)

_RUNS, _ALWAYS, _NEVER, _LEARNED = 10, 12, 5, 3
"""Of 20 questions both versions always get some right and never others; B gets three more right in all ten runs."""


def _version_sample_repeated() -> Iterator[str]:
    yield "question,version,run,score"
    for question in range(1, _ALWAYS + _NEVER + _LEARNED + 1):
        for version in ("old", "new"):
            right = question <= _ALWAYS or (version == "new" and question > _ALWAYS + _NEVER)
            for run in range(1, _RUNS + 1):
                yield f"q{question},{version},{run},{int(right)}"


REPEATED = "\n".join(_version_sample_repeated())

_VERSIONS = ("old", "short", "examples", "steps")
_PATTERNS = (
    ("1111", 22),
    ("0000", 5),
    ("0011", 6),
    ("0001", 4),
    ("0100", 3),
    ("1011", 4),
    ("1101", 3),
    ("0010", 3),
)
"""For each version whether it is right, and on how many cases."""

_TOPICS = ("orders", "orders", "returns", "orders", "account")


def _version_sample_several() -> Iterator[str]:
    yield ",".join(("case", "topic", *_VERSIONS))
    case = 0
    for pattern, cases in _PATTERNS:
        for _ in range(cases):
            case += 1
            yield ",".join((f"c{case}", _TOPICS[case % len(_TOPICS)], *pattern))


SEVERAL = "\n".join(_version_sample_several())
