"""An answer to be carried away: as Markdown, a scenario file, the terminal command, or a few lines of Python."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.headline import labeled_output
from calculators.engine.declare import (
    Document,
    File,
    FileCopy,
    Findings,
    Kind,
    Lines,
    Pick,
    Rows,
    Series,
    Several,
    Table,
    Text,
    declared_figure_unit,
    kinds,
)
from calculators.engine.inputs.controls import SEPARATOR
from calculators.engine.inputs.reading import OWN_NAME, OWN_NAME_QUESTION, InputReading
from calculators.engine.long_text import AnyText, LongText
from calculators.engine.numbers.rounding import unrounded_quantity
from calculators.engine.numbers.traced import Origin
from calculators.engine.records import OWN_RECORD
from calculators.views.json import indented_json
from calculators.views.text import text_working
from calculators.views.wording import wording_of_row

TABULAR = Rows | Series | Findings | Document | FileCopy
"""The outputs that are more than one value."""

VERSION = 1
"""What a scenario file says it is; another version is not read."""


def exported_inputs(answer: Answer) -> dict[str, str]:
    """The typed numbers and choices that differ from what the calculator starts with; never a pasted text or a file.

    Several records are named by their ids, whatever was typed for them: a page knows no other names.
    """
    reading, questions = answer.reading, kinds(answer.reading.inputs_type)
    carried = {name: typed for name, typed in reading.typed.items() if _is_input_exported(reading, name, typed)}
    return carried | {
        name: reading.settings[name].value for name in carried if isinstance(questions.get(name), Several)
    }


def _is_input_exported(reading: InputReading, name: str, typed: str) -> bool:
    """Whether a typed text differs from what its question starts with, and may be carried away."""
    return _is_exported_input_private(reading, name, typed) == (True, False)


def _is_exported_reader_text(reading: InputReading, name: str, typed: str) -> bool:
    """Whether a typed text differs from what its question starts with, and has to stay."""
    return _is_exported_input_private(reading, name, typed) == (True, True)


def _is_exported_input_private(reading: InputReading, name: str, typed: str) -> tuple[bool, bool]:
    """Whether a typed text differs from what its question starts with, and whether it is a pasted text or a file."""
    questions = kinds(reading.inputs_type)
    owner = questions.get(name.partition(".")[0])
    if isinstance(owner, Lines):
        kind, differs = (
            kinds(owner.line_type).get(name.rpartition(".")[2]),
            typed.strip() != exported_cell_default(owner, name),
        )
    else:
        kind = OWN_NAME_QUESTION if _is_exported_own_name(reading, name) else questions.get(name)
        differs = name in reading.settings and reading.settings[name].origin.kind == "typed"
    return differs, isinstance(kind, Text | File) and not _is_exported_input_blank(typed)


def _is_exported_input_blank(typed: AnyText) -> bool:
    return len(typed) == 0 if isinstance(typed, LongText) else not typed.strip()


def _is_exported_own_name(reading: InputReading, path: str) -> bool:
    """Whether a path is the name of a record of the reader's own."""
    owner, _, name = path.rpartition(".")
    return name == OWN_NAME and isinstance(kinds(reading.inputs_type).get(owner), Pick)


def exported_left_out_texts(reading: InputReading) -> list[str]:
    """The names of texts and files that were given and are not carried away."""
    return [
        name
        for name, typed in reading.typed.items()
        if not _is_exported_input_blank(typed) and _is_exported_reader_text(reading, name, typed)
    ]


def exported_left_out_sentence(reading: InputReading) -> str:
    """What a question goes without when it is carried away; empty where that is nothing."""
    names = exported_left_out_texts(reading)
    return f"left out, as texts are never carried along: {', '.join(names)}; the answer will differ" if names else ""


def exported_cell_default(kind: Lines, path: str) -> str:
    """The text that a cell such as `tasks.2.runs` starts with."""
    _, line, cell = path.rsplit(".", 2)
    return kind.default[int(line) - 1].get(cell, "") if int(line) <= len(kind.default) else ""


def export_scenario(answer: Answer) -> str:
    """A file that pages and terminal open, and that a team can keep beside its code."""
    left_out = exported_left_out_texts(answer.reading)
    content = {
        "numbers": VERSION,
        "calculator": answer.name,
        "facts": answer.facts.as_of,
        "answer": _exported_headline(answer),
        "given": exported_inputs(answer),
        **({"left_out": left_out} if left_out else {}),
    }
    return indented_json(content) + "\n"


def _exported_headline(answer: Answer) -> str:
    """The headline in words."""
    return answer.headline_words


def export_command(answer: Answer) -> str:
    """The same question in a terminal."""
    inputs = (_exported_quoted(f"{name}={typed}") for name, typed in exported_inputs(answer).items())
    return " ".join(["calculators", answer.name, *inputs])


def _exported_quoted(word: str) -> str:
    bare_word = word.isascii() and all(sign.isalnum() or sign in "_./:%+-=," for sign in word)
    return word if bare_word else "'" + word.replace("'", "'\\''") + "'"


def export_python(answer: Answer) -> str:
    """The same question in Python, to be run in a copy of this project."""
    asked = json.dumps(exported_inputs(answer), ensure_ascii=False, indent=4)
    left_out = exported_left_out_sentence(answer.reading)
    return (
        f"# {answer.title}. Run it in a copy of this project.\n"
        + (f"# {left_out[:1].upper()}{left_out[1:]}.\n" if left_out else "")
        + "import json\n\nfrom calculators.catalogue import Question, load\nfrom macros.facts import facts_text\n\n"
        f"given = {asked}\n"
        f'answer = json.loads(load(facts_text()).answer(Question("{answer.name}", given)))\n'
        'for name, output in answer["outputs"].items():\n'
        '    print(name, output["value"], output["unit"])\n'
    )


def _exported_input_lines(answer: Answer) -> list[tuple[str, str, str]]:
    """Every input: its name, its value and unit in words, and where it came from."""
    rows = []
    for name, kind, entry in answer.inputs():
        if isinstance(kind, Text | File | Lines) or entry.value in (None, ""):
            continue
        label = answer.variables[name].label if name in answer.variables else str(kind.label)
        rows.append(
            (
                label,
                exported_setting_in_words(answer, name, kind, entry.value),
                exported_origin_in_words(answer, entry.origin),
            )
        )
    return rows


def exported_origin_in_words(answer: Answer, origin: Origin) -> str:
    """Where the value of an input came from."""
    if origin.kind == "scaled":
        return origin.because
    if not origin.fact:
        return origin.because or "you typed it" if origin.kind == "typed" else f"default: {origin.because}"
    fact = answer.facts.fact(origin.fact, answer.reading.on)
    source = answer.source_of(fact)
    whose = f"{source.publisher}, {source.title}" if source else fact.ours
    return ", ".join(filter(None, (whose, fact.days)))


def exported_setting_in_words(
    answer: Answer, name: str, kind: Kind, entry: Any
) -> str:  # What was given for an input: its kind says of which type.
    """What was given for an input: a number with its unit, yes or no, the words of an option, the names of records."""
    if isinstance(kind, Pick) and entry == OWN_RECORD:
        return answer.reading.record_type(name).own_name
    if isinstance(kind, Pick | Several):
        return ", ".join(str(answer.facts.entry(kind.collection, id)["name"]) for id in entry.split(SEPARATOR) if id)
    unit = declared_figure_unit(kind)
    if unit is not None and not isinstance(entry, str):
        return unrounded_quantity(entry, unit)
    if isinstance(entry, bool):
        return "yes" if entry else "no"
    options = getattr(kind, "options", {})
    return str(options.get(entry, entry) if options else entry)


def export_markdown(answer: Answer) -> str:
    """The whole answer for a document or a ticket: result, inputs, working and sources."""
    parts = [f"# {answer.title}", "", f"**{answer.headline_label}: {_exported_headline(answer)}**", ""]
    parts += [*(f"- {reason.sentence}" for reason in answer.reasons), ""] if answer.reasons else []
    figures = [
        labeled_output(kind, answer.values[name])
        for name, kind in answer.kinds.items()
        if name != answer.headline and not isinstance(kind, TABULAR) and answer.is_shown(name)
    ]
    parts += exported_markdown_table(("Figure", "Value"), figures) if figures else []
    for kind, table in exported_tables(answer):
        columns = table.columns(kind)
        rows = [wording_of_row(columns, row) for row in table.carried_rows]
        parts += [f"## {kind.label}", "", *exported_markdown_table([column.label for column in columns], rows)]
    parts += ["## Good to know", "", *(f"- {note}" for note in answer.notes), ""] if answer.notes else []
    parts += [
        "## Inputs",
        "",
        *exported_markdown_table(("Input", "Value", "Where it comes from"), _exported_input_lines(answer)),
    ]
    if answer.workings(answer.headline):
        parts += ["## Working", "", "```text", text_working(answer, [answer.headline]).rstrip(), "```", ""]
    sources = {fact.source: answer.source_of(fact) for fact in answer.used if fact.source}
    linked = [
        f"- [{source.publisher}, {source.title}](<{source.url}>), read {source.accessed}"
        for source in sources.values()
        if source
    ]
    parts += ["## Sources", "", *linked, ""] if linked else []
    left_out = exported_left_out_sentence(answer.reading)
    command = f"`{export_command(answer)}`" + (f" ({left_out})" if left_out else "")
    return "\n".join([*parts, f"Prices as of {answer.reading.on}. {command}", ""])


def exported_tables(answer: Answer) -> list[tuple[Rows, Table]]:
    """Every table of the answer that has a row; numbers along an axis are one too."""
    tables = []
    for name, kind in answer.kinds.items():
        if isinstance(kind, Rows):
            tables.append((kind, answer.values[name]))
        elif isinstance(kind, Series):
            points = tuple(tuple(point) for point in answer.values[name])
            tables.append((Rows(label=kind.label, columns=(kind.x_axis, kind.y_axis)), Table(points)))
    return [(kind, table) for kind, table in tables if isinstance(table, Table) and table.rows]


def exported_markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table in Markdown."""
    return [_exported_line(heads), _exported_line(["---"] * len(heads)), *map(_exported_line, rows), ""]


def _exported_line(cells: Sequence[str]) -> str:
    escaped = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(escaped)} |"
