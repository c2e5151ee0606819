"""How long a person waits: worked examples, closed forms, and requests drawn at random."""

from __future__ import annotations

import math
from decimal import Decimal
from statistics import NormalDist

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.answers import Results, answer_json, computed
from tests.calculators.serving.latency_draws import Case, drawn_waits

LATENCY = "serving/latency"
NOTHING = {
    "speed": "own",
    "speed.first_token": "0",
    "speed.writing": "1000",
    "speed.reading": "1000",
    "prompt": "0",
    "reasoning": "0",
    "answer": "0",
    "around.network": "0",
    "around.network_p95": "0",
    "around.retrieval": "0",
    "around.retrieval_p95": "0",
    "around.rerank": "0",
    "around.rerank_p95": "0",
    "speeds.speed_spread": "1",
    "speeds.answer_spread": "1",
    "speeds.reasoning_spread": "1",
    "speeds.cached": "0",
    "speeds.found_cached": "0",
    "between.calls": "0",
    "between.step_tokens": "0",
    "between.new_tokens": "0",
    "tries.failed": "0",
    "tries.most": "1",
    "tries.pause": "0",
    "tries.shared": "0",
}
"""A request that takes no time at all."""


def ask(catalogue: Catalogue, **typed: object) -> Results:
    """The outputs for a request of which only what is typed takes time."""
    return computed(catalogue, LATENCY, NOTHING | {name.replace("__", "."): str(text) for name, text in typed.items()})


def first_token(median: float, p95: float) -> dict[str, str]:
    """The time to the first token of a call."""
    return {"speed__first_token": str(median), "speed__first_token_p95": str(p95)}


def around(**stages: tuple[str, str]) -> dict[str, str]:
    """Stages before the model."""
    return {f"around__{name}": median for name, (median, _) in stages.items()} | {
        f"around__{name}_p95": p95 for name, (_, p95) in stages.items()
    }


def near(number: object, expected: float, share: float = 0.002) -> bool:
    """Within a share of what is expected."""
    return number is not None and math.isclose(float(str(number)), expected, rel_tol=share)


def test_one_lognormal_stage_has_a_closed_form(catalogue: Catalogue) -> None:
    """Median 0.6 s and p95 1.8 s: mu = ln 0.6, sigma = ln 3 ÷ 1.6449; p99 2.838 s, and 96.43% within two seconds."""
    answer = ask(catalogue, **first_token(0.6, 1.8), target=2)
    assert near(answer.first_p50, 0.6, 1e-9) and near(answer.first_p95, 1.8, 1e-9)
    assert near(answer.first_p99, 2.8376115686547694, 1e-9)
    assert near(answer.within, 0.9642745088494802, 1e-9)
    assert near(answer.mean, 0.7499306749398942, 1e-9)
    assert answer.whole_p95 == answer.first_p95


def test_stages_that_never_vary_add_up_exactly(catalogue: Catalogue) -> None:
    """0.2 + 0.3 + 1 s, 2,000 tokens at 1,000 a second, and 500 more written at 1,000 a second: 3.5, then 4 s."""
    constant = around(network=("0.2", "0.2"), retrieval=("0.3", "0.3"))
    answer = ask(catalogue, **constant, **first_token(1, 1), prompt=2000, answer=500)
    assert {answer.first_p50, answer.first_p95, answer.first_p99} == {Decimal("3.5")}
    assert {answer.whole_p50, answer.whole_p95, answer.whole_p99, answer.sum_p95} == {Decimal(4)}
    assert ask(catalogue, **constant, target="0.49").within == 0
    assert ask(catalogue, **constant, target="0.51").within == 1


def test_five_stages_one_after_the_other(catalogue: Catalogue) -> None:
    """A convolution on cells of 2 ms, computed apart from this code. The p95 is below the sum of the p95s, 9.77 s."""
    stages = around(
        network=("0.05", "0.12"), retrieval=("0.03", "0.15"), rerank=("0.15", "0.5"), input_check=("4", "7")
    )
    answer = ask(catalogue, **stages, **first_token(0.7, 2.0))
    assert near(answer.whole_p50, 5.162498492136318)
    assert near(answer.whole_p95, 8.377168275574705)
    assert near(answer.whole_p99, 10.281195886964316)
    assert near(answer.mean, 5.398573263566447, 1e-9)
    assert answer.sum_p50 == Decimal("4.93") and answer.sum_p95 == Decimal("9.77")
    assert answer.sum_p50 < answer.whole_p50 and answer.whole_p95 < answer.sum_p95


def test_the_slowest_of_four_tools(catalogue: Catalogue) -> None:
    """The quantile of one at p^(1/4): 0.779, 1.779 and 2.606 s for a tool of 0.4 and 1.2 s."""
    tools = {"between__calls": 4, "between__order": "parallel", "between__tool": "0.4", "between__tool_p95": "1.2"}
    answer = ask(catalogue, steps=2, **tools)
    assert near(answer.whole_p50, 0.779098136812639)
    assert near(answer.whole_p95, 1.7785870989509551)
    assert near(answer.whole_p99, 2.605805331820067)
    one_by_one = ask(catalogue, steps=2, **{**tools, "between__order": "sequence"})
    assert one_by_one.whole_p50 > 2 * answer.whole_p50


def test_tools_at_once_and_then_a_stage(catalogue: Catalogue) -> None:
    """The cube of a distribution, then a convolution on cells of 2 ms."""
    tools = {"between__calls": 3, "between__order": "parallel", "between__tool": "0.4", "between__tool_p95": "1.2"}
    answer = ask(catalogue, steps=2, **tools, **around(network=("0.7", "2.0")))
    assert near(answer.whole_p50, 1.4997764266016225)
    assert near(answer.whole_p95, 3.0812955734575644)
    assert near(answer.whole_p99, 4.247123319560942)


def test_a_second_request_does_not_help_where_both_are_slow(catalogue: Catalogue) -> None:
    """Hedged after 3 s, 30% of slow calls slow for a shared cause: the p99 falls from 5.48 to 4.24 s, the p95 not."""
    slow = first_token(0.7, 3.0)
    alone = ask(catalogue, **slow)
    assert near(alone.first_p99, 5.482523902075718, 1e-6)
    hedged = ask(catalogue, **slow, tries__hedge=3, tries__shared="30%")
    assert near(hedged.first_p50, 0.7) and near(hedged.first_p95, 3.0)
    assert near(hedged.first_p99, 4.2447751831129805)


def test_two_requests_at_once(catalogue: Catalogue) -> None:
    """1 − (1 − F)²: 0.432, 1.371 and 2.175 s."""
    answer = ask(catalogue, **first_token(0.7, 3.0), tries__hedge=0)
    assert near(answer.first_p50, 0.4322192331748574, 0.004)
    assert near(answer.first_p95, 1.3713519907786762)
    assert near(answer.first_p99, 2.1753294629314595)


def test_a_cache_makes_two_kinds_of_requests(catalogue: Catalogue) -> None:
    """0.73 s where the prefix is found, in 82 of 100, and 3.23 s elsewhere: the median is a hit, the p95 a miss."""
    cached = {"speeds__cached": 1, "speeds__found_cached": "82%"}
    answer = ask(catalogue, **first_token(0.73, 0.73), prompt=2500, **cached, target=2)
    assert near(answer.first_p50, 0.73, 0.03) and near(answer.first_p95, 3.23, 0.01)
    assert near(answer.within, 0.82, 1e-6) and near(answer.mean, 1.18, 1e-9)


def test_longer_answers_shift_a_lognormal(catalogue: Catalogue) -> None:
    """0.8 s, then 250 tokens in the median with sigma = 0.8 at 60 a second: 4.97, 16.3 and 27.6 s."""
    spread = math.exp(0.8 * NormalDist().inv_cdf(0.95))
    answer = ask(
        catalogue, **first_token(0.8, 0.8), answer=250, speed__writing=60, speeds__answer_spread=f"{spread:.12f}"
    )
    assert near(answer.whole_p50, 4.966666666666665, 1e-9)
    assert near(answer.whole_p95, 16.3335042745349, 1e-9)
    assert near(answer.whole_p99, 27.594446740569175, 1e-9)
    assert near(answer.mean, 6.538032351399821, 1e-9)


def test_a_time_out_cuts_the_tail_and_costs_a_second_try(catalogue: Catalogue) -> None:
    """2.56% of calls of 1.2 and 4 s take longer than 5 s. Within 3 s are 89.47%, as without the time-out.

    The 99th of 100 then waits until the second try: 5 s and the quantile of it at (0.99 − 0.9744) ÷ 0.0256 = 0.609.
    """
    answer = ask(catalogue, **first_token(1.2, 4.0), tries__limit=5, tries__most=2, target=3)
    deviation = math.log(4 / 1.2) / NormalDist().inv_cdf(0.95)
    late = 1 - NormalDist().cdf(math.log(5 / 1.2) / deviation)
    assert near(answer.within, 0.8946833136852772)
    second = 1.2 * math.exp(deviation * NormalDist().inv_cdf((0.99 - (1 - late)) / late))
    assert near(answer.first_p99, 5 + second, 0.004)
    assert near(answer.unanswered, late**2, 0.01)


def test_failures_are_tried_again_or_never_answered(catalogue: Catalogue) -> None:
    """5% fail after a second: within one second are 95%, after a pause of a second and another try 99.75%."""
    failing = {"tries__failed": "5%", "tries__pause": 1}
    single = ask(catalogue, **first_token(1, 1), **failing, target="1.5", target_share="95%")
    assert near(single.within, 0.95, 1e-6) and single.met == "yes"
    assert single.first_p50 is not None and single.first_p99 is None and near(single.unanswered, 0.05, 1e-9)
    again = ask(catalogue, **first_token(1, 1), **failing, tries__most=2, target="3.5")
    assert near(again.first_p99, 3, 0.02)
    assert near(again.within, 0.9975, 1e-6) and near(again.unanswered, 0.0025, 1e-6)


CASES = {
    "a chat with retrieval": Case(
        {
            "network": (0.05, 0.15),
            "retrieval": (0.1, 0.4),
            "rerank": (0.2, 0.6),
            "first_token": (0.7, 2.0),
            "uncached": (0.6, 0.9),
            "cached": (0.2, 0.3),
            "reasoning": (1.0, 4.0),
            "writing": (4.0, 9.0),
        },
        found=0.8,
        failed=0.03,
        most=3,
        pause=0.5,
        limit=12,
    ),
    "an agent of six steps": Case(
        {
            "first_token": (0.7, 2.0),
            "uncached": (1.0, 2.0),
            "later": (0.1, 0.2),
            "reasoning": (0.5, 2.0),
            "writing": (4.0, 9.0),
            "step": (1.0, 2.0),
            "tool": (0.5, 2.5),
        },
        tools=2,
        steps=6,
        failed=0.02,
        most=2,
        pause=1,
    ),
    "short tries with long pauses, and retrieval that is seldom very slow": Case(
        {"retrieval": (0.05, 5.0), "first_token": (0.7, 2.0), "writing": (2.0, 4.0)},
        failed=0.02,
        most=4,
        pause=20,
        limit=1,
    ),
    "an agent with second requests and tools at once, not streamed": Case(
        {"first_token": (0.7, 3.0), "writing": (2.0, 4.0), "step": (0.5, 1.0), "tool": (0.5, 2.5)},
        tools=4,
        together=1,
        steps=3,
        streaming=0,
        hedge=4,
        shared=0.2,
        most=1,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_requests_drawn_at_random_wait_as_long(catalogue: Catalogue, name: str) -> None:
    """The share of 20,000 drawn requests within each answered time is what it should be, within four deviations."""
    case, count = CASES[name], 20_000
    answer = ask(catalogue, **typed_case(case))
    for part, drawn in zip(("first", "whole"), drawn_waits(case, count, 20261129), strict=True):
        for percent in (50, 95, 99):
            limit = float(getattr(answer, f"{part}_p{percent}"))
            share = float((drawn <= limit).mean())
            deviation = math.sqrt(percent * (100 - percent) / count) / 100
            assert abs(share - percent / 100) < 4 * deviation + 0.0005, (part, percent, limit, share)


def typed_case(case: Case) -> dict[str, str]:
    """The case as it is typed into the calculator, where the model reads and writes 1,000 tokens a second."""
    stages = {name: case.stage(name) for name in ("network", "input_check", "retrieval", "rerank", "output_check")}
    typed = {f"around__{name}": str(median) for name, (median, _) in stages.items()}
    typed |= {f"around__{name}_p95": str(p95) for name, (_, p95) in stages.items()}
    median, p95 = case.stage("first_token")
    uncached, cached = case.stage("uncached")[0], case.stage("cached")[0]
    spreads = {p95 / median for name in ("uncached", "cached", "step") for median, p95 in [case.stage(name)] if median}
    typed |= first_token(median, p95)
    typed |= {
        "prompt": f"{uncached * 1000:.0f}",
        "speeds__cached": f"{1 - cached / uncached if uncached and cached else 0:.12f}",
        "speeds__found_cached": str(case.found),
        "between__calls": str(case.tools),
        "between__order": "parallel" if case.together else "sequence",
        "between__tool": str(case.stage("tool")[0]),
        "between__tool_p95": str(case.stage("tool")[1]),
        "between__step_tokens": f"{case.stage('step')[0] * 1000:.0f}",
        "between__new_tokens": f"{case.stage('later')[0] * 1000:.0f}",
        "steps": str(case.steps),
        "streaming": "yes" if case.streaming else "no",
        "tries__failed": str(case.failed),
        "tries__most": str(case.most),
        "tries__pause": str(case.pause),
        "tries__shared": str(case.shared),
    }
    common = max(spreads, default=1.0)
    typed["speeds__speed_spread"] = f"{common:.12f}"
    for name, question in (("reasoning", "reasoning"), ("writing", "answer")):
        median, p95 = case.stage(name)
        typed[question] = f"{median * 1000:.0f}"
        if median:
            rest = math.sqrt(math.log(p95 / median) ** 2 - math.log(common) ** 2)
            typed[f"speeds__{question}_spread"] = f"{math.exp(rest):.12f}"
    if case.limit < 86_400:
        typed["tries__limit"] = str(case.limit)
    if case.hedge < 86_400:
        typed["tries__hedge"] = str(case.hedge)
    return typed


def test_calls_that_always_fail_have_no_wait(catalogue: Catalogue) -> None:
    """Also with a time-out that no call reaches: rounding must not leave less than nothing for it."""
    answer = computed(catalogue, LATENCY, {"tries.failed": "1", "tries.limit": "3600"})
    assert answer.first_p50 is None and answer.whole_p95 is None
    assert answer.within == 0 and answer.unanswered == 1 and answer.met == "no"


def test_a_thousand_steps_are_still_exact_in_the_mean(catalogue: Catalogue) -> None:
    """By the central limit theorem the median of many steps is near the mean, and the p95 1.645 deviations above."""
    answer = ask(catalogue, **first_token(0.7, 2.0), steps=1000)
    sigma = math.log(2 / 0.7) / NormalDist().inv_cdf(0.95)
    mean = 0.7 * math.exp(sigma**2 / 2)
    deviation = mean * math.sqrt(math.expm1(sigma**2))
    assert near(answer.whole_p50, 1000 * mean, 0.002)
    assert near(answer.whole_p95, 1000 * mean + 1.645 * deviation * math.sqrt(1000), 0.002)


def test_without_streaming_nothing_is_seen_before_the_end(catalogue: Catalogue) -> None:
    streamed = computed(catalogue, LATENCY, {})
    waited = computed(catalogue, LATENCY, {"streaming": "no"})
    assert waited.first_p95 == waited.whole_p95 and waited.first_p50 > 2 * streamed.first_p50
    assert near(waited.whole_p50, float(streamed.whole_p50), 0.02)


def table(catalogue: Catalogue, name: str, **typed: object) -> dict[str, list[str]]:
    """A table of an answer, by its first cell."""
    given = {path.replace("__", "."): str(text) for path, text in typed.items()}
    tables = answer_json(catalogue, LATENCY, given)["tables"]
    return {row[0]: row for listed in tables if listed["name"] == name for row in listed["rows"]}


def test_each_lever_is_the_answer_to_the_changed_question(catalogue: Catalogue) -> None:
    levers = table(catalogue, "levers")
    changes = {
        "As it is": {},
        "Half the prompt": {"prompt": "2000"},
        "All of the prompt cached": {"speeds.cached": "1", "speeds.found_cached": "1"},
        "Lower effort: half the reasoning": {"reasoning": "50"},
        "No hidden reasoning": {"reasoning": "0"},
        "Half the answer": {"answer": "150"},
        "No streaming": {"streaming": "no"},
        "No reranking": {"around.rerank": "0", "around.rerank_p95": "0"},
    }
    for name, given in changes.items():
        answer = computed(catalogue, LATENCY, given)
        assert near(levers[name][1], float(answer.first_p95), 1e-9), name
        assert near(levers[name][2], float(answer.whole_p95), 1e-9), name
        assert near(levers[name][3], float(answer.within), 1e-9), name
        assert levers[name][4] == answer.met, name
    assert set(levers) - set(changes) == {"A model twice as fast", "A second request for slow calls"}


def test_levers_of_agents_and_what_is_never_offered(catalogue: Catalogue) -> None:
    agent = table(catalogue, "levers", steps=8, between__calls=3, around__rerank=0, around__rerank_p95=0, reasoning=0)
    half = computed(
        catalogue,
        LATENCY,
        {"steps": "4", "between.calls": "3", "around.rerank": "0", "around.rerank_p95": "0", "reasoning": "0"},
    )
    assert near(agent["Half the steps"][2], float(half.whole_p95), 1e-9)
    assert Decimal(agent["Tools at once"][2]) < Decimal(agent["As it is"][2])
    assert "No reranking" not in agent and "No hidden reasoning" not in agent


def test_stages_are_shares_of_the_whole(catalogue: Catalogue) -> None:
    stages = table(catalogue, "stages", steps=3)
    assert near(sum(Decimal(row[4]) for row in stages.values()), 1, 1e-9)
    assert near(sum(Decimal(row[5]) for row in stages.values()), 1, 1e-9)
    assert stages["First token"][3] == "3" and stages["Tools, one by one"][3] == "2"


def notes(catalogue: Catalogue, **typed: object) -> str:
    """All notes of an answer."""
    given = {path.replace("__", "."): str(text) for path, text in typed.items()}
    return "\n".join(answer_json(catalogue, LATENCY, given)["notes"])


def test_notes_say_what_meets_a_missed_target(catalogue: Catalogue) -> None:
    assert "none of the levers below meets it alone" in notes(catalogue, target="0.5")
    text = notes(catalogue, target=4, reasoning=50)
    assert "One of the levers below meets it alone: A model twice as fast." in text
    assert "Each of these alone meets it: " in notes(catalogue, target=6, reasoning=50)
    assert "The target" not in notes(catalogue, target=600)


def test_the_slowest_of_all_that_are_answered_have_no_end(catalogue: Catalogue) -> None:
    """One call in 100 fails and is not tried again, so the 99 in 100 that are answered are all there are."""
    once = computed(catalogue, LATENCY, {"tries.most": "1", "tries.failed": "1%"})
    assert once.whole_p95 is not None and once.first_p95 is not None
    assert once.whole_p99 is None and once.first_p99 is None
    fewer = computed(catalogue, LATENCY, {"tries.most": "1", "tries.failed": "0.9%"})
    assert fewer.whole_p95 < fewer.whole_p99 < 4 * fewer.whole_p95
    twice = computed(catalogue, LATENCY, {"tries.most": "2", "tries.failed": "10%"})
    assert twice.whole_p99 is None
    spreads = ("first_token_spread", "speed_spread", "answer_spread", "reasoning_spread")
    same = {f"speeds.{spread}": "1" for spread in spreads} | {"around.retrieval": "0", "around.rerank": "0"}
    never = same | {"around.network": "0", "speeds.found_cached": "0", "tries.most": "1", "tries.failed": "1%"}
    steady = computed(catalogue, LATENCY, never)
    assert near(steady.whole_p99, float(steady.whole_p50)), "a time that never varies has an end"


def test_notes_warn_where_numbers_do_not_fit(catalogue: Catalogue) -> None:
    assert "A p95 below its median cannot be" in notes(catalogue, around__network=1)
    assert "4% of the requests are never answered, so there is no p99." in notes(catalogue, tries__failed="20%")
    once = {"tries__most": 1}
    assert "so there is no p95 and no p99." in notes(catalogue, tries__failed="10%", **once)
    assert "so there is no median, no p95 and no p99." in notes(catalogue, tries__failed="60%", **once)
    endless = notes(catalogue, queue__places=1)
    assert "The queue grows without end" in endless and "never answered" not in endless
    assert "with a single try turns slow requests into failures" in notes(catalogue, tries__limit=5, tries__most=1)
    for streaming in ("yes", "no"):
        assert "A second request is paid for too" in notes(catalogue, tries__hedge=5, streaming=streaming)
    assert "our assumption" in notes(catalogue) and "writing speed" not in notes(catalogue, speed="openai/gpt-4o")
