"""Runs the tests on mutants inside one pytest session, each in a fork of it: nothing is imported or collected twice.

A fork puts the code of the broken functions in the place of theirs, clears what functions keep, and runs the tests that
reach the mistake up to the first that fails: first the one that noticed this very mistake the last time, then those
that noticed others nearby, then the fastest. No file is written.
"""

from __future__ import annotations

import ast
import gc
import mmap
import os
import re
import resource
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from cProfile import Profile
from functools import cache, partial
from importlib import import_module
from inspect import CO_OPTIMIZED
from itertools import accumulate
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tests.mutation.mutants import CALCULATORS, Mutant, text_of

OURS = str(CALCULATORS) + os.sep

Key = tuple[str, str, int]
"""A function, by its file, its name with what it stands in, and its first line."""

KILLED, SURVIVED, UNREACHED, DECLARED = "killed", "survived", "no test reaches it", "no function uses it"
OUTCOMES = (SURVIVED, KILLED, UNREACHED, DECLARED)
"""What becomes of a mutant; a fork ends with the place of its outcome."""

MEMORY = 4 * 2**30
PATIENCE = 120
"""How many seconds of tests a mutant is given: what so many do not notice needs a test of its own."""

NEAR = (("function", 40), ("file", 8))
"""How much sooner a test is tried for each mutant that it noticed in the same function, or in the same file."""

PLACE = 4
"""The bytes in which a fork notes which test it runs."""


class Trial:
    """A pytest plugin that tries every mutant instead of running the tests once."""

    def __init__(
        self,
        mutants: Sequence[Mutant],
        fits: Callable[[str, str], bool],
        report: Callable[[Mutant, str], object],
        noticed: Mapping[Mutant, str],
        seconds: float = PATIENCE,
        at_once: int = 1,
    ) -> None:
        self.mutants = list(mutants)
        self.fits = fits
        self.patience = seconds
        self.at_once = at_once
        self.tell = report
        self.outcomes: dict[Mutant, str] = {}
        self.noticed = dict(noticed)
        """The tests that noticed mutants, the last time or by now."""
        self.kills: Counter[tuple[str, str, str]] = Counter()
        self.begun = mmap.mmap(-1, PLACE * max(1, len(self.mutants)))
        """For each mutant the place of the test that its fork has begun, which all forks share."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keeps the tests for the topics that the mutants are of."""
        topics = {mutant.topic for mutant in self.mutants}
        items[:] = [test for test in items if any(self.fits(test.nodeid, topic) for topic in topics)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs the tests unbroken, to know what each reaches and how long it takes; then tries the mutants.

        They are run here rather than in a fork, so that forks find imported and read what does not depend on formulas.
        """
        if session.testsfailed:
            raise pytest.UsageError("the tests cannot be collected: run them by themselves")
        for mutant in self.mutants:
            import_module(module_of(mutant))
        self.reached, self.seconds = measured(session)
        self.items = session.items
        self.functions = functions()
        forget()
        gc.freeze()
        running: dict[int, int] = {}
        for place in range(len(self.mutants)):
            if len(running) == self.at_once:
                self.end(running)
            running[fork(partial(self.outcome_index, session, place))] = place
        while running:
            self.end(running)
        return True

    def outcome_index(self, session: pytest.Session, place: int) -> int:
        """The outcome of a mutant, as the exit status of a fork."""
        return OUTCOMES.index(self.outcome(session, place))

    def end(self, running: dict[int, int]) -> None:
        """Waits for one fork."""
        pid, status = os.wait()
        place, code = running.pop(pid), os.waitstatus_to_exitcode(status)
        mutant = self.mutants[place]
        if code == -signal.SIGPROF:  # It computed for too long, which is as good as a failure.
            code = OUTCOMES.index(KILLED)
        self.outcomes[mutant] = OUTCOMES[code] if 0 <= code < len(OUTCOMES) else f"ended with {code}"
        if self.outcomes[mutant] == KILLED:
            begun = int.from_bytes(self.begun[place * PLACE : (place + 1) * PLACE], sys.byteorder)
            self.noticed[mutant] = test = self.items[begun].nodeid
            self.kills.update({("function", mutant.function, test): 1, ("file", mutant.file, test): 1})
        self.tell(mutant, self.outcomes[mutant])

    def outcome(self, session: pytest.Session, place: int) -> str:
        """What the tests say of a mutant, in a fork."""
        mutant = self.mutants[place]
        keys = (defined if mutant.defines else swapped)(mutant, self.functions)
        places = self.places_of_tests(mutant, keys)
        if not places:
            return UNREACHED if keys else DECLARED
        forget()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            for begun, following in zip(places, [*places[1:], None], strict=True):
                self.begun[place * PLACE : (place + 1) * PLACE] = begun.to_bytes(PLACE, sys.byteorder)
                test = self.items[begun]
                signal.setitimer(signal.ITIMER_PROF, 5 + 2 * self.seconds[test.nodeid])
                if not passed(session, test, None if following is None else self.items[following]):
                    return KILLED
        except MemoryError:  # It filled all memory, which is as good as a failure.
            return KILLED
        return SURVIVED

    def places_of_tests(self, mutant: Mutant, keys: set[Key]) -> list[int]:
        """Where the tests stand that a mutant is given, the most promising first."""

        def cost(place: int) -> tuple[bool, float]:
            test = self.items[place].nodeid
            scopes = zip(NEAR, (mutant.function, mutant.file), strict=True)
            promise = 1 + sum(weight * self.kills[kind, name, test] for (kind, weight), name in scopes)
            return test != self.noticed.get(mutant), (self.seconds[test] + 0.01) / promise

        places = [
            place
            for place, test in enumerate(self.items)
            if keys & self.reached[test.nodeid] and self.fits(test.nodeid, mutant.topic)
        ]
        places.sort(key=cost)
        taken = accumulate((self.seconds[self.items[place].nodeid] for place in places), initial=0.0)
        return [place for place, before in zip(places, taken, strict=False) if before < self.patience]


def module_of(mutant: Mutant) -> str:
    """The module that is broken, as it is imported."""
    return "calculators." + mutant.file.removesuffix("/__init__").replace("/", ".")


def fork(work: Callable[[], int]) -> int:
    """Does some work in a fork, silently, and gives the fork's number; the work's result is its exit status."""
    if pid := os.fork():
        return pid
    status = 100
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        status = work()
    finally:
        os._exit(status)


@contextmanager
def silence() -> Iterator[None]:
    """Nothing is written to the terminal meanwhile."""
    kept = [os.dup(stream) for stream in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for stream, terminal in zip((1, 2), kept, strict=True):
            os.dup2(terminal, stream)
        for opened in (*kept, nowhere):
            os.close(opened)


def measured(session: pytest.Session) -> tuple[dict[str, set[Key]], dict[str, float]]:
    """The functions that each test reaches, with nothing kept from the one before, and the seconds it takes.

    They must all pass.
    """
    reached: dict[str, set[Key]] = {}
    seconds: dict[str, float] = {}
    for test in session.items:
        forget()
        begun, profile = os.times().user, Profile(builtins=False)
        with silence(), profile:
            good = passed(session, test, None)
        if not good:
            raise pytest.UsageError(f"the tests fail without any mistake: run them by themselves\n{test.nodeid}")
        seconds[test.nodeid] = os.times().user - begun
        codes = (entry.code for entry in profile.getstats() if isinstance(entry.code, CodeType))
        reached[test.nodeid] = {key_of(code) for code in codes if code.co_filename.startswith(OURS)}
    return reached, seconds


def passed(session: pytest.Session, test: pytest.Item, following: pytest.Item | None) -> bool:
    """Whether a test passes; what it shares with the following one stays."""
    test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
    return not session.testsfailed


def forget() -> None:
    """Clears what the calculators' and the tests' functions keep, and the calculators over the project's facts."""
    ours = [module for name, module in sys.modules.items() if name.split(".")[0] in ("calculators", "tests")]
    for function in {id(value): value for module in ours for value in vars(module).values()}.values():
        if callable(clear := getattr(function, "cache_clear", None)):
            clear()
    if project := sys.modules.get("macros.project"):
        vars(project)["_loaded"].clear()


def key_of(code: CodeType) -> Key:
    """What a function is called here."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


def parts(code: CodeType) -> Iterator[CodeType]:
    """The functions that stand in a piece of code."""
    return (constant for constant in code.co_consts if isinstance(constant, CodeType))


def changed(old: CodeType, new: CodeType) -> list[tuple[CodeType, CodeType]]:
    """The functions that differ; a module and its classes are none, and in a function that differs others may."""
    if old == new:
        return []
    pairs = zip(parts(old), parts(new), strict=False)
    inner = [pair for before, after in pairs if before.co_name == after.co_name for pair in changed(before, after)]
    return [(old, new), *inner] if old.co_flags & CO_OPTIMIZED else inner


def functions() -> dict[Key, list[FunctionType]]:
    """Every function of the calculators that exists, wherever it is kept."""
    gc.unfreeze()  # The tests' own set-up freezes what it has imported, and what is frozen is not listed.
    existing: defaultdict[Key, list[FunctionType]] = defaultdict(list)
    for candidate in gc.get_objects():
        if isinstance(candidate, FunctionType) and candidate.__code__.co_filename.startswith(OURS):
            existing[key_of(candidate.__code__)].append(candidate)
    return existing


@cache
def code_of(file: str, path: Path) -> CodeType:
    """The code of a file as it is."""
    return compile(text_of(file), str(path), "exec", dont_inherit=True)


def swapped(mutant: Mutant, functions: Mapping[Key, Sequence[FunctionType]]) -> set[Key]:
    """Puts the code of a mutant in the place of the code in memory; gives the functions that differ."""
    broken = compile(mutant.source, str(mutant.path), "exec", dont_inherit=True)
    codes = {key_of(old): new for old, new in changed(code_of(mutant.file, mutant.path), broken)}
    if codes and functions.keys().isdisjoint(codes):
        raise LookupError(f"no function in memory is broken by {mutant.key}")
    for key, code in codes.items():
        for function in functions.get(key, ()):
            function.__code__ = code
    return set(codes)


def defined(mutant: Mutant, functions: Mapping[Key, Sequence[FunctionType]]) -> set[Key]:
    """Gives a named number its wrong value wherever it was imported; gives the functions that use it."""
    home = sys.modules[module_of(mutant)]
    name, names = mutant.function, dict(vars(home))
    old, assigned = names[name], re.compile(rf"^{name}\b[^=\n]*=", re.MULTILINE)
    names[name] = None
    with suppress(TypeError, ValueError, ArithmeticError):  # A number that cannot be computed is none.
        exec(statement(mutant.source, name), names)
    users: set[Key] = set()
    for module in [module for key, module in sys.modules.items() if key.startswith("calculators.")]:
        has_its_own = module is not home and assigned.search(Path(str(module.__file__)).read_text("utf-8"))
        if vars(module).get(name) is old and not has_its_own:
            setattr(module, name, names[name])
            codes = [same[0].__code__ for key, same in functions.items() if key[0] == module.__file__]
            users |= {key_of(user) for code in codes for user in using(code, name)}
    return users


def using(code: CodeType, name: str) -> Iterator[CodeType]:
    """A function, if it uses a name of its module, and those inside it that do."""
    if name in code.co_names:
        yield code
    for part in parts(code):
        yield from using(part, name)


def statement(text: str, name: str) -> CodeType:
    """The line of a module that gives a name its value."""
    lines = [statement for statement in ast.parse(text).body if isinstance(statement, ast.Assign | ast.AnnAssign)]
    targets = [statement.targets[0] if isinstance(statement, ast.Assign) else statement.target for statement in lines]
    line = next(
        statement for statement, target in zip(lines, targets, strict=True) if getattr(target, "id", "") == name
    )
    return compile(ast.Module([line], []), "", "exec")
