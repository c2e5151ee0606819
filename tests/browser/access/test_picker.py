"""The search among models: by keyboard, filters and clicks, with prices; the list beside it works without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.domain.records import ModelPrice
from calculators.engine.questions.question import Question
from tests.browser.access.axe import WAYS, findings
from tests.browser.real import AWAY, calculator, control, forget_case, go, kept_case, settled
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

NAME = "prompting/models"
LUNA, SMALLEST = "openai/gpt-6-luna", "mistral/ministral-3b-2512"


@pytest.fixture(scope="module")
def reader(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """One page for all of it, on which axe may run."""
    context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def opened(section: Locator, path: str) -> Locator:
    """The dialog of a list, opened by keyboard, with its prices."""
    return opened_on(section, path, section.get_attribute("data-facts") or "")


def opened_on(section: Locator, path: str, day: str) -> Locator:
    """The same with the prices of a day."""
    control(section, path)
    button = section.locator(f"[name='{path}'] + [data-pick]")
    button.focus()
    section.page.keyboard.press("Enter")
    dialog = section.get_by_role("dialog")
    expect(dialog.get_by_role("combobox", name="Search")).to_be_focused()
    expect(dialog.locator("ul")).to_have_attribute("data-about", f"US dollars for a million tokens, on {day}")
    return dialog


def rows(dialog: Locator) -> Locator:
    """The models that are shown; the filters have options, too."""
    return dialog.get_by_role("listbox").get_by_role("option")


def active(dialog: Locator) -> Locator:
    """The option that a screen reader speaks."""
    id = dialog.get_by_role("combobox", name="Search").get_attribute("aria-activedescendant")
    return dialog.locator(f"#{id}")


def test_a_model_is_found_and_chosen_by_keyboard_alone(reader: Page, real_site: Site) -> None:
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "model")
    expect(active(dialog)).to_contain_text("GPT-6.2 Sol")
    expect(active(dialog)).to_have_attribute("aria-selected", "true")
    reader.keyboard.type("mistral 3b")
    expect(rows(dialog)).to_have_count(1)
    expect(rows(dialog)).to_have_text("Ministral 3 3B Mistral $0.10 in · $0.10 out small: 3.8 billion parameters")
    reader.keyboard.press("ControlOrMeta+a")
    reader.keyboard.type("gpt-6")
    names = rows(dialog).locator("b").all_inner_texts()
    for key, place in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        reader.keyboard.press(key)
        expect(active(dialog).locator("b")).to_have_text(names[place])
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    settled(section)
    expect(section.locator("[name=model] option:checked")).to_have_text(names[0])
    expect(section.locator("[name=model] + [data-pick]")).to_be_focused()


def test_each_word_begins_a_word_of_its_own(reader: Page, real_site: Site) -> None:
    """`3 3` is no 3 14B, in whichever order; and a list that nothing fits says so to a screen reader, too."""
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "model")
    for words in ("ministral 3 3", "3b 3 ministral", "3 3b mistral"):
        dialog.get_by_role("combobox", name="Search").fill(words)
        expect(rows(dialog).locator("b")).to_have_text(["Ministral 3 3B"])
        expect(active(dialog)).to_contain_text("Ministral 3 3B")
    for words in ("gpt5 mini", "gpt5mini", "GPT-5 mini"):
        dialog.get_by_role("combobox", name="Search").fill(words)
        expect(rows(dialog).locator("b").get_by_text("GPT-5 mini", exact=True)).to_have_count(1)
    dialog.get_by_role("combobox", name="Search").fill("sonnet5")
    expect(active(dialog).locator("b")).to_contain_text("Sonnet 5")
    dialog.get_by_role("combobox", name="Search").fill("3 3b mistral")
    reader.keyboard.type(" no such model")
    expect(dialog.get_by_role("status")).to_have_text("No model fits. Change the words or a filter")
    reader.keyboard.press("Escape")


def test_a_model_that_is_no_longer_sold_is_marked_and_of_no_kind(reader: Page, real_site: Site) -> None:
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "shortlist")
    ended = rows(dialog).filter(has_text="shut down on 20")
    expect(ended).not_to_have_count(0)
    for third in "012":
        dialog.get_by_label("Price or size").select_option(third)
        expect(rows(dialog)).not_to_have_count(0)
        expect(ended).to_have_count(0)
    reader.keyboard.press("Escape")


def test_a_model_that_has_shut_down_is_not_ticked(reader: Page, real_site: Site, catalogue: Catalogue) -> None:
    """Neither by a click, nor by its name, nor in the list; one that will shut down is, until that day."""
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "shortlist")
    ended = rows(dialog).filter(has_text="shut down on 20").first
    name = ended.locator("b").inner_text()
    expect(ended).to_have_attribute("aria-disabled", "true")
    ended.click(force=True)
    dialog.get_by_role("combobox", name="Search").fill(name)
    reader.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text(", 0 chosen")
    reader.keyboard.press("Escape")
    option = section.locator("[name=shortlist] option", has_text=name).first
    expect(option).to_be_disabled()
    option.click(force=True)
    expect(section.locator("[name=shortlist] option:checked")).to_have_count(0)
    known = catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of).values()
    ending = next(model for model in known if model.retires > catalogue.facts.as_of)
    control(section, "as_of").fill(ending.retires)
    settled(section)
    dialog = opened_on(section, "shortlist", ending.retires)
    later = rows(dialog).filter(has=reader.get_by_text(ending.name, exact=True)).first
    expect(later).to_contain_text(f"shut down on {ending.retires}")
    later.click(force=True)
    expect(dialog.get_by_role("status")).to_contain_text(", 0 chosen")
    reader.keyboard.press("Escape")
    control(section, "as_of").fill(catalogue.facts.as_of)
    settled(section)
    dialog = opened(section, "shortlist")
    rows(dialog).filter(has=reader.get_by_text(ending.name, exact=True)).first.click()
    expect(dialog.get_by_role("status")).to_contain_text(", 1 chosen")
    reader.keyboard.press("Escape")
    forget_case(reader)


def test_what_is_found_is_in_view_whatever_was_chosen_before(reader: Page, real_site: Site) -> None:
    """What was reached before stays among what is found: the search begins at the first of it, or at the very name."""
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "model")
    search = dialog.get_by_role("combobox", name="Search")
    search.fill("gpt")
    for _ in range(5):
        reader.keyboard.press("ArrowDown")  # what is typed next finds this one, too
    exact = rows(dialog).filter(has=reader.locator("b").get_by_text("GPT-5", exact=True))
    for words, first in (("gpt-", rows(dialog).first), ("gpt-5", exact)):
        search.fill(words)
        expect(active(dialog)).to_have_id(first.get_attribute("id") or "")
        expect(first).to_be_in_viewport(ratio=1)
    reader.keyboard.press("Escape")


ALL_SELECTED = "(field) => field.selectionEnd - field.selectionStart === field.value.length"


def test_what_was_found_stays_after_a_tick(reader: Page, real_site: Site) -> None:
    """Whoever typed several names ticks each of them; a row that gave way to others would be ticked by mistake."""
    section = calculator(reader, real_site, NAME)
    section.locator("[name=shortlist] + [data-pick]").click()
    dialog = section.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Search").fill("GPT-6.1, Ministral 3")
    expect(dialog.get_by_role("status")).to_contain_text("of")
    count = rows(dialog).count()
    rows(dialog).first.click()
    expect(rows(dialog)).to_have_count(count)
    reader.keyboard.press("Escape")


def test_three_models_are_compared_in_five_taps(chromium: Browser, real_site: Site) -> None:
    """On a phone, from the start of the page: the search, each of the three, and to their comparison."""
    context = chromium.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    page = context.new_page()
    section = calculator(page, real_site, NAME)
    taps = [section.locator("[name=shortlist] + [data-pick]")]
    taps[0].tap()
    dialog = section.get_by_role("dialog")
    search = dialog.get_by_role("combobox", name="Search")
    for name in ("GPT-6 Luna", "Ministral 3 3B", "GPT-6.1 Terra"):
        expect(search).to_be_focused()
        assert search.evaluate(ALL_SELECTED), "the next name takes the place of the one before"
        page.keyboard.type(name)
        taps.append(rows(dialog).filter(has=page.get_by_text(name, exact=True)))
        taps[-1].tap()
    taps.append(dialog.get_by_role("button", name="Close"))
    taps[-1].tap()
    settled(section)
    heads = section.locator(".result-block", has_text="side by side").locator("tbody th")
    expect(heads).to_have_text(["Ministral 3 3B", "GPT-6 Luna", "GPT-6.1 Terra", "GPT-6.2 Solin use"])
    expect(heads.first).to_be_in_viewport()
    assert len(taps) == 5
    context.close()


def test_the_dialog_is_walked_in_the_order_in_which_one_reads(reader: Page, real_site: Site) -> None:
    """From the search over the filters to the way out; the list is walked by the arrows of the search."""
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "shortlist")
    order = ["Search", "Provider", "Price or size", "Close"]
    focus = "document.activeElement"
    name_in_focus = f"() => {focus}.labels?.[0]?.firstChild.textContent ?? {focus}.textContent"
    names = [reader.evaluate(name_in_focus)]
    for _ in order[1:]:
        reader.keyboard.press("Tab")
        names.append(reader.evaluate(name_in_focus))
    assert [name.strip() for name in names] == order
    reader.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def test_a_plain_click_in_the_shortlist_keeps_the_others(reader: Page, real_site: Site) -> None:
    """Where a browser would choose the clicked one alone, and a reader would lose a list without a word."""
    section = calculator(reader, real_site, NAME)
    shortlist = control(section, "shortlist")
    for id in (LUNA, SMALLEST):
        shortlist.locator(f"option[value='{id}']").click()
    expect(section.locator("[data-field=shortlist] .field-echo")).to_have_text("2 chosen: Ministral 3 3B, GPT-6 Luna")
    shortlist.locator(f"option[value='{LUNA}']").click()
    expect(section.locator("[data-field=shortlist] .field-echo")).to_have_text("1 chosen: Ministral 3 3B")
    forget_case(reader)


def test_escape_changes_nothing(reader: Page, real_site: Site) -> None:
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "model")
    reader.keyboard.type("mistral")
    reader.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(control(section, "model")).to_have_value("openai/gpt-6.2-sol")
    expect(section.locator("[name=model] + [data-pick]")).to_be_focused()


def test_filters_leave_what_fits_both(reader: Page, real_site: Site) -> None:
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "model")
    dialog.get_by_label("Provider").select_option("Mistral")
    whole = rows(dialog).count()
    expect(dialog.get_by_role("status")).to_contain_text(f"{whole} of ")
    dialog.get_by_label("Price or size").select_option(label="Known to be small")
    expect(rows(dialog).locator("b")).to_have_text(["Ministral 3 8B", "Ministral 3 3B"])
    dialog.get_by_label("Provider").select_option("Groq")
    dialog.get_by_label("Price or size").select_option("2")
    expect(rows(dialog)).to_have_count(0)
    reader.keyboard.press("Escape")


def test_a_shortlist_is_ticked_compared_and_kept(reader: Page, real_site: Site, catalogue: Catalogue) -> None:
    """In the answer, the case and a link, which opens on another page as it was."""
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "shortlist")
    expect(dialog.get_by_role("listbox")).to_have_attribute("aria-multiselectable", "true")
    for name in ("GPT-6 Luna", "Ministral 3 3B", "GPT-6.1 Terra", "GPT-6.1 Terra"):
        rows(dialog).filter(has=reader.get_by_text(name, exact=True)).click()
    expect(dialog.get_by_role("status")).to_contain_text(", 2 chosen")
    dialog.get_by_role("button", name="Close").click()
    settled(section)
    ids = f"{SMALLEST},{LUNA}"  # as the list has them
    heads = section.locator(".result-block", has_text="side by side").locator("tbody th")
    expect(heads).to_have_text(["Ministral 3 3B", "GPT-6 Luna", "GPT-6.2 Solin use"])
    expect(section.locator("[data-field=shortlist] .field-echo")).to_have_text("2 chosen: Ministral 3 3B, GPT-6 Luna")
    assert kept_case(reader)[f"{NAME} shortlist"]["text"] == ids
    assert "Cheapest model for this work" in catalogue.answer(Question(NAME, {"shortlist": ids}, form="text"))
    go(reader, real_site, AWAY)
    forget_case(reader)
    reader.goto(f"{real_site.address}cost/models/#numbers=1&calculator={NAME}&.shortlist={ids}")
    again = reader.locator("section.calc-full[data-live]")
    settled(again)
    assert again.locator("[name=shortlist] option:checked").all_inner_texts() == ["Ministral 3 3B", "GPT-6 Luna"]


def test_several_names_are_typed_at_once(reader: Page, real_site: Site) -> None:
    """The name that fits several models exactly is chosen; one that leaves a choice stays in the search."""
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "shortlist")
    search = dialog.get_by_role("combobox", name="Search")
    reader.keyboard.type("gpt-6 luna, GPT-5, terra, ")
    assert {"GPT-6 Luna", "GPT-5", "GPT-5 mini", "GPT-6.1 Terra"} <= set(rows(dialog).locator("b").all_inner_texts())
    reader.keyboard.press("Enter")
    expect(search).to_have_value(" terra")
    expect(dialog.get_by_role("status")).to_contain_text(", 2 chosen")
    assert all("Terra" in name for name in rows(dialog).locator("b").all_inner_texts())
    search.fill("GPT-6.1 terra, Ministral 3 3B")
    reader.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    names = section.locator("[name=shortlist] option:checked").all_inner_texts()
    assert sorted(names) == ["GPT-5", "GPT-6 Luna", "GPT-6.1 Terra", "Ministral 3 3B"]
    settled(section)
    dialog = opened(section, "shortlist")
    search.fill("DeepSeek V4 Pro, off-peak")  # a name with a comma of its own
    expect(rows(dialog)).to_have_count(1)
    reader.keyboard.press("Escape")
    dialog = opened(section, "model")
    reader.keyboard.type("gpt-6 luna, GPT-5")
    expect(rows(dialog)).to_have_count(0)
    reader.keyboard.press("Escape")
    forget_case(reader)


def test_typed_names_are_listed_as_typed_and_then_compared_and_printed(reader: Page, real_site: Site) -> None:
    """What Enter has chosen comes into view, as after Close; on paper only what is chosen is left of the list."""
    calculator(reader, real_site, NAME)
    forget_case(reader)
    reader.reload()
    section = reader.locator("section.calc-full[data-live]")
    dialog = opened(section, "shortlist")
    reader.keyboard.type("GPT-6.1 Terra, GPT-6 Luna, Ministral 3 3B")
    expect(rows(dialog).locator("b")).to_have_text(["GPT-6.1 Terra", "GPT-6 Luna", "Ministral 3 3B"])
    reader.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    settled(section)
    heads = section.locator(".result-block", has_text="side by side").locator("tbody th")
    expect(heads.first).to_be_in_viewport()
    reader.emulate_media(media="print")
    field = section.locator("[data-field=shortlist]")
    expect(field.get_by_role("listbox")).to_be_hidden()
    expect(field.locator("[data-pick]")).to_be_hidden()
    expect(field.locator(".field-echo")).to_be_visible()
    expect(field.locator(".field-echo")).to_contain_text("3 chosen: ")
    reader.emulate_media(media="screen")
    forget_case(reader)


def test_a_link_with_a_model_that_is_not_listed_fills_nothing(reader: Page, real_site: Site) -> None:
    go(reader, real_site, AWAY)
    forget_case(reader)
    reader.goto(f"{real_site.address}cost/models/#numbers=1&calculator={NAME}&.shortlist={LUNA},a/word-of-a-stranger")
    section = reader.locator("section.calc-full[data-live]")
    expect(section.locator("[data-notice]")).to_contain_text("Nothing in this link was understood")
    expect(section.locator("[name=shortlist] option:checked")).to_have_count(0)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing_in_the_dialog_and_it_fits(reader: Page, real_site: Site, way: str) -> None:
    section = calculator(reader, real_site, NAME)
    dialog = opened(section, "shortlist")
    assert findings(reader, way, "dialog") == []
    assert dialog.evaluate("(it) => it.scrollWidth <= it.clientWidth && it.getBoundingClientRect().right <= innerWidth")
    reader.keyboard.press("Escape")


def test_without_its_module_the_list_stays(reader: Page, real_site: Site) -> None:
    page = reader.context.new_page()
    page.route("**/picker.js", lambda route: route.abort())
    section = calculator(page, real_site, NAME)
    control(section, "shortlist").select_option([LUNA, SMALLEST])
    section.locator("[name=shortlist] + [data-pick]").click()
    expect(section.locator("[data-told]")).to_contain_text("could not be loaded")
    expect(section.get_by_role("dialog")).to_have_count(0)
    settled(section)
    expect(section.locator("[data-field=shortlist] .field-echo")).to_contain_text("2 chosen")
    page.close()
