"""The lock files: everything chosen is in them, with hashes and without download addresses."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "more_than"), [("requirements.txt", 30), ("tests/zensical/requirements.txt", 2)])
def test_python_packages_are_locked_with_hashes_and_without_addresses(name: str, more_than: int) -> None:
    lock = text(name)
    assert "://" not in lock
    assert not re.search(r"^\s*-", lock.replace("    --hash=", ""), re.MULTILINE)
    entries = re.split(r"\n(?=[a-z])", lock)[1:]
    assert len(entries) > more_than
    assert [
        entry for entry in entries if not re.match(r"[\w.-]+==[\w.]+( ;[^\\]+)? \\\n    --hash=sha256:", entry)
    ] == []


def test_the_lock_holds_what_was_chosen() -> None:
    locked = {
        name.replace("_", "-"): version
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text("requirements.txt"), re.M)
    }
    chosen = re.findall(r"^([\w.-]+)==(\S+)$", text("requirements.in").lower(), re.MULTILINE)
    assert len(chosen) > 10
    assert [(name, locked.get(name)) for name, _ in chosen] == chosen


def test_browser_parts_are_locked_with_hashes_and_without_addresses() -> None:
    chosen, lock = json.loads(text("package.json")), json.loads(text("package-lock.json"))
    root = lock["packages"].pop("")
    for kind in ("dependencies", "devDependencies"):
        assert root[kind] == chosen[kind]
        for name, version in chosen[kind].items():
            assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert "resolved" not in text("package-lock.json")
    assert [name for name, entry in lock["packages"].items() if not entry["integrity"].startswith("sha512-")] == []
