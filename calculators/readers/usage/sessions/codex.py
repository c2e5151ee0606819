"""Sessions of Codex, as its session files hold them.

Source: OpenAI's types of the protocol, and public readers with their reports of errors. Input includes what was cached,
output includes reasoning.

- Events of use repeat with unchanged totals, so what counts is how much the totals grow, not the last use.
- Totals that fall begin anew, with the last use.
- A fork replays the events of the thread that it continues, with old or new times. Its totals give an event its id, so
  the same event in two files is one request.
- Newer files also have a record for each answer, which is used alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import Value, usage_count_in, usage_name_in, usage_object_in, usage_seconds_in
from calculators.readers.usage.request import Request, SkippedRow, uncached_usage_of_prompt
from calculators.readers.usage.traces.inclusion import first_trace_count
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

KINDS = (
    "session_meta",
    "turn_context",
    "event_msg",
    "response_item",
    "compacted",
    "token_usage_record",
    "world_state",
)
READ = ("cached_input_tokens", "cache_read_input_tokens")
WRITE = ("cache_creation_input_tokens", "cache_write_input_tokens")

Counts = tuple[int | None, int | None, int | None, int | None, int | None]
"""The counts of a use: input, read from the cache, written to it, output, reasoning."""


def is_codex_line(row: Row) -> bool:
    """Whether a row is a line of a session."""
    return "payload" in row and row.get("type") in KINDS


class CodexSession:
    """Reads the lines of a session in order."""

    def __init__(self) -> None:
        self.thread = ""
        self.parents: dict[str, str] = {}
        self.model = ""
        self.totals: Counts | None = None
        self.growth: Counts | None = None
        self.has_records = False

    def requests(self, row: Row) -> Iterator[Request]:
        """The request that a line reports; nothing for other lines, and for a report that is repeated."""
        payload = usage_object_in(row["payload"])
        kind = row["type"]
        if kind == "session_meta":
            self._begin(payload)
        elif kind == "turn_context":
            self.model = usage_name_in(payload.get("model")) or self.model
        elif kind == "token_usage_record" or payload.get("type") == "token_usage_record":
            yield from self._record_requests(row, payload)
        elif kind == "event_msg" and payload.get("type") == "token_count" and not self.has_records:
            yield from self._event_requests(row, usage_object_in(payload.get("info")))

    def _begin(self, meta: Row) -> None:
        """Notes whose thread it is, and which thread that one continues."""
        thread = usage_name_in(meta.get("id"))
        parent = usage_name_in(meta.get("forked_from_id")) or usage_name_in(meta.get("parent_thread_id"))
        if not self.thread:
            self.thread = thread
        elif thread != self.thread:
            self.parents.setdefault(self.thread, thread)
        if parent and parent != thread:
            self.parents[thread] = parent

    def _root(self) -> str:
        """The thread that all others of the file continue."""
        root, seen = self.thread, set()
        while root in self.parents and root not in seen:
            seen.add(root)
            root = self.parents[root]
        return root

    def _record_requests(self, row: Row, record: Row) -> Iterator[Request]:
        counts = _codex_counts(record.get("usage"))
        is_first, self.has_records = not self.has_records, True
        if is_first and counts and self.growth and not any(_codex_changes(counts, self.growth)):
            return  # the event before has reported the same answer
        if counts:
            yield self._request(row, counts, usage_name_in(record.get("response_id")))

    def _event_requests(self, row: Row, info: Row) -> Iterator[Request]:
        totals, last = _codex_counts(info.get("total_token_usage")), _codex_counts(info.get("last_token_usage"))
        if totals is None:
            growth = last
        elif self.totals is None:
            growth = last or totals
        elif totals == self.totals:
            return
        else:
            growth = _codex_difference(totals, self.totals) or last or totals
        if growth is None:
            return
        id = f"{totals}/{last}" if totals else ""
        if totals is not None and totals == last:
            id = f"{self._root()}/{id}"
        self.totals = totals or self.totals
        self.growth = growth
        yield self._request(row, growth, f"codex/{id}" if id else "", usage_name_in(info.get("model")))

    def _request(self, row: Row, counts: Counts, id: str, model: str = "") -> Request:
        prompt, read, write, output, reasoning = counts
        return Request(
            time=usage_seconds_in(row.get("timestamp")),
            id=id,
            conversation=self.thread,
            model=model or self.model,
            provider="openai",
            uncached=uncached_usage_of_prompt(prompt, read, write),
            read=read,
            write=write,
            output=output,
            reasoning=reasoning,
        )


def _codex_counts(usage: Value) -> Counts | None:
    """The counts of a use; None where there is none.

    Raises:
        SkippedRow: there is a use without input or output.
    """
    if usage is None:
        return None
    held = usage_object_in(usage)
    counts = (
        usage_count_in(held.get("input_tokens")),
        first_trace_count(held, READ),
        first_trace_count(held, WRITE),
        usage_count_in(held.get("output_tokens")),
        usage_count_in(held.get("reasoning_output_tokens")),
    )
    if counts[0] is None or counts[-2] is None:
        raise SkippedRow("its use has no input or no output")
    return counts


def _codex_difference(totals: Counts, before: Counts) -> Counts | None:
    """How much each total has grown; None where one has fallen."""
    changes = _codex_changes(totals, before)
    if min(changes) < 0:
        return None
    input, read, write, output, reasoning = changes
    return (
        input,
        None if totals[1] is None else read,
        None if totals[2] is None else write,
        output,
        None if totals[4] is None else reasoning,
    )


def _codex_changes(counts: Counts, before: Counts) -> tuple[int, int, int, int, int]:
    """How each count differs from the one before, where a count that is missing changes nothing."""
    input, read, write, output, reasoning = counts
    input_before, read_before, write_before, output_before, reasoning_before = before
    return (
        (input or 0) - (input_before or 0),
        (read or 0) - (read_before or 0),
        (write or 0) - (write_before or 0),
        (output or 0) - (output_before or 0),
        (reasoning or 0) - (reasoning_before or 0),
    )


def open_codex_file() -> RowReader:
    """Totals are compared with those before."""
    return CodexSession().requests


FORMAT = UsageFormat(
    label="Codex sessions", order=10, recognizes=is_codex_line, marks=("payload",), open_file=open_codex_file
)
