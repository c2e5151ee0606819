"""Programs of the pages, run as their readers run them, and calculators, asked as the pages say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.json_types import JsonObject
from tests.site.snippets.stand_in import StandIn

FOLDER = ROOT / "docs" / "snippets" / "python"


def run(name: str, server: StandIn, folder: Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """A program's own run in a folder, with the settings that its page names and what a person types."""
    addresses = {
        "ANTHROPIC_BASE_URL": server.address,
        "OPENAI_BASE_URL": f"{server.address}/v1",
        "EMBEDDINGS_URL": f"{server.address}/v1/embeddings",
    }
    keys = {"ANTHROPIC_API_KEY": "key", "OPENAI_API_KEY": "key", "MODEL": "a-model"}
    return subprocess.run(
        [sys.executable, FOLDER / name],
        cwd=folder,
        env={**os.environ, **addresses, **keys, **settings},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def answered(calculator: str, *given: str) -> JsonObject:
    """The outputs of a calculator, asked in the terminal as the pages say."""
    command = [sys.executable, "-m", "macros.command", calculator, *given, "--json"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    outputs: JsonObject = json.loads(process.stdout)["outputs"]
    return outputs


def write_test_set(folder: Path) -> None:
    """Three words to shout, of which one is in capitals already."""
    lines = ["case,input,expected", "1,shout lamp,LAMP", "2,shout bulb,BULB", "3,shout OK,OK"]
    (folder / "test_set.csv").write_text("\n".join(lines) + "\n")
