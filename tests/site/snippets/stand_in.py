"""A small server that speaks as the providers' interfaces do, so that the snippets of the pages can be run.

It refuses what the interfaces refuse: a request without its key, its version or a compulsory field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.json_types import JsonObject
from tests.site.snippets.stand_in_batch import answered_batch, batch_state

SMALLEST_PREFIX = 1024
"""Fewer tokens are not kept; a token is taken to be four characters."""

FIRST_SECOND, DAY = 1_795_824_000, 86_400
"""When the first answer is given, at midnight UTC; each later one comes a day later."""

MEANINGS = (("refund", "money"), ("late", "delay"), ("lamp", "light"))
"""Words that mean the same: each pair is one dimension of an embedding."""

ORDER = re.compile(r"\border (\d+)", re.ASCII)
ADDRESS = re.compile(r"\w+@[\w.]+\w", re.ASCII)
INVENTED = ("Where is my parcel?", "Can I send it back?", "CAN I send it back?!", "The invoice shows another street.")
"""What it writes when it is asked for more of a kind: one case of a test, and two that are nearly the same."""


class StandIn(ThreadingHTTPServer):
    """The server, with what its prompt cache holds and every request that it answered."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept: set[str] = set()
        self.requests: list[JsonObject] = []
        self.always_calls = False
        self.files: dict[str, str] = {}
        self.looks = 0
        self.job_ends = "succeeded"
        self.refuses = False
        self.batch_ends = "completed"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers one request by its path."""

    server: StandIn

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/v1/files":
            self.send_answer(self.upload(content))
            return
        body: JsonObject = json.loads(content)
        answers = {
            "/v1/messages": self.message,
            "/v1/embeddings": self.embeddings,
            "/v1/responses": self.response,
            "/v1/fine_tuning/jobs": self.job,
            "/v1/batches": self.batch,
        }
        self.send_answer(answers[self.path](body))
        self.server.requests.append(body)

    def do_GET(self) -> None:
        """A file, or a job of tuning or a batch, which is done the second time that somebody looks."""
        if self.path.startswith("/v1/files/"):
            self.send_content(200, self.server.files[self.path.split("/")[3]].encode())
            return
        self.server.looks += 1
        is_done = self.server.looks > 1
        if self.path.startswith("/v1/batches/"):
            self.send_answer(batch_state(self.server.batch_ends if is_done else "in_progress"))
        else:
            self.send_answer(self.job_state(self.server.job_ends if is_done else "running"))

    def send_answer(self, answer: JsonObject | None) -> None:
        content = json.dumps(answer or {"error": "a header or a field is missing"}).encode()
        self.send_content(200 if answer else 400, content)

    def send_content(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(content)

    def upload(self, content: bytes) -> JsonObject | None:
        """A file in a form of several parts, read by the standard library's own parser of such forms."""
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
        message = message_from_bytes(head + content)
        leaves = [part for part in message.walk() if not part.is_multipart()]
        parts = {str(part.get_param("name", header="content-disposition")): part for part in leaves}
        if not self.is_allowed() or set(parts) != {"purpose", "file"} or not parts["file"].get_filename():
            return None
        if parts["purpose"].get_payload() not in ("fine-tune", "batch"):
            return None
        self.server.files["file-1"] = str(parts["file"].get_payload())
        return {"id": "file-1", "object": "file"}

    def job(self, body: JsonObject) -> JsonObject | None:
        """A new job of tuning on a file that was uploaded."""
        known = self.is_allowed() and body["training_file"] in self.server.files and body.get("model")
        return self.job_state("validating_files") if known else None

    def batch(self, body: JsonObject) -> JsonObject | None:
        """A batch on a file that was uploaded; its answers are a file as well, and are there at the second look."""
        wanted = {"endpoint": "/v1/responses", "completion_window": "24h", "input_file_id": "file-1"}
        if not self.is_allowed() or body != wanted or "file-1" not in self.server.files:
            return None
        self.server.files["file-2"] = answered_batch(self.server.files["file-1"], self.response)
        return batch_state("validating")

    def job_state(self, status: str) -> JsonObject:
        tuned = "ft:a-model:1" if status == "succeeded" else None
        error = {"message": "the file has no examples"} if status == "failed" else None
        return {"id": "ftjob-1", "status": status, "fine_tuned_model": tuned, "error": error}

    def is_allowed(self) -> bool:
        return str(self.headers["authorization"]).startswith("Bearer ")

    def message(self, body: JsonObject) -> JsonObject | None:
        """Anthropic's messages: calls a tool until its result is there; keeps a marked system prompt."""
        if not (self.headers["x-api-key"] and self.headers["anthropic-version"] and "max_tokens" in body):
            return None
        usage = {"input_tokens": 8, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 9}
        for block in body.get("system", []):
            tokens = len(block["text"]) // 4
            if tokens < SMALLEST_PREFIX or "cache_control" not in block:
                usage["input_tokens"] += tokens
            else:
                found = block["text"] in self.server.kept
                usage["cache_read_input_tokens" if found else "cache_creation_input_tokens"] += tokens
                self.server.kept.add(block["text"])
        *_, last = body["messages"]
        results = [block for block in last["content"] if isinstance(block, dict)]
        if any("tool_use_id" not in block for block in results):
            return None
        if body.get("tools") and (self.server.always_calls or not results):
            call = {"type": "tool_use", "id": f"call-{len(body['messages'])}", **deceived_call(body)}
            return {"content": [{"type": "text", "text": "I look."}, call], "usage": usage}
        text = results[0]["content"] if results else "An answer."
        return {"content": [{"type": "text", "text": text}], "usage": usage}

    def embeddings(self, body: JsonObject) -> JsonObject | None:
        """OpenAI's embeddings: texts lie close together where they share a meaning, whatever the word."""
        if not self.headers["authorization"].startswith("Bearer "):
            return None
        vectors = [[float(any(word in text.lower() for word in pair)) for pair in MEANINGS] for text in body["input"]]
        return {"data": [{"index": number, "embedding": vector} for number, vector in enumerate(vectors)]}

    def response(self, body: JsonObject) -> JsonObject | None:
        """OpenAI's responses: reasons first, counts beside; what the answer says depends on what is asked."""
        if not self.is_allowed() or not body.keys() >= {"model", "input"}:
            return None
        part = {"type": "output_text", "text": answer_text(body, len(self.server.requests))}
        if self.server.refuses:
            part = {"type": "refusal", "refusal": "I do not read this."}
        read = len(body.get("instructions", "")) + len(body["input"])
        usage = {
            "input_tokens": read,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 30,
            "output_tokens_details": {"reasoning_tokens": 20},
            "total_tokens": read + 30,
        }
        return {
            "id": f"resp-{len(self.server.requests)}",
            "object": "response",
            "created_at": FIRST_SECOND + DAY * len(self.server.requests),
            "status": "completed",
            "model": body["model"],
            "output": [{"type": "reasoning", "summary": []}, {"type": "message", "content": [part]}],
            "usage": usage,
        }

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is written to the terminal of the tests."""


def deceived_call(body: JsonObject) -> JsonObject:
    """The call by a model that does what any text says: of the tool that the first message names, else of the first."""
    text, names = body["messages"][0]["content"], [tool["name"] for tool in body["tools"]]
    order = ORDER.search(text)
    return {"name": next((name for name in names if name in text), names[0]), "input": {"order": order and order[1]}}


def answer_text(body: JsonObject, earlier: int) -> str:
    """A filled-in schema, what the first word of an input orders, or a verdict; some labels change with each answer."""
    if "text" in body:
        return json.dumps(filled_in(body["text"]["format"]["schema"]["properties"], body["input"]))
    if body.get("instructions") == "Sum this up.":
        return str(body["input"])
    order, _, rest = body["input"].partition(" ")
    if order == "shout":
        is_loud = body["model"].startswith("ft:") or "capitals" in body["instructions"]
        return str(rest.upper() if is_loud else rest)
    if order == "say":
        return str(rest.replace("INSTRUCTIONS", body["instructions"]))
    if order == "sort":
        return ("returns", "delivery")[earlier % 2] if rest == "either" else str(rest)
    if body["input"].startswith("delivery:\n"):
        return "\n".join(INVENTED)
    verdict = "FAIL" if "always" in body["input"].lower() else "PASS"
    return f"It fits the rule or not.\n{verdict}."


def filled_in(fields: JsonObject, text: str) -> JsonObject:
    """The fields of an invoice, of a mail or of a plan, as far as its text has them."""
    if "steps" in fields:
        return {"steps": planned_steps(text)}
    if "wish" in fields:
        order = ORDER.search(text)
        wish = next((wish for wish in fields["wish"]["enum"] if wish in text), "other")
        return {"wish": wish, "order": order and order[1]}
    total = text.rpartition("Total ")[2]
    return {"number": None, "total": float(total) if total else None} if fields else {}


def planned_steps(text: str) -> list[JsonObject]:
    """Reading, summing up, and sending to each address that the text names."""
    first = [{"tool": "read_mail", "to": "", "uses": 0}, {"tool": "sum_up", "to": "", "uses": 1}]
    return first + [{"tool": "send", "to": address, "uses": 2} for address in ADDRESS.findall(text)]


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """The server, running on a port of its own until the block ends."""
    with StandIn() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
