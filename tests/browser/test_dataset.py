"""A file of ten megabytes in the page: read and checked in the Worker, with progress, while the page stays awake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.real import calculator, settled
from tests.calculators.large_dataset import EXPECTED, large_dataset
from tests.site.server import Site

pytestmark = pytest.mark.browser

NAME = "fine_tuning/dataset"
FILES = Path(__file__).resolve().parents[1] / "calculators" / "dataset_files"

AWAKE = """() => {
  window.ticks = 0;
  window.said = [];
  const status = document.querySelector(".calc-status");
  const busy = () => /file: \\d/.test(status.textContent);
  setInterval(() => { if (busy()) window.ticks += 1; }, 20);
  new MutationObserver(() => window.said.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}"""
"""Counts how often the page's own clock runs while the status tells of progress, and notes what it tells."""


@pytest.fixture
def checker(site_page: Page, real_site: Site) -> Locator:
    """The dataset checker, live, with the usual limit and no test set."""
    section = calculator(site_page, real_site, NAME)
    section.locator("[name=test_text]").fill("")
    section.locator("[name=limit]").fill("4096")
    return section


def choose(section: Locator, name: str, path: Path) -> None:
    section.locator(f"[name={name}]").set_input_files(path)


def result(section: Locator) -> Locator:
    return section.locator("[data-result]")


def test_r5_a19_ten_megabytes_are_checked_while_the_page_stays_awake(checker: Locator, tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    path.write_text(large_dataset(), "utf-8")
    assert 10_000_000 < path.stat().st_size < 12_000_000
    checker.page.evaluate(AWAKE)
    choose(checker, "training_file", path)
    expect(result(checker)).to_contain_text(f"{EXPECTED['examples']:,} examples", timeout=120_000)
    ticks, said = checker.page.evaluate("() => [window.ticks, window.said]")
    progress = [words for words in said if words.startswith(("Reading the file: ", "Checking the file: "))]
    assert len(progress) >= 3 and len(set(progress)) >= 3, said
    # Three hundred milliseconds lie between two words, and the page could have run its clock fifteen times in them.
    assert ticks >= 3 * len(progress)
    told = checker.page.locator(".result-amounts dd.amount").all_text_contents()
    assert f"{EXPECTED['errors']}" in told and f"{EXPECTED['warnings']:,}" in told


@pytest.mark.parametrize(
    "name", ["nul", "bom", "crlf", "unreadable", "not_json", "deep", "half_character", "duplicate"]
)
def test_r6_a_chosen_file_gives_the_terminals_answer(checker: Locator, catalogue, name: str) -> None:
    """Byte order mark, line ends and what is no UTF-8 come to Python as they are in the file."""
    path = FILES / f"{name}.jsonl"
    choose(checker, "training_file", path)
    text = path.read_bytes().decode("utf-8", "replace")
    expected = json.loads(catalogue.answer(NAME, "{}", "page", files={"training_file": text}))
    expect(checker.locator(".calc-status")).to_have_text(expected["spoken"])
    shown = checker.page.evaluate(
        "(html) => { const it = document.createElement('div'); it.innerHTML = html; return it.textContent }",
        expected["result"],
    )
    assert result(checker).text_content() == shown


def test_a_second_file_is_looked_for_in_the_first(checker: Locator) -> None:
    choose(checker, "training_file", FILES / "conflict.jsonl")
    choose(checker, "test_file", FILES / "duplicate.jsonl")
    expect(result(checker)).to_contain_text("Test prompt that is in training too")


def test_an_edit_asks_anew_without_reading_the_file_again(checker: Locator) -> None:
    choose(checker, "training_file", FILES / "email.jsonl")
    expect(result(checker)).to_contain_text("Looks like an e-mail address")
    checker.locator("[name=limit]").fill("5")
    expect(result(checker)).to_contain_text("Longer than the token limit")
    expect(result(checker)).to_contain_text("Looks like an e-mail address")


def test_an_empty_file_is_named(checker: Locator, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    choose(checker, "training_file", tmp_path / "empty.jsonl")
    expect(checker.locator("[data-field=training_file] .field-error")).to_have_text("Training file is empty")
    checker.get_by_role("button", name="Reset").click()
    expect(checker.locator("[data-field=training_file] .field-error")).to_be_hidden()


def test_a_dropped_file_is_taken(checker: Locator) -> None:
    text = (FILES / "conflict.jsonl").read_text("utf-8")
    checker.page.evaluate(
        """(text) => {
          const control = document.querySelector("[name=training_file]");
          const given = new DataTransfer();
          given.items.add(new File([text], "dropped.jsonl"));
          control.files = given.files;
          for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
        }""",
        text,
    )
    expect(result(checker)).to_contain_text("Another answer to an earlier prompt")


def test_a_text_too_long_to_paste_is_kept_out_of_the_box(checker: Locator) -> None:
    settled(checker)
    checker.page.evaluate(
        """() => {
          const given = new DataTransfer();
          given.setData("text/plain", "x".repeat(1_000_001));
          const event = new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true });
          window.kept = !document.querySelector("[name=training_text]").dispatchEvent(event);
        }"""
    )
    assert checker.page.evaluate("() => window.kept")
    expect(checker.locator(".calc-status")).to_contain_text("Choose it as a file instead")


def test_the_limit_and_the_promise_stand_beside_the_control(checker: Locator) -> None:
    for name in ("training_file", "test_file"):
        expect(checker.locator(f"[data-field={name}] .field-unit")).to_have_text("at most 50 MB")
    expect(checker.locator("[data-field=training_file]")).to_contain_text("sent nowhere")


def test_a4_nothing_of_a_file_or_a_text_leaves_the_page(checker: Locator, tmp_path: Path, real_site: Site) -> None:
    """Neither to another address, nor into storage, the address, the title or the console."""
    secret = "zebra-crossing-4711"
    logged: list[str] = []
    urls: list[str] = []
    checker.page.on("console", lambda message: logged.append(message.text))
    checker.page.context.on("request", lambda request: urls.append(request.url + (request.post_data or "")))
    path = tmp_path / f"{secret}.jsonl"
    path.write_text(f'{{"messages": [{{"role": "user", "content": "{secret}"}}]}}\n{secret}\n', "utf-8")
    choose(checker, "training_file", path)
    expect(result(checker)).to_contain_text("Not valid JSON")
    checker.locator("[name=test_text]").fill(secret)
    expect(result(checker)).to_contain_text("Line of the test set that cannot be read")
    page = checker.page
    kept = page.evaluate(
        "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title])"
    )
    assert secret not in kept and secret not in "".join(logged + urls)
    assert secret not in result(checker).text_content()
    assert [url for url in urls if not url.startswith((real_site.address, "blob:", "data:"))] == []
