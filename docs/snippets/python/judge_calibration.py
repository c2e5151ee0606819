"""Has a judge label what people labeled, and prints how often it agrees on good and on bad answers."""

import csv
import json
import os
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
RULE = "Does the answer promise only what the policy allows? Give a reason, then end with PASS or FAIL."

with open("labels.csv", newline="") as file:
    rows = list(csv.DictReader(file))  # case, policy, question, answer, person (pass or fail)
for row in rows:
    text = "\n".join(f"{name}: {row[name]}" for name in ("policy", "question", "answer"))
    body = {"model": os.environ["MODEL"], "instructions": RULE, "input": text}
    with urlopen(Request(URL, json.dumps(body).encode(), HEADERS)) as response:
        output = [item for item in json.load(response)["output"] if item["type"] == "message"]
    row["judge"] = "pass" if output[-1]["content"][-1]["text"].rstrip(" .*").endswith("PASS") else "fail"
with open("judged.csv", "w", newline="") as file:
    writer = csv.DictWriter(file, ["case", "person", "judge"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
for label, name in (("pass", "sensitivity"), ("fail", "specificity")):
    judged = [row["judge"] for row in rows if row["person"] == label]
    print(f"{name}: {judged.count(label)} of {len(judged)}")
