"""A file of ten megabytes in the page: read and checked in the Worker, with progress, while the page stays awake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Copy, Question
from calculators.readers.training.rules import RULES
from tests.browser.real import calculator, control, filled, settled
from tests.calculators.fine_tuning.dataset.large import large_dataset, large_dataset_counts
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

NAME = "fine_tuning/dataset"
FILES = Path(__file__).resolve().parents[2] / "calculators" / "fine_tuning" / "dataset" / "files"

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
    """The dataset checker, live, with the usual provider and limit and no test set."""
    section = calculator(site_page, real_site, NAME)
    section.get_by_role("button", name="Reset").click()  # a test of another file may have asked for another provider
    control(section, "test_text").fill("")
    control(section, "limit").fill("4096")
    return section


def choose(section: Locator, name: str, path: Path) -> None:
    control(section, name).set_input_files(path)


def result(section: Locator) -> Locator:
    return section.locator("[data-result]")


@pytest.mark.promise("R5", "A19")
def test_thirty_megabytes_are_checked_while_the_page_stays_awake(checker: Locator, tmp_path: Path) -> None:
    """So many that the fastest machine needs long enough for several words of progress."""
    fine = 45_000
    expected = large_dataset_counts(fine)
    path = tmp_path / "large.jsonl"
    path.write_text(large_dataset(fine), "utf-8")
    assert 30_000_000 < path.stat().st_size < 36_000_000
    checker.page.evaluate(AWAKE)
    choose(checker, "training_file", path)
    expect(result(checker)).to_contain_text(f"{expected['examples']:,} examples", timeout=120_000)
    ticks, messages = checker.page.evaluate("() => [window.ticks, window.said]")
    progress = [words for words in messages if words.startswith(("Reading the file: ", "Checking the file: "))]
    assert len(progress) >= 3 and len(set(progress)) >= 3, messages
    # Three hundred milliseconds lie between two words, and the page could have run its clock fifteen times in them.
    assert ticks >= 3 * len(progress)
    numbers = checker.page.locator(".result-amounts dd.amount").all_text_contents()
    assert f"{expected['errors']}" in numbers and f"{expected['warnings']:,}" in numbers


@pytest.mark.promise("A19")
def test_a_phone_shows_what_a_file_came_to(chromium: Browser, real_site: Site) -> None:
    """The page goes there from the box; an edit afterwards stays in sight."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    section = calculator(context.new_page(), real_site, NAME)
    control(section, "training_file").scroll_into_view_if_needed()
    choose(section, "training_file", FILES / "blank_line.jsonl")
    settled(section)
    expect(section.locator(".result-headline + *")).to_be_in_viewport()
    expect(section.locator(".result-headline")).to_be_in_viewport()
    control(section, "limit").fill("2048")
    settled(section)
    expect(control(section, "limit")).to_be_in_viewport()
    context.close()


WITHOUT_FOLDS = """(html) => {
  const copy = document.createElement("div");
  copy.innerHTML = html;
  copy.querySelectorAll("details[data-keep]").forEach((fold) => fold.remove());
  return copy.textContent;
}"""
"""The words of a result without its folds, which a page fills by and by."""


@pytest.mark.promise("R6")
def test_a_chosen_file_in_utf_16_is_read_and_its_copy_is_utf_8(checker: Locator, tmp_path: Path) -> None:
    line = '{"messages": [{"role": "user", "content": "Où ?"}, {"role": "assistant", "content": "Là."}]}\n'
    path = tmp_path / "saved.jsonl"
    path.write_bytes(line.encode("utf-16"))
    choose(checker, "training_file", path)
    expect(result(checker)).to_contain_text(RULES["utf_16"].label)
    settled(checker)
    with checker.page.expect_download() as saving:
        checker.get_by_role("button", name="Download a corrected copy").click()
    assert Path(saving.value.path()).read_bytes() == line.encode()


@pytest.mark.one_in(4)
@pytest.mark.promise("R6")
@pytest.mark.parametrize(
    "name", ["nul", "bom", "crlf", "unreadable", "not_json", "deep", "half_character", "duplicate"]
)
def test_a_chosen_file_gives_the_terminals_answer(checker: Locator, catalogue: Catalogue, name: str) -> None:
    """Byte order mark, line ends and what is no UTF-8 come to Python as they are in the file."""
    path = FILES / f"{name}.jsonl"
    choose(checker, "training_file", path)
    text = path.read_bytes().decode("utf-8", "replace")
    expected = json.loads(catalogue.answer(Question(NAME, files={"training_file": text}, form="page")))
    words = checker.page.evaluate(WITHOUT_FOLDS, expected["result"])
    # Two files may be announced in the same words, so the announcement does not tell which answer is on the page.
    for _ in range(100):
        shown = checker.page.evaluate(WITHOUT_FOLDS, result(checker).evaluate("(place) => place.innerHTML"))
        if shown == words:
            break
        checker.page.wait_for_timeout(50)
    assert shown == words
    expect(checker.locator(".calc-status")).to_have_text(expected["spoken"])


def test_a_file_takes_over_no_value_of_an_example(site_page: Page, real_site: Site) -> None:
    """The page opens on an example with a limit of 60 and a test set; what a reader typed stays."""
    section = calculator(site_page, real_site, NAME)
    section.get_by_role("button", name="Reset").click()
    title = section.locator(".calc-title")
    expect(title).to_have_text("Is my training file good? A file with mistakes")
    expect(section.locator("[name=limit]")).to_have_value("60")
    control(section, "epochs").fill("7")
    choose(section, "training_file", FILES / "email.jsonl")
    expect(section.locator("[name=limit]")).to_have_value("4,096")
    expect(section.locator("[name=test_text]")).to_have_value("")
    expect(section.locator("[name=epochs]")).to_have_value("7")
    expect(title).to_have_text("Is my training file good?")
    expect(result(section)).not_to_contain_text("Longer than the token limit")
    section.get_by_role("button", name="Reset").click()
    expect(section.locator("[name=limit]")).to_have_value("60")
    expect(title).to_have_text("Is my training file good? A file with mistakes")


def test_a_pasted_file_takes_over_no_value_of_an_example(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, NAME)
    section.get_by_role("button", name="Reset").click()
    section.get_by_role("button", name="A file for Amazon Bedrock").click()
    expect(section.locator("[name=epochs]")).to_have_value("2")
    section.locator("[name=training_text]").evaluate(
        """(box, text) => {
          box.value = text;
          box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
        }""",
        (FILES / "conflict.jsonl").read_text("utf-8"),
    )
    expect(section.locator("[name=epochs]")).to_have_value("")
    expect(result(section)).to_contain_text("Another answer to an earlier prompt")
    section.get_by_role("button", name="Reset").click()


def test_what_was_measured_goes_along(checker: Locator, real_site: Site) -> None:
    choose(checker, "training_file", FILES / "conflict.jsonl")
    expect(result(checker)).to_contain_text("Another answer to an earlier prompt")
    settled(checker)
    tools = checker.locator("[data-instruments]")
    tools.locator("summary").first.click()
    tools.locator("[data-role=use]").select_option("fine_tuning/hardware")
    tools.get_by_role("button", name="Go there").click()
    there = checker.page.locator("section.calc[data-calculator='fine_tuning/hardware'][data-show=full]")
    expect(there.locator("[name=examples]")).to_have_value("3")
    expect(there.locator("[name=epochs]")).to_have_value("25")


def test_a_second_file_is_looked_for_in_the_first(checker: Locator) -> None:
    choose(checker, "training_file", FILES / "conflict.jsonl")
    choose(checker, "test_file", FILES / "duplicate.jsonl")
    expect(result(checker)).to_contain_text("Test prompt that is in training too")


def test_an_edit_asks_anew_without_reading_the_file_again(checker: Locator) -> None:
    choose(checker, "training_file", FILES / "email.jsonl")
    expect(result(checker)).to_contain_text("Looks like an e-mail address")
    control(checker, "limit").fill("5")
    expect(result(checker)).to_contain_text("Longer than the token limit")
    expect(result(checker)).to_contain_text("Looks like an e-mail address")


def test_a_description_beside_the_file_is_found_by_itself(checker: Locator, tmp_path: Path) -> None:
    """Both files of a folder are chosen at once, as they are dropped; then one of two data files must be picked."""
    (tmp_path / "mine.json").write_text('[{"asked": "When?", "said": "At ten."}]')
    described = {"mine": {"file_name": "mine.json", "columns": {"prompt": "asked", "response": "said"}}}
    (tmp_path / "dataset_info.json").write_text(json.dumps(described))
    control(checker, "training_file").set_input_files(sorted(tmp_path.iterdir()))
    expect(result(checker)).to_contain_text("The columns are read as the dataset_info.json describes them.")
    (tmp_path / "dataset_info.json").rename(tmp_path / "other.json")
    control(checker, "training_file").set_input_files(sorted(tmp_path.iterdir()))
    message = checker.locator("[data-field=training_file] .field-error")
    expect(message).to_contain_text("There are 2 files that may be meant: choose one of them")


def test_an_empty_file_is_named(checker: Locator, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    choose(checker, "training_file", tmp_path / "empty.jsonl")
    expect(checker.locator("[data-field=training_file] .field-error")).to_have_text("Training file is empty")
    checker.get_by_role("button", name="Reset").click()
    expect(checker.locator("[data-field=training_file] .field-error")).to_be_hidden()


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"], ids=["empty", "png"]
)
def test_an_answer_of_another_file_offers_no_copies(checker: Locator, tmp_path: Path, content: bytes) -> None:
    choose(checker, "training_file", FILES / "conflict.jsonl")
    expect(result(checker)).to_contain_text("Another answer to an earlier prompt")
    copies = checker.locator("[data-file]")
    expect(copies.filter(visible=True)).to_have_count(5)
    (tmp_path / "refused.jsonl").write_bytes(content)
    choose(checker, "training_file", tmp_path / "refused.jsonl")
    expect(checker.locator("[data-field=training_file] .field-error")).to_be_visible()
    expect(copies.filter(visible=True)).to_have_count(0)
    choose(checker, "training_file", FILES / "email.jsonl")
    expect(result(checker)).to_contain_text("Looks like an e-mail address")
    expect(copies.filter(visible=True)).to_have_count(5)


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
    expect(checker.locator("[data-told]")).to_contain_text("Choose it as a file instead")


def test_the_limit_and_the_promise_stand_beside_the_control(checker: Locator) -> None:
    for name in ("training_file", "test_file"):
        expect(checker.locator(f"[data-field={name}] .field-unit")).to_have_text("at most 100 MB")
    expect(checker.locator("[data-field=training_file]")).to_contain_text("sent nowhere")


@pytest.mark.usefixtures("pauses")
@pytest.mark.promise("A4")
def test_nothing_of_a_file_or_a_text_leaves_the_page(checker: Locator, tmp_path: Path, real_site: Site) -> None:
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
    control(checker, "test_text").fill(secret)
    expect(result(checker)).to_contain_text("Line of the test set that cannot be read")
    settled(checker)
    filled(checker)
    page = checker.page
    stored = page.evaluate(
        "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title])"
    )
    assert secret not in stored and secret not in "".join(logged + urls)
    assert secret not in (result(checker).text_content() or "")
    assert [url for url in urls if not url.startswith((real_site.address, "blob:", "data:"))] == []


@pytest.mark.one_in(3)
@pytest.mark.promise("R6")
@pytest.mark.parametrize("name", ["bom", "crlf", "arguments_twice", "null_key", "duplicate"])
def test_a_mended_copy_has_the_bytes_of_the_terminal(checker: Locator, catalogue: Catalogue, name: str) -> None:
    path = FILES / f"{name}.jsonl"
    choose(checker, "training_file", path)
    text = path.read_bytes().decode("utf-8", "replace")
    files = {"training_file": text}
    expected = catalogue.answer(Question(NAME, files=files, ask=Copy("mended"), form="file"))
    changes = json.loads(catalogue.answer(Question(NAME, files=files, ask=Copy("mended"), form="json")))
    expect(result(checker)).to_contain_text(RULES[name].label)
    settled(checker)
    with checker.page.expect_download() as saving:
        checker.get_by_role("button", name="Download a corrected copy").click()
    assert saving.value.suggested_filename == "mended.jsonl"
    assert Path(saving.value.path()).read_bytes() == expected.encode("utf-8")
    said = checker.locator("section:has([data-file=mended]) [data-copied]")
    expect(said).to_contain_text(f"Saved as mended.jsonl. {changes['sentence']}")
    for change in changes["changes"]:
        expect(said).to_contain_text(f"{change['change']}{change['lines']}{change['where']}")


def test_a_copy_that_cannot_be_made_says_so(checker: Locator) -> None:
    choose(checker, "training_file", FILES / "email.jsonl")
    expect(result(checker)).to_contain_text("Looks like an e-mail address")
    settled(checker)
    convert = checker.get_by_role("button", name="Download a converted copy")
    expect(convert).to_be_disabled()
    control(checker, "target").select_option("gemini")
    expect(convert).to_be_enabled()
    control(checker, "limit").fill("many")
    expect(checker.locator("[data-file=mended]")).to_be_hidden()
    checker.locator("[data-file=mended]").dispatch_event("click")  # as one that was pressed just before
    refused = checker.locator("section:has([data-file=mended]) [data-copied]")
    expect(refused).to_contain_text("A number above cannot be used as it is")
