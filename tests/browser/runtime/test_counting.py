"""The browser counts tokens as CPython does, and loads a tokenizer only when a calculator counts with it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.catalogue import Catalogue
from macros.browser.bundle import TOKENIZER_FILES
from tests.browser.pyodide import Pyodide
from tests.browser.reading import workers
from tests.browser.real import calculator, control, go, until
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

ASK_ALL = "([name, asked]) => Promise.all(asked.map((given) => window.__calculators.ask(name, given, 'json')))"
SIX = ("role", "task", "constraints", "output_format", "context", "user_input")
ALPHABETS = [
    "abc XYZ 'sdmtLLveRE 0123456789",
    "\n\r\t  \u00a0\u0085\u2003\u2028\ufeff\u3000",
    "!?.,;:-_/\\(){}[]<>@#$%^&*+=~`|\"'",
    "äßçñøœ ÀÉ İı\u017f ǅ",
    "Привет мир Ёж",
    "お誕生日おめでとう。漢字仮名",
    "ﷺ مرحبا بالعالم ١٢٣",
    "नमस्ते दुनिया ऋषि",
    "สวัสดีชาวโลก",
    "안녕하세요 세계",
    "😀👍🏽👩‍👩‍👧‍👦🇩🇪🏴‍☠️✈️",
    "e\u0301o\u0308n\u0303 \u200b\u200d\u00ad",
    "½Ⅷ²①٣१",
    "<|endoftext|><|im_start|>",
    "\x00\x01\x1b\x7f",
]
WHOLE = [
    "",
    " ",
    "\n\n\n",
    "tiktoken is great!",
    "お誕生日おめでとう",
    "I'll we've THEY'RE don'T it'\u017f",
    "<|endoftext|>",
    "a" * 3000,
    " " * 3000 + "x",
    "e\u0301" * 1500,
    "漢" * 2500,
    "for (let i = 0; i < 10; i++) {\n\t\tconsole.log(`${i}`);\n\t}\n",
    "def f(x: int) -> int:\n    return x ** 2  # square\n\n\n",
    '{"a": [1, 2.5e-3, null], "b": "\\u00e9"}',
    "https://library.example/a?b=c#d",
    "SELECT * FROM t WHERE a = 'x' AND b <> 10;",
    "1234567890 12,345.67 3.14159",
    "AbcDefGHI snake_case kebab-case",
    "trailing   \n  indented\n\n",
    "\r\n\r\nline\r\n",
    "0x1F600 \\U0001F600",
    "🏳️‍🌈" * 40,
    "ab" * 700 + " " + "!" * 1200,
]


def strings(amount: int) -> Iterator[str]:
    """Every string above, then mixtures of alphabets."""
    yield from WHOLE
    chance = random.Random("tokens")
    for _ in range(amount - len(WHOLE)):
        signs = "".join(chance.sample(ALPHABETS, chance.choice((1, 2, 3))))
        yield "".join(chance.choice(signs) for _ in range(chance.choice((3, 20, 80))))


def asked_in_json(name: str, given: dict[str, str]) -> str:
    """A question as the Worker asks it."""
    return json.dumps({"calculator": name, "given": given, "form": "json"})


def test_every_section_of_a_prompt_has_the_same_tokens(pyodide: Pyodide, catalogue: Catalogue) -> None:
    texts = list(strings(900))
    tables = set()
    for begin in range(0, 900, 6):
        given = {**dict(zip(SIX, texts[begin : begin + 6], strict=True)), "form": "plain"}
        question = asked_in_json("prompting/builder", given)
        reply = pyodide.answer(question)
        assert reply == catalogue.answer_json(question), question
        tables.add(json.dumps(json.loads(reply)["tables"]))
    assert len(tables) > 100


ENCODINGS = ("cl100k_base", "o200k_base")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_example_of_a_file_has_the_same_tokens(pyodide: Pyodide, catalogue: Catalogue, encoding: str) -> None:
    """Ten to a file: their sum, mean, median, shortest and longest agree."""
    lines = [
        json.dumps(
            {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": text[::-1] or "-"}]}
        )
        for text in strings(600)
    ]
    for begin in range(0, 600, 10):
        given = {"training_text": "\n".join(lines[begin : begin + 10]), "encoding": encoding}
        question = asked_in_json("fine_tuning/dataset", given)
        assert pyodide.answer(question) == catalogue.answer_json(question), question


def test_the_pages_worker_counts_the_same_tokens(cost_page: Page, catalogue: Catalogue) -> None:
    """Every string of the list, in both encodings."""
    text = "\n".join(json.dumps({"messages": [{"role": "assistant", "content": text or "-"}]}) for text in WHOLE)
    givens = [{"training_text": text, "encoding": encoding} for encoding in ENCODINGS]
    replies = cost_page.evaluate(ASK_ALL, ["fine_tuning/dataset", [json.dumps(given) for given in givens]])
    assert replies == [catalogue.answer_json(asked_in_json("fine_tuning/dataset", given)) for given in givens]


ASK = "([name, given]) => window.__calculators.ask(name, given, 'json')"


def ranks(site: Site) -> list[str]:
    """The tokenizers that were asked for."""
    return [path.rpartition("/")[2] for path in site.asked if "/bpeRanks/" in path]


def test_a_tokenizer_comes_when_a_calculator_first_counts_with_it(new_real_page: Page, real_site: Site) -> None:
    new_real_page.evaluate(ASK, ["prompting/cost", {}])
    assert [path for path in real_site.asked if "gpt-tokenizer" in path] == []
    new_real_page.evaluate(ASK, ["prompting/builder", {}])
    assert ranks(real_site) == ["o200k_base.js"]
    new_real_page.evaluate(ASK, ["fine_tuning/dataset", {"encoding": "cl100k_base"}])
    new_real_page.evaluate(ASK, ["prompting/builder", {"task": "Another one."}])
    assert ranks(real_site) == ["o200k_base.js", "cl100k_base.js"]


RANKS = {"bpeRanks/o200k_base.js", "bpeRanks/cl100k_base.js"}


@pytest.mark.promise("F2", "A8")
def test_a_tokenizer_that_does_not_come_is_said_and_tried_again(new_real_page: Page, real_site: Site) -> None:
    """It is missing first, then a page to log in comes in its place, and then the file itself."""
    started = workers(new_real_page)
    go(new_real_page, real_site, "do/write-a-prompt/")
    section = new_real_page.locator("section.calc[data-live]").first
    retry = section.get_by_role("button", name="Try again")
    real_site.missing.add("o200k_base.js")
    control(section, "task").fill("Answer in one word.")
    not_loaded(section)
    real_site.heal()
    real_site.replaced["o200k_base.js"] = b"<!doctype html><title>Log in</title>"
    tried_anew(real_site, retry)
    not_loaded(section)
    real_site.heal()
    tried_anew(real_site, retry)
    expect(section.locator("[data-result]")).to_contain_text("Answer in one word.")
    assert len(started) == 3, "two that failed, and one that answered"


def not_loaded(section: Locator) -> None:
    """Hold that the calculator says that the tokenizer is missing, beside figures that are out of date."""
    expect(section.get_by_role("button", name="Try again")).to_be_visible()
    expect(section.locator(".calc-status")).to_contain_text("The tokenizer could not be loaded")
    expect(section.locator(".calc-stale")).to_be_visible()


NOTE_LEAVING = """(button) => {
  window.hasLeft = false;
  const note = ({ removedNodes }) => (window.hasLeft ||= [...removedNodes].includes(button));
  new MutationObserver((changes) => changes.forEach(note)).observe(button.parentElement, { childList: true });
}"""
"""Notes that a button leaves the page: where the next failure comes soon, nobody sees the page without it."""


def tried_anew(site: Site, retry: Locator) -> None:
    """Try again, and hold that all of the tokenizer is asked for past what the browser has kept."""
    before = len(site.asked)
    retry.evaluate(NOTE_LEAVING)
    retry.click()
    until(retry.page, "() => window.hasLeft")
    wanted = {*TOKENIZER_FILES} - RANKS | {"bpeRanks/o200k_base.js"}
    for _ in range(100):
        anew = {path.split("?")[0].partition("gpt-tokenizer-")[2].partition("/")[2] for path in site.asked[before:]}
        if wanted <= anew:
            break
        retry.page.wait_for_timeout(100)
    assert anew - {""} == wanted, "all of it past what was kept"


def test_a_prompt_is_copied_with_its_lines(site_page: Page, real_site: Site) -> None:
    site_page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=real_site.address.rstrip("/"))
    section = calculator(site_page, real_site, "prompting/builder")
    control(section, "constraints").fill("One.\n\nTwo <b>.")
    expect(section.locator("[data-result]")).to_contain_text("Two <b>.")
    section.get_by_role("button", name="Copy: As plain text").click()
    expect(section.locator("[data-told]")).to_have_text("Copied.")
    copied = site_page.evaluate("() => navigator.clipboard.readText()")
    assert "Constraints:\nOne.\n\nTwo <b>.\n\nOutput format:\n" in copied
