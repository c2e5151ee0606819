"""The batches of the stand-in: a file of requests becomes a file of answers, in another order."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.json_types import JsonObject

LINE_FIELDS = {"custom_id", "method", "url", "body"}


def batch_state(status: str) -> JsonObject:
    """A batch as the interface shows it: with a file of answers once it is completed, or expired with some of them."""
    output = "file-2" if status in ("completed", "expired") else None
    errors = {"data": [{"message": "a line has no custom_id"}]} if status == "failed" else None
    return {"id": "batch-1", "object": "batch", "status": status, "output_file_id": output, "errors": errors}


def answered_batch(requests: str, respond: Callable[[JsonObject], JsonObject | None]) -> str:
    """Each line answered as a request of its own would be; the last comes first, as no order is promised."""
    lines: list[JsonObject] = [json.loads(line) for line in requests.splitlines()]
    answers = []
    for line in reversed(lines):
        answer = respond(line["body"])
        if answer and line.keys() == LINE_FIELDS and (line["method"], line["url"]) == ("POST", "/v1/responses"):
            response = {"status_code": 200, "body": answer | {"id": f"resp-batch-{line['custom_id']}"}}
            answers.append({"custom_id": line["custom_id"], "response": response, "error": None})
    return "".join(json.dumps(answer) + "\n" for answer in answers)
