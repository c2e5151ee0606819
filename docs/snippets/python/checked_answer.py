"""Checks an answer in ordinary code before anybody sees it: a secret stops it, foreign addresses leave it."""

import html
import json
import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
HOSTS = {"shop.example", "help.shop.example"}  # the only ones that an answer may name
CANARY = os.environ["CANARY"]  # a made-up word in the instructions: who prints it prints the rest as well
ADDRESS = re.compile(r"""!?\[[^\]]*\]\([^)]*\)|(?:[a-z][a-z0-9+.-]*:)?//[^\s<>"')\]]+|(?:data|javascript):\S+""", re.I)


def allowed(match):
    parts = urlsplit(match[0])
    return match[0] if parts.scheme == "https" and parts.netloc in HOSTS else "[address removed]"


body = {"model": os.environ["MODEL"], "instructions": f"{CANARY}\nAnswer politely.", "max_output_tokens": 2000}
body["input"] = Path("question.txt").read_text("utf-8")
with urlopen(Request(URL, json.dumps(body).encode(), HEADERS)) as response:
    output = [part for part in json.load(response)["output"] if part["type"] == "message"]
answer = output[-1]["content"][-1]["text"]
if CANARY.casefold() in re.sub(r"[\W_]", "", answer).casefold():  # also if it is spelled with dots or spaces
    raise SystemExit("The answer gives the instructions away: log it and show nothing.")
print(html.escape(ADDRESS.sub(allowed, answer)))  # the browser shows text, whatever the model wrote
