"""A closer look: near-duplicates against every pair compared in full, and what is cut, secret, spoken or dominant."""

from __future__ import annotations

from random import Random

import pytest

from calculators.catalogue import Catalogue
from calculators.readers.training.quality.closer import is_training_answer_cut
from calculators.readers.training.quality.languages import guessed_training_language
from calculators.readers.training.quality.near import SimilarTrainingTexts, sketch_of_training_text
from calculators.readers.training.quality.personal import training_phone_numbers, training_secrets_in
from tests.calculators.fine_tuning.dataset.test_dataset import asked, example, lines, problems_of

WORDS = [f"word{number}" for number in range(400)]


def shares(first: str, second: str) -> float:
    """The share of common sequences of two words, over all of them."""
    one, other = (
        {tuple(words[at : at + 2]) for at in range(len(words) - 1)} for words in (first.split(), second.split())
    )
    return len(one & other) / len(one | other)


def varied(random: Random, text: str, changes: int) -> str:
    words = text.split()
    for place in random.sample(range(len(words)), changes):
        words[place] = random.choice(WORDS)
    return " ".join(words)


@pytest.mark.parametrize("length", [12, 40, 300])
def test_texts_that_are_almost_alike_are_found_and_others_are_not(length: int) -> None:
    """Every pair compared in full: above 0.92 all are found, below 0.62 none, whatever a sample may say between."""
    random = Random(length)
    seen = SimilarTrainingTexts()
    texts: list[str] = []
    close = far = 0
    for _ in range(60):
        base = " ".join(random.choices(WORDS, k=length))
        for text in (base, varied(random, base, random.randrange(1, max(2, length // 8)))):
            nearest = max((shares(text, earlier) for earlier in texts), default=0.0)
            found = seen.has_similar(text)
            texts.append(text)
            if nearest > 0.92:
                assert found
                close += 1
            if nearest < 0.62:
                assert not found
                far += 1
    assert far >= 60 and (close > 5 or length < 100)


@pytest.mark.parametrize("length", range(2, 40, 3))
def test_all_texts_that_are_alike_are_found_where_their_hashes_are_kept(length: int) -> None:
    """Exactly, for texts of up to 48 sequences: every pair compared in full."""
    random = Random(length)
    seen = SimilarTrainingTexts(most=1000)
    texts: list[str] = []
    for _ in range(80):
        words = random.choices(WORDS, k=length) if not texts or random.random() < 0.3 else random.choice(texts).split()
        for _ in range(random.randrange(3)):
            words[random.randrange(len(words))] = random.choice(WORDS)
        words = words[random.randrange(2) :] if len(words) > 2 else words
        text = " ".join(words)
        alike = [earlier for earlier, other in enumerate(texts) if shares(text, other) >= 0.8]
        sketch = sketch_of_training_text(text)
        assert list(seen.similar(sketch)) == alike
        seen.keep(sketch)
        texts.append(text)


def test_few_texts_are_found_by_one_hash() -> None:
    seen = SimilarTrainingTexts(most=3)
    sketch = sketch_of_training_text("one two three")
    for _ in range(9):
        seen.keep(sketch)
    assert list(seen.similar(sketch)) == [0, 1, 2]
    assert list(seen.among([2, 4, 6, 7, 8], most=2).similar(sketch)) == [2, 4]


def test_a_text_seen_again_is_alike_and_a_short_one_says_nothing() -> None:
    seen = SimilarTrainingTexts()
    assert [seen.has_similar(text) for text in ("One two three.", "one, two three", "Yes.", "Yes.")] == [
        False,
        True,
        False,
        False,
    ]


def test_a_text_that_is_not_kept_is_not_compared_later() -> None:
    seen = SimilarTrainingTexts()
    assert not seen.has_similar("one two three four", keep=False)
    assert not seen.has_similar("one two three four")


ASKED = "How do I keep the tomatoes on my balcony alive in the hot weeks while I am away from home for some days?"


def test_test_prompts_that_are_almost_in_training_are_named(catalogue: Catalogue) -> None:
    training = lines(example("Be brief.", ASKED, "Water them well."), example("Be brief.", "And figs?", "No need."))
    test = lines(
        example("Be brief.", "What of roses?", "Cut them."), example("Be brief.", ASKED.replace("hot", "dry"), "So.")
    )
    assert problems_of(asked(catalogue, training, test_file=test, closer="yes")) == {
        "near_overlap": (1, "test data: 2")
    }
    assert problems_of(asked(catalogue, training, test_file=test)) == {}


@pytest.mark.parametrize(
    ("answer", "cut"),
    [
        ("Four weeks.", False),
        ("Four weeks", False),
        ("Bring a spade, a rake,", True),
        ("It depends on:", True),
        ("```\nprint(1)\n", True),
        ("```\nprint(1)\n```", False),
        ('{"a": [1, 2', True),
        ('{"a": [1, 2]}', False),
        ("The bed needs sun. " * 20 + "And the soil has to be loose enough for the roots of", True),
        ("The bed needs sun. " * 20 + "And the soil has to be loose enough for the roots.", False),
        ("The bed needs sun. " * 20 + "\n- a spade", False),
        ("", False),
    ],
)
def test_an_answer_that_ends_too_early_is_cut(answer: str, cut: bool) -> None:
    assert is_training_answer_cut(answer) is cut


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("Call +1 202 555 0143.", 1),
        ("Call +49 (30) 123 4567 89", 1),
        ("(202) 555-0143 or 202-555-0143", 2),
        ("Order 12345678 of 2026-11-29, 3.14159265", 0),
        ("ISBN 978-3-16-148410-0", 0),
    ],
)
def test_phone_numbers_are_told_from_other_numbers(text: str, phones: int) -> None:
    assert training_phone_numbers(text) == phones


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("sk-" + "a1B2" * 8, 1),
        ("AKIA" + "ABCD" * 4, 1),
        ("ghp_" + "a1" * 18, 1),
        ("-----BEGIN RSA PRIVATE KEY-----", 1),
        ("Password: hunter2hunter2, token=abcdefgh12", 2),
        ("Choose a password of ten letters.", 0),
        ("task-force and risk-" + "a" * 30, 0),
    ],
)
def test_keys_and_passwords_are_known_by_their_form(text: str, secrets: int) -> None:
    assert training_secrets_in(text) == secrets


def test_none_of_what_is_personal_is_shown(catalogue: Catalogue) -> None:
    secret, phone = "sk-" + "a1B2" * 8, "+1 202 555 0143"
    answer = asked(
        catalogue, lines(example("Be brief.", "Your key?", f"It is {secret}, or call {phone}.")), closer="yes"
    )
    assert set(problems_of(answer)) == {"secret", "phone"}
    assert secret not in str(answer) and phone not in str(answer)
    assert any(note.startswith("Strings that look like a key or a password: 1.") for note in answer["notes"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bed is in the shade of the house, and it is full of weeds.", "English"),
        ("Das Beet ist im Schatten und nicht so gut für den Salat, der sich auch hier hält.", "German"),
        ("Les tomates sont dans le jardin, et les fleurs avec vous pour une fête.", "French"),
        ("Земля слишком сухая", "Cyrillic"),
        ("土が乾いています", "Japanese"),
        ("土太干了", "Chinese"),
        ("Yes.", ""),
        ("", ""),
    ],
)
def test_languages_are_told_by_script_and_frequent_words(text: str, language: str) -> None:
    assert guessed_training_language(text) == language
