"""What a refusal quotes, and JSON that is refused before Python reads it: alike on every version of Python."""

from __future__ import annotations

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.suggestions import quoted


@pytest.mark.parametrize("name", ["", "input", "it's", 'say "it"', 'it\'s "it"', "a\\b", "a\tb\x7f", "naïve", "\u2028"])
def test_a_name_is_quoted_as_python_quotes_it(name: str) -> None:
    assert quoted(name) == repr(name)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("\U0001fae8", "'\U0001fae8'"),  # new in Unicode 15, which Python 3.11 does not know
        ("\U0001fae9", "'\U0001fae9'"),  # new in Unicode 16
        ("\U000e0fff", "'\U000e0fff'"),  # in no version yet
        ("a\u202eb", r"'a\u202eb'"),
        ("\ud800", r"'\ud800'"),
    ],
)
def test_a_new_sign_is_shown_on_every_version(name: str, written: str) -> None:
    assert quoted(name) == written


@pytest.mark.parametrize("text", ["[" * 65, '{"given": ' * 100, "[" * 100_000])
def test_deep_nesting_is_refused_before_it_is_parsed(catalogue: Catalogue, text: str) -> None:
    with pytest.raises(Refused, match="nested too deep"):
        catalogue.answer_json(text)


def test_brackets_in_a_text_are_no_nesting(catalogue: Catalogue) -> None:
    question = '{"calculator": "prompting/builder", "given": {"task": "' + "[" * 1000 + '"}}'
    assert "[" * 1000 in catalogue.answer_json(question)
