"""Looks for personal data and secrets. Nothing that is found is shown; it is counted."""

from __future__ import annotations

import re

EMAIL = re.compile(
    r"[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}\b",
    re.ASCII,
)
PHONE = re.compile(
    r"(?<![\w.+-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}"
    r"|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?![\w-])",
    re.ASCII,
)
SECRET = re.compile(
    r"(?<![A-Za-z0-9])(?:sk-[A-Za-z0-9_-]{20,}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{10,}"
    r"|AIza[0-9A-Za-z_-]{35}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,})"
    r"|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"
    r"|(?i:\b(?:password|passwort|secret|api[_ -]?key|token)\b) ?[:=] ?[^\s\"',;]{8,}",
    re.ASCII,
)
"""Keys by the forms that their makers publish, private keys, and what follows a word such as `password:`."""


def training_phone_numbers(text: str) -> int:
    """How many strings look like a phone number.

    >>> training_phone_numbers("Call +49 30 1234567 or (202) 555-0143, order 12345678")
    2
    """
    return len(PHONE.findall(text))


def training_secrets_in(text: str) -> int:
    """How many strings look like a key or a password."""
    return len(SECRET.findall(text))
