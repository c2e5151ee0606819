"""Has a model fill in a schema, and refuses what is cut off, declined or impossible."""

import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
FIELDS = {"number": TEXT, "total": NUMBER}
SCHEMA = {"type": "object", "properties": FIELDS, "required": list(FIELDS), "additionalProperties": False}
FORMAT = {"type": "json_schema", "name": "invoice", "schema": SCHEMA, "strict": True}

rules = "Copy the invoice's number and total. Write null for what is not there."
body = {"model": os.environ["MODEL"], "instructions": rules, "input": Path("invoice.txt").read_text("utf-8")}
body["text"] = {"format": FORMAT}
with urlopen(Request(URL, json.dumps(body).encode(), HEADERS)) as response:
    answer = json.load(response)
part = [item for item in answer["output"] if item["type"] == "message"][-1]["content"][-1]
if answer["status"] != "completed" or part["type"] != "output_text":  # cut off, or the model declined
    raise SystemExit(f"No invoice: {part.get('refusal', answer['status'])}")
invoice = json.loads(part["text"])
if invoice["total"] is not None and invoice["total"] < 0:  # the schema cannot know what your business rules out
    raise SystemExit(f"A person has to look at {invoice}")
print(json.dumps(invoice))
