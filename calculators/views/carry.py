"""An answer to be carried away: as Markdown, CSV, a scenario file, the terminal command, or a few lines of Python."""

from __future__ import annotations

import json
from typing import Any

from calculators.engine.declare import Document, File, Findings, Lines, Rows, Series, Table, Text, Verdict, kinds
from calculators.engine.words import bare, quantity
from calculators.views import text
from calculators.views.answer import Answer, headline_text, unit_of
from calculators.views.json import dumped
from calculators.views.json import text as plain

VERSION = 1
"""What a scenario file says it is; another version is not read."""


def given(answer: Answer) -> dict[str, str]:
    """The typed numbers and choices that differ from what the calculator starts with; never a pasted text or a file."""
    reading, found = answer.reading, {}
    described = kinds(reading.of)
    for name, typed in reading.typed.items():
        _, _, rest = name.rpartition(".")
        lines = next((kind for it, kind in described.items() if name.startswith(f"{it}.") and _is_lines(kind)), None)
        kind = kinds(lines.of).get(rest) if lines else described.get(name)
        if isinstance(kind, Text | File) and typed.strip():
            continue
        if lines:
            own = typed.strip() != starts_with(lines, name)
        else:
            own = name in reading.given and reading.given[name].origin.kind == "typed"
        if own:
            found[name] = typed
    return found


def _is_lines(kind: Any) -> bool:
    return isinstance(kind, Lines)


def starts_with(kind: Lines, path: str) -> str:
    """The text that a cell such as `tasks.2.runs` starts with."""
    _, at, cell = path.rsplit(".", 2)
    return kind.default[int(at) - 1].get(cell, "") if int(at) <= len(kind.default) else ""


def scenario(answer: Answer) -> str:
    """A file that pages and terminal open, and that a team can keep beside its code."""
    told = {
        "numbers": VERSION, "calculator": answer.name, "facts": answer.facts.as_of, "answer": headline(answer),
        "given": given(answer),
    }  # fmt: skip
    return dumped(told) + "\n"


def headline(answer: Answer) -> str:
    """The headline in words."""
    return headline_text(answer.kinds[answer.headline], answer.values[answer.headline])


def command(answer: Answer) -> str:
    """The same question in a terminal."""
    return " ".join(["calculators", answer.name, *(_quoted(f"{name}={it}") for name, it in given(answer).items())])


def _quoted(word: str) -> str:
    bare_word = word.isascii() and all(sign.isalnum() or sign in "_./:%+-=," for sign in word)
    return word if bare_word else "'" + word.replace("'", "'\\''") + "'"


def python(answer: Answer) -> str:
    """The same question in Python, to be run in a copy of this project."""
    asked = json.dumps(given(answer), ensure_ascii=False, indent=4)
    return (
        f"# {answer.title}. Run it in a copy of this project.\n"
        "import json\n\nfrom calculators.answer import load\nfrom macros.facts import facts_text\n\n"
        f"given = {asked}\n"
        f'answer = json.loads(load(facts_text()).answer("{answer.name}", json.dumps(given)))\n'
        'for name, output in answer["outputs"].items():\n'
        '    print(name, output["value"], output["unit"])\n'
    )


def _inputs(answer: Answer) -> list[tuple[str, str, str]]:
    """Every input: its name, its value and unit in words, and where it came from."""
    rows = []
    for name, kind, it in answer.inputs():
        if isinstance(kind, Text | File | Lines) or it.value in (None, ""):
            continue
        label = answer.asked[name].label if name in answer.asked else str(kind.label)
        fact = answer.facts.fact(it.origin.fact, answer.reading.on) if it.origin.fact else None
        source = answer.source_of(fact) if fact else None
        typed = "you typed it" if it.origin.kind == "typed" else f"default: {it.origin.because}"
        whose = f"{source.publisher}, {source.title}" if source else fact.ours if fact else ""
        where = ", ".join(filter(None, (whose, fact.days))) if fact else typed
        rows.append((label, _words(kind, it.value), where))
    return rows


def _words(kind: Any, value: Any) -> str:
    unit = unit_of(kind)
    if unit is not None and not isinstance(value, str):
        return quantity(value, unit)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(getattr(kind, "options", {}).get(value, value))


def markdown(answer: Answer) -> str:
    """The whole answer for a document or a ticket: result, inputs, working and sources."""
    scalar = [it for it in answer.kinds.items() if not isinstance(it[1], Rows | Series | Findings | Document)]
    parts = [f"# {answer.title}", "", f"**{answer.kinds[answer.headline].label}: {headline(answer)}**", ""]
    reasons = getattr(answer.values[answer.headline], "reasons", ())
    parts += [*(f"- {it.sentence}" for it in reasons if it.holds), ""] if reasons else []
    figures = [
        (kind.label, headline_text(kind, answer.values[name])) for name, kind in scalar if name != answer.headline
    ]
    parts += _table(("Figure", "Value"), figures) if figures else []
    for kind, table in _tables(answer):
        columns = table.columns(kind)
        rows = [[bare(cell, column.unit) for cell, column in zip(row, columns, strict=True)] for row in table.rows]
        parts += [f"## {kind.label}", "", *_table([it.label for it in columns], rows)]
    parts += ["## Good to know", "", *(f"- {note}" for note in answer.notes), ""] if answer.notes else []
    parts += ["## Inputs", "", *_table(("Input", "Value", "Where it comes from"), _inputs(answer))]
    if answer.workings(answer.headline):
        parts += ["## Working", "", "```text", text.working(answer, [answer.headline]).rstrip(), "```", ""]
    sources = {fact.source: answer.source_of(fact) for fact in answer.used if fact.source}
    linked = [f"- [{it.publisher}, {it.title}](<{it.url}>), read {it.accessed}" for it in sources.values() if it]
    parts += ["## Sources", "", *linked, ""] if linked else []
    return "\n".join([*parts, f"Prices as of {answer.reading.on}. `{command(answer)}`", ""])


def _tables(answer: Answer) -> list[tuple[Rows, Table]]:
    """Every table of the answer; numbers along an axis are one too."""
    found = []
    for name, kind in answer.kinds.items():
        value = answer.values[name] if isinstance(kind, Rows | Series) else None
        if isinstance(kind, Rows):
            found.append((kind, value))
        elif isinstance(kind, Series):
            points = tuple(tuple(it) for it in answer.values[name])
            found.append((Rows(label=kind.label, columns=(kind.x, kind.y)), Table(points)))
    return [(kind, table) for kind, table in found if isinstance(table, Table) and table.rows]


def _table(heads: Any, rows: Any) -> list[str]:
    def line(cells: Any) -> str:
        return (
            "| "
            + " | ".join(str(it).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for it in cells)
            + " |"
        )

    return [line(heads), line("---" for _ in heads), *map(line, rows), ""]


def csv(answer: Answer) -> str:
    """The answer for a spreadsheet, one value a line, unrounded: what it is, its name, its value and its unit."""
    rows: list[tuple[str, str, Any, str]] = []
    for name, kind, it in answer.inputs():
        if not isinstance(kind, Text | File | Lines) and it.value is not None:
            unit = unit_of(kind)
            rows.append(("input", name, it.value, unit.text if unit else ""))
    for name, kind in answer.kinds.items():
        value = answer.values[name] if not isinstance(kind, Rows | Series | Findings | Document) else None
        if isinstance(kind, Rows | Series | Findings | Document):
            continue
        if isinstance(kind, Verdict):
            rows.append(("output", name, answer.values[name].answer, ""))
        elif hasattr(value, "likely"):
            rows += [
                ("output", f"{name}.{side}", getattr(value, side), kind.unit.text) for side in ("low", "likely", "high")
            ]
        else:
            rows.append(("output", name, value, kind.unit.text if hasattr(kind, "unit") else ""))
    for kind, table in _tables(answer):
        for at, row in enumerate(table.rows, 1):
            for cell, column in zip(row, table.columns(kind), strict=True):
                rows.append((kind.label, f"{at}: {column.label}", cell, column.unit.text if column.unit else ""))
    lines = [("what", "name", "value", "unit"), *rows]
    return "".join(",".join(_cell(plain(it)) for it in row) + "\r\n" for row in lines)


def _cell(value: Any) -> str:
    """A cell as a spreadsheet reads it: quoted where it must be, and never taken for a formula."""
    told = "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
    number = told.lstrip("-").replace(".", "", 1).isdigit()
    if told[:1] in ("=", "+", "-", "@", "\t", "\r") and not number:
        told = f"'{told}"
    return '"' + told.replace('"', '""') + '"' if any(sign in told for sign in ',"\r\n') else told


FORMS = {"markdown": markdown, "csv": csv, "scenario": scenario, "command": command, "python": python}
"""What an answer may be carried away as, besides its JSON."""
