"""A case: each number is the one that its own calculator gives, and the next step is the ladder's."""

from __future__ import annotations

import itertools
import json
import re
from decimal import Decimal, localcontext

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing.approach.inputs import Inputs as RuleInputs
from calculators.choosing.case import EXAMPLES, Inputs
from calculators.choosing.case.step import MEASURES
from calculators.discovery import find_calculator
from calculators.engine.declare import Choice, Every, YesNo, kinds
from calculators.engine.numbers import EXACT
from calculators.engine.questions.question import Fold, Question, Report, Sensitivity
from calculators.engine.questions.swing import swings
from tests.calculators.answers import answer_json, computed
from tests.json_types import JsonObject

CASE = "choosing/case"

LAST = Decimal("1e-20")
"""Sums in another order differ in the last of 28 digits."""

FEW = {"examples": "3", "documents": "2000", "tokens_per_document": "1500", "documents_changed": "4%"}
SENT = {"instructions": "900", "answer": "250", "user_text": "120", "model": "openai/gpt-6-luna", "requests": "80k"}


def table(answer: JsonObject, name: str) -> list[list[object]]:
    """The rows of a table of an answer."""
    rows: list[list[object]] = next(each["rows"] for each in answer["tables"] if each["name"] == name)
    return rows


def judged(catalogue: Catalogue, name: str, given: dict[str, str], output: str) -> str:
    """The words of a verdict, without the rest of the answer."""
    with localcontext(EXACT):
        words: str = catalogue.compute(find_calculator(name), given).values[output].answer
    return words


def rung(catalogue: Catalogue, given: dict[str, str]) -> str:
    """The name of the next step."""
    return judged(catalogue, CASE, given, "step").partition(": ")[0].partition(". ")[0]


def value(answer: JsonObject, output: str) -> Decimal:
    return Decimal(answer["outputs"][output]["value"])


@pytest.mark.parametrize("more", [{}, {"people": "no"}, {"caching": "no", "repeated": "10%", "labor_rate": "75"}])
def test_each_lever_costs_what_its_own_calculator_says(catalogue: Catalogue, more: dict[str, str]) -> None:
    """The first years of the calculators of prompting, retrieval and fine-tuning, asked the same."""
    case = answer_json(catalogue, CASE, {**SENT, **FEW, **more})
    prompting = answer_json(catalogue, "prompting/cost", {**SENT, "examples": "3", **more})
    shared = {name: text for name, text in SENT.items() if name not in ("requests", "user_text")}
    asked = {"queries": "80k", "query_tokens": "120"}
    retrieval = answer_json(catalogue, "rag/cost", {**shared, **asked, **FEW, **more})
    sent = {name: SENT[name] for name in ("answer", "user_text", "requests")}
    tuned = answer_json(
        catalogue, "fine_tuning/cost", {**sent, **{name: text for name, text in more.items() if name != "caching"}}
    )
    for output, own in (("prompting_year", prompting), ("retrieval_year", retrieval), ("tuned_year", tuned)):
        assert abs(value(case, output) - value(own, "first_year")) < LAST, output


def test_each_range_is_that_of_the_comparison_of_plans(catalogue: Catalogue) -> None:
    """The low, the likely and the high end of each plan over all settings, and its split."""
    case = answer_json(catalogue, CASE, {"examples": "3"})
    rows = table(case, "levers")
    for number, (name, total, tokens, hosting, people, low, high) in enumerate(rows, 1):
        given = {"against": str(max(2, number)), "retrieval.examples": "3"}
        plans = answer_json(catalogue, "choosing/break_even", given)
        span = plans["outputs"]["first_span" if number == 1 else "other_span"]["value"]
        assert [low, total, high] == [span["low"], span["likely"], span["high"]], name
        split = table(plans, "split")[number - 1]
        assert [str(name).partition(" (")[0], total, tokens, hosting, people] == split[:5]


def test_prompting_by_hand(catalogue: Catalogue) -> None:
    """1,000 × (800 × $2 + 300 × $10) ÷ 1M = $4.60 a month, $55.20 a year; people and retries are left out.

    A fifth less and a fifth more for a request are $44.16 and $66.24.
    """
    given = {
        **{"requests": "1000", "instructions": "0", "examples": "0", "user_text": "800", "answer": "300"},
        **{"reasoning": "0", "repeated": "0", "people": "no", "request_spread": "20%", "caching": "no"},
        **{"model": "openai/gpt-6.2-sol", "model.input": "2", "model.output": "10"},
    }
    case = answer_json(catalogue, CASE, given)
    assert value(case, "prompting_year") == Decimal("55.2")
    prompting = table(case, "levers")[0]
    assert [Decimal(str(cell)) for cell in prompting[1:]] == [
        *map(Decimal, ("55.2", "55.2", "0", "0", "44.16", "66.24"))
    ]


def test_the_wait_is_that_of_its_own_calculator(catalogue: Catalogue) -> None:
    """The p95 of the first token and of the answer, for the prompt's own length and reasoning."""
    case = answer_json(catalogue, CASE, {"documents": "0", "state": "reached", "answer": "400"})
    prompt = answer_json(catalogue, "prompting/cost", {"answer": "400"})["outputs"]
    given = {
        **{"prompt": prompt["prompt_tokens"]["value"], "reasoning": prompt["reasoning_tokens"]["value"]},
        **{"answer": "400", "around.retrieval": "0", "around.rerank": "0"},
    }
    wait = answer_json(catalogue, "serving/latency", given)["outputs"]
    assert case["outputs"]["first_token"] == {**case["outputs"]["first_token"], "value": wait["first_p95"]["value"]}
    assert case["outputs"]["whole_answer"]["value"] == wait["whole_p95"]["value"]


def test_the_next_test_is_that_of_the_plan_of_a_test(catalogue: Catalogue) -> None:
    """As many cases as both versions have to answer."""
    scores = {"baseline": "85%", "expected": "89%"}
    case = answer_json(catalogue, CASE, {f"test.{name}": text for name, text in scores.items()})
    plan = answer_json(catalogue, "evaluating/plan", scores)
    assert case["outputs"]["cases"]["value"] == plan["outputs"]["paired_sample_size"]["value"]


# What goes wrong, whether edits help, tokens in all documents, documents changed, and the rung of the ladder: by hand,
# from the rules. Prompt and examples were not left out: a structured prompt was tried, examples were.
DECISIONS = [
    ("untested", "yes", "20M", "10%", "Build a test set first"),
    ("untested", "no", "0", "0%", "Build a test set first"),
    ("reached", "yes", "20M", "10%", "Keep what works"),
    ("reached", "no", "0", "0%", "Keep what works"),
    ("heavy", "yes", "20M", "10%", "Less reasoning effort"),
    ("heavy", "no", "0", "0%", "Less reasoning effort"),
    ("format", "yes", "20M", "10%", "Structured output"),
    ("format", "no", "0", "0%", "Structured output"),
    ("facts", "yes", "20M", "10%", "Retrieval"),
    ("facts", "yes", "20M", "0%", "Retrieval"),
    ("facts", "no", "5000", "0%", "A better prompt"),
    ("facts", "yes", "5000", "0%", "A better prompt"),
    ("facts", "yes", "5000", "10%", "A better prompt"),
    ("facts", "yes", "0", "0%", "Find where the missing facts are"),
    ("facts", "no", "0", "0%", "Find where the missing facts are"),
    ("unnamed", "yes", "0", "0%", "Read thirty failures first"),
    ("unnamed", "yes", "20M", "10%", "Read thirty failures first"),
    ("unnamed", "no", "0", "0%", "Read thirty failures first"),
    ("unnamed", "no", "20M", "10%", "Read thirty failures first"),
    ("behavior", "yes", "0", "0%", "Stay with the prompt"),
    ("behavior", "yes", "20M", "10%", "Retrieval"),
    ("behavior", "no", "20M", "10%", "Retrieval"),
]


@pytest.mark.parametrize(("state", "improving", "tokens", "changed", "step"), DECISIONS)
def test_the_next_step_follows_from_the_first_questions(
    catalogue: Catalogue, state: str, improving: str, tokens: str, changed: str, step: str
) -> None:
    """One row of the decision table."""
    documents = "0" if tokens == "0" else "1"
    size = {} if tokens == "0" else {"tokens_per_document": tokens}
    given = {"state": state, "improving": improving, "documents": documents, "documents_changed": changed, **size}
    assert rung(catalogue, {**given, "ladder.few_shot_examples": "yes"}) == step


@pytest.mark.parametrize(
    ("documents", "more", "step"),
    [
        ("4", {}, "A better prompt"),
        ("16", {}, "A better prompt"),  # 32,000 tokens, all that may stand in a prompt
        ("17", {}, "Retrieval"),
        ("4", {"few_tokens": "7999"}, "Retrieval"),
        ("4", {"few_tokens": "8000"}, "A better prompt"),
        ("3", {"model.context_window": "8192", "tokens_per_document": "1365"}, "A better prompt"),
        ("3", {"model.context_window": "8192", "tokens_per_document": "1366"}, "Retrieval"),
        ("4", {"documents_given": "yes"}, "Stay with the prompt"),
        ("4", {"documents_given": "yes", "improving": "no"}, "Retrieval"),
        ("4", {"ladder.retrieval": "yes"}, "A better prompt"),
    ],
)
def test_documents_that_fit_go_into_the_prompt_before_retrieval(
    catalogue: Catalogue, documents: str, more: dict[str, str], step: str
) -> None:
    """All together, against what does well in a prompt and half of the model's window; and the answer says why."""
    given = {"documents": documents, "state": "facts", "documents_changed": "10%", "ladder.few_shot_examples": "yes"}
    answer = answer_json(catalogue, CASE, {**given, **more})
    assert rung(catalogue, {**given, **more}) == step
    assert any("before you build a search" in note for note in answer["notes"]) == (step == "A better prompt")


def test_documents_in_the_prompt_are_priced_as_a_longer_prompt(catalogue: Catalogue) -> None:
    """The year of prompting with 8,000 tokens more in its fixed part, as the calculator of prompts counts them."""
    longer = answer_json(catalogue, "prompting/cost", {"instructions": "8800"})
    case = answer_json(catalogue, CASE, {"documents": "4"})
    assert abs(value(case, "prompting_year") - value(longer, "first_year")) < LAST
    assert sum("before you build" in said for said in case["notes"]) == 1


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ({"state": "heavy", "ladder.effort_compared": "yes"}, "Caching or a smaller model"),
        ({"state": "heavy", "ladder.effort_compared": "yes", "lightened": "yes"}, "A router or a cascade"),
        ({"state": "facts", "ladder.tool_use": "missing"}, "Tools"),
        ({"behavior": "slips", "state": "behavior"}, "More reasoning effort"),
    ],
)
def test_the_rungs_between_prompt_and_training(catalogue: Catalogue, answers: dict[str, str], step: str) -> None:
    """The answers of the ladder that a case takes as they are."""
    given = {"documents": "0", "ladder.few_shot_examples": "yes", **answers}
    assert rung(catalogue, given) == step


@pytest.mark.parametrize(("requests", "step"), [("1000", "Stay with the prompt"), ("5M", "Fine-tuning")])
def test_the_volume_counts_against_the_break_even_of_the_case(catalogue: Catalogue, requests: str, step: str) -> None:
    """Training is advised from the volume on at which it costs less by the case's own numbers."""
    given = {
        **{"documents": "0", "state": "behavior", "improving": "no", "ladder.few_shot_examples": "yes"},
        **{"ladder.good_examples": "800", "requests": requests},
    }
    case = answer_json(catalogue, CASE, given)
    assert rung(catalogue, given) == step
    assert (value(case, "break_even_volume") <= Decimal(requests.replace("M", "000000"))) == (step == "Fine-tuning")


TRIED = [
    name for name, kind in kinds(RuleInputs).items() if isinstance(kind, YesNo) and name not in ("test_set", "latency")
] + ["provider"]
"""The questions that a case asks in the ladder's own words."""


def answers(question: str) -> list[str]:
    """All answers to a question of the ladder."""
    kind = kinds(RuleInputs)[question]
    return list(kind.options) if isinstance(kind, Choice) else ["yes", "no"]


@pytest.mark.one_in(4)
@pytest.mark.parametrize("fixed", list(itertools.product(answers("result"), answers("facts"), answers("behavior"))))
def test_every_answer_of_the_ladder_gives_its_advice(catalogue: Catalogue, fixed: tuple[str, str, str]) -> None:
    """With each of its questions answered outright, a case advises what the ladder does; all of them in pairs."""
    result, facts, behavior = fixed
    others = {
        **{name: answers(name) for name in ("test_set", "cost_and_latency", "format", "task", "latency")},
        **{f"ladder.{name}": answers(name) for name in TRIED},
    }
    ready = {"test_set": "yes", "ladder.good_examples": "800", "break_even_requests": "1000"}
    base = {**ready, "result": result, "facts": facts, "behavior": behavior}
    for name, words in others.items():
        for word in words:
            given = {**base, name: word}
            bare = {path.removeprefix("ladder."): text for path, text in given.items()}
            assert rung(catalogue, given) == judged(catalogue, "choosing/approach", bare, "verdict"), given


def test_every_rung_has_something_to_measure(catalogue: Catalogue) -> None:
    """A rung without words of its own would get those of staying."""
    rungs = {id.partition("/")[2] for id in catalogue.facts.entries("rungs") if id.startswith("approach/")}
    assert rungs == set(MEASURES)


def test_an_untouched_case_is_an_example(catalogue: Catalogue) -> None:
    """Nobody who has answered nothing gets advice; any answer makes it theirs."""
    html = catalogue.answer(Question(CASE, form="html"))
    assert "Your next step, in an example" in html and "result-value is-example" in html
    same = catalogue.answer(Question(CASE, {"state": "facts"}, form="html"))
    answered = catalogue.answer(Question(CASE, {"requests": "60k"}, form="html"))
    assert "in an example" in same and "in an example" not in answered
    assert "Your next step, in an example" in catalogue.answer(Question(CASE, form="text"))


def test_what_turns_the_cost_does_turn_it(catalogue: Catalogue) -> None:
    """At the value that is named, training costs as much as doing without it; on its other side it costs less."""
    rows = table(answer_json(catalogue, CASE, {"requests": "60k"}), "turns")
    assert [row[0] for row in rows] == ["Rate of labor", "Requests a month"]
    turn = str(rows[1][2]).removesuffix(" requests").replace(",", "")
    ends = [str(int(Decimal(turn) * share)) for share in (Decimal("0.99"), Decimal("1.01"))]
    below, above = (value(answer_json(catalogue, CASE, {"requests": end}), "tuning_saves") for end in ends)
    assert below < 0 < above


def test_the_fold_of_what_turns_is_filled_when_asked(catalogue: Catalogue) -> None:
    """It takes longer than the rest, so an edit leaves it empty."""
    page = json.loads(catalogue.answer(Question(CASE, {"requests": "60k"}, form="page")))
    assert "Turns at" not in page["result"]
    assert "Turns at" in catalogue.answer(Question(CASE, {"requests": "60k"}, ask=Fold("turns"), form="html"))


def test_folded_questions_are_counted(catalogue: Catalogue) -> None:
    """The summary of all assumptions says how many there are and how many were changed."""
    inputs = find_calculator(CASE).inputs
    folded = [kind for kind in kinds(inputs).values() if kind.folded and type(kind).__name__ != "Every"]
    for given, words in (({}, "all default"), ({"labor_rate": "80", "model.input": "2"}, "1 changed")):
        page = json.loads(catalogue.answer(Question(CASE, given, form="page")))
        counts = [page["fields"][name]["echo"] for name in (":assumptions", ":others")]
        assert counts == [f"{len(Inputs.LEADING)}, {words}", f"{len(folded) - len(Inputs.LEADING)}, all default"]


def test_failures_that_nobody_has_read_are_read_first(catalogue: Catalogue) -> None:
    """Nothing is said of facts or behavior, and nothing is called the reader's answer that the reader did not give."""
    answer = answer_json(catalogue, CASE, {"state": "unnamed"})
    step = answer["outputs"]["step"]
    assert "neither facts nor behavior are named as wrong" in json.dumps(step["reasons"])
    assert "The behavior is right" not in json.dumps(answer)
    assert {row[1] for row in table(answer, "changes")} == {"it fails, nobody has read why"}
    lever = answer["outputs"]["step_year"]["value"]
    assert [lever["low"], lever["high"]] == table(answer, "levers")[0][5:]


@pytest.mark.parametrize(
    ("more", "step"),
    [
        ({"behavior": "wrong"}, "Few-shot examples"),
        ({"result": "reached"}, "Keep what works"),
        ({"test_set": "no"}, "Build a test set first"),
    ],
)
def test_what_the_reader_says_of_the_failures_goes_before(
    catalogue: Catalogue, more: dict[str, str], step: str
) -> None:
    """A reader who answers the ladder's own question has read them, or has none to read."""
    assert rung(catalogue, {"state": "unnamed", "documents": "0", **more}) == step


@pytest.mark.parametrize(
    ("state", "pattern"),
    [
        (
            "untested",
            r"Build a test set first: 147 examples, .*\. Retrieval, likely next: \$\S+ to \$\S+ in the first year",
        ),
        ("unnamed", "Read thirty failures first"),
        ("heavy", "Less reasoning effort"),
        ("format", "Structured output"),
        ("reached", "Keep what works"),
        ("facts", r"Retrieval: \$\S+ to \$\S+ in the first year"),
    ],
)
def test_only_a_lever_has_a_price_as_a_step(catalogue: Catalogue, state: str, pattern: str) -> None:
    assert re.fullmatch(pattern, judged(catalogue, CASE, {"state": state}, "step"))


@pytest.mark.parametrize("state", ["untested", "unnamed"])
def test_each_other_state_of_today_has_the_step_that_is_named(catalogue: Catalogue, state: str) -> None:
    """Where no single answer of the ladder changes the step, another state of today does."""
    kind = kinds(find_calculator(CASE).inputs)["state"]
    assert isinstance(kind, Choice)
    words = {str(label): word for word, label in kind.options.items()}
    rows = table(answer_json(catalogue, CASE, {"state": state}), "changes")
    assert {words[str(row[2])] for row in rows} == set(kind.options) - {state}
    for row in rows:
        assert rung(catalogue, {"state": words[str(row[2])]}) == row[3]


def test_answers_that_nobody_gave_are_marked_as_assumed(catalogue: Catalogue) -> None:
    """A default is marked, and so is what follows from an answer and a default."""

    def now(given: dict[str, str]) -> dict[object, object]:
        return {row[0]: row[1] for row in table(answer_json(catalogue, CASE, given), "changes")}

    untold = now({"requests": "60k", "instructions": "700"})
    assert untold["Behavior"] == "assumed: right" and untold["Test set with scored examples"] == "assumed: yes"
    assert all(str(cell).startswith("assumed: ") for cell in untold.values())
    spoken = now({"state": "behavior", "documents": "0"})
    assert (
        spoken["Behavior"] == "wrong in tone, judgment or labels" and spoken["Test set with scored examples"] == "yes"
    )
    assert spoken["Result"] == "assumed: below the target, improving"
    assert now({"state": "behavior", "documents": "0", "improving": "no"})["Result"] == "below the target, stuck"
    assert now({"behavior": "wrong"})["Behavior"] == "wrong in tone, judgment or labels"
    for form in ("html", "text"):
        assert "assumed: right" in catalogue.answer(Question(CASE, {"requests": "60k"}, form=form)), form


ALL_SAID = {"documents": "2000", "changes": "weekly", "state": "format", "requests": "60k"}


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_a_reason_that_rests_on_what_nobody_said_is_marked_as_assumed(catalogue: Catalogue, form: str) -> None:
    """Whether facts are missing follows from a question that stands on the form, and so does whether they change."""
    bare, text = (catalogue.answer(Question(CASE, given, form=form)) for given in ({"requests": "60k"}, ALL_SAID))
    for reason in ("The facts change or must be cited.", "The behavior is right and facts are missing."):
        assert f"Assumed: {reason}" in bare and bare.count(reason) == bare.count(f"Assumed: {reason}")
    named = ("Documents", "A document changes", "Test set, and what goes wrong")
    assert f"rests on what you did not answer: {', '.join(f'“{label}”' for label in named)}." in bare
    assert "The output must follow a schema" in text and "Assumed:" not in text
    untouched = catalogue.answer(Question(CASE, {}, form=form))
    assert "in an example" in untouched and "Assumed: " not in untouched


def test_no_default_speaks_of_somebody_elses_answers(catalogue: Catalogue) -> None:
    reasons = [str(getattr(kinds(Inputs)[name], "because", "")) for name in ("work", "state", "matters")]
    assert all(reasons) and not any("help desk" in reason for reason in reasons)


def test_after_a_step_that_stays_the_answer_says_what_to_fix(catalogue: Catalogue) -> None:
    words = judged(catalogue, CASE, {"state": "facts", "requests": "60k"}, "next_rung")
    assert words.startswith("Retrieval again. ") and "not found or not used" in words


@pytest.mark.parametrize(
    ("given", "label"),
    [({"state": "facts"}, "Retrieval, the first year"), ({"state": "untested"}, "Retrieval, the first year")],
)
def test_a_report_asks_what_moves_the_cost_of_the_lever(
    catalogue: Catalogue, given: dict[str, str], label: str
) -> None:
    """The assumptions that matter most are those of the amount behind the next step."""
    written = catalogue.answer(Question(CASE, {"requests": "60k", **given}, ask=Report(""), form="markdown"))
    section = written.partition("## Assumptions that matter most")[2].partition("\n## ")[0]
    assert "| Rate of labor |" in section and section.count(f"“{label}” goes from") == 3


@pytest.mark.parametrize("names", [("batch_input",), ("batch_input", "batch_output", "cache_storage")])
def test_figures_that_change_nothing_are_named_beside_marked_answers(
    catalogue: Catalogue, names: tuple[str, ...]
) -> None:
    """Of the same answer with and without a figure, only one has marks."""
    notes = answer_json(catalogue, CASE, {f"model.{name}": "3" for name in names})["notes"]
    assert sum("the figure you typed changes nothing" in note for note in notes) == len(names)


def test_the_questions_about_a_tuned_model_say_what_it_runs_on() -> None:
    """In words of everybody: who has no machine yet does not know what is served, and how."""
    labels = [kind.label for kind in kinds(find_calculator(CASE).inputs).values()]
    assert "Where the tuned model runs" in labels and "GPU that the tuned model runs on" in labels
    assert [label for label in labels if label.startswith(("Served", "Serving"))] == []


@pytest.mark.parametrize(
    ("given", "lever"),
    [({}, "Retrieval, the first year"), ({"state": "untested", "documents": "0"}, "Prompting, the first year")],
)
def test_what_matters_most_opens_on_the_amount_that_the_headline_speaks_of(
    catalogue: Catalogue, given: dict[str, str], lever: str
) -> None:
    sentence = catalogue.answer(Question(CASE, given, ask=Sensitivity(""), form="text"))
    assert f"“{lever}”" in sentence
    panel = catalogue.panel(CASE, given, "case", "full")
    (select,) = re.findall(r'<select[^>]*data-role="sensitivity".*?</select>', panel)
    assert re.search(r'<option value="" selected[^>]*>The amount in the headline<', select)


FEWEST_PERCENT = 4
"""What a leading assumption moves, a twenty-fifth of the first year of some lever."""

DONE_BEFORE = {"improving", "ladder.structured_prompt", "ladder.few_shot_examples", "ladder.retrieval"}
RANGES = {"people_spread", "request_spread"}
YEARS = ("prompting_year", "retrieval_year", "tuned_year", "both_year")


def is_choice(name: str) -> bool:
    return isinstance(kinds(Inputs)[name], Choice | YesNo)


@pytest.mark.long
def test_numbers_that_move_the_first_year_lead_the_assumptions(catalogue: Catalogue) -> None:
    """A fifth up and down in the case as it comes and in each example, and figures of a picked record with it."""
    moving = set()
    folded = {name for name, kind in kinds(Inputs).items() if kind.folded}
    for given in ({}, *(situation.given for situation in EXAMPLES)):
        answer = catalogue.compute(find_calculator(CASE), given)
        for year in YEARS:
            whole = getattr(computed(catalogue, CASE, dict(given)), year)
            for swing in swings(answer.formula, year, answer.reading, list(answer.variables.values())):
                if swing.width * 100 >= FEWEST_PERCENT * whole:
                    moving |= {swing.asked.path, swing.asked.path.rpartition(".")[0]} & folded
    assert moving == {name for name in Inputs.LEADING if not is_choice(name)} - RANGES


def test_choices_that_move_the_first_year_or_the_step_lead_the_assumptions(catalogue: Catalogue) -> None:
    base = [getattr(computed(catalogue, CASE, {}), year) for year in YEARS]

    def moves(name: str, word: str) -> bool:
        answer = computed(catalogue, CASE, {name: word})
        years = [getattr(answer, year) for year in YEARS]
        return any(abs(year - was) * 100 >= FEWEST_PERCENT * was for year, was in zip(years, base, strict=True))

    leading = {name for name in Inputs.LEADING if is_choice(name)}
    assert leading >= DONE_BEFORE
    for name in leading - DONE_BEFORE:
        kind = kinds(Inputs)[name]
        assert any(moves(name, word) for word in (kind.options if isinstance(kind, Choice) else ("yes", "no"))), name


def test_the_form_shows_the_leading_assumptions_first_and_counts_both_folds(catalogue: Catalogue) -> None:
    panel = catalogue.panel(CASE, {"labor_rate": "80", "tries.most": "3"}, "case", "full")
    first_count, other_count = re.findall(
        r'data-field=":(?:assumptions|others)">([^<]*)<span class="field-echo">([^<]*)', panel
    )
    total = len([name for name, kind in kinds(Inputs).items() if kind.folded and not isinstance(kind, Every)])
    assert first_count == ("Assumptions (", f"{len(Inputs.LEADING)}, 1 changed; 1 of all others changed")
    assert other_count == ("All others (", f"{total - len(Inputs.LEADING)}, 1 changed")
    places = {name: panel.index(f'name="{name}"') for name in ("labor_rate", "tuned.examples", "tries.most")}
    fold = panel.index('data-field=":others"')
    assert places["labor_rate"] < fold and places["tuned.examples"] < fold < places["tries.most"]
    assert len(set(Inputs.LEADING)) == len(Inputs.LEADING) <= 31


def test_a_model_that_was_shut_down_is_said_first(catalogue: Catalogue) -> None:
    first, *_ = answer_json(catalogue, "choosing/case", {"model": "anthropic/claude-opus-4"})["notes"]
    assert first.startswith("Claude Opus 4 was shut down on 2026-06-15")
    served = answer_json(catalogue, "choosing/case", {"model": "openai/gpt-6-luna"})["notes"]
    assert not any("was shut down" in note for note in served)
