"""What a report holds: the answer, its chart and table, what the reader gave, what matters, and the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.headline import labeled_output
from calculators.engine.declare import (
    Amount,
    Choice,
    Interval,
    Kind,
    NumberInput,
    Outcome,
    Pick,
    Rows,
    Series,
    Table,
    Verdict,
    kinds,
)
from calculators.engine.inputs.echo import echo_of_inputs
from calculators.engine.inputs.questions import is_input_asked
from calculators.engine.inputs.reading import Setting
from calculators.engine.numbers.intervals import ends_with_one_unit, rounded_ends
from calculators.engine.numbers.rounding import unrounded_quantity
from calculators.engine.numbers.traced import Origin
from calculators.engine.questions.question import Report
from calculators.engine.questions.swing import Swing, swings
from calculators.views.export import (
    exported_inputs,
    exported_left_out_texts,
    exported_setting_in_words,
    exported_tables,
)
from calculators.views.findings.sensitivity import sensitivity_finding_ends
from calculators.views.html.tables import html_chart
from calculators.views.html.tags import Safe
from calculators.views.wording import wording_of_row

LONGEST_TABLE = 13
"""How many rows a table may have that is shown whole: a year by month has one for its start, too.

A leading table that is longer is cut there.
"""

FIRST_ROWS = 8
"""How many rows of a longer table are shown besides the reader's own."""

MOST_FIGURES = 12
"""How many figures beside the first one."""

ASSUMPTIONS = 3
"""How many assumptions, those that matter most."""

ELSEWHERE = "your case"
"""How the origin of a number begins that the reader typed in another calculator, or opened with a file."""

EXAMPLE = "the example"
"""How the origin of a number begins that an opened example has, as a page says it."""

OTHER_UNIT = re.compile("page|word|token", re.IGNORECASE)
"""What is typed in place of the unit of a question: the length of a text."""


@dataclass(frozen=True, slots=True)
class Given:
    """An input in words: what it is called, its value, and where that comes from or what it does."""

    label: str
    value: str
    remark: str


@dataclass(frozen=True, slots=True)
class Rowed:
    """A table in words, cut where it is long: `left_out` rows are not shown.

    `own` is the reader's row, whose name ends with the word that marks it.
    """

    title: str
    heads: Sequence[str]
    is_number: Sequence[bool]
    rows: Sequence[Sequence[str]]
    own: int | None
    left_out: int


@dataclass(frozen=True, slots=True)
class Read:
    """A source that the answer rests on, and the day on which its figures were last looked at."""

    title: str
    address: str
    checked: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report in words; only the chart is drawn already, which shows the table where that `is_charted`.

    `exemplary` is what an example has that the reader opened and went on from.
    """

    title: str
    sentence: str
    charted: str
    reasons: Sequence[str]
    leading: Sequence[Rowed]
    figures: Sequence[tuple[str, str]]
    chart: Safe
    is_charted: bool
    table: Rowed | None
    reported: Sequence[Rowed]
    typed: Sequence[Given]
    exemplary: Sequence[Given]
    measured: Sequence[Given]
    unasked: Sequence[Given]
    records: Sequence[Given]
    texts: Sequence[str]
    assumptions: Sequence[Given]
    sources: Sequence[Read]
    not_counted: Sequence[str]
    dated: str
    link: str


def report_content(answer: Answer, ask: Report, not_counted: Sequence[str]) -> ReportContent:
    """The report of an answer; `not_counted` says what the calculator leaves out."""
    chart_sentence, chart = html_chart(answer)
    given = list(_report_given(answer))
    exemplary = [row for row in given if row.remark.startswith(EXAMPLE)]
    typed = [row for row in given if not row.remark or row.remark.startswith(ELSEWHERE)]
    table, is_charted = _report_table(answer)
    build = f", build {ask.build}" if ask.build else ""
    return ReportContent(
        title=answer.title,
        sentence=answer.spoken,
        charted=chart_sentence,
        reasons=[*(reason.sentence for reason in answer.reasons), *answer.notes],
        leading=[
            report_rowed_table(kind, table, LONGEST_TABLE) for kind, table in exported_tables(answer) if kind.leading
        ],
        figures=list(_report_figures(answer))[:MOST_FIGURES],
        chart=chart,
        is_charted=is_charted and bool(chart),
        table=table,
        reported=[
            report_rowed_table(kind, shown, LONGEST_TABLE) for kind, shown in exported_tables(answer) if kind.reported
        ],
        typed=typed,
        exemplary=exemplary,
        measured=[row for row in given if row not in typed and row not in exemplary],
        unasked=list(_report_unasked(answer)),
        records=[Given("; ".join(roles), name, "") for name, roles in answer.counted_records.items()],
        texts=list(_report_texts(answer)),
        assumptions=list(_report_assumptions(answer)),
        sources=list(_report_sources(answer)),
        not_counted=not_counted,
        dated=f"Prices and assumptions as of {answer.reading.on}{build}.",
        link=ask.link,
    )


def _report_figures(answer: Answer) -> Iterator[tuple[str, str]]:
    """The figures that a short result shows beside its first, with their values; not again a range of the headline."""
    for name, kind in answer.kinds.items():
        is_figure = isinstance(kind, Amount | Interval | Outcome | Verdict) and not getattr(kind, "detail", False)
        if is_figure and name != answer.headline and answer.is_shown(name):
            label, words = labeled_output(kind, answer.values[name])
            if not (isinstance(kind, Interval) and f"{words} " in f"{answer.spoken} "):
                yield label, words


def _report_table(answer: Answer) -> tuple[Rowed | None, bool]:
    """The table that the chart shows, or the first one, and whether it is that of the chart; none where the answer has
    none but what leads already.
    """
    tables = [
        (kind, table)
        for kind, table in exported_tables(answer)
        if not (kind.handed_on or kind.leading or kind.reported)
    ]
    if not tables:
        return None, False
    drawn = answer.kinds.get(answer.chart.output) if answer.chart else None
    label = drawn.label if isinstance(drawn, Rows | Series) else tables[0][0].label
    kind, table = next(pair for pair in [*tables, tables[0]] if pair[0].label == label or pair is tables[-1])
    is_charted = kind.label == label if isinstance(drawn, Rows | Series) else kind.stacked
    return report_rowed_table(kind, table, FIRST_ROWS), is_charted


def report_rowed_table(kind: Rows, table: Table, most: int) -> Rowed:
    """A table in words; of a long one the first rows, `most` of them, and the reader's own."""
    columns = table.columns(kind)
    written = table.carried_rows
    shown = len(written) if len(written) <= LONGEST_TABLE else most
    numbers = [number for number in range(len(written)) if number < shown or number == table.own]
    rows = [wording_of_row(columns, written[number]) for number in numbers]
    own = numbers.index(table.own) if table.own is not None else None
    if own is not None:
        rows[own] = [f"{rows[own][0]} ({kind.own})", *rows[own][1:]]
    heads = [column.label for column in columns]
    return Rowed(
        kind.label, heads, [column.unit is not None for column in columns], rows, own, len(written) - len(rows)
    )


def _report_given(answer: Answer) -> Iterator[Given]:
    """What the reader gave that differs from what the calculator starts with; a remark where it was not typed here."""
    carried = exported_inputs(answer)
    for name, kind, setting in answer.inputs():
        if name in carried and setting.value not in (None, ""):
            words = _report_typed_words(kind, setting) or exported_setting_in_words(answer, name, kind, setting.value)
            yield Given(answer.full_label(name, kind), words, setting.origin.because)


def _report_typed_words(kind: Kind, setting: Setting) -> str:
    """What was typed and what it comes to, where that is another unit or a range: `120 pages = 36 documents`."""
    if not isinstance(kind, NumberInput) or not (setting.spread or OTHER_UNIT.search(setting.typed)):
        return ""
    echo = echo_of_inputs(kind, setting)
    return f"{setting.typed.strip()} {echo}" if echo else ""


def _report_unasked(answer: Answer) -> Iterator[Given]:
    """The questions that a form begins with and that the reader left as they were, with the reason of each default."""
    for name, kind, setting in answer.inputs():
        is_first = isinstance(kind, Choice | NumberInput) and not kind.folded and "." not in name
        is_open = is_first and setting.origin.kind != "typed" and is_input_asked(answer.reading, name, kind)
        if is_open and setting.value is not None:
            words = exported_setting_in_words(answer, name, kind, setting.value)
            yield Given(answer.full_label(name, kind), words, kind.because)


def _report_texts(answer: Answer) -> Iterator[str]:
    """The questions that the reader answered with a text or a file, which a report never shows.

    The name of a record of one's own is no question, and the tables of a report show it as those of a page do.
    """
    questions = kinds(answer.reading.inputs_type)
    for name in dict.fromkeys(path.partition(".")[0] for path in exported_left_out_texts(answer.reading)):
        if name in questions and not isinstance(questions[name], Pick):
            yield questions[name].label


def _report_assumptions(answer: Answer) -> Iterator[Given]:
    """The numbers that nobody typed or published and that move the answer most, with how far each does."""
    name = answer.scalar
    kind = answer.kinds[name]
    if not isinstance(kind, Amount):
        return
    open_variables = [asked for asked in answer.variables.values() if _is_report_assumed(answer, asked.given.origin)]
    for swing in swings(answer.formula, name, answer.reading, open_variables)[:ASSUMPTIONS]:
        asked = swing.asked
        value = unrounded_quantity(Decimal(str(asked.given.value)), asked.unit)
        yield Given(asked.label, value, f"{_report_course(kind, swing)} {_report_reason(answer, asked.given.origin)}")


def _is_report_assumed(answer: Answer, origin: Origin) -> bool:
    """Whether a number is a guess or an illustration: neither given by the reader nor published by others."""
    if origin.kind == "typed":
        return False
    fact = answer.facts.fact(origin.fact, answer.reading.on) if origin.fact else None
    return fact is None or fact.ours != "" or answer.source_of(fact) is None


def _report_reason(answer: Answer, origin: Origin) -> str:
    """Why an assumption has its value, in a sentence."""
    if not origin.fact:
        return f"Default: {origin.because.rstrip('.')}."
    fact = answer.facts.fact(origin.fact, answer.reading.on)
    reason = f": {fact.because.rstrip('.')}" if fact.because else ""
    return f"{fact.origin[:1].upper()}{fact.origin[1:]}, checked {fact.checked}{reason}."


def _report_course(kind: Amount, swing: Swing) -> str:
    """How far an assumption moves the answer, in a sentence."""
    begin, end = ends_with_one_unit(*sensitivity_finding_ends(swing))
    low, high = ends_with_one_unit(*rounded_ends(swing.at_low, swing.at_high, kind.unit))
    return f"From {begin} to {end}, “{kind.label}” goes from {low} to {high}."


def _report_sources(answer: Answer) -> Iterator[Read]:
    """Every source once, with the newest day on which a figure of it was looked at."""
    checked: dict[str, str] = {}
    for fact in answer.used:
        if fact.source:
            checked[fact.source] = max(checked.get(fact.source, ""), fact.checked)
    for name, day in checked.items():
        source = answer.facts.sources.get(name)
        if source:
            yield Read(f"{source.publisher}, {source.title}", source.url, day)
