"""The command `calculators`: answers on the output, one clear message otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros.terminal import Misuse, _with_files, main
from tests.conftest import ROOT
from tests.views.every_kind import Inputs


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "prompting/cost", "requests=100k", "model=openai/gpt-6.1-sol", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["calculator"] == "prompting/cost"
    assert told["inputs"]["requests"] == {"value": "100000", "unit": "request/month"}
    assert told["inputs"]["model"]["value"] == "openai/gpt-6.1-sol"
    assert told["inputs"]["model.input"]["source"]["url"].startswith("https://")
    assert Decimal(told["outputs"]["per_month"]["value"]) > 0
    assert told["outputs"]["per_month"]["unit"] == "USD/month"
    assert [it["name"] for it in told["tables"]] == ["breakdown", "models"]


def test_text_shows_working_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "prompting/cost", "requests=100k")
    assert (code, err) == (0, "")
    for words in (
        "Cost a month",
        "Working",
        "= Cost of one request × Requests paid for",
        "you typed it",
        "Sources",
        "https://",
    ):
        assert words in out


def test_examples_and_typed_inputs_over_them(capsys: pytest.CaptureFixture[str]) -> None:
    _, plain, _ = said(capsys, "prompting/cost", "--example", "A help desk", "--json")
    _, more, _ = said(capsys, "prompting/cost", "--example=A help desk", "requests=100k", "--json")
    assert json.loads(plain)["inputs"]["requests"]["value"] == "50000"
    assert json.loads(more)["inputs"]["requests"]["value"] == "100000"


def test_list_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "--list")
    assert code == 0 and "prompting/cost  What a prompt costs" in out
    code, out, _ = said(capsys, "prompting/cost", "--help")
    assert code == 0
    for words in (
        "requests",
        "from 0 requests",
        "default 50,000 requests",
        "our assumption",
        "model.input",
        "checked 20",
    ):
        assert words in out
    code, out, _ = said(capsys, "--help")
    assert code == 0 and "--json" in out
    assert said(capsys)[0] == 0


def test_working_and_ranges(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "prompting/cost", "--working=per_month", "--json")
    assert code == 0 and list(json.loads(out)["working"]) == ["per_month"]
    code, out, _ = said(capsys, "prompting/cost", "requests=80k..120k", "--ranges")
    assert code == 0 and "Low" in out and "Cost a month" in out
    code, out, _ = said(capsys, "prompting/cost", "requests=100k ±20%", "--ranges", "--json")
    spread = json.loads(out)["ranges"]["per_month"]
    assert Decimal(spread["low"]) < Decimal(spread["likely"]) < Decimal(spread["high"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prompting/cots"], "did you mean 'prompting/cost'?"),
        (["prompting/cost", "reqests=1"], "did you mean 'requests'?"),
        (["prompting/cost", "requests=many"], "Requests a month must be a number"),
        (["prompting/cost", "requests"], "write it like requests=100k"),
        (["prompting/cost", "requests=1", "requests=2"], "given twice"),
        (["prompting/cost", "model=openai/gpt-6.1-sole"], "did you mean 'openai/gpt-6.1-sol'?"),
        (["prompting/cost", "model.inptu=2"], "did you mean 'model.input'?"),
        (["prompting/cost", "as_of=2020-01-01"], "Choose a later day"),
        (["prompting/cost", "as_of=soon"], "must be a day"),
        (["prompting/cost", "--example", "A halp desk"], "did you mean 'A help desk'?"),
        (["prompting/cost", "--example"], "--example needs a name"),
        (["prompting/cost", "--jsn"], "did you mean --json?"),
        (["prompting/cost", "--json=1"], "takes no value"),
        (["prompting/cost", "--working=per_mouth"], "did you mean 'per_month'?"),
        (["evaluating/compare", "--ranges"], "as a range"),
        (["--json"], "name a calculator"),
    ],
)
def test_mistakes(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message.replace("'--json'", "--json") in err.replace("'--json'", "--json")
    assert err.count("\n") == 1 and "Traceback" not in err


def test_it_starts_without_the_packages_that_only_the_build_needs() -> None:
    code = (
        "import sys; from macros.terminal import main; main(['prompting/cost', '--json']); "
        "sys.stderr.write(' '.join(it for it in ('yaml', 'pydantic', 'mkdocs', 'jinja2') if it in sys.modules))"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_file_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calculators.find.find", lambda name: SimpleNamespace(inputs=Inputs))
    path = tmp_path / "log.txt"
    path.write_text("two\nlines", "utf-8")
    assert _with_files("any", {"log": str(path), "words": "w"}) == {"log": "two\nlines", "words": "w"}
    with pytest.raises(Misuse, match=r"cannot be read \(FileNotFoundError\)"):
        _with_files("any", {"log": str(tmp_path / "none.txt")})
    path.write_bytes(b"")
    with pytest.raises(Misuse, match="is empty"):
        _with_files("any", {"log": str(path)})


def test_a_file_comes_with_its_line_ends_and_what_is_no_text_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calculators.find.find", lambda name: SimpleNamespace(inputs=Inputs))
    path = tmp_path / "log.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\xff")
    assert _with_files("any", {"log": str(path)}) == {"log": "\ufeffone\r\ntwo\ufffd"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["new"], "new takes the name of one calculator, like: calculators new rag/latency"),
        (["new", "rag/a", "rag/b"], "new takes the name of one calculator"),
        (["new", "rag/a", "--json"], "new takes the name of one calculator"),
        (["new", "rag/cost"], "calculators/rag/cost.py is there already"),
    ],
)
def test_new_refuses_what_it_cannot_begin(capsys: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    code, out, err = said(capsys, *words)
    assert (code, out) == (2, "")
    assert message in err


def test_a_scenario_of_earlier_days_opens_with_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    told = {"calculator": "prompting/cost", "facts": "2020-01-01", "answer": "$1.11", "given": {"requests": "20k"}}
    path.write_text(json.dumps({**told, "given": {**told["given"], "no_such": "1", "__proto__": "2"}}), "utf-8")
    code, out, err = said(capsys, "prompting/cost", "--from", str(path))
    assert code == 0 and "Cost a month" in out
    assert "was not understood and left out" in err
    moved = err.splitlines()[-1]
    assert "2020-01-01" in moved and "$1.11" in moved and out.split("Cost a month")[1].split()[0] in moved


def test_what_is_saved_opens_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "kept.json")
    _, first, _ = said(capsys, "prompting/cost", "requests=20k..30k", "answer=200", "--save", path)
    code, again, err = said(capsys, "prompting/cost", "--from", path)
    assert (code, again, err) == (0, first, "")
    _, compared, _ = said(capsys, "prompting/cost", "requests=50k", "--compare", path)
    assert "kept" in compared and "Now against kept" in compared


@pytest.mark.parametrize(
    ("option", "value"),
    [("--solve", "per_month=1000 by=requests"), ("--sweep", "requests=10k..100k per_month overhead")],
)
def test_quotes_make_no_difference_to_what_is_asked(
    capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    quoted = said(capsys, "prompting/cost", option, value, "answer=200")
    assert quoted[0] == 0 and quoted == said(capsys, "prompting/cost", option, *value.split(), "answer=200")
    assert quoted == said(capsys, option, *value.split(), "prompting/cost", "answer=200")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"given": 5}', '{"given": {"requests": 5}}', "[" * 100_000])
def test_a_file_that_is_no_scenario_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.json"
    path.write_text(text, "utf-8")
    code, out, err = said(capsys, "prompting/cost", "--from", str(path))
    assert (code, out) == (2, "") and "Traceback" not in err
