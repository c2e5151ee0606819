"""One record for all logs of use: what a row says of one request, or of the requests that a report sums up."""

from __future__ import annotations

from dataclasses import dataclass

STANDARD, BATCH, FLEX, PRIORITY, FAST = "standard", "batch", "flex", "priority", "fast"
ULTRAFAST, SCALE, RESERVED = "ultrafast", "scale", "reserved"
"""The tiers that a request can be billed at; the last two are bought ahead, by contract."""

TIERS = {
    "default": STANDARD,
    "auto": STANDARD,
    "standard": STANDARD,
    "on_demand": STANDARD,
    "batch": BATCH,
    "flex": FLEX,
    "priority": PRIORITY,
    "fast": FAST,
    "ultrafast": ULTRAFAST,
    "scale": SCALE,
    "reserved": RESERVED,
}
"""What providers call them."""


@dataclass(slots=True)  # all fields are named; kw_only would look each default up, which takes a third longer
class Request:
    """What a row says of a request; None is what it does not say, which is not 0.

    The token counts never overlap: `uncached`, `read` and `write` add up to the whole input. `write_long` is the part
    of `write` that is kept for an hour or longer, and `reasoning` the part of `output` that nobody sees.

    `time` is in seconds since 1970, UTC. `requests` is 1 for a row of one request, the number of them for a report's
    sum, and 0 for a hidden call within another request, or a row that holds a cost alone. Rows of the same `id` are one
    request, and the one with the largest output counts. `cost` is in US dollars, as logged. `seconds` is how long the
    answer took, `first_token_seconds` how long until its first token. `remark` says what does not add up.

    `texts` are those of a prompt that nobody has counted or answered; they are let go of once `counted` has its tokens.
    Of these, an earlier request began with `shared`; `shared_first` are the same where that request was the first one.
    """

    time: float | None = None
    has_hour: bool = True
    requests: int | None = 1
    id: str = ""
    conversation: str = ""
    model: str = ""
    provider: str = ""
    tier: str = STANDARD
    uncached: int | None = None
    read: int | None = None
    write: int | None = None
    write_long: int | None = None
    output: int | None = None
    reasoning: int | None = None
    cost: float | None = None
    failed: bool = False
    from_proxy: bool = False
    seconds: float | None = None
    first_token_seconds: float | None = None
    remark: str = ""
    texts: tuple[str, ...] = ()
    counted: int = 0
    shared: int = 0
    shared_first: int = 0


class SkippedRow(ValueError):
    """A row that holds a request which cannot be counted; the text says why, and quotes nothing of the row."""


def uncached_usage_of_prompt(prompt: int | None, read: int | None, write: int | None) -> int | None:
    """The uncached part of a prompt whose count includes what was read from and written to the cache.

    Raises:
        SkippedRow: the parts are more than the whole.
    """
    if prompt is None:
        return None
    uncached = prompt - (read or 0) - (write or 0)
    if uncached < 0:
        raise SkippedRow("its cached tokens are more than its prompt")
    return uncached


def usage_token_total_remark(total: int | None, *parts: int | None) -> str:
    """What to say of a stated total that is not the sum of its parts; nothing where it is, or where none is stated."""
    if total is None:
        return ""
    whole = 0
    for part in parts:
        whole += part or 0
    if total == whole:
        return ""
    return "its total is more than its parts" if total > whole else "its total is less than its parts"
