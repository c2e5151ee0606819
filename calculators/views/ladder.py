"""The ladder of a decision as a picture, drawn from its rules: the cheapest rung at the foot, the costliest on top."""

from __future__ import annotations

from textwrap import wrap

from calculators.engine.rules import Decision, Step
from calculators.views.html import Safe, tag

LETTERS = 36
"""The longest line of words: what a phone shows beside the ladder."""

_TOP, _LINE, _GAP, _WORDS = 20, 18, 14, 48


def ladder(of: Decision, title: str) -> Safe:
    """Every rung with its number, its name, and the names of the rules that lead to it or away from it."""
    drawn, top = [], 0
    for number, step in reversed(list(enumerate(of.ladder, 1))):
        lines = [line for words in told(of, step) for line in wrap(words, LETTERS)]
        drawn.append(_rung(step, number, lines, top))
        top += _TOP + _LINE * len(lines) + _GAP
    rails = [tag("line", x1=x, x2=x, y1="0", y2=str(top), class_="ladder-rail") for x in ("6", "30")]
    described = f"From the foot: {'; '.join(_described(of, step, at) for at, step in enumerate(of.ladder, 1))}."
    return tag(
        "svg", tag("title", title), tag("desc", described), *rails, *drawn,
        class_="ladder", width="100%", height=str(top), role="img",
    )  # fmt: skip


def _rung(step: Step, number: int, lines: list[str], top: int) -> Safe:
    """One rung: its bar between the rails, its name, and its rules below."""
    words = [
        tag("text", line, x=str(_WORDS), y=str(top + _TOP + _LINE * at), class_="ladder-rule")
        for at, line in enumerate(lines, 1)
    ]
    return tag(
        "g",
        tag("rect", x="6", y=str(top + 10), width="24", height="6", class_="ladder-bar"),
        tag("text", f"{number}. {step.name}", x=str(_WORDS), y=str(top + _TOP), class_="ladder-name"),
        *words,
        class_=f"rung rung-{step.id.replace('_', '-')}",
    )


def told(of: Decision, step: Step) -> list[str]:
    """What leads to a rung, and what keeps from it, by the names of the rules."""
    to = [_name(rule.id) for rule in of.rules if step.id in rule.favors]
    off = [_name(rule.id) for rule in of.rules if step.id in rule.rules_out]
    return [", ".join(to), *([f"but not: {', '.join(off)}"] if off else [])]


def _described(of: Decision, step: Step, number: int) -> str:
    return f"{number}, {step.name} ({', '.join(told(of, step))})"


def _name(rule: str) -> str:
    """A rule's name as words: `approach/no-test-set` is `no test set`."""
    return rule.partition("/")[2].replace("-", " ")
