"""Two parts of a file: nothing in one is like anything in the other, and the same file always gives the same parts."""

from __future__ import annotations

import json
from decimal import Decimal
from math import ceil
from random import Random

import pytest

from calculators.catalogue import Catalogue
from calculators.readers.training.copies import splitting
from calculators.readers.training.copies.splitting import training_and_test_parts
from calculators.readers.training.recognizing import TRAINING_FORMATS
from tests.calculators.fine_tuning.dataset.copies.texts import changed_lines_of_copy, text_of_copy
from tests.calculators.fine_tuning.dataset.test_closer import shares
from tests.calculators.fine_tuning.dataset.test_dataset import asked, problems_of

CHAT = TRAINING_FORMATS["openai"]
WORDS = [f"w{number}" for number in range(3000)]


def line(question: str, answer: str = "Yes.") -> str:
    return json.dumps({"messages": [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]})


def parts(lines: list[str], share: str) -> tuple[list[str], list[str]]:
    copied = training_and_test_parts("".join(f"{line}\n" for line in lines), CHAT, Decimal(share))
    return text_of_copy(copied, "training_part").splitlines(), text_of_copy(copied, "test_part").splitlines()


def family(random: Random) -> list[str]:
    """Questions that differ in a word or two, and come again with other answers and in other words around."""
    words = random.sample(WORDS, random.randrange(5, 60))
    lines = [line(" ".join(words))]
    for _ in range(random.choice((0, 0, 0, 1, 3, 12))):
        changed = list(words)
        for _ in range(random.randrange(3)):
            changed[random.randrange(len(changed))] = random.choice(WORDS)
        lines.append(line(" ".join(changed), random.choice(("Yes.", "No.", "Perhaps."))))
    return lines


def dataset(seed: int) -> list[str]:
    random = Random(seed)
    lines = [line for _ in range(random.randrange(2, 60)) for line in family(random)]
    random.shuffle(lines)
    return lines


def question(text: str) -> str:
    return str(json.loads(text)["messages"][0]["content"])


@pytest.mark.parametrize("seed", range(25))
def test_a_closer_look_finds_nothing_of_one_part_in_the_other(catalogue: Catalogue, seed: int) -> None:
    """Held against the check itself, and against every pair compared in full."""
    lines = dataset(seed)
    share = Random(seed).choice(("0.1", "0.25", "0.5"))
    trained, tested = parts(lines, share)
    assert sorted(trained + tested) == sorted(lines)
    assert [text for text in lines if text in set(tested)] == tested
    assert len(tested) <= ceil(len(lines) * Decimal(share))
    if not (trained and tested):
        return
    found = problems_of(asked(catalogue, "\n".join(trained), test_file="\n".join(tested), closer="yes"))
    assert not {"overlap", "near_overlap", "test_line"} & found.keys()
    assert not {question(text) for text in trained} & {question(text) for text in tested}
    alike = [shares(question(one), question(other)) for one in trained for other in tested]
    assert max(alike) < 0.95


@pytest.mark.parametrize("seed", range(6))
def test_what_the_groups_miss_is_moved_to_the_training_part(
    catalogue: Catalogue, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a file of templates, more texts may share a hash than are compared; here none is."""
    monkeypatch.setattr(splitting, "_MOST", 0)
    trained, tested = parts(dataset(seed), "0.5")
    assert tested
    answer = asked(catalogue, "\n".join(trained), test_file="\n".join(tested), closer="yes")
    assert not {"overlap", "near_overlap"} & problems_of(answer).keys()


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_the_file_makes_no_difference(seed: int) -> None:
    lines = dataset(seed)
    shuffled = Random(seed + 1).sample(lines, len(lines))
    assert [sorted(part) for part in parts(lines, "0.3")] == [sorted(part) for part in parts(shuffled, "0.3")]


def test_an_example_that_is_added_moves_few_others() -> None:
    lines = [line(" ".join(Random(seed).sample(WORDS, 12))) for seed in range(200)]
    _, before = parts(lines[:-1], "0.2")
    _, after = parts(lines, "0.2")
    assert len(before) == len(after) == 40
    assert len(set(before) - set(after)) <= 1


def test_the_share_is_met_where_nothing_is_alike() -> None:
    lines = [line(" ".join(Random(seed).sample(WORDS, 12))) for seed in range(101)]
    for share, count in (("0", 0), ("0.001", 1), ("0.1", 11), ("0.5", 51), ("1", 101)):
        trained, tested = parts(lines, share)
        assert (len(trained), len(tested)) == (101 - count, count)


@pytest.mark.parametrize(
    ("examples", "share", "tested"),
    [
        (0, "0.1", 0),
        (1, "0.1", 0),
        (1, "0.9", 0),
        (1, "1", 1),
        (2, "0.1", 1),
        (2, "0.9", 1),
        (2, "1", 2),
        (3, "0.9", 2),
    ],
)
def test_a_small_file_keeps_an_example_to_train_on(
    catalogue: Catalogue, examples: int, share: str, tested: int
) -> None:
    """The only example was once tested, and the training part was empty; the answer says as much beforehand."""
    lines = [line(" ".join(Random(seed).sample(WORDS, 12))) for seed in range(examples)]
    assert [len(part) for part in parts(lines, share)] == [examples - tested, tested]
    answer = asked(catalogue, "\n".join(lines) or "\n", test_share=share)
    assert answer["outputs"]["test_examples"]["value"] == str(tested)


def test_what_is_alike_by_way_of_others_stays_together() -> None:
    words = WORDS[:40]
    chain = [line(" ".join(words[step : step + 30])) for step in range(10)]
    assert shares(question(chain[0]), question(chain[-1])) < 0.8
    trained, tested = parts(chain, "0.5")
    assert (trained, tested) == (chain, [])


def test_prompts_of_one_word_that_are_the_same_stay_together() -> None:
    lines = [line(word, answer) for word in ("Hi", "Bye", "Well", "So") for answer in ("Yes.", "No.")]
    trained, tested = parts(lines, "0.5")
    assert len(tested) == 4 and not {question(text) for text in trained} & {question(text) for text in tested}


def test_lines_keep_their_bytes_and_what_cannot_be_read_is_named() -> None:
    odd = '{"messages":[{"role":"user","content":"Wh\\u00e9n"},{"role":"assistant","content":"At ten.","weight":1.0}]}'
    copied = training_and_test_parts(f"\ufeff{odd}\r\n\n{{\n[1]\n{line('Who was it?')}", CHAT, Decimal("0.5"))
    texts = sorted(text_of_copy(copied, part) for part in ("training_part", "test_part"))
    assert texts == sorted([f"{odd}\r\n", f"{line('Who was it?')}\n"])
    assert (
        changed_lines_of_copy(copied).items()
        >= {
            "In neither part: a blank line": [2],
            "In neither part: it cannot be read as an example": [3, 4],
        }.items()
    )
    assert copied.sentence == "Examples in the training part: 1; in the test part: 1."


def test_a_file_that_is_all_alike_is_not_divided() -> None:
    copied = training_and_test_parts("\n".join([line("Is it open today?")] * 9), CHAT, Decimal("0.5"))
    assert text_of_copy(copied, "test_part") == ""
    assert copied.sentence.endswith("No group of examples is small enough for this share.")
