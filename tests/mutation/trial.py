"""Runs the tests on mutants inside one pytest session, each in a fork of it: nothing is imported or collected twice.

A fork puts the code of the broken functions in the place of theirs, clears what functions keep, and runs the tests that
reach the mistake, the fastest first, up to the first that fails. No file is written.
"""

from __future__ import annotations

import ast
import gc
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FrameType, FunctionType

import pytest

from tests.mutation.mutants import CALCULATORS, Mutant, text_of

OURS = str(CALCULATORS) + os.sep

Key = tuple[str, str, int]
"""A function, by its file, its name with what it stands in, and its first line."""

KILLED, SURVIVED, UNREACHED, DECLARED = "killed", "survived", "no test reaches it", "no function uses it"
OUTCOMES = (SURVIVED, KILLED, UNREACHED, DECLARED)
"""What becomes of a mutant; a fork ends with the place of its outcome."""

MEMORY = 4 * 2**30


class Trial:
    """A pytest plugin that tries every mutant instead of running the tests once."""

    def __init__(
        self, mutants: Sequence[Mutant], fits: Callable[[str, str], bool], report: Callable[[Mutant, str], object]
    ) -> None:
        self.mutants = list(mutants)
        self.fits = fits
        self.tell = report
        self.outcomes: dict[Mutant, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keeps the tests for the topics that the mutants are of."""
        topics = {mutant.topic for mutant in self.mutants}
        items[:] = [test for test in items if any(self.fits(test.nodeid, topic) for topic in topics)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs the tests unbroken, to know what each reaches and how long it takes; then tries the mutants."""
        if session.testsfailed:
            raise pytest.UsageError("the tests cannot be collected: run them by themselves")
        reached, seconds = measured(session)
        self.items = sorted(session.items, key=lambda test: (seconds[test.nodeid], test.nodeid))
        self.reached = {test: {tuple(key) for key in keys} for test, keys in reached.items()}
        self.seconds = seconds
        self.functions = functions()
        gc.freeze()
        running: dict[int, Mutant] = {}
        for mutant in self.mutants:
            if len(running) == (os.cpu_count() or 1):
                self.end(running)
            running[fork(partial(self.outcome_index, session, mutant))] = mutant
        while running:
            self.end(running)
        return True

    def outcome_index(self, session: pytest.Session, mutant: Mutant) -> int:
        """The outcome of a mutant, as the exit status of a fork."""
        return OUTCOMES.index(self.outcome(session, mutant))

    def end(self, running: dict[int, Mutant]) -> None:
        """Waits for one fork."""
        pid, status = os.wait()
        mutant, code = running.pop(pid), os.waitstatus_to_exitcode(status)
        if code == -signal.SIGPROF:  # It computed for too long, which is as good as a failure.
            code = OUTCOMES.index(KILLED)
        self.outcomes[mutant] = OUTCOMES[code] if 0 <= code < len(OUTCOMES) else f"ended with {code}"
        self.tell(mutant, self.outcomes[mutant])

    def outcome(self, session: pytest.Session, mutant: Mutant) -> str:
        """What the tests say of a mutant, in a fork."""
        keys = (defined if mutant.defines else swapped)(mutant, self.functions)
        items = [
            test for test in self.items if keys & self.reached[test.nodeid] and self.fits(test.nodeid, mutant.topic)
        ]
        if not items:
            return UNREACHED if keys else DECLARED
        forget()
        signal.setitimer(signal.ITIMER_PROF, 5 + 2 * sum(self.seconds[test.nodeid] for test in items))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            return SURVIVED if passed(session, items) else KILLED
        except MemoryError:  # It filled all memory, which is as good as a failure.
            return KILLED


def fork(work: Callable[[], int]) -> int:
    """Does some work in a fork, silently, and gives the fork's number; the work's result is its exit status."""
    if pid := os.fork():
        return pid
    status = 100
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        status = work()
    finally:
        os._exit(status)


def measured(session: pytest.Session) -> tuple[dict[str, list[Key]], dict[str, float]]:
    """The functions that each test reaches, and the seconds it takes; they must all pass."""
    reading, writing = os.pipe()
    pid = fork(lambda: tell(session, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        text = pipe.read()
    if os.waitpid(pid, 0)[1] or not text:
        raise pytest.UsageError("the tests fail without any mistake: run them by themselves")
    reached, seconds = json.loads(text)
    return reached, seconds


def note_code(codes: set[CodeType], frame: FrameType, event: str, argument: object) -> None:
    """Notes the code that a call enters; its lines are not traced."""
    codes.add(frame.f_code)


def tell(session: pytest.Session, writing: int) -> int:
    """Runs each test with nothing kept from the one before, and writes what it reached."""
    reached: dict[str, list[Key]] = {}
    seconds: dict[str, float] = {}
    for test in session.items:
        codes: set[CodeType] = set()
        forget()
        begun = os.times().user
        sys.settrace(partial(note_code, codes))
        good = passed(session, [test])
        sys.settrace(None)
        if not good:
            return 1
        seconds[test.nodeid] = os.times().user - begun
        reached[test.nodeid] = [key_of(code) for code in codes if code.co_filename.startswith(OURS)]
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        json.dump((reached, seconds), pipe)
    return 0


def passed(session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    """Whether all of the tests pass; the first that does not ends the run."""
    for test, following in zip(items, [*items[1:], None], strict=True):
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
        if session.testsfailed:
            return False
    return True


def forget() -> None:
    """Clears what the calculators' and the tests' functions keep."""
    ours = [module for name, module in sys.modules.items() if name.split(".")[0] in ("calculators", "tests")]
    for function in {id(value): value for module in ours for value in vars(module).values()}.values():
        if callable(clear := getattr(function, "cache_clear", None)):
            clear()


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


def functions() -> list[FunctionType]:
    """Every function of the calculators that exists, wherever it is kept."""
    return [
        candidate
        for candidate in gc.get_objects()
        if isinstance(candidate, FunctionType) and candidate.__code__.co_filename.startswith(OURS)
    ]


def swapped(mutant: Mutant, functions: Sequence[FunctionType]) -> set[Key]:
    """Puts the code of a mutant in the place of the code in memory; gives the functions that differ."""
    texts = (text_of(mutant.file), mutant.source)
    pairs = changed(*(compile(text, str(mutant.path), "exec", dont_inherit=True) for text in texts))
    codes = {key_of(old): new for old, new in pairs}
    for function in functions:
        function.__code__ = codes.get(key_of(function.__code__), function.__code__)
    return set(codes)


def defined(mutant: Mutant, functions: Sequence[FunctionType]) -> set[Key]:
    """Gives a named number its wrong value wherever it was imported; gives the functions that use it."""
    home = sys.modules["calculators." + mutant.file.removesuffix("/__init__").replace("/", ".")]
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
            codes = [function.__code__ for function in functions if function.__code__.co_filename == module.__file__]
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
