"""Facts hold on their days and nowhere else."""

import json

import pytest

from calculators.domain.records import ModelPrice
from calculators.engine.facts import FactError, Facts, months_between_days

TOLD = {
    "as_of": "2026-11-21",
    "sources": {
        "page": {
            "title": "Prices",
            "publisher": "Maker",
            "url": "https://maker.example/prices",
            "published": None,
            "accessed": "2026-11-20",
        }
    },
    "collections": {
        "prices": {
            "maker/one": {
                "name": "One",
                "group": "Maker",
                "note": "",
                "facts": {
                    "input": {
                        "unit": "USD/Mtok",
                        "values": [["2026-10-01", "1"], ["2026-11-01", "2"], ["2027-01-15", "4"]],
                        "source": "page",
                        "checked": "2026-11-21",
                    },
                    "output": {
                        "unit": "USD/Mtok",
                        "values": [["2026-10-01", "5"]],
                        "source": "page",
                        "checked": "2026-11-21",
                    },
                },
            }
        }
    },
}


@pytest.fixture
def facts() -> Facts:
    return Facts(json.dumps(TOLD))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-10-01", "1"),
        ("2026-10-31", "1"),
        ("2026-11-01", "2"),
        ("2027-01-14", "2"),
        ("2027-01-15", "4"),
        ("2030-01-01", "4"),
    ],
)
def test_the_value_of_the_day(facts: Facts, day: str, text: str) -> None:
    assert facts.fact("prices:maker/one#input", day).value == text


def test_before_the_first_day_there_is_none(facts: Facts) -> None:
    with pytest.raises(FactError, match="not known before 2026-10-01"):
        facts.fact("prices:maker/one#input", "2026-09-30")
    with pytest.raises(FactError, match="no figures on 2026-09-30"):
        facts.figures("prices", "maker/one", ModelPrice, "2026-09-30")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("prices:maker/two#input", "did you mean 'maker/one'"),
        ("prices:maker/one#outptu", "did you mean 'output'"),
        ("price:maker/one#input", "did you mean 'prices'"),
    ],
)
def test_an_unknown_name_names_the_nearest(facts: Facts, name: str, message: str) -> None:
    with pytest.raises(FactError, match=message):
        facts.fact(name)


def test_a_change_counts_from_the_month_in_which_it_begins(facts: Facts) -> None:
    record = facts.records("prices", ModelPrice, "2026-11-21")["maker/one"]
    assert [record.in_month(month).input for month in range(4)] == [2, 2, 4, 4]
    assert record.in_month(2).since == "2027-01-15"


def test_months_between() -> None:
    assert months_between_days("2026-11-30", "2026-12-01") == 1
    assert months_between_days("2026-11-21", "2027-11-20") == 12
    assert months_between_days("2026-11-01", "2026-11-30") == 0


def test_an_entry_not_yet_known_is_left_out_of_a_market(facts: Facts) -> None:
    assert facts.records("prices", ModelPrice, "2026-09-30") == {}


def test_what_is_computed_from_the_facts_is_computed_once(facts: Facts) -> None:
    computed: list[str] = []

    def compute() -> list[str]:
        computed.append("once")
        return computed

    assert facts.computed_once(("a key",), compute) is facts.computed_once(("a key",), compute)
    assert computed == ["once"]
