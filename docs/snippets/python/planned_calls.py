"""Plans from the user's words alone: what is read later fills the steps, and adds no step and no address."""

import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
RULES = 'Plan the steps. "to" is an address or empty. "uses" is the step whose result a step works on, or 0 for none.'


def ask(rules, words, **settings):
    body = json.dumps({"model": os.environ["MODEL"], "instructions": rules, "input": words, **settings}).encode()
    with urlopen(Request(URL, body, HEADERS)) as response:
        output = [part for part in json.load(response)["output"] if part["type"] == "message"]
    return output[-1]["content"][-1]["text"]


def form(**fields):
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


RUN = {"read_mail": lambda to, text: Path("mail.txt").read_text("utf-8")}  # your own functions; one asks without tools:
RUN |= {"sum_up": lambda to, text: ask("Sum this up.", text), "send": lambda to, text: print(f"To {to}: {text}")}
STEP = form(tool={"type": "string", "enum": list(RUN)}, to={"type": "string"}, uses={"type": "integer"})
PLAN = {"type": "json_schema", "name": "plan", "strict": True, "schema": form(steps={"type": "array", "items": STEP})}

steps = json.loads(ask(RULES, Path("question.txt").read_text("utf-8"), text={"format": PLAN}))["steps"]
rights, results = json.loads(Path("rights.json").read_text("utf-8")), [""]  # of this user: for each tool, allowed "to"
if not all(step["to"] in rights.get(step["tool"], []) for step in steps):
    raise SystemExit(f"This user may not do all of this: {json.dumps(steps)}")
for step in steps:
    results.append(RUN[step["tool"]](step["to"], results[step["uses"]]))
