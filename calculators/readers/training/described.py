"""The columns of a data set by LLaMA-Factory's dataset_info.json: what the keys of a file are called in it.

The description names columns and, for turns, tags. An example is read as if it had the usual names of Alpaca or
ShareGPT. Source: the data README of LLaMA-Factory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from calculators.engine.long_text import AnyText
from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.lines import JsonObject, TrainingLine, Unparsable, parse_training_line
from calculators.readers.training.recognizing import FIRST, TRAINING_FORMATS

LONGEST_DESCRIPTION = 1_000_000

_SHARED = {"system": "system", "chosen": "chosen", "rejected": "rejected", "kto_tag": "kto_tag"}
_COLUMNS = {
    "alpaca": {"prompt": "instruction", "query": "input", "response": "output", "history": "history", **_SHARED},
    "sharegpt": {"messages": "conversations", "tools": "tools", **_SHARED},
}
"""For each formatting, the usual key of a column."""

_DEFAULTS = ("prompt", "query", "response", "messages")
"""Columns that a data set has under their usual key if the description does not name them."""

_SPEAKERS = {
    "user_tag": "human",
    "assistant_tag": "gpt",
    "observation_tag": "observation",
    "function_tag": "function_call",
    "system_tag": "system",
}
_SURELY = 9
"""How well an example fits that has all columns of the description: more than it fits any other format."""


@dataclass(frozen=True, slots=True)
class DescribedTrainingColumns:
    """A data set: the format that it is in under other names, its keys by the usual ones, and the tags of its turns."""

    base: str
    keys: Mapping[str, str]
    tags: Mapping[str, str]

    @property
    def needed(self) -> frozenset[str]:
        """The keys without which an example is not of this data set."""
        usual = {"conversations"} if "conversations" in self.keys else {"instruction"}
        if self.base.endswith("_pairs"):
            usual |= {"chosen", "rejected"}
        else:
            usual |= {"output"} & self.keys.keys() | {"kto_tag"} & self.keys.keys()
        return frozenset(self.keys[key] for key in usual if key in self.keys)

    def renamed(self, example: JsonObject) -> JsonObject:
        """An example under the usual names; other keys are kept where they are not taken for one of these."""
        own, taken = set(self.keys.values()), set(_COLUMNS[self.base.partition("_")[0]].values())
        named = {usual: example[key] for usual, key in self.keys.items() if key in example}
        for usual in ("conversations", "chosen", "rejected") if self.base.startswith("sharegpt") else ():
            if usual in named:
                named[usual] = self._turns(named[usual])
        return {**named, **{key: part for key, part in example.items() if key not in own | taken}}

    def _turns(self, turns: object) -> object:
        if isinstance(turns, list):
            return [self._turns(turn) for turn in turns]
        if not isinstance(turns, dict):
            return turns
        role, content = self.tags.get("role_tag", "from"), self.tags.get("content_tag", "value")
        turn = {key: part for key, part in turns.items() if key not in (role, content, "from", "value")}
        if role in turns:
            turn["from"] = self._speaker(turns[role])
        if content in turns:
            turn["value"] = turns[content]
        return turn

    def _speaker(self, name: object) -> object:
        """The usual name of a speaker; one that is no tag stays unknown, whatever it is called."""
        speakers = {self.tags.get(tag, usual): usual for tag, usual in _SPEAKERS.items()}
        return speakers.get(name, f"{name} ") if isinstance(name, str) else name

    def format(self) -> TrainingChatFormat:
        """The format whose examples have these keys. LLaMA-Factory passes over all others, so none is unknown."""
        base, needed = TRAINING_FORMATS[self.base], self.needed

        def conversation(line: TrainingLine, example: JsonObject) -> JsonObject | None:
            return base.conversation(line, self.renamed(example))

        return replace(
            base,
            recognized_by=(),
            fit=lambda example: _SURELY if needed <= example.keys() else 0,
            conversation=conversation,
            unknown_key="",
        )


def described_training_columns(description: str, lines: Iterable[tuple[int, str]]) -> DescribedTrainingColumns | None:
    """The data set of a description whose columns most of the first examples have; None where there is none."""
    examples: list[JsonObject] = []
    for number, text in islice(lines, FIRST):
        try:
            parsed = parse_training_line(TrainingLine(number), text)
        except Unparsable:
            continue
        if isinstance(parsed, dict):
            examples.append(parsed)
    fits = [
        (len([example for example in examples if columns.needed <= example.keys()]), len(columns.needed), columns)
        for columns in described_training_sets(description)
    ]
    fitting = [fit for fit in fits if fit[0]]
    return max(fitting, key=lambda fit: fit[:2])[2] if fitting else None


@lru_cache(2)
def described_training_sets(description: str) -> tuple[DescribedTrainingColumns, ...]:
    """The data sets that a description has, those for pretraining and in other forms left out.

    >>> mine = '{"mine": {"file_name": "a.json", "columns": {"prompt": "q", "response": "a"}}}'
    >>> described_training_sets(mine)[0].keys["output"]
    'a'
    """
    if len(description) > LONGEST_DESCRIPTION or is_json_nested_too_deep(description):
        return ()
    try:
        content = json.loads(description.removeprefix("\ufeff"))
    except ValueError:
        return ()
    entries = content.values() if isinstance(content, dict) else ()
    found = [_described_training_set(entry) for entry in entries if isinstance(entry, dict)]
    return tuple(columns for columns in found if columns is not None)


def _described_training_set(entry: JsonObject) -> DescribedTrainingColumns | None:
    formatting = entry.get("formatting", "alpaca")
    if not isinstance(formatting, str) or formatting not in _COLUMNS:
        return None
    columns, tags = _described_training_texts(entry.get("columns")), _described_training_texts(entry.get("tags"))
    keys = {
        usual: columns.get(column, usual)
        for column, usual in _COLUMNS[formatting].items()
        if column in columns or column in _DEFAULTS
    }
    if set(columns) == {"prompt"}:
        return None
    base = f"{formatting}_pairs" if entry.get("ranking") is True else formatting
    base = f"{formatting}_labels" if "kto_tag" in columns else base
    if base.endswith("_pairs"):
        keys.pop("output", None)
    return DescribedTrainingColumns(base, keys, tags)


def _described_training_texts(names: object) -> dict[str, str]:
    """The names that are texts; a column may be named null, which means that there is none."""
    return {key: name for key, name in names.items() if isinstance(name, str)} if isinstance(names, dict) else {}


def is_training_description(text: AnyText) -> bool:
    """Whether a text is such a description itself, chosen in place of the data."""
    if len(text) > LONGEST_DESCRIPTION:
        return False
    keys = ('"file_name"', '"hf_hub_url"', '"ms_hub_url"', '"script_url"')
    text = str(text)
    return any(key in text for key in keys) and bool(described_training_sets(text))
