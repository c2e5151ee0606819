"""Lets a model act on a mail: harmless calls run, others wait for a person, and every call is written down."""

import json
import os
import time
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("ANTHROPIC_BASE_URL", "https://api.anthropic.com") + "/v1/messages"
KEY = {"x-api-key": os.environ["ANTHROPIC_API_KEY"], "anthropic-version": "2023-06-01"}
SCHEMA = {"type": "object", "properties": dict(order={"type": "string"}), "required": ["order"]}
RUN = {"order_status": lambda order: f"{order} was shipped.", "refund": lambda order: f"{order} is paid back."}  # yours
TOOLS = [{"name": name, "description": name.replace("_", " "), "input_schema": SCHEMA} for name in RUN]
HARMLESS = {"order_status"}
messages = [{"role": "user", "content": Path("mail.txt").read_text("utf-8")}]

while messages[-1]["content"] and len(messages) < 16:  # until a step makes no call, for eight steps at most
    body = {"model": os.environ["MODEL"], "max_tokens": 1000, "tools": TOOLS, "messages": messages}
    with urlopen(Request(URL, json.dumps(body).encode(), KEY | {"content-type": "application/json"})) as response:
        content = json.load(response)["content"]
    messages += [{"role": "assistant", "content": content}, {"role": "user", "content": []}]
    for call in (block for block in content if block["type"] == "tool_use"):
        name, given = call["name"], call["input"]
        done = name in HARMLESS or input(f"{name} {json.dumps(given)}: yes or no? ") == "yes"  # the call as it will run
        text = RUN[name](**given) if done else "A person has refused this. Do not try it again."
        with open("calls.jsonl", "a") as log:
            log.write(json.dumps({"time": time.time(), "name": name, "input": given, "done": done}) + "\n")
        messages[-1]["content"].append({"type": "tool_result", "tool_use_id": call["id"], "content": text})
