"""The dataset checker: a file for each rule, random files against a plain check, hostile files, and privacy."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Headline, Question, Result, Working
from calculators.readers.training.report import LISTED
from calculators.readers.training.rules import RULES
from macros import command as terminal
from macros.tokens import count_with_tiktoken
from tests.calculators.answers import computed
from tests.calculators.fine_tuning.dataset.by_hand import broken_rules, epochs, statistics, tokens_of
from tests.json_types import JsonObject

NAME = "fine_tuning/dataset"
FILES = Path(__file__).parent / "files"
LABELS = {rule: ruling.label for rule, ruling in RULES.items()}


def asked(catalogue: Catalogue, training: str, **given: str) -> JsonObject:
    """The answer's JSON for a training file."""
    files = {"training_file": training, **{name: text for name, text in given.items() if name.endswith("_file")}}
    typed = json.dumps({name: text for name, text in given.items() if name not in files})
    answer: JsonObject = json.loads(catalogue.answer(Question(NAME, json.loads(typed), files=files)))
    return answer


def table(answer: JsonObject, name: str) -> list[list[Any]]:
    rows: list[list[Any]]
    (rows,) = [table["rows"] for table in answer["tables"] if table["name"] == name]
    return rows


def problems_of(answer: JsonObject) -> dict[str, tuple[int, str]]:
    """The rules that some line breaks: how many lines, and which."""
    by_label: dict[str, tuple[int, str]] = {}
    for label, _, count, where, *_ in table(answer, "problems"):
        by_label[label.partition(": “")[0]] = (int(count), re.sub(r" \(message \d+\)", "", where))
    rules = {label: rule for rule, label in LABELS.items()}
    return {rules[label]: problem for label, problem in by_label.items()}


def output_number(answer: JsonObject, output: str) -> Decimal:
    return Decimal(answer["outputs"][output]["value"])


# Which line of its file breaks each rule; what is found besides, where it comes with it.
BROKEN: dict[str, tuple[int, set[str]]] = {
    "data_type": (2, set()),
    "missing_messages_list": (3, set()),
    "message_missing_key": (2, {"missing_user"}),
    "message_unrecognized_key": (3, set()),
    "unrecognized_role": (1, set()),
    "missing_content": (2, set()),
    "example_missing_assistant_message": (3, set()),
    "message_not_object": (2, {"missing_system"}),
    "last_not_assistant": (2, set()),
    "weight_value": (2, set()),
    "weight_role": (2, set()),
    "nothing_learned": (3, set()),
    "tool_call": (2, set()),
    "not_json": (3, set()),
    "not_a_number": (2, set()),
    "deep": (2, set()),
    "nul": (2, set()),
    "unreadable": (2, set()),
    "half_character": (2, set()),
    "array": (1, set()),
    "bom": (1, set()),
    "crlf": (2, set()),
    "blank_line": (2, set()),
    "missing_user": (2, set()),
    "missing_system": (3, set()),
    "blank_content": (2, set()),
    "duplicate": (3, set()),
    "conflict": (3, set()),
    "email": (2, set()),
    "images": (2, set()),
    "other_key": (2, set()),
    "empty": (1, {"blank_line"}),
    "other_format": (2, set()),
    "null_key": (2, set()),
    "content_type": (2, set()),
    "part_type": (2, set()),
    "image_role": (2, set()),
    "image_form": (2, {"images"}),
    "call_role": (2, set()),
    "reasoning_refused": (2, set()),
    "name_characters": (2, set()),
    "call_unanswered": (2, set()),
    "result_without_call": (2, set()),
    "call_id_twice": (2, set()),
    "tools_list": (2, set()),
    "tool_definition": (2, set()),
    "tool_schema": (2, set()),
    "parallel_value": (2, set()),
    "arguments_json": (2, set()),
    "arguments_twice": (2, set()),
    "call_undefined": (2, set()),
    "tools_absent": (2, set()),
    "tool_twice": (2, set()),
}
FOR_BEDROCK = {"extra_key": 2, "order": 2}
TESTED_OTHERWISE = {"long_line", "overlap", "test_line", "over_limit", "message_other_key", "near_overlap", "utf_16"}
OF_FORMATS = {
    "call_id_form",
    "reasoning",
    "reserved_text",
    "wrong_type",
    "answers_missing",
    "answers_several",
    "answers_alike",
    "last_is_answer",
    "grader_keys",
    "prompt_in_answer",
}
"""Rules of single formats, each with a file of that format."""


CLOSER: dict[str, tuple[int, set[str]]] = {
    "near_duplicate": (2, set()),
    "cut_answer": (2, set()),
    "secret": (2, set()),
    "phone": (2, set()),
    "placeholder": (2, set()),
    "imbalance": (1, set()),
    "languages": (20, set()),
}
"""What only a closer look finds, and the line."""


def read(name: str) -> str:
    """A file as the terminal and the page read it."""
    return (FILES / f"{name}.jsonl").read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_names_its_line(catalogue: Catalogue, rule: str) -> None:
    line, besides = BROKEN[rule]
    problems = problems_of(asked(catalogue, read(rule)))
    assert problems[rule] == (1, str(line))
    assert set(problems) == {rule, *besides}


@pytest.mark.parametrize("rule", FOR_BEDROCK)
def test_each_rule_of_bedrock_names_its_line(catalogue: Catalogue, rule: str) -> None:
    problems = problems_of(asked(catalogue, read(f"bedrock_{rule}"), format="bedrock"))
    assert problems.pop(rule) == (1, str(FOR_BEDROCK[rule]))
    assert set(problems) == {"duplicate"} - ({"duplicate"} if rule == "order" else set())


@pytest.mark.parametrize("rule", CLOSER)
def test_a_closer_look_finds_more(catalogue: Catalogue, rule: str) -> None:
    line, besides = CLOSER[rule]
    problems = problems_of(asked(catalogue, read(rule), closer="yes"))
    assert problems[rule] == (1, str(line))
    assert set(problems) == {rule, *besides}
    assert problems_of(asked(catalogue, read(rule))) == {}


def test_every_rule_is_tested() -> None:
    assert set(RULES) == {*BROKEN, *FOR_BEDROCK, *TESTED_OTHERWISE, *OF_FORMATS, *CLOSER}
    files = {path.stem for path in FILES.glob("*.jsonl")}
    assert files == {*BROKEN, *CLOSER, *(f"bedrock_{rule}" for rule in FOR_BEDROCK)}


def test_errors_and_warnings_decide_the_verdict(catalogue: Catalogue) -> None:
    for rule in BROKEN:
        answer = asked(catalogue, read(rule))
        levels = [RULES[name].level for name, (count, _) in problems_of(answer).items() for _ in range(count)]
        assert output_number(answer, "errors") == levels.count("error")
        assert output_number(answer, "warnings") == levels.count("warning")
        beginning = "Not ready" if "error" in levels else "Usable" if "warning" in levels else "Ready"
        assert answer["outputs"]["verdict"]["value"].startswith(beginning)


def example(*texts: str, **more: Any) -> dict[str, Any]:
    roles = ("system", "user", "assistant")
    return {"messages": [{"role": role, "content": text} for role, text in zip(roles, texts, strict=True)], **more}


def lines(*examples: Any) -> str:
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in examples)


def test_prompts_of_the_test_set_are_looked_for_in_training(catalogue: Catalogue) -> None:
    training = lines(example("Be brief.", "One?", "Two."), example("Be brief.", "Three?", "Four."))
    test = lines(example("Be brief.", "Five?", "Six."), example("Be brief.", "Three?", "Other.")) + "not JSON\n"
    answer = asked(catalogue, training, test_file=test)
    assert problems_of(answer) == {"overlap": (1, "test data: 2"), "test_line": (1, "test data: 3")}
    assert output_number(answer, "overlap") == 1
    assert output_number(asked(catalogue, training), "overlap") == 0


@pytest.mark.promise("R6")
def test_a_line_too_long_to_read_is_named_and_the_next_one_is_read(catalogue: Catalogue) -> None:
    answer = asked(catalogue, "x" * 1_000_001 + "\n" + lines(example("a", "b", "c")))
    assert problems_of(answer) == {"long_line": (1, "1")} and output_number(answer, "examples") == 2
    assert output_number(answer, "tokens") > 0


def test_examples_over_the_limit_are_named_and_cut(catalogue: Catalogue) -> None:
    answer = asked(catalogue, lines(example("a", "b", "c"), example("a", "d", "c " * 50)), limit="20")
    assert problems_of(answer) == {"over_limit": (1, "2")}
    assert output_number(answer, "billing_tokens") == 3 + 3 * (3 + 1 + 1) + 20


@pytest.mark.promise("R6")
def test_only_the_first_lines_of_a_rule_are_named(catalogue: Catalogue) -> None:
    answer = asked(catalogue, "{}\n" * (LISTED + 1234))
    assert problems_of(answer) == {"missing_messages_list": (LISTED + 1234, f"1–{LISTED} and 1,234 more")}


def test_an_answer_that_is_not_learned_may_stand_beside_one_that_is(catalogue: Catalogue) -> None:
    conversation = example("a", "b", "c")
    conversation["messages"] += [{"role": "user", "content": "d"}, {"role": "assistant", "content": "e", "weight": 1}]
    conversation["messages"][2]["weight"] = 0
    assert problems_of(asked(catalogue, lines(conversation))) == {}


def test_a_whole_tool_call_is_fine(catalogue: Catalogue) -> None:
    call = {"id": "1", "type": "function", "function": {"name": "today", "arguments": "{}"}}
    conversation = {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Which day is it?"},
            {"role": "assistant", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "1", "content": "Monday"},
            {"role": "assistant", "content": "It is Monday."},
        ],
        "tools": [{"type": "function", "function": {"name": "today"}}],
    }
    assert problems_of(asked(catalogue, lines(conversation))) == {}


@pytest.mark.promise("R6")
@pytest.mark.parametrize("depth", [64, 65, 3000, 400_000])
def test_deep_nesting_is_refused_before_it_is_parsed(catalogue: Catalogue, depth: int) -> None:
    answer = asked(catalogue, "[" * depth + "\n" + lines(example("a", "b", "c")))
    assert set(problems_of(answer)) == {"array", "deep" if depth > 64 else "not_json"}


def test_brackets_in_a_text_are_no_nesting(catalogue: Catalogue) -> None:
    assert problems_of(asked(catalogue, lines(example("a", "[" * 500, '\\"{' * 500)))) == {}


@pytest.mark.promise("R6")
def test_an_unfinished_text_full_of_quotes_is_read_in_one_go(catalogue: Catalogue) -> None:
    """A pattern that tries again at each quote would take hours."""
    hostile = '{"messages": "' + '\\"[' * 200_000
    assert set(problems_of(asked(catalogue, hostile))) == {"not_json"}


@pytest.mark.promise("R6")
def test_numbers_too_long_to_read_are_no_json(catalogue: Catalogue) -> None:
    assert set(problems_of(asked(catalogue, '{"messages": ' + "9" * 5000 + "}"))) == {"not_json"}


HOSTILE = st.lists(
    st.one_of(
        st.text('{}[]",:\\/ \t0123456789eE+-.truefalsnNaIity\x00\ufeff\ud83d😀', max_size=60),
        st.sampled_from(
            ['{"messages": [', '{"role": "user", "content": ', "NaN", "1e999", '"\\ud800"', "[" * 70, "{" * 70]
        ),
    ),
    max_size=30,
).map("".join)
"""Training data as someone hostile writes it: right parts and wrong ones in any order."""


@pytest.mark.promise("R6", "A9")
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=HOSTILE)
def test_any_text_is_judged_line_by_line(catalogue: Catalogue, text: str) -> None:
    verdict_of(catalogue, text)


@pytest.mark.promise("R6", "A9")
@pytest.mark.long
@settings(max_examples=30_000, deadline=None, derandomize=True, database=None)
@given(text=HOSTILE)
def test_very_many_texts_are_judged_line_by_line(catalogue: Catalogue, text: str) -> None:
    verdict_of(catalogue, text)


def verdict_of(catalogue: Catalogue, text: str) -> None:
    """Hold that a text gets an answer, which can be written, or a sentence about its field."""
    page = json.loads(catalogue.answer(Question(NAME, files={"training_file": text}, form="page")))
    assert page["ok"] or page["fields"]["training_file"]["error"], text
    json.dumps(page, ensure_ascii=False).encode()


TEXTS = st.sampled_from(["", "One?", "Two.", "Three: 漢字", "Say 😀", "four " * 9])
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(["system", "user", "assistant", "assistant", "user", "asistant"]),
        "content": TEXTS,
        "name": st.sampled_from(["ann", "bob"]),
        "colour": st.just("blue"),
    },
)
WHOLE = st.builds(
    lambda role, content: {"role": role, "content": content}, st.sampled_from(["user", "assistant"]), TEXTS
)
ANY = st.one_of(
    st.lists(st.one_of(WHOLE, WHOLE, MESSAGES), max_size=5).map(lambda messages: {"messages": messages}),
    st.sampled_from([[], 1, None, "text", {}, {"messages": {}}, {"messages": None}]),
)


def listed(where: str) -> str:
    """The lines of a problem one by one: neighbors of one message are named by the first and the last of them."""
    return re.sub(r"(\d+)–(\d+)", lambda ends: ", ".join(map(str, range(int(ends[1]), int(ends[2]) + 1))), where)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(examples=st.lists(ANY, min_size=1, max_size=12))
def test_random_files_are_judged_as_by_a_plain_check(catalogue: Catalogue, examples: list[Any]) -> None:
    answer = asked(catalogue, lines(*examples))
    expected = {rule: (len(numbers), ", ".join(map(str, numbers))) for rule, numbers in broken_rules(examples).items()}
    if isinstance(examples[0], list):
        expected["array"] = (1, "1")
    assert {rule: (count, listed(where)) for rule, (count, where) in problems_of(answer).items()} == expected
    assert output_number(answer, "examples") == len(examples)
    assert output_number(answer, "n_epochs") == epochs(len(examples))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    texts=st.lists(st.tuples(TEXTS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))),
    encoding=st.sampled_from(["o200k_base", "cl100k_base"]),
    limit=st.integers(1, 80),
)
def test_random_texts_have_the_tokens_of_a_plain_count(
    catalogue: Catalogue, texts: list[tuple[str, str]], encoding: str, limit: int
) -> None:
    examples = [example("Be brief.", f"{question} {number}", answer) for number, (question, answer) in enumerate(texts)]
    if not examples:
        return
    answer = computed(catalogue, NAME, {"training_file": lines(*examples), "encoding": encoding, "limit": str(limit)})
    lengths = [tokens_of(line, lambda text: count_with_tiktoken(text, encoding)) for line in examples]
    for output, expected in statistics(lengths, limit).items():
        assert abs(Fraction(getattr(answer, output)) - expected) <= expected / 10**20, output
    spoken = sum(count_with_tiktoken(line["messages"][2]["content"], encoding) for line in examples)
    assert answer.assistant_tokens == spoken
    histogram = {row[0]: row[1] for row in answer.lengths.make().rows}
    for row, count in histogram.items():
        low, high = (int(side.replace(",", "")) for side in row.split(" to "))
        assert count == sum(low <= length <= high for length in lengths)
    assert sum(histogram.values()) == len(lengths)


@pytest.mark.parametrize("examples", [1, 3, 4, 5, 33, 34, 100, 8333, 8334, 12_500, 25_000])
def test_the_default_number_of_epochs(catalogue: Catalogue, examples: int) -> None:
    line = lines(example("a", "b", "c"))
    assert computed(catalogue, NAME, {"training_file": line * examples}).n_epochs == epochs(examples)


def test_the_cost_is_tokens_times_price_wherever_it_is_paid_by_the_token(catalogue: Catalogue) -> None:
    answer = asked(catalogue, lines(*(example("a", "b", f"c {number}") for number in range(40))), epochs="2")
    billed = output_number(answer, "charged_tokens")
    assert billed == 2 * output_number(answer, "tokens")
    offers = catalogue.facts.entries("tuning")
    prices = {
        offer_facts["name"]: Fraction(offer_facts["facts"]["training"]["values"][-1][1])
        for offer_facts in offers.values()
        if "training" in offer_facts["facts"]
    }
    rows = table(answer, "providers")
    assert len(rows) > 3 and {name for name, *_ in rows} <= set(prices)
    for name, _, cost, _ in rows:
        assert Fraction(cost) == Fraction(billed) * prices[name] / 10**6
    assert [Fraction(row[2]) for row in rows] == sorted(Fraction(row[2]) for row in rows)


SECRET = "zebra-crossing-4711"


@pytest.mark.promise("R6")
def test_nothing_of_the_data_is_told_again(catalogue: Catalogue) -> None:
    """Neither in a result, nor in its working, nor in an error; of unknown names only the beginning is shown."""
    secret_lines = lines(example(SECRET, SECRET, f"{SECRET}@library.example"))
    secret_lines += f'{{"messages": [{{"role": "user", "content": "{SECRET}",}}]}}\n{SECRET}\n"{SECRET}"\n'
    secret_lines += lines({"messages": [{"role": "x" * 100 + SECRET, "content": SECRET}]}, {"y" * 100 + SECRET: 1})
    for as_ in ("json", "text", "html", "page"):
        for ask in (Result(), Working(), Headline()):
            if (as_, ask) == ("page", Working()):
                continue
            written = catalogue.answer(
                Question(
                    NAME,
                    files={"training_file": "#\n" * 40 + secret_lines, "test_file": secret_lines},
                    ask=ask,
                    form=as_,
                )
            )
            assert SECRET not in written and "x" * 60 not in written and "y" * 60 not in written
    quoted = re.findall("“(.*?)”", catalogue.answer(Question(NAME, files={"training_file": secret_lines}, form="text")))
    assert quoted and all(len(text) <= 60 for text in quoted)


@pytest.mark.promise("R6")
def test_a_name_that_is_no_text_is_shown_safely(catalogue: Catalogue) -> None:
    role = {"role": {"<b>\ud800": [1] * 99}, "content": "One?"}
    answer = asked(catalogue, json.dumps({"messages": [role, {"role": "assistant", "content": "Two."}]}))
    assert "unrecognized_role" in problems_of(answer)
    json.dumps(answer, ensure_ascii=False).encode()


@pytest.mark.promise("R6")
def test_too_large_a_file_is_refused(catalogue: Catalogue) -> None:
    page = json.loads(catalogue.answer(Question(NAME, files={"training_file": "\n" * 100_000_001}, form="page")))
    assert page["fields"]["training_file"]["error"] == "Training file must be 100,000,000 characters or fewer"


def test_the_terminal_takes_paths(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("crlf", "bom", "unreadable", "nul"):
        arguments = [NAME, f"training_file={FILES / name}.jsonl", f"test_file={FILES}/duplicate.jsonl", "--json"]
        assert terminal.main(arguments) == 0
        problems = problems_of(json.loads(capsys.readouterr().out))
        assert problems[name] == (1, str(BROKEN[name][0])), name
    assert terminal.main([NAME, f"training_file={tmp_path}/none.jsonl"]) == 2
    assert "is not there: check its path" in capsys.readouterr().err
    (tmp_path / "empty.jsonl").write_text("")
    assert terminal.main([NAME, f"training_file={tmp_path}/empty.jsonl"]) == 2
    assert "is empty" in capsys.readouterr().err


def test_ten_megabytes_are_counted_as_they_were_written(catalogue: Catalogue) -> None:
    """A large file whose counts are known beforehand."""
    from tests.calculators.fine_tuning.dataset.large import large_dataset, large_dataset_counts

    answer, expected = asked(catalogue, large_dataset()), large_dataset_counts()
    assert {name: output_number(answer, name) for name in expected} == expected
