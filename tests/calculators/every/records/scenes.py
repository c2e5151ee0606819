"""Settings in which the figures of picked records count, and the figures that count in no setting of a calculator."""

from __future__ import annotations

import json
from collections.abc import Mapping

from calculators.discovery import find_calculator
from calculators.domain.billing.reasoning import EFFORTS
from calculators.domain.billing.tiers import TIER_FIGURES
from calculators.engine.declare import kinds

Scenes = tuple[Mapping[str, str], ...]


def prompt_scenes(user_text: str, instructions: str) -> Scenes:
    """Short and long prompts, cached or not, in a batch or not, by the names that a calculator gives its inputs."""
    prompts: list[dict[str, str]] = [{}, {user_text: "300k"}, {instructions: "300k"}, {user_text: "2M"}]
    return tuple({**prompt, **sent} for sent in ({}, {"tier": "batch"}) for prompt in prompts)


STORES: Scenes = (
    {"documents": "100k", "queries": "1M"},
    {"documents": "10", "queries": "100M"},
    {"vector_store": "weaviate/flex", "documents": "1M"},
    {"vector_store": "openai/file-search", "documents": "100k"},
    {"vector_store": "pinecone/builder", "documents": "1M"},
    {"vector_store": "weaviate/free"},
)
RETRIEVAL: Scenes = (
    {"index_in_batch": "yes"},
    {"chunk_size": "9000", "tokens_per_document": "9000"},
    {"reranking": "yes"},
    {"reranking": "yes", "reranker": "voyageai/rerank-3"},
)
SERVING: Scenes = (
    {"hosting": "serverless"},
    {"hosting": "dedicated"},
    {"hosting": "serverless", "instructions": "2000"},
    {"examples": "1"},
    {"requests": "10M"},
    {"hosting": "dedicated", "requests": "10M"},
    {"offer": "tinker/gpt-oss-20b"},
    {"offer": "openai/gpt-4.1-mini"},
)


def within(prefix: str, shared: Mapping[str, str], *scenes: Mapping[str, str]) -> Scenes:
    """The same settings where another calculator asks them under a name of its own, or shares its own question."""
    return tuple({shared.get(name, f"{prefix}.{name}"): text for name, text in scene.items()} for scene in scenes)


SHARED = {name: name for name in ("requests", "user_text", "answer")} | {
    "queries": "requests",
    "query_tokens": "user_text",
}

CASE = {
    name: name
    for name in ("requests", "user_text", "answer", "instructions", "tier", "documents", "tokens_per_document")
} | {"queries": "requests", "query_tokens": "user_text"}

LINE = '{"messages": [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "At ten."}]}'


def logged_request(prompt: int, tier: str) -> str:
    """A row of a log: a request that reads from a cache, and writes to it for minutes and for an hour."""
    kept = {"ephemeral_5m_input_tokens": prompt, "ephemeral_1h_input_tokens": prompt}
    usage = {
        "input_tokens": prompt,
        "cache_read_input_tokens": prompt,
        "cache_creation_input_tokens": 2 * prompt,
        "cache_creation": kept,
        "output_tokens": 500,
        "service_tier": tier,
    }
    return json.dumps({"type": "message", "model": "claude-haiku-4-5", "usage": usage})


LOGS: Scenes = tuple(
    {"pasted": logged_request(prompt, tier), **picked}
    for picked in ({}, {"model": "openai/gpt-6.1-sol"}, {"model": "anthropic/claude-sonnet-5-5"})
    for tier in ("standard", "batch", "flex", "priority", "fast")
    for prompt in (400, 1000, 100_000)
)

PROMPT = prompt_scenes("user_text", "instructions")
QUESTION = prompt_scenes("query_tokens", "instructions")

AGENTS: Scenes = tuple(
    {"cheap_share": "30%", "subagents": "2", "found_cached": "50%", "late": "", **scene}
    for scene in (
        {},
        {"task_tokens": "300k", "subagent_prompt": "300k"},
        {"instructions": "300k", "tier": "batch"},
        {"task_tokens": "300k", "subagent_prompt": "300k", "tier": "batch"},
        {"tier": "batch"},
        {"found_cached": ""},
        {"instructions": "1500", "tools": "0", "task_tokens": "0", "subagent_prompt": "1500"},
        {"history": "whole", "task_tokens": "800k", "subagent_prompt": "800k"},
    )
)
"""Short prompts and long ones, by two models and by sub-agents."""

MACHINES: Scenes = (
    {},
    {"requests": "100M"},
    {"weights": "four", "gpu": "b200"},
    {"weights": "sixteen"},
    {"contract": "spot"},
    {"contract": "reserved"},
    {"gpus": "2"},
    {"architecture": "qwen3-30b-a3b"},
    {"architecture.window": "100"},
    {"architecture.windowed_layers": "10"},
    {"user_text": "300k"},
)
"""Models and GPUs, and how they are rented."""

SCENES: Mapping[str, Scenes] = {
    "agents/cost": AGENTS,
    "choosing/break_even": ({},),
    "choosing/break_even prompting": within("prompting", SHARED, *PROMPT),
    "choosing/break_even retrieval": within("retrieval", SHARED, *QUESTION, *STORES, *RETRIEVAL),
    "choosing/break_even hosting": tuple(
        {"plans.2.source": "hosting", "against": "2", "requests": "50M", **scene}
        for scene in within("hosting", SHARED, *MACHINES)
    ),
    "choosing/break_even tuned": within("tuned", SHARED, {}, *SERVING),
    "choosing/case": ({}, {"documents": "10"}, *PROMPT),
    "choosing/case hosting": tuple(
        {"matters": "home", "requests": "50M", **scene} for scene in within("hosting", CASE, *MACHINES)
    ),
    "choosing/case retrieval": within("retrieval", CASE, *QUESTION, *STORES, *RETRIEVAL),
    "choosing/case tuned": within("tuned", CASE, {}, *SERVING),
    "choosing/candidates": ({}, {"model.long_above": "1000"}),
    "fine_tuning/cost": ({}, *SERVING),
    "fine_tuning/dataset": ({}, {"training_text": LINE}),
    "fine_tuning/hardware": ({},),
    "prompting/builder": (
        {},
        {"model.smallest_prefix": "1"},
        {"model.long_above": "1"},
        {"model.smallest_prefix": "1", "model.long_above": "1"},
        {"context": "word " * 1000, "model.context_window": "900"},
    ),
    "prompting/cost": PROMPT,
    "prompting/models": PROMPT,
    "prompting/traffic": LOGS,
    "rag/cost": (*QUESTION, *STORES, *RETRIEVAL),
    "serving/self_hosting": (
        {"instructions": "30k"},
        *MACHINES,
        {"adapters": "5"},
        {"instructions": "300k"},
        {"instructions": "300k", "user_text": "2M"},
        {"counted_with": "claude-3"},
        {"tier": "batch"},
        {"tier": "batch", "instructions": "300k"},
        {"tier": "batch", "instructions": "300k", "user_text": "2M"},
    ),
    "serving/latency": ({},),
}
"""For each calculator that picks records, settings in one of which a figure counts; for each plan where it has some."""


LONGER = "openai/gpt-6.1-sol"
"""A model with a longer lifetime of the cache, at a price of its own, and with every tier of service."""


def scenes(name: str, owner: str, field: str) -> Scenes:
    """The settings to try for a figure of the record that an input picks."""
    plan = owner.rpartition(".")[0]
    usual = SCENES[f"{name} {plan}" if plan else name]
    asked = kinds(find_calculator(name).inputs)
    effort, lifetime = (f"{plan}.{word}".lstrip(".") for word in ("effort", "lifetime"))
    if field.startswith("reasoning_") and effort in asked:
        return tuple({**scene, effort: field.removeprefix("reasoning_")} for scene in usual)
    tier = f"{plan}.tier".lstrip(".")
    if field in TIER_FIGURES and tier in asked:
        return ({**usual[0], tier: field.removesuffix("_cached"), owner: LONGER},)
    if ("extended" in field or field == "cache_storage") and lifetime in asked:
        bought = {lifetime: "stored"} if field == "cache_storage" else {lifetime: "extended", owner: LONGER}
        return tuple({**scene, **bought} for scene in usual)
    return usual


AS_LOGGED = "Requests are priced with the reasoning that was logged."
FOUND_AS_LOGGED = "What was found in the cache is in the log, and no lifetime is bought."
NOT_SERVING = "A tuned model is served here, not trained on this GPU: the training has a rent of its own."
NOT_SERVED_FAST = "The speed of serving follows from two measurements here, not from the data sheet."
NOT_TRAINING = "A training is planned here: nothing is served."
NO_BATCH = "This calculator sends no batch."
STANDARD_TIER = "This calculator sends everything at the standard tier."
TRAINING_ONLY = "The tokens of the training file are priced: no hours, no validation file, and nothing is served."
USUAL_LIFETIME = "The usual lifetime of a cache is counted."
PROMPT_ONLY = "The tasks are ranked by the part of the prompt that is the same in every run."

SHEET = ("peak_8bit", "peak_4bit", "bandwidth", "link", "rent_reserved", "rent_spot")
"""Figures of a GPU that only the serving of a model on machines of one's own asks."""

IDLE: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("agents/cost", "subagent_model"): {
        "cache_storage": "Sub-agents are started at once, so that none reads what another one keeps.",
    },
    ("choosing/break_even", "prompting.model"): {
        "context_window": "A plan does not say whether a prompt fits: the calculator of its costs does.",
    },
    ("choosing/break_even", "retrieval.model"): {
        "context_window": "A plan does not say whether a prompt fits: the calculator of its costs does.",
    },
    ("choosing/break_even", "retrieval.embedding"): {
        "context_window": "A plan does not say whether a chunk fits: the calculator of its costs does.",
    },
    ("choosing/break_even", "retrieval.vector_store"): dict.fromkeys(
        ("largest_storage", "most_chunks", "most_reads", "most_writes", "most_tenants"),
        "A plan does not say whether a store refuses: the calculator of its costs does.",
    ),
    ("choosing/case", "hosting.architecture"): dict.fromkeys(
        ("intermediate_size", "feed_forward"), "Only adapters depend on these matrices, and a case counts none."
    ),
    ("choosing/case", "hosting.gpu"): dict.fromkeys(
        ("throughput_low", "throughput_high"), "The speed follows from the data sheet, not from these measurements."
    ),
    ("choosing/case", "retrieval.embedding"): {
        "context_window": "A plan does not say whether a chunk fits: the calculator of its costs does.",
    },
    ("choosing/case", "retrieval.vector_store"): dict.fromkeys(
        ("largest_storage", "most_chunks", "most_reads", "most_writes", "most_tenants"),
        "A plan does not say whether a store refuses: the calculator of its costs does.",
    ),
    ("choosing/case", "tuned.offer"): {
        "smallest_file": "A plan does not say whether a file is accepted: the calculator of its costs does."
    },
    ("choosing/break_even", "tuned.offer"): {
        "smallest_file": "A plan does not say whether a file is accepted: the calculator of its costs does."
    },
    ("choosing/break_even", "tuned.gpu"): {
        **dict.fromkeys(("memory", "peak", "rent_low", "rent_high"), NOT_SERVING),
        **dict.fromkeys(SHEET, NOT_SERVED_FAST),
        "throughput_high": "The fewest replicas are shown by the calculator of its costs.",
    },
    ("choosing/case", "tuned.gpu"): {
        **dict.fromkeys(("memory", "peak", "rent_low", "rent_high"), NOT_SERVING),
        **dict.fromkeys(SHEET, NOT_SERVED_FAST),
        "throughput_high": "The fewest replicas are shown by the calculator of its costs.",
    },
    ("choosing/candidates", "model"): {
        "output": PROMPT_ONLY,
        **dict.fromkeys(("batch_input", "batch_cached_read", "batch_cache_write", "batch_output"), NO_BATCH),
        **dict.fromkeys(TIER_FIGURES, STANDARD_TIER),
        "long_output": PROMPT_ONLY,
        **dict.fromkeys(
            ("long_batch_input", "long_batch_cached_read", "long_batch_cache_write", "long_batch_output"), NO_BATCH
        ),
        **dict.fromkeys(("extended_write", "long_extended_write", "extended_minutes", "cache_storage"), USUAL_LIFETIME),
        **dict.fromkeys(("batch_extended_write", "long_batch_extended_write"), NO_BATCH),
        **dict.fromkeys((f"reasoning_{effort}" for effort in EFFORTS), PROMPT_ONLY),
        "context_window": "The whole prompt is not asked for, so whether it fits is not judged.",
    },
    ("fine_tuning/cost", "gpu"): {
        **dict.fromkeys(("memory", "peak", "rent_low", "rent_high"), NOT_SERVING),
        **dict.fromkeys(SHEET, NOT_SERVED_FAST),
    },
    ("fine_tuning/dataset", "offer"): dict.fromkeys(
        (
            "training_hour",
            "bills_validation",
            "bills_failed",
            "input",
            "cached_read",
            "output",
            "smallest_prefix",
            "hosting",
            "own_weights",
        ),
        TRAINING_ONLY,
    ),
    ("prompting/traffic", "model"): {
        **dict.fromkeys((f"reasoning_{effort}" for effort in EFFORTS), AS_LOGGED),
        **dict.fromkeys(("cache_minutes", "extended_minutes", "cache_storage"), FOUND_AS_LOGGED),
    },
    ("fine_tuning/hardware", "gpu"): dict.fromkeys(("throughput_low", "throughput_high", *SHEET), NOT_TRAINING),
    ("fine_tuning/hardware", "model"): dict.fromkeys(("cache_width", "windowed_layers", "window"), NOT_TRAINING),
    ("serving/self_hosting", "gpu"): dict.fromkeys(
        ("throughput_low", "throughput_high"), "The speed follows from the data sheet, not from these measurements."
    ),
    ("choosing/break_even", "hosting.architecture"): dict.fromkeys(
        ("intermediate_size", "feed_forward"), "Only adapters depend on these matrices, and a comparison counts none."
    ),
    ("choosing/break_even", "hosting.gpu"): dict.fromkeys(
        ("throughput_low", "throughput_high"), "The speed follows from the data sheet, not from these measurements."
    ),
    ("serving/self_hosting", "model"): {
        **dict.fromkeys(("extended_write", "long_extended_write", "extended_minutes", "cache_storage"), USUAL_LIFETIME),
        **dict.fromkeys(("batch_extended_write", "long_batch_extended_write"), USUAL_LIFETIME),
        "context_window": "Whether a prompt fits at the API is not judged: the calculator of its costs does.",
    },
    ("prompting/builder", "model"): {
        **dict.fromkeys(("batch_extended_write", "long_batch_extended_write"), NO_BATCH),
        **dict.fromkeys(("batch_input", "batch_cached_read", "batch_cache_write", "batch_output"), NO_BATCH),
        **dict.fromkeys(TIER_FIGURES, STANDARD_TIER),
        **dict.fromkeys(
            ("long_batch_input", "long_batch_cached_read", "long_batch_cache_write", "long_batch_output"), NO_BATCH
        ),
    },
}
"""The figures that count in no setting of a calculator, each with the reason; the answer says so where one is typed."""
