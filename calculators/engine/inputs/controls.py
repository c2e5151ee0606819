"""Reads what was typed into one control: a number, a choice, a yes or no, a text, a file or a month."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any, TypeAlias

from calculators.engine.declare import Among, Choice, File, Files, Kind, Month, NumberInput, Several, Text, YesNo
from calculators.engine.facts import Facts
from calculators.engine.inputs.numerals import NO_THINGS, Misread, Spread, names_numeral_thing, read_numeral_or_range
from calculators.engine.inputs.reading import Setting, Value
from calculators.engine.inputs.suggestions import quoted, suggest_labeled, suggest_labeled_or_list
from calculators.engine.numbers.rounding import unrounded_digits, unrounded_quantity
from calculators.engine.numbers.traced import Origin
from calculators.engine.numbers.units import SHARE, Unit

SEPARATOR = ","
"""What stands between the ids of several records, wherever they are one text."""

_YES = {
    "yes": True,
    "y": True,
    "true": True,
    "on": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "off": False,
    "0": False,
}


def read_control(kind: Kind, typed: str | None, facts: Facts, day: str) -> Setting:
    """One question's setting, its default where nothing was typed; Misread says what to type instead.

    A page sends every control, so a text that says no more than the default is the default.
    """
    reader = _READERS[type(kind)]
    default = reader(kind, None, facts, day)
    if typed is None:
        return default
    setting = reader(kind, typed, facts, day)
    unchanged = setting.value == default.value and setting.spread is None
    return dataclasses.replace(setting, origin=default.origin) if unchanged else setting


def read_input_value(kind: Kind, typed: str, facts: Facts) -> Value:
    """What a text means as the answer to a question."""
    return _READERS[type(kind)](kind, typed, facts, facts.as_of).value


def read_bounded_control(
    typed: str, label: str, kind: NumberInput, things: Mapping[str, Decimal] = NO_THINGS
) -> Setting:
    """A number or a range within the bounds of a question; Misread names the bound that was crossed."""
    number = read_numeral_or_range(typed, label, kind.unit, things)
    spread = number if isinstance(number, Spread) else None
    ends = (spread.low, spread.likely, spread.high) if spread else (number,)
    middle = spread.likely if spread else None
    for end in ends:
        assert isinstance(end, Decimal)
        if end < kind.low:
            raise Misread(f"{label} must be {unrounded_quantity(kind.low, kind.unit)} or more")
        if end > kind.high:
            hint = _share_control_hint(typed, number, kind)
            raise Misread(f"{label} must be {unrounded_quantity(kind.high, kind.unit)} or less{hint}")
        if kind.whole and end != end.to_integral_value() and end is not middle:
            raise Misread(f"{label} must be a whole number")
    if spread and kind.whole:
        spread = Spread(spread.low, spread.likely.to_integral_value(), spread.high)
    return Setting(spread.likely if spread else number, typed, Origin("typed"), spread)


def _share_control_hint(typed: str, number: Decimal | Spread, kind: NumberInput) -> str:
    """How to write a share that was typed as hundredths, where these lie within its bounds; else what a share is."""
    if kind.unit is not SHARE:
        return ""
    ends = (number.low, number.high) if isinstance(number, Spread) else (number,)
    is_typed_in_hundredths = "%" not in re.split(r"±|\+/?-", typed)[0]
    if is_typed_in_hundredths and all(kind.low <= end / 100 <= kind.high for end in ends):
        percent, share = ("..".join(unrounded_digits(end / part) for end in ends) for part in (1, 100))
        return f": write {percent.replace('..', '%..')}% or {share}"
    return ": a share is at most 100%" if kind.low == 0 and kind.high == 1 else ""


def _read_control_number(kind: NumberInput, typed: str | None, facts: Facts, day: str) -> Setting:
    if typed is None or (kind.default is None and not typed.strip()):
        if not isinstance(kind.default, str):
            return Setting(kind.default, "", Origin("default", because=kind.because))
        fact = facts.fact(kind.default, day)
        return Setting(Decimal(fact.value), "", Origin("fact", fact=fact.name))
    return read_bounded_control(typed, kind.label, kind, _control_things(kind.unit, facts, day))


def _control_things(unit: Unit, facts: Facts, day: str) -> Mapping[str, Decimal]:
    """What may be typed by name in place of a unit, how many of it each is, and the unit itself: `{"page": 600, …}`."""
    counted = facts.counted_as(unit, day)
    return {**counted, unit.text: Decimal(1)} if counted else counted


def read_control_of_text(
    kind: NumberInput, typed: str, each: Setting, unit: Unit, facts: Facts, day: str
) -> Setting | None:
    """How many things there are where all their text was typed, as pages or tokens; None where something else was.

    Each holds so much text as its own question says, in that unit. A part of a thing counts as a whole one.
    """
    things = {thing: amount / each.value for thing, amount in _control_things(unit, facts, day).items()}
    if not names_numeral_thing(typed, things):
        return None
    setting = read_bounded_control(typed, kind.label, dataclasses.replace(kind, whole=False), things)
    if not kind.whole:
        return setting
    ends = setting.spread and (setting.spread.low, setting.spread.likely, setting.spread.high)
    spread = Spread(*(end.to_integral_value(ROUND_CEILING) for end in ends)) if ends else None
    return dataclasses.replace(setting, value=setting.value.to_integral_value(ROUND_CEILING), spread=spread)


def _read_control_choice(kind: Choice, typed: str | None, facts: Facts, day: str) -> Setting:
    if typed is None:
        return Setting(kind.default, "", Origin("default", because=kind.because))
    typed = kind.former_words.get(typed, typed)
    if typed not in kind.options:
        raise Misread(
            f"{kind.label} must be one of {', '.join(kind.options)}{suggest_labeled(typed[:60], kind.options)}"
        )
    return Setting(typed, typed, Origin("typed"))


def _read_control_among(kind: Among, typed: str | None, facts: Facts, day: str) -> Setting:
    groups = ["any", *facts.groups(kind.collection)]
    by_word = {group.lower(): group for group in groups}
    group = by_word.get((typed or "any").strip().lower())
    if group is None:
        names = {group: "" for group in groups}
        for entry in facts.entries(kind.collection).values():
            names[entry["group"]] += f" {entry['name']}"
        nearest = suggest_labeled((typed or "")[:60], names)
        raise Misread(f"{kind.label} must be one of {', '.join(groups)}{nearest}")
    return Setting(group, typed or "", Origin("typed" if typed else "default"))


def _read_control_several(kind: Several, typed: str | None, facts: Facts, day: str) -> Setting:
    """The ids of the records that are named, in the order in which they are typed; each counts once."""
    if not (typed or "").strip():
        return Setting("", typed or "", Origin("default", because="none is left out"))
    entries = facts.entries(kind.collection)
    by_word = {entry["name"].lower(): id for id, entry in entries.items()} | {id.lower(): id for id in entries}
    most_commas = max(word.count(",") for word in by_word)
    words = [word.strip() for word in re.split(r"[,;\n]", typed or "") if word.strip()]
    ids: dict[str, None] = {}
    while words:
        # A name may hold a comma itself, so the longest that is known goes first.
        lengths = range(min(most_commas + 1, len(words)), 0, -1)
        named = {length: by_word.get(", ".join(words[:length]).lower()) for length in lengths}
        length, id = next(((length, id) for length, id in named.items() if id), (1, None))
        if id is None:
            names = {known: entry["name"] for known, entry in entries.items()}
            word = words[0][:60]
            raise Misread(f"{kind.label}: there is no {quoted(word)}{suggest_labeled_or_list(word, names)}")
        ids[id] = None
        words = words[length:]
    return Setting(SEPARATOR.join(ids), typed or "", Origin("typed"))


def _read_control_yes_no(kind: YesNo, typed: str | None, facts: Facts, day: str) -> Setting:
    if typed is None:
        return Setting(kind.default, "", Origin("default", because=kind.because))
    if typed.strip().lower() not in _YES:
        raise Misread(f"{kind.label} must be yes or no")
    return Setting(_YES[typed.strip().lower()], typed, Origin("typed"))


def _read_control_text(kind: Text, typed: str | None, facts: Facts, day: str) -> Setting:
    if typed is None:
        return Setting(kind.default, "", Origin("default"))
    if len(typed) > kind.longest:
        raise Misread(f"{kind.label} must be {kind.longest:,} characters or fewer")
    return Setting(re.sub(r"[\r\n]+", " ", typed) if kind.is_line else typed, typed, Origin("typed"))


def _read_control_file(kind: File, typed: str | None, facts: Facts, day: str) -> Setting:
    if typed is not None and len(typed) == 0:
        raise Misread(f"{kind.label} is empty")
    if typed and len(typed) > kind.longest:
        raise Misread(f"{kind.label} must be {kind.longest:,} characters or fewer")
    return Setting(typed or "", typed or "", Origin("typed" if typed else "default"))


def _read_control_files(kind: Files, typed: str | None, facts: Facts, day: str) -> Setting:
    if typed and (refusal := kind.refusal(typed, facts)):
        raise Misread(refusal)
    return _read_control_file(kind, typed, facts, day)


def _read_control_month(kind: Month, typed: str | None, facts: Facts, day: str) -> Setting:
    if typed is None:
        return Setting(kind.default, "", Origin("default", because=kind.because))
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", typed.strip(), re.ASCII):
        raise Misread(f"{kind.label} must be a month, like {kind.default}")
    return Setting(typed.strip(), typed, Origin("typed"))


Reader: TypeAlias = Callable[[Any, str | None, Facts, str], Setting]  # each reader takes its own kind of question

_READERS: Mapping[type, Reader] = {
    Among: _read_control_among,
    File: _read_control_file,
    Files: _read_control_files,
    Month: _read_control_month,
    NumberInput: _read_control_number,
    Choice: _read_control_choice,
    Several: _read_control_several,
    YesNo: _read_control_yes_no,
    Text: _read_control_text,
}
