"""What a shortlist says of the months ahead, of what is assumed, and of where its figures come from."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue, Question
from calculators.engine.questions.question import Report
from tests.calculators.answers import answer_json
from tests.calculators.prompting.by_hand import Prices, Work, month
from tests.calculators.prompting.cost import facts, models
from tests.json_types import JsonObject

NAME = "prompting/models"
FLASH, SOL, CLAUDE = "google/gemini-3.8-flash", "openai/gpt-6.2-sol", "anthropic/claude-sonnet-5-5"
DAY, CHANGE = "2026-11-30", "2027-01-01"
GIVEN = {"shortlist": f"{CLAUDE},{FLASH},{SOL}", "requests": "80000", "as_of": DAY, "model": SOL}
"""Before the day on which Google's price doubles."""

PLAIN = {"reasoning": "0", "caching": "no", "repeated": "0", "instructions": "0", "context": "0", "tier": "standard"}
"""Work whose cost is a product of two prices."""


def answered_ahead(catalogue: Catalogue, **more: str) -> JsonObject:
    return answer_json(catalogue, NAME, GIVEN | more)


def flash_month(day: str) -> Fraction:
    """80,000 requests of 2,000 tokens in and 300 out on Gemini 3.8 Flash, by hand."""
    work = Work(requests=Fraction(80_000), user_text=Fraction(2000), answer=Fraction(300), instructions=Fraction(0))
    return month(work, Prices(facts(), FLASH, day))


def test_the_winner_names_its_announced_price(catalogue: Catalogue) -> None:
    """In the headline, in both tables and where a switch is weighed."""
    typed = PLAIN | {"user_text": "2000", "answer": "300", "counted_with": "gemini"}
    answer = answered_ahead(catalogue, **typed)
    now, then = (flash_month(day) for day in (DAY, CHANGE))
    assert then == 2 * now, "the list says that every price doubles"
    words = f"from {CHANGE} ${float(then):,.2f}"
    page = catalogue.answer(Question(NAME, GIVEN | typed, form="html"))
    assert f"Gemini 3.8 Flash from Google, ${float(now):,.2f} a month, {words}" in re.sub("</?time>", "", page)
    for table in answer["tables"]:
        if table["name"] in ("side_by_side", "models"):
            (remark,) = [row[-1] for row in table["rows"] if row[0] == "Gemini 3.8 Flash"]
            assert f"{words} a month" in remark
            assert not any("from 20" in row[-1] for row in table["rows"] if row[0] != "Gemini 3.8 Flash")


def test_a_switch_that_saves_today_and_loses_in_a_year_says_why(catalogue: Catalogue) -> None:
    answer = answered_ahead(catalogue, switching_hours="16", labor_rate="100")
    saving, year = (Decimal(answer["outputs"][name]["value"]) for name in ("saving", "saving_per_year"))
    assert saving > 0 > year
    (note,) = [note for note in answer["notes"] if "A switch saves" in note]
    for words in (f"${saving:,.2f} a month", f"${-year:,.0f} more in 12 months", "16 hours at $100", "$1,600", CHANGE):
        assert words in note
    later = answered_ahead(catalogue, switching_hours="0", as_of="2026-11-30", model=CLAUDE)
    assert not any(
        "A switch saves" in note
        for note in later["notes"]
        if Decimal(later["outputs"]["saving_per_year"]["value"] or 0) >= 0
    )


def test_hidden_reasoning_that_nobody_typed_is_named_with_its_share(catalogue: Catalogue) -> None:
    """500 tokens at the output price: the rest of the request is by hand."""
    answer = answered_ahead(catalogue)
    (note,) = [note for note in answer["notes"] if "hidden reasoning" in note]
    tokens = Decimal(models()[FLASH]["reasoning_medium"]["values"][-1][1])
    output = Decimal(models()[FLASH]["output"]["values"][0][1])
    row = next(row for table in answer["tables"] if table["name"] == "side_by_side" for row in table["rows"])
    share = tokens * output / 10**6 / Decimal(row[2])
    assert row[0] == "Gemini 3.8 Flash" and f"{tokens:,f} tokens" in note
    assert float(re.findall(r"([\d.]+)%", note)[0]) == pytest.approx(float(share) * 100, abs=0.06)
    assert not any("hidden reasoning" in note for note in answered_ahead(catalogue, reasoning="0")["notes"])


def test_a_report_has_the_models_side_by_side_and_the_sources_of_each(catalogue: Catalogue) -> None:
    report = catalogue.answer(Question(NAME, GIVEN, form="markdown", ask=Report(link="https://example.org/")))
    assert "## Your shortlist side by side" in report
    row = next(line for line in report.splitlines() if line.startswith("| Gemini 3.8 Flash"))
    assert f"from {CHANGE}" in row
    sources = report.partition("## Sources")[2]
    assert "[Anthropic, " in sources and "[Google, " in sources and "[OpenAI, " in sources


def test_every_figure_that_was_used_has_the_name_of_its_model(catalogue: Catalogue) -> None:
    page = catalogue.answer(Question(NAME, GIVEN, form="html"))
    names = re.findall(r'class="source-name">([^<]*)<', page)
    assert len(names) == len(set(names)) > 20
    assert not any(re.search(r"[\w/]+:[\w/.-]+#|_", name) for name in names), names
    for model in ("Claude Sonnet 5.5: ", "Gemini 3.8 Flash: ", "GPT-6.2 Sol: "):
        assert any(name.startswith(model) for name in names), model
    assert "Gemini 3.8 Flash: Context window" in names
