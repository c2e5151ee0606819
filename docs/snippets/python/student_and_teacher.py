"""Asks student and teacher every test case, and prints for each kind of case how many both got right."""

import csv
import json
import os
from collections import Counter
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
versions = {"student": json.loads(Path("versions.json").read_text("utf-8"))["tuned"]}  # as tuning_job.py wrote it
versions["teacher"] = {"model": os.environ["TEACHER"], "instructions": Path("teacher_prompt.txt").read_text("utf-8")}

right, table = Counter(), [["case", "version", "score", "tokens"]]
cases = list(csv.DictReader(Path("test_set.csv").read_text("utf-8").splitlines(keepends=True)))
for case in cases:
    for name, version in versions.items():
        with urlopen(Request(URL, json.dumps(version | {"input": case["input"]}).encode(), HEADERS)) as response:
            answer = json.load(response)
        text = [part for part in answer["output"] if part["type"] == "message"][-1]["content"][-1]["text"]
        score = int(text.strip() == case["expected"])  # or your own score, from 0 to 1
        table.append([case["case"], name, score, answer["usage"]["total_tokens"]])
        right[name, case["kind"]] += score
with open("results.csv", "w", newline="", encoding="utf-8") as file:
    csv.writer(file).writerows(table)
for kind, count in Counter(case["kind"] for case in cases).items():
    print(f"{kind}: of {count}, student {right['student', kind]}, teacher {right['teacher', kind]}")
