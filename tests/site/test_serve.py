"""A running `mkdocs serve` follows edits of prices, formulas and pages, and outlives a mistake."""

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
def address(project: Path) -> Iterator[str]:
    """A server of a copy of the project, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(project), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    with open(project / "said.txt", "w", encoding="utf-8") as said:
        server = subprocess.Popen(command, cwd=project, env=environment, stdout=said, stderr=said)
        yield f"http://127.0.0.1:{port}/"
        server.terminate()
        server.wait(30)


def wait_for(holds: Callable[[], bool], what: str) -> None:
    """Waits until something holds; fails with its name when patience ends."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"never came: {what}"
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


def test_edits_are_followed_and_a_mistake_is_outlived(project: Path, address: str) -> None:
    prices = project / "data" / "prices" / "openai.yaml"
    said = project / "said.txt"
    page = "reference/prices/"
    wait_for(shows(address, page, "OpenAI"), "the first build")
    assert shows(address, "", "livereload(")(), "live reload is part of the page"

    edit(prices, "name: GPT-6.1 Sol", "nam: GPT-6.1 Sol")
    wait_for(lambda: "did you mean 'name'?" in said.read_text("utf-8"), "the mistake in the data, with its remedy")
    edit(prices, "nam: GPT-6.1 Sol", "name: GPT-6.1 Moon")
    wait_for(shows(address, page, "GPT-6.1 Moon"), "the new name in the table")

    edit(project / "calculators" / "prompting" / "cost.py", '"Cost a month"', '"Price of a month"')
    wait_for(shows(address, "cost/prompting/", "Price of a month"), "the edited label")

    home = project / "docs" / "index.md"
    edit(home, "# Prompting", '{{ fact("prices:nothing") }}\n\n# Prompting')
    wait_for(shows(address, "", "there is no "), "the mistake on its page")
    wait_for(lambda: "docs/index.md:" in said.read_text("utf-8"), "the mistake in the terminal")
    edit(home, '{{ fact("prices:nothing") }}\n\n', "")
    wait_for(shows(address, "", "result-value"), "the page again")
