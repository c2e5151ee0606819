"""Prints what `make bench` measures, with ratios and targets, and keeps it in `.cache/bench.json`.

`make bench` runs everything, which takes an hour; `python3 make.py bench edits terminal` runs two sections, and
`--quick` takes medians of three in place of seven. The load is printed because times mean little on a busy machine.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.bench.building import builds, large_builds
from tests.bench.edits import later_edits
from tests.bench.engines import edits_by_engine
from tests.bench.files.logs import log_rows
from tests.bench.files.training import training_rows
from tests.bench.first_number import first_numbers
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.bench.phone import phone_rows
from tests.bench.startup import first_edits, first_edits_on_a_slow_line
from tests.bench.terminal import terminal_rows
from tests.bench.touch import touches
from tests.bench.weights import weights
from tests.conftest import ROOT

WRITTEN = ROOT / ".cache" / "bench.json"

SECTIONS: dict[str, tuple[str, Callable[[Setting], Iterator[Row]]]] = {
    "number": ("1. The first number", first_numbers),
    "startup": ("2. The first edit", first_edits),
    "slow-line": ("2. The first edit on a slow line", first_edits_on_a_slow_line),
    "edits": ("3. Later edits", later_edits),
    "engines": ("3. Edits in three engines", edits_by_engine),
    "touch": ("4. What a reader feels", touches),
    "phone": ("4. What a reader with a slow phone waits for", phone_rows),
    "weights": ("5. Bytes over the wire", weights),
    "build": ("6. The build, in processor time", builds),
    "large-build": ("6. The build of 1,000 pages, in processor time", large_builds),
    "terminal": ("7. The terminal, in processor time", terminal_rows),
    "logs": ("8. Logs against `json.loads` on the same lines", log_rows),
    "training": ("9. Training files against `json.loads` and the counter", training_rows),
}


def main(words: list[str]) -> int:
    """Measures the sections that are named, or all; 2 where one does not exist."""
    wanted = [word for word in words if word != "--quick"] or list(SECTIONS)
    if unknown := [name for name in wanted if name not in SECTIONS]:
        print(f"There is no section {unknown[0]!r}: {', '.join(SECTIONS)}, or --quick", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(Path(folder), runs=3 if "--quick" in words else 7)
        for name in wanted:
            measure(name, setting)
    return 0


def measure(name: str, setting: Setting) -> None:
    """Prints a section as it is measured, and keeps it beside what other runs kept."""
    title, rows_of = SECTIONS[name]
    print(f"\n{title}: medians of {setting.runs}, {load()}", flush=True)
    rows = []
    for row in rows_of(setting):
        print(row, flush=True)
        rows.append({**asdict(row), "ratio": row.ratio, "met": row.met})
    print(f"Then {load()}", flush=True)
    written = json.loads(WRITTEN.read_text("utf-8")) if WRITTEN.exists() else {}
    written[name] = {"title": title, "runs": setting.runs, "rows": rows}
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(json.dumps(written, indent=1), "utf-8")


def load() -> str:
    """How busy the machine is, where it says so."""
    if not hasattr(os, "getloadavg"):
        return "load unknown"
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
