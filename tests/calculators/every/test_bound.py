"""Every number that a calculator asks for: answers at both bounds, a named error beyond them and for nonsense."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Every, kinds, output_value
from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers.units import SHARE
from calculators.engine.questions.question import Question
from calculators.views.json import json_cell
from tests.calculators.answers import (
    BY_FIELD,
    BY_KIND,
    BY_NAME,
    FIELDS,
    amounts,
    askable,
    computed,
    is_decimal,
    own_fields,
)
from tests.strategies import Field, fields, plain

BEYOND = Decimal("0.000001")


def refusal(catalogue: Catalogue, name: str, given: dict[str, str], path: str) -> str:
    """The message for a refused input; the page must show the same beside the field, and no result."""
    with pytest.raises(Refused) as refused:
        catalogue.answer(Question(name, given))
    assert list(refused.value.problems) == [path]
    message = refused.value.problems[path]
    page = json.loads(catalogue.answer(Question(name, given, form="page")))
    assert not page["ok"] and page["result"] is None and page["spoken"] == message
    if path in page["fields"]:
        assert page["fields"][path]["error"] == message
    return message


def about(field: Field, message: str) -> bool:
    """Whether a message names the field."""
    return field.label.lower() in message.lower()


@pytest.mark.one_in(8)
@BY_FIELD
def test_it_answers_at_both_bounds(catalogue: Catalogue, name: str, field: Field) -> None:
    for bound in (field.low, field.high):
        answer = computed(catalogue, name, {field.path: plain(bound)})
        for output in amounts(name):
            amount = json_cell(getattr(answer, output))
            assert amount is None or is_decimal(amount), (bound, output, amount)
        for output in kinds(find_calculator(name).outputs):
            output_value(getattr(answer, output))


@pytest.mark.one_in(4)
@BY_NAME
@pytest.mark.parametrize("side", ["low", "high"])
def test_it_answers_with_everything_at_a_bound(catalogue: Catalogue, name: str, side: str) -> None:
    """Very large numbers multiply; whatever comes out must still be written, in every form."""
    given = json.dumps({field.path: plain(getattr(field, side)) for field in fields(find_calculator(name).inputs)})
    for as_ in ("json", "text", "html", "page"):
        assert catalogue.answer(Question(name, json.loads(given), form=as_)), as_


def refusals(catalogue: Catalogue, name: str, typed: dict[Field, str]) -> list[tuple[Field, str]]:
    """Fields with the messages for what is typed into them at once; the page must show each beside its field."""
    given = {field.path: text for field, text in typed.items()}
    if not given:
        return []
    with pytest.raises(Refused) as refused:
        catalogue.answer(Question(name, given))
    messages = refused.value.problems
    assert set(messages) == set(given)
    page = json.loads(catalogue.answer(Question(name, given, form="page")))
    assert not page["ok"] and page["result"] is None and page["spoken"] in messages.values()
    shown = {path: state["error"] for path, state in page["fields"].items() if path in given}
    assert shown == {path: messages[path] for path in shown}
    return [(field, messages[field.path]) for field in typed]


OUTSIDE: dict[str, Callable[[Field], str]] = {
    "or more": lambda field: plain(field.low - BEYOND),
    " or less": lambda field: plain(field.high + BEYOND),
    "must be a whole number": lambda field: plain(field.low + BEYOND) if field.whole else "",
    "must be a number": lambda field: "many",
}
"""What a number is refused for, and what is typed; nothing into fields that would take it."""


@BY_NAME
@pytest.mark.parametrize("words", OUTSIDE)
def test_it_refuses_what_lies_just_outside_and_what_is_no_number(catalogue: Catalogue, name: str, words: str) -> None:
    """In all fields at once, each with a message of its own."""
    typed = {field: text for field in own_fields(name) if (text := OUTSIDE[words](field))}
    for field, message in refusals(catalogue, name, typed):
        assert about(field, message) and words in message, message


@BY_KIND
def test_a_single_mistake_is_spoken(catalogue: Catalogue, alike: list[tuple[str, Field]]) -> None:
    name, field = alike[0]
    a_single_mistake_is_spoken(catalogue, name, field)


@pytest.mark.long
@BY_FIELD
def test_a_single_mistake_in_every_field_is_spoken(catalogue: Catalogue, name: str, field: Field) -> None:
    a_single_mistake_is_spoken(catalogue, name, field)


def a_single_mistake_is_spoken(catalogue: Catalogue, name: str, field: Field) -> None:
    """Hold that nothing but the field is refused, in the words that the page speaks."""
    assert refusal(catalogue, name, {field.path: plain(field.low - BEYOND)}, field.path).endswith("or more")
    assert " or less" in refusal(catalogue, name, {field.path: plain(field.high + BEYOND)}, field.path)


NONSENSE = {
    "use a point for decimals": ["1.000,50", "1,5", "1,00", "1,0000"],
    "must be a number": ["nan", "inf", "-Infinity", "0x10", "1_000", "<script>", "ten", "1e", "--5", "1/2", "=1+1"],
    "must be 1 trillion or less": ["1e309", "9" * 400, "1e16"],
    "use the digits 0 to 9": ["१२", "\uff11\uff12", "½", "²", "Ⅷ"],
    "group digits in threes": ["12 34", "5 5k", "1.2.3", "1..2..3"],
    "enter ": ["", " ", "\u00a0"],
    "must be": ["−5", "-5", "..", "1..", "±", "5±", "5 parsecs", "\x00", "1k2"],
}


@pytest.mark.promise("A10")
@BY_KIND
def test_nonsense_gives_a_named_error(catalogue: Catalogue, alike: list[tuple[str, Field]]) -> None:
    """In one field of each kind: the others are read by the same code, and each is named in its message above."""
    nonsense_is_named(catalogue, *alike[0])


@pytest.mark.long
@pytest.mark.promise("A10")
@BY_FIELD
def test_nonsense_in_every_field_gives_a_named_error(catalogue: Catalogue, name: str, field: Field) -> None:
    nonsense_is_named(catalogue, name, field)


def nonsense_is_named(catalogue: Catalogue, name: str, field: Field) -> None:
    """Hold that each nonsense is refused in words of its own that name the field."""
    for words, texts in NONSENSE.items():
        for typed in texts:
            if field.optional and not typed.strip():
                continue  # left open, which is an answer
            message = refusal_message(catalogue, name, field, typed)
            assert about(field, message) and words in message.lower(), (typed, message)


def refusal_message(catalogue: Catalogue, name: str, field: Field, typed: str) -> str:
    """The message alone, without asking the page."""
    with pytest.raises(Refused) as refused:
        catalogue.answer(Question(name, {field.path: typed}))
    assert list(refused.value.problems) == [field.path], typed
    return refused.value.problems[field.path]


OTHER_UNIT: dict[str, Callable[[Field], bool]] = {
    "$1": lambda field: ("USD", 1) not in field.unit.powers,
    "1%": lambda field: field.unit is not SHARE and bool(field.unit.powers or field.unit.noun),
}
"""Whether a sign is out of place in a field."""


@BY_NAME
@pytest.mark.parametrize("typed", OTHER_UNIT)
def test_a_sign_of_another_unit_is_refused(catalogue: Catalogue, name: str, typed: str) -> None:
    """In all fields at once that are about something else."""
    for field, message in refusals(catalogue, name, dict.fromkeys(filter(OTHER_UNIT[typed], own_fields(name)), typed)):
        assert about(field, message)


AS_MEANT: dict[str, int | str] = {
    "1,000": 1000,
    "1 000": 1000,
    "1\u00a0000": 1000,
    "1\u2009000": 1000,
    "1\u202f000": 1000,
    "10k": 10_000,
    "2M": 2_000_000,
    "1.5m": 1_500_000,
    "1e6": 1_000_000,
    "1E+3": 1000,
    "12k": 12_000,
    "5.": 5,
    "1": 1,
    "+2": 2,
    "0.5": "0.5",
    ".5": "0.5",
    "50%": "0.5",
    "$3": 3,
    "$ 1,000.50": "1000.50",
    "-0": 0,
    "1,000k": 1_000_000,
    "3 thousand": 3000,
    "1 million": 1_000_000,
    "1bn": 10**9,
}


def fits(field: Field, typed: str) -> bool:
    """Whether a spelling suits a field's unit, and what it means the field's bounds.

    In billions, a suffix counts single things, which is held where numbers are read.
    """
    number = Decimal(AS_MEANT[typed])
    if field.unit.noun == "billion" and typed.strip()[-1].isalpha():
        return False
    suits = ("$" not in typed or ("USD", 1) in field.unit.powers) and ("%" not in typed or field.unit is SHARE)
    return suits and field.low <= number <= field.high and (not field.whole or number == number.to_integral_value())


def is_understood(catalogue: Catalogue, name: str, field: Field, typed: str) -> bool:
    """Whether a spelling is read as people mean it."""
    reading = understand_inputs(find_calculator(name).inputs, {field.path: typed}, catalogue.facts)
    return reading.problems == {} and reading.settings[field.path].value == Decimal(AS_MEANT[typed])


@pytest.mark.promise("A10")
@BY_KIND
def test_numbers_are_understood_as_people_mean_them(catalogue: Catalogue, alike: list[tuple[str, Field]]) -> None:
    """Every spelling, each in the first field of the kind that it fits."""
    fields = {typed: next((each for each in alike if fits(each[1], typed)), None) for typed in AS_MEANT}
    tried = {typed: is_understood(catalogue, *each, typed) for typed, each in fields.items() if each}
    assert tried and all(tried.values()), tried


@pytest.mark.long
@pytest.mark.promise("A10")
@BY_FIELD
def test_numbers_are_understood_in_every_field(catalogue: Catalogue, name: str, field: Field) -> None:
    tried = {typed: is_understood(catalogue, name, field, typed) for typed in AS_MEANT if fits(field, typed)}
    assert tried and all(tried.values()), tried


@pytest.mark.promise("A10")
@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(draws=st.data())
def test_any_text_is_understood_or_refused_by_name(catalogue: Catalogue, draws: st.DataObject) -> None:
    """Whatever is typed, nothing but an answer or a sentence about the field comes back."""
    name, field = draws.draw(st.sampled_from(FIELDS))
    likely = st.text("0123456789.,+-−±%$eEkM nN\u00a0x_१½", max_size=12)
    typed = draws.draw(st.one_of(likely, likely, st.text(max_size=30)), "typed")
    try:
        answer = json.loads(catalogue.answer(Question(name, {field.path: typed})))
    except Refused as refused:
        assert list(refused.problems) == [field.path] and about(field, refused.problems[field.path])
    else:
        if not (field.optional and not typed.strip()):
            assert field.low <= Decimal(answer["inputs"][field.path]["value"]) <= field.high


@pytest.mark.one_in(4)
@BY_NAME
def test_an_unknown_input_is_refused_with_the_nearest_name(catalogue: Catalogue, name: str) -> None:
    for known in askable(name):
        problems = understand_inputs(find_calculator(name).inputs, {f"{known}x": "1"}, catalogue.facts).problems
        assert problems == {f"{known}x": f"There is no input '{known}x'; did you mean '{known}'?"}
    assert refusal(catalogue, name, {f"{known}x": "1"}, f"{known}x") == problems[f"{known}x"]
    message = refusal(catalogue, name, {"no-such-thing-anywhere": "1"}, "no-such-thing-anywhere")
    assert message == "There is no input 'no-such-thing-anywhere'"


@BY_NAME
def test_what_is_not_asked_is_never_suggested(catalogue: Catalogue, name: str) -> None:
    """A collection that is used whole is no question: its name is unknown, and nobody is led to it."""
    for input, kind in kinds(find_calculator(name).inputs).items():
        if isinstance(kind, Every):
            for typed in (input, f"{input}x"):
                message = refusal(catalogue, name, {typed: "1"}, typed)
                suggested = re.search(r"did you mean '(.*)'", message)
                assert suggested is None or suggested[1] in askable(name), message


@BY_NAME
@pytest.mark.parametrize("given", ["", "[]", "null", "{", '{"requests": 5}', '{"a": null}', '"x"', "NaN"])
def test_what_is_no_object_of_texts_is_refused(catalogue: Catalogue, name: str, given: str) -> None:
    for form in ("json", "text", "html", "page"):
        with pytest.raises(Refused, match="The inputs"):
            catalogue.answer_json(f'{{"calculator": "{name}", "form": "{form}", "given": {given}}}')
