"""No answer uses what a version of Python may compute or write differently: build, page and command have their own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.code.test_imports import FILES, ROOT

WHOLE_NUMBERS = {
    "calculators/domain/exact_tests/sign_flips.py": "differences in whole steps",
    "calculators/domain/agreement/several_people.py": "numbers of labels, and exact fractions",
    "calculators/domain/graded_scores/clusters.py": "numbers of runs",
    "calculators/domain/graded_scores/resampling.py": "scores in whole steps",
    "calculators/domain/graded_scores/several_versions.py": "numbers of passes",
    "calculators/domain/graded_scores/shared_flips.py": "differences in whole steps",
    "calculators/domain/graded_scores/signed_ranks.py": "twice the ranks, which are whole numbers",
    "calculators/domain/tokens.py": "tokens of the pieces of a text",
    "calculators/engine/numbers/tape/playback.py": "how many points hold",
    "calculators/evaluating/compare/notes.py": "how many runs failed",
    "calculators/evaluating/compare/tables.py": "how many runs failed",
    "calculators/prompting/builder/__init__.py": "tokens of the sections of a prompt",
    "calculators/prompting/models/notes.py": "how many models are shown",
    "calculators/readers/labels/reading.py": "how many labels, answers and rows",
    "calculators/readers/results/evaluation.py": "how many rows have a score",
    "calculators/readers/training/conversation/called_chats.py": "how many calls a conversation has",
    "calculators/readers/training/report.py": "how many lines break a rule",
    "calculators/readers/training/tokens.py": "tokens of texts",
    "calculators/serving/latency/distribution/attempts.py": "masses, which are whole numbers",
    "calculators/serving/latency/distribution/grids.py": "masses, which are whole numbers",
    "calculators/views/html/instruments.py": "how many runs the bars hold",
    "calculators/readers/usage/sums/columns.py": "tokens and requests; costs are added up one by one",
}
"""Where Python's own `sum` adds whole numbers alone. Of floats it compensates the rounding from 3.12 on."""

MATH = {
    *("ceil", "comb", "erfc", "exp", "floor", "inf", "isfinite", "ldexp", "log", "log1p", "log2", "modf", "pi"),
    *("sqrt", "trunc"),
}
"""What is exact or rounded once by the C library, in every version; `fsum`, `dist` and `hypot` have changed."""

STATISTICS = {"NormalDist"}
"""Used for its quantile alone, which is rounded to 12 digits: its other methods have changed."""

FLOATS = {
    "calculators/engine/numbers/rounding.py": "a float becomes a Decimal of the same digits",
    "calculators/engine/numbers/tape/recording.py": "the constants of a tape are told apart",
    "calculators/views/findings/report.py": "a float becomes a Decimal of the same digits",
    "calculators/views/json.py": "a float becomes a Decimal of the same digits",
}
"""Where `repr` writes floats. Of a text it writes the signs that its version of Unicode knows."""

UNICODE = {"isalnum", "isalpha", "isdecimal", "isdigit", "isidentifier", "isnumeric", "isprintable"}
"""What asks the tables of Unicode of signs that may be new in them."""

ASCII_ALONE = {
    "calculators/readers/usage/columns/row_columns.py": "`isdecimal` of words that are known to be ASCII",
    "calculators/readers/usage/cells.py": "`isdecimal` of a word that is known to be ASCII",
    "calculators/views/export.py": "`isalnum` of a word that is known to be ASCII",
}

HASHES_WITHIN_A_RUN = {"units.py", "recording.py", "id_table.py", "spans.py"}
"""Where a hash tells one thing from another while a program runs, and no answer shows it."""

CALCULATORS = [path for path in FILES if path.is_relative_to(ROOT / "calculators")]
ANSWERING = [path for path in FILES if path.is_relative_to(ROOT / "macros" / "command") or path in CALCULATORS]
"""What words an answer or a refusal, on a page or in the terminal."""


def uses(tree: ast.Module, module: str) -> set[str]:
    """The names that a file takes from a module, by either form of import."""
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }
    return names | {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == module
    }


def calls(tree: ast.Module, name: str) -> bool:
    """Whether a file calls a built-in function."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in ast.walk(tree)
    )


def methods(tree: ast.Module) -> set[str]:
    """The names of all methods and attributes that a file uses."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def written_by_repr(tree: ast.Module) -> list[int]:
    """The lines of the f-strings that write something with `!r`."""
    return [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.FormattedValue) and node.conversion == ord("r")
    ]


def open_patterns(tree: ast.Module) -> list[int]:
    r"""The lines of the regular expressions whose `\d`, `\w` or `\b` is not held to ASCII."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("re.")
        and re.search(r"\\[dwb]", "".join(texts(node)), re.IGNORECASE)
        and not {"ASCII", "A"} & methods(ast.Module([ast.Expr(node)], []))
    ]


def possessive_groups(tree: ast.Module) -> list[int]:
    """The lines of texts with a group of a pattern that is repeated without giving any back, or is atomic."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+|\(\?>", node.value)
    ]


def texts(call: ast.Call) -> list[str]:
    """All texts that are written in a call."""
    return [str(node.value) for node in ast.walk(call) if isinstance(node, ast.Constant)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_version_of_python_changes_a_result() -> None:
    with_sums = set()
    for path in CALCULATORS:
        tree, name = ast.parse(path.read_text("utf-8")), name_of(path)
        assert uses(tree, "math") <= MATH, name
        assert uses(tree, "statistics") <= STATISTICS, name
        assert not calls(tree, "hash") or path.name in HASHES_WITHIN_A_RUN, f"{name}: a hash may differ from run to run"
        assert not possessive_groups(tree), f"{name}: use REPEATED: Python before 3.11.5 gets such a group wrong"
        if calls(tree, "sum"):
            with_sums.add(name)
    assert with_sums - set(WHOLE_NUMBERS) == set(), "use `sum_of_numbers`: it adds floats alike in every version"
    assert with_sums == set(WHOLE_NUMBERS)


def test_no_version_of_python_changes_a_word() -> None:
    for path in ANSWERING:
        tree, name = ast.parse(path.read_text("utf-8")), name_of(path)
        assert not written_by_repr(tree), f"{name}: use `quoted`, or `!a` in an error for programmers"
        assert name in FLOATS or not calls(tree, "repr"), f"{name}: use `quoted`: `repr` writes as its version knows"
        assert name in ASCII_ALONE or not methods(tree) & UNICODE, f"{name}: ask by a pattern or a list of signs"
        assert not open_patterns(tree), f"{name}: with re.ASCII these mean the same in every version"


def test_what_is_planted_is_found() -> None:
    """A pattern, a text in quotes and a method, each of a kind that answers must not have."""
    tree = ast.parse(PLANTED)
    assert (open_patterns(tree), written_by_repr(tree)) == ([1, 2], [4])
    assert methods(tree) & UNICODE == {"isdigit"} and calls(tree, "sum")
    assert possessive_groups(tree) == [6]


PLANTED = r"""word = re.compile(r"[a-z]\w*")
re.fullmatch(r"\d+", text) and re.fullmatch(r"\d+", text, re.ASCII)
re.sub(r"\s+", " ", text)
raise ValueError(f"{text!r} is none of {names!a}")
total = sum(number for number in numbers if name.isdigit())
string = r'"(?:[^"\\]++|\\.)*+"'
"""
