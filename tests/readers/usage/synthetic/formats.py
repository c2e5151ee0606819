"""All formats that traffic can be written in, with what each can say of a cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.readers.usage.synthetic import bodies, gateways, reports, traces
from tests.readers.usage.synthetic.traffic import LEVELS, PLAIN, READ, TIMED, WRITTEN, Sent

WRITERS: Mapping[str, Callable[[list[Sent]], str]] = {
    **bodies.WRITERS,
    **gateways.WRITERS,
    **reports.WRITERS,
    **traces.WRITERS,
}

COSTS_ALONE = {"anthropic_cost_table", "openai_cost_table"}
"""Reports that hold no tokens."""

SAYS: Mapping[str, str] = dict.fromkeys(WRITERS, WRITTEN) | {
    **dict.fromkeys(("gemini", "gemini_batch", "openrouter_activity", "openrouter_generation"), READ),
    "openrouter_days": PLAIN,
    **dict.fromkeys(
        (
            "anthropic_batch",
            "anthropic_messages",
            "anthropic_report",
            "anthropic_stream",
            "anthropic_usage_table",
            "bedrock_converse",
            "bedrock_invocation_log",
            "claude_code",
            "claude_code_results",
            "langfuse",
            "langfuse_table",
            "langsmith",
            "sums",
        ),
        TIMED,
    ),
}

WITHOUT_TIME = {"anthropic_batch", "anthropic_stream", "claude_code_results"}
IN_A_BATCH = {"anthropic_batch", "gemini_batch", "openai_batch"}
BY_DAY = set(reports.WRITERS) - {"cursor"}
"""Reports whose rows sum up a day."""

WITHOUT_REQUESTS = {"anthropic_report", "anthropic_usage_table"}
"""Reports that count no requests."""


def formats_of(level: str) -> list[str]:
    """The formats that can say what happens in the traffic of a level."""
    return [name for name in sorted(WRITERS) if LEVELS.index(SAYS[name]) >= LEVELS.index(level)]
