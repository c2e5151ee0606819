"""The ladder of a decision as a picture, drawn from its rules: the cheapest rung at the foot, the costliest on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from calculators.engine.rules import Decision, Step
from calculators.views.html.tags import Safe, tag

LETTERS = 36
"""The longest line of words: what a phone shows beside the ladder."""

_TOP, _LINE, _GAP, _WORDS = 20, 18, 14, 48
"""Pixels from the top of a rung to its name, from line to line, between two rungs, and from the left to the words."""


@dataclass(frozen=True, slots=True)
class Group:
    """A step of the ladder as a reader knows it, with the rungs of the rules that belong to it."""

    name: str
    tone: str
    rungs: Sequence[str]


def svg_ladder(decision: Decision, title: str, groups: Sequence[Group] = ()) -> Safe:
    """Every rung with its name and the names of the rules that lead to it or away from it, the first at the foot.

    Where there are groups, they are the numbered steps, and the rungs are below the name of their step. Else each rung
    is a step.
    """
    by_id = {step.id: step for step in decision.ladder}
    steps = groups or [Group(step.name, "", (step.id,)) for step in decision.ladder]
    drawn, top = [], 0
    for number, group in reversed(list(enumerate(steps, 1))):
        named = [
            (by_id[rung], lines)
            for rung in reversed(group.rungs)
            for lines in [_svg_ladder_lines(decision, by_id[rung])]
        ]
        below = [line for step, lines in named for line in _svg_ladder_lines_below(step, lines)]
        if below[0][0] == group.name:
            below.pop(0)  # the step has said it
        drawn.append(_svg_ladder_step(group, number, below, top))
        top += _TOP + _LINE * len(below) + _GAP
    rails = [tag("line", x1=x, x2=x, y1="0", y2=str(top), class_="ladder-rail") for x in ("6", "30")]
    rungs = "; ".join(_svg_ladder_described(decision, group, by_id, number) for number, group in enumerate(steps, 1))
    return tag(
        "svg",
        tag("title", title),
        tag("desc", f"From the foot: {rungs}."),
        *rails,
        *drawn,
        class_="ladder",
        width="100%",
        height=str(top),
        role="img",
    )


def _svg_ladder_lines(decision: Decision, step: Step) -> list[str]:
    return [line for words in _svg_ladder_rule_names(decision, step) for line in wrap(words, LETTERS)]


def _svg_ladder_lines_below(step: Step, lines: list[str]) -> list[tuple[str, str]]:
    """What is below the name of a step for one of its rungs, each line with its look."""
    return [(step.name, "ladder-rung"), *((text, "ladder-rule") for text in lines)]


def _svg_ladder_step(group: Group, number: int, below: Sequence[tuple[str, str]], top: int) -> Safe:
    """One step: its bar between the rails, its name, and below that its rungs, each with its rules."""
    words, line = [], top + _TOP
    for text, kind in below:
        line += _LINE
        words.append(tag("text", text, x=str(_WORDS), y=str(line), class_=kind))
    return tag(
        "g",
        tag("rect", x="6", y=str(top + 10), width="24", height="6", class_="ladder-bar"),
        tag("text", f"{number}. {group.name}", x=str(_WORDS), y=str(top + _TOP), class_="ladder-name"),
        *words,
        class_=f"rung tone-{group.tone}" if group.tone else "rung",
    )


def _svg_ladder_rule_names(decision: Decision, step: Step) -> list[str]:
    """What leads to a rung, and what keeps from it, by the names of the rules."""
    favored_by = [_svg_ladder_name(rule.id) for rule in decision.rules if step.id in rule.favors]
    ruled_out_by = [_svg_ladder_name(rule.id) for rule in decision.rules if step.id in rule.rules_out]
    return [", ".join(favored_by), *([f"but not: {', '.join(ruled_out_by)}"] if ruled_out_by else [])]


def _svg_ladder_described(decision: Decision, group: Group, by_id: Mapping[str, Step], number: int) -> str:
    rungs = "; ".join(
        f"{by_id[rung].name} ({', '.join(_svg_ladder_rule_names(decision, by_id[rung]))})" for rung in group.rungs
    )
    return f"{number}, {group.name}: {rungs}"


def _svg_ladder_name(rule: str) -> str:
    """A rule's name as words: `approach/no-test-set` is `no test set`."""
    return rule.partition("/")[2].replace("-", " ")
