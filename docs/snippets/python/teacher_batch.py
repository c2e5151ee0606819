"""Has a teacher answer inputs in a batch, which costs less, and keeps the provider's file of answers as it is."""

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
        return response.read()


teach, texts = Path("teacher_prompt.txt").read_text("utf-8"), Path("inputs.txt").read_text("utf-8").splitlines()
body, line = {"model": os.environ["MODEL"], "instructions": teach}, {"method": "POST", "url": "/v1/responses"}
lines = [json.dumps(line | {"custom_id": str(row), "body": body | dict(input=text)}) for row, text in enumerate(texts)]
form = FIELD.format("purpose", "batch") + FIELD.format('file"; filename="batch.jsonl', "\n".join(lines)) + "--part--"
file = json.loads(ask("/files", form.encode(), "multipart/form-data; boundary=part"))
job = {"input_file_id": file["id"], "endpoint": "/v1/responses", "completion_window": "24h"}
batch = json.loads(ask("/batches", json.dumps(job).encode()))
while batch["status"] in ("validating", "in_progress", "finalizing"):
    time.sleep(float(os.environ.get("SECONDS_BETWEEN", "60")))
    batch = json.loads(ask(f"/batches/{batch['id']}"))
if not batch.get("output_file_id"):
    raise SystemExit(f"{batch['status']}: {batch.get('errors')}")
Path("output.jsonl").write_bytes(ask(f"/files/{batch['output_file_id']}/content"))
