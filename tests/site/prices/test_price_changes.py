"""How prices change, as the pages show it: history, announced changes, the log with its moved figures, and the feed."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from calculators.catalogue import load
from calculators.engine.facts import Facts
from calculators.views.charts.history import svg_price_history
from macros.facts import TODAY, FactsError, facts_text
from macros.facts import reading as facts_reading
from macros.pages.prices import changes as price_changes
from macros.pages.prices import log as change_log
from macros.pages.prices.published import published_figures
from macros.pages.writer import MacroWriter
from macros.tokens import count_with_tiktoken
from tests.calculators.settings import SOL
from tests.data.test_overrides import WHOLE

ATOM = "{http://www.w3.org/2005/Atom}"
NAMED = f'model="{SOL}", reasoning="0"'


def changed_facts(*values: tuple[str, str], on: str = "2026-12-10", figure: str = "input") -> str:
    """The real facts with another history of one price and a reason, on a day."""
    changed = json.loads(facts_text())
    entry = changed["collections"]["prices"][SOL]
    entry["facts"][figure]["values"] = [list(dated) for dated in values]
    entry["why"] = {values[-1][0]: "A cheaper chip."}
    return json.dumps(changed | {"as_of": on})


def test_every_step_of_the_data_is_a_change_with_its_reason() -> None:
    facts = Facts(facts_text())
    listed = price_changes.price_changes(facts)
    steps = 0
    for name in ("prices", "older_prices", "embeddings", "gpus", "tuning", "vector_stores", "rerankers"):
        for entry in facts.entries(name).values():
            numbers = [figure for figure in entry["facts"].values() if figure["unit"] not in ("text", "date")]
            steps += sum(
                Decimal(before) != Decimal(after)  # a value may be stated once more
                for figure in numbers
                for (_, before), (_, after) in pairwise(figure["values"])
            )
    assert len(listed) == steps > 20
    assert [change.day for change in listed] == sorted((change.day for change in listed), reverse=True)
    assert all(change.why for change in listed if abs(change.percent) > 20)


def test_announced_changes_are_those_that_have_not_begun() -> None:
    facts = Facts(changed_facts(("2026-11-04", "2"), ("2026-12-10", "1.5"), ("2027-03-01", "1.8")))
    table = price_changes.announced_price_changes(facts)
    (row,) = [row_html for row_html in table.split("<tr>") if "GPT-6.1 Sol" in row_html]
    assert "2027-03-01" in row and "Input price $1.50 → $1.80" in row and "+20%" in row and "A cheaper chip." in row
    days = re.findall(r'<td class="number"><time>(\d{4}-\d\d-\d\d)</time></td>', table)
    assert days == sorted(days) and set(days) == {
        change.day for change in price_changes.price_changes(facts) if change.day > "2026-12-10"
    }
    last = max(change.day for change in price_changes.price_changes(facts))
    assert (
        price_changes.announced_price_changes(Facts(changed_facts(("2026-11-04", "2"), on=last)))
        == "<p>No change is announced.</p>"
    )


# The chart.


def corners(svg: str, name: str) -> list[tuple[float, float]]:
    """The points of the line of that class."""
    match = re.search(rf'<polyline points="([^"]*)" class="{name}"', svg)
    return [(float(x), float(y)) for x, y in (point.split(",") for point in match[1].split())] if match else []


def test_a_history_is_steps_and_what_is_announced_is_drawn_apart() -> None:
    values = [(1, Decimal(2)), (41, Decimal(1)), (81, Decimal(4))]
    svg = svg_price_history([("input", values)], 61, (1, 101), "Input price: a, b.")
    ElementTree.fromstring(svg)
    assert corners(svg, "curve curve-0") == [(0, 50), (40, 50), (40, 75), (60, 75)]
    assert corners(svg, "curve curve-0 is-announced") == [(60, 75), (80, 75), (80, 0), (100, 0)]
    assert "<title>Input price: a, b.</title>" in svg


def test_a_history_begins_with_its_first_price_and_a_steady_one_is_a_line() -> None:
    svg = svg_price_history([("input", [(26, Decimal(3))])], 51, (1, 101), "")
    assert corners(svg, "curve curve-0") == [(25, 0), (50, 0)]
    assert corners(svg, "curve curve-0 is-announced") == [(50, 0), (100, 0)]


def test_a_table_tells_the_history_in_words_too() -> None:
    values = ("2026-11-04", "2"), ("2026-12-10", "1.5"), ("2027-03-01", "1.8")
    facts = load(changed_facts(*values, on="2026-12-20"), count_with_tiktoken)
    table = MacroWriter(facts).table("prices", "input", "output", group="OpenAI", history=True)
    (row,) = [row_html for row_html in table.split("<tr>") if "GPT-6.1 Sol" in row_html]
    history = "Input price: $2 since 2026-11-04, $1.50 since 2026-12-10, $1.80 from 2027-03-01."
    assert f"<title>{history} Output price: $10, unchanged since 2026-11-04.</title>" in row
    assert row.count("chart-history") == 1
    assert len(corners(row, "curve curve-0")) == 4
    day = facts.facts.entry("prices", SOL)["facts"]["output"]["checked"]
    assert f'Checked <time datetime="{day}" data-checked="{day}">{day}</time>' in table
    assert "chart-history" not in MacroWriter(facts).table("prices", "input", group="OpenAI")
    (level,) = [row_html for row_html in table.split("<tr>") if "GPT-6.2 Sol" in row_html]
    assert "chart-history" not in level  # neither price has changed


# The log and the feed.


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Three pages with figures that depend on the model, two of them asked for a day, and with one that does not."""
    pages = {
        "index.md": '---\ntitle: Home\n---\n{{ figure("prompting/cost", "per_month", requests="20k", NAMED) }}\n'
        '{{ figure("prompting/cost", "per_month", model="openai/gpt-4.1-mini") }}\n'
        '{% raw %}{{ figure("no/such", "thing") }}{% endraw %}\n{{ fact("prices:x#y") }}\n',
        "cost/prompting.md": "# No title\n"
        '{{ calculator("prompting/cost", example="A help desk", show="headline", NAMED) }}\n'
        '{{ figure("prompting/cost", "per_month", as_of="2026-11-30", NAMED) }}\n'
        '{{ figure("prompting/cost", "per_month", as_of="2026-12-11", NAMED) }}\n',
        "rag.md": '---\ntitle: Retrieval\n---\n{{ figure("rag/cost",\n  "per_month", model__input="1", NAMED) }}\n',
    }
    for name, text in pages.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("NAMED", NAMED))
    return tmp_path


def test_published_figures_are_read_from_the_pages(docs: Path) -> None:
    named = {"model": SOL, "reasoning": "0"}
    figures = [
        (figure.page, figure.title, figure.calculator, figure.output, json.loads(figure.given))
        for figure in published_figures(docs)
    ]
    assert figures == [
        ("cost/prompting.md", "prompting", "prompting/cost", "per_month", {"example": "A help desk", **named}),
        ("cost/prompting.md", "prompting", "prompting/cost", "per_month", {"as_of": "2026-11-30", **named}),
        ("cost/prompting.md", "prompting", "prompting/cost", "per_month", {"as_of": "2026-12-11", **named}),
        ("index.md", "Home", "prompting/cost", "per_month", {"requests": "20k", **named}),
        ("index.md", "Home", "prompting/cost", "per_month", {"model": "openai/gpt-4.1-mini"}),
        ("rag.md", "Retrieval", "rag/cost", "per_month", {"model__input": "1", **named}),
    ]


def test_the_pages_of_the_project_show_hundreds_of_figures_that_can_be_computed() -> None:
    from macros.project import ROOT, project_catalogue

    figures = published_figures(ROOT / "docs")
    assert len(figures) > 200
    figure = MacroWriter(project_catalogue()).figure
    assert all(listed.text(figure) for listed in figures)


def test_the_log_names_the_figures_that_a_change_moves(docs: Path) -> None:
    """At 20,000 requests a month the output of 300 tokens is 6 Mtok: ten dollars more for each cost 61.20 in all."""
    catalogue = load(changed_facts(("2026-11-04", "10"), ("2026-12-10", "20"), figure="output"), count_with_tiktoken)
    log = change_log.price_change_log(catalogue, docs, MacroWriter)
    part = log.split("## ")[[entry[:10] for entry in log.split("## ")].index("2026-12-10")]
    assert part.startswith("2026-12-10\n")
    assert "Output price $10 → $20" in part and "+100%" in part and "A cheaper chip." in part
    rows = re.findall(r"<tr>(?:(?!</tr>).)*href=\"\.\./\.\./([^\"]*)\"(.*?)</tr>", part)
    assert [address for address, _ in rows] == ["cost/prompting/", "cost/prompting/", "", "rag/"]
    assert f"What a prompt costs: Cost a month (model {SOL}, reasoning 0, on <time>2026-12-11</time>)" in rows[1][1]
    assert f"What a prompt costs: Cost a month (model {SOL}, reasoning 0, requests 20k)" in rows[2][1]
    before, after = (Decimal(price) for price in re.findall(r">\$([\d.]+)<", rows[2][1]))
    assert after - before == Decimal("61.20")
    assert "4 figures on these pages" in part
    for name in ("index.md", "rag.md"):
        (docs / name).unlink()
    text = f'---\ntitle: A\n---\n{{{{ figure("prompting/cost", "per_month", {NAMED}) }}}}\n'
    (docs / "cost" / "prompting.md").write_text(text)
    log = change_log.price_change_log(catalogue, docs, MacroWriter)
    assert "1 figure on these pages" in log and "1 figures" not in log
    announced = load(changed_facts(("2026-11-04", "2"), ("2026-12-20", "1.5")), count_with_tiktoken)
    assert "## 2026-12-20, announced\n" in change_log.price_change_log(announced, docs, MacroWriter)


@pytest.mark.site
def test_the_log_of_the_project_names_the_figures_of_a_model_that_a_page_asks_for_by_its_day(site: Path) -> None:
    """The page on prompting tells what the help desk pays on Gemini 4 Argon before and after 2026-12-01."""
    log = (site / "reference" / "price-changes" / "index.html").read_text("utf-8")
    parts = log.split("<h2")
    (part,) = [part for part in parts if re.match(r'[^>]*id="2026-12-01', part)]
    named = "(A help desk, model google/gemini-4-argon, on <time>2026-12-01</time>)"
    (row,) = [row for row in part.split("<tr>") if named in row]
    assert "cost/prompting/" in row
    assert "gemini-4-argon, on <time>2026-11-30</time>)" not in part


def test_the_feed_has_an_entry_for_each_day_and_only_addresses_of_this_site(tmp_path: Path) -> None:
    facts = Facts(changed_facts(("2026-11-04", "2"), ("2026-12-10", "1.5"), ("2027-03-01", "1.8")))
    content = change_log.price_change_feed(facts, "https://example.org/repo/")
    root = ElementTree.fromstring(content)
    entries = root.findall(f"{ATOM}entry")
    days = [day for day, _ in change_log.price_changes_by_day(facts)]
    assert [str(entry.findtext(f"{ATOM}title"))[:10] for entry in entries] == days
    assert {"2026-12-10", "2027-03-01"} <= set(days)
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == len(days) + 1
    addresses = re.findall(r'https?://[^"<\s]+', content.decode())
    assert {address for address in addresses if not address.startswith("https://example.org/repo/")} == {
        "http://www.w3.org/2005/Atom"
    }
    hrefs = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert "https://example.org/repo/reference/price-changes/#2027-03-01-announced" in hrefs
    assert "https://example.org/repo/reference/price-changes/#2026-12-10" in hrefs
    entry_html = [entry.findtext(f"{ATOM}content") for entry in entries][days.index("2027-03-01")]
    assert entry_html == (
        "GPT-6.1 Sol: Input price $1.50 per million tokens → $1.80 per million tokens. A cheaper chip."
    )
    (updated,) = {
        entry.findtext(f"{ATOM}updated") for entry in entries if "2027" in str(entry.findtext(f"{ATOM}title"))
    }
    assert updated == "2026-12-10T00:00:00Z"
    change_log.write_price_change_feed(facts, "https://example.org/repo/", tmp_path)
    written = tmp_path / change_log.FEED
    assert written.read_bytes() == content
    stamp = written.stat().st_mtime_ns
    change_log.write_price_change_feed(facts, "https://example.org/repo/", tmp_path)
    assert written.stat().st_mtime_ns == stamp


# The day for which the site is built.


def test_the_day_of_the_facts_moves_only_when_something_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    day = "2026-11-29"
    changed = json.loads(facts_text()) | {"as_of": day}
    begins = [change.day for change in price_changes.price_changes(Facts(json.dumps(changed)))]
    assert {"2026-12-01", "2027-01-01"} <= set(begins)
    for today, expected in (
        ("2026-01-01", day),
        (day, day),
        ("2026-11-30", day),
        ("2026-12-01", "2026-12-01"),
        ("2026-12-31", "2026-12-01"),
        ("2027-01-01", "2027-01-01"),
        ("2031-07-19", "2031-07-01"),
    ):
        assert facts_reading.facts_reading_day(changed, today) == expected, today
    monkeypatch.setenv(TODAY, "2031-07-19")
    assert json.loads(facts_text(cache=None))["as_of"] == "2031-07-01"
    monkeypatch.setenv(TODAY, "tomorrow")
    with pytest.raises(FactsError, match="WHICH_LEVER_TODAY: 'tomorrow' is not a day; write it as 2026-11-21"):
        facts_text(cache=None)


def test_texts_for_two_days_are_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a few data, with a price that begins between the days."""
    folder, cache = Path(shutil.copytree(WHOLE, tmp_path / "data")), tmp_path / "cache"
    prices = folder / "prices" / "openai.yaml"
    line = "- {from: 2026-11-04, value: 2, long: 4}"
    step = f"{line}\n        - {{from: 2027-01-01, value: 3, long: 6, reason: A new level.}}"
    prices.write_text(prices.read_text("utf-8").replace(line, step), "utf-8")
    first = facts_text(folder, cache)
    monkeypatch.setenv(TODAY, "2027-01-05")
    assert facts_text(folder, cache) != first
    monkeypatch.delenv(TODAY)
    assert facts_text(folder, cache) == first
