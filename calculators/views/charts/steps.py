"""The steps of a ladder from the foot to the top, with the one that the reader stands on."""

from __future__ import annotations

from calculators.engine.declare import Table
from calculators.views.html.tags import Safe, joined_html, tag

ROW = 40
"""Pixels from one rung to the next."""

RAILS = ("6", "34")
"""Pixels from the left to each rail."""


def svg_steps(table: Table, title: str) -> Safe:
    """A rung for each row, the first at the foot; the reader's own is filled, and what is said of each follows."""
    drawn = [_svg_step_shape(table, number) for number in reversed(range(len(table.rows)))]
    height = ROW * len(table.rows)
    rails = [tag("line", x1=x, x2=x, y1="0", y2=str(height), class_="ladder-rail") for x in RAILS]
    words = joined_html(tag("title", title), tag("desc", svg_steps_summary(table)))
    return tag("svg", words, *rails, *drawn, class_="ladder chart-steps", width="100%", height=str(height), role="img")


def _svg_step_shape(table: Table, number: int) -> Safe:
    """One rung with its name, and below that what is said of it."""
    name, state = table.rows[number]
    middle = ROW * (len(table.rows) - number) - ROW // 2
    tone = table.tones[number] if number < len(table.tones) else ""
    is_own = number == table.own
    mark = tag("circle", cx="20", cy=str(middle), r="9", class_="ladder-here") if is_own else None
    return tag(
        "g",
        tag("rect", x=RAILS[0], y=str(middle - 3), width="28", height="6", class_="ladder-bar"),
        mark,
        tag("text", name, x="50", y=str(middle - 2), class_="ladder-name"),
        tag("text", state, x="50", y=str(middle + 14), class_="ladder-rule"),
        class_=" ".join(["rung", *(["is-own"] if is_own else []), *([f"tone-{tone}"] if tone else [])]),
    )


def svg_steps_summary(table: Table) -> str:
    """Where the reader stands, in one sentence."""
    if table.own is None:
        return "No step of the ladder is left."
    number, _, name = table.rows[table.own][0].partition(". ")
    return f"You are on step {number}, {name}."
