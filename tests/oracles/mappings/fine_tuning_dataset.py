"""How the worked examples about training files are put to `fine_tuning/dataset`."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.oracles.asked import Asked

AREAS = ("dataset_checker", "default_epochs", "token_count")

POSITIVE = "You are a happy assistant that puts a positive spin on everything."
# The notebook's own toy file: who speaks (system, user, assistant), and what.
TOY = (
    (("s", POSITIVE), ("u", "I fell off my bike today."), ("a", "It's great that you're getting exercise outdoors!")),
    (
        ("s", POSITIVE),
        ("u", "I lost my tennis match today."),
        ("a", "It's ok, it happens to everyone."),
        ("u", "But I trained so hard!"),
        ("a", "It will pay off next time."),
        ("u", "I'm going to switch to golf."),
        ("a", "Golf is fun too!"),
        ("u", "I don't even know how to play golf."),
        ("a", "It's easy to learn!"),
    ),
    (("u", "I lost my book today."), ("a", "You can read everything on ebooks these days!")),
    (("s", POSITIVE), ("a", "You're great!")),
    (("s", POSITIVE), ("u", "I'm hungry."), ("a", "Eat a banana!" * 2000)),
)
ROLES = {"s": "system", "u": "user", "a": "assistant"}


def line(messages: tuple[tuple[str, str], ...]) -> str:
    """One conversation as a line of the file."""
    return json.dumps({"messages": [{"role": ROLES[role], "content": text} for role, text in messages]}) + "\n"


def asked(file: str, outputs: Mapping[str, str]) -> Asked:
    """A file as the notebook reads it."""
    return Asked("fine_tuning/dataset", {"training_file": file, "encoding": "cl100k_base", "limit": "4096"}, outputs)


TOY_FILE = "".join(map(line, TOY))
TOTAL, ANSWERS = "total_tokens_per_example", "assistant_tokens"
PLAIN = line((("u", "One?"), ("a", "Two.")))

MAPPED: dict[str, list[Asked]] = {
    "T01": [
        asked(
            TOY_FILE,
            {
                "n_examples": "examples",
                "missing_system": "missing_system",
                "missing_user": "missing_user",
                "over_limit": "over_limit",
                "billing_tokens": "billing_tokens",
                "n_epochs": "n_epochs",
                "charged_tokens": "charged_tokens",
                "mean": "mean",
                "median": "median",
            },
        ),
        *(
            asked(line(messages), {f"{TOTAL}[{number}]": "tokens", f"{ANSWERS}[{number}]": "assistant_tokens"})
            for number, messages in enumerate(TOY)
        ),
    ],
    "F16": [asked(PLAIN * 500, {"n_epochs": "n_epochs"})],
    "F17": [asked(PLAIN * 10_000, {"n_epochs": "n_epochs"})],
}

NOT_ASKED = {
    "T03": "It lists the tokens of a single text. tests/test_tokens.py compares them with the function that counts.",
    "T06": "It counts one text in three encodings. tests/test_tokens.py compares the two that are counted here.",
}
"""Cases that no calculator answers by itself, with the reason."""
