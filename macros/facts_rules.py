"""The rules that take more than one value to judge: dates in order, prices that belong together, sources that exist.

They read the files as written and skip what is malformed (`facts_form` has said so already), so that every mistake of
a file is reported at once. No rule looks at the clock: `today` is given or there is no such check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from calculators.engine.suggest import nearest
from macros.facts_problems import Problem, shown
from macros.facts_schema import Prices
from macros.facts_values import ACCEPTED
from macros.facts_yaml import Node, Rows, Table, Text

LARGEST_STEP = 5
MONTHS_AHEAD = 24
_EMBEDDING_PRICES = ("input", "batch_input")


def problems(files: dict[str, Node | None], today: date | None = None) -> Iterator[Problem]:
    """Everything wrong between the values of the files, which are named by their path below the data folder.

    What a file that could not be read (None) would have held counts as being there: one mistake is one message.
    """
    sources = _entries(files.get("sources.yaml"), "sources") or None
    for file, root in files.items():
        if root is None:
            continue
        for table in _tables(root):
            yield from _anywhere(table, sources, file, today)
        if file.startswith("prices/"):
            if isinstance(empty := _entry(root, "models"), Table) and not empty.entries:
                yield _at(empty, file, "there are no models; add one, or delete the file")
            for model in _entries(root, "models").values():
                yield from _model(model, _day(root, "checked"), file)
        if file == "models.yaml":
            yield from _known(root, files)
        for each in _entries(root, "entries").values():
            for kept in _entries(each, "facts").values():
                yield from dated(_entry(kept, "values"), _day(kept, "checked") or _day(root, "checked"), file)
        if file == "assumptions.yaml":
            for each in _entries(root, "assumptions").values():
                yield from dated(_entry(each, "values"), _day(each, "checked"), file)
                yield from _ends(each, file)


def _ends(assumption: Node, file: str) -> Iterator[Problem]:
    """What is wrong with a range: the value of today lies outside."""
    ends, lines = _entry(assumption, "range"), list(_rows(_entry(assumption, "values")))
    if not isinstance(ends, Table) or not lines:
        return
    try:
        low, value, high = (Decimal(it) for it in (ends.text("low"), lines[-1].text("value"), ends.text("high")))
    except InvalidOperation:
        return
    if not low <= value <= high or low == high:
        yield _at(ends, file, f"the range from {low} to {high} does not hold the value {value}; widen it, or delete it")


def _anywhere(table: Table, sources: Collection[str] | None, file: str, today: date | None) -> Iterator[Problem]:
    """What is wrong in any table of any file."""
    source = table.text("source")
    if source and sources is not None and source not in sources:
        advice = nearest(source, sources) or "; add it there"
        yield _at(table.entries["source"], file, f"{shown(source)} is not in data/sources.yaml{advice}")
    limits = [
        ("checked", today, "is in the future; write the day you looked"),
        ("accessed", today, "is in the future; write the day you looked"),
        ("published", _day(table, "accessed"), "is after 'accessed'; correct one of the two"),
        ("checked", _day(table, "best_before"), "is after 'best_before'; write a later best_before"),
    ]
    for key, latest, wrong in limits:
        found = _day(table, key)
        if found and latest and found > latest:
            yield _at(table.entries[key], file, f"{shown(key)} {found} {wrong}")


def _known(root: Node, files: dict[str, Node | None]) -> Iterator[Problem]:
    """What is known of models that have no prices."""
    sellers = {
        file.removeprefix("prices/").removesuffix(".yaml"): _entries(files[file], "models")
        for file in files
        if file.startswith("prices/")
    }
    models = [f"{seller}/{id}" for seller, found in sellers.items() for id in found]
    table = _entry(root, "models")
    for id, key in table.keys.items() if isinstance(table, Table) else ():
        seller = id.partition("/")[0]
        if id not in models and sellers.get(seller) != {}:
            advice = nearest(id, models) or "; add its prices, or delete it here"
            yield _at(key, "models.yaml", f"{shown(id)} has no prices in data/prices{advice}")


def _model(model: Node, checked: date | None, file: str) -> Iterator[Problem]:
    prices = _entry(model, "prices")
    if not isinstance(model, Table) or not isinstance(prices, Table):
        return
    embedding = model.text("kind") == "embedding"
    tiered = "long_prompt_above" in model.entries
    typos = not prices.entries.keys() <= Prices.model_fields.keys()
    if model.text("kind") in ("", "inference") and "output" not in prices.entries and not typos:
        yield _at(model.keys["prices"], file, "'output' is missing; add its price, or 'kind: embedding' to the model")
    accepted = set(_entries(model, "accepted"))
    yield from _accepted(model, prices, file)
    for key, node in prices.entries.items():
        if embedding and key not in _EMBEDDING_PRICES:
            said = f"an embedding model has no {shown(key)}; delete it, or delete 'kind: embedding'"
            yield _at(prices.keys[key], file, said)
        yield from dated(node, checked, file, accepted)
        for line in _rows(node):
            if "long" in line.entries and not tiered:
                said = "'long' needs 'long_prompt_above' on the model; add that, or delete 'long'"
                yield _at(line.keys["long"], file, said)
            if "long" not in line.entries and tiered:
                yield _at(
                    line, file, "'long' is missing; this model has 'long_prompt_above', so add the price above it"
                )
        standard = key.removeprefix("batch_")
        if standard != key and standard in prices.entries:
            first, earliest = _first(node), _first(prices.entries[standard])
            if first and earliest and first < earliest:
                said = f"{shown(key)} begins on {first}, before {shown(standard)}; begin it on {earliest} or later"
                yield _at(next(_rows(node)), file, said)
        elif standard != key:
            yield _at(prices.keys[key], file, f"{shown(key)} needs {shown(standard)}; add the standard price")


def _accepted(model: Table, prices: Table, file: str) -> Iterator[Problem]:
    """What is wrong with the reasons of the price refresh: each stands under a day of ours or under what was found."""
    begun = {line.text("from") for node in prices.entries.values() for line in _rows(node)}
    table = _entry(model, "accepted")
    for key, node in table.keys.items() if isinstance(table, Table) else ():
        if key not in begun and key not in ACCEPTED:
            advice = nearest(key, [*ACCEPTED, *sorted(begun)]) or f"; write {', '.join(ACCEPTED)} or such a day"
            yield _at(
                node, file, f"no price begins on {shown(key)}, and the refresh finds nothing of that name{advice}"
            )


def dated(node: Node | None, checked: date | None, file: str, accepted: Collection[str] = ()) -> Iterator[Problem]:
    """What is wrong in a list of dated values; a large step on an accepted day has its reason there."""
    if isinstance(node, Rows) and not node.items:
        yield _at(node, file, "the list is empty; add a line such as - {from: 2026-11-21, value: 2}, or delete the key")
    lines = list(_rows(node))
    for line in lines:
        since, looked = _day(line, "from"), _day(line, "checked") or checked
        if since and looked and (since.year - looked.year) * 12 + since.month - looked.month > MONTHS_AHEAD:
            said = f"{since} is more than {MONTHS_AHEAD} months after 'checked'; check the year"
            yield _at(line.entries["from"], file, said)
    for before, line in pairwise(lines):
        first, second = _day(before, "from"), _day(line, "from")
        if first and second and second <= first:
            yield _at(line.entries["from"], file, f"{second} is not after {first}; put the lines in the order of days")
        reason = line.text("reason") or line.text("from") in accepted
        for key in ("value", "long"):
            old, new = _number(before, key), _number(line, key)
            if old and new and max(old, new) > LARGEST_STEP * min(old, new) and not reason:
                said = f"from {old} to {new} is a change of more than {LARGEST_STEP} times; check it, or add 'reason: '"
                yield _at(line.entries[key], file, said)


def _tables(root: Node) -> Iterator[Table]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Table):
            yield node
            waiting += node.entries.values()
        elif isinstance(node, Rows):
            waiting += node.items


def _entry(node: Node | None, key: str) -> Node | None:
    return node.entries.get(key) if isinstance(node, Table) else None


def _entries(node: Node | None, key: str) -> dict[str, Node]:
    found = _entry(node, key)
    return found.entries if isinstance(found, Table) else {}


def _rows(node: Node | None) -> Iterator[Table]:
    return (item for item in node.items if isinstance(item, Table)) if isinstance(node, Rows) else iter(())


def _first(node: Node) -> date | None:
    return next((_day(line, "from") for line in _rows(node)), None)


def _day(node: Node | None, key: str) -> date | None:
    found = _entry(node, key)
    try:
        return date.fromisoformat(found.text) if isinstance(found, Text) else None
    except ValueError:
        return None


def _number(table: Table, key: str) -> Decimal | None:
    try:
        found = Decimal(table.text(key))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 and abs(found.adjusted()) < 12 else None


def _at(node: Node, file: str, message: str) -> Problem:
    return Problem(file, node.line, node.column, message)
