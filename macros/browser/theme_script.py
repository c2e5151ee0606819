"""The theme's script of a built site without the parts that no page can use.

The theme writes it for all that it offers. A part goes from its first words to the words that follow it. What stays,
stays as it is and in its order.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

SCRIPT = "bundle.*.min.js"


class ScriptPart(NamedTuple):
    """A part of the theme's script: its first words, those that follow it, and what the rest still names of it.

    It stays where the HTML of some page holds one of the words in `used_by`.
    """

    begin: str
    end: str
    left: str = ""
    used_by: tuple[str, ...] = ()


ANNOTATIONS = ('class="annotate', ' annotate"', "md-annotation")
TABS = ("tabbed-set",)
SOURCE = ("data-md-component=source", 'data-md-component="source')
INSTANT = ('"navigation.instant', "data-preview")
VERSION = ('"version": {', '"version":{')
SEARCH_EXTRAS = ('"search.share"', '"search.suggest"', '"search.highlight"')

PARTS = (
    ScriptPart(
        "function Na(e){let t=j(", "function Dt(e,t){", "function _n(){return y}function An(){}", ("md-banner__",)
    ),
    ScriptPart("function kn(e,t){", 'function Hn(e){return x("button"', used_by=ANNOTATIONS),
    ScriptPart('function jn(e){return x("ul"', "function no(e){", used_by=SOURCE),
    ScriptPart("function no(e){", "function Un(e){", used_by=TABS),
    ScriptPart("function Qa(e){var o;", "var Ya=0;", used_by=VERSION),
    ScriptPart("function Ga(e,t){let r=H(", "var Kn=$t(", "function Tr(){}function zn(){}", ANNOTATIONS),
    # Pages shown beside a link to them, and diagrams that Mermaid draws.
    ScriptPart("var Gn=0;function rs(e){", "var Xn=", "function Jn(){return y}", INSTANT),
    ScriptPart("var Xn=", 'var ei=x("table")', "function Zn(){}", ('class="mermaid', "language-mermaid")),
    ScriptPart("function ss(e){let t=e.find(", "function oi(e,t){", "function ri(){}", TABS),
    # The list of all pages, which the theme's own navigation and its list of languages ask for.
    ScriptPart("function fi(e,t){", "function ui({", "function kt(){return y}", (*INSTANT, *VERSION, "hreflang")),
    ScriptPart("function ui({", "var co=$t(", "function ui(){}", ("hreflang",)),
    ScriptPart("function hi(e,t){", "var yi=$t(ro())", "function gi(){}", INSTANT),
    ScriptPart("var yi=$t(ro());", "function zt(e){return e.type===1}", used_by=SEARCH_EXTRAS),
    ScriptPart("function wi(e){var l;", "function Ti({", used_by=VERSION),
    ScriptPart("function Ti({", "function ws(e,{", "function Ti(){}", VERSION),
    ScriptPart("function Ts(e,{", "function _i(e,{", "function Li(){}function Mi(){}", SEARCH_EXTRAS),
    ScriptPart("function Ai(e,{index$", "function Ss(e,{", "function Ai(){}", SEARCH_EXTRAS),
    ScriptPart("function Ci(e,t){", "function Ms(e,{", "function $i(){}", SOURCE),
    # The index of the search is longer than a page, so it is fetched when a reader comes to the search, or in a calm
    # moment after an answer. The theme asks for a text once: what was typed before the index was there is typed anew.
    ScriptPart(
        'function ks(){return location.protocol==="file:"',
        'document.documentElement.classList.remove("no-js")',
        'function ks(){return L(h(document,"calm"),L(h(document,"focusin"),h(document,"pointerover")).pipe('
        'g(({target:e})=>e.closest?.("[data-md-component=search],[for=__search]")))).pipe(Ee(1),'
        'b(()=>ze(new URL("search/search_index.json",Or.base))),O(()=>setTimeout(()=>{'
        'let e=j("[data-md-component=search-query]"),t=e.value;'
        'for(let r of["",t])e.value=r,e.dispatchEvent(new Event("keyup"))})),Z(1))}',
        SEARCH_EXTRAS,
    ),
    # A page that was put in place would close, an eighth of a second later, a search that a reader has opened by then.
    # `navigation.js` closes search and menu itself, as the page comes.
    ScriptPart("L(Kt,Ht).pipe(nt(125))", 'mo.pipe(g(({mode:e})=>e==="global"))'),
    # Every browser that runs a calculator has these functions by itself.
    ScriptPart("Object.entries||(", "function ks(){"),
)


def script_without_unused_parts(script: str, pages: Iterable[str], parts: Iterable[ScriptPart] = PARTS) -> str:
    """The theme's script without the parts that no page uses.

    >>> parts = (ScriptPart("b", "d", "x"), ScriptPart("d", "e", used_by=("tabs",)))
    >>> script_without_unused_parts("abcde", ["<p>"], parts), script_without_unused_parts("abcde", ["<tabs>"], parts)
    ('axe', 'axde')

    Raises:
        ValueError: the theme's script is another one than that which the parts were read from.
    """
    parts, pages = tuple(parts), tuple(pages)
    words = {word for part in parts for word in part.used_by}
    used = {word for word in words if any(word in page for page in pages)}
    cuts = []
    for part in parts:
        begin, end = script.find(part.begin), script.find(part.end)
        if script.count(part.begin) != 1 or script.count(part.end) != 1 or end < begin:
            raise ValueError(
                f"The theme's script has changed: {part.begin!r} or {part.end!r} is not in it exactly once. "
                "Take the parts that macros/browser/theme_script.py names from the new script."
            )
        if used.isdisjoint(part.used_by):
            cuts.append((begin, end, part.left))
    for begin, end, left in sorted(cuts, reverse=True):
        script = script[:begin] + left + script[end:]
    return script


def trim_theme_script(site: Path, pages: Iterable[str]) -> None:
    """Leave out of the theme's script in a built site what none of its pages can use; `pages` are their HTML."""
    for path in (site / "assets" / "javascripts").glob(SCRIPT):
        path.write_text(script_without_unused_parts(path.read_text("utf-8"), pages), "utf-8")
