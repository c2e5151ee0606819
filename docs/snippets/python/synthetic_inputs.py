"""Has a model invent inputs of each kind that is rare, and prints those that resemble no other and no test case."""

import csv
import json
import os
from collections import Counter
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
RULE = "Write ten more messages of this kind, one on each line. Vary writer, length, tone, spelling and details."
WANTED, ALIKE = int(os.environ.get("WANTED", "50")), 0.5  # inputs of each kind; the share of parts that two may share


def parts(text):
    return {text.casefold()[start : start + 4] for start in range(len(text))}


with open("real.csv", newline="") as first, open("test_set.csv", newline="") as second:
    real, tested = list(csv.DictReader(first)), list(csv.DictReader(second))
seen = [parts(row["input"]) for row in real + tested]
for kind, count in Counter(row["kind"] for row in real).items():
    shown = "\n".join([row["input"] for row in real if row["kind"] == kind][:5])
    body = json.dumps({"model": os.environ["MODEL"], "instructions": RULE, "input": f"{kind}:\n{shown}"}).encode()
    for _ in range((WANTED - count) // 10):
        with urlopen(Request(URL, body, HEADERS)) as response:
            output = [part for part in json.load(response)["output"] if part["type"] == "message"]
        for text in output[-1]["content"][-1]["text"].splitlines():
            if all(len(parts(text) & others) < ALIKE * len(parts(text) | others) for others in seen):
                seen.append(parts(text))
                print(text)
