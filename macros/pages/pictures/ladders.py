"""The decisions on a page: the ladder as a picture, and every rule with its conditions, its reason and its source."""

from __future__ import annotations

from decimal import Decimal

from calculators.choosing import (
    APPROACH_STEPS,
    APPROACH_TONES,
    approach_answer_in_words,
    approach_question_label,
)
from calculators.engine.facts import Facts
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.engine.rules import Decision, Rule, RuleBetween, RuleWords, Ruling, Rung, parse_rule_decisions
from calculators.views.charts.ladder import Group, svg_ladder
from calculators.views.html.tags import Safe, joined_html, tag

STEPPED = "approach"
"""The decision whose ladder the front page shows."""


def ladder_picture(facts: Facts, name: str) -> Safe:
    """The picture of a decision with all its rules below, folded."""
    known = ladder_picture_decisions(facts)
    if name not in known:
        raise ValueError(f"there is no decision {name!r}{suggest_nearest(name, known)}")
    picture = svg_ladder(
        known[name], f"The ladder of {name}: the lowest rung that a rule leads to", _ladder_picture_groups(name)
    )
    return tag("figure", picture, ladder_picture_rules(facts, known, name), class_="ladder-figure")


def _ladder_picture_groups(name: str) -> list[Group]:
    """The steps of a ladder that the front page shows in fewer of them; none of another."""
    if name != STEPPED:
        return []
    named = zip(APPROACH_STEPS.items(), APPROACH_TONES, strict=True)
    return [Group(step, tone, rungs) for (step, rungs), tone in named]


def ladder_picture_decisions(facts: Facts) -> dict[str, Decision]:
    """All decisions of the data."""
    written = facts.records("rules", Rule, facts.as_of), facts.records("rungs", Rung, facts.as_of)
    return parse_rule_decisions(tuple(written[0].values()), tuple(written[1].values()))


def ladder_picture_rules(facts: Facts, known: dict[str, Decision], name: str) -> Safe:
    """Every rule as a row: when it holds, what it leads to, why, and who says so."""
    rows = [_ladder_picture_row(facts, known, known[name], rule) for rule in known[name].rules]
    heads = ("When", "Leads to", "Because")
    head = tag("thead", tag("tr", *(tag("th", title, scope="col") for title in heads)))
    table = tag("table", head, tag("tbody", *rows))
    frame = tag("div", table, class_="table-frame", tabindex="0", role="region", aria_label=f"The rules of {name}")
    return tag("details", tag("summary", f"All {len(rows)} rules"), frame)


def _ladder_picture_row(facts: Facts, known: dict[str, Decision], decision: Decision, rule: Ruling) -> Safe:
    names = {step.id: step.name for step in decision.ladder}
    conditions = (
        f"{_ladder_picture_label(question)}: {_ladder_picture_condition(known, question, words)}"
        for question, words in rule.when.items()
    )
    when = "; ".join(conditions)
    to = " or ".join(names[rung] for rung in rule.favors)
    off = " or ".join(names[rung] for rung in rule.rules_out)
    source = facts.sources[facts.fact(rule.fact).source]
    link = tag("a", f"{source.publisher}, {source.title}", href=source.url, rel="noopener noreferrer")
    return tag(
        "tr",
        tag("th", when, scope="row"),
        tag("td", to or f"not {off}"),
        tag("td", joined_html(rule.because, " ", link)),
    )


def _ladder_picture_label(question: str) -> str:
    return "Ready for fine-tuning" if question == "tuning" else approach_question_label(question)


def _ladder_picture_condition(known: dict[str, Decision], question: str, condition: RuleWords | RuleBetween) -> str:
    """A condition in words; the verdicts of another decision by what comes before their colon."""
    if isinstance(condition, RuleWords):
        if question in known:
            names = {step.id: step.name for step in known[question].ladder}
            return " or ".join(dict.fromkeys(names[word].partition(":")[0].lower() for word in condition.any_of))
        return ", or ".join(approach_answer_in_words(question, word) for word in condition.any_of)
    return " and ".join(
        f"{words} {approach_answer_in_words(question, end)}"
        for words, end in (("at least", condition.at_least), ("below", condition.below))
        if isinstance(end, Decimal)
    )
