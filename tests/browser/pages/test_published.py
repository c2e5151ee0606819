"""The site below a project's path, at a root as the workflow publishes it, and at a host it was not built for.

At the root a few small pages are published, as a build of the whole site takes long; the long run publishes all.
"""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from tests.browser.real import go_below
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.daily import some
from tests.site.published import REPOSITORY, publish
from tests.site.server import Site

pytestmark = pytest.mark.browser

ADDRESS = re.compile(r'<(?:a|link|script|img)\b(?![^>]*rel="?(?:canonical|edit))[^>]*?\s(?:href|src)="([^"]+)"')


@dataclass(frozen=True)
class Host:
    """A server of the published files, and the address at which its pages are opened."""

    server: Site
    address: str

    @cached_property
    def files(self) -> Path:
        assert self.server.folder
        return self.server.folder


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The address of a domain of its own, and of a private site."""
    with Site(path="/") as server:
        server.folder = publish(tmp_path_factory.mktemp("root"), server.address, pages=False)
        yield server


@pytest.fixture(scope="module")
def whole_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same with all pages."""
    with Site(path="/") as server:
        server.folder = publish(tmp_path_factory.mktemp("whole-root"), server.address)
        yield server


PLACES = {"root": "root", "whole root": "whole_root"}
"""The servers of what the workflow publishes; what the others serve is built once for all tests."""


@pytest.fixture(scope="module", params=["project path", "root", "another host"])
def host(request: pytest.FixtureRequest) -> Host:
    """Each place; the last serves what was built for the first, under another name."""
    server: Site = request.getfixturevalue(PLACES.get(request.param, "real_site"))
    second_host = server.address.replace("127.0.0.1", "lever.localhost")
    return Host(server, second_host if request.param == "another host" else server.address)


@pytest.fixture(scope="module")
def page(chromium: Browser, host: Host) -> Iterator[Page]:
    """One page for each place, which may ask nobody but the host, and may miss nothing but the page a test names."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    page = context.new_page()
    page.set_default_timeout(30_000)
    foreign: list[str] = []
    missed: list[str] = []
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((host.address, "blob:", "data:")) else foreign.append(request.url)
        ),
    )
    page.on(
        "response",
        lambda response: (
            missed.append(response.url) if response.status >= 400 and "/nothing/" not in response.url else None
        ),
    )
    yield page
    context.close()
    assert (foreign, missed) == ([], [])


@pytest.mark.promise("A17")
@pytest.mark.parametrize("place", ["real_site", "root", pytest.param("whole_root", marks=pytest.mark.long)])
def test_every_page_can_be_reached_and_every_link_leads_somewhere(request: pytest.FixtureRequest, place: str) -> None:
    """No link may name a host, so that the same files lead everywhere below another name, too."""
    server: Site = request.getfixturevalue(place)
    assert server.folder
    built, files = server.address, server.folder
    waiting, visited, broken = [built], {built}, []
    while waiting:
        address = waiting.pop()
        try:
            with urllib.request.urlopen(address) as answer:
                kind, content = answer.headers["Content-Type"], answer.read()
        except urllib.error.HTTPError as error:
            broken.append(f"{address}: {error.code}")
            continue
        if kind.startswith("text/html"):
            named = ADDRESS.findall(content.decode())
            assert [address_named for address_named in named if address_named.startswith(built)] == [], (
                f"{address} names the host"
            )
            linked = {urldefrag(urljoin(address, link)).url for link in named} - visited
            waiting += [page_address for page_address in linked if page_address.startswith(built)]
            visited |= linked
    assert broken == []
    written = {
        file.relative_to(files).as_posix()
        for file in files.rglob("*.html")
        if 'http-equiv="refresh"' not in file.read_text("utf-8")  # An old address is for links from elsewhere.
    } - {"404.html"}
    reached = {
        f"{page_address.removeprefix(built)}index.html" for page_address in visited if page_address.startswith(built)
    }
    assert written <= reached


EDITED = re.compile(r'<a href="([^"]+)"[^>]* rel="edit"')


def test_each_page_can_be_edited_where_it_was_written(root: Site) -> None:
    assert root.folder
    (edited,) = EDITED.findall((root.folder / "cost/prompting/index.html").read_text("utf-8"))
    assert edited == f"{REPOSITORY}/edit/main/docs/cost/prompting.md"


@pytest.mark.promise("A17")
def test_the_workflow_publishes_below_the_path_of_a_project(tmp_path: Path) -> None:
    """A few small pages, built with the workflow's own commands for the address that GitHub gives them."""
    address = "https://owner.example/which-lever/"
    files = publish(tmp_path, address, pages=False)
    places = re.findall(r"<loc>([^<]+)</loc>", (files / "sitemap.xml").read_text("utf-8"))
    assert sorted(places) == [
        address,
        *(f"{address}{page}/" for page in ("cost/prompting", "reference/calculators", "reference/prices")),
    ]
    page = (files / "cost/prompting/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{address}cost/prompting/">' in page
    assert EDITED.findall(page) == [f"{REPOSITORY}/edit/main/docs/cost/prompting.md"]
    assert set(re.findall(r'<link rel="stylesheet" href="([^a]+)', (files / "404.html").read_text("utf-8"))) == {
        "/which-lever/"
    }


@pytest.mark.one_in(3)
@pytest.mark.promise("A17")
def test_an_address_that_does_not_exist_gets_the_sites_own_page(page: Page, host: Host) -> None:
    answer = page.goto(f"{host.address}nothing/here/")
    assert answer and answer.status == 404
    expect(page.get_by_role("heading", name="404")).to_be_visible()
    page.locator("a.md-logo").first.click()
    page.wait_for_url(host.address)


@pytest.mark.one_in(3)
def test_the_search_finds_a_page_and_opens_it(page: Page, host: Host) -> None:
    page.goto(host.address)
    page.keyboard.press("/")
    box = page.get_by_role("textbox", name="Search")
    box.fill("retirement of a model")
    results = page.locator(".md-search-result__link").first
    for _ in range(60):
        if results.count():
            break
        page.wait_for_timeout(500)
        box.press("Space")  # The theme drops what is typed before its index is there, and looks at the next key.
    address = results.get_attribute("href") or ""
    title = results.locator("h1").text_content() or "no title"
    assert address.startswith(host.address)
    results.click()
    page.wait_for_url(address)
    expect(page.locator("article.md-content__inner h1")).to_contain_text(title)


@pytest.mark.one_in(3)
@pytest.mark.promise("A17")
def test_a_calculator_answers_an_edit(page: Page, host: Host, catalogue: Catalogue) -> None:
    go_below(page, host.address, "cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    page.locator("section.calc input[name=requests]").first.fill("123k")
    reply = json.loads(catalogue.answer(Question("prompting/cost", {"requests": "123k"}, form="page")))
    expect(page.locator("section.calc .result-value").first).to_have_text(reply["spoken"].split(": ")[1])


SHOWN = """async (address) => {
  const build = document.querySelector("meta[name=build]").content;
  const { published, question } = await import(new URL(`assets/runtime/${build}/form.js`, window.__md_scope).href);
  const read = (text) => new DOMParser().parseFromString(text, "text/html");
  const sections = [...read(await (await fetch(address)).text()).querySelectorAll("section.calc")];
  return Promise.all(sections.map(async (section) => {
    const [form, name] = [section.querySelector("form"), section.dataset.calculator];
    const given = question(form, published(form));
    const place = section.querySelector("[data-result]");
    const filled = [...place.querySelectorAll("details[data-keep]:has(> :nth-child(2))")];
    const folds = filled.map((fold) => fold.dataset.keep);
    const ask = { kind: section.dataset.show === "headline" ? "headline" : "result", folds };
    const answer = await window.__calculators.ask(name, given, "page", ask);
    const drawn = read(JSON.parse(answer).result).body;
    drawn.querySelectorAll("details:empty").forEach((fold) => fold.remove()); // They are hidden.
    return { name, given, ask, answer, shown: place.innerHTML.trim(), drawn: drawn.innerHTML.trim() };
  }));
}"""
"""For each calculator of a page as it came: its question, what the page shows, and what the Worker answers."""


SOURCE = re.compile(r'<span class="source">.*?</span>')
"""Where a number comes from: the page knows what its author left open, a form sends all that it holds."""


@pytest.mark.fewer_by_day
@pytest.mark.promise("B14", "A5", "A17")
@pytest.mark.parametrize("host", ["project path"], indirect=True)
def test_what_a_page_shows_the_worker_and_the_engine_answer(page: Page, host: Host, catalogue: Catalogue) -> None:
    """Every calculator of every page, and some of the examples."""
    what_is_shown_is_answered(page, host, catalogue)


@pytest.mark.long
@pytest.mark.promise("B14", "A5", "A17")
@pytest.mark.parametrize("host", ["whole root", "another host"], indirect=True)
def test_what_a_page_shows_is_answered_at_other_addresses(page: Page, host: Host, catalogue: Catalogue) -> None:
    what_is_shown_is_answered(page, host, catalogue)


def what_is_shown_is_answered(page: Page, host: Host, catalogue: Catalogue) -> None:
    """Hold that each page shows what its Worker and the engine answer."""
    go_below(page, host.address, "cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    shown_panels = []
    for path in sorted(host.files.rglob("*.html")):
        if 'class="calc' not in path.read_text("utf-8"):
            continue
        name = path.relative_to(host.files).as_posix().removesuffix("index.html")
        for panel in page.evaluate(SHOWN, host.address + name):
            question = {
                "calculator": panel["name"],
                "given": json.loads(panel["given"]),
                "ask": panel["ask"],
                "form": "page",
            }
            assert panel["answer"] == catalogue.answer_json(json.dumps(question)), name
            assert SOURCE.sub("", panel["shown"]) == SOURCE.sub("", panel["drawn"]), f"{name}: {panel['name']}"
            shown_panels.append(panel["name"])
    assert set(shown_panels) == set(catalogue.names) and len(shown_panels) > len(catalogue.names)
    for name in catalogue.names:
        for example in some(find_calculator(name).examples, 4, name):
            given = json.dumps(dict(example.given))
            reply = page.evaluate("([name, given]) => window.__calculators.ask(name, given)", [name, given])
            assert reply == catalogue.answer(Question(name, json.loads(given), form="page")), f"{name} {given}"


@pytest.mark.one_in(3)
@pytest.mark.promise("A17")
def test_the_next_page_comes_without_loading_the_site_again(page: Page, host: Host) -> None:
    go_below(page, host.address, "cost/prompting/")
    page.evaluate("window.stayed = true")
    page.locator(".md-tabs").get_by_role("link", name="Reference").click()
    page.wait_for_url(f"{host.address}reference/prices/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("rices")
    assert page.evaluate("window.stayed") is True
