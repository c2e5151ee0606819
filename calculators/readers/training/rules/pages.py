"""The pages that rules rest on, by the ids of `data/sources.yaml`, as a result names them."""

from __future__ import annotations

RULE_PAGES = {
    "anthropic-bedrock-data": "Fine-tuning Claude 3 Haiku on Bedrock",
    "azure-tuning-data": "Customize a model with fine-tuning",
    "azure-vision-tuning": "Fine-tune a model with image data",
    "bedrock-nova-2-data": "Supervised fine-tuning on Amazon Nova 2.0",
    "bedrock-nova-data": "Preparing data for fine-tuning understanding models",
    "bedrock-text-data": "Prepare data for fine-tuning text-to-text models",
    "fireworks-sft-data": "Supervised fine-tuning, text",
    "fireworks-vision-data": "Supervised fine-tuning, vision",
    "foundry-tool-calls": "Underspecified schema for SFT with tool-calling",
    "google-tuning-data": "Prepare supervised fine-tuning data for Gemini models",
    "llamafactory-data": "LLaMA-Factory, data formats",
    "llamafactory-v1-data": "LLaMA-Factory, converters of version 1",
    "mistral-finetune": "mistral-finetune, validation of data",
    "openai-chat-data": "Data preparation and analysis for chat model fine-tuning",
    "openai-chat-reference": "OpenAPI specification of the OpenAI API",
    "openai-dpo": "Direct preference optimization",
    "openai-fine-tuning": "Supervised fine-tuning",
    "openai-tool-sequence": "Error about tool calls without tool messages",
    "openai-rft": "Reinforcement fine-tuning",
    "openai-vision-tuning": "Vision fine-tuning",
    "together-reasoning-tuning": "Reasoning fine-tuning",
    "together-tuning-data": "Data preparation",
    "together-vision-tuning": "Vision fine-tuning",
    "trl-formats": "Dataset formats",
}
