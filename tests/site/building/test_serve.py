"""A running `make serve` follows edits of prices, formulas, macros and pages, and outlives a mistake."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.site

PATIENCE = 90


@pytest.fixture
def address(small_project: Path) -> Iterator[str]:
    """A server of a small copy of the project, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(small_project), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "macros.server", "--livereload", "-a", f"127.0.0.1:{port}"]
    with open(small_project / "said.txt", "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=small_project, env=environment, stdout=log, stderr=log)
        yield f"http://127.0.0.1:{port}/"
        server.terminate()
        server.wait(30)


def wait_for(holds: Callable[[], bool], event: str) -> None:
    """Waits until something holds; fails with its name when patience ends."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"never came: {event}"
        time.sleep(0.1)


def shows(address: str, page: str, words: str) -> Callable[[], bool]:
    """Whether a served page holds some words by now."""

    def asked() -> bool:
        try:
            with urllib.request.urlopen(address + page, timeout=10) as answer:
                return words in answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    return asked


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_edits_are_followed_and_a_mistake_is_outlived(small_project: Path, address: str) -> None:
    prices = small_project / "data" / "prices" / "openai.yaml"
    log = small_project / "said.txt"
    page = "reference/prices/"
    wait_for(shows(address, page, "OpenAI"), "the first build")
    assert shows(address, "", "livereload(")(), "live reload is part of the page"

    edit(prices, "name: GPT-6.1 Sol", "nam: GPT-6.1 Sol")
    wait_for(lambda: "did you mean 'name'?" in log.read_text("utf-8"), "the mistake in the data, with its remedy")
    edit(prices, "nam: GPT-6.1 Sol", "name: GPT-6.1 Moon")
    wait_for(shows(address, page, "GPT-6.1 Moon"), "the new name in the table")

    edit(small_project / "calculators" / "prompting" / "cost" / "outputs.py", '"Cost a month"', '"Price of a month"')
    wait_for(shows(address, "cost/prompting/", "Price of a month"), "the edited label")

    edit(small_project / "macros" / "pages" / "lists" / "record_tables.py", '"Checked "', '"Last checked "')
    wait_for(shows(address, page, "Last checked "), "what the edited macro writes")

    home = small_project / "docs" / "index.md"
    edit(home, "# Prompting", '{{ fact("prices:nothing") }}\n\n# Prompting')
    wait_for(shows(address, "", "there is no "), "the mistake on its page")
    wait_for(lambda: "docs/index.md:" in log.read_text("utf-8"), "the mistake in the terminal")
    edit(home, '{{ fact("prices:nothing") }}\n\n', "")
    wait_for(shows(address, "", "result-value"), "the page again")
