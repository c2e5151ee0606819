"""Turns the files of the data folder into the one JSON object that the calculators load.

Imported only when there is no fresh copy in the cache: it needs PyYAML and pydantic, which take longer to import than
everything else together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from macros import facts_collections, facts_decisions, facts_overrides, facts_rules
from macros.facts_form import parsed
from macros.facts_problems import FactsError, Problem
from macros.facts_schema import (
    Assumption,
    AssumptionsFile,
    Knowledge,
    Model,
    ModelsFile,
    Part,
    PriceFile,
    PriceLine,
    SourcesFile,
)
from macros.facts_values import PRICE_UNIT
from macros.facts_yaml import Node, read

NEEDED: dict[str, type[Part]] = {
    "sources.yaml": SourcesFile,
    "models.yaml": ModelsFile,
    "assumptions.yaml": AssumptionsFile,
}
SINGLE_FILES = NEEDED | dict.fromkeys(facts_collections.FILES, facts_collections.CollectionFile)
_UNITS = {"context_window": "token", "smallest_prefix": "token", "tokenizer_factor": "1", "retires": "date"}
Fact = dict[str, Any]


def facts_of(
    files: dict[str, bytes], folder: str, today: date | None = None, own: tuple[bytes, str] | None = None, day: str = ""
) -> dict[str, Any]:
    """The facts in the files, by path below the data folder; FactsError with everything that is wrong.

    `own` is a company's own file with its name, `day` the day for which the facts are read.
    """
    problems = [Problem(name, 0, 0, "the file is missing; restore it") for name in NEEDED if name not in files]
    if not any(name.startswith("prices/") for name in files):
        problems.append(Problem("prices", 0, 0, "there are no prices; add a file such as prices/openai.yaml"))
    roots: dict[str, Node | None] = {}
    forms: dict[str, Part] = {}
    for name, content in files.items():
        form = PriceFile if name.startswith("prices/") else SINGLE_FILES.get(name)
        if name.startswith(facts_decisions.FOLDER):
            form = facts_decisions.DecisionFile
        if form is None or name.count("/") > 1 or name.endswith(".yml"):
            known = ", ".join(["prices/<seller>.yaml", *SINGLE_FILES, "decisions/<decision>.yaml"])
            problems.append(Problem(name, 0, 0, f"nothing reads this file; the files here are {known}"))
            continue
        roots[name], wrong = read(content, name)
        problems += wrong
        if root := roots[name]:
            found, unfit = parsed(form, root, name)
            said = {(problem.line, problem.column) for problem in wrong}
            problems += [problem for problem in unfit if (problem.line, problem.column) not in said]
            if found is not None:
                forms[name] = found
    problems += facts_rules.problems(roots, today)
    for name in facts_collections.FILES:
        if root := roots.get(name):
            problems += facts_collections.problems(root, name)
    for name, root in roots.items():
        if root and name.startswith(facts_decisions.FOLDER):
            problems += facts_decisions.problems(root, name)
    if problems:
        raise FactsError(Problem(f"{folder}/{it.file}", it.line, it.column, it.message) for it in problems)
    facts = _facts(forms)
    if own:
        facts, problems = facts_overrides.overridden(facts, *own)
        if problems:
            raise FactsError(problems)
    if day:
        facts["as_of"] = as_of(facts, day)
    return facts


def as_of(facts: dict[str, Any], day: str) -> str:
    """The day of the facts on a later day: the last one on which something began, at least the first of the month.

    So a site that is built anew each day differs only where there is something new to say.
    """
    entries = [entry for collection in facts["collections"].values() for entry in collection.values()]
    begun = [since for entry in entries for fact in entry["facts"].values() for since, _ in fact["values"]]
    latest: str = max(facts["as_of"], f"{day[:7]}-01", *(since for since in begun if since <= day))
    return latest


def _facts(forms: dict[str, Part]) -> dict[str, Any]:
    sources, known, ours = forms["sources.yaml"], forms["models.yaml"], forms["assumptions.yaml"]
    assert isinstance(sources, SourcesFile) and isinstance(known, ModelsFile) and isinstance(ours, AssumptionsFile)
    collections: dict[str, dict[str, Any]] = {"prices": {}, "embeddings": {}, "assumptions": {}}
    for name, file in forms.items():
        if isinstance(file, facts_collections.CollectionFile):
            collections[facts_collections.FILES[name]] = facts_collections.collection(file)
        elif isinstance(file, facts_decisions.DecisionFile):
            for kind, records in facts_decisions.collections(name, file).items():
                collections.setdefault(kind, {}).update(records)
        elif isinstance(file, PriceFile):
            for short, model in file.models.items():
                id = f"{name.removeprefix('prices/').removesuffix('.yaml')}/{short}"
                facts = _model(model, file, known.models.get(id), known.checked)
                collection = collections["embeddings" if model.kind == "embedding" else "prices"]
                collection[id] = {"name": model.name, "group": file.provider, "note": model.note, "facts": facts}
                collection[id] |= _why(model)
    for id, assumption in ours.assumptions.items():
        facts = {"value": _assumption(assumption)}
        collections["assumptions"][id] = {"name": assumption.name, "group": "", "note": assumption.note, "facts": facts}
    looked = [
        fact["checked"] for group in collections.values() for it in group.values() for fact in it["facts"].values()
    ]
    return {
        "as_of": max(looked),
        "sources": {id: source.model_dump() for id, source in sources.sources.items()},
        "collections": collections,
    }


def _model(model: Model, file: PriceFile, knowledge: Knowledge | None, looked: str) -> dict[str, Fact]:
    """The facts of a model. What has no date of its own holds from the day of the first price."""
    first = min(line.since for lines in model.prices.lines().values() for line in lines)
    facts = dict(_prices(model, file))
    if model.long_prompt_above:
        facts["long_above"] = _fact("token", [[first, model.long_prompt_above]], file.source, file.checked)
    if model.hours:
        facts["hours"] = _fact("text", [[first, model.hours]], file.source, file.checked)
    for key, unit in _UNITS.items():
        if it := getattr(knowledge, key, None):
            facts[key] = _fact(unit, [[first, it.value]], it.source, it.checked or looked, it.because)
    return facts


def _why(model: Model) -> dict[str, dict[str, str]]:
    """Why the prices changed, by the day on which that began; nothing where nothing is said."""
    said = {line.since: line.reason for lines in model.prices.lines().values() for line in lines if line.reason}
    days = {line.since for lines in model.prices.lines().values() for line in lines}
    why = {**{day: text for day, text in model.accepted.items() if day in days}, **said}
    return {"why": dict(sorted(why.items()))} if why else {}


def _prices(model: Model, file: PriceFile) -> Iterator[tuple[str, Fact]]:
    for key, lines in model.prices.lines().items():
        last: PriceLine = lines[-1]
        about = last.source or file.source, last.checked or file.checked, last.reason
        yield key, _fact(PRICE_UNIT, [[line.since, line.value] for line in lines], *about)
        if long := [[line.since, line.long] for line in lines if line.long is not None]:
            yield f"long_{key}", _fact(PRICE_UNIT, long, *about)


def _assumption(it: Assumption) -> Fact:
    values = [[line.since, line.value] for line in it.values]
    fact = _fact(it.unit, values, it.source or "", it.checked, it.because)
    return fact | {"range": [it.range.low, it.range.high]} if it.range else fact


def _fact(unit: str, values: list[Any], source: str, checked: str, because: str | None = None) -> Fact:
    fact: Fact = {"unit": unit, "values": values, "source": source, "checked": checked}
    return fact | {"because": because} if because else fact
