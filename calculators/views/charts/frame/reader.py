"""What lets a line or curve be read point by point. Scripts bring it to life."""

from __future__ import annotations

from calculators.views.charts.frame.scales import PLOT, PLOT_TOP
from calculators.views.html.tags import Safe, tag


def svg_reading_line() -> Safe:
    """The upright line that stands where a chart is being read."""
    foot = str(PLOT + PLOT_TOP)
    return tag("line", x1="0", x2="0", y1=str(PLOT_TOP), y2=foot, class_="reading-line", visibility="hidden")


def svg_chart_reader(label: str, count: int) -> Safe:
    """A slider that reads the values of a chart from the table below it; scripts bring it to life."""
    last = str(count - 1)
    control = tag("input", type="range", min="0", max=last, value="0", data_read=True, aria_label=f"Read at: {label}")
    reading = tag(
        "p", "Point at the chart or move the slider to read its values.", class_="reading", aria_hidden="true"
    )
    return tag("div", control, reading, class_="chart-reader")
