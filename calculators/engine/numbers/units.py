"""Units of measurement: they multiply and divide with the numbers, so that a wrong formula is noticed."""

from __future__ import annotations

import re
from dataclasses import dataclass


class UnitError(TypeError):
    """Two quantities were combined that do not go together, such as tokens plus dollars."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A product of base units with whole powers; `text` is how data and JSON write it.

    Things that are merely counted (requests, examples, turns) have no dimension of their own: they give a number
    its noun, not its meaning in a product. Two units are equal when their powers are.

    >>> (USD / MTOK).text
    'USD/Mtok'
    >>> MTOK * (USD / MTOK) == USD
    True
    """

    powers: tuple[tuple[str, int], ...]
    text: str
    noun: str = ""

    def __eq__(self, unit: object) -> bool:
        return isinstance(unit, Unit) and self.powers == unit.powers

    def __hash__(self) -> int:
        return hash(self.powers)

    def __mul__(self, factor: Unit) -> Unit:
        return _unit_product(self, factor, 1)

    def __truediv__(self, divisor: Unit) -> Unit:
        return _unit_product(self, divisor, -1)

    def named(self, text: str, noun: str = "") -> Unit:
        """The same unit under another name: `USD.named("USD/request")`."""
        return Unit(self.powers, text, noun)


def _unit_product(left: Unit, right: Unit, sign: int) -> Unit:
    if not right.powers:
        counts_of_two_things = not left.powers and left.noun and right.noun not in ("", SHARE.noun)
        return ONE if counts_of_two_things else left
    powers = dict(left.powers)
    for base, power in right.powers:
        powers[base] = powers.get(base, 0) + sign * power
    nonzero = tuple(sorted((base, power) for base, power in powers.items() if power))
    return Unit(nonzero, _unit_as_text(nonzero))


def _unit_as_text(powers: tuple[tuple[str, int], ...]) -> str:
    def side(sign: int) -> str:
        return "·".join(
            base + (f"^{power * sign}" if power * sign > 1 else "") for base, power in powers if power * sign > 0
        )

    below = side(-1)
    return (side(1) or "1") + (f"/{below}" if below else "")


def base_unit(text: str) -> Unit:
    """A unit with a dimension of its own."""
    return Unit(((text, 1),), text)


def counted_unit(noun: str) -> Unit:
    """A number of things, without a dimension: `counted_unit("example")`."""
    return Unit((), noun, noun)


ONE = Unit((), "1")
SHARE = Unit((), "1", "%")
USD = base_unit("USD")
TOKENS = base_unit("token")
MTOK = base_unit("Mtok")
HOUR = base_unit("hour")
MONTH = base_unit("month")
BYTES = base_unit("byte")
GB = base_unit("GB")
DATE = base_unit("date")
TEXT = base_unit("text")
USD_PER_MTOK = USD / MTOK
USD_PER_MONTH = USD / MONTH
USD_PER_HOUR = USD / HOUR
USD_PER_REQUEST = USD.named("USD/request")
REQUESTS_PER_MONTH = (ONE / MONTH).named("request/month", "request")
TURNS = counted_unit("turn")
REQUESTS = counted_unit("request")

_SCALES = ("thousand", "million", "billion", "trillion")


def counts_things(unit: Unit) -> bool:
    """Whether a number of a unit counts single things, in all or in a month: requests, tokens, documents.

    >>> counts_things(REQUESTS_PER_MONTH), counts_things(TOKENS), counts_things(USD), counts_things(SHARE)
    (True, True, False, False)
    """
    name = (unit.noun or unit.text).partition("/")[0]
    return unit.powers in _COUNTING and name not in ("1", SHARE.noun, *_SCALES)


_COUNTING = ((), TOKENS.powers, BYTES.powers, (ONE / MONTH).powers)
"""The dimensions of what is counted."""

_COUNTED = (
    *("request", "example", "turn", "call", "document", "query", "epoch", "page", "passage"),
    *("step", "task", "attempt"),
)


def is_counted_unit(name: str) -> bool:
    """Whether a name is that of things that are counted, such as pages."""
    return name in _COUNTED


def unit_from_text(text: str) -> Unit:
    """The unit that a data file writes as `text`, such as `USD/Mtok`, `token` or `1`; ValueError if it is malformed.

    >>> unit_from_text("USD/Mtok") == USD_PER_MTOK
    True
    """
    if text == "share":
        return SHARE
    if not re.fullmatch(r"(1|[A-Za-z]+(·[A-Za-z]+)*)(/[A-Za-z]+)*", text):
        raise ValueError(f"{text!a} is not a unit: write it like USD/Mtok, token or 1")
    above, *below = text.split("/")
    result = ONE
    for name in above.split("·"):
        result = result * (ONE if name == "1" or name in _COUNTED else base_unit(name))
    for name in below:
        result = result / (ONE if name in _COUNTED else base_unit(name))
    return result.named(text)
