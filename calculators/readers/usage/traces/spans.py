"""Reads spans of model calls, by the names of OpenTelemetry's conventions or of OpenInference.

Source: OpenTelemetry's conventions for generative AI with the names that they have replaced, and OpenInference's. A
span above model calls repeats their sums, so it is not counted; nor is a call that an instrument of a framework and
one of a client both have recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from calculators.readers.intake.id_table import LARGEST_NUMBER, id_digest
from calculators.readers.usage.cells import Value, usage_amount_in, usage_count_in, usage_name_in
from calculators.readers.usage.request import STANDARD, TIERS, Request, SkippedRow
from calculators.readers.usage.traces.inclusion import trace_leaves_cache_out, trace_uncached_of_input
from calculators.readers.usage.traces.memory.recent_spans import (
    LEFT_OUT,
    NOT_READ,
    OUTCOMES,
    REPEATS,
    RecentSpans,
    SpanPlace,
)

OPERATIONS = ("chat", "text_completion", "generate_content", "embeddings", "LLM", "EMBEDDING")
"""The operations and kinds of spans that are a call of a model."""

KINDS = ("gen_ai.operation.name", "openinference.span.kind")
INPUT = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt")
OUTPUT = ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion")
TOTAL = ("gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total")
READ = (
    "gen_ai.usage.cache_read.input_tokens",
    "llm.token_count.prompt_details.cache_read",
    "gen_ai.usage.cache_read_input_tokens",
    "gen_ai.usage.cached_tokens",
    "gen_ai.usage.details.cache_read_tokens",
    "gen_ai.usage.details.cache_read_input_tokens",
)
WRITE = (
    "gen_ai.usage.cache_creation.input_tokens",
    "llm.token_count.prompt_details.cache_write",
    "gen_ai.usage.cache_creation_input_tokens",
    "gen_ai.usage.details.cache_write_tokens",
    "gen_ai.usage.details.cache_creation_input_tokens",
)
REASONING = (
    "gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.reasoning_tokens",
    "gen_ai.usage.details.reasoning_tokens",
    "llm.token_count.completion_details.reasoning",
)
MODEL = ("gen_ai.response.model", "gen_ai.request.model", "llm.model_name", "embedding.model_name")
PROVIDER = ("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system")
CONVERSATION = ("gen_ai.conversation.id", "session.id")
TIER = ("openai.response.service_tier", "gen_ai.openai.response.service_tier")
FIRST_TOKEN = ("gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token")
ID, COST, ERROR = "gen_ai.response.id", "llm.cost.total", "error.type"

NAMES = (KINDS, INPUT, OUTPUT, TOTAL, READ, WRITE, REASONING, MODEL, PROVIDER, CONVERSATION, TIER, FIRST_TOKEN)
ATTRIBUTES = frozenset((ID, COST, ERROR)).union(*NAMES)
"""The attributes that are looked at."""

SETTLED = 2
"""How many of the names of cached input belong to a specification that says that input includes the cache."""

EXCLUSIVE_PROVIDERS = ("anthropic", "aws.bedrock", "bedrock")
"""Providers whose own counts of input leave the cache out, as some packages pass on."""

DEEPEST = 64
"""How far up a trace is looked for a span that repeats a call."""


MANY_OPEN = 40_000
"""Of so many spans that have not come yet, the calls below them are kept, which takes about 20 MB; then of half."""

FAR_AWAY = "a span above or below it is too far away in the file to be compared: a call may count twice"

Tokens: TypeAlias = tuple[int | None, int | None]
"""The uncached input and the output of a call, by which a span that repeats it is known."""

SpanCall: TypeAlias = tuple[int, int, str, Tokens | None]
"""The digest of a span and of the one above it, what it says that it does, and its tokens."""

MANY_SHAPES = 1000
"""So many shapes of spans are remembered; a trace has few."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Under which keys, in order, the spans of one shape have each of the things that are looked for."""

    operation: tuple[str, ...]
    input: tuple[str, ...]
    output: tuple[str, ...]
    total: tuple[str, ...]
    read: tuple[str, ...]
    write: tuple[str, ...]
    reasoning: tuple[str, ...]
    model: tuple[str, ...]
    provider: tuple[str, ...]
    conversation: tuple[str, ...]
    tier: tuple[str, ...]
    first_token: tuple[str, ...]
    is_settled: bool
    """Whether one of the names of cached input says for certain that input includes it."""


@lru_cache(MANY_SHAPES)
def trace_span_keys_of(attributes: tuple[str, ...]) -> Keys:
    """The keys of spans that have these attributes."""

    def known(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name in attributes)

    return Keys(
        operation=known(KINDS),
        input=known(INPUT),
        output=known(OUTPUT),
        total=known(TOTAL),
        read=known(READ),
        write=known(WRITE),
        reasoning=known(REASONING),
        model=known(MODEL),
        provider=known(PROVIDER),
        conversation=known(CONVERSATION),
        tier=known(TIER),
        first_token=known(FIRST_TOKEN),
        is_settled=bool(known(READ[:SETTLED] + WRITE[:SETTLED])),
    )


def _trace_span_first_name(attributes: dict[str, Value], keys: tuple[str, ...]) -> str:
    """The first name that attributes have under these keys."""
    for key in keys:
        if name := usage_name_in(attributes[key]):
            return name
    return ""


class TraceSpan:
    """A span with its attributes by their flat names, and its times in seconds.

    `digest` and `digest_above` are those of its id and its parent's; 0 where it has none. `keys` are those of its
    attributes.
    """

    __slots__ = ("attributes", "digest", "digest_above", "end", "failed", "id", "keys", "start")

    def __init__(
        self, id: str, parent: str, attributes: dict[str, Value], start: float | None, end: float | None, failed: bool
    ) -> None:
        self.id, self.attributes, self.start, self.end, self.failed = id, attributes, start, end, failed
        self.digest = id_digest(id) if id else 0
        self.digest_above = id_digest(parent) if parent else 0
        self.keys = trace_span_keys_of(tuple(attributes))

    def operation(self) -> str:
        """What a span says that it does; nothing where it does not say."""
        return _trace_span_first_name(self.attributes, self.keys.operation)


class TraceSpanReader:
    """Reads the spans of a file in the order in which they come.

    Of each span, only digests and a number are kept, for the last `MANY_SPANS` at least. What is below a span is kept
    until the span itself has come, for at most `MANY_OPEN` spans. Requests that would have to be compared with what is
    no longer kept say so.
    """

    def __init__(self) -> None:
        self._spans = RecentSpans()
        self._below: dict[int, set[Tokens]] = {}

    def requests(self, spans: list[TraceSpan], are_together: bool) -> list[Request | SkippedRow]:
        """The requests of spans that come at once; `are_together` says whether they may be a whole trace."""
        outcomes: list[Request | SkippedRow] = []
        requests: list[Request] = []
        calls: list[SpanCall] = []
        for span in spans:
            try:
                request = trace_span_request_of(span)
            except SkippedRow as reason:
                outcomes.append(reason)
                if span.digest:
                    self._spans.note(span.digest, span.digest_above)
                continue
            requests.append(request)
            calls.append(
                (span.digest, span.digest_above, span.operation(), trace_span_tokens(request.uncached, request.output))
            )
        for request, remark in zip(requests, self.remarks(calls, are_together), strict=True):
            if remark is not None:
                request.remark = request.remark or remark
                outcomes.append(request)
        return outcomes

    def remarks(self, calls: list[SpanCall], are_together: bool) -> list[str | None]:
        """What to remark of each of some spans that come at once; None of one that is not to be counted."""
        spans = self._spans
        room = spans.room
        places = [spans.note(digest, digest_above) for digest, digest_above, _, _ in calls]
        if spans.room != room:
            places = [spans.place_of(digest) for digest, *_ in calls]
        for digest, digest_above, _, tokens in calls:
            if digest_above:
                self._note_tokens(digest, digest_above, tokens)
        return [self._remark(call, place, are_together) for call, place in zip(calls, places, strict=True)]

    def remarks_one_by_one(self, calls: list[SpanCall]) -> list[str | None]:
        """The same of spans that come one after another."""
        remarks: list[str | None] = []
        note, below = self._spans.note, self._below
        for call in calls:
            digest, digest_above, operation, tokens = call
            place = note(digest, digest_above)
            if digest_above:
                self._note_tokens(digest, digest_above, tokens)
            elif digest and tokens is not None and not below and operation in OPERATIONS and self._is_whole:
                outcomes, row = place  # a call with nothing above it, and nothing below any that has not come
                if outcomes[row] != REPEATS:
                    outcomes[row] = _trace_span_digest_of_tokens(tokens)
                    remarks.append("")
                    continue
            remarks.append(self._remark(call, place, False))
        return remarks

    @property
    def _is_whole(self) -> bool:
        """Whether no span was let go of."""
        return self._spans.forgotten.is_empty

    def _note_tokens(self, digest: int, digest_above: int, tokens: Tokens | None) -> None:
        """Notes in all spans above that are not read yet which calls are below them."""
        below = self._below.get(digest)
        if below is None and tokens is None:
            return
        all_tokens = {*(below or ()), *(() if tokens is None else (tokens,))}
        above = digest_above
        for _ in range(DEEPEST):
            if not above or above == digest:
                return
            higher, outcome = self._spans.known(above)
            if outcome == NOT_READ:
                if len(self._below) >= MANY_OPEN:
                    for oldest in list(self._below)[: MANY_OPEN // 2]:
                        self._spans.forgotten.add(oldest)
                        del self._below[oldest]
                self._below.setdefault(above, set()).update(all_tokens)
            above = higher

    def _above(self, digest: int, above: int) -> Iterator[tuple[int, int]]:
        """The digests of the spans above one, as far as they are known, and what became of each."""
        for _ in range(DEEPEST):
            if not above or above == digest:
                return
            higher, outcome = self._spans.known(above)
            yield above, outcome
            above = higher

    def _is_far_away(self, digest: int, digest_above: int) -> bool:
        """Whether a span above or below one may have been let go of, so that both may be the same call."""
        forgotten = self._spans.forgotten
        return not forgotten.is_empty and (
            forgotten.holds(digest)
            or any(
                forgotten.holds(above) and not self._spans.is_known(above)
                for above, _ in self._above(digest, digest_above)
            )
        )

    def _remark(self, call: SpanCall, place: SpanPlace, are_together: bool) -> str | None:
        """What to remark of a span that is noted at a place; None where it is no call, or another span stands for it.

        A span that repeats calls once always does.
        """
        digest, digest_above, _, tokens = call
        below = self._below.pop(digest, None) if digest and self._below else None
        outcomes, row = place
        if digest and outcomes[row] == REPEATS:
            return None
        counts = self._is_call(call, below, are_together)
        if digest:
            outcomes[row] = _trace_span_outcome(counts, tokens, below)
        if not counts:
            return None
        return FAR_AWAY if tokens is not None and self._is_far_away(digest, digest_above) else ""

    def _is_call(self, call: SpanCall, below: set[Tokens] | None, are_together: bool) -> bool:
        span_digest, digest_above, operation, tokens = call
        if operation not in OPERATIONS:
            return tokens is not None and below is None and (are_together or not operation)
        if below is not None and (tokens is None or tokens in below):
            return False
        if tokens is None or not digest_above:
            return True
        digest = _trace_span_digest_of_tokens(tokens)
        return all(outcome != digest for _, outcome in self._above(span_digest, digest_above))


def _trace_span_outcome(counts: bool, tokens: Tokens | None, below: set[Tokens] | None) -> int:
    """What is kept of a span: with which tokens it was counted, or why it was not."""
    return _trace_span_digest_of_tokens(tokens) if counts else LEFT_OUT if below is None else REPEATS


def trace_span_tokens(uncached: int | None, output: int | None) -> Tokens | None:
    """The tokens by which a call is known; None where a span states none."""
    return None if uncached is None and output is None else (uncached, output)


def _first_count(attributes: dict[str, Value], keys: tuple[str, ...]) -> int | None:
    """The first count that attributes have under these keys."""
    for key in keys:
        if (count := usage_count_in(attributes[key])) is not None:
            return count
    return None


def _trace_span_digest_of_tokens(tokens: Tokens | None) -> int:
    """A number of 32 bits that is none of the other outcomes."""
    return max(hash(tokens) & LARGEST_NUMBER, OUTCOMES)


def trace_span_request_of(span: TraceSpan) -> Request:
    """What the attributes of a span say of a request."""
    attributes, keys = span.attributes, span.keys
    prompt, output = _first_count(attributes, keys.input), _first_count(attributes, keys.output)
    total = _first_count(attributes, keys.total) if keys.total else None
    read = _first_count(attributes, keys.read) if keys.read else None
    write = _first_count(attributes, keys.write) if keys.write else None
    provider = _trace_span_first_name(attributes, keys.provider).lower() if keys.provider else ""
    cached = (read or 0) + (write or 0)
    is_open = (
        cached > 0
        and prompt is not None
        and total is None
        and provider in EXCLUSIVE_PROVIDERS
        and not keys.is_settled
        and not trace_leaves_cache_out(prompt, cached, output, total)
    )
    start, end = span.start, span.end
    return Request(
        time=start,
        id=(usage_name_in(attributes[ID]) if ID in attributes else "") or span.id,
        conversation=_trace_span_first_name(attributes, keys.conversation) if keys.conversation else "",
        model=_trace_span_first_name(attributes, keys.model) if keys.model else "",
        provider=provider,
        tier=TIERS.get(_trace_span_first_name(attributes, keys.tier), STANDARD) if keys.tier else STANDARD,
        uncached=trace_uncached_of_input(prompt, read, write, output, total),
        read=read,
        write=write,
        output=output,
        reasoning=_first_count(attributes, keys.reasoning) if keys.reasoning else None,
        cost=usage_amount_in(attributes[COST]) if COST in attributes else None,
        failed=span.failed or bool(attributes.get(ERROR)),
        seconds=end - start if start is not None and end is not None and end >= start else None,
        first_token_seconds=usage_amount_in(attributes[keys.first_token[0]]) if keys.first_token else None,
        remark="its input may leave out what was cached" if is_open else "",
    )
