"""Token counts under CPython: the published examples, the published ranks, and long words in pieces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.domain.tokens import LONGEST_RUN, token_pieces, tokens_in_pieces
from calculators.engine.answering.counting import NoCounter, exact_token_counter, traced_token_counter
from calculators.engine.numbers.units import TOKENS
from macros import tokens
from macros.tokens import count_with_tiktoken
from tests.runs import as_traced

EXAMPLES = json.loads((Path(__file__).parent / "oracles" / "worked_examples.json").read_text("utf-8"))
PUBLISHED = {case["id"]: case for case in EXAMPLES if case["calculator"] == "token_count"}


def test_the_published_examples() -> None:
    great, birthday = PUBLISHED["T03"], PUBLISHED["T06"]
    assert count_with_tiktoken(great["inputs"]["text"], "cl100k_base") == great["expected"]["count"]
    assert (
        tokens._tiktoken_encoding("cl100k_base").encode_ordinary(great["inputs"]["text"]) == great["expected"]["tokens"]
    )
    assert count_with_tiktoken(birthday["inputs"]["text"], "cl100k_base") == birthday["expected"]["count"]
    assert count_with_tiktoken(birthday["inputs"]["text"], "o200k_base") == birthday["expected"]["o200k_base"]
    assert set(PUBLISHED) == {"T03", "T06"}, "another example waits to be compared"


def test_nothing_in_a_text_is_a_special_token() -> None:
    assert count_with_tiktoken("<|endoftext|>", "o200k_base") > 1


def test_missing_ranks_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tokens, "RANKS", tmp_path)
    tokens._tiktoken_encoding.cache_clear()
    with pytest.raises(FileNotFoundError, match="Run `python3 make.py setup` first"):
        count_with_tiktoken("one", "o200k_base")
    (tmp_path / "o200k_base.tiktoken").write_text("IQ== 0\n")
    with pytest.raises(ValueError, match="does not hold the published ranks"):
        count_with_tiktoken("one", "o200k_base")
    tokens._tiktoken_encoding.cache_clear()


def test_a_count_is_a_number_of_the_run() -> None:
    exact, traced = exact_token_counter(count_with_tiktoken), traced_token_counter(count_with_tiktoken)
    assert exact("two words", "o200k_base") == traced("two words", "o200k_base") == 2
    assert exact.measured("Words", 2, TOKENS) == 2
    assert isinstance(exact.as_floats().measured("Words", 2, TOKENS), float)
    number = as_traced(traced.measured("Words", 2, TOKENS))
    assert (number.value, number.unit, number.label) == (2, TOKENS, "Words")


def test_without_a_counter_nothing_is_guessed() -> None:
    with pytest.raises(NoCounter, match=r"hand a function that does to load\(\)"):
        exact_token_counter(None)("one", "o200k_base")


def test_half_a_character_counts_as_an_unreadable_one() -> None:
    count = tokens_in_pieces(count_with_tiktoken)
    assert count("a\ud800b", "o200k_base") == count("a\ufffdb", "o200k_base")


@pytest.mark.parametrize("sign", ["a", " ", "漢", "!", "e\u0301", "\n", "_", "😀"])
def test_a_very_long_run_is_counted_in_pieces(sign: str) -> None:
    """Uncut, a million blanks would end tiktoken, and a million letters would keep the browser's package for hours."""
    count = tokens_in_pieces(count_with_tiktoken)
    assert count(f"start {sign * 1_000_000} end", "o200k_base") > 1000
    assert max(len(piece) for piece in token_pieces(f"start {sign * 5000} end")) <= LONGEST_RUN + len("start  end")


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.tuples(st.sampled_from("ab 漢,!\n\u3002😀"), st.sampled_from([1, 7, 499, 500, 999, 1000, 1001, 3000])))
)
def test_pieces_are_the_text_and_only_long_runs_are_cut(runs: list[tuple[str, int]]) -> None:
    text = "".join(sign * length for sign, length in runs)
    assert "".join(token_pieces(text)) == text
    whole = len(token_pieces(text)) == 1
    counted: list[str] = []

    def count(piece: str, encoding: str) -> int:
        counted.append(piece)
        return 0

    tokens_in_pieces(count)(text, "o200k_base")
    assert counted == ([text] if whole else token_pieces(text))
