"""The files for the browser are complete, the same from each build, and written only when they differ."""

import hashlib
import json
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from macros.browser import bundle, byte_code
from macros.browser.split import shipping

OWN = "calculators.rag.cost.bin"


def compiled(cache: Path, pyodide: Path, sources: dict[str, bytes], pinned: dict[str, str]) -> byte_code.Archives:
    """Stands in for the byte code, which takes seconds to make."""
    code = {byte_code.BASE: repr(sorted(sources.items())).encode(), OWN: b"of its own"}
    return byte_code.Archives(b"library", code, {"rag/cost": [OWN], "all": [OWN]})


def shortened(cache: Path, terser: Path, scripts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Stands in for the short scripts, for which Node has to start."""
    return {name: script + b"//short" for name, script in scripts.items()}


def split(pyodide: Path) -> dict[str, bytes]:
    """Stands in for the two parts of the program, which take seconds, too."""
    return {name: (pyodide / name.replace(".rest.", ".asm.").removesuffix(".bin")).read_bytes() for name in SHIPPED}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the least that the bundle reads."""
    monkeypatch.setattr(byte_code, "byte_code_archives", compiled)
    monkeypatch.setattr(bundle, "short_scripts", shortened)
    monkeypatch.setattr(shipping, "shipped_interpreter_files", split)
    monkeypatch.setattr(bundle, "PYODIDE_FILES", {name: digest(name.encode()) for name in bundle.PYODIDE_FILES})
    put(tmp_path / "calculators" / "__init__.py", "one")
    put(tmp_path / "calculators" / "engine" / "inputs" / "numerals.py", "two")
    put(tmp_path / "calculators" / "__pycache__" / "read.pyc", "never")
    put(tmp_path / "docs" / "assets" / "javascripts" / "loader.js", "// loader")
    put(tmp_path / "docs" / "assets" / "javascripts" / "page.js", "export const page = 1;")
    pyodide = tmp_path / "node_modules" / "pyodide"
    put(pyodide / "package.json", '{"version": "1.2.3"}')
    put(pyodide / "pyodide-lock.json", '{"info": {"python": "3.14"}, "packages": {"numpy": {}}}')
    for name in bundle.PYODIDE_FILES:
        put(pyodide / name, name)
    put(tmp_path / "node_modules" / "terser" / "package.json", '{"version": "7.8.9"}')
    tokenizer = tmp_path / "node_modules" / "gpt-tokenizer"
    put(tokenizer / "package.json", '{"version": "4.5.6"}')
    for name in bundle.TOKENIZER_FILES:
        put(tokenizer / "esm" / name, name)
    for name in bundle.FONT_FILES:
        put(tmp_path / "node_modules" / bundle.FONT_FOLDER / name, name)
    return tmp_path


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


LIBRARY = f"library-{digest(b'library')[:12]}"


SHIPPED = ("pyodide.asm.mjs", "pyodide.asm.wasm.bin", "pyodide.mjs", "pyodide.rest.wasm")


def interpreter(root: Path) -> str:
    """The folder of the interpreter, whose name has its version and a digest."""
    (folder,) = (root / "docs" / "assets" / "runtime").glob("pyodide-*")
    assert re.fullmatch("pyodide-1[.]2[.][34]-[0-9a-f]{12}", folder.name)
    return folder.name


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def written(root: Path) -> dict[str, tuple[bytes, int]]:
    """Each generated file with its bytes and the time it was written."""
    assets = root / "docs" / "assets"
    files = [path for folder in ("runtime", "fonts") for path in (assets / folder).rglob("*") if path.is_file()]
    return {path.relative_to(assets).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_everything_the_browser_needs_is_written(root: Path) -> None:
    build = bundle.write_browser_bundle(root, '{"prices": 1}')
    files = written(root)
    assert sorted(files) == sorted(
        [f"runtime/{build}/{name}" for name in ("build.js", byte_code.BASE, OWN, "facts.json", "page.js")]
        + [f"runtime/{LIBRARY}/library.zip.bin"]
        + [f"runtime/{interpreter(root)}/{name}" for name in SHIPPED]
        + [f"runtime/gpt-tokenizer-4.5.6/{name}" for name in bundle.TOKENIZER_FILES]
        + [f"fonts/{name}" for name in bundle.FONT_FILES]
    )
    unpacked_on_the_way = [name for name in files if Path(name).suffix in mimetypes.encodings_map]
    assert unpacked_on_the_way == [], "some hosts send such a file with `Content-Encoding`"
    assert files[f"runtime/{build}/facts.json"][0] == b'{"prices": 1}'
    script = files[f"runtime/{build}/build.js"][0].decode()
    listed = json.loads(script.partition("python = ")[2].partition(";\n")[0])
    by_name = {name.removeprefix("runtime/"): content for name, (content, _) in files.items()}
    assert listed["digests"] == {
        address: digest(by_name[address.removeprefix("../") if address.startswith("../") else f"{build}/{address}"])
        for address in (
            *(f"../{interpreter(root)}/{name}" for name in SHIPPED),
            f"../{LIBRARY}/library.zip.bin",
            byte_code.BASE,
            OWN,
            "facts.json",
        )
    }
    assert listed["parts"] == {"rag/cost": [OWN], "all": [OWN]}
    assert listed["lock"] == {"info": {"python": "3.14"}, "packages": {}}
    assert '"folder": "gpt-tokenizer-4.5.6"' in script


def test_a_package_that_is_not_the_pinned_one_stops_the_build(root: Path) -> None:
    put(root / "node_modules" / "pyodide" / "pyodide.asm.wasm", "another")
    with pytest.raises(ValueError, match=r"pyodide\.asm\.wasm is not the file that macros/browser/bundle\.py pins"):
        bundle.write_browser_bundle(root, "{}")


def test_scripts_ship_short_and_with_fixed_addresses_in_the_built_site(root: Path, tmp_path: Path) -> None:
    build = bundle.write_browser_bundle(root, "{}")
    assert (root / "docs" / "assets" / "runtime" / build / "page.js").read_text() == "export const page = 1;//short"
    for path in ("javascripts/loader.js", "javascripts/page.js", "theme.js"):
        put(tmp_path / "site" / path, path)
    bundle.shorten_fixed_scripts(root, tmp_path / "site")
    for path in ("javascripts/loader.js", "theme.js"):
        assert (tmp_path / "site" / path).read_text() == f"{path}//short"
    assert (tmp_path / "site" / "javascripts" / "page.js").read_text() == "javascripts/page.js"


def test_a_second_build_writes_nothing(root: Path) -> None:
    build = bundle.write_browser_bundle(root, "{}")
    before = written(root)
    assert bundle.write_browser_bundle(root, "{}") == build
    assert written(root) == before


@pytest.mark.parametrize(
    "path",
    ["calculators/engine/inputs/numerals.py", "docs/assets/javascripts/page.js", "node_modules/pyodide/package.json"],
)
def test_another_source_gives_another_build(root: Path, path: str) -> None:
    build = bundle.write_browser_bundle(root, "{}")
    text = (root / path).read_text()
    put(root / path, text.replace("1.2.3", "1.2.4") if "1.2.3" in text else text + "#")
    assert bundle.write_browser_bundle(root, "{}") != build


def test_other_facts_give_another_build(root: Path) -> None:
    assert bundle.write_browser_bundle(root, "{}") != bundle.write_browser_bundle(root, "[]")


def test_what_was_broken_by_hand_is_written_again(root: Path) -> None:
    build = bundle.write_browser_bundle(root, "{}")
    before = written(root)
    put(root / "docs" / "assets" / "runtime" / build / "page.js", "broken")
    put(root / "docs" / "assets" / "runtime" / "gpt-tokenizer-4.5.6" / "constants.js", "cut")
    bundle.write_browser_bundle(root, "{}")
    assert {name: content for name, (content, _) in written(root).items()} == {
        name: content for name, (content, _) in before.items()
    }


def test_builds_before_the_last_few_are_removed(root: Path) -> None:
    builds = [bundle.write_browser_bundle(root, f'"{number}"') for number in range(bundle.BUILDS_KEPT + 2)]
    put(root / "docs" / "assets" / "runtime" / "notes" / "kept.txt", "not a build")
    bundle.write_browser_bundle(root, f'"{bundle.BUILDS_KEPT + 1}"')
    folders = {path.name for path in (root / "docs" / "assets" / "runtime").iterdir()}
    assert folders == {*builds[-bundle.BUILDS_KEPT :], interpreter(root), "gpt-tokenizer-4.5.6", LIBRARY, "notes"}


@pytest.mark.parametrize("name", ["pyodide", "gpt-tokenizer", "@fontsource-variable", "terser"])
def test_missing_packages_say_what_to_do(root: Path, name: str) -> None:
    (root / "node_modules" / name).rename(root / "elsewhere")
    with pytest.raises(FileNotFoundError, match="Run `python3 make.py setup` first"):
        bundle.write_browser_bundle(root, "{}")
