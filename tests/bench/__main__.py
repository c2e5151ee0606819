"""Prints what `make bench` measures: medians of several runs, so that one noisy run does not decide."""

from __future__ import annotations

import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from macros.catalogue import ROOT, catalogue
from macros.facts import facts_text
from tests.bench.browser import browser_rows
from tests.conftest import build

Row = tuple[str, float, str]


def median_of(runs: int, work: Callable[[], object]) -> float:
    """The median of the seconds that some work takes."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def answers() -> list[Row]:
    """What one question costs once the calculators are loaded."""
    found = catalogue()
    rows = []
    for name in found.names:
        for as_, ask in (("json", "result"), ("page", "result"), ("json", "working")):
            seconds = median_of(25, lambda name=name, as_=as_, ask=ask: found.answer(name, "{}", as_, ask))
            rows.append((f"{name}: {ask} as {as_}", seconds * 1000, "ms"))
    return rows


def starts() -> list[Row]:
    """The terminal command above an empty Python, and reading the facts anew."""

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)

    empty = median_of(9, lambda: run("-c", "pass"))
    command = median_of(9, lambda: run("-m", "macros.terminal", "prompting/cost", "--json"))
    return [
        ("terminal: one answer above an empty Python", (command - empty) * 1000, "ms"),
        ("facts: read and checked anew", median_of(3, lambda: facts_text(cache=None)) * 1000, "ms"),
        ("facts: kept", median_of(9, facts_text) * 1000, "ms"),
    ]


def sizes(site: Path) -> list[Row]:
    """What a page costs over the wire before any Python, and what Python costs after that."""

    def packed(*files: Path) -> float:
        return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1000

    page = site / "cost/prompting/index.html"
    assets = [*site.glob("assets/stylesheets/*.css"), *site.glob("assets/javascripts/bundle*.js")]
    runtime = [*site.glob("assets/runtime/pyodide-*/*"), *site.glob("assets/runtime/[0-9a-f]*/*")]
    fonts = sum(it.stat().st_size for it in site.glob("assets/fonts/*latin-wght*")) / 1000
    return [
        ("page with a calculator, HTML", packed(page), "kB gzip"),
        ("style sheets and the theme's scripts", packed(*assets), "kB gzip"),
        ("font", fonts, "kB"),
        ("Python and the calculators", packed(*runtime), "kB gzip"),
    ]


def main() -> None:
    """Measures everything and prints one line each."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        seconds = median_of(3, lambda: build(ROOT, site))
        rows = [*answers(), *starts(), ("build of the site", seconds, "s"), *sizes(site), *browser_rows(site)]
    for label, value, unit in rows:
        print(f"{label:<52} {value:>10,.1f} {unit}")


if __name__ == "__main__":
    main()
