"""A training file of ten megabytes or more whose counts are known beforehand: lines of a known kind, each so often."""

from __future__ import annotations

import json
from decimal import Decimal

FINE, REPEATED, CONFLICTING, BROKEN, LONG = 14_000, 700, 300, 50, 25
WORDS = 70
"""How many words an answer has; in both tokenizers each of these is a token, and so is the point at the end."""

SAID = "You answer the help desk."


def _line(question: str, answer: str) -> str:
    roles = ({"role": "system", "content": SAID}, {"role": "user", "content": question})
    return json.dumps({"messages": [*roles, {"role": "assistant", "content": answer}]})


def _fine(number: int) -> str:
    return _line(f"Question number {number} about the " + "same old thing " * 15, "Yes" + " and" * (WORDS - 1) + ".")


def large_dataset(fine: int = FINE) -> str:
    """The file. The last lines come again, come again with another answer, are no JSON, and are far too long."""
    lines = [_fine(number) for number in range(fine)]
    lines += lines[:REPEATED]
    lines += [_line(json.loads(line)["messages"][1]["content"], "No.") for line in lines[1000 : 1000 + CONFLICTING]]
    lines += [lines[0][:-1]] * BROKEN
    lines += [_line(f"Long one {number}", "Yes" + " and" * 4_999 + ".") for number in range(LONG)]
    return "\n".join(lines) + "\n"


def large_dataset_counts(fine: int = FINE) -> dict[str, Decimal]:
    """What the checker has to count in the file, by output."""
    return {
        "examples": Decimal(fine + REPEATED + CONFLICTING + BROKEN + LONG),
        "errors": Decimal(BROKEN),
        "faulty_lines": Decimal(BROKEN),
        "duplicates": Decimal(REPEATED),
        "conflicts": Decimal(CONFLICTING),
        "over_limit": Decimal(LONG),
        "warnings": Decimal(REPEATED + CONFLICTING + LONG),
        "assistant_tokens": Decimal((fine + REPEATED) * (WORDS + 1) + CONFLICTING * 2 + LONG * 5001),
        "missing_system": Decimal(0),
    }
