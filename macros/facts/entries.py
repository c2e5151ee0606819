"""Builds the entries and facts that the calculators load, in the order in which their keys are written."""

from __future__ import annotations

from calculators.engine.facts.loaded import DatedFact, Entry


def fact_of_data_entry(
    unit: str, values: list[tuple[str, str]], source: str, checked: str, because: str | None = "", confidence: str = ""
) -> DatedFact:
    """One figure; what is not known is left out."""
    loaded: DatedFact = {"unit": unit, "values": values, "source": source, "checked": checked}
    if confidence:
        loaded["confidence"] = confidence
    if because:
        loaded["because"] = because
    return loaded


def data_entry_with_facts(
    name: str, group: str, note: str, facts: dict[str, DatedFact], why: dict[str, str] | None = None
) -> Entry:
    """One record with its reasons in the order of days; no reasons where there are none."""
    loaded: Entry = {"name": name, "group": group, "note": note, "facts": facts}
    if why:
        loaded["why"] = dict(sorted(why.items()))
    return loaded
