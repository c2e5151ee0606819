"""Reading the data: what comes out, what is kept for the next start, and that nothing but a FactsError is raised."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.facts import CACHE, DATA, FactsError, Problem, facts_text, loading, parsed_facts
from macros.facts.forms import documents

WHOLE = Path(__file__).parent / "whole"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A copy of the small, sound data set."""
    return Path(shutil.copytree(WHOLE, tmp_path / "data"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def messages(data_folder: Path, today: date | None = None) -> list[str]:
    with pytest.raises(FactsError) as caught:
        facts_text(data_folder, None, today=today)
    return [str(problem) for problem in caught.value.problems]


def test_the_whole_text(data_folder: Path) -> None:
    price = {"unit": "USD/Mtok", "source": "openai-pricing", "checked": "2026-11-21"}
    known = {"source": "openai-pricing", "checked": "2026-11-20"}
    origin = {"source": "openai-pricing", "checked": "2026-11-21"}
    expected = {
        "as_of": "2026-11-21",
        "sources": {
            "openai-pricing": {
                "title": "API pricing",
                "publisher": "OpenAI",
                "url": "https://developers.openai.com/api/docs/pricing",
                "published": "2026-10-14",
                "accessed": "2026-11-04",
            }
        },
        "collections": {
            "prices": {
                "openai/gpt-6.1-sol": {
                    "name": "GPT-6.1 Sol",
                    "group": "OpenAI",
                    "note": "",
                    "facts": {
                        "input": price | {"values": [["2026-11-04", "2"]]},
                        "long_input": price | {"values": [["2026-11-04", "4"]]},
                        "output": price | {"values": [["2026-11-04", "10"]]},
                        "long_output": price | {"values": [["2026-11-04", "15"]]},
                        "long_above": price | {"unit": "token", "values": [["2026-11-04", "272000"]]},
                        "context_window": known | {"unit": "token", "values": [["2026-11-04", "1050000"]]},
                        "tokenizer_factor": known
                        | {
                            "unit": "1",
                            "values": [["2026-11-04", "1.3"]],
                            "checked": "2026-11-18",
                            "because": "a test",
                        },
                        "retires": known | {"unit": "date", "values": [["2026-11-04", "2027-01-14"]]},
                    },
                }
            },
            "older_prices": {},
            "embeddings": {
                "openai/text-embedding-3-small": {
                    "name": "Text Embedding 3 Small",
                    "group": "OpenAI",
                    "note": "",
                    "facts": {"input": price | {"values": [["2026-11-04", "0.02"]]}},
                }
            },
            "assumptions": {
                "repeated-requests": {
                    "name": "Share of requests repeated or failed",
                    "group": "",
                    "note": "",
                    "facts": {
                        "value": {
                            "unit": "1",
                            "values": [["2026-01-01", "0.02"]],
                            "source": "",
                            "checked": "2026-11-21",
                            "because": "A guess.",
                        }
                    },
                }
            },
            "gpus": {
                "h100": {
                    "name": "H100",
                    "group": "NVIDIA",
                    "note": "",
                    "facts": {
                        "memory": origin | {"unit": "GB", "values": [["2026-01-01", "80"]], "confidence": "A"},
                        "rent": origin | {"unit": "USD/hour", "values": [["2026-09-25", "3.49"]], "confidence": "B"},
                    },
                }
            },
        },
    }
    assert json.loads(facts_text(data_folder, None)) == expected


def test_an_appended_line_brings_its_own_source_day_and_reason(data_folder: Path) -> None:
    line = "- {from: 2026-11-04, value: 2, long: 4}"
    added = "- {from: 2026-12-05, value: 20, long: 40, source: notice, checked: 2026-12-06, reason: A new level.}"
    replace(data_folder / "prices/openai.yaml", line, f"{line}\n        {added}")
    notice = "{title: A notice, publisher: OpenAI, url: https://openai.com/n, accessed: 2026-12-06}"
    replace(data_folder / "sources.yaml", "sources:\n", f"sources:\n  notice: {notice}\n")
    loaded = json.loads(facts_text(data_folder, None))
    fact = loaded["collections"]["prices"]["openai/gpt-6.1-sol"]["facts"]["input"]
    assert fact == {
        "unit": "USD/Mtok",
        "values": [["2026-11-04", "2"], ["2026-12-05", "20"]],
        "source": "notice",
        "checked": "2026-12-06",
        "because": "A new level.",
    }
    assert loaded["as_of"] == "2026-12-06"


def test_equal_files_give_equal_bytes(data_folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    text = facts_text(data_folder, None)
    assert text == facts_text(data_folder, cache) == facts_text(data_folder, cache) == facts_text(data_folder, None)
    assert text == json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)


def test_a_second_start_reads_the_kept_text_and_imports_no_parser(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from macros.facts import facts_text;"
        "text = facts_text(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print('yaml' in sys.modules, 'pydantic' in sys.modules, len(text))"
    )
    command = [sys.executable, "-c", program, str(WHOLE), str(tmp_path)]
    first, second = (subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(2))
    size = len(facts_text(WHOLE, None))
    assert first.stdout.split() == ["True", "True", str(size)]
    assert second.stdout.split() == ["False", "False", str(size)]


def test_a_changed_file_is_read_anew_and_the_old_text_goes(data_folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = facts_text(data_folder, cache)
    replace(data_folder / "prices/openai.yaml", "value: 0.02", "value: 0.03")
    after = facts_text(data_folder, cache)
    assert '"0.03"' in after and '"0.03"' not in before
    assert [path.read_text("utf-8") for path in cache.glob("facts-*.json")] == [after]


def test_changed_code_reads_the_files_anew(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts_text(data_folder, tmp_path / "cache")
    (cached,) = (tmp_path / "cache").glob("facts-*.json")
    code = Path(shutil.copytree(ROOT / "macros", tmp_path / "macros"))
    shutil.copytree(ROOT / "calculators", tmp_path / "calculators")
    with (code / "facts" / "rules.py").open("a", encoding="utf-8") as file:
        file.write("# another rule\n")
    monkeypatch.setattr(loading, "__file__", str(code / "facts" / "loading.py"))
    monkeypatch.setattr(loading, "ROOT", tmp_path)
    facts_text(data_folder, tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").glob("facts-*.json")] != [cached.name]


def test_files_that_have_not_changed_are_not_even_read(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    text = facts_text(data_folder, cache)
    later(cache / loading.STATE)
    monkeypatch.setattr(loading, "_facts_text_files", lambda folder: pytest.fail("read again"))
    assert facts_text(data_folder, cache) == text
    with pytest.raises(pytest.fail.Exception, match="read again"):
        facts_text(data_folder, cache, public=True)
    own = tmp_path / "own.yaml"
    own.write_text("prices: {}\n", "utf-8")
    monkeypatch.setenv(loading.OVERRIDES, str(own))
    with pytest.raises(pytest.fail.Exception, match="read again"):
        facts_text(data_folder, cache)


def test_a_damaged_copy_is_made_anew(data_folder: Path, tmp_path: Path) -> None:
    text = facts_text(data_folder, tmp_path)
    (cached,) = tmp_path.glob("facts-*.json")
    for damage in (b"", text.encode()[:-20], b"\xff\xfe"):
        cached.write_bytes(damage)
        assert facts_text(data_folder, tmp_path) == text
        assert cached.read_text("utf-8") == text


def later(state: Path) -> None:
    """What was kept in the same second as its sources changed is not trusted, so it is made older than now."""
    day = state.stat().st_mtime + 10
    os.utime(state, (day, day))


def test_parsed_facts_are_those_of_the_text_and_kept_as_well(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    expected = json.loads(facts_text(data_folder, cache))
    later(cache / loading.STATE)
    name, facts = parsed_facts("", data_folder, cache)
    assert facts == expected
    (copy,) = cache.glob("facts-*.bin")
    assert parsed_facts(name, data_folder, cache) == (name, None)
    monkeypatch.setattr(loading, "facts_text", lambda *_: pytest.fail("parsed again"))
    assert parsed_facts("", data_folder, cache) == (name, expected)
    monkeypatch.undo()
    for damage in (b"", copy.read_bytes()[:-20], b"\xff\xfe"):
        copy.write_bytes(damage)
        assert parsed_facts("", data_folder, cache) == (name, expected)
    replace(data_folder / "prices/openai.yaml", "value: 0.02", "value: 0.03")
    after, changed = parsed_facts(name, data_folder, cache)
    assert after != name and changed == json.loads(facts_text(data_folder, None)) != expected
    assert not copy.exists()


def test_parsed_facts_need_no_cache(data_folder: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("a file where the folder should be", "utf-8")
    text = facts_text(data_folder, None)
    assert parsed_facts("", data_folder, in_the_way / "cache") == (text, json.loads(text))


def test_a_cache_that_cannot_be_written_is_no_error(data_folder: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("a file where the folder should be", "utf-8")
    assert facts_text(data_folder, in_the_way / "cache") == facts_text(data_folder, None)


def test_missing_and_empty_folders(tmp_path: Path) -> None:
    assert messages(tmp_path / "data") == ["data: the data folder is missing; restore it, or name another folder"]
    (tmp_path / "data").mkdir()
    assert messages(tmp_path / "data") == ["data: the data folder is empty; restore it, or name another folder"]


def test_missing_files(data_folder: Path) -> None:
    (data_folder / "sources.yaml").unlink()
    (data_folder / "prices/openai.yaml").unlink()
    assert messages(data_folder) == [
        "data/models.yaml:4:3: 'openai/gpt-6.1-sol' has no prices in data/prices; add its prices, or delete it here",
        "data/prices: there are no prices; add a file such as prices/openai.yaml",
        "data/sources.yaml: the file is missing; restore it",
    ]


@pytest.mark.parametrize("name", ["model.yaml", "prices/xai.yml", "prices/old/xai.yaml"])
def test_a_file_that_nothing_reads(data_folder: Path, name: str) -> None:
    (data_folder / name).parent.mkdir(exist_ok=True)
    shutil.copyfile(data_folder / "prices/openai.yaml", data_folder / name)
    known = "prices/<seller>.yaml, sources.yaml, models.yaml, assumptions.yaml, "
    (message,) = messages(data_folder)
    assert message.startswith(f"data/{name}: nothing reads this file; the files here are {known}")
    assert "gpus.yaml" in message


def test_hidden_files_are_not_data(data_folder: Path) -> None:
    before = facts_text(data_folder, None)
    (data_folder / "prices/.openai.yaml").write_text("half a", "utf-8")
    assert facts_text(data_folder, None) == before


def test_a_file_too_large_and_a_file_that_is_not_text(data_folder: Path) -> None:
    (data_folder / "models.yaml").write_bytes(b"a: 1\n" * 20_001)
    (data_folder / "sources.yaml").write_bytes(b"sources:\n  a: \xff\n")
    assert messages(data_folder) == [
        "data/models.yaml: the file has 100005 bytes; split it, 100000 is the most",
        "data/sources.yaml:2:6: this is not UTF-8 text; save the file as UTF-8",
    ]


STUDY = "sources:\n  a-study: {title: A, publisher: B, url: https://b.example, accessed: 2026-11-21}\n"


def test_a_figure_may_rest_on_a_study(data_folder: Path) -> None:
    (data_folder / "studies.yaml").write_text(STUDY, "utf-8")
    replace(data_folder / "gpus.yaml", "source: openai-pricing", "source: a-study")
    assert list(json.loads(facts_text(data_folder, None))["sources"]) == ["openai-pricing", "a-study"]
    (data_folder / "studies.yaml").unlink()
    assert "'a-study' is not in data/sources.yaml" in messages(data_folder)[0]


def test_studies_that_cannot_be_read_are_one_mistake(data_folder: Path) -> None:
    replace(data_folder / "gpus.yaml", "source: openai-pricing", "source: a-study")
    (data_folder / "studies.yaml").write_text("sources: [\n", "utf-8")
    (message,) = messages(data_folder)
    assert message.startswith("data/studies.yaml:")


def test_only_a_given_day_makes_a_later_day_the_future(data_folder: Path) -> None:
    facts_text(data_folder, None, today=date(2026, 11, 21))
    assert messages(data_folder, date(2026, 11, 20)) == [
        "data/assumptions.yaml:9:14: 'checked' 2026-11-21 is in the future; write the day you looked",
        "data/gpus.yaml:2:10: 'checked' 2026-11-21 is in the future; write the day you looked",
        "data/prices/openai.yaml:5:10: 'checked' 2026-11-21 is in the future; write the day you looked",
    ]
    assert "'accessed' 2026-11-04 is in the future" in "\n".join(messages(data_folder, date(2026, 11, 3)))


def test_mistakes_of_all_files_come_at_once_in_the_order_of_the_files(data_folder: Path) -> None:
    replace(data_folder / "prices/openai.yaml", "value: 10", "value: ten")
    replace(data_folder / "prices/openai.yaml", "USD/Mtok", "EUR")
    replace(data_folder / "sources.yaml", "publisher", "publsher")
    replace(data_folder / "models.yaml", "1050000", "-1")
    places = [message.split(": ")[0] for message in messages(data_folder)]
    assert places == [
        "data/models.yaml:5:29",
        "data/prices/openai.yaml:3:7",
        "data/prices/openai.yaml:16:37",
        "data/sources.yaml:3:3",
        "data/sources.yaml:5:5",
    ]


def test_annotations_for_github() -> None:
    error = FactsError([Problem("data/a,b.yaml", 3, 5, "100% wrong:\nmend it"), Problem("data", 0, 0, "gone")])
    assert error.annotations().splitlines() == [
        "::error file=data::gone",
        "::error file=data/a%2Cb.yaml,line=3,col=5::100%25 wrong:%0Amend it",
    ]


def test_the_defaults_are_the_project_s_own_folders() -> None:
    assert (DATA, CACHE) == (ROOT / "data", ROOT / ".cache")


SOUND = {path.relative_to(WHOLE).as_posix(): path.read_text("utf-8") for path in sorted(WHOLE.rglob("*.yaml"))}
LETTERS = st.text(st.sampled_from("ab-:?{}[],&*!|>'\"%@`#~ \n\t0123456789.$\\Ux\ufeff\x00é"), max_size=40)


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(SOUND)), noise=LETTERS, start=st.integers(0, 700), length=st.integers(0, 60))
def test_whatever_is_written_only_a_facts_error_is_raised(name: str, noise: str, start: int, length: int) -> None:
    text = SOUND[name]
    damaged = text[:start] + noise + text[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        data_folder = Path(shutil.copytree(WHOLE, Path(folder, "data")))
        (data_folder / name).write_bytes(damaged.encode("utf-8"))
        try:
            json.loads(facts_text(data_folder, None))
        except FactsError as error:
            assert all(problem.message and problem.file.startswith("data/") for problem in error.problems)


def read_by_each(content: bytes) -> list[documents.YamlDocument]:
    """The same content as each parser reads it."""
    return [documents._document_read_by(loader, content, "a.yaml") for loader in documents.LOADERS]


def test_both_parsers_read_a_file_alike_with_every_place_in_it() -> None:
    files = sorted(DATA.rglob("*.yaml"))
    assert len(files) > 20 and len(documents.LOADERS) == 2
    for path in files:
        first, last = read_by_each(path.read_bytes())
        assert first == last and not first.problems and len(first.positions) > 3, path


@settings(max_examples=100, deadline=None)
@given(noise=LETTERS)
def test_what_both_parsers_can_read_is_the_same_and_the_last_one_words_mistakes(noise: str) -> None:
    content = f"a: {noise}\nb: [1, c]\n".encode()
    first, last = read_by_each(content)
    assert documents.read_yaml_document(content, "a.yaml") == (last if first.problems else first)
    assert first.problems or last.problems or first == last
