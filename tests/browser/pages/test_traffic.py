"""Logs in the page: read in pieces with the terminal's answer, dropped, and kept as the reader's case."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from macros.command.files import with_command_files
from tests.browser.real import calculator, control, filled, settled
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

NAME = "prompting/traffic"
SECRET = "CANARY-5e1d"

STORED = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title])"

DROP = """(files) => {
  const held = new DataTransfer();
  for (const [name, text] of files) held.items.add(new File([text], name, { type: "application/json" }));
  const place = document.querySelector("section.calc .calc-result");
  for (const kind of ["dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
  }
}"""


COUNT_READS = """() => {
  window.readByThePage = 0;
  for (const name of ["arrayBuffer", "text", "stream", "bytes"]) {
    const read = Blob.prototype[name];
    if (read) Blob.prototype[name] = function () { window.readByThePage += 1; return read.call(this); };
  }
  window.FileReader = class { constructor() { window.readByThePage += 1; } };
}"""
"""Counts what the page itself reads of files, which is what could make it stall."""


def log_of(requests: int, first: int = 0) -> str:
    """Answers with a secret in their text, an hour apart."""
    rows = []
    for number in range(first, first + requests):
        usage = {
            "input_tokens": 500 + number % 400,
            "cache_read_input_tokens": 2000,
            "output_tokens": 100 + number % 90,
        }
        message = {
            "id": f"msg_{number}",
            "type": "message",
            "model": "claude-sonnet-5-5",
            "content": [{"type": "text", "text": SECRET}],
            "usage": usage,
        }
        time = f"2026-10-{1 + number // 24 % 28:02d}T{number % 24:02d}:00:00Z"
        rows.append(json.dumps({"time": time, "conversation_id": f"{SECRET}-{number // 4}", "response": message}))
    return "\n".join(rows)


@pytest.fixture
def section(site_page: Page, real_site: Site) -> Locator:
    """The calculator as the page came."""
    found = calculator(site_page, real_site, NAME)
    found.get_by_role("button", name="Reset").click()
    return found


def shown_amounts(section: Locator) -> list[str]:
    return section.locator(".result-amounts dd.amount, .result-value").all_text_contents()


@pytest.mark.usefixtures("pauses")
def test_files_packed_or_not_give_the_terminals_answer(section: Locator, catalogue: Catalogue, tmp_path: Path) -> None:
    """Two files of which one is packed; the folder they are in gives the same in the terminal."""
    (tmp_path / "a.jsonl").write_text(log_of(400), "utf-8")
    (tmp_path / f"{SECRET}.jsonl.gz").write_bytes(gzip.compress(log_of(300, first=300).encode()))
    control(section, "logs").set_input_files(sorted(tmp_path.iterdir()))
    expect(section.locator("[data-result]")).to_contain_text("600 requests")
    settled(section)
    filled(section)
    files = with_command_files(NAME, {"logs": str(tmp_path)})
    expected = catalogue.answer(Question(NAME, {}, files, form="html"))
    for amount in shown_amounts(section):
        assert amount in expected, amount
    expect(section.locator("[data-result]")).to_contain_text("Left out: the same request again")
    assert SECRET not in section.inner_html()
    assert SECRET not in section.page.evaluate(STORED)


def test_a_dropped_log_is_read_and_a_dropped_scenario_is_opened(section: Locator) -> None:
    section.page.evaluate(DROP, [["one.jsonl", log_of(30)], ["two.jsonl", log_of(30, first=30)]])
    expect(section.locator("[data-result]")).to_contain_text("60 requests")
    scenario = {"calculator": NAME, "given": {"can_wait": "0.5"}}
    section.page.evaluate(DROP, [["numbers.json", json.dumps(scenario)]])
    expect(section.locator("[name=can_wait]")).to_have_value("0.5")
    expect(section.locator("[data-notice]")).to_have_text("These numbers came with the file.")


def test_an_edit_reads_no_file_anew(section: Locator, tmp_path: Path) -> None:
    """The file is gone from the disk before the edit, which is answered all the same."""
    path = tmp_path / "log.jsonl"
    path.write_text(log_of(50), "utf-8")
    control(section, "logs").set_input_files(path)
    expect(section.locator("[data-result]")).to_contain_text("50 requests")
    path.unlink()
    control(section, "can_wait").fill("100%")
    expect(section.locator("[data-result]")).to_contain_text("the 100% that can wait")
    expect(section.locator("[data-result]")).to_contain_text("50 requests")


def test_a_format_that_was_recognized_wrongly_is_corrected(section: Locator, tmp_path: Path) -> None:
    """What is read is named with its files. Another format reads them anew, and one that fits none says so."""
    path = tmp_path / "log.jsonl"
    path.write_text(log_of(50), "utf-8")
    control(section, "logs").set_input_files(path)
    result = section.locator("[data-result]")
    expect(result).to_contain_text("Recognized: Anthropic messages (1 file).")
    section.locator("[name=format]").select_option("openai_responses")
    expect(result).to_contain_text("Picked: OpenAI responses (1 file).")
    section.locator("[name=format]").select_option("cursor")
    message = section.locator("[data-field=logs] .field-error")
    expect(message).to_contain_text("None of your logs has a row in the format “Cursor usage”: pick another one")
    section.locator("[name=format]").select_option("recognized")
    expect(message).to_be_hidden()
    expect(result).to_contain_text("Recognized: Anthropic messages (1 file).")


def test_a_long_reading_says_how_far_it_is_and_can_be_stopped(section: Locator, tmp_path: Path) -> None:
    """Files are read in the Worker alone. Stop ends a reading within it, and the next file is read as ever."""
    long, short = tmp_path / "long.jsonl", tmp_path / "short.jsonl"
    with long.open("w", encoding="utf-8") as file:
        block = log_of(2000) + "\n"
        for _ in range(200):
            file.write(block)
    short.write_text(log_of(30), "utf-8")
    section.page.evaluate(COUNT_READS)
    control(section, "logs").set_input_files(long)
    expect(section).to_contain_text(re.compile(r"Reading the file: \d\d?%"))
    section.get_by_role("button", name="Stop").click()
    expect(section).to_contain_text("Stopped. The figures shown do not use your numbers.")
    control(section, "logs").set_input_files(short)
    expect(section.locator("[data-result]")).to_contain_text("30 requests")
    assert section.page.evaluate("() => window.readByThePage") == 0


def test_a_file_that_comes_before_the_first_answer_can_be_stopped(
    site_page: Page, real_site: Site, tmp_path: Path
) -> None:
    """The interpreter still loads then. Numbers of the example are not taken for the file's meanwhile."""
    site_page.goto(real_site.address + "cost/your-requests/")
    section = calculator(site_page, real_site, NAME)
    long, block = tmp_path / "long.jsonl", log_of(2000) + "\n"
    with long.open("w", encoding="utf-8") as file:
        for _ in range(200):
            file.write(block)
    control(section, "logs").set_input_files(long)
    section.get_by_role("button", name="Use these numbers everywhere").click()
    expect(section).to_contain_text("These numbers are from before.")
    assert site_page.evaluate("() => sessionStorage.getItem('which-lever-case')") is None
    section.get_by_role("button", name="Stop").click()
    expect(section).to_contain_text("Stopped. The figures shown do not use your numbers.")


def test_numbers_of_an_example_say_that_they_are_its(section: Locator) -> None:
    section.get_by_role("button", name="Use these numbers everywhere").click()
    expect(section.locator("[data-told]")).to_contain_text("Kept as your case.")
    kept = json.loads(section.page.evaluate("() => sessionStorage.getItem('which-lever-case')"))
    assert {answer["from"].partition(",")[0] for answer in kept.values()} == {"an example's logs"}


def test_rows_that_are_pasted_answer_the_call_for_the_file(section: Locator, tmp_path: Path) -> None:
    """A reader comes back without the file: what is shown then is no longer the page's own example."""
    path = tmp_path / "log.jsonl"
    path.write_text(log_of(50), "utf-8")
    control(section, "logs").set_input_files(path)
    expect(section.locator("[data-result]")).to_contain_text("50 requests")
    section.page.reload()
    expect(section.locator("[data-notice]")).to_contain_text("Choose your file again")
    control(section, "pasted").fill(log_of(20))
    expect(section.locator("[data-result]")).to_contain_text("20 requests")
    expect(section.locator("[data-notice]")).to_be_hidden()


def test_measured_numbers_are_kept_shown_and_cleared(section: Locator, real_site: Site, tmp_path: Path) -> None:
    """They fill the same questions elsewhere, the working names their origin, and no text is kept."""
    page, path = section.page, tmp_path / f"{SECRET}.jsonl"
    path.write_text(log_of(24 * 7), "utf-8")
    control(section, "logs").set_input_files(path)
    expect(section.locator("[data-result]")).to_contain_text("168 requests")
    section.get_by_role("button", name="Use these numbers everywhere").click()
    expect(section.locator("[data-told]")).to_contain_text("Kept as your case.")
    kept = json.loads(page.evaluate("() => sessionStorage.getItem('which-lever-case')"))
    assert {"requests", "instructions", "user_text", "answer", "found_cached", "model"} <= set(kept)
    assert all(set(answer) == {"text", "from"} for answer in kept.values())
    conversations = {name: kept.pop(name) for name in ("steps", "steps_of_nine_in_ten")}
    assert set(map(tuple, map(dict.values, conversations.values()))) == {("4", "your logs, n = 42")}
    assert {answer["from"] for answer in kept.values()} == {"your logs, n = 168"}
    assert SECRET not in page.evaluate(STORED)

    cost = calculator(page, real_site, "prompting/cost", with_case=True)
    chip = cost.locator(".calc-case")
    expect(chip).to_contain_text("measured from your logs, n = 168")
    expect(cost.locator("[name=requests]").first).to_have_value(kept["requests"]["text"])
    expect(cost.locator("[name=model]")).to_have_value("anthropic/claude-sonnet-5-5")
    settled(cost)
    working = cost.locator(".result-working").first
    working.evaluate("(fold) => { fold.open = true; }")
    expect(working).to_contain_text("measured from your logs, n = 168")

    chip.locator("summary").click()
    expect(chip).to_contain_text("Requests a month")
    chip.get_by_role("button", name="Clear your case").click()
    expect(chip).to_contain_text("Your case is cleared")
    expect(cost.locator("[name=requests]").first).not_to_have_value(kept["requests"]["text"])
    assert "which-lever-case" not in page.evaluate(STORED)


@pytest.mark.usefixtures("pauses")
def test_an_input_of_a_batch_is_counted_in_the_tab(section: Locator, catalogue: Catalogue, tmp_path: Path) -> None:
    """The tokenizer comes while the file is read; the terminal gives the same amounts."""
    prompt = f"{SECRET} is the first word of every prompt here. " * 60
    rows = [
        {
            "custom_id": str(number),
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": {"model": "gpt-5-mini", "messages": [{"role": "user", "content": f"{prompt}{number}"}]},
        }
        for number in range(40)
    ]
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    control(section, "logs").set_input_files(path)
    expect(section.locator("[data-result]")).to_contain_text(
        re.compile("Counted here, as no log did: [0-9,]+ tokens of 40 requests")
    )
    settled(section)
    filled(section)
    expected = catalogue.answer(Question(NAME, {}, with_command_files(NAME, {"logs": str(path)}), form="html"))
    for amount in shown_amounts(section):
        assert amount in expected, amount
    assert SECRET not in section.inner_html()
    assert SECRET not in section.page.evaluate(STORED)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_log_in_utf_16_is_read(section: Locator, tmp_path: Path, encoding: str) -> None:
    """The Python of a browser has no encodings that nothing imports."""
    path = tmp_path / "log.csv"
    path.write_bytes("\ufeffmodel,input,output\ngpt-5,1200,300\n".encode(encoding))
    control(section, "logs").set_input_files(path)
    settled(section)
    expect(section.locator("[data-result]")).to_contain_text("A table with a line for each request")
