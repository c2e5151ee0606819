"""The theme's style sheets ship without what no page can use, and no page looks different for it."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Page

from macros.browser import styles
from tests.conftest import ROOT
from tests.site.server import Site

NAMES = styles.StyledNames({"a", "p"}, {"class", "used", "dir", "ltr", "open"}, {"made", "mermaid", "rtl"})

MET_BY_PAGES = """async ([addresses, selectors]) => {
  const met = [];
  const any = selectors.join(); // One search for all, as every page is read.
  for (const address of addresses) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    if (!page.querySelector(any)) continue;
    met.push(...selectors.filter((it) => page.querySelector(it)).map((it) => `${address}: ${it}`));
  }
  return met;
}"""


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("a,.gone{b:c}", "a{b:c}"),
        (".used .made{b:c}.gone>p{b:c}", ".used .made{b:c}"),
        (".mermaid{b:c}", ""),  # the theme's script makes it where a page has asked for it
        (".used:not(.gone):hover::before{b:c}", ".used:not(.gone):hover::before{b:c}"),
        ("[dir=rtl] p{b:c}[dir=ltr] p{b:c}", "[dir=ltr] p{b:c}"),
        ("[open]>p,[gone]>p,kbd{b:c}", "[open]>p{b:c}"),
        ("@media print{.gone{b:c}}@media print{p{b:c}.gone{d:e}}", "@media print{p{b:c}}"),
        ('@charset "x";@keyframes gone{to{b:c}}', '@charset "x";@keyframes gone{to{b:c}}'),
        ("p{b:url(\"data:,{};\")}.gone{b:'}'}a{b:c}", 'p{b:url("data:,{};")}a{b:c}'),
    ],
)
def test_only_what_meets_nothing_is_left_out(style: str, expected: str) -> None:
    assert styles.style_without_unused_rules(style, NAMES) == expected


def test_values_that_nothing_uses_are_left_out() -> None:
    style = ":root{--one:url(\"data:,<svg d='a;b'/>\");--two:calc(1px + (2px));c:d}p{--one:1}a{b:var(--two)}"
    expected = styles.style_without_unused_properties(style, {"--two"}.__contains__)
    assert expected == ":root{--two:calc(1px + (2px));c:d}a{b:var(--two)}"


def test_a_built_site_keeps_values_that_hang_on_others(tmp_path: Path) -> None:
    sheets = tmp_path / "assets" / "stylesheets"
    sheets.mkdir(parents=True)
    (sheets / "styles.css").write_text('/* order */\n@import "site.css";\n@import "home.css";\n', "utf-8")
    (sheets / "site.css").write_text("p {\n  /* why */\n  a: var(--x);\n}\n", "utf-8")
    (sheets / "home.css").write_text("p :is(a, b) {\n  content: ' ; {';\n}\n", "utf-8")
    theme = ":root{--x:var(--y);--y:1;--z:var(--w);--w:2}.used{a:b}.gone{c:var(--w)}"
    (sheets / "main.min.css").write_text(theme, "utf-8")
    styles.trim_site_styles(tmp_path, tmp_path, ['<p class="used">Words</p>'])
    assert {path.name for path in sheets.iterdir()} == {"styles.css", "main.min.css"}
    assert (sheets / "styles.css").read_text("utf-8") == "p{a: var(--x);}p :is(a, b){content: ' ; {';}"
    assert (sheets / "main.min.css").read_text("utf-8") == ":root{--x:var(--y);--y:1;}.used{a:b}"


def test_nothing_moves_by_itself_while_python_starts() -> None:
    """A moving bar took WebKit as long to paint as Python takes to start."""
    for path in (ROOT / "docs" / "assets" / "stylesheets").glob("*.css"):
        assert not re.search(r"animation(-name)?:(?! none)|@keyframes", path.read_text("utf-8"))


@pytest.mark.browser
def test_no_page_meets_a_selector_that_was_left_out(real_site: Site, site_page: Page) -> None:
    theme = find_spec("material")
    assert theme and theme.origin
    sheets_of_theme = [*Path(theme.origin).parent.rglob(f"stylesheets/{styles.THEME}")]
    assert len(sheets_of_theme) == 2
    folder = real_site.folder
    assert folder
    pages = [f"{real_site.address}{path.relative_to(folder).as_posix()}" for path in folder.rglob("*.html")]
    site_page.goto(pages[0])
    outer: set[str] = set()
    for sheet in sheets_of_theme:
        shipped = _selectors((folder / "assets" / "stylesheets" / sheet.name).read_text("utf-8"))
        selectors = _selectors(sheet.read_text("utf-8")) - shipped
        assert selectors and shipped
        selectors.discard(":root>*")  # It gives names to values alone, and nothing uses those.
        outer |= {styles.plain_selector(name).strip(" >+~") for name in selectors}
    assert site_page.evaluate(MET_BY_PAGES, [pages, sorted(outer)]) == []


def _selectors(style: str) -> set[str]:
    """All selectors of a style sheet."""
    selectors: set[str] = set()
    for prelude, body in styles.style_rules(style):
        if prelude.startswith(("@media", "@supports")):
            selectors |= _selectors(body or "")
        elif body is not None and not prelude.startswith("@"):
            selectors |= {*styles.style_selectors(prelude)}
    return selectors
