"""HTML of macros reaches the page as it was made, wherever an author calls for it, and no mark of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from markdown import Markdown

from macros.pages.markdown import html_marks
from tests.conftest import ROOT, build

PANEL = (
    '<section id="a" title="a_b_c `d` &quot;\\n&quot;"><h2 id="b">Is *this* [a](b) `c`?</h2>'
    "<div><p>_x_</p></div></section>"
)
PLACE = "docs/index.md:7"


@pytest.fixture
def markdown() -> Markdown:
    """Markdown as the site uses it."""
    part = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nmarkdown_extensions:\n")[2].partition("\n\n")[0]
    named = [extension if isinstance(extension, dict) else {extension: {}} for extension in yaml.safe_load(part)]
    settings = {name: options for extension in named for name, options in extension.items()}
    return Markdown(extensions=list(settings), extension_configs=settings)


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    """Each test begins as a build does, and leaves the way of putting HTML in that needs no build."""
    html_marks.begin_markdown_marks(after_the_build=True)
    yield
    html_marks.begin_markdown_marks(after_the_build=False)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A\n\n{}\n\nB", "<p>A</p>\n{}\n\n<p>B</p>"),
        ("{}\n\n{}", "{}\n\n{}"),
        ("!!! note\n    {}\n", '<div class="admonition note">\n<p class="admonition-title">Note</p>\n{}\n</div>'),
        (
            '??? note "More"\n\n    A\n\n    {}\n',
            '<details class="note">\n<summary>More</summary>\n<p>A</p>\n{}\n</details>',
        ),
        ("- A\n\n    {}\n", "<ul>\n<li>\n<p>A</p>\n{}\n</li>\n</ul>"),
        ("1. {}\n2. B", "<ol>\n<li>{}</li>\n<li>B</li>\n</ol>"),
        ("> {}", "<blockquote>\n{}\n</blockquote>"),
        ("A\n:   {}", "<dl>\n<dt>A</dt>\n<dd>{}</dd>\n</dl>"),
        ("<div markdown>\n\n{}\n\n</div>", "<div>\n{}\n</div>"),
        (
            "| A |\n| --- |\n| {} |",
            "<table>\n<thead>\n<tr>\n<th>A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>{}</td>\n</tr>\n</tbody>\n</table>",
        ),
    ],
)
@pytest.mark.parametrize("after_the_build", [True, False])  # with MkDocs, with Zensical
def test_html_stands_unchanged_where_it_was_called_for(
    markdown: Markdown, after_the_build: bool, tmp_path: Path, text: str, html: str
) -> None:
    html_marks.begin_markdown_marks(after_the_build)
    panels = [PANEL.replace('id="', f'id="{number}-') for number in range(text.count("{}"))]
    converted = markdown.convert(text.format(*(html_marks.markdown_mark(panel, PLACE) for panel in panels)))
    page = tmp_path / "index.html"
    page.write_text(converted, "utf-8")
    assert ("data-ready" in converted) is after_the_build
    assert list(html_marks.finish_markdown_marks(tmp_path)) == []
    assert page.read_text("utf-8") == html.format(*panels)


@pytest.mark.parametrize("classes", ["result-value", "result-value is-example is-long"])
def test_a_page_is_painted_with_its_first_answer(tmp_path: Path, classes: str) -> None:
    """What a browser waits for stands behind the answer, and before the next one."""
    answer = f'<p class="{classes}" translate="no">${{}}</p>'
    body = f'<i id="a"></i>{answer.format(1)}<b data-b id="b"></b><b id="c"></b>{answer.format(2)}<b id="d"></b>'
    page = tmp_path / "index.html"
    for text, waits in ((body, '<link rel="expect" href="#b" blocking="render">'), ("<p>No answer</p>", "")):
        page.write_text(f"<head></head>{text}<p>data-ready</p>", "utf-8")
        assert list(html_marks.finish_markdown_marks(tmp_path)) == []
        assert page.read_text("utf-8") == f"<head>{waits}</head>{text}<p>data-ready</p>"


@pytest.mark.parametrize("mark", ['<section data-ready="7"></section>', "<br data-ready>", "<p id=a data-ready=7\n>"])
def test_a_mark_that_no_macro_wrote_is_told(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.html").write_text(f"<p>A</p>{mark}", "utf-8")
    (tmp_path / "b.html").write_text(
        "<p>It is called data-ready, as in <code>&lt;p data-ready&gt;</code>.</p>", "utf-8"
    )
    (message,) = map(str, html_marks.finish_markdown_marks(tmp_path))
    assert message.startswith("a.html: '<") and "only macros write" in message


def test_a_mark_is_good_for_one_place(tmp_path: Path) -> None:
    mark = html_marks.markdown_mark(PANEL, PLACE)
    (tmp_path / "a.html").write_text(f"{mark}<p>and</p>{mark}", "utf-8")
    (message,) = map(str, html_marks.finish_markdown_marks(tmp_path))
    assert (tmp_path / "a.html").read_text("utf-8") == f"{PANEL}<p>and</p>{mark}"
    assert message.startswith("a.html: ")


def test_a_build_fails_where_a_mark_is_left_or_lost(small_project: Path) -> None:
    (small_project / "docs" / "a.md").write_text('---\ntitle: A\n---\n<i data-ready="1"></i>\n', "utf-8")
    (small_project / "docs" / "b.md").write_text(
        '---\ntitle: B\n---\n\n`{{ calculator("prompting/cost") }}`\n', "utf-8"
    )
    process = build(small_project, small_project / "site")
    assert process.returncode != 0
    assert "a/index.html: '<i data-ready=\"1\">' is a mark that only macros write; take it out" in process.stderr
    assert "docs/b.md:5:1: HTML cannot be put here" in process.stderr
