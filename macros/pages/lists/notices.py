"""The third-party notices: every part of the site that others wrote, with its version, its license and the text of it.

What ships is known in two places: the theme's parts are listed here, the browser parts are the `dependencies` of
package.json. Versions, licenses and texts are read from the installed packages, so that an update cannot outrun this
page, and a license that nobody has looked at stops the build.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

# Licenses that this site may ship: SPDX identifier -> name and official address.
LICENSES = {
    "0BSD": ("BSD Zero Clause License", "https://spdx.org/licenses/0BSD.html"),
    "Apache-2.0": ("Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
    "BSD-3-Clause": ("BSD 3-Clause License", "https://spdx.org/licenses/BSD-3-Clause.html"),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "LGPL-3.0": ("GNU Lesser General Public License 3.0", "https://www.gnu.org/licenses/lgpl-3.0.html"),
    "MIT": ("MIT License", "https://spdx.org/licenses/MIT.html"),
    "MPL-1.1": ("Mozilla Public License 1.1", "https://www.mozilla.org/MPL/1.1/"),
    "MPL-2.0": ("Mozilla Public License 2.0", "https://www.mozilla.org/MPL/2.0/"),
    "OFL-1.1": ("SIL Open Font License 1.1", "https://openfontlicense.org/"),
    "PSF-2.0": ("Python Software Foundation License 2", "https://docs.python.org/3/license.html"),
    "W3C": ("W3C Software Notice and License", "https://www.w3.org/copyright/software-license/"),
}

# Whole texts for parts that bring none: identifier -> an installed package that holds it, and the words it begins at.
TEXTS = {
    "Apache-2.0": ("requests", "Apache License"),
    "MIT": ("mkdocs-material", "Permission is hereby granted"),
    "MPL-2.0": ("pathspec", "Mozilla Public License Version 2.0"),
    "PSF-2.0": ("typing_extensions", "A. HISTORY OF THE SOFTWARE"),
}

# Inside the theme's scripts: name, license, holder, home, what for.
SCRIPTS = (
    ("clipboard.js", "MIT", "Zeno Rocha", "https://clipboardjs.com/", "copy buttons"),
    (
        "escape-html",
        "MIT",
        "2012-2013 TJ Holowaychuk, 2015 Andreas Lubbe, 2015 Tiancheng Gu",
        "https://github.com/component/escape-html",
        "search results",
    ),
    ("focus-visible", "W3C", "its authors", "https://github.com/WICG/focus-visible", "focus rings"),
    ("good-listener", "MIT", "Zeno Rocha", "https://github.com/zenorocha/good-listener", "copy buttons"),
    ("lunr", "MIT", "2020 Oliver Nightingale", "https://lunrjs.com/", "search"),
    (
        "lunr-languages",
        "MPL-1.1",
        "2014 Mihai Valentin and contributors",
        "https://github.com/MihaiValentin/lunr-languages",
        "search in other languages",
    ),
    (
        "rxjs",
        "Apache-2.0",
        "2015-2018 Google, Inc., Netflix, Inc., Microsoft Corp. and contributors",
        "https://github.com/ReactiveX/rxjs",
        "events",
    ),
    ("select", "MIT", "Zeno Rocha", "https://github.com/zenorocha/select", "copy buttons"),
    ("tiny-emitter", "MIT", "2017 Scott Corgan", "https://github.com/scottcorgan/tiny-emitter", "copy buttons"),
    (
        "TinySegmenter",
        "BSD-3-Clause",
        "2008 Taku Kudo",
        "http://chasen.org/~taku/software/TinySegmenter/",
        "search in Japanese",
    ),
    ("tslib", "0BSD", "Microsoft Corporation", "https://github.com/microsoft/tslib", "helpers of compiled scripts"),
    ("wordcut", "LGPL-3.0", "Vee Satayamas", "https://github.com/veer66/wordcut", "search in Thai"),
)

# Icon sets of the theme, of which a page holds those it shows: name, license, license file, home.
ICONS = (
    ("Material Design Icons", "Apache-2.0", "material/LICENSE", "https://pictogrammers.com/library/mdi/"),
    ("Font Awesome Free icons", "CC-BY-4.0", "fontawesome/LICENSE.txt", "https://fontawesome.com/"),
    ("Octicons", "MIT", "octicons/LICENSE", "https://github.com/primer/octicons"),
    ("Simple Icons", "CC0-1.0", "simple/LICENSE.md", "https://simpleicons.org/"),
)

# What the browser parts do; the one not named is the typeface.
USES = {"gpt-tokenizer": "counts tokens in the browser", "pyodide": "runs the calculators in the browser"}


@dataclass(frozen=True)
class NoticePart:
    """One thing that others wrote and the site ships."""

    name: str
    version: str
    license: str
    home: str
    use: str
    text: str


def notices_markdown(root: Path) -> str:
    """The notices as Markdown: a table of the parts, then the text of each license.

    Raises ValueError for a license that is not in LICENSES, a license text that is not where it was, and a package that
    is not installed; each message says what to do.
    """
    parts = [*theme_notice_parts(), *browser_notice_parts(root)]
    lines = ["| Part | Version | License | What it does here |", "| --- | --- | --- | --- |"]
    texts: dict[str, list[NoticePart]] = {}
    for part in parts:
        name, address = known_notice_license(part.name, part.license)
        lines.append(f"| [{part.name}]({part.home}) | {part.version} | [{name}]({address}) | {part.use} |")
        if part.text:
            texts.setdefault(part.text, []).append(part)
    lines += ["", "## License texts"]
    for text, owners in texts.items():
        names = ", ".join(part.name for part in owners)
        summary = html.escape(f"{known_notice_license(names, owners[0].license)[0]}: {names}")
        lines += ["", f"<details><summary>{summary}</summary><pre>{html.escape(text, quote=False)}</pre></details>"]
    return "\n".join(lines) + "\n"


def known_notice_license(name: str, license_: str) -> tuple[str, str]:
    """The name and address of a license, which must be one of LICENSES."""
    if license_ not in LICENSES:
        raise ValueError(
            f"macros/pages/lists/notices.py: the license of {name} is {license_!r}, which is not in LICENSES; "
            "read it, then add it there or do without the package"
        )
    return LICENSES[license_]


def theme_notice_parts() -> Iterator[NoticePart]:
    """The theme, the scripts inside it and its icon sets."""
    package, home = "mkdocs-material", "https://github.com/squidfunk/mkdocs-material"
    version, license_ = installed_notice_package(package).version, declared_package_license(package)
    use = "look, navigation and search of every page"
    yield NoticePart("Material for MkDocs", version, license_, home, use, package_license_text(package))
    for name, license_, holder, home, use in SCRIPTS:
        text = notices_license_text(license_, holder)
        yield NoticePart(name, "in the theme", license_, home, f"{use} (© {holder})", text)
    for name, license_, file, home in ICONS:
        path = Path(str(installed_notice_package(package).locate_file(f"material/templates/.icons/{file}")))
        yield NoticePart(name, "in the theme", license_, home, "icons", path.read_text(encoding="utf-8").strip())


def browser_notice_parts(root: Path) -> Iterator[NoticePart]:
    """The `dependencies` of package.json, and Python itself inside Pyodide."""
    for name in json.loads((root / "package.json").read_text(encoding="utf-8"))["dependencies"]:
        folder = root / "node_modules" / name
        if not folder.is_dir():
            raise ValueError(
                f"macros/pages/lists/notices.py: {name} is not in node_modules; run `python3 make.py setup`"
            )
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        license_, files = str(package.get("license")), sorted(folder.glob("LICEN[CS]E*"))
        known_notice_license(name, license_)
        text = (
            files[0].read_text(encoding="utf-8").strip()
            if files
            else notices_license_text(license_, f"the {name} authors")
        )
        use = USES.get(name, "the typeface of the pages")
        yield NoticePart(name, package["version"], license_, package["homepage"], use, text)
        if name == "pyodide":
            yield from python_notice_parts(folder)


def python_notice_parts(pyodide: Path) -> Iterator[NoticePart]:
    """What Pyodide is made of: CPython with its standard library, and Emscripten's C library."""
    made_of = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    inside = "https://docs.python.org/3/license.html#licenses-and-acknowledgements-for-incorporated-software"
    use = f"the Python that the calculators are written in; [libraries inside it]({inside})"
    text = notices_license_text("PSF-2.0", "the Python Software Foundation")
    yield NoticePart("CPython", made_of["python"], "PSF-2.0", "https://www.python.org/", use, text)
    version = made_of["platform"].removeprefix("emscripten_").replace("_", ".")
    text = notices_license_text("MIT", "2010-2014 the Emscripten authors; 2005-2020 Rich Felker and the musl authors")
    yield NoticePart(
        "Emscripten and musl", version, "MIT", "https://emscripten.org/", "the C library under Python", text
    )


def notices_license_text(license_: str, holder: str) -> str:
    """The whole text of a license with its holder above it, or nothing where no installed package has that text."""
    if license_ not in TEXTS:
        return ""
    package, beginning = TEXTS[license_]
    _, beginning_found, rest = package_license_text(package).partition(beginning)
    if not beginning_found:
        raise ValueError(
            f"macros/pages/lists/notices.py: the license of {package} no longer has the words {beginning!r}; "
            "correct TEXTS"
        )
    # The MIT text is nothing without its holder; the others name theirs elsewhere, or nobody.
    return f"Copyright (c) {holder}\n\n{beginning_found}{rest}" if license_ == "MIT" else f"{beginning_found}{rest}"


@cache
def installed_notice_package(package: str) -> Distribution:
    """An installed Python package."""
    try:
        return distribution(package)
    except PackageNotFoundError:
        raise ValueError(
            f"macros/pages/lists/notices.py: {package} is not installed; run `python3 make.py setup`"
        ) from None


def package_license_text(package: str) -> str:
    """The license file of an installed Python package."""
    files = installed_notice_package(package).metadata.get_all("License-File") or ["LICENSE"]
    for place in (f"licenses/{files[0]}", files[0]):
        text = installed_notice_package(package).read_text(place)
        if text:
            return text.strip()
    raise ValueError(
        f"macros/pages/lists/notices.py: {package} has no license file where it says one is; correct TEXTS"
    )


def declared_package_license(package: str) -> str:
    """The license an installed Python package declares."""
    metadata = installed_notice_package(package).metadata
    return next((metadata[field] for field in ("License-Expression", "License") if field in metadata), "none")
