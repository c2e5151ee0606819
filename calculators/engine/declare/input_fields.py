"""The fields that ask: a dataclass field whose metadata is a kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from calculators.engine.declare.input_kinds import (
    Among,
    Choice,
    Day,
    DeclaredFileReader,
    DeclaredPlanInputs,
    Every,
    File,
    Files,
    Lines,
    Month,
    NumberInput,
    Pick,
    Several,
    Text,
    YesNo,
)
from calculators.engine.declare.kinds import Field, field_of_kind
from calculators.engine.numbers.units import ONE, SHARE, Unit
from calculators.engine.records import Record


def number(
    label: str,
    unit: Unit = ONE,
    *,
    low: int | str,
    high: int | str,
    default: int | str | None,
    because: str = "",
    whole: bool = False,
    each_holds: str = "",
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for a number. Bounds and literal defaults are integers or decimal text; a fact's name has a `:`.

    `each_holds` names the question for the text in each of the things that are counted: their text may be typed, too.
    """
    is_fact = isinstance(default, str) and ":" in default
    if not is_fact and not because:
        raise TypeError(f"{label!a}: a default that is no fact needs its `because`")
    return field_of_kind(
        NumberInput(
            label=label,
            unit=unit,
            low=Decimal(low),
            high=Decimal(high),
            default=default if default is None or (isinstance(default, str) and is_fact) else Decimal(default),
            because=because,
            whole=whole,
            each_holds=each_holds,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
            unless=unless,
            formerly=formerly,
        )
    )


def share(
    label: str,
    *,
    default: int | str | None,
    because: str = "",
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for a share between 0 and 1; people type it as 30% or 0.3. One without a default may stay open."""
    return number(
        label,
        SHARE,
        low=0,
        high=1,
        default=default,
        because=because,
        help=help,
        group=group,
        folded=folded,
        only_if=only_if,
        formerly=formerly,
    )


def choice(
    label: str,
    options: Mapping[str, str],
    *,
    default: str,
    because: str,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
    former_words: Mapping[str, str] | None = None,
) -> Field:
    """A question with a few possible words; `former_words` are understood as the options that they name."""
    return field_of_kind(
        Choice(
            label=label,
            options=MappingProxyType(dict(options)),
            default=default,
            because=because,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
            unless=unless,
            formerly=formerly,
            former_words=MappingProxyType(dict(former_words or {})),
        )
    )


def yes_no(
    label: str,
    *,
    default: bool,
    because: str,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question answered by yes or no."""
    return field_of_kind(
        YesNo(
            label=label,
            default=default,
            because=because,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
            formerly=formerly,
        )
    )


def text(
    label: str,
    *,
    default: str = "",
    longest: int = 100_000,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
    offers: Mapping[str, Callable[[str], Sequence[str]]] | None = None,
) -> Field:
    """A question for free text; `offers` names other questions with what their answers offer as this text."""
    return field_of_kind(
        Text(
            label=label,
            default=default,
            longest=longest,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
            unless=unless,
            formerly=formerly,
            offers=MappingProxyType(dict(offers or {})),
        )
    )


def file(
    label: str,
    *,
    longest: int,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for a file of text, at most `longest` characters."""
    return field_of_kind(
        File(label=label, longest=longest, help=help, group=group, folded=folded, only_if=only_if, formerly=formerly)
    )


def files(
    label: str,
    *,
    open_reader: Callable[..., DeclaredFileReader],
    refusal: Callable[[str, Any], str],
    longest: int,
    read_by: tuple[str, ...] = (),
    is_whole: bool = False,
    told: Callable[[str], str] | None = None,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
) -> Field:
    """A question for files of any size, of which a reader makes a summary of at most `longest` characters.

    `read_by` names the choices that decide how they are read. With `is_whole` it keeps the text of one of them instead.
    `told` says in a few words what a summary holds.
    """
    return field_of_kind(
        Files(
            label=label,
            longest=longest,
            open_reader=open_reader,
            refusal=refusal,
            read_by=read_by,
            is_whole=is_whole,
            told=told,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
        )
    )


def month(
    label: str, *, default: str, because: str, help: str = "", group: str = "", formerly: tuple[str, ...] = ()
) -> Field:
    """A question for a calendar month, such as `2026-11`."""
    return field_of_kind(
        Month(label=label, default=default, because=because, help=help, group=group, formerly=formerly)
    )


def lines(
    label: str,
    line_type: type,
    *,
    most: int,
    default: list[dict[str, object]],
    because: str,
    help: str = "",
    group: str = "",
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for several alike things, each with the questions of a dataclass; `default` as texts to be read."""
    return field_of_kind(
        Lines(
            label=label,
            line_type=line_type,
            most=most,
            default=tuple(MappingProxyType({name: str(cell) for name, cell in line.items()}) for line in default),
            because=because,
            help=help,
            group=group,
            formerly=formerly,
        )
    )


def day(
    label: str,
    *,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for a calendar day; the default is the day of the facts."""
    return field_of_kind(Day(label=label, help=help, group=group, folded=folded, only_if=only_if, formerly=formerly))


def pick(
    collection: str,
    *,
    label: str,
    default: str,
    because: str,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for one record of a collection; the field's type says which kind of record."""
    return field_of_kind(
        Pick(
            label=label,
            collection=collection,
            default=default,
            because=because,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
            formerly=formerly,
        )
    )


def several(
    collection: str,
    record: type[Record],
    *,
    label: str,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for any number of records of a collection; the field's type is `tuple[str, ...]`, their ids."""
    return field_of_kind(
        Several(
            label=label,
            collection=collection,
            record=record,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
            formerly=formerly,
        )
    )


def group_input_field(
    collection: str,
    *,
    label: str,
    help: str = "",
    group: str = "",
    folded: bool = False,
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """A question for one group of a collection, such as the provider of a model; it starts with `any`."""
    return field_of_kind(
        Among(
            label=label,
            collection=collection,
            help=help,
            group=group,
            folded=folded,
            only_if=only_if,
            formerly=formerly,
        )
    )


def every(collection: str) -> Field:
    """All records of a collection; the field's type is `tuple[Record, ...]`."""
    return field_of_kind(Every(label=collection, collection=collection))


def plan_input_field(
    label: str,
    plan: Callable[..., object],
    *,
    shared: Mapping[str, str],
    asked: tuple[str, ...] = (),
    help: str = "",
    only_if: tuple[str, ...] = (),
    formerly: tuple[str, ...] = (),
) -> Field:
    """All questions of the calculator that a `plan` belongs to, in a folded group; the field's value is its `Inputs`.

    `shared={"requests": "requests"}` answers its question of that name by the one here. `asked=("steps",)` asks no
    other question of it, and the rest holds its defaults.
    """
    return field_of_kind(
        DeclaredPlanInputs(
            label=label,
            plan=plan,
            shared=MappingProxyType(dict(shared)),
            asked=asked,
            help=help,
            only_if=only_if,
            formerly=formerly,
        )
    )
