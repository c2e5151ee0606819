"""Run axe, the accessibility checker, over a page or a part of it and tell what it finds."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page

from tests.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """([part, rules]) => axe.run(part ?? document, { resultTypes: ["violations"], preload: false, rules })"""
"""Style sheets and media are not read ahead: only a rule about sound and one that is off by default look at them."""

WAYS: dict[str, tuple[Literal["light", "dark"], int, Literal["none", "active"]]] = {
    "light, wide": ("light", 1280, "none"),
    "light, 320 px": ("light", 320, "none"),
    "dark, wide": ("dark", 1280, "none"),
    "dark, 320 px": ("dark", 320, "none"),
    "forced colors": ("light", 1280, "active"),
}
"""How a reader may see a page: color scheme, width in pixels, and whether the reader's own few colors are forced."""


def look(page: Page, way: str) -> None:
    """Show the page in one of the ways, without loading it anew."""
    scheme, width, forced = WAYS[way]
    # Without motion: colors that still change are neither the old nor the new ones.
    page.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    # The theme picks its scheme when a page loads, and again when its own switch is used.
    page.evaluate("(name) => document.body.setAttribute('data-md-color-scheme', name)", SCHEMES[scheme])


SCHEMES = {"light": "default", "dark": "slate"}


def findings(page: Page, way: str, part: str | None = None) -> list[str]:
    """What axe finds, in a line for each place. Where colors are forced, their contrast is the reader's own choice."""
    look(page, way)
    if page.evaluate("() => !window.axe"):
        page.add_script_tag(path=AXE)
    rules = {"color-contrast": {"enabled": WAYS[way][2] == "none"}}
    report = page.evaluate(RUN, [part, rules])
    return [
        f"{way}: {violation['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in report["violations"]
        for node in violation["nodes"]
    ]
