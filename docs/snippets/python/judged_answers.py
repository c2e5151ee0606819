"""Has a judge read a teacher's answers, keeps what it passes as training data, and leaves the rest to people."""

import csv
import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
LONGEST = int(os.environ.get("LONGEST", "1500"))  # characters: the student learns the length as well
rule, short, inputs = (Path(name).read_text("utf-8") for name in ("rule.txt", "prompt.txt", "inputs.txt"))
tested = {row["input"] for row in csv.DictReader(Path("test_set.csv").read_text("utf-8").splitlines(keepends=True))}


def passes(text, answer):
    talk = f"Question: {text}\nAnswer: {answer}"
    body = json.dumps({"model": os.environ["JUDGE"], "instructions": rule, "input": talk}).encode()
    with urlopen(Request(URL, body, HEADERS)) as response:
        output = [part for part in json.load(response)["output"] if part["type"] == "message"]
    return output[-1]["content"][-1]["text"].rstrip(" .*\n").endswith("PASS")


texts, rows = inputs.splitlines(), map(json.loads, Path("output.jsonl").read_bytes().splitlines())
answers = {texts[int(row["custom_id"])]: row["response"]["body"]["output"][-1]["content"][-1]["text"] for row in rows}
with open("train.jsonl", "w", encoding="utf-8") as kept, open("for_people.jsonl", "w", encoding="utf-8") as left:
    for text in sorted(answers.keys() - tested):  # test cases must not be trained on
        turn = {"system": short, "user": text, "assistant": answers[text]}
        good = 0 < len(answers[text]) <= LONGEST and passes(text, answers[text])
        line = {"messages": [{"role": role, "content": words} for role, words in turn.items()]}
        (kept if good else left).write(json.dumps(line) + "\n")
