"""Judges definitions of tools that differ from an earlier one in nothing but their names and descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from calculators.readers.training.bounded import BoundedStore
from calculators.readers.training.conversation.calls import FUNCTION_NAME
from calculators.readers.training.conversation.tools import SHORT, DefinedTrainingTools, defined_training_tool
from calculators.readers.training.lines import JsonObject, training_json

_MOST = 1_000_000
"""Characters of what definitions have in common that are kept at once."""

_NAME, _DESCRIPTION = '"name":', '"description":'
_FARTHEST = 80
"""Characters of a list in which the first name begins."""

_MARK = 0xE000
_MARKS = re.compile("[\ue000-\uf8ff]")
"""Characters without a meaning, which are put in place of names and descriptions."""

_BACKSLASHES, _QUOTE = "\uf8fe", "\uf8ff"
"""In place of a backslash and a quote that are escaped, so that any other quote begins or ends a text."""

_FEW_MISSES, _SELDOM = 64, 16

_Parts = list[str]


class AlikeTrainingTools:
    """What definitions have in common: all but the name of the function and the descriptions.

    No rule reads more of a description than that it is a text, so of a definition that breaks no rule, these can be any
    others. After many definitions in a row that have nothing in common, only some are looked at.
    """

    def __init__(self) -> None:
        self._templates: BoundedStore[str, str] = BoundedStore(_MOST)
        self._misses = 0

    def read(self, text: str) -> DefinedTrainingTools | None:
        """What a list of definitions says; None where one of them is unlike the earlier ones."""
        if self._misses > _FEW_MISSES and self._misses % _SELDOM:
            self._misses += 1
            return None
        several = _varying_parts(text)
        texts: _Parts = []
        templates = []
        for fixed, varying in several:
            template = self._templates.get(fixed)
            if template is None:
                self._misses += 1
                self._learn(several)
                return None
            templates.append(template)
            texts += varying
        encoded = _encoded_texts(texts)
        names = [varying[0] for _, varying in several]
        if not encoded or len(set(names)) < len(names) or not all(map(FUNCTION_NAME.fullmatch, names)):
            return None
        self._misses = 0
        return DefinedTrainingTools(frozenset(names), (), f"[{','.join(templates) % tuple(encoded)}]")

    def _learn(self, several: Sequence[tuple[str, _Parts]]) -> None:
        """Takes what definitions have in common with others from them, where they break no rule."""
        for fixed, varying in several:
            template = _template(fixed, varying) if self._templates.get(fixed) is None else None
            if template is not None:
                self._templates.keep(fixed, template)


def _varying_parts(text: str) -> list[tuple[str, _Parts]]:
    """For each definition, its text without name and descriptions, and these; none where that is unclear.

    A NUL is in place of what was taken out.
    """
    place = text.find(_NAME, 0, _FARTHEST)
    begin = place + len(_NAME)
    blank = " " if text[begin : begin + 1] == " " else ""
    begin += len(blank)
    if place < 0 or text[begin : begin + 1] != '"' or text[0] != "[" or text[-1] != "]" or "\0" in text:
        return []
    has_quotes = "\\" in text and '\\"' in text
    if has_quotes:
        if _MARKS.search(text):
            return []
        text = text.replace("\\\\", _BACKSLASHES).replace('\\"', _QUOTE)
    head, description = text[1 : begin + 1], f'{_DESCRIPTION}{blank}"'
    several = []
    for definition in text[begin + 1 : -1].split(f",{blank}{head}"):
        first, *others = definition.split(description)
        name, _, rest = first.partition('"')
        fixed, varying = [head, rest], [name]
        for other in others:
            words, _, rest = other.partition('"')
            varying.append(words)
            fixed.append(rest)
        several.append(("\0".join(fixed), varying))
    return [(_escaped(fixed), list(map(_escaped, varying))) for fixed, varying in several] if has_quotes else several


def _escaped(text: str) -> str:
    return text.replace(_QUOTE, '\\"').replace(_BACKSLASHES, "\\\\")


def _template(fixed: str, varying: _Parts) -> str | None:
    """Short JSON of a definition with signs where its name and descriptions are put; None where it breaks a rule.

    Marks are put in their place, which says where they are written, and whether the name is that of the function.
    """
    marks = [chr(_MARK + place) for place in range(len(varying))]
    tool, marked = _parsed_definition(fixed, varying), _parsed_definition(fixed, marks)
    function = marked.get("function") if marked else None
    if tool is None or not isinstance(function, dict) or function.get("name") != marks[0]:
        return None
    defined = defined_training_tool(tool, is_function=False)
    written = SHORT.encode(marked)
    if defined.problems or defined.names != {varying[0]} or _MARKS.findall(written) != marks:
        return None
    template = _MARKS.sub("%s", written.replace("%", "%%"))
    encoded = _encoded_texts(varying)
    return template if encoded and template % tuple(encoded) == defined.written else None


def _parsed_definition(fixed: str, varying: _Parts) -> JsonObject | None:
    head, *others = fixed.split("\0")
    description = f'{_DESCRIPTION} "' if head.endswith(' "') else f'{_DESCRIPTION}"'
    text = head + description.join([f'{words}"{rest}' for words, rest in zip(varying, others, strict=True)])
    try:
        definition = training_json(text)
    except (ValueError, StopIteration):
        return None
    return definition if isinstance(definition, dict) else None


def _encoded_texts(texts: _Parts) -> _Parts | None:
    """Texts between quotes of JSON as short JSON has them; None where one is none."""
    if not texts:
        return []
    between = '","'.join(texts)
    joined = f'["{between}"]'
    try:
        parsed: list[str] = training_json(joined)  # type: ignore[assignment]  # texts in a list
    except (ValueError, StopIteration):
        return None
    if "\\" not in joined:
        return texts
    return [SHORT.encode(text)[1:-1] if "\\" in raw else raw for raw, text in zip(texts, parsed, strict=True)]
