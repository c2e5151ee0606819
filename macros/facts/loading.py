"""The facts as one text, which is kept, because reading and checking the files takes longer than every calculator does.

The text is kept under the digest of what it was made from; a start that finds it there imports neither PyYAML nor
pydantic.
"""

from __future__ import annotations

import contextlib
import json
import marshal
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from macros.cache import CACHE
from macros.cache.files import keep_cached_file
from macros.cache.states import CachedStates
from macros.facts.problems import FactsError, Problem, quoted_data

if TYPE_CHECKING:
    from calculators.engine.facts.loaded import LoadedFacts

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "data"
GLOSSARY = "glossary.yaml"
"""The file of words that are no facts; `macros.pages.markdown.glossary` reads it."""
SEARCH = "search.yaml"
"""The file of words that pages are found by; `macros.pages.search` reads it."""
OWN_FILE = "overrides.yaml"
OVERRIDES = "WHICH_LEVER_OVERRIDES"
"""In the environment: the file with a company's own figures, where it is not data/overrides.yaml."""
NONE = "none"
"""In place of such a file: the published figures alone."""
CODE = ("engine/records.py", "engine/rules", "domain/records", "domain/billing", "domain/units.py")
"""Files and folders of the calculators that say what the data may hold."""
STATE = "facts-state.txt"
TODAY = "WHICH_LEVER_TODAY"
"""In the environment: the day for which the site is built, so that a price counts from the day on which it begins."""


def facts_text(
    folder: Path = DATA, cache: Path | None = CACHE, *, today: date | None = None, public: bool = False
) -> str:
    """The facts as compact JSON in the order of the data: the same bytes for the same files, every time.

    `cache` is the folder for the kept text; None keeps nothing. With `today`, a day of checking that lies in the
    future is a mistake too; without it nothing depends on the clock. With `public`, a company's own figures stay out.

    Raises:
        FactsError: with all mistakes at once.
    """
    day = _facts_text_day()
    if cache is None or today is not None:
        return _facts_text_written(
            _facts_text_files(folder), folder.name, None if public else _company_facts_file(folder), day, today
        )
    remembered = _facts_text_states(folder, cache, day, public=public)
    text = _facts_text_cached(cache, remembered.recall())
    if not text:
        files, company = _facts_text_files(folder), None if public else _company_facts_file(folder)
        name = f"facts-{_facts_text_digest(files, folder.name, company, day)}.json"
        text = _facts_text_cached(cache, name)
        if not text:
            text = _facts_text_written(files, folder.name, company, day, today)
            _keep_facts_text(cache / name, text)
        remembered.remember(name)
    return text


def parsed_facts(known: str, folder: Path = DATA, cache: Path = CACHE) -> tuple[str, LoadedFacts | None]:
    """A name for the facts, and the facts themselves unless they have the name that is `known`.

    They are kept parsed as well, each text once, which takes a third of the time that JSON takes to read.

    Raises:
        FactsError: with all mistakes at once.
    """
    name = _facts_text_states(folder, cache, _facts_text_day(), public=False).recall()
    if name and name == known:
        return name, None
    path = cache / f"{name.removesuffix('.json')}-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"
    if name:
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            return name, marshal.loads(path.read_bytes())
    text = facts_text(folder, cache)
    facts: LoadedFacts = json.loads(text)
    if name:
        keep_cached_file(path, marshal.dumps(_with_texts_once(facts, {})))  # type: ignore[arg-type]  # what JSON holds
    return name or text, facts


def _with_texts_once(content: object, texts: dict[str, str]) -> object:
    """The content with equal texts as one object, which is written once and read once."""
    if isinstance(content, str):
        return texts.setdefault(content, content)
    if isinstance(content, list):
        return [_with_texts_once(member, texts) for member in content]
    if isinstance(content, dict):
        return {texts.setdefault(name, name): _with_texts_once(member, texts) for name, member in content.items()}
    return content


def _facts_text_states(folder: Path, cache: Path, day: str, *, public: bool) -> CachedStates:
    """What tells by the states of all files whether the facts are those of an earlier start."""
    named = os.environ.get(OVERRIDES, "")
    return CachedStates(cache / STATE, f"{folder} {public} {day} {named}", _read_facts_text_paths(folder, named))


def _facts_text_cached(cache: Path, name: str) -> str:
    """The text of an earlier start; empty where it is not there or not whole."""
    try:
        text = (cache / name).read_text("utf-8") if name else ""
    except (OSError, ValueError):
        return ""
    return text if text.endswith("}") else ""


def _facts_text_written(
    files: dict[str, bytes], folder: str, company: tuple[bytes, str] | None, day: str, today: date | None
) -> str:
    from macros.facts.reading import read_data_facts  # imports PyYAML and pydantic

    return json.dumps(read_data_facts(files, folder, today, company, day), ensure_ascii=False, separators=(",", ":"))


def _read_facts_text_paths(folder: Path, named: str) -> list[str]:
    """All files and folders that decide about the text: data, code and a company's own file, where one is named."""
    code = (ROOT / "calculators" / place for place in CODE)
    return [str(folder), os.path.dirname(__file__), *map(str, code), *filter(None, [named])]


def _facts_text_day() -> str:
    """The day for which the facts are read, where one is set; nothing here asks the clock."""
    day = os.environ.get(TODAY, "")
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise FactsError([Problem(TODAY, 0, 0, f"{quoted_data(day)} is not a day; write it as 2026-11-21")]) from None


def _company_facts_file(folder: Path) -> tuple[bytes, str] | None:
    """The company's own file and its name: the one that the environment names, else the one among the data."""
    named = os.environ.get(OVERRIDES, "")
    if named == NONE:
        return None
    path = Path(named) if named else folder / OWN_FILE
    if not named and not path.exists():
        return None
    try:
        return path.read_bytes(), named or f"{folder.name}/{OWN_FILE}"
    except OSError as error:
        message = f"the file cannot be read ({error.strerror}); correct or unset {OVERRIDES}"
        raise FactsError([Problem(named or OWN_FILE, 0, 0, message)]) from None


def _facts_text_files(folder: Path) -> dict[str, bytes]:
    """The content of every YAML file of the data folder, hidden ones left out, by its path below the folder."""
    every = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.name[0] != ".")
    paths = sorted(path for path in every if path not in (folder / GLOSSARY, folder / SEARCH, folder / OWN_FILE))
    if not paths:
        state = "is empty" if folder.is_dir() else "is missing"
        raise FactsError([Problem(folder.name, 0, 0, f"the data folder {state}; restore it, or name another folder")])
    files = {}
    problems = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            message = f"the file cannot be read ({error.strerror}); check its permissions"
            problems.append(Problem(f"{folder.name}/{name}", 0, 0, message))
    if problems:
        raise FactsError(problems)
    return files


def _facts_text_digest(files: dict[str, bytes], folder: str, company: tuple[bytes, str] | None, day: str) -> str:
    """A name for these files read by this code, with the company's own file and for that day."""
    import hashlib  # slow to import, and not needed where nothing has changed

    digest = hashlib.sha256(f"{folder}\0{day}\0{company}".encode())
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    for place in CODE:
        path = ROOT / "calculators" / place
        modules += sorted(path.glob("*.py")) if path.is_dir() else [path]
    code = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in modules}
    for name, content in [*code.items(), *files.items()]:
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def _keep_facts_text(copy: Path, text: str) -> None:
    """Write the text for the next start and drop older ones; where that is not allowed, do without."""
    if keep_cached_file(copy, text.encode("utf-8")):
        for old in (*copy.parent.glob("facts-*.json"), *copy.parent.glob("facts-*.bin")):
            if old != copy:
                with contextlib.suppress(OSError):
                    old.unlink(missing_ok=True)
