"""Breaks the formulas one operator at a time and tells which mistakes no test notices: `python3 make.py mutate`.

Words choose what is broken: `rag` a topic, `engine` the formulas that topics share, `rag/_store` a file; without words
it is everything. `--again` tries only those mutants that no test noticed the last time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from functools import cache

import pytest

from tests.mutation.known import LIST, entries, strangers
from tests.mutation.mutants import CALCULATORS, ROOT, Mutant, mutants
from tests.mutation.trial import DECLARED, KILLED, Trial

LAST = ROOT / ".cache" / "mutation.json"
ENGINE = "engine"
FORMULAS = (
    "billing",
    "exact_tests",
    "explore",
    "numbers",
    "plans",
    "rules",
    "smallest_difference",
    "solve",
    "statistics",
    "sweep",
    "swing",
    "traced",
    "units",
)
"""The files of the engine that compute; the others declare, read and write."""

SHARED = (
    "tests/test_doctests.py",
    "tests/oracles/test_worked_examples.py",
    "tests/calculators/test_every_property.py",
    "tests/calculators/test_every_working.py",
)
"""Tests of every calculator, of which those are run that are about the topic's; others of that kind take minutes."""

TRACED = "tests/calculators/test_every_run.py::test_the_traced_run"
"""The traced run of every calculator against the exact one, for the engine's mutants."""

OPTIONS = ["-qq", "--no-summary", "--capture=no", "--tb=native", "--assert=plain", "-p", "no:cacheprovider"]
LEFT_OUT = "operator or shows_in_its_working"
"""Tests that make wrong copies of formulas of their own, from the text of the files, and tests that take minutes."""


def formula_files() -> list[str]:
    """The files that hold formulas: those of every topic, and the engine's that compute."""
    listed = [path.relative_to(CALCULATORS).with_suffix("") for path in sorted(CALCULATORS.glob("*/*.py"))]
    topics = [it.as_posix() for it in listed if it.parts[0] not in (ENGINE, "views") and it.name != "__init__"]
    return [*topics, *(f"{ENGINE}/{name}" for name in FORMULAS)]


def asked_for(words: Iterable[str]) -> list[str]:
    """The formula files that the words name; SystemExit if a word names none."""
    wanted = {word: [it for it in formula_files() if fnmatch(it, word) or it.startswith(f"{word}/")] for word in words}
    for word, files in wanted.items():
        if not files:
            raise SystemExit(f"No formula is in `{word}`: name a topic or one of {', '.join(formula_files())}.")
    return list(dict.fromkeys(it for files in wanted.values() for it in files)) if wanted else formula_files()


@cache
def tests_of(topic: str) -> list[str]:
    """The files of tests for a topic's mutants: its own, those of every calculator, the worked examples."""
    patterns = ("tests/calculators/test_*.py", "tests/engine/test_*.py")
    found = [path.relative_to(ROOT).as_posix() for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    own = [it for it in found if topic == ENGINE or f"/test_{topic}_" in it]
    shared = [*SHARED, TRACED.partition("::")[0]] if topic == ENGINE else SHARED
    return [*(it for it in own if "/test_every_" not in it), *(it for it in shared if (ROOT / it).exists())]


def fits(test: str, topic: str) -> bool:
    """Whether a test is run on a topic's mutants; of those for every calculator, only the ones for the topic's."""
    file = test.partition("::")[0]
    of_all = "/test_every_" not in file or f"[{topic}/" in test or (topic == ENGINE and test.startswith(TRACED))
    return file in tests_of(topic) and of_all


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


def tried(chosen: list[Mutant]) -> dict[Mutant, str]:
    """What became of each mutant; each that no test noticed is told at once."""
    be_hasty()
    trial = Trial(chosen, fits, tell)
    topics = dict.fromkeys(it.topic for it in chosen)
    tests = list(dict.fromkeys(test for topic in topics for test in tests_of(topic)))
    os.chdir(ROOT)
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
    rows = {}
    for file in sorted({it.file for it in outcomes}):
        mine = {it: outcome for it, outcome in outcomes.items() if it.file == file}
        killed = sum(outcome == KILLED for outcome in mine.values())
        same = sum(outcome != KILLED and it.key in KNOWN for it, outcome in mine.items())
        rows[file] = (len(mine), killed, same, len(mine) - killed - same)
    rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))
    for file, counts in rows.items():
        print(f"| {file:<32} | {' | '.join(map(str, counts))} |")
    return rows["all"][-1]


def remembered() -> dict[str, str]:
    """What became of each mutant the last time that it was tried, by its key in words."""
    return dict(json.loads(LAST.read_text("utf-8"))) if LAST.exists() else {}


def remember(outcomes: dict[Mutant, str]) -> None:
    """Keeps what became of the mutants; of two that look alike, the one that no test noticed."""
    found: dict[str, str] = {}
    for it, outcome in outcomes.items():
        if found.get(said(it), KILLED) == KILLED:
            found[said(it)] = outcome
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps(remembered() | found, ensure_ascii=False, indent=0), "utf-8")


def said(mutant: Mutant) -> str:
    """A mutant's key in words."""
    return " | ".join(mutant.key)


def main(words: list[str]) -> int:
    """Tries what the words ask for; 1 if a mutant is left that nobody noticed, or an entry of the list is wrong."""
    files = asked_for(word for word in words if word != "--again")
    wrong = strangers(it for it in KNOWN if it[0] in files)
    every = [it for file in files for it in mutants(file)]
    last = remembered() if "--again" in words else {}
    known = {it: last[said(it)] for it in every if last.get(said(it)) in (KILLED, DECLARED)}
    chosen = [it for it in every if it not in known]
    outcomes = known | (tried(chosen) if chosen else {})
    remember(outcomes)
    left = figures({it: outcome for it, outcome in outcomes.items() if outcome != DECLARED})
    noticed = sorted(KNOWN & {it.key for it, outcome in outcomes.items() if outcome == KILLED})
    for entry in [*wrong, *noticed]:
        trouble = "no such mutant is made:" if entry in wrong else "a test fails:"
        print("\nListed as equivalent, but", trouble, *entry, sep="\n")
    return 1 if left or wrong or noticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
