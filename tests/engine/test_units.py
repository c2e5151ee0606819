"""Units multiply, divide and refuse to mix."""

from decimal import Decimal

import pytest

from calculators.engine.numbers import TOKENS_PER_MTOK, choose, largest, months
from calculators.engine.traced import Origin, Traced
from calculators.engine.units import MONTH, MTOK, ONE, TOKENS, USD, USD_PER_MONTH, USD_PER_MTOK, Unit, UnitError, unit


def number(value: int | str, measured: Unit, label: str = "Something") -> Traced:
    return Traced(Decimal(value), measured, label=label, origin=Origin("typed"))


def test_products() -> None:
    cost = number(3000, TOKENS) * number(2, USD_PER_MTOK) / TOKENS_PER_MTOK
    assert cost.unit == USD
    assert cost.value == Decimal("0.006")
    assert (number(5, USD_PER_MONTH) * months(12)).unit == USD
    assert (USD / MTOK * MTOK) == USD
    assert (MONTH / MONTH) == ONE


def test_unlike_quantities_do_not_mix() -> None:
    with pytest.raises(UnitError, match=r"'Prompt' in token \+ 'Price' in USD/Mtok"):
        number(1, TOKENS, "Prompt") + number(1, USD_PER_MTOK, "Price")
    with pytest.raises(UnitError):
        number(1, TOKENS) < number(1, USD)  # noqa: B015
    with pytest.raises(UnitError):
        largest(number(1, TOKENS), number(1, USD))
    with pytest.raises(UnitError):
        choose(number(1, TOKENS) > 0, number(1, TOKENS), number(1, USD))
    with pytest.raises(UnitError):
        number(1, TOKENS) + 1


def test_zero_goes_with_every_unit() -> None:
    assert (number(1, TOKENS) + 0).unit == TOKENS
    assert sum([number(1, TOKENS), number(2, TOKENS)]).value == 3  # type: ignore[union-attr]
    assert largest(0, number(1, TOKENS)).unit == TOKENS
    assert choose(number(1, TOKENS) > 0, 0, number(1, TOKENS)).unit == TOKENS


@pytest.mark.parametrize(
    ("text", "powers"), [("USD/Mtok", USD_PER_MTOK), ("token", TOKENS), ("1", ONE), ("USD/request", USD)]
)
def test_text(text: str, powers: Unit) -> None:
    assert unit(text) == powers
    assert unit(text).text == text


def test_a_malformed_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="no unit"):
        unit("USD per token")
