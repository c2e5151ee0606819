"""Asks every test case with every version, and writes a line for each answer with its score."""

import csv
import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
versions = json.loads(Path("versions.json").read_text("utf-8"))  # {"a": {"model": …, "instructions": …}, "b": …}

with open("test_set.csv", newline="") as file:
    cases = list(csv.DictReader(file))  # case, input, expected
with open("results.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["case", "version", "score"])
    for case in cases:
        for name, version in versions.items():
            body = json.dumps(version | {"input": case["input"]}).encode()
            with urlopen(Request(URL, body, HEADERS)) as response:
                output = [item for item in json.load(response)["output"] if item["type"] == "message"]
            answer = output[-1]["content"][-1]["text"].strip()
            writer.writerow([case["case"], name, int(answer == case["expected"])])  # or your own score, from 0 to 1
