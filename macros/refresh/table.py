"""The report of a refresh as Markdown: what would change, what each list says, and what a person must look at."""

from __future__ import annotations

from datetime import date

from macros.refresh.compare import Compared, PriceListRow

HEADS = ("Model", "Figure", "From", "Ours", "First list", "Second list", "Change", "Flag")


def price_refresh_table(compared: Compared, lists: str, today: date, refused: str) -> str:
    """The whole report."""
    rows = compared.rows
    lines = sum(len(lines_of_figure) for figures in compared.added.values() for lines_of_figure in figures.values())
    waiting = sum(row.is_open for row in rows)
    paragraphs = [
        f"Prices refreshed on {today} from {lists}: {compared.asked} prices asked for, {lines} lines added, "
        f"{waiting} flags open, {sum(bool(row.accepted) for row in rows)} accepted.",
        "Prices in US dollars for a million tokens. The change is that from ours to the first list; where the lists "
        "disagree, that from the first to the second.",
    ]
    if rows:
        paragraphs.append(
            "\n".join(
                [
                    _refresh_table_line(HEADS),
                    _refresh_table_line(["---"] * len(HEADS)),
                    *(_refresh_table_line(_refresh_table_cells(row)) for row in rows),
                ]
            )
        )
    if waiting:
        paragraphs.append(
            "Look at each open flag on the seller's page. Correct the candidate, or write why it is right below the "
            "model in its file:"
        )
        keys = {f"- {row.id}: `accepted: {{{price_refresh_flag(row)}: …}}`": None for row in rows if row.is_open}
        paragraphs.append("\n".join(keys))
    if refused:
        paragraphs.append(
            "The candidate does not load yet:\n\n" + "\n".join(f"- {line}" for line in refused.splitlines())
        )
    return "\n\n".join(paragraphs) + "\n"


def price_refresh_flag(row: PriceListRow) -> str:
    """Under which key of `accepted` a flag is accepted."""
    return row.day.isoformat() if row.flag == "change" else row.flag


def _refresh_table_cells(row: PriceListRow) -> list[str]:
    flag = f"{row.flag}, accepted: {row.accepted}" if row.accepted else f"**{row.flag}**" if row.flag else ""
    change = "" if row.change is None else f"{row.change:+.1f} %"
    model = f"[{row.id}]({row.url})"
    return [model, row.figure, row.day.isoformat(), row.old, row.first, row.second, change, flag]


def _refresh_table_line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') or '–' for cell in cells)} |"
