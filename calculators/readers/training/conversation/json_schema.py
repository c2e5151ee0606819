"""Whether an object is a JSON Schema, as far as tools of language models use the language.

Source: JSON Schema, draft 2020-12, validation vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable

TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")


def training_json_schema_fault(schema: object) -> str:
    """The path of the first keyword that has a value which JSON Schema does not allow; empty where there is none.

    >>> training_json_schema_fault({"type": "object", "properties": {"city": {"type": "text"}}})
    'properties.city.type'
    """
    if isinstance(schema, bool):
        return ""
    if not isinstance(schema, dict):
        return "schema"
    for keyword, value in schema.items():
        if type(value) is str and (keyword in _TEXTS or (keyword == "type" and value in TYPES)):
            continue  # most keywords are these, and a call of their check takes three times as long
        check = _CHECKS.get(keyword)
        fault = check(value) if check else ""
        if fault:
            return f"{keyword}{'' if fault == 'value' else f'.{fault}'}"
    return ""


def _training_schema_type(value: object) -> str:
    several = value if isinstance(value, list) else [value]
    return "" if several and all(isinstance(name, str) and name in TYPES for name in several) else "value"


def _training_schemas_by_name(value: object) -> str:
    if not isinstance(value, dict):
        return "value"
    for name, schema in value.items():
        fault = training_json_schema_fault(schema)
        if fault:
            return name if fault == "schema" else f"{name}.{fault}"
    return ""


def _one_training_schema(value: object) -> str:
    fault = training_json_schema_fault(value)
    return "value" if fault == "schema" else fault


def _training_schemas(value: object) -> str:
    if not isinstance(value, list) or not value:
        return "value"
    return next((fault for fault in map(_one_training_schema, value) if fault), "")


def _training_schema_names(value: object) -> str:
    return "" if isinstance(value, list) and all(isinstance(name, str) for name in value) else "value"


def _training_schema_list(value: object) -> str:
    return "" if isinstance(value, list) else "value"


def _training_schema_text(value: object) -> str:
    return "" if isinstance(value, str) else "value"


def _training_schema_number(value: object) -> str:
    return "" if isinstance(value, int | float) and not isinstance(value, bool) else "value"


def _training_schema_count(value: object) -> str:
    return "" if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else "value"


_TEXTS = frozenset({"title", "description", "$ref", "format", "pattern"})

_CHECKS: dict[str, Callable[[object], str]] = {
    "type": _training_schema_type,
    "required": _training_schema_names,
    "enum": _training_schema_list,
    **dict.fromkeys(("properties", "$defs", "definitions", "patternProperties"), _training_schemas_by_name),
    **dict.fromkeys(("items", "additionalProperties", "not", "if", "then", "else", "contains"), _one_training_schema),
    **dict.fromkeys(("anyOf", "oneOf", "allOf", "prefixItems"), _training_schemas),
    **dict.fromkeys(_TEXTS, _training_schema_text),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _training_schema_number
    ),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _training_schema_count
    ),
}
