"""The rules that take more than one value to judge: dates in order, prices that belong together, sources that exist.

They judge the forms of the files, in which nothing stands in place of what is malformed, so that every mistake of a
file is reported at once. No rule looks at the clock: `today` is given or there is no such check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from calculators.engine.inputs.suggestions import suggest_nearest
from macros.facts import collections, decisions, families
from macros.facts.forms import DataFormFile, DataTable, Mistake
from macros.facts.forms.documents import DataPath
from macros.facts.forms.model_names import ModelNamesFile, model_names_file_mistakes
from macros.facts.forms.tiers import TiersFile, tiers_file_mistakes
from macros.facts.forms.values import ACCEPTED
from macros.facts.problems import Problem, quoted_data
from macros.facts.schema import Assumption, AssumptionsFile, DatedValue, Model, ModelsFile, PriceFile, SourcesFile

LARGEST_STEP = 5
MONTHS_AHEAD = 24
SOURCES, STUDIES = "sources.yaml", "studies.yaml"
"""The files of sources: one alone would be too large."""
SOURCE_FILES = (SOURCES, STUDIES)
PRICES = "prices/"
"""The folder of the files with prices, one a seller."""
_EMBEDDING_PRICES = ("input", "batch_input")

Files = Mapping[str, DataFormFile[DataTable] | None]
"""The files by their path below the data folder; None for one that could not be read."""


def fact_file_problems(files: Files, today: date | None = None) -> Iterator[Problem]:
    """Everything wrong between the values of the files.

    What a file that could not be read would have held counts as being there: one mistake is one message.
    """
    known = _sources_of_fact_files(files)
    for name, file in files.items():
        if file is not None:
            for path, table in _fact_file_tables(file.form, ()):
                yield from file.placed(
                    _problems_of_any_fact_table(table, path, known, today.isoformat() if today else "")
                )
            yield from file.placed(_problems_of_fact_file(name, file, files))


def _sources_of_fact_files(files: Files) -> Collection[str]:
    """The ids of all sources; none, so that nothing is refused, where a file that holds some could not be read."""
    read = [files.get(name) for name in SOURCE_FILES if name in files or name == SOURCES]
    forms = [file.form for file in read if file]
    if len(forms) < len(read):
        return ()
    return dict.fromkeys(id for form in forms if isinstance(form, SourcesFile) for id in form.sources)


def _problems_of_fact_file(name: str, file: DataFormFile[DataTable], files: Files) -> Iterator[Mistake]:
    """The mistakes that only a file of its kind can have."""
    match file.form:
        case PriceFile() as form:
            for id, model in form.models.items():
                yield from _problems_of_priced_model(model, ("models", id), form.checked, file.misspelled)
        case ModelsFile() as form:
            yield from _fact_files_without_prices(form, files)
        case families.CachingFile() | families.ReasoningFile() | families.TokenizersFile() as form:
            yield from families.family_file_mistakes(form, _priced_models_of_fact_file(files))
        case ModelNamesFile() as form:
            yield from model_names_file_mistakes(form, _priced_models_of_fact_file(files))
        case TiersFile() as form:
            yield from tiers_file_mistakes(form, _priced_models_of_fact_file(files))
        case AssumptionsFile() as form:
            for id, assumption in form.assumptions.items():
                yield from dated_fact_mistakes(assumption.values, ("assumptions", id, "values"), assumption.checked)
                yield from _problems_of_fact_range(assumption, ("assumptions", id, "range"))
        case collections.CollectionFile() as form:
            for id, entry in form.entries.items():
                for key, figure in entry.facts.items():
                    path = ("entries", id, "facts", key, "values")
                    yield from dated_fact_mistakes(figure.values, path, figure.checked or form.checked)
            yield from collections.collection_file_mistakes(form, name)
        case SourcesFile() as form if name == STUDIES:
            first = files.get(SOURCES)
            known = first.form.sources if first and isinstance(first.form, SourcesFile) else {}
            for id in filter(known.__contains__, form.sources):
                message = f"{quoted_data(id)} is in data/{SOURCES} as well; keep one of the two"
                yield Mistake(("sources", id), message, of_key=True)
        case decisions.DecisionFile() as form:
            yield from decisions.decision_file_mistakes(form, file.misspelled, is_sound=not file.problems)


def _fact_file_tables(part: object, path: DataPath) -> Iterator[tuple[DataPath, DataTable]]:
    """Every table of a form with its path."""
    if isinstance(part, DataTable):
        yield path, part
        for name, described in type(part).model_fields.items():
            yield from _fact_file_tables(getattr(part, name), (*path, described.alias or name))
    elif isinstance(part, dict):
        for key, content in part.items():
            yield from _fact_file_tables(content, (*path, key))
    elif isinstance(part, list):
        for index, content in enumerate(part):
            yield from _fact_file_tables(content, (*path, index))


def _problems_of_any_fact_table(
    table: DataTable, path: DataPath, sources: Collection[str], today: str
) -> Iterator[Mistake]:
    """What is wrong in any table of any file."""
    source = getattr(table, "source", "")
    if source and sources and source not in sources:
        advice = suggest_nearest(source, sources) or "; add it there"
        yield Mistake((*path, "source"), f"{quoted_data(source)} is not in data/sources.yaml{advice}")
    limits = [
        ("checked", today, "is in the future; write the day you looked"),
        ("accessed", today, "is in the future; write the day you looked"),
        ("published", getattr(table, "accessed", ""), "is after 'accessed'; correct one of the two"),
        ("checked", getattr(table, "best_before", ""), "is after 'best_before'; write a later best_before"),
    ]
    for key, latest, advice in limits:
        day = getattr(table, key, "")
        if day and latest and day > latest:
            yield Mistake((*path, key), f"{quoted_data(key)} {day} {advice}")


def _problems_of_fact_range(assumption: Assumption, path: DataPath) -> Iterator[Mistake]:
    """The value of today lies outside of the range."""
    if assumption.range is None or not assumption.values:
        return
    low, current, high = map(
        _fact_file_number, (assumption.range.low, assumption.values[-1].value, assumption.range.high)
    )
    if low is None or current is None or high is None:
        return
    if not low <= current <= high or low == high:
        yield Mistake(path, f"the range from {low} to {high} does not hold the value {current}; widen it, or delete it")


def _priced_models_of_fact_file(files: Files) -> list[str]:
    """Every model with prices; none where a file of prices could not be read."""
    priced = []
    for name, file in files.items():
        if name.startswith(PRICES):
            if file is None or not isinstance(file.form, PriceFile):
                return []
            priced += [f"{name.removeprefix(PRICES).removesuffix('.yaml')}/{id}" for id in file.form.models]
    return priced


def _fact_files_without_prices(known: ModelsFile, files: Files) -> Iterator[Mistake]:
    """What is known of models that have no prices; a seller whose models could not be read may have them all."""
    sellers: dict[str, Collection[str]] = {}
    for name, file in files.items():
        if name.startswith(PRICES):
            models = file.form.models if file and isinstance(file.form, PriceFile) else ()
            sellers[name.removeprefix(PRICES).removesuffix(".yaml")] = models
    priced = [f"{seller}/{id}" for seller, models in sellers.items() for id in models]
    for id in known.models:
        seller = id.partition("/")[0]
        if id not in priced and sellers.get(seller, (id,)):
            advice = suggest_nearest(id, priced) or "; add its prices, or delete it here"
            yield Mistake(("models", id), f"{quoted_data(id)} has no prices in data/prices{advice}", of_key=True)


def _problems_of_priced_model(
    model: Model, path: DataPath, checked: str, misspelled: Collection[DataPath]
) -> Iterator[Mistake]:
    prices = (*path, "prices")
    if model.kind in ("inference", "older") and model.prices.output is None and prices not in misspelled:
        yield Mistake(prices, "'output' is missing; add its price, or 'kind: embedding' to the model", of_key=True)
    yield from _problems_of_accepted_fact(model, path)
    for key, lines in model.prices.lines().items():
        if model.kind == "embedding" and key not in _EMBEDDING_PRICES:
            advice = f"an embedding model has no {quoted_data(key)}; delete it, or delete 'kind: embedding'"
            yield Mistake((*prices, key), advice, of_key=True)
        yield from dated_fact_mistakes(lines, (*prices, key), checked, model.accepted)
        for index, line in enumerate(lines):
            place = (*prices, key, index)
            if line.long is not None and model.long_prompt_above is None:
                advice = "'long' needs 'long_prompt_above' on the model; add that, or delete 'long'"
                yield Mistake((*place, "long"), advice, of_key=True)
            if line.long is None and model.long_prompt_above is not None:
                advice = "this model has 'long_prompt_above', so add the price above it"
                yield Mistake(place, f"'long' is missing; {advice}")
        if key.startswith("batch_"):
            yield from _problems_of_batch_fact(key, model.prices.lines(), (*prices, key))


def _problems_of_batch_fact(key: str, lines: Mapping[str, Sequence[DatedValue]], path: DataPath) -> Iterator[Mistake]:
    """A price of the batch interface without the standard price, or from an earlier day on."""
    standard = key.removeprefix("batch_")
    if standard not in lines:
        yield Mistake(path, f"{quoted_data(key)} needs {quoted_data(standard)}; add the standard price", of_key=True)
    elif lines[key] and lines[standard]:
        first, earliest = lines[key][0].since, lines[standard][0].since
        if first and earliest and first < earliest:
            advice = (
                f"{quoted_data(key)} begins on {first}, before {quoted_data(standard)}; begin it on {earliest} or later"
            )
            yield Mistake((*path, 0), advice)


def _problems_of_accepted_fact(model: Model, path: DataPath) -> Iterator[Mistake]:
    """What is wrong with the reasons of the price refresh: each stands under a day of ours or under what was found."""
    begun = {line.since for lines in model.prices.lines().values() for line in lines if line.since}
    for key in model.accepted:
        if key not in begun and key not in ACCEPTED:
            advice = suggest_nearest(key, [*ACCEPTED, *sorted(begun)]) or f"; write {', '.join(ACCEPTED)} or such a day"
            message = f"no price begins on {quoted_data(key)}, and the refresh finds nothing of that name{advice}"
            yield Mistake((*path, "accepted", key), message, of_key=True)


def dated_fact_mistakes(
    lines: Sequence[DatedValue], path: DataPath, checked: str, accepted: Collection[str] = ()
) -> Iterator[Mistake]:
    """What is wrong in a list of dated values; a large step on an accepted day has its reason there."""
    for index, line in enumerate(lines):
        looked = getattr(line, "checked", "") or checked
        if line.since and looked and _fact_file_months(line.since) - _fact_file_months(looked) > MONTHS_AHEAD:
            advice = f"{line.since} is more than {MONTHS_AHEAD} months after 'checked'; check the year"
            yield Mistake((*path, index, "from"), advice)
    for index, (before, line) in enumerate(pairwise(lines), 1):
        if line.since and before.since and line.since <= before.since:
            advice = f"{line.since} is not after {before.since}; put the lines in the order of days"
            yield Mistake((*path, index, "from"), advice)
        if getattr(line, "reason", "") or line.since in accepted:
            continue
        for key in ("value", "long"):
            old, new = (_fact_file_number(getattr(each, key, "")) for each in (before, line))
            if old and new and max(old, new) > LARGEST_STEP * min(old, new) > 0:
                step = f"from {old} to {new} is a change of more than {LARGEST_STEP} times"
                yield Mistake((*path, index, key), f"{step}; check it, or add 'reason: '")


def _fact_file_months(day: str) -> int:
    return 12 * int(day[:4]) + int(day[5:7])


def _fact_file_number(text: str | None) -> Decimal | None:
    """A value as a number; None for what is none, or too large to be a figure."""
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 12 else None
