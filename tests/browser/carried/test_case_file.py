"""A case as a file: saved on the page of the case, opened there and elsewhere, and read in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from macros.command import main
from tests.browser.real import calculator, control, kept_case, places, settled
from tests.conftest import PATIENT
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

CASE, COST = "choosing/case", "prompting/cost"
WHOLE_OF_CASE = {"requests": "31,000", "state": "untested"}
WHOLE = {
    "case": "Help desk",
    "calculators": {
        CASE: {"given": WHOLE_OF_CASE},
        COST: {"given": {"requests": "31,000", "turns": "3"}, "measured": {"turns": "measured from your logs, n = 40"}},
    },
}

DROPPED = """(element, text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], "case.json", { type: "application/json" }));
  element.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
}"""


@pytest.fixture
def case(site_page: Page, real_site: Site) -> Locator:
    """Your case, in a tab without one."""
    return calculator(site_page, real_site, CASE)


def notice(section: Locator) -> Locator:
    """Where a calculator says what opening a file came to."""
    return section.locator("[data-told]")


def open_file(case: Locator, text: str) -> None:
    """Chooses a file with this text."""
    file = FilePayload(name="case.json", mimeType="application/json", buffer=text.encode())
    case.locator("[data-case-open]").set_input_files(file)


def test_a_case_goes_into_a_file_and_comes_back_the_same(
    case: Locator, real_site: Site, tmp_path: Path, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    """The bytes that the page saves are those that the terminal writes, and the answers agree."""
    page = case.page
    open_file(case, json.dumps(WHOLE))
    expect(notice(case)).to_have_text("The case “Help desk” is open: 3 answers.")
    settled(case)
    expect(control(case, "requests")).to_have_value("31,000")
    expect(control(case, "state")).to_have_value("untested")
    assert kept_case(page)["turns"] == {"text": "3", "from": "your logs, n = 40"}
    assert "Help desk" not in str(page.evaluate("() => [JSON.stringify(sessionStorage), JSON.stringify(localStorage)]"))
    case.locator(".calc-file > summary").click()
    expect(case.locator("[data-case-name]")).to_have_value("Help desk")
    with page.expect_download() as download:
        case.locator(".calc-file [data-case-save]").click()
    assert download.value.suggested_filename == "help-desk.json"
    saved, written, again = (tmp_path / name for name in ("saved.json", "written.json", "again.json"))
    download.value.save_as(saved)
    written.write_text(json.dumps(WHOLE))
    for source in (written, saved):
        assert main(["case", str(source), "--save", str(again), "--json"]) == 0
        assert saved.read_bytes() == again.read_bytes()
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])["answers"][0]
    assert answer["inputs"]["requests"]["value"] == "31000"
    given = json.loads(saved.read_text("utf-8"))["calculators"][CASE]["given"]
    assert given.items() >= WHOLE_OF_CASE.items()
    spoken = json.loads(catalogue.answer(Question(CASE, given, form="page")))["spoken"]
    expect(case.locator(".calc-status")).to_have_text(spoken)

    cost = calculator(page, real_site, COST, with_case=True)
    expect(control(cost, "turns")).to_have_value("3")
    expect(cost.locator(".calc-case")).to_contain_text("measured from your logs, n = 40")


def test_the_file_of_a_case_has_the_letters_of_its_name(case: Locator) -> None:
    open_file(case, json.dumps(WHOLE))
    settled(case)
    case.locator(".calc-file > summary").click()
    case.locator("[data-case-name]").fill("Müller & Söhne: Ärger 2027!")
    with case.page.expect_download() as download:
        case.locator(".calc-file [data-case-save]").click()
    assert download.value.suggested_filename == "müller-söhne-ärger-2027.json"


def test_a_case_is_dropped_on_any_calculator_and_the_one_before_comes_back(case: Locator, real_site: Site) -> None:
    """What was typed before is there until the page is left, one click away."""
    cost = calculator(case.page, real_site, COST)
    control(cost, "requests").fill("77")
    expect(cost.locator(".calc-case")).to_contain_text("77")
    cost.evaluate(DROPPED, json.dumps(WHOLE))
    expect(notice(cost)).to_contain_text("is open: 3 answers")
    expect(control(cost, "requests")).to_have_value("31,000")
    expect(control(cost, "turns")).to_have_value("3")
    cost.locator(".calc-case").evaluate("(fold) => { fold.open = true; }")
    cost.get_by_role("button", name="Put back the case before").click()
    expect(control(cost, "requests")).to_have_value("77")
    expect(control(cost, "turns")).not_to_have_value("3")
    assert list(kept_case(case.page)) == ["requests"]


def test_a_case_is_opened_and_saved_where_no_page_of_a_case_was_before(new_real_page: Page, real_site: Site) -> None:
    """The calculators that a file may have inputs for come apart from those of the page."""
    cost = calculator(new_real_page, real_site, COST)
    cost.evaluate(DROPPED, json.dumps(WHOLE))
    expect(notice(cost)).to_contain_text("is open: 3 answers")
    cost.locator(".calc-case").evaluate("(fold) => { fold.open = true; }")
    with new_real_page.expect_download() as saved:
        cost.get_by_role("button", name="Save it as a file").click()
    assert set(json.loads(saved.value.path().read_text("utf-8"))["calculators"]) >= {"choosing/case"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (json.dumps(WHOLE)[:-9], "This file cannot be read: it is no JSON, or was cut off. Nothing was changed."),
        ('{"zebra": 1}', "This file holds no case"),
        ("", "This file cannot be read"),
    ],
)
def test_a_file_that_is_no_case_changes_nothing(case: Locator, text: str, message: str) -> None:
    """One sentence says what is wrong with it."""
    control(case, "requests").fill("77")
    open_file(case, text)
    expect(notice(case)).to_contain_text(message)
    expect(control(case, "requests")).to_have_value("77")
    assert {name: entry["text"] for name, entry in kept_case(case.page).items()} == {"requests": "77"}


def test_words_in_a_file_are_kept_nowhere(case: Locator) -> None:
    """A file may hold texts of calculators that ask for some; they are left out and never stored."""
    given = {"requests": "5", "model.name": "zebra-4711"}
    inputs = {CASE: {"given": given}, "prompting/builder": {"given": {"task": "zebra-4711"}}}
    open_file(case, json.dumps({"case": "zebra-4711", "calculators": inputs}))
    expect(notice(case)).to_contain_text("Left out, as texts, not understood or said twice: choosing/case model.name")
    held = "() => [JSON.stringify(sessionStorage), JSON.stringify(localStorage), location.href, document.cookie]"
    assert "zebra" not in str(case.page.evaluate(held))
    assert kept_case(case.page)["requests"]["text"] == "5"


def test_a_case_is_saved_and_opened_without_a_network(chromium: Browser, real_site: Site, tmp_path: Path) -> None:
    """The code of all calculators comes to the page of the case while nothing is asked, unless data is to be saved."""
    assert real_site.folder
    path, id = places(real_site.folder)[CASE]
    context = chromium.new_context()
    context.add_init_script(PATIENT)
    page = context.new_page()
    real_site.asked.clear()
    page.goto(real_site.address + path)
    section = page.locator(f"section.calc#{id}[data-live]")
    control(section, "requests").fill("31000")
    settled(section)
    wanted = {"share.js", *(part.name for part in real_site.folder.rglob("calculators*.bin"))}
    for _ in range(300):
        if wanted <= {address.rpartition("/")[2] for address in real_site.asked}:
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(1000)  # what is asked for last has yet to arrive
    context.set_offline(True)
    section.locator(".calc-file > summary").click()
    with page.expect_download() as download:
        section.locator(".calc-file [data-case-save]").click()
    download.value.save_as(tmp_path / "saved.json")
    saved = json.loads((tmp_path / "saved.json").read_text("utf-8"))
    assert saved["calculators"][CASE]["given"]["requests"] == "31000"
    open_file(section, json.dumps(WHOLE))
    expect(notice(section)).to_have_text("The case “Help desk” is open: 3 answers.")
    context.close()
