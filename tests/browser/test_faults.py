"""Whatever fails, the page says so in plain words, its figures stay readable, and trying again works."""

import threading

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.reading import amount, expect_status, expect_total, record, recorded, visit, workers
from tests.site.server import Site

pytestmark = pytest.mark.browser

NOT_STARTED = (
    "The calculator did not start. The figures shown do not use your numbers. Check your connection, then try again."
)
NOT_LOADED = "The calculator could not be loaded. The figures shown are the worked example."
BROKE = "The calculator could not work this out. The figures shown do not use your numbers."
SILENT = "The calculator has not answered for a minute. The figures shown do not use your numbers."

FORBIDDEN = (
    "This browser does not allow WebAssembly, which the calculator needs. The figures shown do not use your numbers."
)

WORKER_FILES = [
    "worker.js",
    "facts.json",
    "calculators.zip.gz",
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "library.zip.gz",
]


@pytest.mark.parametrize("name", ["page.js", "calculator.js", "build.js"])
def test_f2_a8_a_missing_file_of_the_page(new_page: Page, server: Site, name: str) -> None:
    server.missing.add(name)
    new_page.goto(server.address + "one/")
    calculator = new_page.locator("#calc-1")
    expect_status(calculator, NOT_LOADED)
    expect(calculator.locator(".calc-noscript")).to_be_hidden()
    expect_total(calculator, "10 × 2 small no a units")
    server.heal()
    calculator.get_by_role("button", name="Try again").click()
    expect(new_page.locator("#calc-1[data-live]")).to_be_visible()


def test_f2_f3_a8_a_missing_file_of_the_worker(new_page: Page, server: Site) -> None:
    fails_until_healed(new_page, server, [({name}, {}) for name in WORKER_FILES])


def test_f2_f3_a8_another_text_instead_of_a_file_of_the_worker(new_page: Page, server: Site) -> None:
    """A page to log in comes in the place of any file, and the browser may keep it."""
    log_in = b"<!doctype html><title>Log in</title>"
    cut_off = b"\0asm\1\0\0\0\1cut off"
    # The script comes first: what is kept of it from the first try must not be what the next tries run.
    replaced = [{name: log_in} for name in WORKER_FILES]
    other_build = b'{"unit": "others"}'
    more = [{"pyodide.asm.wasm": cut_off}, {"facts.json": other_build}]
    fails_until_healed(new_page, server, [(set(), it) for it in [*replaced, *more]])


def fails_until_healed(page: Page, server: Site, faults: list[tuple[set[str], dict[str, bytes]]]) -> None:
    """Hold that the calculator says of each fault, one after the other, that it did not start, and starts at last."""
    calculator = visit(page, server)
    retry = calculator.get_by_role("button", name="Try again")
    for number, (server.missing, server.replaced) in enumerate(faults):
        server.asked.clear()
        if number == 0:
            amount(calculator).fill("11")
        else:
            retry.click()
        expect(retry).to_be_visible()
        expect_status(calculator, NOT_STARTED)
        expect(calculator).to_contain_class("is-stale")
        expect(calculator).not_to_contain_class("is-busy")
        expect(calculator.locator(".calc-stale")).to_be_visible()
        expect(calculator.locator(".total")).to_have_text("10 × 2 small no a units")
        name = [*server.missing, *server.replaced][0]
        assert [path for path in server.asked if path.endswith(f"/{name}")], f"{name} was asked for in this try"
    server.missing, server.replaced = set(), {}
    retry.click()
    expect_total(calculator, "11 × 2 small no a units")
    expect(retry).to_have_count(0)


def test_f6_a8_a_start_that_stalls_ends_after_a_minute(new_page: Page, server: Site) -> None:
    server.held["worker.js"] = threading.Event()
    new_page.clock.install()
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_status(calculator, "Loading the calculator…")
    new_page.clock.run_for(59_000)
    expect_status(calculator, "Loading the calculator…")
    new_page.clock.run_for(2_000)
    expect_status(calculator, SILENT)
    server.heal()
    calculator.get_by_role("button", name="Try again").click()
    expect_total(calculator, "11 × 2 small no a units")


def test_r2_an_error_in_python_shows_no_traceback_and_the_next_question_works(calculator: Locator) -> None:
    logged: list[str] = []
    calculator.page.on("console", lambda message: logged.append(message.text))
    amount(calculator).fill("break")
    expect_status(calculator, BROKE)
    expect(calculator.locator(".calc-stale")).to_be_visible()
    assert "ValueError" in " ".join(logged)
    assert "a message that quotes" not in " ".join(logged), "the words of an error may hold what a reader typed"
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")


def test_r3_a9_an_interpreter_that_broke_is_replaced(page: Page, server: Site) -> None:
    started = workers(page)
    calculator = visit(page, server)
    amount(calculator).fill("abort")
    expect_status(calculator, BROKE)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    assert len(started) == 2


@pytest.mark.parametrize("way", ["deep", "memory"])
def test_r3_r4_a9_an_interpreter_that_broke_otherwise_is_replaced(page: Page, server: Site, way: str) -> None:
    """Brackets nested too deep, and memory that nobody has: neither may be the last question."""
    started = workers(page)
    calculator = visit(page, server)
    amount(calculator).fill(way)
    expect_status(calculator, BROKE)
    expect(calculator.locator(".calc-stale")).to_be_visible()
    expect(amount(calculator)).to_have_value(way)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    assert len(started) == 2


def test_r1_a9_a_computation_without_end_is_stopped(new_page: Page, server: Site) -> None:
    """The page stays awake beside it, what was typed stays, and the next answer is right."""
    new_page.clock.install()
    started = workers(new_page)
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    amount(calculator).fill("loop")
    new_page.clock.run_for(1_000)
    expect(calculator).to_contain_class("is-busy")
    expect(calculator.locator(".calc-stale")).to_be_visible()
    new_page.clock.run_for(60_000)
    expect_status(calculator, SILENT)
    expect(amount(calculator)).to_have_value("loop")
    expect(calculator.locator(".total")).to_have_text("11 × 2 small no a units")
    amount(calculator).fill("12")
    calculator.get_by_role("button", name="Try again").click()
    expect_total(calculator, "12 × 2 small no a units")
    assert len(started) == 2


def test_r9_a25_a_tab_that_slept_is_not_taken_for_one_that_failed(new_page: Page, server: Site) -> None:
    """The clock leaps by an hour while a question is out, as it does when a computer wakes up."""
    new_page.clock.install()
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    amount(calculator).fill("slow")
    new_page.clock.fast_forward(3_600_000)
    expect_total(calculator, "slow × 2 small no a units")
    expect(calculator.get_by_role("button", name="Try again")).to_have_count(0)


def test_f4_a8_a_browser_that_forbids_webassembly_is_told_apart(new_page: Page, server: Site) -> None:
    policy = server.headers["Content-Security-Policy"]
    server.headers["Content-Security-Policy"] = policy.replace(" 'wasm-unsafe-eval'", "")
    try:
        calculator = visit(new_page, server)
        amount(calculator).fill("11")
        expect_status(calculator, FORBIDDEN)
    finally:
        server.headers["Content-Security-Policy"] = policy


def test_edits_after_a_failure_wait_for_trying_again(new_page: Page, server: Site) -> None:
    server.missing.add("worker.js")
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_status(calculator, NOT_STARTED)
    server.heal()
    record(new_page, ".calc-status")
    amount(calculator).fill("12")
    retry = calculator.get_by_role("button", name="Try again")
    expect(retry).to_have_count(1)
    amount(calculator).fill("10")
    expect(calculator.locator(".calc-stale")).to_be_hidden()
    assert recorded(new_page) == [], "the message stands, and is not spoken again for each edit"
    amount(calculator).fill("13")
    retry.click()
    expect(calculator.locator(".calc-status")).to_be_focused()
    expect(calculator.locator(".total")).to_have_text("13 × 2 small no a units")
