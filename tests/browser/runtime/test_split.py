"""The interpreter in two parts holds all of the published one, and loads its second part only where it is wanted."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from calculators.discovery import find_calculator
from macros.browser.split import shipping
from macros.browser.split.exports import IMPORTS, InterpreterScript, with_imports, without_functions
from macros.browser.split.profile import InterpreterProfile, read_profile
from macros.browser.split.texts import interpreter_text_ranges, segments_joined, text_segments_apart
from macros.browser.split.webassembly import (
    Kind,
    Section,
    WasmModule,
    WasmReader,
    WasmSegment,
    wasm_module_of,
    wasm_signed,
    wasm_unsigned,
    wasm_vector,
)
from macros.pages.checks.sizes import sized_build_folder
from tests.browser.pyodide import Pyodide
from tests.browser.reading import amount, expect_status, expect_total, visit
from tests.browser.real import NAMES
from tests.browser.runtime.test_parity import ASK_ALL, FORMS
from tests.conftest import ROOT
from tests.profile.counting import counted
from tests.site.server import Site

pytestmark = pytest.mark.browser

PYODIDE = ROOT / "node_modules" / "pyodide"
REST = "/pyodide.rest.wasm"

KANJI = "8abf8e9a × 2 small no a units"
"""What the toy answers for 漢字 in Shift JIS, a table that no calculator uses: 8ABF and 8E9A by JIS X 0208."""


@pytest.fixture(scope="module")
def published() -> WasmModule:
    return WasmModule((PYODIDE / shipping.PROGRAM).read_bytes())


@pytest.fixture(scope="module")
def shipped(site: Path) -> Callable[[str], bytes]:
    """A file of the interpreter as the site's build names it."""
    script = (sized_build_folder(site) / "build.js").read_text("utf-8")

    def read(name: str) -> bytes:
        found = re.search(rf'"\.\./([^"]+/{re.escape(name)})"', script)
        assert found
        return (site / "assets" / "runtime" / found.group(1)).read_bytes()

    return read


@given(st.integers(0, 2**32 - 1), st.integers(-(2**31), 2**31 - 1))
def test_numbers_are_read_as_they_were_written(number: int, whole: int) -> None:
    assert WasmReader(wasm_unsigned(number)).number() == number
    assert WasmReader(wasm_signed(whole)).whole() == whole
    assert len(wasm_signed(whole)) == (whole if whole >= 0 else ~whole).bit_length() // 7 + 1, "no byte too many"


def test_what_is_read_is_written_as_it_was(published: WasmModule) -> None:
    assert published.with_sections({}) == (PYODIDE / shipping.PROGRAM).read_bytes()
    script = (PYODIDE / shipping.SCRIPT).read_text("utf-8")
    assert InterpreterScript.read(script).with_exports({it.name for it in published.exports}) == script


def test_the_script_keeps_what_the_program_imports_and_nothing_that_only_others_name(published: WasmModule) -> None:
    script = (PYODIDE / shipping.SCRIPT).read_text("utf-8")
    names = {source.name for source in published.imports}
    less = with_imports(script, names)
    listed = less.partition(IMPORTS)[2].partition("}")[0].split(",")
    assert names >= {entry.partition(":")[0] for entry in listed} >= names - {"memory"} - ours(published)
    assert "_SDL_OpenAudio" in script
    assert "_SDL_OpenAudio" not in less
    declared = set(re.findall(r"(?:var |function |,)([\w$]+)", less))
    for entry in listed:
        name, _, function = entry.partition(":")
        assert (function or name) in declared, entry


def ours(module: WasmModule) -> set[str]:
    """What a module imports as an address of what it exports itself, or what only its loader knows."""
    return {source.name for source in module.imports if source.kind != Kind.FUNCTION and source.module != "GOT.func"}


def test_a_function_stays_where_anything_names_it_or_stands_beside_it() -> None:
    unused = 'var _a=()=>_b();_a.sig="v";function _b(){return 1}_b.sig="i";Module["_a"]=_a;'
    rest = ';var _c=()=>2;_c.sig="i";start(_c);var _d=()=>3;var e=4;_d.sig="i";e();'
    assert without_functions(rest + unused, ["_a", "_b", "_c", "_d"]) == rest
    assert without_functions(f"{rest}{unused}_b();", ["_a", "_b"]) == f'{rest}function _b(){{return 1}}_b.sig="i";_b();'


@pytest.mark.parametrize("content", [b"<!doctype html>", b"", b"\0asm\2\0\0\0"])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no WebAssembly"):
        WasmModule(content)


@pytest.mark.promise("A23")
def test_both_parts_together_are_the_published_program(published: WasmModule, shipped: Callable[[str], bytes]) -> None:
    first, rest = WasmModule(gzip.decompress(shipped(shipping.FIRST))), WasmModule(shipped(shipping.REST))
    bodies = zip(published.bodies, first.bodies, rest.bodies, strict=False)
    assert len(first.bodies) == len(rest.bodies) == len(published.bodies) + 1
    assert all((first_body == body) != (rest_body == body) or len(body) < 40 for body, first_body, rest_body in bodies)
    assert first.types == rest.types == published.types
    assert first.functions[:-1] == rest.functions[:-1] == published.functions
    assert first.globals == published.globals == first.globals[: -len(rest.globals)] + rest.globals
    assert rest.imports[: len(published.imports)] == published.imports == first.imports
    assert memory(first, rest) == memory(published)
    assert {it.name for it in first.exports if it.kind == Kind.FUNCTION} < {it.name for it in published.exports}


def memory(*modules: WasmModule) -> dict[int, bytes]:
    """What these put where, in blocks of 64 bytes."""
    image = bytearray(max(it.address + len(it.content) for module in modules for it in module.data))
    for module in modules:
        for segment in module.data:
            image[segment.address : segment.address + len(segment.content)] = segment.content
    return {at: bytes(image[at : at + 64]) for at in range(0, len(image), 64)}


def test_functions_that_calculators_call_use_no_data_of_the_rest(published: WasmModule) -> None:
    profile = read_profile(shipping.PROFILE.read_text("utf-8"))
    assert profile.data_addresses(published) == []
    everything = frozenset(range(len(published.bodies)))
    assert len(type(profile)(everything, profile.ranges, profile.numbers).data_addresses(published)) > 50


HOT, COLD = 0, 1
"""The functions of a small module, of which the first part has one."""

SIGNED = b"f($module, x, /)\n--\n\nThe words of a function.\0"
PLACES = {
    "documentation": (64, SIGNED),
    "its end serves another": (128, SIGNED.replace(b"f(", b"g(")),
    "of the rest": (256, b"only the rest says this\0"),
    "of both": (320, b"both of them say this\0"),
    "its end is of the first": (384, b"the first says the end\0"),
    "in a table": (448, b"this is in a table, too\0"),
    "unknown": (512, b"nobody seems to say this\0"),
    "short": (576, b"short\0"),
}


def naming(*addresses: int) -> bytes:
    """A function that names addresses and does nothing."""
    return b"\0" + b"".join(b"\x41" + wasm_signed(address) + b"\x1a" for address in addresses) + b"\x0b"


def test_documentation_and_messages_of_the_rest_come_with_it() -> None:
    addresses = {name: address for name, (address, _) in PLACES.items()}
    table = [
        addresses["documentation"],
        addresses["its end serves another"],
        addresses["its end serves another"] + 30,
        addresses["in a table"],
    ]
    segments = [WasmSegment(address - 1, b"\0" + text) for address, text in PLACES.values()]
    segments.append(WasmSegment(1024, b"".join(word.to_bytes(4, "little") for word in table)))
    first = naming(addresses["of both"], addresses["its end is of the first"] + 15)
    rest = naming(
        *(addresses[name] for name in ("of the rest", "of both", "its end is of the first", "in a table", "short"))
    )
    module = WasmModule(
        wasm_module_of(
            [
                (Section.CODE, wasm_vector(wasm_unsigned(len(body)) + body for body in (first, rest))),
                (Section.DATA, wasm_vector(segment.encoding() for segment in segments)),
            ]
        )
    )
    ranges = interpreter_text_ranges(module, InterpreterProfile(frozenset({HOT}), (), frozenset()))
    moved = [name for name, (address, text) in PLACES.items() if range(address, address + len(text)) in ranges]
    assert moved == ["documentation", "of the rest"] and len(ranges) == len(moved)
    without, apart = text_segments_apart(module.data, ranges)
    assert [segment.content for segment in apart] == [SIGNED, PLACES["of the rest"][1]]
    assert image(without) == image(segments).replace(SIGNED, bytes(len(SIGNED))).replace(apart[1].content, bytes(24))
    joined = segments_joined(without)
    assert image(joined) == image(without) and len(joined) < len(without)
    assert image([*joined, *apart]) == image(segments)


def image(segments: Iterable[WasmSegment]) -> bytes:
    """The memory that some segments make, one after the other."""
    content = bytearray(2048)
    for segment in segments:
        content[segment.address : segment.address + len(segment.content)] = segment.content
    return bytes(content)


def test_documentation_is_there_once_the_rest_is(pyodide: Pyodide) -> None:
    """A text in Shift JIS takes functions of the rest."""
    asked = "__import__('_codecs_jp').getcodec('shift_jis').encode('漢字')[0].hex() + ': ' + divmod.__doc__"
    assert pyodide.run(asked) == f"8abf8e9a: {divmod.__doc__}"


def test_a_counted_program_has_a_flag_for_each_function(published: WasmModule) -> None:
    program = WasmModule(counted(published))
    assert len(program.globals) == len(published.globals) + len(published.bodies)
    assert len(program.exports) == len(published.exports) + len(published.bodies)


def asked_for_the_rest(server: Site) -> bool:
    return any(path.endswith(REST) for path in server.asked)


def test_a_function_that_is_missing_loads_the_rest(new_page: Page, server: Site) -> None:
    calculator = visit(new_page, server)
    amount(calculator).fill("12")
    expect_total(calculator, "12 × 2 small no a units")
    assert not asked_for_the_rest(server)
    amount(calculator).fill("kanji")
    expect_total(calculator, KANJI)
    assert asked_for_the_rest(server)
    amount(calculator).fill("13")
    expect_total(calculator, "13 × 2 small no a units")


def test_where_the_rest_is_missing_the_next_start_brings_it(new_page: Page, server: Site) -> None:
    calculator = visit(new_page, server)
    server.missing.add(REST.removeprefix("/"))
    amount(calculator).fill("kanji")
    expect_status(calculator, re.compile("part of the calculator could not be loaded"))
    server.heal()
    amount(calculator).fill("14")
    expect_total(calculator, "14 × 2 small no a units")
    amount(calculator).fill("kanji")
    expect_total(calculator, KANJI)


def test_the_rest_is_fetched_in_a_calm_moment(chromium: Browser, server: Site) -> None:
    context = chromium.new_context()
    page = context.new_page()
    calculator = visit(page, server)
    amount(calculator).fill("12")
    expect_total(calculator, "12 × 2 small no a units")
    until_asked(page, server)
    page.wait_for_timeout(1000)  # The Worker takes it in.
    server.missing.add(REST.removeprefix("/"))
    amount(calculator).fill("kanji")
    expect_total(calculator, KANJI)
    context.close()


def until_asked(page: Page, server: Site) -> None:
    for _ in range(300):
        if asked_for_the_rest(server):
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing asked for the rest")


@pytest.mark.one_in(8)
@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_neither_the_start_nor_an_example_wants_the_rest(new_real_page: Page, real_site: Site, name: str) -> None:
    """Where this fails, `python3 make.py profile` notes what is new.

    The page is a new one that saves data: an earlier start may have loaded the rest, and nothing fetches it beforehand.
    """
    examples = [{}, *(dict(example.given) for example in find_calculator(name).examples)]
    new_real_page.evaluate(ASK_ALL, [[name, json.dumps(given), *form] for given in examples for form in FORMS])
    assert not asked_for_the_rest(real_site)
