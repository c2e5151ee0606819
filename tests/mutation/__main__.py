"""Breaks the formulas one operator at a time and tells which mistakes no test notices: `python3 make.py mutate`.

Words choose what is broken: `rag` a topic, `engine` the formulas that topics share, `rag/cost/store` a file; without
words it is everything. What becomes of a mutant is kept at once, so a run may be ended at any time.

- `--again` tries only those mutants that were not tried yet, or that no test noticed the last time.
- `--listed` also tries those on the list of equivalents, which are passed over otherwise.
- `--tests=FILE,FOLDER` takes these tests rather than all of the topic, as long as few are left that they do not notice.
- `--seconds=20` gives a mutant so many seconds of tests rather than two minutes.
- `--forks=1` tries so many mutants at once rather than one on each core.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from functools import cache, partial

import pytest

from tests.mutation.kept import Kept
from tests.mutation.known import LIST, entries, strangers
from tests.mutation.mutants import CALCULATORS, ROOT, Mutant, mutants
from tests.mutation.trial import DECLARED, KILLED, PATIENCE, Trial

SHARED_FORMULAS = ("engine", "domain")
"""The packages whose formulas every topic uses."""

ENGINE_FORMULAS = (
    "engine/numbers/arithmetic",
    "engine/numbers/bare",
    "engine/numbers/conditions",
    "engine/numbers/quantities",
    "engine/numbers/traced",
    "engine/numbers/units",
    "engine/questions/ranges",
    "engine/questions/solve",
    "engine/questions/sweep",
    "engine/questions/swing",
    "engine/rules/alternatives",
    "engine/rules/chain",
    "engine/rules/decision",
    "engine/rules/parsing",
)
"""The files of the engine that compute; the others declare, read and write."""

EVERY = "tests/calculators/every/"
"""The tests of every calculator. Most hold it to itself, and notice little in minutes."""

TRACED = f"{EVERY}test_run.py::test_the_traced_run_gives_the_exact_answer_in_the_declared_units"
"""The traced run of every calculator against the exact one, which notices wrong units.

Asked for by its name, it has all of its cases, and so has every other test. By day a commit has its own share of them.
"""

SHARED = (
    "tests/code/test_doctests.py",
    "tests/oracles/test_worked_examples.py",
    TRACED,
)
"""Tests of every calculator that know right answers or units."""

LISTED = "not tried"
"""What becomes of a mutant on the list of equivalents."""

OPTIONS = ["-qq", "--no-summary", "--capture=no", "--tb=native", "--assert=plain", "-p", "no:cacheprovider"]
LEFT_OUT = "operator"
"""Tests that make wrong copies of formulas of their own, from the text of the files."""


def formula_files() -> list[str]:
    """The files that hold formulas: those of every topic and of the domain, and the engine's that compute."""
    paths = [path.relative_to(CALCULATORS).with_suffix("") for path in sorted(CALCULATORS.glob("*/**/*.py"))]
    return [*(path.as_posix() for path in paths if path.parts[0] not in ("engine", "views")), *ENGINE_FORMULAS]


def asked_for(words: Iterable[str]) -> list[str]:
    """The formula files that the words name; SystemExit if a word names none."""
    wanted = {
        word: [file for file in formula_files() if fnmatch(file, word) or file.startswith(f"{word}/")] for word in words
    }
    for word, files in wanted.items():
        if not files:
            raise SystemExit(f"No formula is in `{word}`: name a topic or one of {', '.join(formula_files())}.")
    return list(dict.fromkeys(file for files in wanted.values() for file in files)) if wanted else formula_files()


@cache
def tests_of(topic: str) -> list[str]:
    """The files of tests for a topic's mutants: its own, the worked examples, those in docstrings."""
    near = ("readers",) if topic == "readers" else (f"calculators/{topic}",)
    folders = ("calculators", "engine", "domain") if topic in SHARED_FORMULAS else near
    tests = [path for folder in folders for path in sorted((ROOT / "tests" / folder).rglob("test_*.py"))]
    selected = [path.relative_to(ROOT).as_posix() for path in tests]
    return [
        *(path for path in selected if EVERY not in path),
        *(test for test in SHARED if (ROOT / file_of(test)).exists()),
    ]


def fits(asked: Sequence[str], test: str, topic: str) -> bool:
    """Whether a test is run on a topic's mutants: it is among those asked for, or else among the topic's.

    Of those for every calculator, these are the traced runs of the topic's calculators.
    """
    is_traced = test.startswith(TRACED) and (topic in SHARED_FORMULAS or f"[{topic}/" in test)
    is_near = bool(asked) or file_of(test) in map(file_of, tests_of(topic))
    return is_near and (EVERY not in test or is_traced)


def file_of(test: str) -> str:
    """The file that a test stands in, or a file of tests itself."""
    return test.partition("::")[0]


def be_hasty() -> None:
    """Tells Hypothesis that a failing example is enough, a smaller one takes minutes to find; and always the same."""
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "hasty",
        phases=(Phase.explicit, Phase.generate),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
        derandomize=True,
    )
    settings.load_profile("hasty")


def tried(chosen: list[Mutant], wish: Namespace, history: Kept) -> dict[Mutant, str]:
    """What became of each mutant, which is kept; each that no test noticed is told at once."""

    def tell_and_keep(mutant: Mutant, outcome: str) -> None:
        tell(mutant, outcome)
        history.add(mutant, outcome, trial.noticed[mutant] if outcome == KILLED else "")

    be_hasty()
    asked = [test for test in wish.tests.split(",") if test]
    noticed = {mutant: test for mutant, (_, test) in history.about(chosen).items() if test}
    trial = Trial(chosen, partial(fits, asked), tell_and_keep, noticed, wish.seconds, wish.forks)
    topics = dict.fromkeys(mutant.topic for mutant in chosen)
    tests = asked or list(dict.fromkeys(test for topic in topics for test in tests_of(topic)))
    os.chdir(ROOT)
    history.begin()
    if pytest.main([*OPTIONS, "-k", f"not ({LEFT_OUT})", *tests], plugins=[trial]):
        raise SystemExit("The mutants were not tried: see above.")
    return trial.outcomes


def tell(mutant: Mutant, outcome: str) -> None:
    """Prints a mutant that no test noticed and that is not known to change no result."""
    if outcome not in (KILLED, DECLARED) and mutant.key not in KNOWN:
        old, new = mutant.lines
        print(f"\n{mutant.file} {mutant.function}: {outcome}\n- {old}\n+ {new}", flush=True)


KNOWN = set(entries(LIST.read_text("utf-8")))


def figures(outcomes: dict[Mutant, str]) -> int:
    """Prints the figures by file; gives the number of mutants that nobody noticed and nobody explained."""
    print(f"\n| {'file':<32} | mutants | killed | equivalent | left |\n| {'---':<32} | ---: | ---: | ---: | ---: |")
    rows: dict[str, tuple[int, ...]] = {}
    for file in sorted({mutant.file for mutant in outcomes}):
        mine = {mutant: outcome for mutant, outcome in outcomes.items() if mutant.file == file}
        killed = sum(outcome == KILLED for outcome in mine.values())
        same = sum(outcome != KILLED and mutant.key in KNOWN for mutant, outcome in mine.items())
        rows[file] = (len(mine), killed, same, len(mine) - killed - same)
    rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))
    for file, counts in rows.items():
        print(f"| {file:<32} | {' | '.join(map(str, counts))} |")
    return rows["all"][-1]


def options(words: list[str]) -> Namespace:
    """What the words ask for, and how."""
    parser = ArgumentParser(prog="mutate", description="Break the formulas, and tell what no test notices.")
    parser.add_argument("words", nargs="*", help="a topic, a package or a file, such as rag or rag/cost/store")
    parser.add_argument("--again", action="store_true", help="only what was not tried yet, or not noticed")
    parser.add_argument("--listed", action="store_true", help="also those on the list of equivalents")
    parser.add_argument("--tests", default="", help="files or folders of tests, with commas, rather than the topic's")
    parser.add_argument("--seconds", type=float, default=PATIENCE, help="how many seconds of tests a mutant is given")
    parser.add_argument("--forks", type=int, default=os.cpu_count() or 1, help="how many are tried at once")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Tries what the words ask for; 1 if a mutant is left that nobody noticed, or an entry of the list is wrong."""
    wish, history = options(words), Kept()
    files = asked_for(wish.words)
    wrong = strangers(entry for entry in KNOWN if entry[0] in files)
    every = [mutant for file in files for mutant in mutants(file)]
    known = {} if wish.listed else {mutant: LISTED for mutant in every if mutant.key in KNOWN}
    if wish.again:
        last = {mutant: outcome for mutant, (outcome, _) in history.about(every).items()}
        known |= {mutant: outcome for mutant, outcome in last.items() if outcome in (KILLED, DECLARED)}
    chosen = [mutant for mutant in every if mutant not in known]
    outcomes = known | (tried(chosen, wish, history) if chosen else {})
    left = figures({mutant: outcome for mutant, outcome in outcomes.items() if outcome != DECLARED})
    unnoticed = {mutant.key for mutant, outcome in outcomes.items() if outcome != KILLED}
    noticed = sorted(KNOWN & {mutant.key for mutant in outcomes} - unnoticed)
    for entry in [*wrong, *noticed]:
        trouble = "no such mutant is made:" if entry in wrong else "a test fails:"
        print("\nListed as equivalent, but", trouble, *entry, sep="\n")
    return 1 if left or wrong or noticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
