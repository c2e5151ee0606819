"""How long people wait for an answer, with the prompt alone and with retrieval."""

from __future__ import annotations

from dataclasses import replace

from calculators.choosing.case.inputs import Inputs
from calculators.engine.numbers import Condition, Number, Share, bare_value, both, choose
from calculators.prompting import prompt_cost
from calculators.rag import retrieval_cost
from calculators.serving import AroundInputs, RequestWait, call_wait


def case_waits(i: Inputs) -> dict[str, RequestWait]:
    """The wait with each lever whose model somebody may have measured, by the name of the lever; and that of the case,
    which looks passages up where there are documents.
    """
    asked, searched = prompt_cost(i.prompting), retrieval_cost(i.retrieval)
    has_documents = i.documents > 0
    prompt = choose(has_documents, searched.prompt_tokens, asked.prompt_tokens)
    return {
        "prompting": case_wait(i, asked.prompt_tokens, asked.reasoning_tokens, False),
        "retrieval": case_wait(i, searched.prompt_tokens, asked.reasoning_tokens, True),
        "case": case_wait(i, prompt, asked.reasoning_tokens, has_documents),
    }


def case_share_in_time(i: Inputs, wait: RequestWait, target: Number) -> Share:
    """The share of requests whose first token, or whole answer, comes within the target (seconds)."""
    if bare_value(i.target_part) == "first":
        return wait.first_within(target)
    return wait.whole_within(target)


def case_wait(i: Inputs, prompt: Number, reasoning: Number, retrieves: Condition) -> RequestWait:
    """The wait for one answer; without retrieval nothing is searched, and without reranking nothing is put in order.

    `prompt` and `reasoning` are in tokens.
    """
    return call_wait(
        i.speed,
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
