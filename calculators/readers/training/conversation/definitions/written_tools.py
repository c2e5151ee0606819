"""Judges lists of tools by the text that a line has: equal ones are parsed once."""

from __future__ import annotations

from calculators.readers.training.bounded import BoundedStore
from calculators.readers.training.conversation.definitions.alike_tools import AlikeTrainingTools
from calculators.readers.training.conversation.tools import DefinedTrainingTools, defined_training_tools
from calculators.readers.training.lines import training_json

_MOST = 4_000_000
"""Characters of texts whose judgment is kept at once."""

_earlier: BoundedStore[str, DefinedTrainingTools] = BoundedStore(_MOST)
_alike = AlikeTrainingTools()


def written_training_tools(text: str) -> DefinedTrainingTools | None:
    """What a list of tools says; None where its text is no list as JSON. No brackets in it are nested too deep."""
    defined = _earlier.get(text) or _alike.read(text)
    return defined or _read_tools(text)


def _read_tools(text: str) -> DefinedTrainingTools | None:
    try:
        tools = training_json(text)
    except (ValueError, StopIteration):
        return None
    return _earlier.keep(text, defined_training_tools(tools, None)) if isinstance(tools, list) else None
