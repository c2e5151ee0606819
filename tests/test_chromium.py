"""The Chromium for the browser tests: looked for in order, and installed only where nobody has to be asked."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import make


def test_chrome_path_comes_first_and_must_exist(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    with pytest.raises(make.Stop, match="which is not a file"):
        make.installed_chromium({"CHROME_PATH": str(browser)}, which=lambda _: sys.executable)
    browser.touch()
    assert make.installed_chromium({"CHROME_PATH": str(browser)}, which=lambda _: sys.executable) == str(browser)


def test_commands_are_looked_for_in_their_order(tmp_path: Path) -> None:
    present = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    for name in present:
        (tmp_path / name).touch()
    while present:
        found = make.installed_chromium({}, which=lambda name: str(tmp_path / name) if name in present else None)
        assert found == str(tmp_path / present.pop(0))


def test_files_are_looked_for_after_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chrome = tmp_path / "Google" / "Chrome" / "Application" / "chrome.exe"
    chrome.parent.mkdir(parents=True)
    chrome.touch()
    monkeypatch.setattr(make, "CHROMIUM_FILES", [name for name in make.CHROMIUM_FILES if name.startswith("$")])
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        assert make.installed_chromium({name: str(tmp_path)}, which=lambda _: None) == str(chrome)
    assert make.installed_chromium({}, which=lambda _: None) is None
    assert make.installed_chromium({"PROGRAMFILES": str(tmp_path)}, which=lambda _: sys.executable) == sys.executable


@pytest.mark.parametrize(
    ("here", "user", "sudo_says", "before"),
    [
        ({"apt-get"}, 0, 1, []),
        ({"apt-get", "sudo"}, 1000, 0, ["sudo", "-n"]),
        ({"apt-get", "sudo"}, 1000, 1, None),
        ({"apt-get"}, 1000, 0, None),
        ({"sudo"}, 0, 0, None),
    ],
)
def test_debian_packages_are_installed_only_where_nobody_is_asked(
    here: set[str], user: int, sudo_says: int, before: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make.os, "geteuid", lambda: user, raising=False)
    which = {name: f"/usr/bin/{name}" for name in here}.get
    assert make.administrator(which, call=lambda *_, **__: sudo_says) == before


def answers(*given: str | None) -> Callable[[], str | None]:
    remaining = list(given)
    return lambda: remaining.pop(0)


@pytest.mark.parametrize(
    ("installed", "playwright", "steps"),
    [
        (("here",), None, []),
        ((None, "debian"), None, ["debian"]),
        ((None, None), "playwright", ["debian", "playwright"]),
        ((None, None), None, ["debian", "playwright"]),
    ],
)
def test_a_chromium_is_found_or_fetched_in_order(
    installed: tuple[str | None, ...], playwright: str | None, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(make, "installed_chromium", answers(*installed))
    monkeypatch.setattr(make, "install_debian_chromium", lambda: taken.append("debian"))
    monkeypatch.setattr(make, "playwright_chromium", lambda: taken.append("playwright") or playwright)
    expected = installed[-1] or playwright
    if expected is None:
        with pytest.raises(make.Stop, match="^No Chromium for the browser tests: "):
            make.chromium()
    else:
        assert make.chromium() == expected
    assert taken == steps


def test_a_failed_debian_installation_leaves_the_choice_to_playwright(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []

    def refused(*command: str, doing: str) -> str:
        asked.append(command)
        raise make.Stop(f"{doing} failed.")

    monkeypatch.setattr(make, "administrator", lambda: ["sudo", "-n"])
    monkeypatch.setattr(make, "quietly", refused)
    make.install_debian_chromium()
    assert asked == [("sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "update")]
    assert "Reading Debian's package lists failed." in capsys.readouterr().err
