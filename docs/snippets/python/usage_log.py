"""Asks a model and logs the counts of each answer, without its text: what "What your own requests cost" reads."""

import json
import os
import time
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
COUNTED = ("id", "object", "created_at", "model", "status", "usage", "service_tier", "previous_response_id")


def ask(**body):
    """The answer to a request; its counts go into a file for each day."""
    started = time.time()
    with urlopen(Request(URL, json.dumps(body).encode(), HEADERS)) as response:
        answer = json.load(response)
    counts = {key: answer[key] for key in COUNTED if key in answer} | {"seconds": round(time.time() - started, 3)}
    with open(time.strftime("usage-%Y-%m-%d.jsonl"), "a") as log:
        log.write(json.dumps(counts) + "\n")
    return answer


for question in ("How do I return a lamp?", "And if it is broken?"):
    ask(model=os.environ["MODEL"], instructions="Answer in one sentence.", input=question)
