"""Has a teacher label real inputs twice, keeps what agrees as training data, and leaves the rest to people."""

import csv
import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
LABELS = os.environ["LABELS"].split(",")
teach, short, inputs = (Path(name).read_text("utf-8") for name in ("teacher_prompt.txt", "prompt.txt", "inputs.txt"))
tested = {row["input"] for row in csv.DictReader(Path("test_set.csv").read_text("utf-8").splitlines(keepends=True))}


def ask(text):
    body = json.dumps({"model": os.environ["MODEL"], "instructions": teach, "input": text}).encode()
    with urlopen(Request(URL, body, HEADERS)) as response:
        output = [part for part in json.load(response)["output"] if part["type"] == "message"]
    return output[-1]["content"][-1]["text"].strip()


texts = set(inputs.splitlines()) - tested - {""}  # repeats teach nothing, and test cases must not be trained on
answers = {text: (ask(text), ask(text)) for text in sorted(texts)}
kept = {text: first for text, (first, second) in answers.items() if first == second and first in LABELS}
turns = [[("system", short), ("user", text), ("assistant", label)] for text, label in kept.items()]
lines = [json.dumps({"messages": [{"role": role, "content": words} for role, words in turn]}) for turn in turns]
Path("train.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
Path("for_people.txt").write_text("".join(text + "\n" for text in answers if text not in kept), "utf-8")
print(f"{len(kept)} of {len(texts)} inputs kept")
