"""The weights of a small site's pages, counted by hand, and the sentence for a budget that is not kept."""

import random
from pathlib import Path

import pytest

from macros import sizes

PAGE = """<link rel=stylesheet href="{base}a.css"><link rel=canonical href="https://example.org/none.css">
<meta name=scope content="{base}"><meta name=build content=0123456789ab>
<link rel=modulepreload href="{base}assets/runtime/0123456789ab/page.js">
<script src="{base}a.js?1"></script><img src="{base}a.png"><img src="data:,">"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A front page, a page for unknown addresses, and a runtime beside that of an earlier build."""
    contents = {
        "index.html": PAGE.format(base=""),
        "404.html": PAGE.format(base="/repo/"),
        "a.css": "@font-face { src: url('fonts/a.woff2') } a { background: url(data:,) }",
        "a.js": "'use strict'",
        "search/search_index.json": "{}",
        "assets/javascripts/ages.js": "'a'",
        "assets/javascripts/loader.js": "'l'",
        "assets/runtime/0123456789ab/build.js": 'export const digests = {"../pyodide-1/a.zip": "0"};',
        "assets/runtime/0123456789ab/page.js": "1",
        "assets/runtime/pyodide-1/a.zip": "z" * 500,
        "assets/runtime/pyodide-1/left.zip": "z" * 700,
        "assets/runtime/ba9876543210/a.zip": "z" * 900,
        "assets/runtime/gpt-tokenizer-1/deep/a.js": "2",
    }
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.woff2").write_bytes(bytes(3000))
    (tmp_path / "a.png").write_bytes(bytes(2000))
    return tmp_path


def test_a_page_weighs_itself_its_styles_fonts_scripts_and_images(site: Path) -> None:
    def packed(*names: str) -> int:
        return sum(sizes.weight(site / name) for name in names)

    assert packed("fonts/a.woff2", "a.png") == 5000
    assert sizes.pages(site) == {name: packed(name, "a.css", "a.js") + 5000 for name in ("index.html", "404.html")}


def test_parts_leave_out_what_an_earlier_build_left(site: Path) -> None:
    found = sizes.parts(site)
    scripts = [site / "assets/runtime/0123456789ab" / name for name in ("build.js", "page.js")]
    assert found["Python and the calculators"] == 500 + sum(map(sizes.weight, scripts))
    own = [*sizes.FIXED, "assets/runtime/0123456789ab/page.js"]
    assert found["the site's own JavaScript"] == sum(sizes.weight(site / name) for name in own)
    assert found["token counts"] == sizes.weight(site / "assets/runtime/gpt-tokenizer-1/deep/a.js")
    assert found["the whole site, as files"] == sum(it.stat().st_size for it in site.rglob("*") if it.is_file())


def test_text_is_weighed_compressed_and_a_page_that_is_too_heavy_fails(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "long.html").write_text("a" * 10**6)
    assert sizes.main([str(site)]) == 0
    noise = random.Random(1).randbytes(sizes.BUDGETS[sizes.PAGE]).hex()
    (site / "heavy.html").write_text(noise)
    capsys.readouterr()
    assert sizes.main([str(site)]) == 1
    told = capsys.readouterr()
    assert "heavy.html" in told.out
    assert "the heaviest page without Python has" in told.err
    assert "its budget is 220 kB: make it lighter" in told.err


def test_a_page_that_names_a_missing_file_is_no_light_page(site: Path) -> None:
    (site / "a.js").unlink()
    with pytest.raises(FileNotFoundError):
        sizes.pages(site)
