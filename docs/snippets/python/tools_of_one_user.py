"""Gives a model a tool that reads the orders of the signed-in customer, and of nobody else."""

import json
import os
import sqlite3
from urllib.request import Request, urlopen

URL = os.environ.get("ANTHROPIC_BASE_URL", "https://api.anthropic.com") + "/v1/messages"
KEY = {"x-api-key": os.environ["ANTHROPIC_API_KEY"], "anthropic-version": "2023-06-01"}
CUSTOMER = os.environ["CUSTOMER"]  # from the session that your program has checked, never from the model
DATABASE = sqlite3.connect("file:orders.db?mode=ro", uri=True)  # can only read
QUERY = "select state from orders where number = ? and customer = ?"
SCHEMA = {"type": "object", "properties": dict(order={"type": "string"}), "required": ["order"]}
TOOLS = [{"name": "order_status", "description": "Where an order of the customer is.", "input_schema": SCHEMA}]
messages = [{"role": "user", "content": os.environ.get("QUESTION", "Where is order 7?")}]

for _ in range(8):
    body = {"model": os.environ["MODEL"], "max_tokens": 1000, "tools": TOOLS, "messages": messages}
    with urlopen(Request(URL, json.dumps(body).encode(), KEY | {"content-type": "application/json"})) as response:
        content = json.load(response)["content"]
    calls = {block["id"]: str(block["input"].get("order")) for block in content if block["type"] == "tool_use"}
    if not calls:
        break
    rows = {call: DATABASE.execute(QUERY, [order, CUSTOMER]).fetchone() for call, order in calls.items()}
    texts = {call: row[0] if row else "This customer has no such order." for call, row in rows.items()}
    results = [{"type": "tool_result", "tool_use_id": call, "content": text} for call, text in texts.items()]
    messages += [{"role": "assistant", "content": content}, {"role": "user", "content": results}]
print("No answer within the limit: ask a person." if calls else content[-1]["text"])
