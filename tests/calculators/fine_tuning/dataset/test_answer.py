"""What the dataset checker makes of its counts: notes, providers and their remarks, the verdict's reasons."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.fine_tuning.dataset.epochs import default_epochs_of_dataset
from calculators.fine_tuning.dataset.inputs import Inputs
from calculators.fine_tuning.dataset.tables import dataset_provider_table
from macros.tokens import count_with_tiktoken
from tests.calculators.answers import computed
from tests.calculators.fine_tuning.cost.projects import FACTS, MINI, OFFERS, QWEN, TODAY
from tests.calculators.fine_tuning.dataset.by_hand import tokens_of
from tests.calculators.fine_tuning.dataset.test_dataset import (
    NAME,
    asked,
    example,
    lines,
    output_number,
    problems_of,
    table,
)

WITH_EMAIL = example("Be brief.", "Who?", "Ask ann@library.example.")


def different(count: int) -> str:
    """So many examples of which none repeats another."""
    return lines(*(example("Be brief.", f"Question {number}?", "Yes.") for number in range(count)))


@pytest.mark.parametrize("format", ["openai", "bedrock"])
@pytest.mark.parametrize("emails", [0, 1, 2])
@pytest.mark.parametrize("epochs", [0, 1, 3])
@pytest.mark.parametrize(("offer", "examples"), [(QWEN, 3), (MINI, 9), (MINI, 10)])
def test_each_note_is_made_where_it_holds_and_nowhere_else(
    catalogue: Catalogue, format: str, emails: int, epochs: int, offer: str, examples: int
) -> None:
    text = different(examples - emails) + lines(WITH_EMAIL) * emails
    notes = asked(catalogue, text, format=format, epochs=str(epochs), offer=offer)["notes"]
    expected = {
        "The tokens are counted with a tokenizer of OpenAI": format == "bedrock",
        f"Strings that look like an e-mail address: {emails}.": emails > 0,
        "This provider accepts files from 10 examples on": offer == MINI and examples < 10,
        "By the rule of OpenAI's notebook": epochs > 0,
        "Lines with an error: ": format == "bedrock",
        f"Strings that look personal or secret: {emails}.": emails > 0,
    }
    assert len(notes) == sum(expected.values())
    for begin, holds in expected.items():
        assert any(words.startswith(begin) for words in notes) is holds, begin


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("{}\n", ["Errors: 1", "Read: 1"]),
        (lines(WITH_EMAIL, WITH_EMAIL), ["Warnings: 1", "Read: 2"]),
        (different(3), ["Read: 3"]),
        ("\n", ["Errors: 1", "Warnings: 1"]),
    ],
)
def test_the_verdict_rests_on_what_was_found(catalogue: Catalogue, text: str, reasons: list[str]) -> None:
    sentences = [words for words in asked(catalogue, text)["outputs"]["verdict"]["reasons"] if "Too few" not in words]
    assert [words.split(".")[0].split(" example")[0] for words in sentences] == reasons


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (different(2) + "{}\n", "Not ready: 1 error; free of errors: 2 of 3 examples"),
        (lines(WITH_EMAIL) * 2 + different(1), "Usable: 3 examples, no errors, 1 warning"),
        (different(3), "Ready to train: 3 examples"),
    ],
)
def test_the_headline_says_how_much_of_the_file_it_is_about(catalogue: Catalogue, text: str, words: str) -> None:
    verdict = asked(catalogue, text)["outputs"]["verdict"]
    assert verdict["sentence"] == words and verdict["value"].partition(":")[0] == words.partition(":")[0]


def dates(offer: str) -> dict[str, str]:
    """The days of an offer."""
    figures = FACTS["collections"]["tuning"][offer]["facts"]
    return {name: fact["values"][-1][1] for name, fact in figures.items() if fact["unit"] == "date"}


@pytest.mark.parametrize("day", [TODAY, "2027-01-05", "2027-01-06"])
@pytest.mark.parametrize("count", [1, 9, 10])
def test_every_provider_that_still_trains_by_the_token_has_its_row(catalogue: Catalogue, day: str, count: int) -> None:
    answer = asked(catalogue, different(count), as_of=day)
    expected = {}
    for id in OFFERS:
        entry, ends = FACTS["collections"]["tuning"][id], dates(id)
        if "training" in entry["facts"] and not "" < ends.get("closes", "") <= day:
            fewest = entry["facts"].get("smallest_file", {"values": [["", "0"]]})["values"][-1][1]
            since, closes = ends.get("closed_to_new", ""), ends.get("closes", "")
            words = [
                "wants more examples" if count < int(fewest) else "",
                f"closed to new customers since {since}" if "" < since <= day else "",
                f"trains until {closes}" if closes else "",
            ]
            expected[entry["name"]] = "; ".join(filter(None, words))
    assert {row[0]: row[3] for row in table(answer, "providers")} == expected


def test_no_provider_is_listed_where_there_is_nothing_to_train_on(catalogue: Catalogue) -> None:
    answer = asked(catalogue, "\n")
    assert answer["outputs"]["examples"]["value"] == "0" and table(answer, "providers") == []


@pytest.mark.parametrize(("since", "closed"), [("2026-11-20", True), (TODAY, True), ("2030-11-22", False), ("", False)])
def test_an_offer_is_closed_to_new_customers_from_that_day_on(catalogue: Catalogue, since: str, closed: bool) -> None:
    inputs = exact_run_inputs(understand_inputs(Inputs, {"training_file": different(3)}, catalogue.facts).need())
    offer = replace(next(listed for listed in inputs.market if listed.id == MINI), closes="", closed_to_new=since)
    (row,) = dataset_provider_table(replace(inputs, market=(offer,)), Decimal(1), Decimal(30)).rows
    assert row[3] == (f"closed to new customers since {since}" if closed else "")


@pytest.mark.parametrize("offer", [QWEN, MINI])
def test_the_readers_own_price_stands_in_the_readers_own_row(catalogue: Catalogue, offer: str) -> None:
    given = {"training_file": different(12), "offer": offer, "offer.training": "0.0001"}
    answer = computed(catalogue, NAME, given)
    rows: Any = output_value(answer.providers)
    own = rows.rows[rows.own]
    assert own[0] == FACTS["collections"]["tuning"][offer]["name"]
    assert own[2] == answer.training_cost == answer.charged_tokens * Decimal("0.0001") / 10**6
    assert [row[2] for row in rows.rows] == sorted(row[2] for row in rows.rows)


def test_training_that_is_not_paid_by_the_token_has_no_cost(catalogue: Catalogue) -> None:
    hourly = "openai/o4-mini-reinforcement"
    assert "training" not in FACTS["collections"]["tuning"][hourly]["facts"]
    assert computed(catalogue, NAME, {"training_file": different(3), "offer": hourly}).training_cost is None


def test_counts_of_findings_are_those_of_the_lines(catalogue: Catalogue) -> None:
    """Two lines of one example each way: repeated, in conflict, without a system or a user, with an address."""
    whole = example("Be brief.", "One?", "Two.")
    bare = {"messages": whole["messages"][1:]}
    alone = {"messages": [whole["messages"][0], whole["messages"][2]]}
    text = lines(whole, whole, whole, example("Be brief.", "One?", "Three."), bare, alone, WITH_EMAIL) + "no\n" * 3
    answer = asked(catalogue, text)
    counts = {
        "duplicates": 2,
        "conflicts": 1,
        "missing_system": 1,
        "missing_user": 1,
        "emails": 1,
        "faulty_lines": 3,
        "errors": 3,
        "examples": 10,
    }
    assert {name: int(output_number(answer, name)) for name in counts} == counts


@pytest.mark.parametrize("share", ["0%", "20%"])
def test_another_tokenizer_makes_more_or_fewer_tokens(catalogue: Catalogue, share: str) -> None:
    answer = computed(catalogue, NAME, {"training_file": different(5), "spread": share, "epochs": "2"})
    part = Decimal(share.rstrip("%")) / 100
    assert answer.charged_tokens == 2 * answer.tokens
    assert answer.elsewhere.low == answer.charged_tokens * (1 - part)
    assert answer.elsewhere.likely == answer.charged_tokens
    assert answer.elsewhere.high == answer.charged_tokens * (1 + part)


@pytest.mark.parametrize("examples", [25_000, 25_001, 1_000_000])
def test_however_many_examples_are_gone_through_once(examples: int) -> None:
    assert default_epochs_of_dataset(Decimal(examples)) == 1


def test_a_single_epoch_is_one_that_was_asked_for(catalogue: Catalogue) -> None:
    answer = asked(catalogue, different(3), epochs="1")
    assert output_number(answer, "n_epochs") == 1
    assert output_number(answer, "charged_tokens") == output_number(answer, "billing_tokens")


@pytest.mark.parametrize("count", [19, 20, 21])
def test_twenty_lines_of_a_finding_are_listed(catalogue: Catalogue, count: int) -> None:
    more = " and 1 more" if count == 21 else ""
    problems = problems_of(asked(catalogue, "no\n" * count))
    assert problems["not_json"] == (count, f"1–{min(count, 20)}{more}")


def long(tokens: int) -> dict[str, Any]:
    """An example of so many tokens; " a" is one wherever it stands."""
    longest = example("Be brief.", "Who?", "")
    longest["messages"][2]["content"] = " a" * (tokens - weight(longest))
    assert weight(longest) == tokens
    return longest


def weight(line: dict[str, Any]) -> int:
    """The tokens of an example."""
    return tokens_of(line, lambda text: count_with_tiktoken(text, "o200k_base"))


def histogram(catalogue: Catalogue, *tokens: int) -> dict[str, int]:
    """The rows of the table of lengths; each with its share."""
    rows = table(asked(catalogue, lines(*map(long, tokens))), "lengths")
    assert [Decimal(row[2]) * len(tokens) for row in rows] == [Decimal(row[1]) for row in rows]
    return {row[0]: int(row[1]) for row in rows}


def test_rows_of_lengths_double(catalogue: Catalogue) -> None:
    """A length that just fills its row needs no further one, and short rows that are empty are left out."""
    assert histogram(catalogue, 32) == {"1 to 32": 1}
    assert histogram(catalogue, 20, 33, 64, 65, 200) == {
        "1 to 32": 1,
        "33 to 64": 2,
        "65 to 128": 1,
        "129 to 256": 1,
    }
    assert histogram(catalogue, 100, 300) == {"1 to 128": 1, "129 to 256": 0, "257 to 512": 1}


def test_ten_rows_of_lengths_at_most(catalogue: Catalogue) -> None:
    """Eleven doublings: the first two share a row."""
    assert histogram(catalogue, *(32 * 2**step for step in range(10))) == {
        "1 to 32": 1,
        **{f"{16 * 2**step + 1:,} to {32 * 2**step:,}": 1 for step in range(1, 10)},
    }
    assert histogram(catalogue, *(32 * 2**step for step in range(11))) == {
        "1 to 64": 2,
        **{f"{16 * 2**step + 1:,} to {32 * 2**step:,}": 1 for step in range(2, 11)},
    }


@pytest.mark.parametrize("examples", [9, 10])
def test_a_verdict_names_who_wants_more_examples(catalogue: Catalogue, examples: int) -> None:
    """OpenAI's limit, which its documentation has as 10 examples."""
    reasons = asked(catalogue, different(examples))["outputs"]["verdict"]["reasons"]
    assert any(reason.startswith("Too few examples for OpenAI") for reason in reasons) is (examples < 10)
