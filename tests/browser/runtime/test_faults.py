"""Whatever fails, the page says so in plain words, its figures stay readable, and trying again works."""

import gzip
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from tests.browser.conftest import started
from tests.browser.reading import amount, expect_status, expect_total, guarded, record, recorded, visit, workers
from tests.conftest import ROOT, SAVE_DATA
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

NOT_STARTED = (
    "The calculator did not start. The figures shown do not use your numbers. Check your connection, then try again."
)
NOT_LOADED = (
    "The calculator could not be loaded. The figures shown are the worked example. "
    "Check your connection, then try again."
)
BROKE = "The calculator could not work this out. The figures shown do not use your numbers."
STALLED = (
    "The calculator has not answered for a minute. The figures shown do not use your numbers. "
    "Check your connection, then try again."
)
STOPPED = (
    "The calculator took too long and was stopped. The figures shown do not use your numbers. "
    "Use smaller numbers, or try again."
)

FORBIDDEN = (
    "This browser does not allow WebAssembly, which the calculator needs. The figures shown do not use your numbers. "
    "Open this page in another browser to change the numbers."
)

WORKER_FILES = [
    "worker.js",
    "facts.json",
    "calculators.bin",
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm.bin",
    "library.zip.bin",
]


SCRIPTS = ROOT / "docs" / "assets" / "javascripts"


def imported(name: str) -> set[str]:
    """A script and all that it imports, by name."""
    imports = re.findall(r'^import .* from "\./(\w+\.js)";$', (SCRIPTS / name).read_text("utf-8"), re.MULTILINE)
    return {name}.union(*(imported(module) for module in imports if module != "build.js"), {"build.js"} & set(imports))


def test_every_script_of_the_worker_is_fetched_anew_where_it_is_tried_again() -> None:
    (listed,) = re.findall(r"^const SCRIPTS = \[(.*)\];$", (SCRIPTS / "runtime.js").read_text("utf-8"), re.MULTILINE)
    assert sorted(re.findall(r'"(.+?)"', listed)) == sorted(imported("worker.js") - {"build.js"})


PAGE_FILES = sorted(imported("page.js"))
PROGRAM_FILES = sorted({*imported("worker.js") - {"build.js"}, *WORKER_FILES})


def not_loaded_until_healed(page: Page, server: Site) -> None:
    """Hold that the calculator says that it was not loaded, beside the worked example, and that trying again helps."""
    calculator = page.locator("#calc-1")
    expect_status(calculator, NOT_LOADED)
    expect(calculator.locator(".calc-noscript")).to_be_hidden()
    expect(amount(calculator)).to_be_disabled()
    expect_total(calculator, "10 × 2 small no a units")
    server.heal()
    calculator.get_by_role("button", name="Try again").click()
    expect(page.locator("#calc-1[data-live]")).to_be_visible()


@pytest.mark.promise("F2", "A8")
@pytest.mark.parametrize("name", ["page.js", "calculator.js", "build.js"])
def test_a_missing_file_of_the_page(new_page: Page, server: Site, name: str) -> None:
    server.missing.add(name)
    new_page.goto(server.address + "one/")
    not_loaded_until_healed(new_page, server)


@pytest.mark.promise("F2", "A8")
def test_without_the_first_script_nothing_pretends_to_work(new_page: Page, server: Site) -> None:
    """It cannot speak for itself, so the page's own words stand, and say to reload."""
    server.missing.add("loader.js")
    calculator = new_page.locator("#calc-1")
    new_page.goto(server.address + "one/", wait_until="networkidle")
    expect(calculator.locator(".calc-noscript")).to_be_visible()
    expect(amount(calculator)).to_be_disabled()
    expect_total(calculator, "10 × 2 small no a units")
    server.heal()
    amount(visit(new_page, server)).fill("11")
    expect_total(calculator, "11 × 2 small no a units")


@pytest.mark.promise("F2", "A8")
def test_without_the_scripts_of_the_theme_a_calculator_answers(new_page: Page, server: Site) -> None:
    assert server.folder
    server.missing |= {path.name for path in (server.folder / "assets" / "javascripts").glob("bundle.*.js")}
    assert server.missing
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")


FAULTS = ("missing", "truncated", "corrupt", "of another type", "a page to log in", "stalled")
REPAIRED = (".json", ".bin")
"""What starts under any content type: the page knows what it asked for."""


def put(fault: str, server: Site, name: str) -> None:
    """Break a file on the server in one of the ways."""
    assert server.folder
    (path,) = {found_path.name: found_path for found_path in server.folder.glob(f"assets/runtime/*/{name}")}.values()
    content = path.read_bytes()
    if fault == "missing":
        server.missing.add(name)
    elif fault == "truncated":
        server.replaced[name] = content[: content.rindex(b"{") + 1 if path.suffix in (".js", ".mjs") else -100]
    elif fault == "corrupt":
        position = content.index(b"{") if path.suffix in (".js", ".mjs") else len(content) // 2
        server.replaced[name] = content[:position] + (b"\0" if content[position] else b"\1") + content[position + 1 :]
    elif fault == "of another type":
        server.types[name] = "text/plain"
    elif fault == "a page to log in":
        server.replaced[name], server.types[name] = b"<!doctype html><title>Log in</title>", "text/html"
    else:
        server.delayed[name] = threading.Event()


def in_a_new_profile(chromium: Browser, server: Site, fault: str) -> Iterator[Page]:
    """A page with an empty cache, and the clock in the test's hands where it has to run for a minute."""
    context = chromium.new_context()
    context.add_init_script(SAVE_DATA)
    page = context.new_page()
    if fault == "stalled":
        page.clock.install()
    yield from guarded(page, server)
    context.close()


def let_a_minute_pass(page: Page, server: Site, name: str) -> None:
    """Once a file that stalls was asked for, and as often as others that come start the minute anew."""
    while not [path for path in server.asked if path.endswith(f"/{name}")]:
        page.wait_for_timeout(50)
    retry = page.get_by_role("button", name="Try again")
    while retry.count() == 0:
        page.clock.run_for(61_000)
        page.wait_for_timeout(200)


@pytest.mark.promise("F2", "F6", "A8")
@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", PAGE_FILES)
def test_each_fault_of_each_file_of_the_page(chromium: Browser, server: Site, name: str, fault: str) -> None:
    for page in in_a_new_profile(chromium, server, fault):
        put(fault, server, name)
        page.goto(server.address + "one/", wait_until="commit")
        if fault == "stalled":
            let_a_minute_pass(page, server, name)
        not_loaded_until_healed(page, server)


@pytest.mark.promise("F2", "F3", "F6", "A8")
@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", PROGRAM_FILES)
def test_each_fault_of_each_file_of_the_worker(chromium: Browser, server: Site, name: str, fault: str) -> None:
    for page in in_a_new_profile(chromium, server, fault):
        calculator = visit(page, server)
        put(fault, server, name)
        amount(calculator).fill("11")
        if fault == "of another type" and name.endswith(REPAIRED):
            expect_total(calculator, "11 × 2 small no a units")
            continue
        if fault == "stalled":
            let_a_minute_pass(page, server, name)
        expect_status(calculator, STALLED if fault == "stalled" else NOT_STARTED)
        expect(calculator.locator(".calc-stale")).to_be_visible()
        expect(calculator.locator(".total")).to_have_text("10 × 2 small no a units")
        server.heal()
        calculator.get_by_role("button", name="Try again").click()
        expect_total(calculator, "11 × 2 small no a units")


@pytest.mark.promise("F2", "F3", "A8")
def test_a_missing_file_of_the_worker(new_page: Page, server: Site) -> None:
    fails_until_healed(new_page, server, [({name}, {}) for name in WORKER_FILES])


@pytest.mark.promise("F2", "F3", "A8")
def test_another_text_instead_of_a_file_of_the_worker(new_page: Page, server: Site) -> None:
    """A page to log in comes in the place of any file, and the browser may keep it; the long run tries every file."""
    log_in = b"<!doctype html><title>Log in</title>"
    cut_off = gzip.compress(b"\0asm\1\0\0\0\1cut off")
    # The script comes first: what is kept of it from the first try must not be what the next tries run.
    replaced = [{"worker.js": log_in}, {"library.zip.bin": log_in}]
    other_build = b'{"unit": "others"}'
    more = [{"pyodide.asm.wasm.bin": cut_off}, {"facts.json": other_build}]
    fails_until_healed(new_page, server, [(set(), name) for name in [*replaced, *more]])


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
        name = [*server.missing, *server.replaced][0]
        for _ in range(300):  # what stands there until then is of the try before
            if any(path.endswith(f"/{name}") for path in server.asked):
                break
            page.wait_for_timeout(100)
        else:
            pytest.fail(f"{name} was not asked for in this try")
        expect(retry).to_be_visible()
        expect_status(calculator, NOT_STARTED)
        expect(calculator).to_contain_class("is-stale")
        expect(calculator).not_to_contain_class("is-busy")
        expect(calculator.locator(".calc-stale")).to_be_visible()
        expect(calculator.locator(".total")).to_have_text("10 × 2 small no a units")
    server.missing, server.replaced = set(), {}
    retry.click()
    expect_total(calculator, "11 × 2 small no a units")
    expect(retry).to_have_count(0)


def hold_clock(page: Page) -> None:
    """From now on seconds pass on the page only where a test says so, however slow the machine is."""
    page.clock.pause_at(page.evaluate("() => Date.now()") / 1000 + 60)


@pytest.mark.promise("F6", "A8")
def test_a_start_that_stalls_ends_after_a_minute(new_page: Page, server: Site) -> None:
    server.delayed["worker.js"] = threading.Event()
    new_page.clock.install()
    calculator = visit(new_page, server)
    hold_clock(new_page)
    amount(calculator).fill("11")
    expect_status(calculator, "Loading the calculator…")
    new_page.clock.run_for(59_000)
    expect_status(calculator, "Loading the calculator…")
    new_page.clock.run_for(2_000)
    expect_status(calculator, STALLED)
    new_page.clock.resume()
    server.heal()
    calculator.get_by_role("button", name="Try again").click()
    expect_total(calculator, "11 × 2 small no a units")


@pytest.mark.promise("R2")
def test_an_error_in_python_shows_no_traceback_and_the_next_question_works(calculator: Locator) -> None:
    logged: list[str] = []
    calculator.page.on("console", lambda message: logged.append(message.text))
    amount(calculator).fill("break")
    expect_status(calculator, BROKE)
    expect(calculator.locator(".calc-stale")).to_be_visible()
    assert not re.search(r"Traceback|File \"|ValueError|quotes|\.py", calculator.page.locator("body").inner_text())
    assert "ValueError" in " ".join(logged)
    assert "a message that quotes" not in " ".join(logged), "the words of an error may hold what a reader typed"
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")


@pytest.mark.promise("R3", "A9")
def test_an_interpreter_that_broke_is_replaced(page: Page, server: Site) -> None:
    started = workers(page)
    calculator = visit(page, server)
    amount(calculator).fill("abort")
    expect_status(calculator, BROKE)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    assert len(started) == 2


@pytest.mark.promise("R3", "R4", "A9")
@pytest.mark.parametrize("way", ["deep", "memory"])
def test_an_interpreter_that_broke_otherwise_is_replaced(page: Page, server: Site, way: str) -> None:
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


def answered(page: Page, server: Site) -> Locator:
    """A calculator that has answered 11, with the clock in the test's hands."""
    page.clock.install()
    calculator = visit(page, server)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    return calculator


@pytest.mark.promise("R1", "A9")
def test_a_computation_without_end_is_stopped(new_page: Page, server: Site) -> None:
    """The page stays awake beside it, what was typed stays, and another interpreter stands ready."""
    started = workers(new_page)
    calculator = answered(new_page, server)
    hold_clock(new_page)
    amount(calculator).fill("loop")
    new_page.clock.run_for(1_000)
    expect(calculator).to_contain_class("is-busy")
    expect(calculator.locator(".calc-stale")).to_be_visible()
    expect_status(calculator, "Computing…")
    new_page.clock.run_for(5_000)
    expect_status(calculator, STOPPED)
    new_page.clock.resume()
    expect(calculator.get_by_role("button", name="Stop")).to_have_count(0)
    expect(amount(calculator)).to_have_value("loop")
    expect(calculator.locator(".total")).to_have_text("11 × 2 small no a units")
    assert len(started) == 2
    amount(calculator).fill("12")
    expect_total(calculator, "12 × 2 small no a units")
    amount(calculator).fill("loop")
    expect(calculator.locator(".calc-stale")).to_be_visible()
    amount(calculator).fill("13")
    new_page.clock.run_for(6_000)
    expect_total(calculator, "13 × 2 small no a units")
    assert len(started) == 3


@pytest.mark.promise("R1")
def test_many_questions_before_the_start_are_not_taken_for_silence(new_page: Page, server: Site) -> None:
    """Each answer is a sign of life, though all questions waited for the same start."""
    worker = (SCRIPTS / "worker.js").read_text("utf-8")
    answering = "self.postMessage({ id, text:"
    assert worker.count(answering) == 1
    slow = "for (const begin = performance.now(); performance.now() < begin + 1500; );\n"
    server.replaced["worker.js"] = worker.replace(answering, slow + answering).encode()
    visit(new_page, server)
    given = {"amount": "12", "model": "small", "caching": "no", "tier": "a"}
    ask_all = "(asked) => Promise.all(asked.map((given) => window.__calculators.ask('toy', given)))"
    assert len(new_page.evaluate(ask_all, [given] * 5)) == 5


@pytest.mark.promise("R1")
def test_a_first_answer_may_take_longer(new_page: Page, server: Site) -> None:
    """A browser compiles what runs for the first time, which takes some of them many seconds."""
    new_page.clock.install()
    started = workers(new_page)
    calculator = visit(new_page, server)
    new_page.evaluate("() => window.__calculators.ready")
    hold_clock(new_page)
    amount(calculator).fill("loop")
    new_page.clock.run_for(1_000)
    expect(calculator).to_contain_class("is-busy")
    new_page.clock.run_for(27_000)
    expect_status(calculator, "Computing…")
    new_page.clock.run_for(3_000)
    expect_status(calculator, STOPPED)
    assert len(started) == 2


@pytest.mark.promise("R1", "A9")
def test_a_reader_stops_what_takes_long(new_page: Page, server: Site) -> None:
    """By keyboard, and the focus stays where the message is."""
    started = workers(new_page)
    calculator = answered(new_page, server)
    expect(calculator.get_by_role("button", name="Stop")).to_have_count(0)
    hold_clock(new_page)
    amount(calculator).fill("loop")
    new_page.clock.run_for(1_000)
    calculator.get_by_role("button", name="Stop").press("Enter")
    expect_status(calculator, "Stopped. The figures shown do not use your numbers.")
    expect(calculator.locator(".calc-status")).to_be_focused()
    expect(calculator.get_by_role("button", name="Stop")).to_have_count(0)
    expect(amount(calculator)).to_have_value("loop")
    expect(calculator.locator(".calc-stale")).to_be_visible()
    assert len(started) == 2
    new_page.clock.resume()
    amount(calculator).fill("12")
    expect_total(calculator, "12 × 2 small no a units")
    expect(calculator.get_by_role("button", name="Try again")).to_have_count(0)


@pytest.mark.promise("R9", "A25")
def test_a_tab_that_slept_is_not_taken_for_one_that_failed(new_page: Page, server: Site) -> None:
    """The clock leaps by an hour while a question is out, as it does when a computer wakes up."""
    calculator = answered(new_page, server)
    hold_clock(new_page)
    amount(calculator).fill("slow")
    new_page.clock.fast_forward(3_600_000)
    expect_total(calculator, "slow × 2 small no a units")
    expect(calculator.get_by_role("button", name="Try again")).to_have_count(0)


@pytest.mark.promise("F2", "F4", "A8")
@pytest.mark.parametrize(
    ("allowed", "instead", "message"),
    [
        (" 'wasm-unsafe-eval'", "", FORBIDDEN),
        ("worker-src 'self' blob:", "worker-src 'none'", NOT_STARTED),
    ],
)
def test_what_a_policy_forbids_is_told(new_page: Page, server: Site, allowed: str, instead: str, message: str) -> None:
    policy = server.headers["Content-Security-Policy"]
    assert allowed in policy
    server.headers["Content-Security-Policy"] = policy.replace(allowed, instead)
    try:
        calculator = visit(new_page, server)
        amount(calculator).fill("11")
        expect_status(calculator, message)
        expect(calculator.get_by_role("button", name="Try again")).to_be_visible()
        expect(calculator.locator(".total")).to_have_text("10 × 2 small no a units")
    finally:
        server.headers["Content-Security-Policy"] = policy


@pytest.mark.promise("F4", "A8")
def test_a_browser_without_webassembly_is_told_apart(playwright: Playwright, tmp_path: Path, server: Site) -> None:
    server.asked.clear()
    with started(playwright, tmp_path, args=["--js-flags=--jitless"]) as context:
        for page in guarded(context.new_page(), server):
            calculator = visit(page, server)
            amount(calculator).fill("11")
            expect_status(calculator, FORBIDDEN)
            expect(calculator.locator(".total")).to_have_text("10 × 2 small no a units")
    begun = [path for path in server.asked if "pyodide" in path]
    assert begun == [], "Python's loader would break where nobody waits for it"


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
