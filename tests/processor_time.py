"""Tell what each file of tests costs in processor time, browsers and other programs included.

It is off until it is asked for: `python3 make.py test -p tests.processor_time`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import make

KEY = "processor_time"
LISTED = 40
"""Files in the list that is printed; the others are added up."""


def descendants() -> Iterator[list[str]]:
    """The fields behind the name in `/proc/<pid>/stat`, of this process and of all that it has started."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stats[path.parent.name] = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # It has just ended.
    wanted = {str(os.getpid())}
    while children := {pid for pid in stats if pid in wanted or stats[pid][1] in wanted} - wanted:
        wanted |= children
    return (stats[pid] for pid in wanted if pid in stats)


def seconds() -> float:
    """Processor time so far; without `/proc`, only that of this process and of the programs that have ended."""
    if not Path("/proc/self/stat").is_file():
        return sum(os.times()[:4])
    ticks = sum(int(number) for fields in descendants() for number in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


class Account:
    """What each file has cost in this process."""

    def __init__(self) -> None:
        make.adopt_orphans()  # What nobody has waited for stays in sight.
        self.last = seconds()
        self.spent: Counter[str] = Counter()

    def charge(self, file: str) -> None:
        now = seconds()
        self.spent[file] += now - self.last  # type: ignore[assignment]  # A Counter adds seconds as it adds counts.
        self.last = now

    def pytest_collection_finish(self) -> None:
        self.charge("(collection)")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
        result = yield
        if nextitem is None or nextitem.path != item.path:
            self.charge(item.location[0])
        return result

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.config.pluginmanager.has_plugin("dsession"):
            return  # The processes that it has spread the tests over have told their own.
        self.charge("(end)")
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[KEY] = dict(self.spent)

    @pytest.hookimpl(optionalhook=True)  # It is one of xdist's, which `-p no:xdist` leaves out.
    def pytest_testnodedown(self, node: object) -> None:
        self.spent.update(getattr(node, "workeroutput", {}).get(KEY, {}))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("processor time")
        listed = self.spent.most_common()
        terminalreporter.write_line(f"{self.spent.total():8.1f} s  in all")
        for file, spent in listed[:LISTED]:
            terminalreporter.write_line(f"{spent:8.1f} s  {file}")
        terminalreporter.write_line(
            f"{sum(spent for _, spent in listed[LISTED:]):8.1f} s  in {len(listed[LISTED:])} more"
        )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Account(), KEY)
