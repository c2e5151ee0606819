"""The server builds edited pages alone where that gives the same site, and everything where it may not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.site

PROGRAM = """
import json, sys
from pathlib import Path
from mkdocs.config import load_config
from macros import server

sys.argv[1:], (edits, undone) = ["serve"], map(json.loads, sys.argv[1:])

def whole(folder):
    server.build_and_remember_served_site(load_config("mkdocs.yml", site_dir=folder), serve_url="http://127.0.0.1:8000/")

def build_all():
    ways[-1] = "whole"
    if not undone:
        whole("edited")

whole("edited")
ways, (site,) = [], server._sites
for name, old, new in edits:
    path = Path(name)
    text = path.read_text("utf-8") if path.exists() else ""
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    ways.append("alone")
    server.rebuild_served_site(build_all)
    if undone:
        path.write_text(text, "utf-8") if text else path.unlink()
        site._states, site._texts, server._sites[:] = site._sources(), site._pages(), [site]
if not undone:
    whole("whole")
print(json.dumps(ways))
"""
"""Builds a project as it is served, edits it, and tells whether each edit took a whole build.

At the end all is built once more; or each edit is undone before the next, and no whole build is made for it.
"""

HOME, PROMPTING = "docs/index.md", "docs/cost/prompting.md"
Edit = tuple[str, str, str]


def ways(project: Path, *edits: Edit, undone: bool = False) -> list[str]:
    """How each edit of a project was built: a file, what is replaced in it (or nothing, to append), and by what."""
    environment = {**os.environ, "PYTHONPATH": str(project), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-c", PROGRAM, json.dumps(edits), json.dumps(undone)]
    process = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
    built: list[str] = json.loads(process.stdout.splitlines()[-1])
    return built


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pages_built_alone_are_those_of_a_whole_build(small_project: Path) -> None:
    (small_project / "docs" / "topics.md").write_text("---\ntitle: Topics\n---\n# Topics\n\n{{ topics() }}\n", "utf-8")
    settings = small_project / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  - Home: index.md\n", "  - Home: index.md\n  - topics.md\n")
    )
    many_words = "\n\n## More\n\nA word about [prices](../reference/prices.md). " + "Words about tokens. " * 400
    edits: tuple[Edit, ...] = (
        (HOME, "the whole bill", "the bill of a month"),
        (PROMPTING, "", many_words),
        (PROMPTING, "## More", "## Less"),
        (HOME, "## Next", "## Then\n\n## Next"),
    )
    assert ways(small_project, *edits) == ["alone"] * 4
    edited, whole = files(small_project / "edited"), files(small_project / "whole")
    assert edited.keys() == whole.keys()
    # The name of a file stands in its gzip; what is packed is compared as it is.
    assert [name for name in whole if edited[name] != whole[name] and name != "sitemap.xml.gz"] == []
    page = edited["cost/prompting/index.html"].decode()
    assert 'id="less"' in page and 'id="prompting-cost"' in page and "result-value" in page
    assert re.search(r"What a prompt costs[^.]*, [3-9] min", edited["topics/index.html"].decode())
    assert "#less" in edited["search/search_index.json"].decode()


SEEN_ELSEWHERE: tuple[Edit, ...] = (
    (HOME, 'per_request", example="A help desk"', 'per_month", example="A help desk"'),
    (HOME, "title: Which lever?", "title: Levers"),
    (HOME, "{{ calculator(", "{{ figure('prompting/cost', 'per_year') }} {{ calculator("),
    ("docs/cost/new.md", "", "---\ntitle: New\n---\n# New\n"),
    ("docs/assets/stylesheets/home.css", "", "\n"),
    ("docs/snippets/part.md", "A part", "Another part"),
    ("data/glossary.yaml", "", "\n"),
    ("data/prices/openai.yaml", "name: GPT-6.1 Sol", "name: GPT-6.1 Moon"),
    ("calculators/prompting/cost/outputs.py", '"Cost a month"', '"Price of a month"'),
    ("mkdocs.yml", "site_name: Which Lever?", "site_name: Levers"),
)
"""Edits of what other pages may show."""


def test_what_other_pages_may_show_takes_a_whole_build(small_project: Path) -> None:
    """Each edit by itself; one of words at the end, which does not, shows that those before it were undone."""
    (small_project / "docs" / "snippets").mkdir()
    (small_project / "docs" / "snippets" / "part.md").write_text("---\ntitle: Part\n---\nA part of a page.\n", "utf-8")
    words = (HOME, "the whole bill", "the bill of a month")
    *built, last = ways(small_project, *SEEN_ELSEWHERE, words, undone=True)
    assert [edit for edit, way in zip(SEEN_ELSEWHERE, built, strict=True) if way != "whole"] == []
    assert last == "alone"
