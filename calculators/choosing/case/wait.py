"""How long people wait for an answer, with the prompt alone and with retrieval."""

from __future__ import annotations

from dataclasses import replace

from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.levers import (
    case_comparison,
    case_comparison_with_text,
    case_searches_documents,
    case_whole_text,
)
from calculators.domain.records import ModelSpeed
from calculators.engine.declare import Pick, kinds
from calculators.engine.numbers import Condition, Number, Share, bare_value, both, choose, largest, quotient
from calculators.prompting import prompt_cost
from calculators.rag import retrieval_cost
from calculators.serving import AroundInputs, RequestWait, call_wait

_SPEED = kinds(Inputs)["speed"]
assert isinstance(_SPEED, Pick)
SPEED = _SPEED.default
"""The record of speeds that stands in where a reader chose none."""


def case_waits(i: Inputs) -> dict[str, RequestWait]:
    """The wait with each lever whose model somebody may have measured, by the name of the lever; and that of the case,
    which looks passages up where the documents do not fit the prompt.
    """
    text = case_whole_text(i)
    prompting = case_comparison_with_text(case_comparison(i), text).prompting
    asked, searched = prompt_cost(prompting), retrieval_cost(i.retrieval)
    searches = case_searches_documents(i)
    prompt = choose(searches, searched.prompt_tokens, asked.prompt_tokens)
    cached = largest(i.speeds.cached, quotient(text, asked.prompt_tokens))
    whole = replace(i, speeds=replace(i.speeds, cached=cached))
    case = replace(i, speeds=replace(i.speeds, cached=choose(searches, i.speeds.cached, cached)))
    return {
        "prompting": case_wait(whole, asked.prompt_tokens, asked.reasoning_tokens, False),
        "retrieval": case_wait(i, searched.prompt_tokens, asked.reasoning_tokens, True),
        "case": case_wait(case, prompt, asked.reasoning_tokens, searches),
    }


def case_share_in_time(i: Inputs, wait: RequestWait, target: Number) -> Share:
    """The share of requests whose first token, or whole answer, comes within the target (seconds)."""
    if bare_value(i.target_part) == "first":
        return wait.first_within(target)
    return wait.whole_within(target)


def case_speed(i: Inputs) -> ModelSpeed:
    """The measured speeds of the case's model, unless the reader chose or typed others; else those of a stand-in."""
    if is_speed_chosen(i):
        return i.speed
    return next((speed for speed in i.measured if speed.name == i.model.name), i.speed)


def is_speed_chosen(i: Inputs) -> bool:
    """Whether the reader chose a record of speeds, or typed a figure of one."""
    return i.speed.id != SPEED or bool(i.speed.replaced)


def case_speed_in_words(i: Inputs) -> str:
    """Whose speeds a wait is counted with, and whether another model stands in for that of the case."""
    speed = case_speed(i)
    if i.speed.replaced:
        return f"{speed.name}, with figures that you typed"
    if speed.name == i.model.name:
        return speed.name
    if is_speed_chosen(i):
        return f"{speed.name}, as you chose, in place of {i.model.name}"
    return f"{speed.name}, in place of {i.model.name}, of which no measurement is known here"


def case_wait(i: Inputs, prompt: Number, reasoning: Number, retrieves: Condition) -> RequestWait:
    """The wait for one answer; without retrieval nothing is searched, and without reranking nothing is put in order.

    `prompt` and `reasoning` are in tokens.
    """
    return call_wait(
        case_speed(i),
        i.speeds,
        case_around(i, retrieves),
        i.tries,
        prompt=prompt,
        reasoning=reasoning,
        answer=i.answer,
    )


def case_around(i: Inputs, retrieves: Condition) -> AroundInputs:
    """What a request passes before and after the model."""
    around = i.around
    reranks = both(retrieves, i.retrieval.reranking)
    return replace(
        around,
        retrieval=choose(retrieves, around.retrieval, 0 * around.retrieval),
        retrieval_p95=choose(retrieves, around.retrieval_p95, 0 * around.retrieval_p95),
        rerank=choose(reranks, around.rerank, 0 * around.rerank),
        rerank_p95=choose(reranks, around.rerank_p95, 0 * around.rerank_p95),
    )
