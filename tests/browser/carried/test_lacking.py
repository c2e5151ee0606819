"""A link made with a file: who opens it sees what came along and what did not, and no verdict on a sample."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.real import AWAY, FOLLOW, NAMES, calculator, control, go, places, settled
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

DATASET = "fine_tuning/dataset"
FILES = Path(__file__).resolve().parents[2] / "calculators" / "fine_tuning" / "dataset" / "files"

BROUGHT = {
    DATASET: "training_file",
    "prompting/traffic": "logs",
    "evaluating/compare": "result_files",
    "evaluating/judge": "label_file",
    "evaluating/plan": "pilot_files",
    "evaluating/retrieval": "results_a_file",
    "choosing/case": "test.pilot_files",
}
"""The calculators that read files, each with a question for one."""

FORM = re.compile(r'<section class="calc calc-full" [^>]*data-calculator="([^"]+)".*?<form\b(.*?)</form>', re.DOTALL)
"""A calculator shown whole, and its form, as the site is built."""


@pytest.fixture(scope="module")
def receiver(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """A page of somebody who was sent a link, in a browser of their own."""
    context = chromium.new_context(reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def opened(page: Page, address: str) -> Locator:
    """The calculator of a link, live."""
    page.goto("about:blank")
    page.goto(address)
    section = page.locator("section.calc-full[data-live]").first
    section.wait_for()
    return section


def followed(page: Page, site: Site, link: str) -> Locator:
    """The same in a tab that has the site open, where nothing is loaded anew."""
    go(page, site, AWAY)
    page.evaluate(FOLLOW, link)
    page.locator("[data-left]").wait_for(state="detached")
    section = page.locator("section.calc-full[data-live]").first
    section.wait_for()
    return section


def shown(section: Locator) -> str:
    """What is seen of the answer."""
    words: str = section.locator(".calc-answers").evaluate("""(it) => [...it.querySelectorAll("*")]
      .filter((part) => !part.children.length && !part.matches(".calc-age"))
      .filter((part) => part.checkVisibility({ visibilityProperty: true }))
      .map((part) => part.textContent).join("\\n")""")
    return words


def test_every_calculator_that_reads_files_is_tried(site: Path) -> None:
    forms = [form for path in site.rglob("index.html") for form in FORM.findall(path.read_text("utf-8"))]
    assert {name for name, _ in forms} == set(NAMES)
    assert {name for name, form in forms if 'type="file"' in form} == set(BROUGHT)


@pytest.mark.parametrize("name", BROUGHT)
def test_a_link_without_its_file_shows_what_came_and_no_verdict(receiver: Page, real_site: Site, name: str) -> None:
    assert real_site.folder
    path, id = places(real_site.folder)[name]
    link = f"{real_site.address}{path}#numbers=1&calculator={name}&on={id}&sent=7~15_3~9&without={BROUGHT[name]}"
    section = opened(receiver, link) if name == DATASET else followed(receiver, real_site, link)
    notice = section.locator("[data-notice]")
    expect(notice).to_contain_text("This link was made with a file that is not in it: ")
    expect(notice).to_contain_text("With it came: no answers but the page's own.")
    expect(section.locator(".result-value").first).to_have_text("7 errors · 3 examples")
    receiver.wait_for_timeout(300)
    assert [line for line in shown(section).splitlines() if "7 errors" not in line] in (
        [section.locator(".result-label").inner_text(), "Sent, made with a file that is not here"],
    )
    assert "in an example" not in shown(section).lower()
    expect(section.get_by_role("button", name="Copy link").first).to_be_hidden()
    section.get_by_role("button", name="Reset", exact=True).click()
    expect(section.locator(".result-sent")).to_have_count(0)
    expect(section.locator(".result-value").first).not_to_contain_text("7 errors")
    expect(section.locator(".result-short")).to_be_visible()


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("&without=training_file", "Training file"),
        ("&without=training_data", "one that this page does not ask for"),
        ("&.training_file=tickets.jsonl", "Training file"),
        ("&without=test_file", "Test file"),
    ],
)
def test_a_link_says_which_file_is_lacking_which_kind_is_wanted_and_where(
    receiver: Page, real_site: Site, link: str, words: str
) -> None:
    """Also where it names one that the page does not know, or one by its name on the sender's disk."""
    assert real_site.folder
    path, id = places(real_site.folder)[DATASET]
    section = opened(receiver, f"{real_site.address}{path}#numbers=1&calculator={DATASET}&on={id}{link}")
    notice = section.locator("[data-notice]")
    expect(notice).to_contain_text(f"This link was made with a file that is not in it: {words}. With it came: ")
    field = "test_file" if words == "Test file" else "training_file"
    question = section.locator(f"[data-field={field}]")
    expect(question.locator("[type=file]")).to_be_visible()
    label = question.locator("label").inner_text()
    kind = question.locator(".field-about p").text_content() or ""
    expect(notice).to_contain_text(f"Nothing is computed until a file is chosen under “{label}”: ")
    sentence = notice.inner_text().rpartition("”: ")[2].removesuffix(".")
    assert len(sentence) > 20 and kind.strip().startswith(f"{sentence}.")
    expect(section.locator(".result-value").first).to_have_text("Not computed")


def test_a_file_is_lacking_after_an_edit_and_a_reload_as_before(receiver: Page, real_site: Site) -> None:
    assert real_site.folder
    path, id = places(real_site.folder)[DATASET]
    link = f"{real_site.address}{path}#numbers=1&calculator={DATASET}&on={id}&.limit=61&without=training_file"
    section = opened(receiver, link)
    expect(section.locator("[data-notice]")).to_contain_text("not in it: Training file.")
    control(section, "limit").fill("70")
    receiver.wait_for_url(re.compile("came=yours"))
    receiver.reload()
    section.wait_for()
    expect(control(section, "limit")).to_have_value("70")
    expect(section.locator("[data-notice]")).to_contain_text("not in it: Training file.")
    expect(section.locator(".result-value").first).to_have_text("Not computed")


def test_a_file_of_ones_own_is_answered_with_the_numbers_of_the_link(
    site_page: Page, receiver: Page, real_site: Site
) -> None:
    sender = calculator(site_page, real_site, DATASET)
    control(sender, "limit").fill("61")
    control(sender, "training_file").set_input_files(FILES / "conflict.jsonl")
    expect(sender.locator(".result-label")).to_have_text("Verdict")
    settled(sender)
    verdict = sender.locator(".result-value").inner_text()
    site_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sender.get_by_role("button", name="Copy link").first.click()
    expect(sender.locator("[data-told]")).to_contain_text("Left out, as texts never travel: Training file")
    section = opened(receiver, str(site_page.evaluate("() => navigator.clipboard.readText()")))
    notice = section.locator("[data-notice]")
    expect(notice).to_contain_text("not in it: Training file. With it came: Token limit 61.")
    first = re.findall(r"\d+", verdict)[0]
    expect(section.locator(".result-value")).to_contain_text(first)
    control(section, "limit").fill("70")  # an edit alone brings no sample
    receiver.wait_for_timeout(300)
    expect(section.locator(".result-sent")).to_be_visible()
    control(section, "limit").fill("61")
    control(section, "training_file").set_input_files(FILES / "email.jsonl")
    expect(section.locator("[data-result]")).to_contain_text("Looks like an e-mail address")
    expect(section.locator(".result-sent")).to_have_count(0)
    settled(section)
    expect(section.locator("[data-notice]")).not_to_contain_text("A link can be changed")
    expect(section.get_by_role("button", name="Copy link").first).to_be_visible()
    control(section, "training_file").set_input_files(FILES / "conflict.jsonl")
    expect(section.locator(".result-value")).to_have_text(verdict)
