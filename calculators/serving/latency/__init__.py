"""How long a person waits.

The time to the first token and to the whole answer, as shares of all requests: network, retrieval, reading, reasoning,
writing, the steps and tools of an agent, failures, time-outs and second requests. Each stage is a lognormal time
through its median and its p95; the distribution of their sum is computed on a grid, without any random draw.
"""

from __future__ import annotations

from collections.abc import Callable

from calculators.engine.declare import bars, calculator, later
from calculators.engine.numbers import Number, sum_of_numbers, when
from calculators.serving.latency.inputs import EXAMPLES, Inputs
from calculators.serving.latency.notes import usual_and_slow_wait, waiting_remarks
from calculators.serving.latency.operands import (
    MEDIAN,
    SLOW,
    SLOWEST,
    WaitQueue,
    request_wait,
    wait_stage_mean,
    wait_without_queue,
)
from calculators.serving.latency.outputs import Outputs
from calculators.serving.latency.parts import WaitPart
from calculators.serving.latency.tables import wait_lever_table, wait_share_within_target, wait_stage_table

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "waiting_time"]


RANGE_SAMPLES = 100
"""A run takes milliseconds, and a page waits five seconds at most."""


NOT_COUNTED = (
    "Tails heavier than lognormal ones, and stages that are slow together.",
    "A queue of your own that you have not typed, and requests that come in bursts.",
)


@calculator(
    chart=bars(output="levers", by="lever", column="whole_p95", title="Whole answer, p95, with one lever at a time"),
    samples=RANGE_SAMPLES,
)
def waiting_time(i: Inputs) -> Outputs:
    """The quantiles of the sum of all stages, which are independent of each other.

    A prompt of 600 tokens at 300 a second and an answer of 80 at 20 a second take 2 + 4 seconds, if nothing varies:

    >>> speeds = dict(first_token=0, reading=300, writing=20)
    >>> waiting_time(sample(Inputs, speed=speeds, prompt=600, answer=80, streaming=True)).whole_p95
    Decimal('6')
    """
    wait = request_wait(i)
    counted = wait.counted_stages().values()
    within = wait_share_within_target(i, wait)
    queue = wait.queue

    def in_all(of_stage: Callable[[WaitPart], Number], of_queue: Callable[[WaitQueue], Number]) -> Number:
        """The sum over all stages, and the queue where there is one (seconds)."""
        waits = [] if queue is None else [of_queue(queue)]
        return wait_without_queue(i, sum_of_numbers([*(of_stage(stage) * count for stage, count in counted), *waits]))

    outputs = Outputs(
        wait=later(lambda: usual_and_slow_wait(outputs)),
        whole_p95=wait.whole(SLOW),
        whole_p50=wait.whole(MEDIAN),
        whole_p99=wait.whole(SLOWEST),
        first_p50=wait.first(MEDIAN),
        first_p95=wait.first(SLOW),
        first_p99=wait.first(SLOWEST),
        within=within,
        met=when(within >= i.target_share, "yes", "no"),
        mean=in_all(wait_stage_mean, lambda queue: queue.mean),
        sum_p50=in_all(lambda stage: stage.median, lambda queue: queue.quantile(MEDIAN)),
        sum_p95=in_all(lambda stage: stage.p95, lambda queue: queue.quantile(SLOW)),
        queued=None if queue is None else queue.share,
        used=None if queue is None else queue.use,
        unanswered=wait.unanswered(),
        levers=later(lambda: wait_lever_table(i, wait, SLOW)),
        stages=later(lambda: wait_stage_table(wait)),
        notes=later(lambda: waiting_remarks(i, wait, outputs)),
    )
    return outputs
