"""The command `calculators`: answers on the output, one clear message otherwise."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros.command import main
from macros.command.files import with_command_files
from macros.command.misuse import Misuse
from macros.command.report import command_computing_digest
from tests.conftest import ROOT
from tests.views.every_kind import Inputs


def command_output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = command_output(capsys, "prompting/cost", "requests=100k", "model=openai/gpt-6.1-sol", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["calculator"] == "prompting/cost"
    assert answer["inputs"]["requests"] == {"value": "100000", "unit": "request/month"}
    assert answer["inputs"]["model"]["value"] == "openai/gpt-6.1-sol"
    assert answer["inputs"]["model.input"]["source"]["url"].startswith("https://")
    assert Decimal(answer["outputs"]["per_month"]["value"]) > 0
    assert answer["outputs"]["per_month"]["unit"] == "USD/month"
    assert [table["name"] for table in answer["tables"]] == ["breakdown", "lifetimes", "models"]


def test_text_shows_working_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = command_output(capsys, "prompting/cost", "requests=100k")
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
    _, plain, _ = command_output(capsys, "prompting/cost", "--example", "A help desk", "--json")
    _, more, _ = command_output(capsys, "prompting/cost", "--example=A help desk", "requests=100k", "--json")
    assert json.loads(plain)["inputs"]["requests"]["value"] == "50000"
    assert json.loads(more)["inputs"]["requests"]["value"] == "100000"


def test_an_earlier_name_of_a_question_is_typed_over_an_example_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    question = ["prompting/models", "--example", "Sorting tickets by night", "batch_only=no", "--json"]
    _, former, _ = command_output(capsys, *question, "batch=no")
    _, present, _ = command_output(capsys, *question, "tier=standard")
    assert former == present
    assert json.loads(former)["inputs"]["tier"]["value"] == "standard"


def test_list_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command_output(capsys, "--list")
    assert code == 0 and "prompting/cost  What a prompt costs" in out
    code, out, _ = command_output(capsys, "prompting/cost", "--help")
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
    outputs = out.partition("\noutputs, ")[2]
    assert "* per_month  Cost a month\n" in outputs and "    breakdown  Where the money goes\n" in outputs
    code, out, _ = command_output(capsys, "--help")
    assert code == 0 and "--json" in out
    assert command_output(capsys)[0] == 0


def test_working_and_ranges(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command_output(capsys, "prompting/cost", "--working=per_month", "--json")
    assert code == 0 and list(json.loads(out)["working"]) == ["per_month"]
    code, out, _ = command_output(capsys, "prompting/cost", "requests=80k..120k", "--ranges")
    assert code == 0 and "Low" in out and "Cost a month" in out
    code, out, _ = command_output(capsys, "prompting/cost", "requests=100k ±20%", "--ranges", "--json")
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
        (["prompting/cost", "model=gpt-6.1-sol"], "there is no 'gpt-6.1-sol'; did you mean 'openai/gpt-6.1-sol'?"),
        (["prompting/cost", "model=claude-sonnet-5.5"], "did you mean 'anthropic/claude-sonnet-5-5'?"),
        (["prompting/cost", "model=azure/gpt-6.1-sol"], "did you mean 'openai/gpt-6.1-sol'?"),
        (
            ["rag/cost", "vector_store=pinecone"],
            "did you mean 'pinecone/starter', 'pinecone/builder' or 'pinecone/stan",
        ),
        (["prompting/cost", "model.inptu=2"], "did you mean 'model.input'?"),
        (["prompting/cost", "as_of=2020-01-01"], "Choose a later day"),
        (["prompting/cost", "as_of=soon"], "must be a day"),
        (["prompting/cost", "--example", "A halp desk"], "did you mean 'A help desk'?"),
        (["prompting/cost", "--example"], "--example needs a name"),
        (["prompting/cost", "--jsn"], "did you mean --json?"),
        (["prompting/cost", "--json=1"], "takes no value"),
        (["prompting/cost", "--working=per_mouth"], "did you mean 'per_month'?"),
        (
            ["prompting/cost", "--working=zzz"],
            "choose one of per_month, per_request, per_year, caching_saves, overhead",
        ),
        (
            ["prompting/cost", "--solve", "cost=100 by=requests"],
            "no number 'cost' among the outputs; did you mean 'per_mon",
        ),
        (
            ["prompting/cost", "--solve", "zzz=100 by=requests"],
            "choose one of per_month, per_request, per_year, caching_",
        ),
        (
            ["prompting/cost", "--solve", "per_month=100 by=zzz"],
            "choose one of requests, repeated, turns, instructions",
        ),
        (["prompting/cost", "--json", "--help=1"], "--help takes no value"),
        (["prompting/cost", "--example="], "--example needs a name"),
        (["prompting/cost", "--as"], "--as needs a form: markdown, csv, python or command"),
        (["prompting/cost", "--solve", "--json"], "--solve needs an output and an input, like per_month=1000 by=reque"),
        (["prompting/cost", "--solve", "per_month=5", "for=requests"], "Name the input to change, such as by=requests"),
        (["prompting/cost", "--solve", "per_month=5 for=requests"], "Name the input to change, such as by=requests"),
        (["prompting/cost", "--sweep", "=5..6"], "Write the input and its ends, such as requests=10k..100k"),
        (["prompting/cost", "--sweep", "context", "context=0"], "there is no half and double of"),
        (["prompting/cost", "-5"], "'-5' is no input: write it like requests=100k"),
        (["prompting/cost", "found_cached=200%"], "must be 100% or less: a share is at most 100%"),
        (["choosing/break_even", "prompting.requests=5"], "asked once for all plans, as 'requests'"),
        (["choosing/break_even", "tuned.labor_rate=50"], "asked once for all plans, as 'labor_rate'"),
        (["choosing/break_even", "retrieval.queries=5"], "asked once for all plans, as 'requests'"),
        (["choosing/break_even", "plans.5.source=own"], "there are at most 4 plans, plans.1 to plans.4"),
        (["choosing/break_even", "plans.1.sorce=own"], "did you mean 'plans.1.source'?"),
        (
            ["choosing/break_even", "instructions=5"],
            "'prompting.instructions', 'retrieval.instructions' or 'tuned.inst",
        ),
        (["choosing/candidates", "tasks.99.runs=5"], "there are at most 10 tasks, tasks.1 to tasks.10"),
        (["prompting/cost", "requests=-5"], "Requests a month must be 0 requests or more"),
        (["evaluating/compare", "--ranges"], "as a range"),
        (["--json"], "name a calculator"),
    ],
)
def test_mistakes(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    code, out, err = command_output(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message.replace("'--json'", "--json") in err.replace("'--json'", "--json")
    assert err.count("\n") == 1 and "Traceback" not in err


def test_it_starts_without_the_packages_that_only_the_build_needs() -> None:
    code = (
        "import sys; from macros.command import main; main(['prompting/cost', '--json']); "
        "sys.stderr.write(' '.join(it for it in ('yaml', 'pydantic', 'mkdocs', 'jinja2') if it in sys.modules))"
    )
    for _ in range(2):
        process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert process.stderr == ""


@pytest.mark.parametrize(("words", "status"), [(["prompting/cost", "--json"], 0), (["prompting/cots"], 2)])
def test_the_command_itself_says_what_its_function_says(
    capsys: pytest.CaptureFixture[str], words: list[str], status: int
) -> None:
    """Only as a command it keeps methods and looks for garbage later; what it kept before must change nothing."""
    expected = command_output(capsys, *words)
    for _ in range(2):
        process = subprocess.run(
            [sys.executable, "-m", "macros.command", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (process.returncode, process.stdout, process.stderr) == expected == (status, *expected[1:])


def test_a_file_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.command.files.find_calculator", lambda name: SimpleNamespace(inputs=Inputs))
    path = tmp_path / "log.txt"
    path.write_text("two\nlines", "utf-8")
    assert with_command_files("any", {"log": str(path), "words": "w"}) == {"log": "two\nlines", "words": "w"}
    with pytest.raises(Misuse, match="is not there: check its path"):
        with_command_files("any", {"log": str(tmp_path / "none.txt")})
    path.write_bytes(b"")
    with pytest.raises(Misuse, match="is empty"):
        with_command_files("any", {"log": str(path)})


def test_a_file_comes_with_its_line_ends_and_what_is_no_text_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("macros.command.files.find_calculator", lambda name: SimpleNamespace(inputs=Inputs))
    path = tmp_path / "log.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\xff")
    assert with_command_files("any", {"log": str(path)}) == {"log": "\ufeffone\r\ntwo\ufffd"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["new"], "new takes the name of one calculator, like: calculators new rag/latency"),
        (["new", "rag/a", "rag/b"], "new takes the name of one calculator"),
        (["new", "rag/a", "--json"], "new takes the name of one calculator"),
        (["new", "rag/cost"], "calculators/rag/cost is there already"),
    ],
)
def test_new_refuses_what_it_cannot_begin(capsys: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    code, out, err = command_output(capsys, *words)
    assert (code, out) == (2, "")
    assert message in err


def test_a_scenario_of_earlier_days_opens_with_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    scenario = {"calculator": "prompting/cost", "facts": "2020-01-01", "answer": "$1.11"}
    given = {"requests": "20k", "no_such": "1", "__proto__": "2"}
    path.write_text(json.dumps({**scenario, "given": given}), "utf-8")
    code, out, err = command_output(capsys, "prompting/cost", "--from", str(path))
    assert code == 0 and "Cost a month" in out
    assert "this was not understood and left out: no_such, __proto__" in err
    moved = err.splitlines()[-1]
    assert "2020-01-01" in moved and "$1.11" in moved and out.split("Cost a month")[1].split()[0] in moved


def test_what_is_saved_opens_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "kept.json")
    _, first, _ = command_output(capsys, "prompting/cost", "requests=20k..30k", "answer=200", "--save", path)
    code, again, err = command_output(capsys, "prompting/cost", "--from", path)
    assert (code, again, err) == (0, first, "")
    _, compared, _ = command_output(capsys, "prompting/cost", "requests=50k", "--compare", path)
    assert "kept" in compared and "Now against kept" in compared


def test_seven_billion_is_the_same_however_it_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, name = str(tmp_path / "model.json"), "fine_tuning/hardware"
    expected = json.loads(command_output(capsys, name, "model.parameters=7", "--json")[1])
    for typed in ("7B", "7e9"):
        code, out, _ = command_output(capsys, name, f"model.parameters={typed}", "--json", "--save", path)
        assert code == 0 and json.loads(out) == expected
        assert json.loads(command_output(capsys, name, "--from", path, "--json")[1]) == expected
    swept = command_output(capsys, name, "--sweep", "model.parameters=1..70 memory", "--json")
    assert swept[0] == 0 and swept == command_output(
        capsys, name, "--sweep", "model.parameters=1B..7e10 memory", "--json"
    )


@pytest.mark.parametrize("form", ["command", "python", "markdown"])
def test_a_text_that_stays_behind_is_named(capsys: pytest.CaptureFixture[str], form: str) -> None:
    code, out, err = command_output(capsys, "prompting/builder", "task=Hello there", "requests=7", "--as", form)
    assert code == 0 and "Hello there" not in out.partition("\n## Inputs")[2] + out * (form != "markdown")
    assert err == "calculators: left out, as texts are never carried along: task; the answer will differ\n"
    assert ("left out, as texts are never carried along: task" in out.lower()) == (form != "command")
    _, out, err = command_output(capsys, "prompting/builder", "requests=7", "--as", form)
    assert err == "" and "left out" not in out.lower()


def test_a_scenario_says_which_texts_it_was_saved_without(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, name = str(tmp_path / "file.json"), "fine_tuning/dataset"
    lines = json.dumps({"messages": [{"role": "user", "content": "Where?"}]})
    code, out, err = command_output(capsys, name, f"training_text={lines}", "epochs=2", "--save", path)
    assert code == 0 and "Not ready" in out and "left out, as texts are never carried along: training_text" in err
    saved = json.loads(Path(path).read_text("utf-8"))
    assert (saved["given"], saved["left_out"]) == ({"epochs": "2"}, ["training_text"])
    _, _, err = command_output(capsys, name, "--from", path)
    assert "was saved without its texts, where the answer was Not ready" in err and "type training_text, or" in err
    assert command_output(capsys, name, "--from", path, f"training_text={lines}") == (0, out, "")
    assert "saved without its texts" in command_output(capsys, name, "--compare", path)[2]


def test_a_foreign_list_of_texts_is_printed_only_as_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "foreign.json"
    names = ["task", "no_such", 5, None, "task.\x1b[31m"]
    path.write_text(json.dumps({"calculator": "prompting/builder", "given": {}, "left_out": names}), "utf-8")
    code, _, err = command_output(capsys, "prompting/builder", "--from", str(path))
    assert code == 0 and "type task, task.[31m, or" in err and "no_such" not in err and "\x1b" not in err


@pytest.mark.parametrize(
    ("option", "text"),
    [("--solve", "per_month=1000 by=requests"), ("--sweep", "requests=10k..100k per_month overhead")],
)
def test_quotes_make_no_difference_to_what_is_asked(capsys: pytest.CaptureFixture[str], option: str, text: str) -> None:
    quoted = command_output(capsys, "prompting/cost", option, text, "answer=200")
    assert quoted[0] == 0 and quoted == command_output(capsys, "prompting/cost", option, *text.split(), "answer=200")
    assert quoted == command_output(capsys, option, *text.split(), "prompting/cost", "answer=200")


def test_the_last_way_of_asking_counts(capsys: pytest.CaptureFixture[str]) -> None:
    ranges = command_output(capsys, "prompting/cost", "--ranges")
    assert command_output(capsys, "prompting/cost", "--working", "--ranges") == ranges
    assert command_output(capsys, "prompting/cost", "--ranges", "--working") == command_output(
        capsys, "prompting/cost", "--working"
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"given": 5}', '{"given": {"requests": 5}}', "[" * 100_000])
def test_a_file_that_is_no_scenario_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.json"
    path.write_text(text, "utf-8")
    code, out, err = command_output(capsys, "prompting/cost", "--from", str(path))
    assert (code, out) == (2, "") and "Traceback" not in err


def test_files_that_are_summed_up_may_be_a_folder_and_are_below_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file in a folder, named below the home folder, gives the same summary."""
    monkeypatch.setenv("HOME", str(tmp_path))
    inner = tmp_path / "logs" / "inner"
    inner.mkdir(parents=True)
    row = {"type": "message", "model": "claude-sonnet-5-5", "usage": {"input_tokens": 9, "output_tokens": 7}}
    (inner / "log.jsonl").write_text(json.dumps(row), "utf-8")
    summaries = [
        with_command_files("prompting/traffic", {"logs": path})["logs"]
        for path in (str(inner / "log.jsonl"), str(tmp_path / "logs"), "~/logs/inner")
    ]
    assert len(set(summaries)) == 1
    assert '"anthropic_messages":1' in summaries[0]
    for path, words in ((str(tmp_path / "none"), "is not there"), (str(inner / "empty"), "holds no files")):
        if "empty" in path:
            Path(path).mkdir()
        with pytest.raises(Misuse, match=words):
            with_command_files("prompting/traffic", {"logs": path})


def test_what_another_program_writes_is_read_as_a_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both kinds of questions for files, packed or not; two of them cannot share the one standard input."""
    row = {"type": "message", "model": "claude-sonnet-5-5", "usage": {"input_tokens": 9, "output_tokens": 7}}
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    for name, key in (("prompting/traffic", "logs"), ("evaluating/judge", "label_file")):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(path.read_bytes())))
        assert with_command_files(name, {key: "-"}) == with_command_files(name, {key: str(path)})
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    with pytest.raises(Misuse, match="label_file: the standard input is empty"):
        with_command_files("evaluating/judge", {"label_file": "-"})
    with pytest.raises(Misuse, match="only one of results_a_file, results_b_file can be - for the standard input"):
        with_command_files("evaluating/retrieval", {"results_a_file": "-", "results_b_file": "-"})


def test_an_example_or_a_scenario_says_how_a_file_is_read(tmp_path: Path) -> None:
    """The format that is picked counts wherever it was typed; one that is typed now counts most."""
    path = tmp_path / "log.jsonl"
    path.write_text('{"type": "message", "model": "claude-sonnet-5-5", "usage": {"input_tokens": 9}}', "utf-8")
    typed = {"logs": str(path)}
    assert '"picked":"gemini"' in with_command_files("prompting/traffic", typed, {"format": "gemini"})["logs"]
    typed["format"] = "openai_chat"
    assert '"picked":"openai_chat"' in with_command_files("prompting/traffic", typed, {"format": "gemini"})["logs"]


def test_a_report_is_written_in_the_form_that_its_file_is_named_by(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The answer is printed all the same."""
    for ending, begins in ((".md", "# What a prompt costs\n"), (".HTML", "<!doctype html>\n")):
        path = tmp_path / f"report{ending}"
        code, out, err = command_output(capsys, "prompting/cost", "requests=30k", "--report", str(path))
        assert (code, err) == (0, "") and "Cost a month" in out
        report = path.read_text("utf-8")
        assert report.startswith(begins)
        assert "calculators prompting/cost requests=30k" in report
        assert f"build {command_computing_digest()}" in report


def test_the_build_of_a_report_changes_with_the_calculators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = command_computing_digest()
    assert re.fullmatch("[0-9a-f]{12}", before)
    (tmp_path / "calculators").mkdir()
    (tmp_path / "calculators" / "a.py").write_text("", "utf-8")
    monkeypatch.setattr("macros.command.report.ROOT", tmp_path)
    changed = command_computing_digest()
    (tmp_path / "calculators" / "a.py").write_text("1", "utf-8")
    assert len({before, changed, command_computing_digest()}) == 3


@pytest.mark.browser
def test_a_report_becomes_a_pdf_in_an_installed_browser(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    code, _, err = command_output(capsys, "choosing/approach", "--report", str(path))
    assert (code, err) == (0, "")
    assert path.read_bytes().startswith(b"%PDF-")


def test_without_a_browser_a_pdf_is_refused_with_the_way_to_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHROME_PATH", raising=False)
    monkeypatch.setattr("macros.command.report.BROWSERS", ("no-such-browser",))
    monkeypatch.setattr("sys.platform", "linux")
    path = tmp_path / "report.pdf"
    for browser, words in (("", "needs Chromium or Chrome"), ("no-such-browser", "made no PDF")):
        monkeypatch.setenv("CHROME_PATH", browser)
        code, out, err = command_output(capsys, "choosing/approach", "--report", str(path))
        assert (code, out) == (2, "") and words in err and "write the report as HTML" in err
    assert not path.exists()


@pytest.mark.parametrize(
    ("file", "words"), [("report.doc", "--report writes .md, .html, .pdf"), ("no/such/report.md", "cannot be written")]
)
def test_a_report_that_cannot_be_written_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str, words: str
) -> None:
    code, out, err = command_output(capsys, "choosing/approach", "--report", str(tmp_path / file))
    assert (code, out) == (2, "") and words in err
