"""HTML is escaped unless it was built here."""

import json
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from calculators.views.html.tags import Safe, joined_html, tag, verbatim_html


def test_text_and_attributes_are_escaped() -> None:
    assert tag("p", "<script>'\"&", title='"><img>') == (
        '<p title="&quot;&gt;&lt;img&gt;">&lt;script&gt;&#39;&quot;&amp;</p>'
    )


def test_what_was_built_here_is_kept() -> None:
    assert joined_html(tag("b", "1 < 2"), " and ", Safe("<i>x</i>")) == "<b>1 &lt; 2</b> and <i>x</i>"


def test_attributes() -> None:
    assert tag("input", name="a", disabled=True, data_x="1", for_="b", checked=False, title=None) == (
        '<input name="a" disabled data-x="1" for="b">'
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=40))
def test_any_text_comes_back_as_text_in_one_line(text: str) -> None:
    written = tag("p", text, title=text)
    assert "\n" not in written and "\r" not in written
    tokens: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
            tokens.append(name)

        def handle_data(self, text: str) -> None:
            tokens.append(text)

    reader = Reader()
    reader.feed(written)
    reader.close()
    assert tokens[0] == "p"
    assert [token for token in tokens[1:] if token in ("script", "img")] == [
        token for token in (text,) if token in ("script", "img")
    ]
    assert written.count("<") == 2


def test_a_text_to_copy_keeps_its_lines() -> None:
    """Also the first, which a browser drops, and without markup or blank lines that Markdown might read."""
    text = verbatim_html("\none\r\n\r\n<b> & two\rthree\n")
    assert "\n" not in text and "\r" not in text
    assert text == "&#10;&#10;one&#10;&#10;&lt;b&gt; &amp; two&#10;three&#10;"
    assert tag("pre", text) == f"<pre>{text}</pre>"


def test_a_table_whose_rows_end_in_remarks_has_the_whole_width(catalogue: Catalogue) -> None:
    """Beside another it would be cut at its edge: four columns, and a remark as wide as a sentence."""
    example = next(example.given for example in find_calculator("fine_tuning/dataset").examples)
    page = json.loads(catalogue.answer(Question("fine_tuning/dataset", example, form="page")))["result"]
    before = page[: page.index(">Provider and model<")]
    assert before[before.rindex("<section") :].startswith('<section class="result-block is-wide"')
