"""The command behind `make refresh-prices`: writes the candidate change and its table; the only reader of the clock."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from macros.catalogue import ROOT
from macros.facts import FactsError, facts_text
from macros.refresh import candidate, first, second
from macros.refresh.compare import compare
from macros.refresh.first import First
from macros.refresh.listed import listed
from macros.refresh.second import Second
from macros.refresh.table import table

REPORT = Path(".cache", "price-refresh.md")


def refresh(data: Path, one: First, two: Second, on: date) -> tuple[str, bool]:
    """Write the candidate into the data folder; gives the report and whether a flag waits for a person."""
    facts_text(data, None, public=True)  # raises FactsError with everything that is wrong
    models = listed(data)
    compared = compare(models, one, two, on)
    changed = candidate.write(data, models, compared.added)
    if one.version != candidate.version_in(data, first.PACKAGE):
        candidate.mark_version(data, first.PACKAGE, one.version, on)
        changed = sorted({model.file for model in models})
    for file in changed:
        candidate.mark_checked(data / file, on)
    if two.version != candidate.version_in(data, second.PACKAGE):
        candidate.mark_version(data, second.PACKAGE, two.version, on)
    lists = f"{first.PACKAGE} {one.version} and {second.PACKAGE} {two.version}"
    refused = _refused(data)
    return table(compared, lists, on, refused), bool(refused) or any(row.is_open for row in compared.rows)


def _refused(data: Path) -> str:
    """Why the candidate does not load, such as a step so large that the files want a reason; nothing where it does."""
    try:
        facts_text(data, None, public=True)
    except FactsError as error:
        return str(error)
    return ""


def today() -> date:
    """The day in Greenwich: the one place that reads the clock."""
    return datetime.now(UTC).date()


def main(arguments: list[str]) -> int:
    """Run the refresh; 1 says that a flag waits for a person."""
    data = ROOT / "data"
    try:
        if arguments:
            print(f"refresh-prices: there is no option {arguments[0]!r}; the one option is --newest", file=sys.stderr)
            return 2
        report, is_open = refresh(data, first.installed(), second.load(data), today())
    except (FactsError, ValueError, OSError) as error:
        print(f"refresh-prices: {error}", file=sys.stderr)
        return 2
    written = ROOT / REPORT
    written.parent.mkdir(exist_ok=True)
    written.write_text(report, "utf-8")
    print(f"{report}\nThe candidate is in data/prices/ (see `git diff`), this table in {REPORT.as_posix()}.")
    return 1 if is_open else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
