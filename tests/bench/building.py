"""Times the build of the site, and of many pages with a calculator and five figures each beside plain text as long."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

import yaml

from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.bench.measuring.spent import environment, spent
from tests.conftest import ROOT, copy_of_project

FEATURES = re.findall(r"(?m)^    - ([a-z]+\.[a-z.]+)$", (ROOT / "mkdocs.yml").read_text("utf-8"))
"""The theme features of our site. The plain one has them too: tabs alone name each page twice on every page."""

PLAIN = {
    "site_name": "Plain",
    "theme": {"name": "material", "font": False, "features": FEATURES},
    "plugins": ["search"],
}
PARAGRAPH = "Plain words of a page that computes nothing and is as long as one that does. " * 8


COLD_RUNS = 3
"""A build from cold caches takes so long that it is not repeated as often as all else."""


def site_builds(setting: Setting) -> Iterator[Row]:
    """The site as `make build` builds and weighs it, from cold caches and again, and one of its pages edited."""
    project = setting.folder / "project"
    project.mkdir()
    copy_of_project(project)
    cold = [built_cold(project) for _ in range(min(COLD_RUNS, setting.runs))]
    yield Row("the site from cold caches, with its weights", median(cold), "s", limit=40)
    warm = [built_and_weighed(project) for _ in range(setting.runs)]
    yield Row("the site again, with nothing changed", median(warm), "s", limit=8)
    seconds = edited(project, "learn/prompting", "Prompting", setting.runs)
    yield Row("one of its pages edited, until it is served (by the clock)", seconds, "s", limit=1.5)


def built_cold(project: Path) -> float:
    """Seconds of a build that finds nothing that an earlier one has made, but for the byte code of modules."""
    for folder in (project / ".cache", project / "docs" / "assets" / "runtime"):
        shutil.rmtree(folder, ignore_errors=True)
    return built_and_weighed(project)


def built_and_weighed(project: Path) -> float:
    """Seconds of the two commands of `make build`."""
    build = spent(project, "-m", "mkdocs", "build", "--strict")[0]
    return build + spent(project, "-m", "macros.pages.checks.sizes", "site")[0]


def builds(setting: Setting) -> Iterator[Row]:
    """The site, ten and a hundred pages, then one of the hundred edited below a running server."""
    yield from site_builds(setting)
    for count in (10, 100):
        yield from built_in_pairs(setting, count)
    mine, bare = (edited(project, "p0", "Page 0", setting.runs) for project in pair(setting.folder, 100))
    yield Row("one of 100 pages edited, until it is served (by the clock)", mine, "s", over=bare, target=1.2)


def large_builds(setting: Setting) -> Iterator[Row]:
    """Up to a thousand pages, and what each further page adds among hundreds and among tens."""
    ten = yield from built_in_pairs(setting, 10)
    hundred = yield from built_in_pairs(setting, 100)
    thousand = yield from built_in_pairs(setting, 1000)
    few, many = (hundred - ten) / 90, (thousand - hundred) / 900
    yield Row("what each page adds to plain text, 100 to 1,000 against 10 to 100", many, "ms", over=few, target=1.2)


def built_in_pairs(setting: Setting, count: int) -> Generator[Row, None, float]:
    """Builds ours and plain text in turn; gives the milliseconds that ours add."""
    ours, plain = pair(setting.folder, count)
    mine, bare = zip(*((built(ours), built(plain)) for _ in range(setting.runs)), strict=True)
    (seconds, memory), (plainly, least) = (map(median, zip(*measured, strict=True)) for measured in (mine, bare))
    yield Row(f"build of {count:,} pages", seconds, "s", over=plainly, target=2 if count == 1000 else None)
    yield Row("  its peak of memory", memory, "MB", over=least)
    added: float = (seconds - plainly) * 1000
    yield Row("  what it adds to plain text", added, "ms")
    return added


def pair(folder: Path, count: int) -> tuple[Path, Path]:
    """So many pages with calculators, and as many of plain text that are as long as HTML."""
    ours, plain = folder / f"ours-{count}", folder / f"plain-{count}"
    if ours.exists():
        return ours, plain
    ours.mkdir()
    copy_of_project(ours)
    for page in (ours / "docs").rglob("*.md"):
        page.unlink()
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (ours / "mkdocs.yml").write_text(re.sub(r"(?ms)^nav:.*?(?=^\S)", "", settings), "utf-8")
    (plain / "docs").mkdir(parents=True)
    (plain / "mkdocs.yml").write_text(yaml.safe_dump(PLAIN), "utf-8")
    for project in (ours, plain):
        (project / "docs" / "index.md").write_text("---\ntitle: Home\n---\n# Home\n", "utf-8")
    for number in range(count):
        (ours / "docs" / f"p{number}.md").write_text(page_of(number), "utf-8")
    built(ours)
    for number in range(count):
        html = (ours / "site" / f"p{number}" / "index.html").read_text("utf-8")
        article = html[html.index("<article") : html.index("</article>")]
        text = f"# Page {number}\n\n" + f"{PARAGRAPH}\n\n" * (len(article) // len(PARAGRAPH))
        (plain / "docs" / f"p{number}.md").write_text(text, "utf-8")
    return ours, plain


def page_of(number: int) -> str:
    """A page with numbers of its own, so that no answer serves two pages."""
    requests = 10_000 + number
    figures = " ".join(
        f'{{{{ figure("prompting/cost", "{output}", requests={requests}) }}}}'
        for output in ("per_month", "per_request", "per_year", "caching_saves", "overhead")
    )
    call = f'{{{{ calculator("prompting/cost", requests={requests}) }}}}'
    words = f"A month, a request, a year, saved, overhead: {figures}."
    return f"---\ntitle: Page {number}\n---\n# Page {number}\n\n{words}\n\n{call}\n"


def built(folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of one build."""
    return spent(folder, "-m", "mkdocs", "build", "-q")


def edited(folder: Path, name: str, words: str, runs: int) -> float:
    """Seconds from saving a page, which holds these words, until a running server answers with it."""
    page = folder / "docs" / f"{name}.md"
    text = page.read_text("utf-8")
    seconds = []
    with served(folder) as site:
        until_served(f"{site}{name}/", words)
        for run in range(runs):
            page.write_text(f"{text}\n\nEdit number {run}.\n", "utf-8")
            begun = time.perf_counter()
            until_served(f"{site}{name}/", f"Edit number {run}.")
            seconds.append(time.perf_counter() - begun)
    return median(seconds)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a site that is served as `make serve` does it, or by MkDocs alone where it has no macros."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = ["macros.server"] if (folder / "macros").is_dir() else ["mkdocs", "serve"]
    command = [sys.executable, "-m", *program, "-q", "--livereload", "-a", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=folder, env=environment(folder)) as server:
        yield f"http://127.0.0.1:{port}/"
        server.terminate()


def until_served(address: str, words: str) -> None:
    """Asks for a page until it holds some words."""
    for _ in range(6000):
        try:
            with urlopen(address, timeout=60) as answer:
                if words in answer.read().decode("utf-8"):
                    return
        except (URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise AssertionError(f"{words!r} was never served")
