"""Holds every listed price against both lists, today and on every later day on which one begins.

A finding that a person must look at carries a flag. It stays until the model's row says why it is right, under
`accepted` in its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from calculators.engine.facts import months_between_days
from macros.refresh import first as first_list
from macros.refresh.first import FirstPriceList, Price
from macros.refresh.listed import FIGURES, ListedPrice, ListedPriceLine, listed_price_in_force
from macros.refresh.second import Opinion, Second

MONTHS_AHEAD = 24
NOTICE = timedelta(days=90)
LARGEST_CHANGE = Decimal(20)
"""A larger change, in percent, is a flag."""


@dataclass(frozen=True)
class PriceListRow:
    """One line of the report: a figure of a model on a day, with what each side says. Empty where it says nothing."""

    id: str
    figure: str
    day: date
    old: str
    first: str
    second: str
    change: Decimal | None
    url: str
    flag: str = ""
    accepted: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person still has to look at it."""
        return bool(self.flag) and not self.accepted


@dataclass(frozen=True)
class Compared:
    """What comparing found: the rows of the report, the lines to append by model and figure, and how much it asked."""

    rows: list[PriceListRow]
    added: dict[str, dict[str, list[ListedPriceLine]]]
    asked: int


def compare_price_lists(models: Sequence[ListedPrice], first: FirstPriceList, second: Second, today: date) -> Compared:
    """Every listed model held against both lists."""
    rows: list[PriceListRow] = []
    added: dict[str, dict[str, list[ListedPriceLine]]] = {}
    asked = 0
    for model in models:
        entry = first.find(model)
        opinion = second.opinions.get(model.id)
        by_day: dict[date, dict[str, Price]] = {}
        if entry is None:
            rows.append(_price_list_row(model, "model", today, "listed", "", "", "vanished"))
        else:
            by_day = {
                day: first_list.first_list_prices(model, entry, day)
                for day in price_list_days(model, first_list.first_list_starts(entry), today)
            }
            new = {figure: list(_price_list_appended(model, figure, by_day, today)) for figure in FIGURES}
            added[model.id] = {figure: lines for figure, lines in new.items() if lines}
            rows += _price_list_limits(model, first_list.first_list_limits(model, entry, today), today)
            rows += _unappendable_price_list_rows(model, by_day, opinion, today)
        asked += sum(len(prices) for prices in by_day.values())
        rows += _price_list_changes(model, added.get(model.id, {}), opinion, today)
        rows += _price_list_disagreements(model, by_day.get(today, {}), opinion, today)
        rows += _price_list_retirement(model, opinion, today)
    return Compared(rows, {id: figures for id, figures in added.items() if figures}, asked)


def price_list_days(model: ListedPrice, starts: set[date], today: date) -> list[date]:
    """Today, every later day within 24 months on which a price begins, and those since our last line in force.

    The 24th month counts whole, as it does where the files are checked. The last kind gives a change its own first day
    where the list knows it.
    """
    ours = {line.since for lines in model.lines.values() for line in lines}
    begun = [line.since for lines in model.lines.values() if (line := listed_price_in_force(lines, today))]
    since = max(begun, default=today)
    ahead = {day for day in starts | ours if months_between_days(today.isoformat(), day.isoformat()) <= MONTHS_AHEAD}
    return sorted({today, *(day for day in ahead if since < day)})


def _price_list_appended(
    model: ListedPrice, figure: str, by_day: dict[date, dict[str, Price]], today: date
) -> Iterator[ListedPriceLine]:
    """The lines that make our prices those of the first list, each on the day from which they differ."""
    lines = model.lines.get(figure, ())
    for day, prices in by_day.items():
        before = listed_price_in_force(lines, day)
        price = prices.get(figure)
        is_news = price is not None and price != (before.price if before else None)
        if is_news and price and not any(line.since == day for line in lines) and (lines or day >= today):
            line = ListedPriceLine(day, *price)
            lines = tuple(sorted((*lines, line)))
            yield line


def _unappendable_price_list_rows(
    model: ListedPrice, by_day: dict[date, dict[str, Price]], opinion: Opinion | None, today: date
) -> Iterator[PriceListRow]:
    """What no appended line can say: a price that is gone, and an announced one that is now another.

    The first list has no price for keeping a cache twelve hours: there the second one suffices.
    """
    for figure, lines in model.lines.items():
        if figure not in by_day[today] and figure.endswith("extended_write") and opinion:
            ours = listed_price_in_force(lines, today)
            if ours and opinion.prices.get(figure) == ours.value:
                continue
        if figure not in by_day[today]:
            yield _price_list_row(model, figure, today, _price_list_last(lines, today), "", "", "vanished")
            continue
        for line in lines:
            announced = by_day.get(line.since, {}).get(figure)
            if line.since > today and announced and announced != line.price:
                yield _price_list_row(
                    model, figure, line.since, _price_list_text(line.price), _price_list_text(announced), "", "revised"
                )


def _price_list_limits(model: ListedPrice, limits: list[int], today: date) -> Iterator[PriceListRow]:
    ours = [model.limit] if model.limit else []
    if limits != ours:
        old, new = (", ".join(map(str, lengths)) for lengths in (ours, limits))
        yield _price_list_row(model, "long_prompt_above", today, old, new, "", "limit")


def _price_list_changes(
    model: ListedPrice, added: dict[str, list[ListedPriceLine]], opinion: Opinion | None, today: date
) -> Iterator[PriceListRow]:
    """A row for every line to append, and one for every large step of our own that nobody accepted.

    The second list knows no days: it is quoted beside a line that is in force.
    """
    for figure in FIGURES:
        new = added.get(figure, [])
        lines = sorted((*model.lines.get(figure, ()), *new))
        second_price = _price_list_number(opinion.prices.get(figure)) if opinion else ""
        for line in new if lines[:1] == new[:1] else ():
            yield _price_list_row(model, figure, line.since, "", _price_list_text(line.price), second_price)
            break
        for before, line in pairwise(lines):
            change = max((_price_list_percent(*step) for step in _price_list_steps(before, line)), key=abs)
            flag = "change" if abs(change) > LARGEST_CHANGE else ""
            if line in new or (flag and line.since.isoformat() not in model.accepted):
                in_second = second_price if line == listed_price_in_force(tuple(lines), today) else ""
                row = _price_list_row(
                    model, figure, line.since, _price_list_text(before.price), _price_list_text(line.price), in_second
                )
                reason = model.accepted.get(line.since.isoformat(), "")
                yield replace(row, change=change, flag=flag, accepted=reason if flag else "")


def _price_list_steps(before: ListedPriceLine, after: ListedPriceLine) -> Iterator[tuple[Decimal, Decimal]]:
    yield before.value, after.value
    if before.long and after.long:
        yield before.long, after.long


def _price_list_percent(before: Decimal, after: Decimal) -> Decimal:
    return (after - before) * 100 / before


def _price_list_disagreements(
    model: ListedPrice, first_prices: dict[str, Price], opinion: Opinion | None, today: date
) -> Iterator[PriceListRow]:
    """Where the second list has another price today than the first; what only one of them has is no disagreement."""
    for figure, (amount, long) in first_prices.items() if opinion else ():
        for name, price in ((figure, amount), (f"long_{figure}", long)):
            second_price = opinion.prices.get(name) if opinion else None
            if price is not None and second_price is not None and second_price != price:
                old = model.line(figure, today)
                ours = (old.long if name != figure else old.value) if old else None
                row = _price_list_row(
                    model,
                    name,
                    today,
                    _price_list_number(ours),
                    _price_list_number(price),
                    _price_list_number(second_price),
                    "disagreement",
                )
                yield replace(row, change=_price_list_percent(price, second_price))


def price_list_disagreements(model: ListedPrice, opinion: Opinion | None, today: date) -> Iterator[str]:
    """Where the second list has another price than our files have today, in words."""
    prices = {figure: line.price for figure in FIGURES if (line := model.line(figure, today))}
    for row in _price_list_disagreements(model, prices, opinion, today):
        yield f"{row.figure} {row.first}, second list {row.second}"


def _price_list_retirement(model: ListedPrice, opinion: Opinion | None, today: date) -> Iterator[PriceListRow]:
    """The day a model stops: a flag where that is near or past, a plain row where only the second list knows it.

    A model that is kept for logs alone has no day that anybody waits for.
    """
    if model.kind == "older":
        return
    ours = model.retires
    second_day = date.fromisoformat(opinion.retires) if opinion and opinion.retires else None
    known = [day for day in (ours, second_day) if day]
    near = bool(known) and min(known) - NOTICE <= today
    if near or (second_day and second_day != ours):
        flag = "retirement" if near else ""
        yield _price_list_row(model, "retires", min(known), str(ours or ""), "", str(second_day or ""), flag)


def _price_list_row(
    model: ListedPrice, figure: str, day: date, old: str, first: str, second: str, flag: str = ""
) -> PriceListRow:
    return PriceListRow(model.id, figure, day, old, first, second, None, model.url, flag, model.accepted.get(flag, ""))


def _price_list_last(lines: tuple[ListedPriceLine, ...], day: date) -> str:
    line = listed_price_in_force(lines, day)
    return _price_list_text(line.price) if line else ""


def _price_list_text(price: Price) -> str:
    amount, long = price
    return (
        _price_list_number(amount)
        if long is None
        else f"{_price_list_number(amount)} (long {_price_list_number(long)})"
    )


def _price_list_number(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount.normalize(), "f")
