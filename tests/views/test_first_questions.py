"""Forms begin with what matters: few questions first, the rest in folds whose line shows their values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import Choice, Every, File, InputKind, Lines, NumberInput, Text, kinds
from calculators.engine.inputs.questions import ABOVE
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json
from tests.calculators.every.asked.idle import different_answers

MOST = 8
"""Questions that a form may show before its first fold is opened."""

NAMES = calculator_names()
VOID = ("input", "br", "img", "hr", "use", "path", "rect", "line", "circle")


class Shown(HTMLParser):
    """The names of the fields that a reader sees in a page's markup before a fold is opened; a table is one field."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool, bool]] = [("", False, False)]
        self.fields: list[str] = []
        self.is_in_form = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        _, is_unseen, is_in_field = self.stack[-1]
        if tag == "form":
            self.is_in_form = True
        is_field = "field" in (named.get("class") or "").split() and self.is_in_form
        is_unseen = is_unseen or "hidden" in named or (tag == "details" and "open" not in named)
        if is_field and not is_unseen and not is_in_field:
            self.fields.append(named["data-field"] or "")
        if tag not in VOID:
            self.stack.append((tag, is_unseen, is_in_field or is_field))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_in_form = False
        if tag in VOID:
            return
        while len(self.stack) > 1 and self.stack.pop()[0] != tag:
            pass


def shown(catalogue: Catalogue, name: str, **given: str) -> list[str]:
    """The fields of a calculator's form that are in sight, also without scripts."""
    return Shown(catalogue.panel(name, given, "it", "full")).fields


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", NAMES)
def test_a_form_begins_with_at_most_eight_questions(name: str, catalogue: Catalogue) -> None:
    """As it is built, with its defaults and with each of its examples."""
    calculator = find_calculator(name)
    for given in ({}, *(example.given for example in calculator.examples)):
        fields = shown(catalogue, name, **given)
        assert 0 < len(fields) <= MOST, fields


def test_the_count_sees_what_a_reader_sees() -> None:
    """A field in a closed fold or a hidden one does not count, and a table counts once."""
    field = '<div class="field" data-field="{}"{}><input name="x"></div>'.format
    folded = f"<details><summary>More</summary>{field('c', '')}</details>"
    table = f'<div class="field" data-field="d"><table><td>{field("d.1.x", "")}</td></table></div>'
    html = f"<form>{field('a', '')}{field('b', ' hidden')}{folded}{table}</form>{field('z', '')}"
    assert Shown(html).fields == ["a", "d"]


def test_the_line_of_a_fold_shows_its_values_and_marks_what_was_changed(catalogue: Catalogue) -> None:
    """In the page and after an edit; what does not apply is not named."""
    cost = "prompting/cost"
    told = json.loads(catalogue.answer(Question(cost, {}, form="page")))["fields"][":fold Caching"]
    assert told["published"].startswith("Prompt caching: yes · Cache lifetime: the provider&#39;s usual lifetime")
    panel = catalogue.panel(cost, {}, "it", "full")
    assert f'<span>Caching</span><span class="field-published">{told["published"]}</span>' in panel
    given = {"caching": "no", "active_hours": "174"}
    told = json.loads(catalogue.answer(Question(cost, given, form="page")))["fields"]
    line = told[":fold Caching"]["published"]
    assert line.startswith("<strong>2 changed</strong> · Prompt caching: no · Hours with traffic: 174")
    assert "lifetime" not in line and told["lifetime"]["gone"] == "yes"
    measured = Question(cost, {"active_hours": "174"}, form="page", measured={"active_hours": "measured from logs"})
    assert "1 changed" in json.loads(catalogue.answer(measured))["fields"][":fold Caching"]["published"]


def test_a_wrong_answer_is_shown_although_its_question_does_not_apply(catalogue: Catalogue) -> None:
    """Else nobody could see what has to be corrected."""
    given = {"caching": "no", "lifetime": "zebra"}
    fields = json.loads(catalogue.answer(Question("prompting/cost", given, form="page")))["fields"]
    assert "gone" not in fields["lifetime"] and fields["lifetime"]["error"]


def test_a_question_that_hangs_on_one_that_does_not_apply_is_gone_too(catalogue: Catalogue) -> None:
    """Logits in 32 bits are a question only where the loss is not computed in pieces, and their size only then."""
    for given, hidden in (({}, False), ({"chunked_loss": "yes"}, True), ({"wide_logits": "no"}, True)):
        answer = json.loads(catalogue.answer(Question("fine_tuning/hardware", given, form="page")))
        assert ("gone" in answer["fields"]["logit_bytes"]) is hidden, given
    for gpus, hidden in (("1", True), ("2", False), ("1..2", False)):
        answer = json.loads(catalogue.answer(Question("fine_tuning/hardware", {"gpus": gpus}, form="page")))
        assert ("gone" in answer["fields"]["sharded"]) is hidden, gpus


def conditional(name: str) -> Iterator[tuple[str, InputKind]]:
    """The questions of a calculator's own that are not always asked."""
    for path, kind in kinds(find_calculator(name).inputs).items():
        if kind.only_if and "." not in path and "." not in kind.only_if[0]:
            yield path, kind


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", [name for name in NAMES if any(conditional(name))])
def test_a_question_that_does_not_apply_changes_nothing(name: str, catalogue: Catalogue) -> None:
    """Whatever is typed for it, no figure, table or note differs."""
    questions = kinds(find_calculator(name).inputs)
    for path, kind in conditional(name):
        condition, *words = kind.only_if
        owner = questions[condition]
        if words[0] in ABOVE:
            without = [str(ABOVE[words[0]])]
        else:
            every = owner.options if isinstance(owner, Choice) else ("yes", "no")
            without = [word for word in every if word not in words]
        for word in without:
            before = outputs(catalogue, name, {condition: word})
            for text in different_answers(kind, catalogue.facts):
                assert outputs(catalogue, name, {condition: word, path: text}) == before, (path, text, word)


def outputs(catalogue: Catalogue, name: str, given: dict[str, str]) -> object:
    """All that a calculator answers."""
    answer = json.loads(catalogue.answer(Question(name, given)))
    return [answer[part] for part in ("outputs", "tables", "notes")]


def test_every_condition_names_a_question_and_words_that_can_answer_it() -> None:
    """A condition that no answer meets would hide its question for good."""
    for name in NAMES:
        questions = kinds(find_calculator(name).inputs)
        for path, kind in questions.items():
            for condition, *words in [] if isinstance(kind, Every) else kind.conditions:
                lines, _, cell = condition.rpartition(".")
                table = questions.get(lines)
                owner = kinds(table.line_type)[cell] if isinstance(table, Lines) else questions[condition]
                if isinstance(owner, NumberInput):
                    least = 0 if owner.default is None else owner.low  # left open, it is not above any number
                    assert len(words) == 1 and words[0] in ABOVE and least <= ABOVE[words[0]], (name, path)
                else:
                    options = owner.options if isinstance(owner, Choice) else ("yes", "no")
                    assert set(words) <= set(options), (name, path)


DATA = {
    "evaluating/compare": ("results", "0.5,0.7\n1,0", ("design", "both_right", "only_a", "only_b", "both_wrong")),
    "evaluating/judge": (
        "label_text",
        "case,person,judge\na,1,1\nb,0,1",
        ("both_pass", "only_people", "only_judge", "both_fail"),
    ),
    "evaluating/retrieval": ("results_a_file", "q1 Q0 d1 1 1 x", ("results_a",)),
    "fine_tuning/dataset": ("training_file", '{"messages": []}', ("training_text",)),
}


@pytest.mark.parametrize("name", DATA)
def test_data_of_the_reader_takes_the_place_of_what_an_example_shows(name: str, catalogue: Catalogue) -> None:
    question, content, idle = DATA[name]
    for text, is_gone in (("", False), (content, True), (" ", False)):
        given = {question: text} if text else {}
        fields = json.loads(catalogue.answer(Question(name, given, form="page")))["fields"]
        assert [path for path in idle if ("gone" in fields[path]) is not is_gone] == [], given


def replaced(name: str) -> Iterator[tuple[str, InputKind]]:
    """The questions of a calculator's own that data of the reader's takes the place of."""
    for path, kind in kinds(find_calculator(name).inputs).items():
        if kind.unless and path in DATA.get(name, ("", "", ()))[2]:
            yield path, kind


@pytest.mark.parametrize("name", DATA)
def test_a_question_that_data_took_the_place_of_changes_nothing(name: str, catalogue: Catalogue) -> None:
    question, content, _ = DATA[name]
    before = outputs(catalogue, name, {question: content})
    for path, kind in replaced(name):
        for text in ("Another text",) if isinstance(kind, Text) else different_answers(kind, catalogue.facts):
            assert outputs(catalogue, name, {question: content, path: text}) == before, (path, text)


def test_every_question_that_data_takes_the_place_of_names_a_question_for_data() -> None:
    for name in NAMES:
        questions = kinds(find_calculator(name).inputs)
        for path, kind in questions.items():
            assert all(isinstance(questions[name_of_data], Text | File) for name_of_data in kind.unless), (name, path)
            assert path not in kind.unless


def test_epochs_are_left_to_the_rule_until_somebody_types_them(catalogue: Catalogue) -> None:
    """The form shows no 0 beside a result that counts three or more."""
    for typed, expected in (({}, 25), ({"epochs": "0"}, 25), ({"epochs": "2"}, 2)):
        outputs = answer_json(catalogue, "fine_tuning/dataset", {"training_text": '{"messages": []}', **typed})
        assert outputs["outputs"]["n_epochs"]["value"] == str(expected)
    page = catalogue.panel("fine_tuning/dataset", {}, "id", "full")
    [box] = re.findall(r'<input[^>]*name="epochs"[^>]*>', page)
    assert 'value="0"' not in box
