"""What `claude -p` prints as JSON: one result, or a stream of messages that ends with a result.

Source: the page on costs of Anthropic's agent kit. A result sums up all steps of its run, for each model; its costs are
estimates. In a stream, messages of one id are one request, and their output is often a placeholder. So the result adds
what the messages before lack.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.intake.id_table import IdTable
from calculators.readers.usage.cells import Value, usage_amount_in, usage_count_in, usage_name_in, usage_object_in
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.sessions.claude_code import LOCAL_MODEL, claude_code_message_requests
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

TOKENS = {
    "uncached": ("inputTokens", "input_tokens"),
    "read": ("cacheReadInputTokens", "cache_read_input_tokens"),
    "write": ("cacheCreationInputTokens", "cache_creation_input_tokens"),
    "output": ("outputTokens", "output_tokens"),
}
"""What a result calls its sums, by model and altogether."""

KINDS = ("assistant", "user", "stream_event")


def is_claude_code_printed_message(row: Row) -> bool:
    """Whether a row is a result, or a message of a stream."""
    if "session_id" not in row:
        return False
    kind = row.get("type")
    return (
        (kind == "result" and "num_turns" in row)
        or (kind in KINDS and ("parent_tool_use_id" in row or "event" in row))
        or (kind == "system" and "subtype" in row)
    )


class ClaudeCodeRun:
    """What the messages of a run of `claude -p` have said so far, by model."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.sums: dict[str, dict[str, int]] = {}

    def add(self, model: str, counts: dict[str, int]) -> None:
        """Adds counts to those of a model."""
        sums = self.sums.setdefault(model, dict.fromkeys(TOKENS, 0))
        for name, count in counts.items():
            sums[name] += count

    def sum(self, model: str, name: str) -> int:
        """The tokens of one kind of a model, or of all models where none is named."""
        whole = 0
        for known, sums in self.sums.items():
            if not model or known == model:
                whole += sums[name]
        return whole


class ClaudeCodePrintedMessages:
    """Reads the messages of a stream in order, and keeps the sums of the runs that have no result yet."""

    def __init__(self) -> None:
        self._runs: dict[str, ClaudeCodeRun] = {}
        self._begun = 0
        self._outputs = IdTable()

    def requests(self, row: Row) -> Iterator[Request]:
        """The request of a message, or what a result adds; nothing for other lines."""
        session = usage_name_in(row.get("session_id"))
        if row.get("type") == "result":
            yield from self._result_requests(row, session, self._runs.pop(session, ClaudeCodeRun(0)))
        message = usage_object_in(row.get("message"))
        if not usage_object_in(message.get("usage")) or message.get("model") == LOCAL_MODEL:
            return
        for request in claude_code_message_requests(message, row.get("uuid")):
            request.conversation = session
            self._note(request, session)
            yield request

    def _note(self, request: Request, session: str) -> None:
        """Adds a message to the sums of its run; of one that comes again, what its output has grown by."""
        run = self._runs.get(session)
        if run is None:
            self._begun += 1
            run = self._runs[session] = ClaudeCodeRun(self._begun)
        output, place = request.output or 0, self._outputs.place_of(f"{run.number} {request.id}")
        if place < 0:
            self._outputs.set_number(~place, output)
            run.add(request.model, {name: getattr(request, name) or 0 for name in TOKENS})
        elif output > (before := self._outputs.number(place)):
            self._outputs.set_number(place, output)
            run.add(request.model, {"output": output - before})

    def _result_requests(self, row: Row, session: str, run: ClaudeCodeRun) -> Iterator[Request]:
        by_model = usage_object_in(row.get("modelUsage"))
        usage = usage_object_in(row.get("usage"))
        if not by_model and usage:
            model = next(iter(run.sums)) if len(run.sums) == 1 else ""
            by_model = {model: {**usage, "costUSD": row.get("total_cost_usd")}}
        sums: dict[str, Value]
        for model, sums in by_model.items():
            yield _claude_code_difference(
                Request(
                    requests=0 if run.sums else None,
                    id=f"{usage_name_in(row.get('uuid'))}/{model}" if row.get("uuid") else "",
                    conversation=session,
                    model=usage_name_in(model),
                    provider="anthropic",
                    cost=usage_amount_in(usage_object_in(sums).get("costUSD")),
                    failed=row.get("is_error") is True,
                ),
                usage_object_in(sums),
                run,
                model,
            )


def _claude_code_difference(request: Request, sums: Row, run: ClaudeCodeRun, model: str) -> Request:
    """A request with what the sums of a result have beyond the messages before."""
    if not sums:
        raise SkippedRow("its sums are not objects")
    for field, names in TOKENS.items():
        total = next((count for name in names if (count := usage_count_in(sums.get(name))) is not None), None)
        if total is not None:
            setattr(request, field, max(total - run.sum(model, field), 0))
    return request


def open_claude_code_results_file() -> RowReader:
    """Messages are compared with the result that follows."""
    return ClaudeCodePrintedMessages().requests


FORMAT = UsageFormat(
    label="Claude Code output",
    order=10,
    recognizes=is_claude_code_printed_message,
    marks=("session_id",),
    open_file=open_claude_code_results_file,
)
