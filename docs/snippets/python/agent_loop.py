"""Lets a model call tools until it answers, for a fixed number of steps at most."""

import json
import os
from urllib.request import Request, urlopen

URL = os.environ.get("ANTHROPIC_BASE_URL", "https://api.anthropic.com") + "/v1/messages"
KEY = {"x-api-key": os.environ["ANTHROPIC_API_KEY"], "anthropic-version": "2023-06-01"}
ORDER = {"type": "string", "description": "The number of the order."}
SCHEMA = {"type": "object", "properties": {"order": ORDER}, "required": ["order"]}
TOOLS = [{"name": "order_status", "description": "Where an order is.", "input_schema": SCHEMA}]
RUN = {"order_status": lambda order: f"Order {order} was shipped."}  # your own functions
messages = [{"role": "user", "content": "Where is order 7?"}]

for _ in range(int(os.environ.get("MOST_STEPS", "8"))):
    body = {"model": os.environ["MODEL"], "max_tokens": 1000, "tools": TOOLS, "messages": messages}
    body["cache_control"] = {"type": "ephemeral"}  # the next step reads this history from the cache
    request = Request(URL, json.dumps(body).encode(), KEY | {"content-type": "application/json"})
    with urlopen(request) as response:
        content = json.load(response)["content"]
    calls = [block for block in content if block["type"] == "tool_use"]
    if not calls:
        break
    results = [{"tool_use_id": call["id"], "content": RUN[call["name"]](**call["input"])} for call in calls]
    messages.append({"role": "assistant", "content": content})
    messages.append({"role": "user", "content": [{"type": "tool_result", **result} for result in results]})
print("No answer within the limit: ask a person." if calls else content[-1]["text"])
