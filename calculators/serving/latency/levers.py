"""The levers: each changes a few numbers of the wait, and leaves the rest as it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from calculators.engine.numbers import Number, bare_value, ceil, smallest, whole_number
from calculators.engine.numbers.units import SHARE
from calculators.serving.latency.operands import RequestWait
from calculators.serving.latency.parts import WaitPart

AS_IS = "As it is"


def wait_levers(wait: RequestWait) -> Iterator[tuple[str, RequestWait]]:
    """Every lever that does anything for this request, with the wait that it makes."""
    model, around, between = wait.model, wait.around, wait.between
    yield AS_IS, wait
    if _wait_lasts(model.cached) or _wait_lasts(model.uncached):
        halved = {"uncached": model.uncached.divided(2), "cached": model.cached.divided(2)}
        yield "Half the prompt", _with_wait_model(wait, **halved)
        if _wait_lasts(model.cached) or bare_value(wait.found_cached) < 1:
            cached = dataclasses.replace(wait, found_cached=whole_number(1, "all requests", SHARE, wait.found_cached))
            yield "All of the prompt cached", _with_wait_model(cached, cached=_wait_nothing(model.cached))
    if _wait_lasts(model.reasoning):
        yield "Lower effort: half the reasoning", _with_wait_model(wait, reasoning=model.reasoning.divided(2))
        yield "No hidden reasoning", _with_wait_model(wait, reasoning=_wait_nothing(model.reasoning))
    if _wait_lasts(model.writing):
        yield "Half the answer", _with_wait_model(wait, writing=model.writing.divided(2))
    yield "A model twice as fast", _wait_twice_as_fast(wait)
    streams = bool(bare_value(wait.streaming))
    yield "No streaming" if streams else "Streaming", dataclasses.replace(wait, streaming=1 - wait.streaming)
    if bare_value(wait.steps) > 1:
        yield "Half the steps", dataclasses.replace(wait, steps=ceil(wait.steps / 2))
        if _wait_lasts(between.tool) and bare_value(between.tools) > 1 and not bare_value(between.together):
            together = dataclasses.replace(between, together=1 + between.together)
            yield "Tools at once", dataclasses.replace(wait, between=together)
    if _wait_lasts(around.rerank):
        yield (
            "No reranking",
            dataclasses.replace(wait, around=dataclasses.replace(around, rerank=_wait_nothing(around.rerank))),
        )
    if wait.service is not None:
        doubled = dataclasses.replace(wait.service, places=wait.service.places * 2)
        yield "Twice the places of your service", dataclasses.replace(wait, service=doubled)
    hedge = _wait_slow_call(wait)
    if bare_value(hedge) < bare_value(wait.tries.hedge):
        tries = dataclasses.replace(wait.tries, hedge=hedge)
        yield "A second request for slow calls", dataclasses.replace(wait, tries=tries)


def _wait_lasts(stage: WaitPart) -> bool:
    """Whether a stage takes any time."""
    return bool(bare_value(stage.p95) > 0)


def _wait_nothing(stage: WaitPart) -> WaitPart:
    return stage.times(0)  # type: ignore[arg-type]  # a literal goes with every kind of number


def _with_wait_model(wait: RequestWait, **stages: WaitPart) -> RequestWait:
    return dataclasses.replace(wait, model=dataclasses.replace(wait.model, **stages))  # type: ignore[arg-type]


def _wait_twice_as_fast(wait: RequestWait) -> RequestWait:
    """Everything that the model does takes half the time, its first token too."""
    model, between = wait.model, wait.between
    names = ("first_token", "uncached", "cached", "reasoning", "writing")
    faster = _with_wait_model(wait, **{name: getattr(model, name).divided(2) for name in names})
    steps = dataclasses.replace(
        between, later_reading=between.later_reading.divided(2), step_writing=between.step_writing.divided(2)
    )
    return dataclasses.replace(faster, between=steps)


def _wait_slow_call(wait: RequestWait) -> Number:
    """When a second request goes out: at the p95 of the first token, as about one call in 20 then needs it."""
    return smallest(wait.model.first_token.p95 + wait.model.uncached.p95, wait.tries.limit)
