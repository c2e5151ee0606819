"""The control of each kind of question, which holds what was given as it would be typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.headline import does_label_say_unit
from calculators.engine.declare import (
    Among,
    Choice,
    Day,
    File,
    Files,
    InputKind,
    Month,
    NumberInput,
    Pick,
    Several,
    Text,
    YesNo,
)
from calculators.engine.inputs.controls import SEPARATOR
from calculators.engine.inputs.numerals import spelled_decimals
from calculators.engine.inputs.reading import Setting
from calculators.engine.numbers.rounding import grouped_number, unrounded_quantity
from calculators.engine.numbers.units import SHARE, counts_things
from calculators.engine.records import OWN_RECORD, Record
from calculators.views.html.tags import Safe, joined_html, tag, verbatim_html
from calculators.views.wording import wording_of_alternative_units

MILLION = 10**6


def form_control_text(kind: InputKind, given: Setting) -> str:
    """A value as it stands in its control: written out, so that it needs no echo; a range as it was typed."""
    if given.spread:
        return given.typed
    if given.value is None:
        return ""
    if isinstance(kind, NumberInput):
        return unrounded_quantity(given.value, SHARE) if kind.unit is SHARE else _spelled_number(kind, given.value)
    if isinstance(kind, YesNo):
        return "yes" if given.value else "no"
    return str(given.value)


def _spelled_number(kind: NumberInput, number: Decimal) -> str:
    """A number as it may be typed: one that counts things, so that a point in it is no grouping."""
    text = grouped_number(number).replace("−", "-")
    return spelled_decimals(text) if counts_things(kind.unit) else text


def form_options(answer: Answer, kind: Choice | Among) -> Mapping[str, str]:
    """The labels among which a reader chooses, by the words that stand for them."""
    if isinstance(kind, Choice):
        return kind.options
    return {"any": "any", **{group: group for group in answer.facts.groups(kind.collection)}}


SEARCH = "Search"
"""What the button beside a list of records says."""

SHOWN_RECORDS = "5"
"""How many lines of a list are in sight of which any number of records can be chosen."""

LETTERS = "text"
"""The keys on which a phone has letters, and the hyphen of a day: those for numbers have neither on an iPhone."""


def form_number_keys(answer: Answer, kind: NumberInput) -> str:
    """The keys that a phone offers for a number: those with letters where a word may be typed in place of its unit."""
    return LETTERS if wording_of_alternative_units(kind, answer.facts) else "decimal"


def form_control(
    answer: Answer, id: str, name: str, kind: InputKind, given: Setting, described: str | None
) -> tuple[Safe, str]:
    """A control with the ids of what describes it, and the unit or the form in which it is filled in."""
    match kind:
        case Choice() | Among():
            return _form_control_select(
                id, name, form_options(answer, kind), given, described, _form_control_former_words(kind)
            ), ""
        case YesNo():
            box = tag("input", type="checkbox", id=id, name=name, checked=given.value, aria_describedby=described)
            return box, ""
        case Pick():
            return _form_control_records(answer, id, name, kind, given, described), ""
        case Several():
            return _form_control_several(answer, id, name, kind, given, described), ""
        case Text():
            longest = str(kind.longest)
            box = tag(
                "textarea",
                verbatim_html(given.value),
                id=id,
                name=name,
                rows="1" if kind.is_line else "4",
                autocomplete="off",  # no browser keeps a pasted text on its disk
                data_longest=longest,
                aria_describedby=described,
            )
            return box, ""
        case Files():
            box = tag(
                "input",
                type="file",
                id=id,
                name=name,
                multiple=True,
                data_summed=True,
                aria_describedby=described,
            )
            return box, _form_control_most(kind.longest) if kind.is_whole else "of any size"
        case File():
            longest = str(kind.longest)
            box = tag("input", type="file", id=id, name=name, data_longest=longest, aria_describedby=described)
            return box, _form_control_most(kind.longest)
        case Day():
            return _form_control_input(LETTERS, id, name, str(given.value), described), "YYYY-MM-DD"
        case Month():
            return _form_control_input(LETTERS, id, name, str(given.value), described), "YYYY-MM"
        case NumberInput():
            mode = form_number_keys(answer, kind)
            return _form_control_input(mode, id, name, form_control_text(kind, given), described), _form_control_unit(
                kind
            )
    raise TypeError(f"no control is written for {type(kind).__name__}")


def _form_control_input(mode: str, id: str, name: str, text: str, described: str | None) -> Safe:
    return tag("input", type="text", inputmode=mode, id=id, name=name, value=text, aria_describedby=described)


def _form_control_select(
    id: str, name: str, labels: Mapping[str, str], given: Setting, described: str | None, former: str | None = None
) -> Safe:
    options = [tag("option", label, value=word, selected=word == given.value) for word, label in labels.items()]
    return tag("select", *options, id=id, name=name, aria_describedby=described, data_former=former)


def _form_control_former_words(kind: Choice | Among) -> str | None:
    """What answered the question when it was another one, each with the option that it means now: `yes=batch`."""
    words = kind.former_words if isinstance(kind, Choice) else {}
    return " ".join(f"{former}={word}" for former, word in words.items()) or None


def _form_control_unit(kind: NumberInput) -> str:
    """What stands beside the control of a number; nothing for a share, or where the label says it."""
    noun = "" if kind.unit is SHARE else kind.unit.noun or kind.unit.text
    if noun in ("", "1", "%") or does_label_say_unit(kind.label, kind.unit):
        return ""
    return noun if "/" in noun or noun.endswith(("s", "S", "B", "W")) else f"{noun}s"


def _form_control_most(characters: int) -> str:
    """The limit of a file. A character takes a byte or more, so a file of so many bytes is never too long."""
    megabytes, rest = divmod(Decimal(characters), MILLION)
    return (
        f"at most {grouped_number(Decimal(characters))} characters"
        if rest
        else f"at most {grouped_number(megabytes)} MB"
    )


def _form_control_records(
    answer: Answer, id: str, name: str, kind: Pick, given: Setting, described: str | None
) -> Safe:
    """A drop-down of all records, grouped by seller, and at its end one of the reader's own."""
    own_name = answer.reading.record_type(name).own_name
    own_option = tag("option", own_name, value=OWN_RECORD, selected=given.value == OWN_RECORD)
    inner = [*_form_control_grouped_options(answer, kind, (given.value,)), own_option]
    select = tag("select", *inner, id=id, name=name, data_clears=f"{name}.", aria_describedby=described, translate="no")
    return joined_html(select, _form_control_picker(kind, answer.reading.record_type(name)))


def _form_control_several(
    answer: Answer, id: str, name: str, kind: Several, given: Setting, described: str | None
) -> Safe:
    """A list of all records, of which any number can be chosen."""
    known = answer.facts.records(kind.collection, kind.record, answer.reading.on)
    ends = {record: f"{entry.name}, {entry.end}" for record, entry in known.items() if entry.end}
    options = _form_control_grouped_options(answer, kind, given.value.split(SEPARATOR), ends)
    attributes = {"size": SHOWN_RECORDS, "aria_describedby": described, "translate": "no"}
    select = tag("select", *options, id=id, name=name, multiple=True, **attributes)
    return joined_html(select, _form_control_picker(kind, kind.record))


def _form_control_picker(kind: Pick | Several, record: type[Record]) -> Safe:
    """What opens the search among records of which a list shows more than their names."""
    if not record.glance:
        return Safe("")
    return tag("button", SEARCH, type="button", data_pick=True, aria_label=f"{SEARCH}: {kind.label}")


def _form_control_grouped_options(
    answer: Answer, kind: Pick | Several, chosen: Collection[str], shown: Mapping[str, str] = MappingProxyType({})
) -> list[Safe]:
    """An option for each record of a collection, grouped by seller.

    `shown` has what those that are no longer sold show in place of their names; they cannot be chosen any more.
    """
    groups: dict[str, list[Safe]] = {}
    for record, entry in answer.facts.entries(kind.collection).items():
        is_chosen = record in chosen
        off = record in shown and not is_chosen
        option = tag("option", entry["name"], value=record, label=shown.get(record), selected=is_chosen, disabled=off)
        groups.setdefault(entry["group"], []).append(option)
    return [tag("optgroup", *options, label=group) for group, options in groups.items()]
