"""Asks two questions with the same long instructions and prints what the cache did."""

import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("ANTHROPIC_BASE_URL", "https://api.anthropic.com") + "/v1/messages"
KEY = {"x-api-key": os.environ["ANTHROPIC_API_KEY"], "anthropic-version": "2023-06-01"}
HEADERS = KEY | {"content-type": "application/json"}
# The same text each time, and longer than the smallest prefix that the model keeps.
INSTRUCTIONS = {"type": "text", "text": Path("instructions.txt").read_text("utf-8")}
KEPT = {"type": "ephemeral"}

for question in ("How do I return a lamp?", "And if it is broken?"):
    body = {
        "model": os.environ["MODEL"],
        "max_tokens": 500,
        "system": [INSTRUCTIONS | {"cache_control": KEPT}],
        "messages": [{"role": "user", "content": question}],
    }
    with urlopen(Request(URL, json.dumps(body).encode(), HEADERS)) as response:
        usage = json.load(response)["usage"]
    written, read = usage["cache_creation_input_tokens"], usage["cache_read_input_tokens"]
    print(f"cache: {written} tokens written, {read} read; neither: {usage['input_tokens']}")
