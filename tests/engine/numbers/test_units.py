"""Units multiply, divide and refuse to mix."""

from decimal import Decimal

import pytest

from calculators.engine.numbers import TOKENS_PER_MTOK, choose, largest, months
from calculators.engine.numbers.traced import Origin, Traced
from calculators.engine.numbers.units import (
    HOUR,
    MONTH,
    MTOK,
    ONE,
    REQUESTS,
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    TURNS,
    USD,
    USD_PER_HOUR,
    USD_PER_MONTH,
    USD_PER_MTOK,
    USD_PER_REQUEST,
    Unit,
    UnitError,
    counted_unit,
    unit_from_text,
)
from tests.runs import as_traced


def number(amount: int | str, measured: Unit, label: str = "Something") -> Traced:
    return Traced(Decimal(amount), measured, label=label, origin=Origin("typed"))


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
    assert as_traced(sum([number(1, TOKENS), number(2, TOKENS)])).value == 3
    assert as_traced(largest(0, number(1, TOKENS))).unit == TOKENS
    assert as_traced(choose(number(1, TOKENS) > 0, 0, number(1, TOKENS))).unit == TOKENS


@pytest.mark.parametrize(
    ("text", "powers"), [("USD/Mtok", USD_PER_MTOK), ("token", TOKENS), ("1", ONE), ("USD/request", USD)]
)
def test_text(text: str, powers: Unit) -> None:
    assert unit_from_text(text) == powers
    assert unit_from_text(text).text == text


def test_a_malformed_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="not a unit"):
        unit_from_text("USD per token")


def test_a_product_names_its_units() -> None:
    square = TOKENS * TOKENS
    products = {
        "token^2": square,
        "token^3/USD": square * TOKENS / USD,
        "token^4": square * square,
        "USD/token^2": USD / square,
        "1/token": ONE / TOKENS,
        "USD·token": USD * TOKENS,
        "USD·token^2": square * USD,
        "USD/Mtok·month": USD / MTOK / MONTH,
        "1": square / square,
    }
    assert {text: product.text for text, product in products.items()} == {text: text for text in products}


def test_a_unit_is_what_its_text_says() -> None:
    assert unit_from_text("USD·token/month/Mtok") == USD * TOKENS / MONTH / MTOK
    assert unit_from_text("request/month") == REQUESTS_PER_MONTH == ONE / MONTH
    assert unit_from_text("1/token") == ONE / TOKENS
    assert unit_from_text("token/request").powers == TOKENS.powers and unit_from_text("example") == ONE
    assert unit_from_text("share") is SHARE and unit_from_text("1") != TOKENS
    assert USD_PER_HOUR * HOUR == USD and USD_PER_REQUEST == USD
    assert TOKENS != "token" and TOKENS != USD


def test_counts_keep_their_noun_in_a_share_and_lose_it_in_a_product() -> None:
    """An example times a share is still examples; turns times requests are neither."""
    examples = counted_unit("example")
    assert (examples * SHARE).noun == (examples / SHARE).noun == (examples * ONE).noun == "example"
    assert (TURNS * REQUESTS).noun == (TURNS / REQUESTS).noun == ""
    assert (SHARE * SHARE).noun == "%" and (ONE * TURNS).noun == ""
    assert (TOKENS * TURNS) == TOKENS and (USD / REQUESTS) == USD
