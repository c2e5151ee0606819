"""The file that says what tiers of service a provider sells for a model, and what they cost beside the standard one.

A rule becomes facts of each of its models, beside its prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator

from calculators.domain.billing.tiers import TIER_FIGURES
from calculators.engine.facts.loaded import DatedFact
from calculators.engine.inputs.suggestions import suggest_nearest
from macros.facts.entries import fact_of_data_entry
from macros.facts.forms import DataTable, Mistake
from macros.facts.forms.values import Day, Models, Name, Number, Words, data_value_between
from macros.facts.problems import quoted_data

TIERS = "tiers.yaml"

Multiple = Annotated[Number, AfterValidator(data_value_between("0.1", "10", "write 0.5 for half of the price"))]


class TierRule(DataTable):
    """The tiers of some models, each as a multiple of the standard price."""

    models: Models
    flex: Multiple | None = None
    flex_cached: Multiple | None = None
    priority: Multiple | None = None
    fast: Multiple | None = None
    source: Name
    checked: Day | None = None
    because: Words = ""


class TiersFile(DataTable):
    """data/tiers.yaml."""

    checked: Day
    rules: dict[Name, TierRule]


def tiers_file_facts(file: TiersFile, id: str, first: str) -> dict[str, DatedFact]:
    """The multiples of one model, from its first day on; none where no rule names it."""
    rule = next((rule for rule in file.rules.values() if id in rule.models), None)
    if rule is None:
        return {}
    multiples = {figure: getattr(rule, figure) for figure in TIER_FIGURES}
    return {
        figure: fact_of_data_entry("1", [(first, multiple)], rule.source, rule.checked or file.checked, rule.because)
        for figure, multiple in multiples.items()
        if multiple is not None
    }


def tiers_file_mistakes(file: TiersFile, priced: Sequence[str]) -> Iterator[Mistake]:
    """Models that have no prices or two rules, and rules without a tier; nothing about models where none are known."""
    seen: dict[str, str] = {}
    for name, rule in file.rules.items():
        for index, id in enumerate(rule.models):
            path = ("rules", name, "models", index)
            if priced and id not in priced:
                advice = suggest_nearest(id, priced) or "; add its prices, or delete it here"
                yield Mistake(path, f"{quoted_data(id)} has no prices in data/prices{advice}")
            elif id in seen:
                message = f"{quoted_data(id)} is in the rule {quoted_data(seen[id])}, too; keep one of the two"
                yield Mistake(path, message)
            seen.setdefault(id, name)
        if rule.flex is None and rule.priority is None and rule.fast is None:
            yield Mistake(("rules", name), "there is no tier; write flex, priority or fast", of_key=True)
        if rule.flex_cached is not None and rule.flex is None:
            message = "'flex_cached' needs 'flex'; add it, or delete this line"
            yield Mistake(("rules", name, "flex_cached"), message, of_key=True)
