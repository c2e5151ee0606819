"""Names for what tests read from JSON."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = Any
"""What a JSON text holds. Any: a test names the keys and the types that it expects, and fails where they differ."""

JsonObject: TypeAlias = dict[str, Json]
"""An object of JSON, such as an answer or the facts."""
