"""Report files: an answer on one or two pages to show to others, as Markdown, HTML or PDF."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from calculators.catalogue import Catalogue
from calculators.engine.inputs.suggestions import quoted
from calculators.engine.questions.question import Question, Report
from macros.command.misuse import Misuse
from macros.facts import facts_text
from macros.project import ROOT

FORMS = {".md": "markdown", ".html": "html", ".pdf": "html"}
"""In which form a report is asked for, by the ending of its file; a browser makes a PDF of the HTML."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""The commands of browsers that can print to a file."""

LONGEST = 60
"""Seconds that a browser may take."""


def command_report_form(path: str) -> str:
    """In which form the report of a file is written.

    Raises:
        Misuse: the ending names none.
    """
    ending = Path(path).suffix.lower()
    if ending not in FORMS:
        raise Misuse(f"--report writes {', '.join(FORMS)}: {quoted(path)} ends in none of them")
    return FORMS[ending]


def write_command_report_file(path: str, name: str, given: Mapping[str, str], catalogue: Catalogue) -> None:
    """Writes the report of an answer.

    Raises:
        Misuse: the ending is unknown, the file cannot be written, or there is no browser for a PDF.
        Refused: an input cannot be understood.
    """
    form = command_report_form(path)
    command = catalogue.answer(Question(name, given, form="command"))
    report = catalogue.answer(Question(name, given, ask=Report(command, command_computing_digest()), form=form))
    try:
        if Path(path).suffix.lower() == ".pdf":
            _print_command_report_to_pdf(report, Path(path))
        else:
            Path(path).write_text(report, "utf-8")
    except OSError as error:
        raise Misuse(f"the file {quoted(path)} cannot be written ({type(error).__name__})") from None


def command_computing_digest() -> str:
    """What computes the answers, in twelve hexadecimal digits: every source file of the calculators, and the facts."""
    total = hashlib.sha256(facts_text().encode())
    for source in sorted((ROOT / "calculators").rglob("*.py")):
        total.update(f"{source.relative_to(ROOT).as_posix()}\n".encode())
        total.update(source.read_bytes())
    return total.hexdigest()[:12]


def _print_command_report_to_pdf(report: str, path: Path) -> None:
    """Has an installed browser print the HTML of a report, which asks nothing of a network."""
    browser = _command_report_browser()
    if browser is None:
        raise Misuse(
            "a PDF needs Chromium or Chrome, and none is installed (or named in CHROME_PATH):"
            " write the report as HTML, open that in any browser, and print it"
        )
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(report, "utf-8")
        options = ["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
        options.append(f"--user-data-dir={folder}")
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # a browser refuses its sandbox to an administrator, as in a container
        try:
            subprocess.run(
                [browser, *options, f"--print-to-pdf={pdf}", page.as_uri()],
                check=True,
                capture_output=True,
                timeout=LONGEST,
            )
            content = pdf.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise Misuse(
                f"the browser {quoted(browser)} made no PDF ({type(error).__name__}): write the report as HTML,"
                " open that in any browser, and print it"
            ) from None
    path.write_bytes(content)


def _command_report_browser() -> str | None:
    """An installed browser: the one that CHROME_PATH names, or the first command that is there."""
    named = os.environ.get("CHROME_PATH")
    if named:
        return named
    macs = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    if sys.platform == "darwin" and Path(macs).exists():
        return macs
    return next((place for place in map(shutil.which, BROWSERS) if place), None)
