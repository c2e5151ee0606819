"""Uploads examples, waits for the tuned model, and writes it down beside its base for compare_versions.py."""

import json
import os
import time
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
KEY = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"]}
FIELD = '--part\r\ncontent-disposition: form-data; name="{}"\r\n\r\n{}\r\n'


def ask(path, data=None, kind="application/json"):
    with urlopen(Request(URL + path, data, KEY | {"content-type": kind})) as response:
        return json.load(response)


examples, prompt = Path("train.jsonl").read_text("utf-8"), Path("prompt.txt").read_text("utf-8")
form = FIELD.format("purpose", "fine-tune") + FIELD.format('file"; filename="train.jsonl', examples) + "--part--"
file = ask("/files", form.encode(), "multipart/form-data; boundary=part")
job = ask("/fine_tuning/jobs", json.dumps({"model": os.environ["MODEL"], "training_file": file["id"]}).encode())
while job["status"] not in ("succeeded", "failed", "cancelled"):
    time.sleep(float(os.environ.get("SECONDS_BETWEEN", "60")))
    job = ask(f"/fine_tuning/jobs/{job['id']}")
if job["status"] != "succeeded":
    raise SystemExit(f"{job['status']}: {job['error']}")
models = {"base": os.environ["MODEL"], "tuned": job["fine_tuned_model"]}
versions = {name: {"model": model, "instructions": prompt} for name, model in models.items()}
Path("versions.json").write_text(json.dumps(versions), "utf-8")
