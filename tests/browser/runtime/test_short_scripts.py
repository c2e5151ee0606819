"""The scripts that ship are those in the repository: only comments, spaces and names of what is local differ."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from macros.browser import bundle, short_scripts
from macros.pages.checks.scripts import core_and_lazy_page_scripts
from macros.pages.checks.sizes import sized_build_folder
from tests.conftest import ROOT

TERSER = ROOT / "node_modules" / "terser"
SOURCES = {path.name: path.read_bytes() for path in (ROOT / "docs" / "assets" / "javascripts").glob("*.js")}

COMMENT = re.compile(r"^[ \t]*//[^\n]*$|^[ \t]*/\*.*?\*/|(?<=[;{(,)]) // [^\n\"`]*$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
PROGRAM = re.compile(r"`\n[^`$]*`")
PROPERTY = re.compile(r"(?<=[\w$)\]?])\.([a-zA-Z]\w*)")
KEY = re.compile(r"[{,]\s*([a-zA-Z]\w*):")
EXPORTED = re.compile(r"^export (?:async )?(?:const|function|class) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r"^import\b[^;(\n]*?[\"']([^\"']+)[\"']", re.MULTILINE)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    scripts = short_scripts.short_scripts(tmp_path_factory.mktemp("once"), TERSER, SOURCES)
    return {name: script.decode() for name, script in scripts.items()}


def test_what_a_script_says_and_asks_of_others_stays(shipped: Mapping[str, str]) -> None:
    assert shipped.keys() == SOURCES.keys()
    for name, source in SOURCES.items():
        written, short = COMMENT.sub("", source.decode()), shipped[name]
        texts = {text for text in QUOTED.findall(written) if "${" not in text}
        assert texts - {*QUOTED.findall(short)} == set(), name
        assert {*PROPERTY.findall(written)} - {*PROPERTY.findall(short)} == set(), name
        assert {*KEY.findall(written)} - {*KEY.findall(short)} == set(), name
        assert {*PROGRAM.findall(written)} - {*PROGRAM.findall(short.replace(r"\n", "\n"))} == set(), name
        assert {word for word in EXPORTED.findall(written) if not exports(short, word)} == set(), name
        assert IMPORTED.findall(written) == IMPORTED.findall(short), name


def exports(script: str, word: str) -> bool:
    """Whether a script that was shortened exports this name."""
    exported = rf"(?:^|\}})export\s?(?:\{{[^}}]*\b{word}\b[^}}]*\}}|(?:async )?(?:const|let|function|class) {word}\b)"
    return re.search(exported, script, re.MULTILINE) is not None


def test_the_build_weighs_the_same_scripts_as_core_and_lazy(shipped: Mapping[str, str], tmp_path: Path) -> None:
    def weighed(folder: Path, scripts: Mapping[str, bytes]) -> list[list[str]]:
        folder.mkdir()
        for name, script in scripts.items():
            (folder / name).write_bytes(script)
        modules = {folder / "loader.js", folder / "navigation.js"}
        parts = core_and_lazy_page_scripts(modules, {*folder.iterdir()} - modules)
        return [sorted(path.name for path in part) for part in parts]

    short = {name: script.encode() for name, script in shipped.items()}
    listed = {"build.js": b"export const python = {}, tokenizer = {};"}
    core, lazy = weighed(tmp_path / "written", SOURCES | listed)
    assert weighed(tmp_path / "short", short | listed) == [core, lazy]
    assert {"page.js", "worker.js", "files.js"} <= {*core}
    assert {"ages.js", "case.js", "instrument.js"} <= {*lazy}


def test_comments_and_indents_stay_behind(tmp_path: Path) -> None:
    script = (
        "// One.\n"
        "/**\n * Two, and a * star.\n */\n"
        'export const address = "https://example.org"; // after a reader\'s code\n'
        "  export const text = 'a; // \"quoted\"';\n"
        "\n\t/* beside code */ export const five = 5;\n"
        "export const python = `\n# Three.\nfor six in seven:\n\n    print(six)\n`;\n"
        "/* last */\n"
    )
    short = short_scripts.short_scripts(tmp_path, TERSER, {"page.js": script.encode()})["page.js"].decode()
    assert not re.search(r"One|Two|after|beside|last|^\s", short.partition("`")[0] + short.rpartition("`")[2])
    for words in ('"https://example.org"', "'a; // \"quoted\"'", "`\n# Three.\nfor six in seven:\n\n    print(six)\n`"):
        assert words in short.replace(r"\n", "\n")


def test_each_build_makes_the_same_bytes(shipped: Mapping[str, str], tmp_path: Path) -> None:
    again = short_scripts.short_scripts(tmp_path, TERSER, dict(reversed(SOURCES.items())))
    assert {name: script.decode() for name, script in again.items()} == shipped


def test_what_is_kept_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(folder: Path, terser: Path, scripts: Mapping[str, bytes]) -> None:
        makings.append(scripts)
        folder.mkdir()
        for name, script in scripts.items():
            (folder / name).write_bytes(script)

    makings: list[Mapping[str, bytes]] = []
    monkeypatch.setattr(short_scripts, "_make_short_scripts", make)
    (tmp_path / "package.json").write_text('{"version": "1.2.3"}')
    before, after = {"page.js": b"1"}, {"page.js": b"2"}
    for scripts in (before, before, after, before):
        assert short_scripts.short_scripts(tmp_path, tmp_path, scripts) == scripts
    assert makings == [before, after]
    (tmp_path / "package.json").write_text('{"version": "1.2.4"}')
    short_scripts.short_scripts(tmp_path, tmp_path, before)
    assert makings == [before, after, before]


def test_a_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    scripts = {"form.js": b"export const one = 1;\n", "page.js": b"// One.\nconst two = ;\n"}
    with pytest.raises(
        short_scripts.NotShortened, match=r"(?s)could not be shortened.*page\.js:2:13: Unexpected token"
    ):
        short_scripts.short_scripts(tmp_path, TERSER, scripts)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.site
def test_a_built_site_has_each_script_as_it_is_written_too(site: Path, shipped: Mapping[str, str]) -> None:
    folder, published = sized_build_folder(site), site / "assets" / "javascripts"
    for name, source in SOURCES.items():
        if name in bundle.FIXED:
            assert (published / name).read_text("utf-8") == shipped[name]
        else:
            assert (published / name).read_bytes() == source
            assert (folder / name).read_text("utf-8") == shipped[name]
