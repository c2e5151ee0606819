"""The facts: every disputable number of data/, validated and written as the JSON text that the calculators load.

`facts_text()` is the only thing the other parts need. Reading and checking the files takes longer than everything a
calculator does, so the text is kept under the digest of what it was made from; a start that finds it there imports
neither PyYAML nor pydantic.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from pathlib import Path

from macros.facts_problems import FactsError, Problem, shown

__all__ = ["CACHE", "DATA", "NONE", "OVERRIDES", "TODAY", "FactsError", "Problem", "facts_text"]

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CACHE = ROOT / ".cache"
GLOSSARY = "glossary.yaml"
"""The file of words that are no facts; `macros.glossary` reads it."""
OWN_FILE = "overrides.yaml"
OVERRIDES = "WHICH_LEVER_OVERRIDES"
"""In the environment: the file with a company's own figures, where it is not data/overrides.yaml."""
NONE = "none"
"""In place of such a file: the published figures alone."""
TODAY = "WHICH_LEVER_TODAY"
"""In the environment: the day for which the site is built, so that a price counts from the day on which it begins."""


def facts_text(
    data: Path = DATA, cache: Path | None = CACHE, *, today: date | None = None, public: bool = False
) -> str:
    """The facts as compact JSON in the order of the data: the same bytes for the same files, every time.

    `cache` is the folder for the kept text; None keeps nothing. With `today`, a day of checking that lies in the
    future is a mistake too; without it nothing depends on the clock. With `public`, a company's own figures stay out.
    Raises FactsError with all mistakes at once.
    """
    files = _files(data)
    own = None if public else _own(data)
    day = _day()
    if cache is None or today is not None:
        return _made(files, data.name, today, own, day)
    kept = cache / f"facts-{_digest(files, data.name, own, day)}.json"
    try:
        text = kept.read_text("utf-8")
    except (OSError, ValueError):
        text = ""
    if not text.endswith("}"):
        text = _made(files, data.name, None, own, day)
        _keep(kept, text)
    return text


def _made(files: dict[str, bytes], folder: str, today: date | None, own: tuple[bytes, str] | None, day: str) -> str:
    from macros.facts_reading import facts_of  # imports PyYAML and pydantic

    return json.dumps(facts_of(files, folder, today, own, day), ensure_ascii=False, separators=(",", ":"))


def _day() -> str:
    """The day for which the facts are read, where one is set; nothing here asks the clock."""
    day = os.environ.get(TODAY, "")
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise FactsError([Problem(TODAY, 0, 0, f"{shown(day)} is not a day; write it as 2026-11-21")]) from None


def _own(data: Path) -> tuple[bytes, str] | None:
    """The company's own file and its name: the one that the environment names, else the one among the data."""
    named = os.environ.get(OVERRIDES, "")
    if named == NONE:
        return None
    path = Path(named) if named else data / OWN_FILE
    if not named and not path.exists():
        return None
    try:
        return path.read_bytes(), named or f"{data.name}/{OWN_FILE}"
    except OSError as error:
        said = f"the file cannot be read ({error.strerror}); correct or unset {OVERRIDES}"
        raise FactsError([Problem(named or OWN_FILE, 0, 0, said)]) from None


def _files(data: Path) -> dict[str, bytes]:
    """The content of every YAML file of the data folder, hidden ones left out, by its path below the folder."""
    found = (path for path in data.rglob("*") if path.suffix in (".yaml", ".yml") and path.name[0] != ".")
    paths = sorted(path for path in found if path not in (data / GLOSSARY, data / OWN_FILE))
    if not paths:
        state = "is empty" if data.is_dir() else "is missing"
        raise FactsError([Problem(data.name, 0, 0, f"the data folder {state}; restore it, or name another folder")])
    files = {}
    problems = []
    for path in paths:
        name = path.relative_to(data).as_posix()
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            said = f"the file cannot be read ({error.strerror}); check its permissions"
            problems.append(Problem(f"{data.name}/{name}", 0, 0, said))
    if problems:
        raise FactsError(problems)
    return files


def _digest(files: dict[str, bytes], folder: str, own: tuple[bytes, str] | None, day: str) -> str:
    """A name for these files read by this code, with the company's own file and for that day."""
    digest = hashlib.sha256(f"{folder}\0{day}\0{own}".encode())
    engine = [ROOT / "calculators" / "engine" / name for name in ("records.py", "rules.py")]
    parts = [*sorted(Path(__file__).parent.glob("facts*.py")), *engine]
    code = {path.name: path.read_bytes() for path in parts}
    for name, content in [*code.items(), *files.items()]:
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def _keep(kept: Path, text: str) -> None:
    """Write the text for the next start and drop older ones; where that is not allowed, do without."""
    import tempfile  # slow to import, and seldom needed

    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            new = Path(folder, kept.name)
            new.write_text(text, "utf-8")
            new.replace(kept)
        for old in kept.parent.glob("facts-*.json"):
            if old != kept:
                old.unlink(missing_ok=True)
    except OSError:
        pass
