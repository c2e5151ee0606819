"""The weights of a small site's pages, counted by hand, and the sentence for a budget that is not kept."""

import gzip
import json
import random
from pathlib import Path

import pytest

from macros.pages.checks import sizes

PAGE = """<link rel=stylesheet href="{base}a.css"><link rel=canonical href="https://example.org/none.css">
<meta name=scope content="{base}"><meta name=build content=0123456789ab>
<link rel=modulepreload href="{base}assets/runtime/0123456789ab/page.js">
<script src="{base}a.js?1"></script>
<script src="{base}assets/javascripts/loader.js" type=module></script><img src="{base}a.png"><img src="data:,">"""


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
        "assets/javascripts/loader.js": "import(`../runtime/${build}/page.js`);\nimport(new URL('ages.js', base));",
        "assets/runtime/0123456789ab/build.js": (
            'export const python = {"digests": {"../pyodide-1/a.zip": "0", "../pyodide-1/pyodide.rest.wasm": "1"}, '
            '"parts": {"a/light": ["calculators.a.light.bin"], "a/heavy": ["calculators.a.heavy.bin"], "a/none": [], '
            '"a/small": ["calculators.readers.bin"], '
            '"a/large": ["calculators.readers.bin", "calculators.a.large.bin"], '
            '"all": ["calculators.a.light.bin", "calculators.a.heavy.bin", "calculators.readers.bin"]}};'
        ),
        "assets/runtime/0123456789ab/calculators.bin": "b" * 4000,
        "assets/runtime/0123456789ab/calculators.a.light.bin": "l" * 10,
        "assets/runtime/0123456789ab/calculators.a.heavy.bin": "h" * 50,
        "assets/runtime/0123456789ab/calculators.a.large.bin": "l" * 7,
        "assets/runtime/0123456789ab/calculators.readers.bin": "r" * 600,
        "assets/runtime/0123456789ab/page.js": "import { digests } from './build.js';\nimport './form.js';",
        "assets/runtime/0123456789ab/form.js": "const script = 'worker.js';\nlet files = import('./files.js');",
        "assets/runtime/0123456789ab/worker.js": "export * from './form.js';",
        "assets/runtime/0123456789ab/files.js": "import {\n  part,\n} from './part.js';\nimport './page.js';",
        "assets/runtime/0123456789ab/part.js": "// import './files.js'",
        "assets/runtime/0123456789ab/stray.js": "'nothing leads here'",
        "assets/runtime/pyodide-1/a.zip": "z" * 500,
        "assets/runtime/pyodide-1/pyodide.rest.wasm": "z" * 800,
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
        return sum(sizes.page_file_size(site / name) for name in names)

    assert packed("fonts/a.woff2", "a.png") == 5000
    scripts = ("a.js", "assets/javascripts/loader.js")
    assert sizes.page_sizes(site) == {
        name: packed(name, "a.css", *scripts) + 5000 for name in ("index.html", "404.html")
    }


def test_parts_leave_out_what_an_earlier_build_left(site: Path) -> None:
    weights = sizes.site_part_sizes(site)
    scripts = (site / "assets/runtime/0123456789ab").glob("*.js")
    heaviest = 500 + 4000 + 50
    assert weights["Python and the calculator of a page"] == heaviest + sum(map(sizes.page_file_size, scripts))
    assert weights["what a calculator that reads files needs more"] == 600 + 7
    rest = sizes.page_file_size(site / "assets/runtime/pyodide-1/pyodide.rest.wasm")
    assert weights["the rest of Python, fetched when idle"] == rest
    assert weights["token counts"] == sizes.page_file_size(site / "assets/runtime/gpt-tokenizer-1/deep/a.js")
    assert weights["the whole site, as files"] == sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def test_a_script_is_lazy_where_only_an_import_by_its_name_leads_there(site: Path) -> None:
    core, lazy = sizes.scripts_with_size_budget(site)
    assert {path.name for path in core} == {"loader.js", "page.js", "form.js", "worker.js", "stray.js"}
    assert {path.name for path in lazy} == {"ages.js", "files.js", "part.js"}
    parts = sizes.site_part_sizes(site)
    assert parts["the core of the site's own JavaScript"] == sum(map(sizes.page_file_size, core))
    assert parts["the lazy part of the site's own JavaScript"] == sum(map(sizes.page_file_size, lazy))


@pytest.mark.parametrize("script", ["page.js", "form.js", "worker.js"])
def test_what_the_core_imports_without_waiting_is_no_longer_lazy(site: Path, script: str) -> None:
    path = site / "assets/runtime/0123456789ab" / script
    path.write_text(f"{path.read_text()}\nimport {{ read }} from './files.js';")
    _, lazy = sizes.scripts_with_size_budget(site)
    assert {path.name for path in lazy} == {"ages.js"}


@pytest.mark.parametrize(("script", "part"), [("form.js", sizes.CORE), ("part.js", sizes.LAZY)])
def test_core_and_lazy_modules_have_budgets_of_their_own(
    site: Path, script: str, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = random.Random(1).randbytes(sizes.BUDGETS[part]).hex(" ")  # A file's name is looked for in each long word.
    (site / "assets/runtime/0123456789ab" / script).write_text(f"'worker.js', import('./files.js'), '{noise}'")
    assert sizes.check_page_sizes([str(site)]) == 1
    printed = capsys.readouterr()
    assert "the core of the site's own JavaScript (at most 25 kB)" in printed.out
    assert "the lazy part of the site's own JavaScript (at most 15 kB)" in printed.out
    assert [line.split(" has ")[0] for line in printed.err.splitlines()] == [f"macros/pages/checks/sizes.py: {part}"]


def test_text_is_weighed_compressed_and_a_page_that_is_too_heavy_fails(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "long.html").write_text("a" * sizes.BUDGETS[sizes.WORDS])
    assert sizes.check_page_sizes([str(site)]) == 0
    noise = f'<section class="calc full">{random.Random(1).randbytes(sizes.BUDGETS[sizes.PAGE]).hex()}'
    (site / "heavy.html").write_text(noise)
    capsys.readouterr()
    assert sizes.check_page_sizes([str(site)]) == 1
    printed = capsys.readouterr()
    assert "heavy.html" in printed.out
    assert "the heaviest page without Python has" in printed.err
    assert "its budget is 170 kB: make it lighter" in printed.err


def test_a_long_page_without_a_calculator_fails(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "a" * (sizes.BUDGETS[sizes.WORDS] + 1)
    (site / "long.html").write_text(f'<section class="calc full">{words}')
    assert sizes.check_page_sizes([str(site)]) == 0
    (site / "long.html").write_text(words)
    assert sizes.check_page_sizes([str(site)]) == 1
    assert "the longest page without a calculator, unpacked has" in capsys.readouterr().err


def test_a_page_that_names_a_missing_file_is_no_light_page(site: Path) -> None:
    (site / "a.js").unlink()
    with pytest.raises(FileNotFoundError):
        sizes.page_sizes(site)


def test_sizes_of_large_files_are_kept_by_their_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept.json"
    monkeypatch.setattr(sizes, "KEPT", kept)

    def size(name: str, content: bytes) -> int:
        sizes._kept_sizes.cache_clear()
        (tmp_path / name).write_bytes(content)
        weight = sizes.page_file_size(tmp_path / name)
        sizes._keep_sizes()
        return weight

    content = random.Random(1).randbytes(sizes.LARGE)
    right = len(gzip.compress(content, mtime=0))
    assert size("a.js", content) == right
    (digest,) = json.loads(kept.read_bytes())
    kept.write_text(json.dumps({digest: 7}))
    assert size("b.js", content) == 7, "it is not compressed again"
    assert size("c.js", content[1:]) != 7, "a smaller one is not kept"
    assert size("d.js", content + b"!") > 7
    kept.write_text("{")
    assert size("e.js", content) == right, "what is damaged is computed anew"
    sizes._kept_sizes.cache_clear()
