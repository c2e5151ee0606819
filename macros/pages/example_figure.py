"""An answer as a figure in an article: what came out, with its chart, and a link that opens the calculator on it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from calculators.engine.answering.answer import Answer
from calculators.views.html.page import control_texts
from calculators.views.html.result import html_short_result
from calculators.views.html.sources import html_sources
from calculators.views.html.tables import html_chart
from calculators.views.html.tags import Safe, tag
from calculators.views.wording import wording_of_title

LINK_VERSION = "1"
"""The version of links that `link.js` reads."""


def example_figure(answer: Answer, id: str, situation: str, address: str, changes: Iterable[str]) -> Safe:
    """The headline, amounts and chart of an answer, with a link to the calculator's page that opens it there.

    `situation` is the example that the answer belongs to, or "", and `changes` names what is answered differently.
    """
    title = f"{id}-title"
    sentence, chart = html_chart(answer)
    words = tag("p", sentence, class_="chart-summary")
    return tag(
        "div",
        tag("p", wording_of_title(answer.title, situation), id=title, class_="calc-title"),
        tag(
            "div",
            *html_short_result(answer, None),
            tag("div", words, chart, class_="result-block") if sentence else None,  # shares are told by their table
            tag(
                "a",
                "Change the numbers",
                href=address + scenario_fragment(answer, situation, changes),
                class_="calc-open",
            ),
            html_sources(answer, lambda name: True),
            class_="calc-body",
        ),
        class_="calc calc-figure",
        role="figure",
        id=id,
        data_search_exclude=True,  # the calculator's page is found
        aria_labelledby=title,
    )


def scenario_fragment(answer: Answer, situation: str, changes: Iterable[str]) -> str:
    """The fragment of an address that opens a calculator on an example with the named answers over it."""
    named = {"numbers": LINK_VERSION, "calculator": answer.name}
    if situation:
        named["example"] = situation
    texts = control_texts(answer.reading.typed, answer.reading)
    return f"#{urlencode(named | {f'.{name}': texts[name] for name in changes})}"
