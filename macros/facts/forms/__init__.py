"""Holds a file against its form: a pydantic model of what it may hold, and what is wrong in our words at its line."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Generic, NamedTuple, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from calculators.engine.inputs.suggestions import suggest_nearest
from macros.facts.forms.documents import DataPath, Plain, YamlDocument
from macros.facts.problems import Problem, quoted_data


class DataTable(BaseModel):
    """A table of a data file: exactly these keys, every value a text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


F = TypeVar("F", bound=DataTable, covariant=True)


class Mistake(NamedTuple):
    """What a rule has to say about a part of a file, placed at the part itself or at its key."""

    path: DataPath
    message: str
    of_key: bool = False


@dataclass(frozen=True, slots=True)
class DataFormFile(Generic[F]):
    """A file and its form. Where the file has mistakes, nothing stands in place of what is malformed or missing."""

    document: YamlDocument
    form: F
    problems: tuple[Problem, ...] = ()
    malformed: frozenset[DataPath] = frozenset()
    misspelled: frozenset[DataPath] = frozenset()
    """The tables that have an unknown key: what is missing there is most likely that key."""

    def placed(self, mistakes: Iterable[Mistake]) -> Iterator[Problem]:
        """The mistakes with their lines, but none about what the file does not hold or what is malformed anyway."""
        for path, message, of_key in mistakes:
            if path[-1] == 0 and path not in self.document.positions:
                path = path[:-1]  # a single text stands for a list of one
            ways = (path[:steps] for steps in range(1, len(path) + 1))
            if path in self.document.positions and self.malformed.isdisjoint(ways):
                yield self.document.problem(path, message, of_key)


# What to write where a key is missing: everything that an author cannot guess from the key alone.
_HINTS = {
    "source": "add 'source: ' and an id of data/sources.yaml",
    "checked": "add 'checked: ' and the day you looked, as 2026-11-21",
    "accessed": "add 'accessed: ' and the day you read the page, as 2026-11-21",
    "best_before": "add 'best_before: ' and the day by which to look again, as 2027-02-21",
    "from": "add 'from: ' and the first day it holds, as 2026-11-21",
    "unit": "add 'unit: ' and the unit of the values",
    "because": "add 'because: ' and the reason",
}
_SHAPES = {
    "model_type": "key: value lines are needed here; indent them below the key",
    "dict_type": "key: value lines are needed here; indent them below the key",
    "list_type": "a list is needed here; begin each line below the key with '- '",
    "string_type": "a single value is needed here; write it on the line of its key",
}


def data_file_in_form(form: type[F], document: YamlDocument) -> DataFormFile[F] | None:
    """The file as its form and what keeps it from being that; None where there is nothing to read."""
    if document.content is None:
        return None
    try:
        return DataFormFile(document, form.model_validate(document.content))
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
    located = [(_data_form_path(document.content, error), error) for error in errors]
    wrong_contents = (each for each in located if each[1]["type"] != "missing" and each[1]["loc"][-1:] != ("[key]",))
    salvage = _DataFormSalvage(frozenset(path for path, _ in wrong_contents))
    rest = cast(F, salvage.rest(form, document.content, ()))
    spoiled = {(problem.line, problem.column) for problem in document.problems}
    problems = [_data_form_problem(document, *each, salvage.tables) for each in located]
    problems = [problem for problem in problems if (problem.line, problem.column) not in spoiled]
    misspelled = frozenset(path[:-1] for path, error in located if error["type"] == "extra_forbidden")
    return DataFormFile(document, rest, tuple(problems), salvage.malformed, misspelled)


def _data_form_path(content: Plain, error: ErrorDetails) -> DataPath:
    """The path of what is wrong, a missing key included; pydantic also names the alternatives that it tried."""
    path: DataPath = ()
    for step in error["loc"]:
        if isinstance(content, dict) and step in content:
            content = content[str(step)]
        elif isinstance(content, list) and isinstance(step, int):
            content = content[step]
        else:
            continue
        path = (*path, step)
    return (*path, error["loc"][-1]) if error["type"] == "missing" else path


def _data_form_problem(
    document: YamlDocument, path: DataPath, error: ErrorDetails, tables: dict[DataPath, type[DataTable]]
) -> Problem:
    kind, key = error["type"], str(path[-1]) if path else ""
    if kind == "missing":
        hint = _HINTS.get(key, f"add '{key}: ' and its value")
        return document.problem(path[:-1], f"{quoted_data(key)} is missing; {hint}", of_key=True)
    if kind == "extra_forbidden":
        known = [described.alias or name for name, described in tables[path[:-1]].model_fields.items()]
        advice = suggest_nearest(key, known) or f"; the keys here are {', '.join(known)}"
        return document.problem(path, f"{quoted_data(key)} is no key here{advice}", of_key=True)
    return document.problem(path, _SHAPES.get(kind, error["msg"]), of_key=error["loc"][-1:] == ("[key]",))


class _DataFormSalvage:
    """Takes what is sound out of a file with mistakes, so that rules can judge it all the same."""

    def __init__(self, malformed: frozenset[DataPath]) -> None:
        self.malformed = malformed
        self.tables: dict[DataPath, type[DataTable]] = {}

    def rest(self, annotation: object, content: Plain, path: DataPath) -> object:
        """The part of a file as its type, with the empty text, list or table for what is malformed or missing."""
        alternatives = list(_data_form_alternatives(annotation))
        if isinstance(content, str) and get_origin(alternatives[-1]) is list:
            return [self.rest(get_args(alternatives[-1])[0], content, path)]
        kind = next((kind for kind in alternatives if isinstance(content, _data_form_shape(kind))), alternatives[0])
        if not isinstance(content, _data_form_shape(kind)):
            content = _data_form_shape(kind)()
        if isinstance(content, list):
            (each,) = get_args(kind)
            return [self.rest(each, part, (*path, index)) for index, part in enumerate(content)]
        if isinstance(content, str):
            return "" if path in self.malformed else content
        if not (isinstance(kind, type) and issubclass(kind, DataTable)):
            _, each = get_args(kind)
            return {key: self.rest(each, part, (*path, key)) for key, part in content.items()}
        self.tables[path] = kind
        fields: dict[str, object] = {}
        for name, described in kind.model_fields.items():
            key = described.alias or name
            if key in content or described.is_required():
                fields[name] = self.rest(described.annotation, content.get(key, ""), (*path, key))
        return kind.model_construct(None, **fields)


def _data_form_alternatives(annotation: object) -> Iterator[object]:
    """The types that a value may have, without the checks that come with them and without None."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        for alternative in get_args(annotation):
            yield from _data_form_alternatives(alternative)
    elif annotation is not type(None):
        yield annotation


def _data_form_shape(kind: object) -> type[str] | type[list[Plain]] | type[dict[str, Plain]]:
    return str if kind is str else list if get_origin(kind) is list else dict


def data_form_list(content: object) -> object:
    """A single text as a list of one."""
    return [content] if isinstance(content, str) else content


def data_form_alternative(content: object) -> str:
    """The tag of the alternative that was meant: so pydantic names the mistakes of this one alone."""
    return "table" if isinstance(content, dict) else "list"
