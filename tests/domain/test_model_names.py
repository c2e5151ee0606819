"""Names as logs write them find their model, and a name that could mean several sellers finds none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.records import ModelPrice
from calculators.domain.records.model_names import model_of_logged_name

FOUND = [
    ("gpt-5-mini", "openai", "openai/gpt-5-mini"),
    ("gpt-5-mini-2025-08-07", "", "openai/gpt-5-mini"),
    ("openai/gpt-5-mini-2025-08-07", "openrouter", "openai/gpt-5-mini"),
    ("openai/gpt-5-mini-2025-08-07:free", "openrouter", "openai/gpt-5-mini"),
    ("azure/gpt-5-mini", "azure", "openai/gpt-5-mini"),
    ("GPT-5 mini", "", "openai/gpt-5-mini"),
    ("gpt-5.6", "", "openai/gpt-5.6-sol"),
    ("gpt-5-chat-latest", "", "openai/gpt-5"),
    ("gpt-5-high", "cursor", "openai/gpt-5"),
    ("global.openai.gpt-6.1-sol", "bedrock", "openai/gpt-6.1-sol"),
    ("claude-haiku-4-5-20251001", "anthropic", "anthropic/claude-haiku-4-5"),
    ("claude-haiku-4-5@20251001", "vertex_ai", "anthropic/claude-haiku-4-5"),
    ("vertex_ai/claude-haiku-4-5@20251001", "", "anthropic/claude-haiku-4-5"),
    ("publishers/anthropic/models/claude-haiku-4-5", "gcp.vertex_ai", "anthropic/claude-haiku-4-5"),
    ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "bedrock", "anthropic/claude-haiku-4-5"),
    ("anthropic.claude-haiku-4-5-20251001-v1:0:200k", "aws.bedrock", "anthropic/claude-haiku-4-5"),
    ("bedrock/converse/eu.anthropic.claude-sonnet-5", "", "anthropic/claude-sonnet-5"),
    (
        "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-5-v1:0",
        "bedrock",
        "anthropic/claude-sonnet-5",
    ),
    ("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0", "", "amazon/nova-micro"),
    ("anthropic/claude-4.5-haiku-20251001", "openrouter", "anthropic/claude-haiku-4-5"),
    ("Claude Haiku 4.5", "", "anthropic/claude-haiku-4-5"),
    ("claude-4.5-haiku-thinking", "cursor", "anthropic/claude-haiku-4-5"),
    ("claude-opus-5[1m]", "anthropic", "anthropic/claude-opus-5"),
    ("claude-opus-5-latest", "anthropic.messages", "anthropic/claude-opus-5"),
    ("models/gemini-2.5-flash", "google", "google/gemini-2.5-flash"),
    ("gemini/gemini-2.5-flash-001", "gemini", "google/gemini-2.5-flash"),
    ("publishers/google/models/gemini-2.5-pro", "", "google/gemini-2.5-pro"),
    ("gemini-2.5-flash-preview-09-2025", "google", "google/gemini-2.5-flash"),
    ("Mistral Large 3", "mistral", "mistral/mistral-large-2512"),
    ("x-ai/grok-4.7", "openrouter", "xai/grok-4.7"),
    ("z-ai/glm-5.3", "openrouter", "zai/glm-5.3"),
    ("moonshotai/kimi-k3", "openrouter", "moonshot/kimi-k3"),
    ("groq/openai/gpt-oss-120b", "", "groq/openai/gpt-oss-120b"),
    ("openai/gpt-oss-120b", "groq", "groq/openai/gpt-oss-120b"),
    ("openai/gpt-oss-120b", "together_ai", "together/openai/gpt-oss-120b"),
    ("gpt-oss-120b", "Groq", "groq/openai/gpt-oss-120b"),
]
NOT_FOUND = [
    ("", ""),
    ("///", "openai"),
    ("auto", "cursor"),
    ("<synthetic>", "anthropic"),
    ("gpt-5-mini-turbo", "openai"),
    ("gpt-5.6-mini", "openai"),
    ("ft:gpt-4o-mini-2024-07-18:company::abc", "openai"),
    ("openai/gpt-oss-120b", ""),
    ("openai/gpt-oss-120b", "openrouter"),
    ("openai/gpt-oss-120b", "cerebras"),
    ("openai.gpt-oss-120b-1:0", "bedrock"),
    ("llama-3.3-70b-versatile", ""),
    ("deepseek-ai/deepseek-v4-pro", ""),
    ("fireworks_ai/accounts/fireworks/models/deepseek-v4-pro", ""),
    ("deepseek-v4-pro", "ollama"),
    ("zai.glm-5.3", "bedrock"),
    ("gpt-4o-audio-preview", "openai"),
    ("gemini-flash-latest", "google"),
    ("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", "bedrock"),
    ("gpt\uff15", "openai"),
]


def market(catalogue: Catalogue) -> list[ModelPrice]:
    """All models on the day of the facts."""
    return list(catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of).values())


@pytest.mark.parametrize(("name", "provider", "id"), FOUND)
def test_a_name_finds_its_model(catalogue: Catalogue, name: str, provider: str, id: str) -> None:
    model = model_of_logged_name(name, provider, market(catalogue))
    assert model is not None and model.id == id


@pytest.mark.parametrize(("name", "provider"), NOT_FOUND)
def test_a_name_that_means_none_or_several_finds_none(catalogue: Catalogue, name: str, provider: str) -> None:
    assert model_of_logged_name(name, provider, market(catalogue)) is None


def test_every_model_is_found_by_its_id_and_its_name(catalogue: Catalogue) -> None:
    listed = market(catalogue)
    for model in listed:
        seller, _, short = model.id.partition("/")
        for name in (model.id, short, model.name):
            assert model_of_logged_name(name, seller, listed) is model, name


def test_a_model_of_two_makers_needs_the_provider() -> None:
    def sold(seller: str) -> ModelPrice:
        return ModelPrice(id=f"{seller}/same-1", input=Decimal(1), output=Decimal(1))

    two = [sold("mistral"), sold("xai")]
    assert model_of_logged_name("same-1", "", two) is None
    assert model_of_logged_name("same-1", "xai", two) is two[1]
    assert model_of_logged_name("mistralai/same-1", "openrouter", two) is two[0]


def test_a_snapshot_with_a_price_of_its_own_goes_first() -> None:
    ids = ("openai/gpt-4o", "openai/gpt-4o-2024-05-13")
    models = [ModelPrice(id=id, input=Decimal(1), output=Decimal(1)) for id in ids]
    assert model_of_logged_name("gpt-4o-2024-05-13", "openai", models) is models[1]
    assert model_of_logged_name("gpt-4o-2024-11-20", "openai", models) is models[0]


def test_names_that_facts_add_are_those_of_the_model(catalogue: Catalogue) -> None:
    model = catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of)["openai/gpt-5"]
    assert "gpt-5-codex" in model.names.split()
