"""The content policy: first in every page, the same everywhere, no wider than the theme's own scripts need."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.site

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


@pytest.mark.promise("A3")
def test_the_policy_is_the_first_thing_in_every_page_and_always_the_same(site: Path) -> None:
    policies = set()
    for path in site.rglob("*.html"):
        head = path.read_text("utf-8").split("<head>", 1)[1].lstrip()
        match = POLICY.match(head)
        assert match, path
        policies.add(match[1])
    assert len(policies) == 1


@pytest.mark.promise("A3")
def test_the_policy_allows_just_the_inline_scripts_that_are_there(site: Path) -> None:
    allowed, needed = set(), set()
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        match = POLICY.search(text)
        assert match
        allowed |= set(re.findall(r"'sha256-[^']+'", match[1]))
        for script in SCRIPT.finditer(text):
            if "src=" not in script["attributes"] and "application/json" not in script["attributes"]:
                digest = hashlib.sha256(script["text"].encode()).digest()
                needed.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    assert allowed == needed


@pytest.mark.promise("A3")
def test_the_policy_is_strict(site: Path) -> None:
    match = POLICY.search((site / "index.html").read_text("utf-8"))
    assert match
    rules = dict(rule.strip().split(" ", 1) for rule in match[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe-inline" not in match[1] and "'unsafe-eval'" not in match[1]
    assert not re.search(r"https?:|\*", match[1])
    for name in ("base-uri", "form-action", "object-src", "frame-src"):
        assert rules[name] == "'none'"
