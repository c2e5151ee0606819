"""Serve a built site from this machine, as a plain static host does: below a sub-path, with gzip for text."""

import gzip
import posixpath
import threading
import time
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
PIECE = 16_384
"""Bytes that are sent at once."""

COMPRESSED = {".html", ".js", ".mjs", ".css", ".json", ".xml", ".svg", ".wasm"}


class Site(ThreadingHTTPServer):
    """A server on a free port of this machine. Use it as a context manager, and set `folder` before a request.

    `missing` holds the names of files answered with 404, `replaced` the bytes served instead of a file's own,
    `types` the content types said of them, `delayed` an event a request for a file waits for, `halved` one that its
    second half waits for. `headers` go with each page. `asked` lists the paths requested, `unanswered` those of them
    whose answer is not whole.
    """

    daemon_threads = True

    def __init__(self, folder: Path | None = None, path: str = "/repo/") -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.folder = folder
        self.path = path
        self.missing: set[str] = set()
        self.replaced: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.delayed: dict[str, threading.Event] = {}
        self.halved: dict[str, threading.Event] = {}
        self.rate: int | None = None
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.unanswered: list[str] = []
        self.compressed: dict[tuple[Path, int], bytes] = {}

    @cached_property
    def address(self) -> str:
        """Where the site is: `http://127.0.0.1:<port>/repo/`."""
        return f"http://127.0.0.1:{self.server_port}{self.path}"

    def heal(self) -> None:
        """End all faults."""
        self.rate = None
        self.missing.clear()
        self.replaced.clear()
        self.types.clear()
        for waits in (self.delayed, self.halved):
            for event in waits.values():
                event.set()
            waits.clear()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.heal()
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that leaves a page breaks its connections."""


class Answer(BaseHTTPRequestHandler):
    """One connection to the site."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.server.asked.append(path)
        self.server.unanswered.append(path)
        try:
            self._answer(path)
        finally:
            self.server.unanswered.remove(path)

    def _answer(self, path: str) -> None:
        name = posixpath.basename(path)
        if event := self.server.delayed.get(name):
            event.wait()
        file = self._file(path)
        if file is None or name in self.server.missing:
            self._send_not_found(path)
        elif file.is_dir():
            self._send(301, b"", {"Location": path + "/"})
        else:
            self._send_file(file)

    def _file(self, path: str) -> Path | None:
        """Return the file or folder an address names, or None when there is none below the site."""
        folder = self.server.folder
        if folder is None or not path.startswith(self.server.path):
            return None
        file = (folder / path.removeprefix(self.server.path)).resolve()
        if path.endswith("/"):
            file /= "index.html"
        return file if file.exists() and file.is_relative_to(folder.resolve()) else None

    def _send_not_found(self, path: str) -> None:
        """Answer as GitHub Pages does: below the site's path with its own page, if it has one."""
        page = self.server.folder / "404.html" if self.server.folder and path.startswith(self.server.path) else None
        if page and page.is_file():
            self._send(404, page.read_bytes(), {"Content-Type": TYPES[".html"]})
        else:
            self._send(404, b"Not found\n", {"Content-Type": "text/plain"})

    def _send_file(self, file: Path) -> None:
        content = self.server.replaced.get(file.name)
        kind = self.server.types.get(file.name, TYPES.get(file.suffix, "application/octet-stream"))
        headers = {"Content-Type": kind, "Cache-Control": "max-age=600"}
        if file.suffix == ".html":
            headers |= self.server.headers
        if content is None and file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            content = self._compressed(file)
        self._send(200, file.read_bytes() if content is None else content, headers)

    def _compressed(self, file: Path) -> bytes:
        key = (file, file.stat().st_mtime_ns)
        if key not in self.server.compressed:
            self.server.compressed[key] = gzip.compress(file.read_bytes(), 1)
        return self.server.compressed[key]

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, content in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, content)
        self.end_headers()
        event = self.server.halved.get(posixpath.basename(urlsplit(self.path).path))
        for begin in range(0, len(body), PIECE):
            if event and begin >= len(body) // 2:
                event.wait()
            self.wfile.write(body[begin : begin + PIECE])
            if self.server.rate:
                time.sleep(PIECE / self.server.rate)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests say what they asked."""
