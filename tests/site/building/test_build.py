"""The built site: strict, whole, without leftovers, and asking nobody else."""

from __future__ import annotations

import hashlib
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import pytest
import yaml

import make
from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from macros.browser import bundle
from macros.browser.split import shipping
from macros.pages.checks import sizes
from tests.conftest import ADDRESS, ROOT, build, copy_of_project

pytestmark = pytest.mark.site

LOADS = {"src", "srcset", "data", "poster", "action", "formaction"}
LINKS_THAT_LOAD = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "preconnect",
    "dns-prefetch",
    "prefetch",
    "manifest",
}


class Reading(HTMLParser):
    """What a page refers to: ids, links, addresses it loads, inline styles and handlers, raw text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.words: list[str] = []
        self._skipping = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if tag in ("script", "style"):
            self._skipping += 1
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        if tag == "link" and LINKS_THAT_LOAD & set(named.get("rel", "").split()):
            self.loaded.append(named["href"])
        self.loaded += [value for name, value in named.items() if name in LOADS and value]
        self.inline += [f"{tag} {name}" for name in named if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._skipping -= 1

    def handle_data(self, text: str) -> None:
        if not self._skipping:
            self.words.append(text)


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Reading]:
    return {
        path.relative_to(site).as_posix(): Reading(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))
    }


def test_pages_are_there(pages: dict[str, Reading]) -> None:
    assert {"index.html", "404.html", "cost/prompting/index.html", "reference/prices/index.html"} <= set(pages)


def test_no_leftover_of_a_template(pages: dict[str, Reading]) -> None:
    for name, page in pages.items():
        if name in ("contribute/add-a-calculator/index.html", "contribute/add-a-page/index.html"):
            continue  # these show how macros are written
        text = "".join(page.words)
        assert not re.search(r"\{\{|\}\}|\{%|%\}", text), name


def test_ids_are_unique(pages: dict[str, Reading]) -> None:
    for name, page in pages.items():
        doubled = {id for id in page.ids if page.ids.count(id) > 1}
        assert not doubled, f"{name}: {doubled}"


def test_nothing_of_ours_is_inline(pages: dict[str, Reading]) -> None:
    for name, page in pages.items():
        assert page.inline == [], name


@pytest.mark.promise("B12")
def test_no_page_loads_anything_from_elsewhere(pages: dict[str, Reading]) -> None:
    for name, page in pages.items():
        for address in page.loaded:
            whole = urljoin(ADDRESS + name, address)
            assert whole.startswith((ADDRESS, "data:")), f"{name} loads {address}"


def test_stylesheets_load_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.css"):
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", path.read_text("utf-8")):
            assert not re.match(r"(?:https?:)?//", address), f"{path.name}: {address}"


def _targets(site: Path, name: str, page: Reading) -> Iterator[tuple[str, Path, str]]:
    for address in page.links:
        whole = urlparse(urljoin(ADDRESS + name.removesuffix("index.html"), address))
        if f"{whole.scheme}://{whole.netloc}/" != "https://example.org/":
            continue
        path = site / unquote(whole.path).removeprefix("/repo/")
        yield address, path / "index.html" if whole.path.endswith("/") else path, unquote(whole.fragment)


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[str, Reading]) -> None:
    for name, page in pages.items():
        for address, path, fragment in _targets(site, name, page):
            assert path.is_file(), f"{name}: {address}"
            if fragment and path.suffix == ".html" and not fragment.startswith("numbers="):
                assert fragment in pages[path.relative_to(site).as_posix()].ids, f"{name}: {address}"


def test_the_sitemap_knows_the_address(site: Path) -> None:
    tree = ElementTree.fromstring((site / "sitemap.xml").read_text("utf-8"))
    addresses = [location.text or "" for location in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert addresses and all(address.startswith(ADDRESS) for address in addresses)


def test_every_page_with_an_answer_is_painted_with_it(site: Path) -> None:
    """The browser is asked to wait for the element behind the answer, whatever kind of answer it is."""
    pages = {path: path.read_text("utf-8") for path in site.rglob("index.html")}
    with_answer = {path: text for path, text in pages.items() if '<section class="calc ' in text}
    assert with_answer
    for path, text in with_answer.items():
        waits = re.search(r'<link rel="expect" href="#([^"]+)" blocking="render">', text)
        assert waits, path
        answer, behind = re.search(r'<p class="result-value\b', text), text.find(f' id="{waits[1]}"')
        assert answer and answer.start() < behind, path


def test_a_page_names_its_build_and_the_files_are_there(site: Path) -> None:
    match = re.search(r'<meta name="build" content="([0-9a-f]{12})"', (site / "index.html").read_text("utf-8"))
    assert match
    folder = site / "assets" / "runtime" / match[1]
    assert {"facts.json", "calculators.bin", "page.js", "worker.js"} <= {file.name for file in folder.iterdir()}


@pytest.mark.promise("A23")
def test_the_python_that_ships_is_made_of_the_one_that_is_pinned(site: Path) -> None:
    """What ships together is the published program: tests/browser/runtime/test_split.py."""
    pyodide = ROOT / "node_modules" / "pyodide"
    assert {
        name: hashlib.sha256((pyodide / name).read_bytes()).hexdigest() for name in bundle.PYODIDE_FILES
    } == bundle.PYODIDE_FILES
    folders = [path for path in site.glob("assets/runtime/pyodide-*") if path.is_dir()]
    made = shipping.shipped_interpreter_files(pyodide)
    assert made in [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]


@pytest.mark.long
def test_a_second_build_elsewhere_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the build shows in the sitemap; everything else comes from the sources.

    The first build may take what earlier ones have kept, the second computes all of it.
    """
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    built = []
    for name in ("here", "elsewhere"):
        (tmp_path / name).mkdir()
        project = copy_of_project(tmp_path / name)
        for answers in (project / ".cache").glob("answers-*") if name == "elsewhere" else ():
            answers.unlink()
        process = build(project, tmp_path / name / "site", ADDRESS)
        assert process.returncode == 0, process.stdout + process.stderr
        files = [path for path in (tmp_path / name / "site").rglob("*") if path.is_file()]
        built.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert built[0].keys() == built[1].keys()
    assert [path for path, content in built[0].items() if built[1][path] != content] == []


@pytest.mark.promise("B14", "A5")
def test_the_page_shows_what_the_engine_answers(site: Path, catalogue: Catalogue) -> None:
    shown = (site / "cost/prompting/index.html").read_text("utf-8")
    assert catalogue.answer(Question("prompting/cost", form="html")) in shown


@pytest.mark.promise("B9")
def test_an_unknown_name_stops_the_build_with_page_and_line(small_project: Path) -> None:
    path = small_project / "docs" / "index.md"
    text = path.read_text("utf-8") + '\n\n{{ calculator("prompting/cots") }}\n'
    path.write_text(text, "utf-8")
    process = build(small_project, small_project / "site")
    assert process.returncode != 0
    line = text.rstrip("\n").count("\n") + 1
    assert (
        f"docs/index.md:{line}: there is no calculator 'prompting/cots'; did you mean 'prompting/cost'?"
        in process.stderr
    )


BROKEN = """
[A page](missing.md)

[A part](cost/prompting.md#missing)

![A picture](missing.png)

![A picture from elsewhere](https://example.com/a.png)

<a href="no-such-page/">a page</a> <a href="cost/prompting/#no-such-part">a part</a> <img src="no-such.png" alt="">

<script src="//example.com/a.js"></script>
"""
TOLD = (
    "contains a link 'missing.md', but the target is not found",
    "contains a link 'cost/prompting.md#missing', but the doc 'cost/prompting.md' does not contain an anchor",
    "contains a link 'missing.png', but the target is not found",
    "nothing-leads-here.md",
    "docs/index.md:{7}:29: 'https://example.com/a.png' is loaded from elsewhere; keep a copy in docs/assets/",
    "docs/index.md:{9}:10: 'no-such-page/' is not there; an address in HTML starts from the page's own address",
    "docs/index.md:{9}:45: 'cost/prompting/#no-such-part' leads to a page without the anchor 'no-such-part'",
    "docs/index.md:{9}:96: 'no-such.png' is not there; an address in HTML starts from the page's own address",
    "docs/index.md:{11}:14: '//example.com/a.js' is loaded from elsewhere; keep a copy in docs/assets/",
    "docs/assets/stylesheets/site.css: 'https://example.com/a.woff2' is loaded from elsewhere",
)


@pytest.mark.promise("B10", "B11", "B12", "A15")
def test_a_broken_page_fails_with_the_command_that_publishes(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    page, style = small_project / "docs" / "index.md", small_project / "docs" / "assets" / "stylesheets" / "site.css"
    text = page.read_text("utf-8")
    page.write_text(text + BROKEN, "utf-8")
    style.write_text(style.read_text("utf-8") + "a { src: url(https://example.com/a.woff2) }\n", "utf-8")
    (small_project / "docs" / "nothing-leads-here.md").write_text("---\ntitle: Alone\n---\n# Alone\n", "utf-8")
    for name, setting in (("ROOT", small_project), ("PYTHON", sys.executable), ("set_up", lambda: None)):
        monkeypatch.setattr(make, name, setting)
    monkeypatch.setenv("PYTHONPATH", str(small_project))
    monkeypatch.setenv("SITE_URL", ADDRESS)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    publish = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8"))
    (command,) = [step["run"] for step in publish["jobs"]["build"]["steps"] if step.get("run", "").startswith("make ")]
    assert make.main(command.removeprefix("make ").split()) != 0
    output = capfd.readouterr()
    first = text.count("\n")
    for words in TOLD:
        expected = re.sub(r"\{(\d+)\}", lambda match: str(first + 1 + int(match[1])), words)
        assert expected in output.err + output.out


@pytest.mark.promise("B10", "B11", "A15")
@pytest.mark.long
@pytest.mark.parametrize("word", ["--quiet", "--verbose"])
def test_a_broken_link_fails_even_where_mkdocs_overlooks_it(small_project: Path, word: str) -> None:
    """MkDocs itself passes some of them with these words, so the built pages are read as well."""
    page = small_project / "docs" / "index.md"
    page.write_text(f"{page.read_text('utf-8')}\n[A page](missing.md) [A part](cost/prompting.md#missing)\n", "utf-8")
    process = build(small_project, small_project / "site", ADDRESS, word)
    assert process.returncode != 0
    assert "'missing.md' is not there" in process.stderr and "without the anchor 'missing'" in process.stderr


def test_an_unknown_macro_stops_the_build(small_project: Path) -> None:
    path = small_project / "docs" / "index.md"
    path.write_text(path.read_text("utf-8") + "\n{{ figre() }}\n", "utf-8")
    process = build(small_project, small_project / "site")
    assert process.returncode != 0
    line = path.read_text("utf-8").count("\n")
    assert f"docs/index.md:{line}: there is no macro 'figre'; did you mean 'figure'?" in process.stdout + process.stderr


def test_a_wrong_price_stops_the_build_with_its_line(small_project: Path) -> None:
    path = small_project / "data" / "prices" / "openai.yaml"
    lines = path.read_text("utf-8").splitlines()
    line_number = next(number for number, line in enumerate(lines) if "value: 2," in line)
    lines[line_number] = lines[line_number].replace("value: 2,", "value: two,")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    process = build(small_project, small_project / "site")
    assert process.returncode != 0
    assert f"data/prices/openai.yaml:{line_number + 1}:" in process.stdout + process.stderr


def test_an_untouched_copy_builds(small_project: Path) -> None:
    process = build(small_project, small_project / "site")
    assert process.returncode == 0, process.stdout + process.stderr
    assert "WARNING" not in process.stderr


@pytest.mark.promise("A21")
def test_every_part_keeps_its_budget(site: Path) -> None:
    assert sizes.exceeded_size_budgets(sizes.site_part_sizes(site)) == []
