"""A finger that touches a number means to replace it: there is no comfortable way to select it on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.real import calculator, control
from tests.conftest import SAVE_DATA
from tests.site.server import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("is_touched", "typed"), [(True, "7"), (False, "50,0007")])
def test_a_touched_number_is_replaced_by_what_is_typed(
    chromium: Browser, real_site: Site, is_touched: bool, typed: str
) -> None:
    """With a mouse the caret goes where the reader puts it."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, has_touch=is_touched, is_mobile=is_touched, reduced_motion="reduce"
    )
    context.add_init_script(SAVE_DATA)
    page = context.new_page()
    field = control(calculator(page, real_site, "prompting/cost"), "requests")
    if is_touched:
        field.tap()
    else:
        field.click()
        page.keyboard.press("End")
    page.keyboard.type("7")
    expect(field).to_have_value(typed)
    context.close()
