"""The third-party notices: complete, read from what is installed, and refusing what nobody has looked at."""

import json
import re
from pathlib import Path

import pytest

from macros.pages.lists import notices

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def page() -> str:
    return notices.notices_markdown(ROOT)


def row(page: str, name: str) -> str:
    return next(line for line in page.splitlines() if line.startswith(f"| [{name}]("))


def test_every_shipped_browser_part_is_there_with_its_installed_version(page: str) -> None:
    for name, version in json.loads((ROOT / "package.json").read_text())["dependencies"].items():
        assert f" | {version} | " in row(page, name)
    assert "axe-core" not in page


def test_every_script_in_the_theme_is_there(page: str) -> None:
    theme = Path(
        str(notices.installed_notice_package("mkdocs-material").locate_file("material/templates/assets/javascripts"))
    )
    maps = "".join(path.read_text(encoding="utf-8") for path in sorted(theme.rglob("*.js.map")))
    inside = set(re.findall(r"node_modules/((?:@[^/\"]+/)?[^/\"]+)/", maps))
    assert {"lunr", "rxjs"} <= inside
    listed = {name.removesuffix(".js") for name, *_ in notices.SCRIPTS}
    assert inside <= listed
    assert "Material for MkDocs" in page


def test_every_icon_set_in_the_theme_is_there() -> None:
    icons = Path(str(notices.installed_notice_package("mkdocs-material").locate_file("material/templates/.icons")))
    sets = {path.name for path in icons.iterdir() if path.is_dir()}
    assert sets == {file.split("/")[0] for _, _, file, _ in notices.ICONS}


def test_the_texts_are_whole(page: str) -> None:
    for words in (
        "Mozilla Public License Version 2.0",
        "Exhibit B - ",
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
        "SIL OPEN FONT LICENSE Version 1.1",
        "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "Copyright (c) 2020 Oliver Nightingale\n\nPermission is hereby granted",
        "Martin Donath &lt;",
    ):
        assert words in page
    assert "| CPython |" not in page
    assert re.search(r"^\| \[CPython\]\(\S+\) \| 3\.14\.\d+ \| ", page, re.MULTILINE)


def test_license_texts_cannot_become_markup(page: str) -> None:
    texts = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert len(texts) == page.count("<details>") > 10
    assert [text for text in texts if "<" in text] == []


def part(root: Path, license_: str | None) -> None:
    folder = root / "node_modules" / "example"
    folder.mkdir(parents=True)
    (root / "package.json").write_text(json.dumps({"dependencies": {"example": "1.0.0"}}))
    package = {"version": "1.0.0", "homepage": "https://example.org/", "license": license_}
    (folder / "package.json").write_text(json.dumps(package))


@pytest.mark.parametrize("license_", ["GPL-3.0-only", "SEE LICENSE IN FILE", None])
def test_an_unknown_license_is_refused(tmp_path: Path, license_: str | None) -> None:
    part(tmp_path, license_)
    with pytest.raises(ValueError, match=f"the license of example is '{license_}', which is not in LICENSES; read it"):
        notices.notices_markdown(tmp_path)


def test_a_known_license_without_a_file_takes_the_common_text(tmp_path: Path) -> None:
    part(tmp_path, "MIT")
    assert "Copyright (c) the example authors\n\nPermission is hereby granted" in notices.notices_markdown(tmp_path)


def test_what_is_not_installed_is_said(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {"example": "1.0.0"}}')
    with pytest.raises(ValueError, match="example is not in node_modules; run `python3 make.py setup`"):
        notices.notices_markdown(tmp_path)
    with pytest.raises(ValueError, match="no-such-package is not installed"):
        notices.installed_notice_package("no-such-package")


def test_a_moved_license_text_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notices.TEXTS, "MPL-2.0", ("requests", "Mozilla Public License Version 2.0"))
    with pytest.raises(ValueError, match="the license of requests no longer has the words"):
        notices.notices_license_text("MPL-2.0", "")
