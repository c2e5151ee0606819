"""Reads and writes JSON without a change to what it says: a number keeps the digits that it is written with."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.training.lines import LONGEST_LINE, JsonObject

_HALF = re.compile("[\ud800-\udfff]")


class Numeral(str):
    """A number as it is written."""

    __slots__ = ()


class _Inexact(ValueError):
    """A text that would not come out as it went in: a key twice in one object, or a constant that JSON lacks."""


def _refuse_exact_json(constant: str) -> NoReturn:
    raise _Inexact(constant)


def _exact_json_object(pairs: list[tuple[str, object]]) -> JsonObject:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _Inexact("a key twice")
    return members


_DECODER = json.JSONDecoder(
    parse_float=Numeral, parse_int=Numeral, parse_constant=_refuse_exact_json, object_pairs_hook=_exact_json_object
)


def training_exact_json_object(text: str) -> JsonObject | None:
    """The object in a text; None where it holds none, or one that would not come out as it went in."""
    if len(text) > LONGEST_LINE or "\0" in text or is_json_nested_too_deep(text):
        return None
    try:
        parsed = _DECODER.decode(text.strip())
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def training_exact_json_text(content: object, *, sort_keys: bool = False) -> str:
    """What was read, as JSON on one line.

    >>> training_exact_json_text(training_exact_json_object('{"a":[1.50,"\\\\u00e9"],"b":1E400}'))
    '{"a": [1.50, "é"], "b": 1E400}'
    """
    if isinstance(content, Numeral):
        return str(content)
    if isinstance(content, str):
        return json.dumps(content, ensure_ascii=bool(_HALF.search(content)))
    if isinstance(content, dict):
        members = sorted(content.items()) if sort_keys else content.items()
        inner = (
            f"{training_exact_json_text(key)}: {training_exact_json_text(part, sort_keys=sort_keys)}"
            for key, part in members
        )
        return f"{{{', '.join(inner)}}}"
    if isinstance(content, list):
        return f"[{', '.join(training_exact_json_text(part, sort_keys=sort_keys) for part in content)}]"
    return json.dumps(content)
