"""A price change rehearsed on a copy of the project, from the refresh to changed sentences, table, chart and log."""

from __future__ import annotations

import copy
import html
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from genai_prices.types import ConditionalPrice, ModelPrice, Provider, StartDateConstraint, Tier, TieredPrices

from macros.facts import facts_text
from macros.refresh import first, second
from macros.refresh.__main__ import refresh_prices
from macros.refresh.first import FirstPriceList
from tests.conftest import build

pytestmark = pytest.mark.site

MODEL = "gpt-6.1-sol"
SEEN = date.fromisoformat(json.loads(facts_text(public=True))["as_of"])
BEGINS, TODAY = SEEN, SEEN + timedelta(1)
REASON = "OpenAI raised the price of input."
NAMED = f'example="A help desk", model="openai/{MODEL}", reasoning="0", found_cached="90%", turns="1"'
"""What the figure is asked with that is added to a page."""


def recorded() -> FirstPriceList:
    """The installed list with one price changed: input of one model costs a quarter more from a day on."""
    providers: list[Provider] = copy.deepcopy(list(first.installed_first_list().providers))
    (model,) = (listed for each in providers if each.id == "openai" for listed in each.models if listed.id == MODEL)
    old = model.prices
    assert isinstance(old, ModelPrice) and old.input_mtok == TieredPrices(Decimal(2), [Tier(272000, Decimal(4))])
    new = copy.copy(old)
    object.__setattr__(new, "input_mtok", TieredPrices(Decimal("2.5"), [Tier(272000, Decimal(5))]))
    model.prices = [ConditionalPrice(prices=old), ConditionalPrice(StartDateConstraint(BEGINS), prices=new)]
    return FirstPriceList(first.installed_first_list().version, providers)


def page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text("utf-8")


def day_of(key: str, text: str) -> date:
    """The day at the top of a file of prices."""
    (day,) = re.findall(rf"^{key}: (.+)$", text, re.MULTILINE)
    return date.fromisoformat(day)


def row(site: Path) -> str:
    """The row of the model in the first table of prices."""
    (cells,) = [
        row_html
        for row_html in page(site, "reference/prices").split("<tr>")
        if "GPT-6.1 Sol<" in row_html and "$10" in row_html
    ][-1:]
    return cells


def built(project: Path, name: str) -> Path:
    process = build(project, project / name)
    assert process.returncode == 0, process.stdout + process.stderr
    return project / name


def name_model(project: Path) -> None:
    """Has every calculator of a copy begin with this model, and one page show a figure that names its settings."""
    questions, costs = project / "calculators/domain/questions/prices.py", project / "docs/cost/prompting.md"
    begun, count = re.subn(r'default="[\w.-]+/[\w.-]+"', f'default="openai/{MODEL}"', questions.read_text("utf-8"))
    assert count == 1
    questions.write_text(begun, "utf-8")
    sentence = f'The help desk pays {{{{ figure("prompting/cost", "per_month", {NAMED}) }}}}.'
    costs.write_text(f"{costs.read_text('utf-8')}\n{sentence}\n", "utf-8")


@pytest.mark.long
def test_a_price_change_goes_from_the_list_to_every_page(project: Path) -> None:
    data_folder, prices = project / "data", project / "data" / "prices" / "openai.yaml"
    name_model(project)
    before = built(project, "before")
    text = prices.read_text("utf-8")

    # The refresh writes one line and asks a person to look.
    report, is_open = refresh_prices(data_folder, recorded(), second.load_second_list(data_folder), TODAY)
    assert is_open
    assert f"| input | {BEGINS} | 2 (long 4) | 2.5 (long 5) | 2 | +25.0 % | **change** |" in report
    assert " 1 lines added, 3 flags open" in report
    limit = day_of("best_before", text) + (TODAY - day_of("checked", text))
    lines = prices.read_text("utf-8").splitlines()
    new = [line for line in lines if line not in text.splitlines()]
    assert [line.strip() for line in new] == [
        f"checked: {TODAY}",
        f"best_before: {limit}",
        f"- {{from: {BEGINS}, value: 2.5, long: 5}}",
    ]
    assert len(lines) == len(text.splitlines()) + 1

    # The person looks, writes why, and the next run is content.
    reasons = f"    accepted:\n      {BEGINS}: {REASON}\n      disagreement: The second list has yet to follow.\n"
    name = f"  {MODEL}:\n    name: GPT-6.1 Sol\n"
    accepted = prices.read_text("utf-8")
    assert name in accepted
    prices.write_text(accepted.replace(name, name + reasons), "utf-8")
    report, is_open = refresh_prices(data_folder, recorded(), second.load_second_list(data_folder), TODAY)
    assert not is_open and " 0 lines added, 0 flags open" in report

    after = built(project, "after")
    assert json.loads(facts_text(data_folder, None))["as_of"] == TODAY.isoformat()

    # Table and chart.
    assert ">$2<" in row(before) and ">$2.50<" in row(after)
    assert "chart-history" not in row(before)
    assert f"Input price: $2 since 2026-11-04, $2.50 since {BEGINS}." in row(after)
    (step, *_) = re.findall(r'points="([^"]*)" class="curve curve-0"', row(after))
    assert len(step.split()) == 4

    # The log names each sentence and headline that moved; the pages show just that.
    log = page(after, "reference/price-changes")
    assert f'id="{BEGINS}"' not in page(before, "reference/price-changes")
    part = log.split(f'id="{BEGINS}"')[1].split("<h2")[0]
    assert "Input price $2 → $2.50" in part and REASON in part
    moved = re.findall(r'href="\.\./\.\./([^"]*)".*?<td>(.*?)</td>.*?>([^<>]*)</td>.*?>([^<>]*)</td></tr>', part)
    assert f"{len(moved)} figures on these pages" in part
    assert len(moved) >= 40
    assert len({address for address, *_ in moved}) >= 8
    shown = [
        (
            html.unescape(old) in html.unescape(page(before, address)),
            html.unescape(new) in html.unescape(page(after, address)),
        )
        for address, _, old, new in moved
    ]
    assert [page_name for page_name, changes in zip(moved, shown, strict=True) if not all(changes)] == []
    sentences = [
        re.findall(r'class="figure-value"[^>]*>([^<]*)<', page(site, "cost/prompting")) for site in (before, after)
    ]
    # 51,000 requests with 150 tokens of text, at half a dollar more for a million tokens; the prefix costs as before.
    assert [figures[-1] for figures in sentences] == ["$195.18", "$199.00"]

    # The feed.
    feed = ElementTree.fromstring((after / "assets/runtime/price-changes.xml").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = [
        entry for entry in feed.iter(f"{atom}entry") if str(entry.findtext(f"{atom}title")).startswith(str(BEGINS))
    ]
    assert REASON in str(entry.findtext(f"{atom}content"))


@pytest.mark.long
def test_a_scheduled_price_counts_on_the_day_on_which_it_begins(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nightly build changes nothing but the day it is told."""
    monkeypatch.setenv("WHICH_LEVER_TODAY", "2026-12-01")
    site = built(project, "site")
    (cells,) = [
        row_html
        for row_html in page(site, "reference/prices").split("<tr>")
        if "Gemini 4 Argon<" in row_html and "$20" in row_html
    ]
    assert ">$4<" in cells and ">$20<" in cells and "from 2026-12-01</span>" not in cells
    assert "2026-12-01, announced" not in page(site, "reference/price-changes")
    monkeypatch.setenv("WHICH_LEVER_TODAY", "2034-05-06")
    assert built(project, "much-later").is_dir()
