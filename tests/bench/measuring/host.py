"""Serves a folder as GitHub Pages does, and throttles it here: a browser's own throttling misses what a Worker fetches.

Texts and WebAssembly go gzipped, every answer may be kept for ten minutes and has an ETag, and no header is special.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from tests.site.server import Answer, Site

PIECE = 16_384
"""Bytes sent at once on a slow line."""


class Line(NamedTuple):
    """A line to the host: `rate` in bits a second, 0 for as fast as it goes, `delay` in seconds a request."""

    name: str
    rate: int
    delay: float


FAST = Line("no throttling", 0, 0)
HOME = Line("10 Mbit/s, 20 ms", 10_000_000, 0.020)
MOBILE = Line("1.6 Mbit/s, 150 ms", 1_600_000, 0.150)


class Host(Site):
    """A server whose `line` can change. `sent` holds the bytes of each answer by path, without headers."""

    def __init__(self, folder: Path, line: Line = FAST) -> None:
        super().__init__(folder, "/")
        self.RequestHandlerClass = Throttled
        self.line = line
        self.sent: dict[str, list[int]] = defaultdict(list)
        self.turn = threading.Lock()
        self.free = 0.0

    def wait(self, size: int) -> None:
        """Holds the caller until the line, which all connections share, has carried so many bytes."""
        with self.turn:
            self.free = max(self.free, time.perf_counter()) + size * 8 / self.line.rate
            until = self.free
        time.sleep(max(0.0, until - time.perf_counter()))

    def largest(self, path: str) -> int:
        """The bytes of a path's whole answer."""
        return max(self.sent[path])


class Throttled(Answer):
    """One connection to the host."""

    server: Host

    def _compressed(self, file: Path) -> bytes:
        key = (file, file.stat().st_mtime_ns)
        if key not in self.server.compressed:
            self.server.compressed[key] = gzip.compress(file.read_bytes(), 6)
        return self.server.compressed[key]

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        time.sleep(self.server.line.delay)
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        for name, content in (headers | {"Content-Length": str(len(body)), "ETag": tag}).items():
            self.send_header(name, content)
        self.end_headers()
        self.server.sent[self.path.partition("?")[0]].append(len(body))
        if not self.server.line.rate:
            self.wfile.write(body)
            return
        for begin in range(0, len(body), PIECE):
            self.server.wait(len(body[begin : begin + PIECE]))
            self.wfile.write(body[begin : begin + PIECE])
