"""Makes a browser as slow as a phone's: its programs are stopped for most of the time, in slices shorter than a frame.

Chromium itself slows down the main thread of a page alone, and the calculators' Python runs in a Worker.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SLICE = 0.004
"""Seconds for which the programs run before they are stopped: a frame has 16 ms."""

SLOWED = (b"--type=renderer", b"--type=gpu-process")
"""What draws pages and runs their scripts."""


@contextmanager
def slowed_browsers(times: float) -> Iterator[None]:
    """Has all browsers that this process has started run for one part of so many, until the end of the block.

    Needs `/proc`; a factor of 1 changes nothing.
    """
    if times == 1:
        yield
        return
    is_over = threading.Event()
    thread = threading.Thread(target=_slow_down, args=(times, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _slow_down(times: float, is_over: threading.Event) -> None:
    programs: list[int] = []
    listed_at = 0.0
    while not is_over.is_set():
        if time.monotonic() - listed_at > 0.2:
            programs, listed_at = slowed_programs(os.getpid()), time.monotonic()
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for program in programs:
                with suppress(ProcessLookupError):
                    os.kill(program, number)
            time.sleep(SLICE * (times - 1) if number == signal.SIGSTOP else SLICE)


def slowed_programs(ancestor: int) -> list[int]:
    """The programs below a process that draw pages and run their scripts."""
    parents: dict[int, int] = {}
    commands: dict[int, bytes] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            _, _, behind_the_name = (folder / "stat").read_text("utf-8", "replace").rpartition(")")
            parents[int(folder.name)] = int(behind_the_name.split()[1])
            commands[int(folder.name)] = (folder / "cmdline").read_bytes()
    below = {ancestor}
    while children := {program for program, parent in parents.items() if parent in below} - below:
        below |= children
    return [program for program in below if any(word in commands.get(program, b"") for word in SLOWED)]
