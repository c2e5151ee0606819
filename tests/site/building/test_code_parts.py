"""How the code of the calculators is divided into parts, and how a browser's Python imports from them."""

from __future__ import annotations

import json
import marshal
import subprocess
import sys
from pathlib import Path

import pytest

from calculators.catalogue import Catalogue, load
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.inputs.numerals import Refused
from calculators.engine.questions.question import Unanswerable
from macros.browser import parts_inside
from macros.browser.parts import BASE, READERS, calculator_parts
from macros.facts import facts_text
from tests.conftest import ROOT
from tests.daily import some

SMALL = {
    "calculators/__init__.py": "",
    "calculators/catalogue.py": "from calculators.engine import answer",
    "calculators/engine/__init__.py": "",
    "calculators/engine/answer.py": "import json",
    "calculators/domain/__init__.py": "",
    "calculators/domain/bills.py": "",
    "calculators/domain/chunks.py": "def late():\n    import calculators.domain.meters",
    "calculators/domain/meters.py": "",
    "calculators/domain/nobody.py": "",
    "calculators/readers/__init__.py": "",
    "calculators/readers/formats.py": "",
    "calculators/readers/logs/__init__.py": "from calculators.readers.formats import found",
    "calculators/readers/logs/by_name.py": "",
    "calculators/readers/sheets.py": "",
    "calculators/rag/__init__.py": "",
    "calculators/rag/cost/__init__.py": "from calculators.rag.cost.formulas import total",
    "calculators/rag/cost/formulas.py": "from calculators.domain import bills, chunks",
    "calculators/rag/size.py": "from calculators.domain.bills import bill",
    "calculators/rag/both.py": "from calculators.rag import cost",
    "calculators/prompting/__init__.py": "",
    "calculators/prompting/logs.py": "from calculators.readers.logs import read",
    "calculators/prompting/rows.py": "import calculators.readers.logs",
    "calculators/prompting/sheets.py": "from calculators.readers import sheets",
}
"""Six calculators, of which three need bills, and two chunks; of the three that read files, two need logs."""


def test_a_part_has_what_half_need_or_what_one_needs_beyond_that() -> None:
    parts = calculator_parts({path: text.encode() for path, text in SMALL.items()})
    modules = {
        name: {module.removeprefix("calculators.") for module in listed} for name, listed in parts.modules.items()
    }
    always = {"calculators", "catalogue", "engine", "engine.answer"}
    half = {"domain", "domain.bills", "prompting", "rag", "readers"}
    assert modules == {
        BASE: always | half | {"domain.nobody"},
        READERS: {"readers.formats", "readers.logs", "readers.logs.by_name"},
        "calculators.prompting.logs": {"prompting.logs"},
        "calculators.prompting.rows": {"prompting.rows"},
        "calculators.prompting.sheets": {"prompting.sheets", "readers.sheets"},
        "calculators.rag.both": {"rag.both", "rag.cost", "rag.cost.formulas", "domain.chunks", "domain.meters"},
        "calculators.rag.cost": {"rag.cost", "rag.cost.formulas", "domain.chunks", "domain.meters"},
        "calculators.rag.size": {"rag.size"},
    }
    assert parts.needed.pop("all") == [name for name in parts.modules if name != BASE]
    assert parts.needed == {
        "prompting/logs": [READERS, "calculators.prompting.logs"],
        "prompting/rows": [READERS, "calculators.prompting.rows"],
        "prompting/sheets": [READERS, "calculators.prompting.sheets"],
        "rag/both": ["calculators.rag.both"],
        "rag/cost": ["calculators.rag.cost"],
        "rag/size": ["calculators.rag.size"],
    }


def test_code_without_calculators_is_all_in_the_base() -> None:
    parts = calculator_parts({"calculators/__init__.py": b"", "calculators/catalogue.py": b"import json"})
    paths = {"calculators": "calculators/__init__.py", "calculators.catalogue": "calculators/catalogue.py"}
    assert parts == ({BASE: paths}, {"all": []})


def test_a_file_that_is_no_python_is_named() -> None:
    with pytest.raises(SyntaxError, match=r"broken\.py"):
        calculator_parts({"calculators/broken.py": b"def"})


ALONE = """
import importlib, importlib.util, json, sys

inside, folder, needed, questions = sys.argv[1], sys.argv[2], *map(json.loads, sys.stdin)
spec = importlib.util.spec_from_file_location("parts_inside", inside)
parts_inside = importlib.util.module_from_spec(spec)
spec.loader.exec_module(parts_inside)
with open(f"{folder}/facts.json", encoding="utf-8") as file:
    facts = file.read()
answers = []


def answered(catalogue, question):
    try:
        return catalogue.answer_json(question)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for name, asked in questions.items():
    for known in [module for module in sys.modules if module.split(".")[0] == "calculators"]:
        del sys.modules[known]
    for kept in (parts_inside.PACKAGES, parts_inside.CODES, sys.path_importer_cache):
        kept.clear()
    for part in ("calculators", *needed[name]):
        parts_inside.add_part(f"{folder}/{part}")
    sys.path.remove(parts_inside.PLACE)
    sys.path.insert(0, parts_inside.PLACE)
    catalogue = importlib.import_module("calculators.catalogue").load(facts, lambda text, encoding: len(text))
    assert name in catalogue.names
    answers.append([answered(catalogue, question) for question in asked])
print(json.dumps(answers))
"""
"""Answers questions to each calculator with the parts that a browser would have, and nothing else of the code."""


def asked_of_parts(name: str) -> list[str]:
    """Examples of a calculator in the forms of a page and its folds, at night all, and one of them in further forms."""
    examples = some([{}, *(dict(example.given) for example in find_calculator(name).examples)], 4, f"parts {name}")
    report = {"kind": "report", "link": "https://example.org/#numbers=1&.requests=7", "build": "0123456789ab"}
    more = [("page", {"kind": "result", "folds": ["working", "line"]}), ("html", "working"), ("markdown", report)]
    further = [("text", "working"), ("csv", "result"), ("markdown", "result")]
    return [
        json.dumps({"calculator": name, "given": given, "ask": ask, "form": form})
        for given in examples
        for form, ask in [*more, *(further if given is examples[-1] else [])]
    ]


@pytest.mark.fewer_by_day
def test_each_calculator_answers_from_the_parts_that_a_browser_has(tmp_path: Path) -> None:
    sources = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "calculators").rglob("*.py")}
    parts = calculator_parts(sources)
    codes = {path: marshal.dumps(compile(source, path, "exec")) for path, source in sources.items()}
    for part, modules in parts.modules.items():
        packages = [name for name, path in modules.items() if path.endswith("/__init__.py")]
        methods: dict[int, bytes] = {}
        content = ({name: codes[path] for name, path in modules.items()}, packages, methods)
        (tmp_path / part).write_bytes(marshal.dumps(content))
    facts = facts_text()
    (tmp_path / "facts.json").write_text(facts, "utf-8")
    asked = {name: asked_of_parts(name) for name in calculator_names()}
    words = [sys.executable, "-c", ALONE, parts_inside.__file__, str(tmp_path)]
    questions_text = f"{json.dumps(parts.needed)}\n{json.dumps(asked)}\n"
    process = subprocess.run(
        words, input=questions_text, capture_output=True, text=True, cwd=tmp_path, encoding="utf-8"
    )
    assert process.returncode == 0, process.stderr[-2000:]
    catalogue = load(facts, lambda text, encoding: len(text))
    for questions, answers in zip(asked.values(), json.loads(process.stdout), strict=True):
        for question, answer in zip(questions, answers, strict=True):
            assert answer == answered(catalogue, question), question


def answered(catalogue: Catalogue, question: str) -> str:
    """The answer, or why there is none: not every calculator can be asked everything."""
    try:
        return catalogue.answer_json(question)
    except (Refused, Unanswerable) as error:
        return f"{type(error).__name__}: {error}"
