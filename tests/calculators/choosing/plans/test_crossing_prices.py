"""A break-even volume holds at its prices: there, asked as the reader's own, both plans cost the same."""

from __future__ import annotations

from decimal import localcontext

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.answer import Answer
from calculators.engine.numbers import EXACT

NAME = "choosing/break_even"
TUNED = {"plans.1.source": "prompting", "plans.2.source": "tuned", "plans.3.source": "", "plans.4.source": ""}
SEARCH = TUNED | {"plans.1.source": "retrieval", "plans.2.source": "both"}
OWN = TUNED | {"plans.2.source": "own", "plans.2.start": "20000", "plans.2.per_request": "0.001"}
STORED = OWN | {"prompting.lifetime": "stored", "prompting.model": "google/gemini-3.8-flash"}
MACHINES = TUNED | {"plans.2.source": "hosting", "people": "no"}

CASES = {
    "a tuned model": TUNED,
    "a tuned model with long instructions": TUNED | {"prompting.instructions": "20k"},
    "a tuned model that writes short answers": TUNED | {"answer": "8", "prompting.instructions": "5k"},
    "a tuned model that searches": SEARCH,
    "costs of one's own": OWN,
    "an index that uses up its minimum": OWN | {"plans.1.source": "retrieval", "retrieval.documents": "100"},
    "a growing volume": TUNED | {"growth": "5%"},
    "a prompt that is kept all the time": STORED,
    "machines of one's own": MACHINES,
}


def asked(catalogue: Catalogue, given: dict[str, str], requests: float) -> Answer:
    with localcontext(EXACT):
        return catalogue.compute(find_calculator(NAME), {**given, "requests": f"{requests:.4f}"})


def saved(catalogue: Catalogue, given: dict[str, str], requests: float) -> float:
    """What the other plan saves at the prices of that volume."""
    with localcontext(EXACT):
        return float(asked(catalogue, given, requests).values["saving"])


def volume(catalogue: Catalogue, given: dict[str, str], requests: float) -> float | None:
    with localcontext(EXACT):
        crossing = asked(catalogue, given, requests).values["break_even_volume"]
        return None if crossing is None else float(crossing)


def bisected(catalogue: Catalogue, given: dict[str, str]) -> float:
    """Where the saving turns its sign, by halving: no formula of a crossing."""
    low, high = 10.0, 1e9
    is_low = saved(catalogue, given, low) > 0
    assert is_low != (saved(catalogue, given, high) > 0)
    for _ in range(40):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if (saved(catalogue, given, middle) > 0) == is_low else (low, middle)
    root: float = (low * high) ** 0.5
    return root


@pytest.mark.parametrize("case", CASES)
def test_the_volume_is_the_same_whatever_volume_it_is_looked_for_from(catalogue: Catalogue, case: str) -> None:
    """Also from far below, where hardly a request finds its prompt cached: there it was a third too low."""
    expected = bisected(catalogue, CASES[case])
    for requests in (200, 5000, 50_000, 3_000_000):
        crossing = volume(catalogue, CASES[case], requests)
        assert crossing is not None and abs(crossing / expected - 1) < 0.002, (requests, crossing, expected)


def gap(catalogue: Catalogue, given: dict[str, str], requests: float, scale: float) -> float:
    """What the other plan costs more over the one month, its parts read off the table, each request scaled."""
    with localcontext(EXACT):
        rows = asked(catalogue, given, requests).values["comparison"].rows
    first, other = ([float(cell) for cell in row[3:5]] for row in rows)
    apart = [total - each * requests for each, total in (first, other)]
    return apart[1] - apart[0] - requests * scale * (first[0] - other[0])


@pytest.mark.parametrize(("row", "sign"), [("Each request costs less", -1), ("Each request costs more", 1)])
def test_the_table_of_settings_holds_volumes_at_their_own_prices(catalogue: Catalogue, row: str, sign: int) -> None:
    given = TUNED | {"horizon": "1"}
    answer = asked(catalogue, given, 1000)
    scale = 1 + sign * float(answer.reading.settings["request_spread"].value)
    with localcontext(EXACT):
        table = answer.values["settings"]
        assert table.rows[table.own][4] == answer.values["break_even_volume"]
        (crossing,) = [float(cells[4]) for cells in table.rows if cells[0] == row]
    low, high = 10.0, 1e9
    for _ in range(40):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if gap(catalogue, given, middle, scale) > 0 else (low, middle)
    assert abs(crossing / low - 1) < 0.002


CHEAP = MACHINES | {"prompting.model": "openai/gpt-6-luna", "prompting.instructions": "10", "user_text": "10"}


def test_machines_that_cost_more_than_they_save_are_never_cheaper(catalogue: Catalogue) -> None:
    """Each further machine costs more than the requests that it serves: no volume is enough, however far one looks."""
    given = CHEAP | {"prompting.model.input": "0.0001", "prompting.model.output": "0.0001"}
    assert volume(catalogue, given, 50_000) is None
    assert all(saved(catalogue, given, requests) < 0 for requests in (1e3, 1e5, 1e7, 1e9, 9e9))
