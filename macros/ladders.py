"""The decisions on a page: the ladder as a picture, and every rule with its conditions, its reason and its source."""

from __future__ import annotations

from decimal import Decimal

from calculators.choosing.approach import label, said
from calculators.engine.facts import Facts
from calculators.engine.rules import Between, Decision, Rule, Ruling, Rung, Words, decisions
from calculators.engine.suggest import nearest
from calculators.views.html import Safe, joined, tag
from calculators.views.ladder import ladder as drawn


def ladder(facts: Facts, name: str) -> Safe:
    """The picture of a decision with all its rules below, folded."""
    found = every(facts)
    if name not in found:
        raise ValueError(f"there is no decision {name!r}{nearest(name, found)}")
    picture = drawn(found[name], f"The ladder of {name}: the lowest rung that a rule leads to")
    return tag("figure", picture, rules(facts, found, name), class_="ladder-figure")


def every(facts: Facts) -> dict[str, Decision]:
    """All decisions of the data."""
    written = facts.records("rules", Rule, facts.as_of), facts.records("rungs", Rung, facts.as_of)
    return decisions(tuple(written[0].values()), tuple(written[1].values()))


def rules(facts: Facts, found: dict[str, Decision], name: str) -> Safe:
    """Every rule as a row: when it holds, what it leads to, why, and who says so."""
    rows = [_row(facts, found, found[name], rule) for rule in found[name].rules]
    heads = ("When", "Leads to", "Because")
    head = tag("thead", tag("tr", *(tag("th", it, scope="col") for it in heads)))
    frame = tag(
        "div", tag("table", head, tag("tbody", *rows)), class_="table-frame", tabindex="0", role="region",
        aria_label=f"The rules of {name}",
    )  # fmt: skip
    return tag("details", tag("summary", f"All {len(rows)} rules"), frame)


def _row(facts: Facts, found: dict[str, Decision], of: Decision, rule: Ruling) -> Safe:
    names = {step.id: step.name for step in of.ladder}
    when = "; ".join(f"{_label(question)}: {_told(found, question, it)}" for question, it in rule.when.items())
    to = " or ".join(names[rung] for rung in rule.favors)
    off = " or ".join(names[rung] for rung in rule.rules_out)
    source = facts.sources[facts.fact(rule.fact).source]
    link = tag("a", f"{source.publisher}, {source.title}", href=source.url, rel="noopener noreferrer")
    return tag(
        "tr", tag("th", when, scope="row"), tag("td", to or f"not {off}"), tag("td", joined(rule.because, " ", link))
    )


def _label(question: str) -> str:
    return "Ready for fine-tuning" if question == "tuning" else label(question)


def _told(found: dict[str, Decision], question: str, condition: Words | Between) -> str:
    """A condition in words; the verdicts of another decision by what comes before their colon."""
    if isinstance(condition, Words):
        if question in found:
            names = {step.id: step.name for step in found[question].ladder}
            return " or ".join(dict.fromkeys(names[word].partition(":")[0].lower() for word in condition.any_of))
        return ", or ".join(said(question, word) for word in condition.any_of)
    return " and ".join(
        f"{words} {said(question, end)}"
        for words, end in (("at least", condition.at_least), ("below", condition.below))
        if isinstance(end, Decimal)
    )
