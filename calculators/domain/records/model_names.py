"""Finds the priced model that a log means by a name: dated, with prefixes of gateways and clouds, or as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from calculators.domain.records.models import ModelPrice

MAKERS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "google",
    "gemini": "google",
    "googleaistudio": "google",
    "deepseek": "deepseek",
    "mistral": "mistral",
    "mistralai": "mistral",
    "xai": "xai",
    "moonshot": "moonshot",
    "moonshotai": "moonshot",
    "zai": "zai",
    "zhipu": "zai",
    "zhipuai": "zai",
    "minimax": "minimax",
    "meta": "meta",
    "metallama": "meta",
    "cohere": "cohere",
    "amazon": "amazon",
}
"""The sellers of models that they made themselves, by what logs call them."""

HOSTS = {"groq": "groq", "together": "together", "togetherai": "together"}
"""Sellers of models that others made: what a model costs there says nothing of another seller."""

UNPRICED_HOSTS = frozenset(
    (
        "fireworks",
        "fireworksai",
        "cerebras",
        "sambanova",
        "deepinfra",
        "hyperbolic",
        "nebius",
        "novita",
        "replicate",
        "baseten",
        "huggingface",
        "ollama",
        "vllm",
        "hostedvllm",
        "lmstudio",
        "llamacpp",
        "nvidianim",
        "databricks",
        "watsonx",
        "friendliai",
        "anyscale",
        "cloudflare",
        "siliconflow",
        "deepseekai",
        "zaiorg",
        "minimaxai",
    )
)
"""Sellers of models that others made, and servers of one's own, whose prices are not here; the last are where weights
are published, so that a name with one of them says nothing of the seller.
"""

BEDROCK = frozenset(("bedrock", "amazonbedrock", "awsbedrock", "aws", "bedrockconverse"))
AT_THE_MAKERS_PRICE = ("anthropic", "openai", "amazon")
"""Whose models Amazon Bedrock sells at the maker's price, but for the tenth that a region of one's own choice costs."""

REGIONS = "us-gov|us|eu|apac|jp|au|ca|sa|me|global"
BEDROCK_MAKERS = "anthropic|amazon|openai|meta|mistral|cohere|deepseek|google|qwen|moonshotai|zai|minimax"
BEDROCK_NAME = re.compile(rf"(?:(?:{REGIONS})\.)?({BEDROCK_MAKERS})\.(?=[a-z])", re.ASCII)
"""What stands before the name of a model on Bedrock: the region and the maker."""

ENDINGS = re.compile(
    r"""(?: \[1m\]                                            # Claude Code, with the longer window
          | :(?:free|nitro|floor|exacto|online|beta|thinking)  # OpenRouter's ways of choosing
          | [-@](?:\d{8}|\d{4}-\d{2}-\d{2}|latest|default)     # a snapshot
          | -v\d(?::\d+)?(?::\d+k)?                            # Bedrock's version
          | (?<=\d)-(?:minimal|low|medium|high|xhigh)          # the effort, as editors write it
        )$""",
    re.ASCII | re.VERBOSE,
)
CLAUDE_THINKING = re.compile(r"(claude.*)-thinking$", re.ASCII)
GEMINI_VERSION = re.compile(r"(gemini.*)-00\d$", re.ASCII)

PARTS, NUMBER = re.compile(r"[a-z0-9]+", re.ASCII), re.compile(r"\d+", re.ASCII)

MOST_ENDINGS = 4

NAMES_KEPT = 2000
"""Names whose words are kept: each edit looks for those of the whole market anew."""

Key: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a name in the order of the alphabet, and its numbers as they come."""


def model_of_logged_name(name: str, provider: str, market: Sequence[ModelPrice]) -> ModelPrice | None:
    """The model of the market that a log means; None where there is none, or where several sellers have it.

    A name is tried as it is, then with less and less before and behind it. `provider` says who sold it, be it a seller,
    a cloud or a gateway; nothing where the log does not say. A snapshot with a price of its own is a model of the
    market by its whole name. A region's surcharge is not looked at.

    >>> sonnet = ModelPrice(id="anthropic/claude-sonnet-5", name="Claude Sonnet 5", input=0, output=0)
    >>> model_of_logged_name("eu.anthropic.claude-sonnet-5-20260801-v1:0", "bedrock", [sonnet]) is sonnet
    True
    >>> model_of_logged_name("Claude Sonnet 5", "", [sonnet]) is sonnet
    True
    >>> model_of_logged_name("claude-sonnet-4", "", [sonnet])
    """
    if not name.isascii() or name.lower().startswith("ft:"):
        return None
    by_key: dict[Key, dict[str, ModelPrice]] = {}
    for model in market:
        for called in _known_model_names(model):
            by_key.setdefault(model_name_key(called), {})[model.id] = model
    for rest, sellers in _without_model_name_prefixes(name.strip().lower(), _model_name_provider_words(provider)):
        for shorter in _without_model_name_endings(rest):
            if models := by_key.get(model_name_key(shorter)):
                return _model_sold_by(list(models.values()), sellers)
    return None


@lru_cache(NAMES_KEPT)
def model_name_key(name: str) -> Key:
    """What two ways of writing a name have in common.

    >>> model_name_key("claude-4.5-sonnet") == model_name_key("Claude Sonnet 4.5")
    True
    """
    parts = PARTS.findall(name.lower())
    numbers = tuple(part for part in parts if NUMBER.fullmatch(part))
    return tuple(sorted(part for part in parts if not NUMBER.fullmatch(part))), numbers


def _known_model_names(model: ModelPrice) -> list[str]:
    """All names of a model: its id without the seller, and without its maker, the name on pages, and what facts add."""
    names = [model.id.partition("/")[2], model.id.rpartition("/")[2], model.name, *model.names.split()]
    return [name for name in names if name]


def _without_model_name_prefixes(name: str, sellers: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A name, and what is left of it without each of the parts before, with who sells it by those parts."""
    if name.startswith("arn:"):
        sellers, name = (*sellers, "bedrock"), name.partition("/")[2]
    while name:
        yield name, sellers
        if match := BEDROCK_NAME.match(name):
            sellers, name = (*sellers, "bedrock", match[1]), name[match.end() :]
            yield name, sellers
        before, _, name = name.partition("/")
        sellers = (*sellers, *_model_name_provider_words(before))


def _without_model_name_endings(name: str) -> Iterator[str]:
    """A name, and what is left of it without each of the parts behind."""
    for _ in range(MOST_ENDINGS):
        yield name
        shorter = ENDINGS.sub("", name)
        for pattern in (CLAUDE_THINKING, GEMINI_VERSION):
            shorter = pattern.sub(r"\1", shorter)
        if shorter == name:
            return
        name = shorter


def _model_name_provider_words(provider: str) -> tuple[str, ...]:
    """A provider's name without its signs, whole and up to its first dot, as in `openai.responses`."""
    parts = (provider.lower(), provider.lower().partition(".")[0])
    return tuple(dict.fromkeys(word for part in parts if (word := re.sub(r"[^a-z0-9]+", "", part))))


def _model_sold_by(models: list[ModelPrice], sellers: tuple[str, ...]) -> ModelPrice | None:
    """The one of some models of the same name that one of these sells."""
    if not UNPRICED_HOSTS.isdisjoint(sellers):
        return None
    by_seller = {model.id.partition("/")[0]: model for model in models}
    if host := next((HOSTS[seller] for seller in sellers if seller in HOSTS), ""):
        return by_seller.get(host)
    made = {seller: model for seller, model in by_seller.items() if seller not in HOSTS.values()}
    if not BEDROCK.isdisjoint(sellers):
        made = {seller: model for seller, model in made.items() if seller in AT_THE_MAKERS_PRICE}
    named = [made[MAKERS[seller]] for seller in sellers if MAKERS.get(seller) in made]
    if named:
        return named[-1]
    return next(iter(made.values())) if len(made) == 1 else None
