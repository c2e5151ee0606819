"""A server that hears every attempt to reach an address other than the site's: the browser's proxy for all of them."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Canary(ThreadingHTTPServer):
    """A proxy on a free port that answers nothing and keeps what it was asked. Use it as a context manager."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Heard)
        self.heard: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> "Canary":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Heard(BaseHTTPRequestHandler):
    """One attempt, whatever its method: `CONNECT example.com:443` for an encrypted address."""

    server: Canary

    def parse_request(self) -> bool:
        line: bytes = self.raw_requestline  # type: ignore[attr-defined]  # Typeshed leaves it out.
        self.server.heard.append(line.decode("latin-1").strip())
        self.close_connection = True
        return False

    def log_message(self, *_: object) -> None:
        """Say nothing: the test says what was heard."""
