"""How a calculator says what it asks and what it answers: dataclass fields whose metadata is one of these kinds."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from calculators.engine.units import ONE, SHARE, TEXT, Unit

KIND = "kind"
F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What every question has: a label, a group in the form, a sentence of help; a folded group opens on request.

    `formerly` holds the names that the question once had: a link or a scenario file from then still opens.
    """

    label: str
    help: str = ""
    group: str = ""
    folded: bool = False
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Input):
    """A quantity between two bounds. `default` is a number with its `because`, the name of a fact, or None: left open.

    What may be left open is a cell of a line, such as a cost that is taken from elsewhere unless it is typed.
    """

    unit: Unit
    low: Decimal
    high: Decimal
    default: Decimal | str | None
    because: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Input):
    """One of several words; `options` maps each word to its label."""

    options: Mapping[str, str]
    default: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Input):
    """Yes or no."""

    default: bool
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Input):
    """Free text of limited length; it never enters a link or an error message."""

    default: str = ""
    longest: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Input):
    """The text of a file that a reader chooses; a terminal takes its path. Nothing chosen is the empty text."""

    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month(Input):
    """A calendar month, written 2026-11; the value is that text."""

    default: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Input):
    """Several alike things, such as tasks; `of` is a dataclass of numbers, choices, yes-or-noes and texts.

    A cell is named `tasks.2.runs`, lines counted from 1; a line with nothing in it is left out. The value is a tuple of
    `of`.
    """

    of: type
    most: int
    default: tuple[Mapping[str, str], ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Input):
    """A calendar day, written 2026-11-21; the default is the day of the facts themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(Input):
    """One record of a collection of facts, such as a model with its prices; each of its figures can be overridden."""

    collection: str
    default: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Input):
    """One group of a collection, such as a provider; the value is its name, or `any`."""

    collection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Every(Input):
    """All records of a collection, as they stand: nothing to ask, but listed under the result as used."""

    collection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Input):
    """All questions of another calculator, asked here under a name of their own: `tuned.epochs`.

    `plan` is the other's function; its first parameter says which questions. `shared` maps those of them that are not
    asked again to the questions here that answer them.
    """

    plan: Callable[..., Any]
    shared: Mapping[str, str]

    @property
    def of(self) -> type:
        """The other calculator's `Inputs`."""
        hints = typing.get_type_hints(self.plan)
        found: type = next(iter(hints.values()))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What every answer has: a label and a sentence of help."""

    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Output):
    """One number with its unit; None where the question has no answer."""

    unit: Unit
    headline: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Output):
    """A low, a likely and a high number: the value is a `Range`."""

    unit: Unit
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Output):
    """One of a few named results; `options` maps each word to the sentence shown."""

    options: Mapping[str, str]
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Output):
    """An answer in words with its reasons: the value is a `Judgement`."""

    headline: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; without a unit it holds words."""

    name: str
    label: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Output):
    """A table: the value is a `Table`, or a function that makes it, which ranges then need not call."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Output):
    """Numbers along an axis: the value is a tuple of (x, y) pairs."""

    x: Column
    y: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings(Output):
    """Sentences that hold for these inputs: the value is a tuple of `Note`s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Output):
    """A text to copy."""


@dataclass(frozen=True, slots=True)
class Range:
    """The value of an `Interval`."""

    low: Any
    likely: Any
    high: Any


@dataclass(frozen=True, slots=True)
class Judgement:
    """The value of a `Verdict`: the answer and the `Note`s that led to it."""

    answer: str
    reasons: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The value of `Rows`: one tuple of cells a row, and which row is the reader's own (None: no such row).

    `labels` are headings that depend on the question, one for each column that there is.
    """

    rows: tuple[tuple[Any, ...], ...]
    own: int | None = None
    labels: tuple[str, ...] = ()

    def columns(self, kind: Rows) -> tuple[Column, ...]:
        """The columns that these rows have."""
        if not self.labels:
            return kind.columns
        return tuple(Column(its.name, label, its.unit) for its, label in zip(kind.columns, self.labels, strict=False))


@dataclass(frozen=True, slots=True)
class Chart:
    """What the page draws: `bars` of a table's column, a `line` of an output over an input, `curves` of a table."""

    kind: str
    of: str
    by: str
    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Example:
    """A named situation: the inputs that differ from the defaults, as a reader would type them."""

    name: str
    given: Mapping[str, str]


def number(
    label: str,
    unit: Unit = ONE,
    *,
    low: int | str,
    high: int | str,
    default: int | str | None,
    because: str = "",
    whole: bool = False,
    help: str = "",
    group: str = "",
    formerly: tuple[str, ...] = (),
) -> Any:
    """A question for a number. Bounds and literal defaults are integers or decimal text; a fact's name has a `:`."""
    is_fact = isinstance(default, str) and ":" in default
    if not is_fact and not because:
        raise TypeError(f"{label!r}: a default that is no fact needs its `because`")
    value = default if default is None or (isinstance(default, str) and is_fact) else Decimal(default)
    return _field(
        Number(
            label=label, unit=unit, low=Decimal(low), high=Decimal(high), default=value, because=because, whole=whole,
            help=help, group=group, formerly=formerly,
        )
    )  # fmt: skip


def share(
    label: str,
    *,
    default: int | str,
    because: str = "",
    help: str = "",
    group: str = "",
    formerly: tuple[str, ...] = (),
) -> Any:
    """A question for a share between 0 and 1; people type it as 30% or 0.3."""
    return number(
        label, SHARE, low=0, high=1, default=default, because=because, help=help, group=group, formerly=formerly
    )


def choice(
    label: str,
    options: Mapping[str, str],
    *,
    default: str,
    because: str,
    help: str = "",
    group: str = "",
    formerly: tuple[str, ...] = (),
) -> Any:
    """A question with a few possible words."""
    return _field(
        Choice(
            label=label,
            options=MappingProxyType(dict(options)),
            default=default,
            because=because,
            help=help,
            group=group,
            formerly=formerly,
        )
    )


def yes_no(
    label: str, *, default: bool, because: str, help: str = "", group: str = "", formerly: tuple[str, ...] = ()
) -> Any:
    """A question answered by yes or no."""
    return _field(YesNo(label=label, default=default, because=because, help=help, group=group, formerly=formerly))


def text(
    label: str,
    *,
    default: str = "",
    longest: int = 100_000,
    help: str = "",
    group: str = "",
    formerly: tuple[str, ...] = (),
) -> Any:
    """A question for free text."""
    return _field(Text(label=label, default=default, longest=longest, help=help, group=group, formerly=formerly))


def file(label: str, *, longest: int, help: str = "", group: str = "", formerly: tuple[str, ...] = ()) -> Any:
    """A question for a file of text, at most `longest` characters."""
    return _field(File(label=label, longest=longest, help=help, group=group, formerly=formerly))


def month(
    label: str, *, default: str, because: str, help: str = "", group: str = "", formerly: tuple[str, ...] = ()
) -> Any:
    """A question for a calendar month, such as `2026-11`."""
    return _field(Month(label=label, default=default, because=because, help=help, group=group, formerly=formerly))


def lines(
    label: str,
    of: type,
    *,
    most: int,
    default: list[dict[str, object]],
    because: str,
    help: str = "",
    group: str = "",
    formerly: tuple[str, ...] = (),
) -> Any:
    """A question for several alike things, each with the questions of the dataclass `of`; `default` as typed texts."""
    told = tuple(MappingProxyType({name: str(value) for name, value in line.items()}) for line in default)
    return _field(
        Lines(label=label, of=of, most=most, default=told, because=because, help=help, group=group, formerly=formerly)
    )


def day(label: str, *, help: str = "", group: str = "", formerly: tuple[str, ...] = ()) -> Any:
    """A question for a calendar day; the default is the day of the facts."""
    return _field(Day(label=label, help=help, group=group, formerly=formerly))


def pick(
    collection: str,
    *,
    label: str,
    default: str,
    because: str,
    help: str = "",
    group: str = "",
    formerly: tuple[str, ...] = (),
) -> Any:
    """A question for one record of a collection; the field's type says which kind of record."""
    return _field(
        Pick(
            label=label,
            collection=collection,
            default=default,
            because=because,
            help=help,
            group=group,
            formerly=formerly,
        )
    )


def among(collection: str, *, label: str, help: str = "", group: str = "", formerly: tuple[str, ...] = ()) -> Any:
    """A question for one group of a collection, such as the provider of a model; it starts with `any`."""
    return _field(Among(label=label, collection=collection, help=help, group=group, formerly=formerly))


def every(collection: str) -> Any:
    """All records of a collection; the field's type is `tuple[Record, ...]`."""
    return _field(Every(label=collection, collection=collection))


def part(
    label: str, plan: Callable[..., Any], *, shared: Mapping[str, str], help: str = "", formerly: tuple[str, ...] = ()
) -> Any:
    """All questions of the calculator that a `plan` belongs to, in a folded group; the field's value is its `Inputs`.

    `shared={"requests": "requests"}` answers its question of that name by the one here.
    """
    return _field(Part(label=label, plan=plan, shared=MappingProxyType(dict(shared)), help=help, formerly=formerly))


def amount(label: str, unit: Unit = ONE, *, headline: bool = False, detail: bool = False, help: str = "") -> Any:
    """An answer that is one number; `detail` ones are left out of a short result."""
    return _field(Amount(label=label, unit=unit, headline=headline, detail=detail, help=help))


def interval(label: str, unit: Unit = ONE, *, headline: bool = False, help: str = "") -> Any:
    """An answer from low to high."""
    return _field(Interval(label=label, unit=unit, headline=headline, help=help))


def outcome(label: str, options: Mapping[str, str], *, headline: bool = False, help: str = "") -> Any:
    """An answer that is one of a few words."""
    return _field(Outcome(label=label, options=MappingProxyType(dict(options)), headline=headline, help=help))


def verdict(label: str, *, headline: bool = False, help: str = "") -> Any:
    """An answer in words, with reasons."""
    return _field(Verdict(label=label, headline=headline, help=help))


def table(label: str, *columns: Column, help: str = "") -> Any:
    """An answer of rows and columns."""
    return _field(Rows(label=label, columns=columns, help=help))


def series(label: str, x: Column, y: Column, *, help: str = "") -> Any:
    """An answer along an axis."""
    return _field(Series(label=label, x=x, y=y, help=help))


def findings(label: str, *, help: str = "") -> Any:
    """An answer of sentences."""
    return _field(Findings(label=label, help=help))


def document(label: str, *, help: str = "") -> Any:
    """An answer that is a text to copy."""
    return _field(Document(label=label, help=help))


def figure(
    label: str, unit: Unit, *, low: int | str = 0, high: int | str = 10**9, formerly: tuple[str, ...] = ()
) -> Any:
    """A figure of a record, such as a price: None where it is not published. A reader's own stays in the bounds."""
    return dataclasses.field(
        default=None, metadata={KIND: Figure(label, unit, Decimal(low), Decimal(high), formerly=formerly)}
    )


def described(label: str, unit: Unit = TEXT) -> Any:
    """A fact of a record that is told, not computed with: a date or words; empty where there is none."""
    return dataclasses.field(default="", metadata={KIND: Figure(label, unit, is_number=False)})


@dataclass(frozen=True, slots=True)
class Figure:
    """What a record's field is called and measured in; a figure in words or days is told, not computed with."""

    label: str
    unit: Unit
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(10**9)
    is_number: bool = True
    formerly: tuple[str, ...] = ()

    @property
    def question(self) -> Number:
        """The question that asks for a reader's own figure in place of a published one."""
        return Number(label=self.label, unit=self.unit, low=self.low, high=self.high, default=self.low)


def example(name: str, **given: object) -> Example:
    """A named situation; figures of a record are written with `__` for the dot: `model__input="2"`."""
    return Example(name, MappingProxyType({key.replace("__", "."): str(value) for key, value in given.items()}))


def bars(*, of: str, by: str, value: str, title: str) -> Chart:
    """A bar for each row of the table `of`: its words from column `by`, its length from column `value`."""
    return Chart("bars", of, by, value, title)


def line(*, of: str, over: str, title: str) -> Chart:
    """The output `of` while the input `over` runs through its bounds around the reader's value."""
    return Chart("line", of, over, of, title)


def curves(*, of: str, title: str) -> Chart:
    """A curve for each column of the table `of` over its first column, with the points at which curves cross."""
    return Chart("curves", of, "", "", title)


def later(make: Callable[[], T]) -> T:
    """An output made only when asked for: ranges and sweeps run the formula a thousand times without its tables."""
    return Later(make)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Later:
    """An output not made yet."""

    make: Callable[[], Any]


CHART = "__calculator_chart__"


def calculator(*, chart: Chart | None = None) -> Callable[[F], F]:
    """Marks the one formula of a topic file; discovery finds it by this mark."""

    def mark(formula: F) -> F:
        setattr(formula, CHART, (chart,))
        return formula

    return mark


_KINDS: dict[type, Mapping[str, Any]] = {}


def kinds(of: type) -> Mapping[str, Any]:
    """The kinds of a dataclass's fields, by name, in their order; a part's questions stand in its place, dotted."""
    if of not in _KINDS:
        found: dict[str, Any] = {}
        for name, kind in declared(of).items():
            if isinstance(kind, Part):
                for inner, its in kinds(kind.of).items():
                    if inner not in kind.shared:
                        found[f"{name}.{inner}"] = dataclasses.replace(its, group=kind.label, folded=True)
            else:
                found[name] = kind
        _KINDS[of] = MappingProxyType(found)
    return _KINDS[of]


@cache
def declared(of: type) -> dict[str, Any]:
    """The kinds of a dataclass's own fields, parts as one."""
    return {field.name: field.metadata[KIND] for field in dataclasses.fields(of) if KIND in field.metadata}


def parts(of: type) -> dict[str, Part]:
    """The parts of a calculator's `Inputs`, by name."""
    return {name: kind for name, kind in declared(of).items() if isinstance(kind, Part)}


def _field(kind: Input | Output) -> Any:
    return dataclasses.field(metadata={KIND: kind})
