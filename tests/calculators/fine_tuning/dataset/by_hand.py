"""A training file checked the slow plain way, on Python objects instead of text, for comparison with the calculator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from statistics import mean, median
from typing import Any

Example = dict[str, Any]
ROLES = {"system", "developer", "user", "assistant", "tool", "function"}
KEYS = {"role", "content", "name", "weight", "tool_calls", "tool_call_id", "function_call"}


def broken_rules(examples: list[Any]) -> dict[str, list[int]]:
    """The lines that break the seven rules of OpenAI's notebook and those about order and repetition, by rule."""
    lines_by_rule: dict[str, set[int]] = defaultdict(set)
    earlier: list[tuple[Any, Any]] = []
    for number, example in enumerate(examples, 1):
        if type(example) is not dict:
            lines_by_rule["data_type"].add(number)
            continue
        messages = example.get("messages")
        if type(messages) is not list or messages == []:
            lines_by_rule["missing_messages_list"].add(number)
            continue
        for message in messages:
            if "role" not in message or "content" not in message:
                lines_by_rule["message_missing_key"].add(number)
            if any(key not in KEYS for key in message):
                lines_by_rule["message_unrecognized_key"].add(number)
            if "role" in message and message["role"] not in ROLES:
                lines_by_rule["unrecognized_role"].add(number)
            if message.get("content", "filled") == "":
                lines_by_rule["missing_content"].add(number)
        roles = [message.get("role") for message in messages]
        if "assistant" not in roles:
            lines_by_rule["example_missing_assistant_message"].add(number)
        elif roles[-1] != "assistant":
            lines_by_rule["last_not_assistant"].add(number)
        if "user" not in roles:
            lines_by_rule["missing_user"].add(number)
        if "system" not in roles and "developer" not in roles:
            lines_by_rule["missing_system"].add(number)
        turns = [(message.get("role"), message.get("content")) for message in messages]
        prompt, answer = (turns[:-1], turns[-1]) if roles[-1] == "assistant" else (turns, None)
        if (prompt, answer) in earlier:
            lines_by_rule["duplicate"].add(number)
        elif any(before == prompt for before, _ in earlier):
            lines_by_rule["conflict"].add(number)
        earlier.append((prompt, answer))
    return {rule: sorted(numbers) for rule, numbers in lines_by_rule.items()}


def tokens_of(example: Example, count: Callable[[str], int]) -> int:
    """The tokens of one conversation: three for each message and three for the answer's start, one for a name."""
    total = 3
    for message in example["messages"]:
        total += 3 + sum(count(text) for text in message.values()) + ("name" in message)
    return total


def epochs(examples: int) -> int:
    """Three epochs, but at least 100 examples seen and at most 25,000, in 1 to 25 epochs."""
    if examples * 3 < 100:
        return min(25, 100 // examples)
    return max(1, 25_000 // examples) if examples * 3 > 25_000 else 3


def statistics(lengths: list[int], limit: int) -> dict[str, Fraction]:
    """The figures of a list of lengths."""
    whole = [Fraction(length) for length in lengths]
    return {
        "tokens": sum(whole, Fraction(0)),
        "mean": mean(whole),
        "median": median(whole),
        "shortest": min(whole),
        "longest": max(whole),
        "over_limit": Fraction(sum(length > limit for length in lengths)),
        "billing_tokens": sum((min(Fraction(limit), length) for length in whole), Fraction(0)),
    }
