"""The names that questions once had: what was typed under one of them is understood under the present one."""

from __future__ import annotations

from collections.abc import Mapping

from calculators.engine.declare import DeclaredPlanInputs, Lines, Pick, declared_kinds, declared_record_types


def renamed_input_path(inputs: type, path: str) -> str:
    """The path that an input has now, by the one it may have had formerly: `volume` → `requests`."""
    head, dot, rest = path.partition(".")
    by_name = declared_kinds(inputs)
    name = head if head in by_name else next((name for name, kind in by_name.items() if head in kind.formerly), head)
    kind = by_name.get(name)
    if isinstance(kind, DeclaredPlanInputs):
        rest = renamed_input_path(kind.inputs, rest)
    elif isinstance(kind, Lines):
        number, point, cell = rest.partition(".")
        rest = f"{number}{point}{renamed_input_path(kind.line_type, cell)}"
    elif isinstance(kind, Pick) and rest:
        rest = renamed_input_path(declared_record_types(inputs)[name], rest)
    return f"{name}{dot}{rest}"


def inputs_typed_over(inputs: type, example: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """An example's inputs with typed ones over them, also where one of the two uses an earlier name of a question."""
    paths = {renamed_input_path(inputs, path) for path in typed}
    others = {path: text for path, text in example.items() if renamed_input_path(inputs, path) not in paths}
    return {**others, **typed}


def input_paths_before_rename(inputs: type, path: str) -> list[str]:
    """The paths that an input has had, its present one not among them."""
    head, dot, rest = path.partition(".")
    kind = declared_kinds(inputs)[head]
    ends = [rest]
    if isinstance(kind, DeclaredPlanInputs):
        ends += input_paths_before_rename(kind.inputs, rest)
    elif isinstance(kind, Lines) and "." in rest:
        number, _, cell = rest.partition(".")
        ends += [f"{number}.{former}" for former in input_paths_before_rename(kind.line_type, cell)]
    elif isinstance(kind, Pick) and rest:
        ends += input_paths_before_rename(declared_record_types(inputs)[head], rest)
    return [f"{name}{dot}{end}" for name in (head, *kind.formerly) for end in ends][1:]
