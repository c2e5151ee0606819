"""Facts that note which prices are read: what reads none of those that a change moves stays as it is."""

from __future__ import annotations

import json

import pytest

from calculators.catalogue import Catalogue, load
from calculators.domain.records import ModelPrice
from calculators.engine.facts import FactError
from macros.cache.answers import CachedAnswers
from macros.facts import facts_text
from macros.pages.prices import log as change_log
from macros.pages.prices.published import PublishedFigure, published_figures
from macros.pages.prices.watched_facts import RecordFigure, WatchedFacts
from macros.pages.writer import MacroWriter
from macros.project import ROOT
from macros.tokens import count_with_tiktoken
from tests.calculators.settings import SOL

OTHER = "openai/gpt-4.1-mini"
INPUT, OUTPUT, OTHER_INPUT = ("prices", SOL, "input"), ("prices", SOL, "output"), ("prices", OTHER, "input")
DAY = "2026-12-10"


@pytest.fixture
def facts() -> WatchedFacts:
    """The real facts, of which three prices are watched, one of them with an announced change."""
    changed = json.loads(facts_text())
    dated = changed["collections"]["prices"][OTHER]["facts"]["input"]
    dated["values"] = [[dated["values"][0][0], "1"], ["2027-03-01", "2"]]
    published = load(json.dumps(changed | {"as_of": DAY}), count_with_tiktoken).facts
    return WatchedFacts(published, (INPUT, OUTPUT, OTHER_INPUT))


def reads(facts: WatchedFacts, output: str, **given: str) -> set[RecordFigure]:
    """What a figure of the cost of a prompt reads of the watched prices."""
    with facts.noted() as noted:
        MacroWriter(Catalogue(facts)).figure("prompting/cost", output, **given)
    return noted


def test_a_figure_reads_the_prices_of_its_model_and_of_no_other(facts: WatchedFacts) -> None:
    assert reads(facts, "per_month", model=SOL) == {INPUT, OUTPUT}
    assert reads(facts, "per_month", model="openai/gpt-5-nano") == set()
    assert reads(facts, "per_month", model=OTHER) == {OTHER_INPUT}


def test_what_was_computed_before_is_read_again_by_whoever_asks(facts: WatchedFacts) -> None:
    assert reads(facts, "per_month", model=SOL) == reads(facts, "per_month", model=SOL) != set()


def test_reads_within_others_count_for_both(facts: WatchedFacts) -> None:
    with facts.noted() as outer:
        facts.fact(f"prices:{SOL}#input")
        with facts.noted() as inner:
            facts.computed_once("once", lambda: facts.fact(f"prices:{SOL}#output"))
    with facts.noted() as later:
        facts.computed_once("once", lambda: facts.fact(f"prices:{SOL}#input"))
    assert (outer, inner, later) == ({INPUT, OUTPUT}, {OUTPUT}, {OUTPUT})


def test_a_record_is_made_without_a_read_and_a_schedule_reads_all(facts: WatchedFacts) -> None:
    with facts.noted() as noted:
        record = facts.exact_record("prices", OTHER, ModelPrice, DAY)
        assert record.id == OTHER
        assert record.output is not None  # which nobody watches
        assert not noted
        assert [int(later.input or 0) for _, later in record.schedule] == [2]
    assert noted == {OTHER_INPUT}


def test_raw_entries_are_read_whole_and_what_fails_notes_its_reads(facts: WatchedFacts) -> None:
    with facts.noted() as noted:
        assert facts.entry("prices", SOL)["name"]
    assert noted == {INPUT, OUTPUT}
    with pytest.raises(FactError), facts.noted() as noted:
        facts.fact(f"prices:{SOL}#input", "2001-01-01")
    assert not noted, "there is no price on such a day, whatever the price is later"


def moved_figures(catalogue: Catalogue, day: str, figures: list[PublishedFigure]) -> list[PublishedFigure]:
    """Which of some figures the changes of a day move, each computed with the prices before and after them."""
    changed = dict(change_log.price_changes_by_day(catalogue.facts))[day]
    moved = change_log._price_log_moved(catalogue, figures, changed, MacroWriter, CachedAnswers())
    return [figure for figure, _, _ in moved]


DAYS = [day for day, _ in change_log.price_changes_by_day(load(facts_text()).facts)]


@pytest.fixture(scope="module")
def known(catalogue: Catalogue) -> dict[PublishedFigure, set[RecordFigure]]:
    """What each figure on the pages reads of the prices that ever changed."""
    return change_log._price_log_reads(catalogue, published_figures(ROOT / "docs"), MacroWriter, CachedAnswers())


@pytest.mark.one_in(8)
@pytest.mark.parametrize("day", DAYS)
def test_no_change_moves_a_figure_that_reads_none_of_its_prices(
    day: str, known: dict[PublishedFigure, set[RecordFigure]], catalogue: Catalogue
) -> None:
    """An eighth of the figures for each day, and another one for the next."""
    touched = {change.record_figure for change in dict(change_log.price_changes_by_day(catalogue.facts))[day]}
    rest = [figure for figure, reads in known.items() if not reads & touched]
    assert len(rest) > 800
    assert moved_figures(catalogue, day, rest[DAYS.index(day) % 8 :: 8]) == []
