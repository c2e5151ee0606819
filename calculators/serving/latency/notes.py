"""What a reader of a wait should know about the answer."""

from __future__ import annotations

from calculators.domain.units import SECONDS
from calculators.engine.declare import Judgement
from calculators.engine.numbers import (
    Condition,
    Note,
    bare_value,
    both,
    either_of,
    is_known_number,
    known,
    note,
    opposite,
)
from calculators.engine.numbers.units import SHARE, counted_unit
from calculators.serving.latency.inputs import Inputs
from calculators.serving.latency.levers import AS_IS, wait_levers
from calculators.serving.latency.operands import RequestWait
from calculators.serving.latency.outputs import Outputs
from calculators.serving.latency.tables import wait_meets_target, wait_share_within_target

AT_ONCE = counted_unit("request")


def usual_and_slow_wait(outputs: Outputs) -> Judgement:
    """The time of half of the answers and of 95 of 100, as far as so many are answered."""
    known_waits = (is_known_number(outputs.whole_p50), is_known_number(outputs.whole_p95))
    words = {
        (True, True): "usually {half}, 95% within {slow}",
        (True, False): "usually {half}, more than one in 20 never comes",
    }.get(known_waits, "for ever: most are never answered")
    amounts = note(True, words, half=(outputs.whole_p50, SECONDS), slow=(outputs.whole_p95, SECONDS))
    named = (("half", "whole_p50"), ("slow", "whole_p95"))
    spans = {name: output for (name, output), is_known in zip(named, known_waits, strict=True) if is_known}
    return Judgement(amounts.sentence, (), amounts, spans=spans, rests_on="whole_p95")


def waiting_remarks(i: Inputs, wait: RequestWait, outputs: Outputs) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    around, between, tries = i.around, i.between, i.tries
    missed = outputs.within < i.target_share
    return (
        *_waiting_target_lever_notes(i, wait, missed),
        note(
            opposite(known(i.speed.writing)),
            "Nobody has published a writing speed of this model with its method and day: it is our assumption. So is "
            "the speed of reading, for every model. Type what you measure.",
        ),
        note(
            both(opposite(known(i.speed.first_token_p95)), i.speeds.first_token_spread > 1),
            "The p95 of the first token is our assumption: what was published of this model are medians, or too few "
            "requests to say more.",
        ),
        note(
            _waiting_tail_below_sum(outputs),
            "All stages at their p95 come to {sum}, and yet 95 of 100 answers are complete within {p95}: the stages "
            "are taken to be slow in different requests. If one cause slows all of them, the sum is nearer.",
            sum=(outputs.sum_p95, SECONDS),
            p95=(outputs.whole_p95, SECONDS),
        ),
        *_waiting_queue_remark(wait),
        *_waiting_unanswered_notes(wait, outputs),
        note(
            both(known(tries.limit), tries.most < 2),
            "A time-out with a single try turns slow requests into failures: allow a second try, or show a message.",
        ),
        note(
            known(tries.hedge),
            "A second request is paid for too, unless your provider bills nothing for what you cancel.",
        ),
        note(
            both(opposite(i.streaming), i.target_part == "first"),
            "Without streaming the first token comes with the last.",
        ),
        note(
            either_of(
                around.network_p95 < around.network,
                around.input_check_p95 < around.input_check,
                around.retrieval_p95 < around.retrieval,
                around.rerank_p95 < around.rerank,
                around.output_check_p95 < around.output_check,
                between.tool_p95 < between.tool,
            ),
            "A p95 below its median cannot be: the median is taken in its place.",
        ),
    )


def _waiting_unanswered_notes(wait: RequestWait, outputs: Outputs) -> tuple[Note, ...]:
    """How many requests are never answered, and of which part of the others that leaves nothing to say."""
    quantiles = {"median": outputs.whole_p50, "p95": outputs.whole_p95, "p99": outputs.whole_p99}
    *earlier, last = [name for name, seconds in quantiles.items() if not is_known_number(seconds)] or [""]
    listed = f"{', no '.join(earlier)} and no {last}" if earlier else last
    endless = wait.queue is not None and not bare_value(wait.queue.ends)
    return (
        note(
            both(bool(last), not endless),
            f"{{unanswered}} of the requests are never answered, so there is no {listed}.",
            unanswered=(outputs.unanswered, SHARE),
        ),
    )


def _waiting_queue_remark(wait: RequestWait) -> tuple[Note, ...]:
    """What the queue's formula takes for granted, or that it grows without end."""
    queue = wait.queue
    if queue is None:
        return ()
    return (
        note(
            opposite(queue.ends),
            "More requests come than your places can answer: {load} would be served at once. The queue grows without "
            "end, so no wait can be said. More places, shorter answers or a faster model help.",
            load=(queue.load, AT_ONCE),
        ),
        note(
            queue.ends,
            "The queue is that of Erlang's formula: requests come at random, one after the other is served, and how "
            "long each takes varies like an exponential time. Requests that come in bursts wait longer, and requests "
            "that all take the same time about half as long.",
        ),
    )


def _waiting_tail_below_sum(outputs: Outputs) -> Condition:
    """Whether the sum of the p95s lies well above the p95 of the sum."""
    if not is_known_number(outputs.whole_p95):
        return False
    return outputs.sum_p95 > outputs.whole_p95 + outputs.whole_p95 / 12


def _waiting_target_lever_notes(i: Inputs, wait: RequestWait, missed: Condition) -> tuple[Note, ...]:
    """Which single levers meet a target that is missed."""
    helping = [
        name for name, changed in wait_levers(wait) if name != AS_IS and bare_value(wait_meets_target(i, changed))
    ]
    listed = "; ".join(helping)
    return (
        note(
            both(missed, len(helping) == 1),
            f"The target is missed. One of the levers below meets it alone: {listed}.",
        ),
        note(
            both(missed, len(helping) > 1),
            f"The target is missed. Each of these alone meets it: {listed}.",
        ),
        note(
            both(missed, not helping),
            "The target is missed, and none of the levers below meets it alone: {within} are within it. Combine them, "
            "or show the person what is happening meanwhile.",
            within=(wait_share_within_target(i, wait), SHARE),
        ),
    )
