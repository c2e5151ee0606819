"""The command behind `make refresh-prices`: writes the candidate change and its table; the only reader of the clock."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from macros.facts import FactsError, facts_text
from macros.project import ROOT
from macros.refresh import candidate, first, second
from macros.refresh.compare import compare_price_lists
from macros.refresh.first import FirstPriceList
from macros.refresh.listed import listed_price_models
from macros.refresh.second import Second
from macros.refresh.table import price_refresh_table

REPORT = Path(".cache", "price-refresh.md")


def refresh_prices(folder: Path, first_list: FirstPriceList, second_list: Second, on: date) -> tuple[str, bool]:
    """Write the candidate into the data folder; gives the report and whether a flag waits for a person."""
    facts_text(folder, None, public=True)  # raises FactsError with everything that is wrong
    models = listed_price_models(folder)
    compared = compare_price_lists(models, first_list, second_list, on)
    changed = candidate.write_price_candidate(folder, models, compared.added)
    if first_list.version != candidate.price_list_version(folder, first.PACKAGE):
        candidate.mark_price_list_version(folder, first.PACKAGE, first_list.version, on)
        changed = sorted({model.file for model in models})
    for file in changed:
        candidate.mark_prices_checked(folder / file, on)
    if second_list.version != candidate.price_list_version(folder, second.PACKAGE):
        candidate.mark_price_list_version(folder, second.PACKAGE, second_list.version, on)
    lists = f"{first.PACKAGE} {first_list.version} and {second.PACKAGE} {second_list.version}"
    refused = _refresh_refused(folder)
    return price_refresh_table(compared, lists, on, refused), bool(refused) or any(row.is_open for row in compared.rows)


def _refresh_refused(folder: Path) -> str:
    """Why the candidate does not load, such as a step so large that the files want a reason; nothing where it does."""
    try:
        facts_text(folder, None, public=True)
    except FactsError as error:
        return str(error)
    return ""


def day_of_price_refresh() -> date:
    """The day in Greenwich: the one place that reads the clock."""
    return datetime.now(UTC).date()


def run_price_refresh(arguments: list[str]) -> int:
    """Run the refresh; 1 says that a flag waits for a person."""
    folder = ROOT / "data"
    try:
        if arguments:
            print(f"refresh-prices: there is no option {arguments[0]!r}; the one option is --newest", file=sys.stderr)
            return 2
        report, is_open = refresh_prices(
            folder, first.installed_first_list(), second.load_second_list(folder), day_of_price_refresh()
        )
    except (FactsError, ValueError, OSError) as error:
        print(f"refresh-prices: {error}", file=sys.stderr)
        return 2
    written = ROOT / REPORT
    written.parent.mkdir(exist_ok=True)
    written.write_text(report, "utf-8")
    print(f"{report}\nThe candidate is in data/prices/ (see `git diff`), this table in {REPORT.as_posix()}.")
    return 1 if is_open else 0


if __name__ == "__main__":
    raise SystemExit(run_price_refresh(sys.argv[1:]))
