"""The browsers for the tests: looked for in order, installed where nobody has to be asked, else named as missing."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import make

ENGINES = pytest.mark.parametrize("engine", make.BROWSERS)


def anything(pattern: str) -> list[str]:
    """Stands in for a search of files that finds some."""
    return [pattern]


@ENGINES
def test_the_setting_comes_first_and_must_name_a_file(engine: str, tmp_path: Path) -> None:
    browser, setting = tmp_path / "browser", make.BROWSERS[engine].setting
    with pytest.raises(make.Stop, match=f"^{setting} names .* which is not a file"):
        make.installed_browser(engine, {setting: str(browser)}, lambda _: sys.executable, anything)
    browser.touch()
    assert make.installed_browser(engine, {setting: str(browser)}, lambda _: sys.executable, anything) == str(browser)


@ENGINES
def test_commands_are_looked_for_in_their_order(engine: str, tmp_path: Path) -> None:
    browser = make.BROWSERS[engine]
    present = list(browser.commands)
    for name in (*present, *browser.needs):
        (tmp_path / name).touch()

    def which(name: str) -> str | None:
        return str(tmp_path / name) if name in (*present, *browser.needs) else None

    while present:
        assert make.installed_browser(engine, {}, which, anything) == str(tmp_path / present.pop(0))


@pytest.mark.parametrize(
    ("engine", "file"),
    [("chromium", "Google/Chrome/Application/chrome.exe"), ("firefox", "Mozilla Firefox/firefox.exe")],
)
def test_files_are_looked_for_after_commands(
    engine: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.touch()
    browser = make.BROWSERS[engine]
    of_windows = browser._replace(files=tuple(name for name in browser.files if name.startswith("$")))
    monkeypatch.setitem(make.BROWSERS, engine, of_windows)
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        assert make.installed_browser(engine, {name: str(tmp_path)}, which=lambda _: None) == str(path)
    assert make.installed_browser(engine, {}, which=lambda _: None) is None
    settings = {"PROGRAMFILES": str(tmp_path)}
    assert make.installed_browser(engine, settings, which=lambda _: sys.executable) == sys.executable


def test_a_driver_alone_is_no_webkit() -> None:
    """It also needs a screen to draw on, and a browser to start, of which any one will do."""
    needs, parts = make.BROWSERS["webkit"].needs, make.BROWSERS["webkit"].parts
    assert needs == ("Xvfb",) and len(parts) == 3

    def found(*missing: str, browser: str) -> str | None:
        return make.installed_browser(
            "webkit",
            {},
            lambda name: None if name in missing else sys.executable,
            lambda pattern: [pattern] if pattern == browser else [],
        )

    assert [found(browser=part) for part in parts] == [sys.executable] * 3
    assert [found(browser=""), found("Xvfb", browser=parts[0]), found("WebKitWebDriver", browser=parts[0])] == [
        None
    ] * 3


@pytest.mark.parametrize(
    ("named", "engines"),
    [
        (None, ("chromium", "firefox", "webkit")),
        ("", ("chromium", "firefox", "webkit")),
        ("firefox chromium", ("chromium", "firefox")),
        ("webkit", ("chromium", "webkit")),  # most tests drive Chromium
    ],
)
def test_engines_can_be_left_out(named: str | None, engines: tuple[str, ...]) -> None:
    assert make.wanted_engines({} if named is None else {"ENGINES": named}) == engines
    with pytest.raises(make.Stop, match=r"^ENGINES names safari, which is none of chromium, firefox, webkit\.$"):
        make.wanted_engines({"ENGINES": "chromium safari"})


@pytest.mark.parametrize(
    ("commands", "user", "sudo_says", "before"),
    [
        ({"apt-get"}, 0, 1, []),
        ({"apt-get", "sudo"}, 1000, 0, ["sudo", "-n"]),
        ({"apt-get", "sudo"}, 1000, 1, None),
        ({"apt-get"}, 1000, 0, None),
        ({"sudo"}, 0, 0, None),
    ],
)
def test_debian_packages_are_installed_only_where_nobody_is_asked(
    commands: set[str], user: int, sudo_says: int, before: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    lookup = {name: f"/usr/bin/{name}" for name in commands}.get
    assert make.administrator(lookup, call=lambda *_, **__: sudo_says) == before


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A machine that has some engines, and whose Debian and Playwright bring others; returns what is installed."""

    def with_engines(*present: str, debian: tuple[str, ...] = (), playwright: str | None = None) -> list[str]:
        here, installs = set(present), list[str]()

        def debian_packages(engines: list[str]) -> None:
            installs.extend(engines)
            here.update(set(engines) & set(debian))

        def playwright_chromium() -> str | None:
            installs.append("playwright")
            return playwright

        monkeypatch.setattr(make, "installed_browser", lambda engine: f"/{engine}" if engine in here else None)
        monkeypatch.setattr(make, "install_debian_packages", debian_packages)
        monkeypatch.setattr(make, "playwright_chromium", playwright_chromium)
        return installs

    return with_engines


def test_what_is_here_is_taken_and_what_is_missing_installed_at_once(machine: Callable[..., list[str]]) -> None:
    all_paths = {"CHROME_PATH": "/chromium", "FIREFOX_PATH": "/firefox", "WEBKIT_DRIVER_PATH": "/webkit"}
    installs = machine(*make.BROWSERS)
    assert (make.browsers(*make.BROWSERS), installs) == (all_paths, [])
    installs = machine("chromium", debian=("firefox", "webkit"))
    assert (make.browsers(*make.BROWSERS), installs) == (all_paths, ["firefox", "webkit"])
    installs = machine(playwright="/playwright")
    assert (make.browsers("chromium"), installs) == ({"CHROME_PATH": "/playwright"}, ["chromium", "playwright"])


def test_each_missing_browser_is_said_with_what_to_do(machine: Callable[..., list[str]]) -> None:
    machine("chromium")
    with pytest.raises(make.Stop) as caught:
        make.browsers(*make.BROWSERS)
    first, *lines, last = str(caught.value).splitlines()
    assert first == "Browsers for the tests are missing: firefox, webkit."
    assert lines == [f"  {engine}: {make.BROWSERS[engine].advice}." for engine in ("firefox", "webkit")]
    assert last == 'To test without: set ENGINES to "chromium".'
    machine("firefox")
    with pytest.raises(make.Stop, match="or name its file in CHROME_PATH.$"):
        make.browsers("chromium", "firefox")


def test_a_failed_debian_installation_is_said_and_leaves_the_choice_to_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []

    def refused(*command: str, doing: str) -> str:
        asked.append(command)
        if "install" in command:
            raise make.Stop(f"{doing} failed.")
        return ""

    monkeypatch.setattr(make, "administrator", lambda: ["sudo", "-n"])
    monkeypatch.setattr(make, "quietly", refused)
    make.install_debian_packages(["firefox", "webkit"])
    before = ("sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    packages = ("firefox-esr", "webkit2gtk-driver", "xvfb")
    assert asked == [(*before, "update"), (*before, "install", "-y", "--no-install-recommends", *packages)]
    assert "Installing Debian's packages failed." in capsys.readouterr().err
