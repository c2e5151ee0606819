"""The site as the workflow publishes it: below a project's path, at the root, and at a host it was not built for."""

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
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculators.find import find
from tests.site.published import REPOSITORY, publish
from tests.site.server import Site

pytestmark = pytest.mark.browser

ADDRESS = re.compile(r'<(?:a|link|script|img)\b(?![^>]*rel="?(?:canonical|edit))[^>]*?\s(?:href|src)="([^"]+)"')


@dataclass(frozen=True)
class Host:
    """A server of the published files; the pages were built for the address `built`, and are opened at `address`."""

    server: Site
    built: str
    address: str

    @cached_property
    def files(self) -> Path:
        assert self.server.folder
        return self.server.folder


@pytest.fixture(scope="module")
def project_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The address of a project's site: below the repository's name."""
    with Site(path="/which-lever/") as server:
        server.folder = publish(tmp_path_factory.mktemp("project-path"), server.address)
        yield server


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The address of a domain of its own, and of a private site."""
    with Site(path="/") as server:
        server.folder = publish(tmp_path_factory.mktemp("root"), server.address)
        yield server


@pytest.fixture(scope="module", params=["project path", "root", "another host"])
def host(request: pytest.FixtureRequest) -> Host:
    """Each place; the last serves what was built for the first, under another name."""
    server: Site = request.getfixturevalue("root" if request.param == "root" else "project_path")
    other = server.address.replace("127.0.0.1", "lever.localhost")
    return Host(server, server.address, other if request.param == "another host" else server.address)


@pytest.fixture(scope="module")
def context(chromium: Browser, host: Host) -> Iterator[BrowserContext]:
    """One profile for each place, so that Python is fetched once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, host: Host) -> Iterator[Page]:
    """A page that may ask nobody but the host, and may miss nothing but the page a test names."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    foreign: list[str] = []
    missed: list[str] = []
    page.on(
        "request", lambda it: None if it.url.startswith((host.address, "blob:", "data:")) else foreign.append(it.url)
    )
    page.on("response", lambda it: missed.append(it.url) if it.status >= 400 and "/nothing/" not in it.url else None)
    yield page
    page.close()
    assert (foreign, missed) == ([], [])


@pytest.mark.parametrize("place", ["project_path", "root"])
def test_a17_every_page_can_be_reached_and_every_link_leads_somewhere(
    request: pytest.FixtureRequest, place: str
) -> None:
    """No link may name a host, so that the same files lead everywhere below another name, too."""
    server: Site = request.getfixturevalue(place)
    assert server.folder
    built, files = server.address, server.folder
    waiting, seen, broken = [built], {built}, []
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
            assert [it for it in named if it.startswith(built)] == [], f"{address} names the host"
            found = {urldefrag(urljoin(address, it)).url for it in named} - seen
            waiting += [it for it in found if it.startswith(built)]
            seen |= found
    assert broken == []
    written = {it.relative_to(files).as_posix() for it in files.rglob("*.html")} - {"404.html"}
    reached = {f"{it.removeprefix(built)}index.html" for it in seen if it.startswith(built)}
    assert written <= reached


def test_each_page_can_be_edited_where_it_was_written(host: Host) -> None:
    edited = re.search(
        r'<a href="([^"]+)"[^>]* rel="edit"', (host.files / "cost/prompting/index.html").read_text("utf-8")
    )
    assert edited
    assert edited[1] == f"{REPOSITORY}/edit/main/docs/cost/prompting.md"


def test_a17_an_address_that_does_not_exist_gets_the_sites_own_page(page: Page, host: Host) -> None:
    answer = page.goto(f"{host.address}nothing/here/")
    assert answer and answer.status == 404
    expect(page.get_by_role("heading", name="404")).to_be_visible()
    page.locator("a.md-logo").first.click()
    page.wait_for_url(host.address)


def test_the_search_finds_a_page_and_opens_it(page: Page, host: Host) -> None:
    page.goto(f"{host.address}reference/method/")
    page.keyboard.press("/")
    box = page.get_by_role("textbox", name="Search")
    box.fill("retirement of a model")
    found = page.locator(".md-search-result__link").first
    for _ in range(60):
        if found.count():
            break
        page.wait_for_timeout(500)
        box.press("Space")  # The theme drops what is typed before its index is there, and looks at the next key.
    address = found.get_attribute("href") or ""
    title = found.locator("h1").text_content() or "no title"
    assert address.startswith(host.address)
    found.click()
    page.wait_for_url(address)
    expect(page.locator("article.md-content__inner h1")).to_contain_text(title)


def test_a17_a_calculator_answers_an_edit(page: Page, host: Host, catalogue) -> None:
    page.goto(f"{host.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    page.locator("section.calc input[name=requests]").first.fill("123k")
    told = json.loads(catalogue.answer("prompting/cost", '{"requests": "123k"}', "page"))
    expect(page.locator("section.calc .result-value").first).to_have_text(told["spoken"].split(": ")[1])


SHOWN = """async (address) => {
  const build = document.querySelector("meta[name=build]").content;
  const { published, question } = await import(new URL(`assets/runtime/${build}/form.js`, window.__md_scope).href);
  const read = (text) => new DOMParser().parseFromString(text, "text/html");
  const sections = [...read(await (await fetch(address)).text()).querySelectorAll("section.calc")];
  return Promise.all(sections.map(async (section) => {
    const [form, name] = [section.querySelector("form"), section.dataset.calculator];
    const given = question(form, published(form));
    const ask = section.dataset.show === "headline" ? "headline" : "result";
    const answer = await window.__calculators.ask(name, given, "page", ask);
    const shown = section.querySelector("[data-result]").innerHTML.trim();
    return { name, given, ask, answer, shown, drawn: read(JSON.parse(answer).result).body.innerHTML.trim() };
  }));
}"""
"""For each calculator of a page as it came: its question, what the page shows, and what the Worker answers."""


SOURCE = re.compile(r'<span class="source">.*?</span>')
"""Where a number comes from: the page knows what its author left open, a form sends all that it holds."""


def test_b14_a5_a17_what_a_page_shows_the_worker_and_the_engine_answer(page: Page, host: Host, catalogue) -> None:
    """Every calculator of every page, and every example: on the files that are published, at each address."""
    page.goto(f"{host.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    seen = []
    for path in sorted(host.files.rglob("*.html")):
        if 'class="calc' not in path.read_text("utf-8"):
            continue
        name = path.relative_to(host.files).as_posix().removesuffix("index.html")
        for it in page.evaluate(SHOWN, host.address + name):
            assert it["answer"] == catalogue.answer(it["name"], it["given"], "page", it["ask"]), name
            assert SOURCE.sub("", it["shown"]) == SOURCE.sub("", it["drawn"]), f"{name}: {it['name']}"
            seen.append(it["name"])
    assert set(seen) == set(catalogue.names) and len(seen) > 50
    for name in catalogue.names:
        for given in (json.dumps(dict(it.given)) for it in find(name).examples):
            theirs = page.evaluate("([name, given]) => window.__calculators.ask(name, given)", [name, given])
            assert theirs == catalogue.answer(name, given, "page"), f"{name} {given}"


def test_a17_the_next_page_comes_without_loading_the_site_again(page: Page, host: Host) -> None:
    page.goto(f"{host.address}cost/prompting/")
    page.evaluate("window.stayed = true")
    page.locator(".md-tabs").get_by_role("link", name="Reference").click()
    page.wait_for_url(f"{host.address}reference/prices/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("rices")
    assert page.evaluate("window.stayed") is True
