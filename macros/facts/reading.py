"""Turns the files of the data folder into the one JSON object that the calculators load.

Imported only when there is no fresh copy in the cache: it needs PyYAML and pydantic, which take longer to import than
everything else together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from calculators.engine.facts.loaded import DatedFact, Entry, LoadedFacts, SourceEntry
from macros.facts import collections, decisions, families, overrides, rules
from macros.facts.entries import data_entry_with_facts, fact_of_data_entry
from macros.facts.forms import DataFormFile, DataTable, data_file_in_form
from macros.facts.forms.documents import read_yaml_document
from macros.facts.forms.media import MEDIA, MediaFile
from macros.facts.forms.model_names import MODEL_NAMES, ModelNamesFile, model_names_file_facts
from macros.facts.forms.tiers import TIERS, TiersFile, tiers_file_facts
from macros.facts.forms.values import PRICE_UNIT
from macros.facts.problems import FactsError, Problem
from macros.facts.schema import (
    Assumption,
    AssumptionsFile,
    DataTermsFile,
    Knowledge,
    Model,
    ModelsFile,
    PriceFile,
    SourcesFile,
    TunersFile,
)

NEEDED: dict[str, type[DataTable]] = {
    rules.SOURCES: SourcesFile,
    "models.yaml": ModelsFile,
    "assumptions.yaml": AssumptionsFile,
}
TUNERS = "tuners.yaml"
"""The file of words about offers of fine-tuning, checked here and shown by `macros.pages.lists.tuners`."""
DATA_TERMS = "data_terms.yaml"
"""The file of words about what providers do with texts, checked here and shown by `macros.pages.lists.data_terms`."""
SINGLE_FILES = (
    NEEDED
    | dict.fromkeys(collections.FILES, collections.CollectionFile)
    | {
        families.CACHING: families.CachingFile,
        families.REASONING: families.ReasoningFile,
        families.TOKENIZERS: families.TokenizersFile,
        MODEL_NAMES: ModelNamesFile,
        TIERS: TiersFile,
        rules.STUDIES: SourcesFile,
        TUNERS: TunersFile,
        DATA_TERMS: DataTermsFile,
        MEDIA: MediaFile,
    }
)
KINDS = {"inference": "prices", "older": "older_prices", "embedding": "embeddings"}
"""The collection of each kind of model."""

SMALL_MODEL = "small-model"
"""The assumption that says how many billions of parameters a model has that is no longer small."""

_UNITS = {"context_window": "token", "smallest_prefix": "token", "tokenizer_factor": "1", "retires": "date"}


def read_data_facts(
    contents: Mapping[str, bytes], folder: str, today: date | None, company: tuple[bytes, str] | None, day: str
) -> LoadedFacts:
    """The facts in the files, whose contents are given by path below the data folder.

    `company` is a company's own file with its name, `day` the day for which the facts are read.

    Raises:
        FactsError: with everything that is wrong.
    """
    problems = [
        Problem(f"{folder}/{name}", 0, 0, "the file is missing; restore it") for name in NEEDED if name not in contents
    ]
    if not any(name.startswith(rules.PRICES) for name in contents):
        advice = f"add a file such as {rules.PRICES}openai.yaml"
        problems.append(Problem(f"{folder}/prices", 0, 0, f"there are no prices; {advice}"))
    files: dict[str, DataFormFile[DataTable] | None] = {}
    for name, content in contents.items():
        form = _facts_reading_form(name)
        if form is None:
            known = ", ".join([f"{rules.PRICES}<seller>.yaml", *SINGLE_FILES, f"{decisions.FOLDER}<decision>.yaml"])
            problems.append(Problem(f"{folder}/{name}", 0, 0, f"nothing reads this file; the files here are {known}"))
            continue
        document = read_yaml_document(content, f"{folder}/{name}")
        files[name] = file = data_file_in_form(form, document)
        problems += document.problems + list(file.problems if file else ())
    problems += rules.fact_file_problems(files, today)
    if problems:
        raise FactsError(problems)
    facts = _data_facts_of({name: file.form for name, file in files.items() if file})
    if company:
        facts = overrides.facts_with_overrides(facts, *company)
    if day:
        facts["as_of"] = facts_reading_day(facts, day)
    return facts


def _facts_reading_form(name: str) -> type[DataTable] | None:
    """The form of a file by its path below the data folder; None for a file that nothing reads."""
    if name.count("/") > 1 or name.endswith(".yml"):
        return None
    if name.startswith(rules.PRICES):
        return PriceFile
    return decisions.DecisionFile if name.startswith(decisions.FOLDER) else SINGLE_FILES.get(name)


def facts_reading_day(facts: LoadedFacts, day: str) -> str:
    """The day of the facts on a later day: the last one on which something began, at least the first of the month.

    So a site that is built anew each day differs only where there is something new to say.
    """
    begun = [since for fact in _every_data_fact(facts["collections"].values()) for since, _ in fact["values"]]
    return max(facts["as_of"], f"{day[:7]}-01", *(since for since in begun if since <= day))


def _every_data_fact(collections: Iterable[Mapping[str, Entry]]) -> Iterator[DatedFact]:
    return (fact for entries in collections for record in entries.values() for fact in record["facts"].values())


def _data_facts_of(forms: Mapping[str, DataTable]) -> LoadedFacts:
    known, ours = forms["models.yaml"], forms["assumptions.yaml"]
    assert isinstance(known, ModelsFile) and isinstance(ours, AssumptionsFile)
    sources = {
        id: source for form in forms.values() if isinstance(form, SourcesFile) for id, source in form.sources.items()
    }
    loaded: dict[str, dict[str, Entry]] = {"prices": {}, "older_prices": {}, "embeddings": {}, "assumptions": {}}
    for name, form in forms.items():
        match form:
            case collections.CollectionFile():
                loaded[collections.FILES[name]] = collections.collection_file_entries(form)
            case decisions.DecisionFile():
                for kind, records in decisions.decision_file_collections(name, form).items():
                    loaded.setdefault(kind, {}).update(records)
            case PriceFile():
                for short, model in form.models.items():
                    id = f"{name.removeprefix(rules.PRICES).removesuffix('.yaml')}/{short}"
                    kind = KINDS[model.kind]
                    loaded[kind][id] = _data_facts_model(model, form, known.models.get(id), known.checked)
                    loaded[kind][id]["facts"].update(_data_facts_size(model, known, id, ours))
                    if kind != "embeddings":
                        known_facts = loaded[kind][id]["facts"]
                        known_facts.update(_data_facts_family(id, model, forms) | known_facts)
            case families.TokenizersFile():
                loaded["tokenizers"] = families.tokenizer_file_entries(form)
    for id, assumption in ours.assumptions.items():
        loaded["assumptions"][id] = data_entry_with_facts(
            assumption.name, "", assumption.note, {"value": _data_facts_assumption(assumption)}
        )
    return {
        "as_of": max(fact["checked"] for fact in _every_data_fact(loaded.values())),
        "sources": {id: cast(SourceEntry, source.model_dump()) for id, source in sources.items()},
        "collections": loaded,
    }


def _data_facts_model(model: Model, file: PriceFile, knowledge: Knowledge | None, checked: str) -> Entry:
    """A model with its facts. What has no date of its own holds from the day of the first price."""
    days = model.prices.days()
    first = min(days)
    facts = dict(_data_facts_prices(model, file))
    if model.long_prompt_above:
        facts["long_above"] = fact_of_data_entry("token", [(first, model.long_prompt_above)], file.source, file.checked)
    if model.hours:
        facts["hours"] = fact_of_data_entry("text", [(first, model.hours)], file.source, file.checked)
    for key, unit in _UNITS.items():
        if count := getattr(knowledge, key, None):
            facts[key] = fact_of_data_entry(
                unit, [(first, count.value)], count.source, count.checked or checked, count.because
            )
    reasons = {line.since: line.reason for lines in model.prices.lines().values() for line in lines if line.reason}
    why = {**{day: text for day, text in model.accepted.items() if day in days}, **reasons}
    return data_entry_with_facts(model.name, file.provider, model.note, facts, why)


def _data_facts_size(
    model: Model, known: ModelsFile, id: str, ours: AssumptionsFile
) -> Iterator[tuple[str, DatedFact]]:
    """How large a model is, in words, and that it is small, if it is; nothing where its size is not known."""
    size = known.models.get(id, Knowledge()).parameters
    if size is None:
        return
    first, limit = min(model.prices.days()), ours.assumptions.get(SMALL_MODEL)
    words = f"{size.value} billion parameters"
    yield "size", fact_of_data_entry("text", [(first, words)], size.source, size.checked or known.checked, size.because)
    if limit and Decimal(size.value) < Decimal(limit.values[-1].value):
        yield "small", fact_of_data_entry("text", [(first, "yes")], limit.source or "", limit.checked)


def _data_facts_family(id: str, model: Model, forms: Mapping[str, DataTable]) -> dict[str, DatedFact]:
    """What the rules of its family say of a model, from the day of its first price on."""
    first = min(model.prices.days())
    caching, reasoning = forms.get(families.CACHING), forms.get(families.REASONING)
    facts: dict[str, DatedFact] = {}
    if isinstance(caching, families.CachingFile):
        facts |= families.caching_file_facts(caching, id, first)
    if isinstance(reasoning, families.ReasoningFile):
        facts |= families.reasoning_file_facts(reasoning, id, first)
    tokenizers = forms.get(families.TOKENIZERS)
    if isinstance(tokenizers, families.TokenizersFile):
        facts |= families.tokenizer_file_facts(tokenizers, id, first)
    tiers = forms.get(TIERS)
    if isinstance(tiers, TiersFile):
        facts |= tiers_file_facts(tiers, id, first)
    names = forms.get(MODEL_NAMES)
    if isinstance(names, ModelNamesFile):
        facts |= model_names_file_facts(names, id, first)
    return facts


def _data_facts_prices(model: Model, file: PriceFile) -> Iterator[tuple[str, DatedFact]]:
    for key, lines in model.prices.lines().items():
        last = lines[-1]
        about = last.source or file.source, last.checked or file.checked, last.reason
        yield key, fact_of_data_entry(PRICE_UNIT, [(line.since, line.value) for line in lines], *about)
        if long := [(line.since, line.long) for line in lines if line.long is not None]:
            yield f"long_{key}", fact_of_data_entry(PRICE_UNIT, long, *about)


def _data_facts_assumption(assumption: Assumption) -> DatedFact:
    values = [(line.since, line.value) for line in assumption.values]
    loaded = fact_of_data_entry(
        assumption.unit, values, assumption.source or "", assumption.checked, assumption.because
    )
    if assumption.range:
        loaded["range"] = [assumption.range.low, assumption.range.high]
    return loaded
