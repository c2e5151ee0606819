"""Answers of Google's Gemini interface and of Vertex AI, also the pieces of a stream, in camel or snake case.

Source: Google's reference of UsageMetadata. The prompt includes what was read from the cache; what a tool added to it
and what the model thought come on top of prompt and answer. A count that is left out is 0, as protocol buffers write
it. Each piece of a stream repeats the counts so far, so the last one of an answer counts.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.prompt_counts import AUDIO_REMARK
from calculators.readers.usage.cells import (
    Value,
    usage_count_in,
    usage_list_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    OddRows,
    RowColumns,
    known_usage_column,
    uncached_usage_columns,
    usage_columns_sum,
    usage_total_remarks,
)
from calculators.readers.usage.request import (
    FLEX,
    PRIORITY,
    STANDARD,
    TIERS,
    Request,
    SkippedRow,
    uncached_usage_of_prompt,
    usage_token_total_remark,
)
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

IMAGE_REMARK = "some of its output is not text, which has a price of its own"

TRAFFIC = {"on_demand_flex": FLEX, "on_demand_priority": PRIORITY}
"""The tiers that Vertex AI names by the kind of traffic."""


def is_gemini_usage(row: Row) -> bool:
    """Whether a row has counts by their Gemini names."""
    usage = row.get("usageMetadata")
    if isinstance(usage, dict):
        return "promptTokenCount" in usage or "totalTokenCount" in usage
    usage = row.get("usage_metadata")
    return isinstance(usage, dict) and ("prompt_token_count" in usage or "total_token_count" in usage)


def gemini_usage_requests(row: Row) -> list[Request]:
    """The request that an answer, or a piece of a streamed one, belongs to."""
    if isinstance(row.get("usageMetadata"), dict):
        return [_gemini_usage_request(row, row["usageMetadata"])]
    return [
        _gemini_usage_request(
            {
                "responseId": row.get("response_id"),
                "modelVersion": row.get("model_version"),
                "createTime": row.get("create_time"),
            },
            {_gemini_usage_camel(key): value for key, value in row["usage_metadata"].items() if isinstance(key, str)},
        )
    ]


def _gemini_usage_request(row: Row, usage: Row) -> Request:
    prompt, tool = (
        usage_count_in(usage.get("promptTokenCount")) or 0,
        usage_count_in(usage.get("toolUsePromptTokenCount")) or 0,
    )
    read = usage_count_in(usage.get("cachedContentTokenCount")) or 0
    answer, thoughts = (
        usage_count_in(usage.get("candidatesTokenCount")) or 0,
        usage_count_in(usage.get("thoughtsTokenCount")) or 0,
    )
    remark = usage_token_total_remark(usage_count_in(usage.get("totalTokenCount")), prompt, tool, answer, thoughts)
    if not remark and "promptTokensDetails" in usage and _has_gemini_usage(usage["promptTokensDetails"], ("AUDIO",)):
        remark = AUDIO_REMARK
    details = usage.get("candidatesTokensDetails")
    if not remark and details and _has_gemini_usage(details, ("AUDIO", "IMAGE", "VIDEO")):
        remark = IMAGE_REMARK
    tier = STANDARD
    if "trafficType" in usage or "serviceTier" in usage:
        traffic, stated = (
            usage_name_in(usage.get("trafficType")).lower(),
            usage_name_in(usage.get("serviceTier")).lower(),
        )
        tier = TRAFFIC.get(traffic) or TIERS.get(stated, STANDARD)
    return Request(
        time=usage_seconds_in(row.get("createTime")),
        id=usage_name_in(row.get("responseId")),
        model=usage_name_in(row.get("modelVersion")),
        provider="google",
        tier=tier,
        uncached=(uncached_usage_of_prompt(prompt, read, 0) or 0) + tool,
        read=read,
        write=0,
        output=answer + thoughts,
        reasoning=thoughts,
        remark=remark,
    )


def _has_gemini_usage(details: Value, modalities: tuple[str, ...]) -> bool:
    """Whether any tokens are of one of these kinds."""
    for part in map(usage_object_in, usage_list_in(details)):
        if part.get("modality") in modalities and (part.get("tokenCount") or part.get("token_count")):
            return True
    return False


def _gemini_usage_camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)


def gemini_answer_request(row: Row) -> Request:
    """The request of one answer.

    Raises:
        SkippedRow: it has no counts.
    """
    if not is_gemini_usage(row):
        raise SkippedRow("its answer has no token counts")
    return gemini_usage_requests(row)[0]


def gemini_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many answers in camel case.

    Raises:
        SkippedRow: some of them have to be read one by one, as those with other things than text.
    """
    usage = rows.inner("usageMetadata")
    prompts, totals = usage.counts("promptTokenCount"), usage.counts("totalTokenCount")
    details = [usage.values(name) for name in ("promptTokensDetails", "candidatesTokensDetails")]
    if {*map(type, prompts), *map(type, totals)} != {int} or any(map(any, details)):
        raise OddRows
    if any(usage.values("trafficType")) or any(usage.values("serviceTier")):
        raise OddRows
    names = ("toolUsePromptTokenCount", "cachedContentTokenCount", "candidatesTokenCount", "thoughtsTokenCount")
    tool, read, answer, thoughts = (known_usage_column(usage.counts(name)) for name in names)
    return usage_request_columns(
        len(rows),
        time=rows.times("createTime"),
        id=rows.names("responseId"),
        model=rows.names("modelVersion"),
        provider=["google"] * len(rows),
        uncached=usage_columns_sum(uncached_usage_columns(prompts, read), tool),
        read=read,
        write=[0] * len(rows),
        output=usage_columns_sum(answer, thoughts),
        reasoning=thoughts,
        remark=usage_total_remarks(totals, prompts, tool, answer, thoughts),
    )


def open_gemini_file() -> RowReader:
    """Rows are read one by one."""
    return gemini_usage_requests


FORMAT = UsageFormat(
    label="Gemini",
    order=30,
    recognizes=is_gemini_usage,
    marks=("usageMetadata", "usage_metadata"),
    open_file=open_gemini_file,
    read_columns=gemini_columns,
    is_told_by_keys=True,
    looks_into=("usageMetadata", "usage_metadata"),
)
