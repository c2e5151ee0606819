"""A sound decision: what its rules and rungs become, and how large the decisions of the project are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from macros.facts import facts_text

HERE = Path(__file__).parent


def test_rules_and_rungs_become_records_with_their_reasons(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(HERE / "whole", tmp_path / "data"))
    before = json.loads(facts_text(folder, None))
    shutil.copytree(HERE / "decisions", folder / "decisions")
    after = json.loads(facts_text(folder, None))
    rules, rungs = after["collections"].pop("rules"), after["collections"].pop("rungs")
    assert after == before, "a decision changes no other fact"
    assert list(rungs) == ["lever/measure", "lever/stop", "lever/train"]
    origin = {"unit": "text", "source": "", "checked": "2026-11-21", "because": "It comes before everything else."}
    assert rungs["lever/measure"] == {
        "name": "Measure first",
        "group": "lever",
        "note": "",
        "facts": {
            "does": origin | {"values": [["2026-11-21", "Score fifty answers."]]},
            "done": origin | {"values": [["2026-11-21", '{"measured":"below"}']]},
        },
    }
    assert len(rules) == 5
    sourced = {"unit": "text", "source": "openai-pricing", "checked": "2026-11-21"}
    rule = '{"when":{"examples":{"below":"50"},"measured":["below","reached"]},"favors":["stop"]}'
    assert rules["lever/too-few"] == {
        "name": "too-few",
        "group": "lever",
        "note": "",
        "facts": {
            "rule": sourced | {"values": [["2026-11-21", rule]]},
            "because": sourced | {"values": [["2026-11-21", "Fifty are the least."]]},
        },
    }
    assert json.loads(rules["lever/retrieval-stays"]["facts"]["rule"]["values"][0][1])["rules_out"] == ["stop"]
    assert json.loads(rules["lever/enough"]["facts"]["rule"]["values"][0][1])["favors"] == ["train", "stop"]


def test_the_project_has_decisions_with_few_enough_bytes_to_download() -> None:
    collections = json.loads(facts_text(cache=None))["collections"]
    assert {entry["group"] for entry in collections["rules"].values()} == {"approach", "tuning"}
    assert {entry["group"] for entry in collections["rungs"].values()} == {"approach", "tuning"}
    assert len(json.dumps([collections["rules"], collections["rungs"]])) < 38_000
