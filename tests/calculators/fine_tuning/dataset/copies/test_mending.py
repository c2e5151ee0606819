"""A corrected copy: a clean file that was spoiled comes back, and what cannot be fixed stays byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.long_text import PIECE
from calculators.engine.questions.question import Question
from calculators.readers.training.copies.exact_json import training_exact_json_object, training_exact_json_text
from calculators.readers.training.copies.mending import MendingWishes, mended_training_copy
from calculators.readers.training.recognizing import TRAINING_FORMATS
from tests.calculators.fine_tuning.dataset.copies.texts import changed_lines_of_copy, text_of_copy
from tests.calculators.fine_tuning.dataset.test_dataset import FILES, NAME, asked, output_number, problems_of

CHAT = TRAINING_FORMATS["openai"]
ASKED = '{"messages": [{"role": "user", "content": "Is it open?"}, '
ANSWERED = ASKED + '{"role": "assistant", "content": "Yes."}]}'


def mended(text: str, format: str = "openai") -> tuple[str, dict[str, list[int]]]:
    copied = mended_training_copy(text, TRAINING_FORMATS[format])
    return text_of_copy(copied, "mended"), changed_lines_of_copy(copied)


def call(arguments: str) -> str:
    function = {"name": "opening", "arguments": arguments}
    return (
        ASKED
        + json.dumps({"role": "assistant", "tool_calls": [{"id": "c", "type": "function", "function": function}]})
        + "]}"
    )


ONCE = '{"day": 1.50}'

PERSONAL = {
    "an address": ("Write to ann.b@garden.example today.", "Write to [email] today.", "An e-mail address"),
    "a number": ("Call +49 30 1234567 or (202) 555-0143.", "Call [phone] or [phone].", "A phone number"),
    "a key": (f"It is sk-{'a1' * 12}.", "It is [secret].", "A key or a password"),
    "a password with an @": ("password: a@b.example!", "[secret]", "A key or a password"),
}


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_looks_personal_is_masked_on_request_alone(kind: str) -> None:
    text, masked, change = PERSONAL[kind]
    line = ANSWERED.replace("Is it open?", text) + "\n"
    assert mended(line) == ("", {})
    copied = mended_training_copy(line, CHAT, MendingWishes(without_personal_data=True))
    assert text_of_copy(copied, "mended") == ANSWERED.replace("Is it open?", masked) + "\n"
    assert [words.partition(":")[0] for words in copied.changes.lines] == [change]
    assert list(changed_lines_of_copy(copied).values()) == [[1]]


def test_what_names_something_else_in_the_file_is_not_masked() -> None:
    """Ids pair calls with their results; an address of a picture would no longer lead to it."""
    url = {"type": "image_url", "image_url": {"url": "https://ann@garden.example/a.png"}}
    line = json.dumps({"messages": [{"role": "user", "content": [url]}, {"role": "assistant", "content": "A leaf."}]})
    copied = mended_training_copy(f"{line}\n", CHAT, MendingWishes(without_personal_data=True))
    assert text_of_copy(copied, "mended") == "" and not copied.changes.lines


def test_a_line_that_cannot_be_masked_is_listed() -> None:
    twice = ANSWERED.replace("Is it open?", "ann@garden.example").replace('"Yes."', '"Yes.", "content": "No."')
    copied = mended_training_copy(f"{twice}\n", CHAT, MendingWishes(without_personal_data=True))
    assert text_of_copy(copied, "mended") == f"{twice}\n"
    assert changed_lines_of_copy(copied) == {
        "Not masked, as the line cannot be written anew: personal data or a key": [1]
    }


@pytest.mark.parametrize("place", range(3))
def test_lines_that_remain_in_error_are_left_out_on_request_alone(place: int) -> None:
    sound = [ANSWERED, ANSWERED.replace("Yes", "No")]
    texts = [*sound[:place], f"{ASKED[:-2]}]}}", *sound[place:]]
    unchanged = mended_training_copy("\ufeff" + "\n".join(texts) + "\n", CHAT)
    assert text_of_copy(unchanged, "mended") == "\n".join(texts) + "\n"
    assert f"1 error remains that cannot be fixed: line {place + 1} of the copy" in unchanged.sentence
    copied = mended_training_copy("\n".join(texts) + "\n", CHAT, MendingWishes(without_errors=True))
    assert text_of_copy(copied, "mended") == "\n".join(sound) + "\n"
    assert changed_lines_of_copy(copied) == {"An error that cannot be fixed: left out": [place + 1]}
    assert copied.sentence == "Lines with a change: 1. All others are kept."


def test_what_a_mended_copy_keeps_is_said_before_it_is_asked_for(catalogue: Catalogue) -> None:
    text = ANSWERED.replace("Is it open?", "ann@garden.example") + f"\n{ASKED[:-2]}]}}\n"
    remarks = (
        "Lines with an error: 1. A corrected copy keeps",
        "Strings that look personal or secret: 1. A corrected copy keeps",
    )
    notes = "\n".join(asked(catalogue, text)["notes"])
    assert all(words in notes for words in remarks)
    notes = "\n".join(asked(catalogue, text, without_errors="yes", without_personal_data="yes")["notes"])
    assert not any(words in notes for words in remarks)


def test_no_converted_copy_is_offered_before_a_format_is_picked(catalogue: Catalogue) -> None:
    button = re.compile(r"<button[^>]*data-file=\"converted\"[^>]*>")
    for target, is_off in (("", True), ("gemini", False)):
        page = catalogue.answer(Question(NAME, {"training_text": ANSWERED, "target": target}, form="html"))
        [tag] = button.findall(page)
        assert ("disabled" in tag) is is_off


BY_HAND = {
    "byte order mark": ("\ufeff" + ANSWERED + "\n", ANSWERED + "\n", {"Byte order mark: left out": [1]}),
    "line ends": (
        f"{ANSWERED}\r\n{call(ONCE)}\r\n",
        f"{ANSWERED}\n{call(ONCE)}\n",
        {"Windows line end: written as that of Unix": [1, 2]},
    ),
    "blank lines": (
        f"\n{ANSWERED}\n \n{call(ONCE)}\n",
        f"{ANSWERED}\n{call(ONCE)}\n",
        {"Blank line: left out": [1, 3]},
    ),
    "null keys": (
        ASKED + '{"role": "assistant", "content": "Yes.", "tool_calls": null, "weight": null}], "tools": null}\n',
        ANSWERED + "\n",
        {"A key that is null: left out": [1]},
    ),
    "twice-encoded arguments": (
        f"{ANSWERED}\n{call(json.dumps(ONCE))}\n",
        f"{ANSWERED}\n{call(ONCE)}\n",
        {"Arguments encoded twice: encoded once": [2]},
    ),
    "the same again, with its keys in another order": (
        ANSWERED + '\n{"messages":[{"content":"Is it open?","role":"user"},{"content":"Yes.","role":"assistant"}]}\n',
        ANSWERED + "\n",
        {"The same as an earlier example: left out": [2]},
    ),
    "an array": (
        f"[{ANSWERED},\n{call(ONCE)}]\n",
        f"{ANSWERED}\n{call(ONCE)}\n",
        {"One JSON array: each example on a line of its own": [1]},
    ),
    "what is not UTF-8": (
        f"\ufeff{ANSWERED.replace('Yes', '�')}\n",
        f"{ANSWERED.replace('Yes', '�')}\n",
        {"Byte order mark: left out": [1], "Not fixed: a character that is not UTF-8 is written as �": [1]},
    ),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_each_mend_by_hand(case: str) -> None:
    text, expected, changes = BY_HAND[case]
    assert mended(text) == (expected, changes)


KEPT = {
    "no JSON": "{'messages': []}",
    "a role that is null, which removing would not fix": ASKED + '{"role": null, "content": "Yes."}]}',
    "a content that is null": ASKED + '{"role": "assistant", "content": null}]}',
    "null among what only the grader reads": ANSWERED[:-1] + ', "note": {"content": null}}',
    "a key twice": ASKED + '{"role": "assistant", "content": "No.", "content": "Yes.", "weight": null}]}',
    "arguments that are no object": call('"[1]"'),
    "a constant that JSON lacks": ANSWERED[:-1] + ', "weight": NaN, "tools": null}',
    "nested too deep": '{"a": ' * 70 + "null" + "}" * 70,
}


@pytest.mark.parametrize("case", KEPT)
def test_what_cannot_be_mended_stays_as_it_is(case: str) -> None:
    assert mended(KEPT[case] + "\n") == ("", {})
    text, changes = mended(f"\n{KEPT[case]}\n")
    assert (text, changes) == (KEPT[case] + "\n", {"Blank line: left out": [1]})


BROKEN = '{"messages": [{"role": "user", "content": "Is it'
ALL_KEPT = "Lines with a change: {}. All others are kept."
OUT = " The copy without errors leaves such lines out."


def test_errors_that_remain_are_counted_with_the_lines_of_the_copy() -> None:
    def sentence(*lines: str) -> str:
        return mended_training_copy("".join(f"{line}\n" for line in lines), CHAT).sentence

    assert sentence("", ANSWERED) == ALL_KEPT.format(1)
    one = " 1 error remains that cannot be fixed: line 2 of the copy."
    assert sentence("", ANSWERED, "", BROKEN) == ALL_KEPT.format(2) + one + OUT
    several = " 3 errors remain that cannot be fixed: lines 1–2, 4 of the copy."
    assert sentence(BROKEN, BROKEN, ANSWERED, ANSWERED, BROKEN) == ALL_KEPT.format(1) + several + OUT
    twice = " 2 errors remain that cannot be fixed: line 1 of the copy."
    assert sentence("", '{"messages": [{"role": "king", "content": "Yes."}]}') == ALL_KEPT.format(1) + twice + OUT
    many = " 1,234 errors remain that cannot be fixed: lines 1–20 and 1,214 more of the copy."
    assert sentence("", *[BROKEN] * 1234) == ALL_KEPT.format(1) + many + OUT


def test_a_large_copy_comes_in_pieces_also_where_its_only_change_is_the_last() -> None:
    lines = [
        json.dumps({"messages": json.loads(ANSWERED)["messages"], "tools": [str(number) * 500]})
        for number in range(4000)
    ]
    text = "".join(f"{line}\n" for line in lines)
    assert list(mended_training_copy(text, CHAT).pieces("mended")).count(b"") == len(text) // PIECE
    for last in ("\n", f"{lines[0]}\n"):
        copied = mended_training_copy(text + last, CHAT)
        pieces = [piece for piece in copied.pieces("mended") if piece]
        assert b"".join(pieces).decode() == text
        assert max(map(len, pieces)) < PIECE + len(lines[-1]) + 1 and len(pieces) > 1
        assert list(changed_lines_of_copy(copied).values()) == [[4001]]
        assert copied.sentence.startswith("Lines with a change: 1.") and "4,000 errors remain" in copied.sentence


def test_a_mend_that_would_break_another_rule_is_not_made() -> None:
    """Without its output, an example of Alpaca would break one more rule than with an output that is null."""
    line = '{"instruction": "Name a tree.", "output": null}'
    assert mended(f"{line}\n", "alpaca") == ("", {})


def test_a_content_that_is_null_does_not_keep_other_keys_from_being_mended() -> None:
    text = ASKED.replace('open?"', 'open?", "name": null') + '{"role": "assistant", "content": null}]}\n'
    expected = ASKED + '{"role": "assistant", "content": null}]}\n'
    assert mended(text) == (expected, {"A key that is null: left out": [1]})


def test_examples_with_the_same_messages_and_other_tools_are_not_the_same() -> None:
    tool = {"type": "function", "function": {"name": "opening", "parameters": {"type": "object"}}}
    other = json.dumps({**json.loads(ANSWERED), "tools": [tool]})
    weighed = ANSWERED.replace('"Yes."', '"Yes.", "weight": 0')
    assert mended(f"{ANSWERED}\n{other}\n{weighed}\n") == ("", {})
    numbers = [ANSWERED[:-1] + f', "n": {number}}}' for number in ("1", '"1"', "1.0", "true", "1e400", "1e401")]
    assert mended("\n".join(numbers)) == ("", {})


def spoiled(text: str, random: Random) -> tuple[str, set[str]]:
    """A clean file with what a fix takes out again, and the changes that a copy of it has to name."""
    lines, changes = [], set()
    for line in text.splitlines():
        example = json.loads(line)
        messages = example["messages"]
        for message in messages:
            if random.random() < 0.3:
                message["name"] = None
                changes.add("A key that is null: left out")
            for tool_call in message.get("tool_calls", ()):
                if random.random() < 0.5:
                    tool_call["function"]["arguments"] = json.dumps(tool_call["function"]["arguments"])
                    changes.add("Arguments encoded twice: encoded once")
        lines.append(json.dumps(example, ensure_ascii=False))
        if random.random() < 0.3:
            lines.append(random.choice(lines))
            changes.add("The same as an earlier example: left out")
        if random.random() < 0.2:
            lines.append("  ")
            changes.add("Blank line: left out")
    whole = "".join(f"{line}\n" for line in lines)
    if random.random() < 0.5:
        whole = whole.replace("\n", "\r\n")
        changes.add("Windows line end: written as that of Unix")
    if random.random() < 0.5:
        whole = "\ufeff" + whole
        changes.add("Byte order mark: left out")
    return whole, changes


@pytest.mark.parametrize("seed", range(30))
def test_a_spoiled_file_comes_back(catalogue: Catalogue, seed: int) -> None:
    random = Random(seed)
    examples = [
        {"messages": [{"role": "user", "content": f"Día {number}?"}, {"role": "assistant", "content": f"{number}."}]}
        for number in range(random.randrange(1, 12))
    ]
    calls = [json.loads(call(json.dumps({"number": number}))) for number in range(random.randrange(6))]
    clean = "".join(f"{json.dumps(example, ensure_ascii=False)}\n" for example in [*examples, *calls])
    text, expected = spoiled(clean, random)
    copied, changes = mended(text)
    assert set(changes) == expected
    assert copied == (clean if expected else "")
    rules = {"null_key", "arguments_twice", "duplicate", "blank_line", "crlf", "bom"}
    assert not rules & problems_of(asked(catalogue, copied or text)).keys()


@pytest.mark.parametrize("path", sorted(FILES.rglob("*.jsonl")), ids=lambda path: str(path.relative_to(FILES)))
def test_a_mended_file_breaks_no_rule_that_it_did_not_break_before(catalogue: Catalogue, path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    before = problems_of(asked(catalogue, text))
    recognized = str(asked(catalogue, text)["outputs"]["recognized"]["value"])
    format = recognized if recognized in TRAINING_FORMATS else "openai"
    copied, changes = mended(text, format)
    assert bool(copied) == bool(changes) or path.stem == "empty"
    if copied:
        after = asked(catalogue, copied)
        assert problems_of(after).keys() <= before.keys()
        errors = re.search(r"([\d,]+) errors? remain", mended_training_copy(text, TRAINING_FORMATS[format]).sentence)
        assert output_number(after, "errors") == (int(errors[1].replace(",", "")) if errors else 0)
        again, _ = mended(copied, format)
        assert again == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=4), st.booleans())
def test_json_comes_out_as_it_went_in(content: dict[str, Any], is_ascii: bool) -> None:
    text = training_exact_json_text(training_exact_json_object(json.dumps(content, ensure_ascii=is_ascii)))
    assert json.loads(text) == content
    assert "\n" not in text
    assert training_exact_json_text(training_exact_json_object(text)) == text


def test_numbers_keep_their_digits() -> None:
    text = '{"a": [1.50, 1E400, -0.0, 0.1000000000000000055511151231257827, %s]}' % ("9" * 5000)
    assert training_exact_json_text(training_exact_json_object(text)) == text
