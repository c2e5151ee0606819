"""Every number that a calculator asks for: answers at both bounds, a named error beyond them and for nonsense."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.declare import Every, kinds
from calculators.engine.inputs import understand
from calculators.engine.read import Refused
from calculators.engine.units import SHARE
from calculators.find import find
from calculators.views.answer import made
from calculators.views.json import text
from tests.calculators.every import BY_FIELD, BY_NAME, FIELDS, amounts, askable, computed, is_decimal
from tests.strategies import Field, fields, plain

BEYOND = Decimal("0.000001")


def refusal(catalogue, name: str, given: dict[str, str], path: str) -> str:
    """The message for a refused input; the page must show the same beside the field, and no result."""
    with pytest.raises(Refused) as refused:
        catalogue.answer(name, json.dumps(given), "json")
    assert list(refused.value.problems) == [path]
    message = refused.value.problems[path]
    page = json.loads(catalogue.answer(name, json.dumps(given), "page"))
    assert not page["ok"] and page["result"] is None and page["spoken"] == message
    if path in page["fields"]:
        assert page["fields"][path]["error"] == message
    return message


def about(field: Field, message: str) -> bool:
    """Whether a message names the field."""
    return field.label.lower() in message.lower()


@BY_FIELD
def test_it_answers_at_both_bounds(catalogue, name: str, field: Field) -> None:
    for bound in (field.low, field.high):
        answer = computed(catalogue, name, {field.path: plain(bound)})
        for output in amounts(name):
            value = text(getattr(answer, output))
            assert value is None or is_decimal(value), (bound, output, value)
        for output in kinds(find(name).outputs):
            made(getattr(answer, output))


@BY_NAME
@pytest.mark.parametrize("side", ["low", "high"])
def test_it_answers_with_everything_at_a_bound(catalogue, name: str, side: str) -> None:
    """Very large numbers multiply; whatever comes out must still be written, in every form."""
    given = json.dumps({field.path: plain(getattr(field, side)) for field in fields(find(name).inputs)})
    for as_ in ("json", "text", "html", "page"):
        assert catalogue.answer(name, given, as_), as_


@BY_FIELD
def test_it_refuses_what_lies_just_outside(catalogue, name: str, field: Field) -> None:
    below = refusal(catalogue, name, {field.path: plain(field.low - BEYOND)}, field.path)
    above = refusal(catalogue, name, {field.path: plain(field.high + BEYOND)}, field.path)
    assert about(field, below) and below.endswith("or more")
    assert about(field, above) and " or less" in above
    if field.whole:
        between = refusal(catalogue, name, {field.path: plain(field.low + BEYOND)}, field.path)
        assert about(field, between) and between.endswith("must be a whole number")


NONSENSE = {
    "use a point for decimals": ["1.000,50", "1,5", "1,00", "1,0000"],
    "must be a number": ["nan", "inf", "-Infinity", "0x10", "1_000", "<script>", "ten", "1e", "--5", "1/2", "=1+1"],
    "must be 1 trillion or less": ["1e309", "9" * 400, "1e16"],
    "use the digits 0 to 9": ["१२", "\uff11\uff12", "½", "²", "Ⅷ"],
    "group digits in threes": ["12 34", "5 5k", "1.2.3", "1..2..3"],
    "enter ": ["", " ", "\u00a0"],
    "must be": ["−5", "-5", "..", "1..", "±", "5±", "5 parsecs", "\x00", "1k2"],
}


@BY_FIELD
def test_a10_nonsense_gives_a_named_error(catalogue, name: str, field: Field) -> None:
    for words, texts in NONSENSE.items():
        for typed in texts:
            if field.optional and not typed.strip():
                continue  # left open, which is an answer
            message = refusal_message(catalogue, name, field, typed)
            assert about(field, message) and words in message.lower(), (typed, message)


def refusal_message(catalogue, name: str, field: Field, typed: str) -> str:
    """The message alone, without asking the page."""
    with pytest.raises(Refused) as refused:
        catalogue.answer(name, json.dumps({field.path: typed}), "json")
    assert list(refused.value.problems) == [field.path], typed
    return refused.value.problems[field.path]


@BY_FIELD
def test_a_sign_of_another_unit_is_refused(catalogue, name: str, field: Field) -> None:
    if ("USD", 1) not in field.unit.powers:
        assert about(field, refusal_message(catalogue, name, field, "$1"))
    if field.unit is not SHARE and (field.unit.powers or field.unit.noun):
        assert about(field, refusal_message(catalogue, name, field, "1%"))


AS_MEANT = {
    "1,000": 1000, "1 000": 1000, "1\u00a0000": 1000, "1\u2009000": 1000, "1\u202f000": 1000, "10k": 10_000,
    "2M": 2_000_000, "1.5m": 1_500_000, "1e6": 1_000_000, "1E+3": 1000, "12k": 12_000, "5.": 5, "1": 1, "+2": 2,
    "0.5": "0.5", ".5": "0.5", "50%": "0.5", "$3": 3, "$ 1,000.50": "1000.50", "-0": 0, "1,000k": 1_000_000,
    "3 thousand": 3000, "1 million": 1_000_000, "1bn": 10**9,
}  # fmt: skip


@BY_FIELD
def test_a10_numbers_are_understood_as_people_mean_them(catalogue, name: str, field: Field) -> None:
    """Every spelling that fits the field's unit and bounds."""
    tried = 0
    for typed, meant in AS_MEANT.items():
        value = Decimal(meant)
        fits = field.low <= value <= field.high and (not field.whole or value == value.to_integral_value())
        fits = fits and ("$" not in typed or ("USD", 1) in field.unit.powers)
        if fits and ("%" not in typed or field.unit is SHARE):
            reading = understand(find(name).inputs, {field.path: typed}, catalogue.facts)
            assert reading.problems == {}, typed
            assert reading.given[field.path].value == value, typed
            tried += 1
    assert tried


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_a10_any_text_is_understood_or_refused_by_name(catalogue, data: st.DataObject) -> None:
    """Whatever is typed, nothing but an answer or a sentence about the field comes back."""
    name, field = data.draw(st.sampled_from(FIELDS))
    likely = st.text("0123456789.,+-−±%$eEkM nN\u00a0x_१½", max_size=12)
    typed = data.draw(st.one_of(likely, likely, st.text(max_size=30)), "typed")
    try:
        answer = json.loads(catalogue.answer(name, json.dumps({field.path: typed}), "json"))
    except Refused as refused:
        assert list(refused.problems) == [field.path] and about(field, refused.problems[field.path])
    else:
        if not (field.optional and not typed.strip()):
            assert field.low <= Decimal(answer["inputs"][field.path]["value"]) <= field.high


@BY_NAME
def test_an_unknown_input_is_refused_with_the_nearest_name(catalogue, name: str) -> None:
    for known in askable(name):
        message = refusal(catalogue, name, {f"{known}x": "1"}, f"{known}x")
        assert message == f"There is no input '{known}x'; did you mean '{known}'?"
    message = refusal(catalogue, name, {"no-such-thing-anywhere": "1"}, "no-such-thing-anywhere")
    assert message == "There is no input 'no-such-thing-anywhere'"


@BY_NAME
def test_what_is_not_asked_is_never_suggested(catalogue, name: str) -> None:
    """A collection that is used whole is no question: its name is unknown, and nobody is led to it."""
    for input, kind in kinds(find(name).inputs).items():
        if isinstance(kind, Every):
            for typed in (input, f"{input}x"):
                message = refusal(catalogue, name, {typed: "1"}, typed)
                suggested = re.search(r"did you mean '(.*)'", message)
                assert suggested is None or suggested[1] in askable(name), message


@BY_NAME
@pytest.mark.parametrize("given", ["", "[]", "null", "{", '{"requests": 5}', '{"a": null}', '"x"', "NaN"])
def test_what_is_no_object_of_texts_is_refused(catalogue, name: str, given: str) -> None:
    for as_ in ("json", "text", "html", "page"):
        with pytest.raises(Refused, match="The inputs"):
            catalogue.answer(name, given, as_)
