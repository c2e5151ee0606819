"""Spans of OpenTelemetry and OpenInference: which of them count, and whether an input includes its cache."""

from __future__ import annotations

from typing import Any

import pytest

from calculators.readers.usage.request import Request
from calculators.readers.usage.traces import spans
from calculators.readers.usage.traces.memory import recent_spans
from tests.readers.usage.reading import json_lines, requests_in, totals
from tests.readers.usage.trace_examples import EXAMPLES, OTLP, SPAN, otlp_batch, otlp_span


def chat(id: str, parent: str = "", prompt: int = 1000, output: int = 50, **more: Any) -> dict[str, Any]:
    """A span of a call of a model."""
    counts = {"gen__ai_usage_input__tokens": prompt, "gen__ai_usage_output__tokens": output}
    return otlp_span(id, parent, **{"gen__ai_operation_name": "chat", **counts, **more})


def agent(id: str, parent: str = "", prompt: int = 1000, output: int = 50) -> dict[str, Any]:
    """A span above calls, with their sums."""
    return chat(id, parent, prompt, output, gen__ai_operation_name="invoke_agent")


def requests_of(*spans: dict[str, Any]) -> list[Request]:
    """The requests of a batch of spans."""
    return requests_in(json_lines(otlp_batch(*spans)), "otlp")[0]


def test_a_call_counts_and_the_agent_above_does_not() -> None:
    (request,), skipped = requests_in(OTLP, "otlp")
    assert not skipped
    assert (request.uncached, request.read, request.write, request.output) == (250, 900, 150, 75)
    assert (request.model, request.provider, request.conversation) == ("claude-opus-4-8", "anthropic", "talk-1")
    assert (request.time, request.seconds, request.id) == (1793520000, 2.5, "a2")
    assert (request.reasoning, request.remark, request.failed) == (None, "", False)


def test_all_spans_above_calls_are_left_out_also_over_several_batches() -> None:
    """A child ends before its parent, so a collector often writes it first; a span between them has no counts."""
    between = otlp_span("b", "a")
    assert [request.id for request in requests_of(agent("a"), between, chat("c", "b"))] == ["c"]
    lines = json_lines(otlp_batch(chat("c", "b")), otlp_batch(between), otlp_batch(agent("a")))
    assert [request.id for request in requests_in(lines)[0]] == ["c"]


def test_an_agent_that_is_sent_again_after_its_calls_is_still_left_out() -> None:
    lines = json_lines(otlp_batch(chat("c", "a")), otlp_batch(agent("a")), otlp_batch(agent("a")))
    assert [request.id for request in requests_in(lines)[0]] == ["c"]


def test_of_too_many_spans_that_have_not_come_the_newest_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "MANY_OPEN", 4)
    calls = [otlp_batch(chat(f"c{number}", f"a{number}")) for number in range(5)]
    agents = [otlp_batch(agent(f"a{number}")) for number in range(5)]
    counted = [request.id for request in requests_in(json_lines(*calls, *agents))[0]]
    assert counted == ["c0", "c1", "c2", "c3", "c4", "a0", "a1"]


@pytest.mark.parametrize("order", ["calls first", "agents first"])
def test_spans_near_each_other_are_compared_however_many_there_are(monkeypatch: pytest.MonkeyPatch, order: str) -> None:
    """Tables of five spans: of each call and the agent above it one counts, whichever comes first."""
    monkeypatch.setattr(recent_spans, "MANY_SPANS", 5)
    pairs = [(chat(f"c{number}", f"a{number}"), agent(f"a{number}")) for number in range(40)]
    ordered = pairs if order == "calls first" else [(above, call) for call, above in pairs]
    batches = [otlp_batch(span) for pair in ordered for span in pair]
    counted = [request.id for request in requests_in(json_lines(*batches))[0]]
    first = "c" if order == "calls first" else "a"  # an agent that comes first cannot be told from a call
    assert counted == [f"{first}{number}" for number in range(40)]


def test_what_became_of_a_span_is_forgotten_after_many_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """An agent that comes again is left out as long as it is among the last ones; a call has its id in any case."""
    monkeypatch.setattr(recent_spans, "MANY_SPANS", 5)
    again = [otlp_batch(chat("c", "a")), otlp_batch(agent("a"))]
    for others, counts in ((2, False), (30, True)):
        between = [otlp_batch(chat(f"o{number}")) for number in range(others)]
        requests = requests_in(json_lines(*again, *between, otlp_batch(agent("a"))))[0]
        assert any(request.id == "a" for request in requests) == counts


def test_calls_that_may_be_those_of_a_span_which_is_forgotten_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A span above that came long before, one that comes long after, and calls of which nothing was forgotten."""
    monkeypatch.setattr(recent_spans, "MANY_SPANS", 5)
    monkeypatch.setattr(spans, "MANY_OPEN", 4)
    between = [chat(f"x{number}") for number in range(12)]
    early = [chat(f"b{number}", f"late{number}") for number in range(6)]
    rows = [
        chat("above"),
        *between,
        chat("below", "above"),
        *early,
        chat("late0"),
        chat("late5"),
        chat("alone", "none"),
    ]
    remarks = {request.id: request.remark for request in requests_in(json_lines(*map(otlp_batch, rows)))[0]}
    assert {id for id, remark in remarks.items() if remark == spans.FAR_AWAY} == {"below", "late0"}
    assert remarks.keys() >= {"above", "alone", "x0"} and "late5" not in remarks


def test_another_operation_counts_where_nothing_below_has_counts() -> None:
    assert [request.id for request in requests_of(agent("a"), otlp_span("b", "a"))] == ["a"]


def test_a_span_that_does_not_say_what_it_does_counts_where_it_has_counts() -> None:
    named = chat("a", gen__ai_operation_name="")
    assert [request.id for request in requests_of(named, otlp_span("b", "a", gen__ai_system="openai"))] == ["a"]


def test_a_call_that_two_instruments_have_recorded_is_one_request() -> None:
    assert [request.id for request in requests_of(chat("a"), chat("b", "a"))] == ["b"]
    lines = json_lines(otlp_batch(chat("a")), otlp_batch(chat("b", "a")))
    assert [request.id for request in requests_in(lines)[0]] == ["a"]
    assert len(requests_of(chat("a"), chat("b", "a", output=51))) == 2


def test_calls_of_one_answer_have_one_id() -> None:
    answer: dict[str, Any] = {"gen__ai_response_id": "chatcmpl-1"}
    requests = requests_of(chat("a", **answer), chat("b", **answer))
    assert {request.id for request in requests} == {"chatcmpl-1"}
    assert totals(requests)["requests"] == 1


def test_a_call_without_counts_is_a_request_of_unknown_size_unless_others_stand_for_it() -> None:
    bare = otlp_span("a", gen__ai_operation_name="chat")
    (request,) = requests_of(bare)
    assert (request.requests, request.uncached, request.output) == (1, None, None)
    assert [request.id for request in requests_of(bare, chat("b", "a"))] == ["b"]


def test_a_failed_call_is_marked() -> None:
    failed = {**otlp_span("a", gen__ai_operation_name="chat"), "status": {"code": 2}}
    assert requests_of(failed)[0].failed
    assert requests_of(chat("a", error_type="timeout"))[0].failed


def test_older_names_are_read_too() -> None:
    (request,) = requests_of(
        otlp_span(
            "a",
            gen__ai_system="openai",
            gen__ai_usage_prompt__tokens=400,
            gen__ai_usage_completion__tokens=30,
            gen__ai_usage_cached__tokens=128,
            gen__ai_usage_details_reasoning__tokens=9,
        )
    )
    assert (request.uncached, request.read, request.output, request.reasoning) == (272, 128, 30, 9)


@pytest.mark.parametrize(
    ("counts", "uncached", "remark"),
    [
        # The input is less than its cache, so the cache is not in it.
        ({"prompt": 100, "gen__ai_usage_cache__read__input__tokens": 900}, 100, ""),
        # Only all parts together make the total.
        (
            {"prompt": 1000, "gen__ai_usage_cache__read__input__tokens": 900, "gen__ai_usage_total__tokens": 1950},
            1000,
            "",
        ),
        (
            {"prompt": 1000, "gen__ai_usage_cache__read__input__tokens": 900, "gen__ai_usage_total__tokens": 1050},
            100,
            "",
        ),
        # Nothing shows which it is: the specification says that the cache is in it.
        (
            {"prompt": 1000, "gen__ai_usage_cache__read__input__tokens": 900, "gen__ai_system": "anthropic"},
            100,
            "its input may leave out what was cached",
        ),
        ({"prompt": 1000, "gen__ai_usage_cache__read__input__tokens": 900, "gen__ai_system": "openai"}, 100, ""),
        ({"prompt": 1000, "gen__ai_usage_cache__read_input__tokens": 900, "gen__ai_system": "anthropic"}, 100, ""),
    ],
)
def test_arithmetic_shows_whether_an_input_includes_its_cache(
    counts: dict[str, Any], uncached: int, remark: str
) -> None:
    (request,) = requests_of(chat("a", **counts))
    assert (request.uncached, request.read, request.remark) == (uncached, 900, remark)


def test_a_trace_without_calls_of_models_gives_no_request() -> None:
    http = otlp_span("a", http_request_method="GET")
    assert requests_in(json_lines(otlp_batch(http), {"resourceSpans": []}), "otlp") == ([], [])


def test_one_strange_span_leaves_the_others() -> None:
    requests, skipped = requests_in(json_lines(otlp_batch(chat("a"), chat("b", gen__ai_usage_input__tokens="many"))))
    assert ([request.id for request in requests], skipped) == (["a"], ["a count is not a whole number"])


@pytest.mark.parametrize("name", ["openinference", "openinference_table"])
def test_a_span_of_openinference_has_its_cache_in_its_prompt(name: str) -> None:
    (request,), skipped = requests_in(EXAMPLES[name], name)
    assert not skipped
    assert (request.uncached, request.read, request.write, request.output) == (188, 512, None, 65)
    assert (request.model, request.id, request.time) == ("gpt-5-mini", "s1", 1793520000)


def span(**attributes: Any) -> dict[str, Any]:
    """The example with other attributes."""
    return {**SPAN, "attributes": {**SPAN["attributes"], **attributes}}


def test_nested_attributes_are_the_same() -> None:
    nested = {
        "openinference": {"span": {"kind": "LLM"}},
        "llm": {
            "model_name": "gpt-5-mini",
            "token_count": {
                "prompt": 700,
                "prompt_details": {"cache_read": 512},
                "completion": 65,
                "completion_details": {"reasoning": 25},
            },
        },
        "session": {"id": "talk-2"},
        "input": {"value": "Hi"},
    }
    (flat,), _ = requests_in(json_lines(SPAN))
    (request,), _ = requests_in(json_lines({**SPAN, "attributes": nested}), "openinference")
    assert (request.uncached, request.read, request.output, request.reasoning) == (188, 512, 65, 25)
    assert (request.conversation, request.seconds) == (flat.conversation, flat.seconds) == ("talk-2", 2)


def test_a_chain_is_not_counted_even_before_its_calls() -> None:
    chain = span(**{"openinference.span.kind": "CHAIN"})
    assert requests_in(json_lines(chain), "openinference") == ([], [])


def test_a_sender_that_leaves_the_cache_out_of_the_prompt_is_noticed() -> None:
    (request,), _ = requests_in(json_lines(span(**{"llm.token_count.prompt": 188, "llm.token_count.total": None})))
    assert (request.uncached, request.read) == (188, 512)


def test_a_printed_span_with_the_names_of_opentelemetry_is_read_too() -> None:
    attributes = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": "20", "gen_ai.usage.output_tokens": 3}
    row = {**SPAN, "attributes": attributes, "status": {"status_code": "ERROR"}}
    (request,), _ = requests_in(json_lines(row), "openinference")
    assert (request.uncached, request.output, request.failed) == (20, 3, True)


def test_spans_deep_below_each_other_and_in_circles_end() -> None:
    deep = [otlp_span(str(depth), str(depth - 1)) for depth in range(1, 300)]
    requests = requests_of(*deep, chat("300", "299"), chat("x", "y"), chat("y", "x", output=1))
    assert "300" in [request.id for request in requests]
