"""What is kept between two starts: methods of dataclasses, states of files, answers; nothing kept outlives a change."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import jinja2
import pytest

from macros.cache import answers, methods, templates
from macros.cache.answers import CachedAnswers, cached_code_digest
from macros.cache.files import FOLDERS, new_cached_folder
from macros.cache.states import COARSEST, CachedStates


@pytest.fixture(autouse=True)
def dataclasses_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes back at the end what a test makes of `dataclasses`."""
    monkeypatch.setattr(dataclasses, "exec", exec, raising=False)


def declared(*fields: str) -> type:
    return dataclasses.make_dataclass("Price", [(field, int) for field in fields], frozen=True, slots=True, order=True)


def no_compiler(*_: object, **__: object) -> None:
    raise AssertionError("compiled again")


def test_methods_are_compiled_once_and_work_as_those_of_dataclasses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = methods.keep_dataclass_methods(tmp_path)
    declared("input", "output")
    keep()
    monkeypatch.setattr(methods, "compile", no_compiler, raising=False)
    methods.keep_dataclass_methods(tmp_path)
    price = declared("input", "output")
    assert repr(price(1, 2)) == "Price(input=1, output=2)"
    assert price(1, 2) == price(1, 2) < price(1, 3) and hash(price(1, 2)) == hash((1, 2))
    with pytest.raises(dataclasses.FrozenInstanceError):
        price(1, 2).input = 3
    with pytest.raises(AssertionError, match="compiled again"):
        declared("input", "cached")


def test_templates_are_compiled_once_and_render_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = jinja2.Environment()
    keep = templates.keep_page_templates(environment, tmp_path)
    text = "{% for word in words %}{{ word }} {% endfor %}"
    assert environment.from_string(text).render(words="ab") == "a b "
    keep()
    monkeypatch.setattr(jinja2.Environment, "_compile", no_compiler)
    environment = jinja2.Environment()
    templates.keep_page_templates(environment, tmp_path)
    assert environment.from_string(text).render(words="cd") == "c d "
    with pytest.raises(AssertionError, match="compiled again"):
        environment.from_string(text + "!")


def test_a_mistake_in_a_kept_template_has_its_line(tmp_path: Path) -> None:
    for _ in range(2):
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
        keep = templates.keep_page_templates(environment, tmp_path)
        with pytest.raises(jinja2.UndefinedError) as caught:
            environment.from_string("one\ntwo\n{{ three }}").render()
        assert [entry.lineno for entry in caught.traceback][-1] == 2
        keep()


@pytest.mark.parametrize("damage", [b"", b"no byte code", b"\xfb\xff"])
def test_a_damaged_file_of_methods_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    methods.keep_dataclass_methods(tmp_path)()
    declared("input")
    keep = methods.keep_dataclass_methods(tmp_path)
    declared("input")
    keep()
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    keep = methods.keep_dataclass_methods(tmp_path)
    declared("input")
    keep()
    assert file.read_bytes() == whole


def test_without_a_folder_to_write_to_nothing_is_kept_and_all_works(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("a file where the folder should be", "utf-8")
    keep = methods.keep_dataclass_methods(in_the_way / "cache")
    price = declared("input")
    assert price(1) == price(1)
    keep()


def test_a_file_of_methods_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Python 3.13 on, all methods of a class are one text; before, each is its own."""
    sizes = []
    monkeypatch.setattr(methods, "MOST", 3)
    for number in range(12):
        keep = methods.keep_dataclass_methods(tmp_path)
        declared(f"field_{number}")
        keep()
        sizes.append(sum(path.stat().st_size for path in tmp_path.iterdir()))
    assert sizes[-1] < 12 * sizes[0] / 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data" / "prices").mkdir(parents=True)
    (tmp_path / "data" / "prices" / "seller.yaml").write_text("input: 2", "utf-8")
    return tmp_path / "data"


def remembered(folder: Path, about: str = "a question") -> CachedStates:
    return CachedStates(folder.parent / "state.txt", about, [str(folder), str(folder / "missing")])


def later(folder: Path) -> None:
    """Gives the remembered line a time at which the files were surely at rest."""
    state = folder.parent / "state.txt"
    day = state.stat().st_mtime_ns + 2 * COARSEST
    os.utime(state, ns=(day, day))


def test_a_line_is_remembered_until_a_file_changes(folder: Path) -> None:
    remembered(folder).remember("facts of today")
    later(folder)
    assert remembered(folder).recall() == "facts of today"
    assert remembered(folder, "another question").recall() == ""
    seller = folder / "prices" / "seller.yaml"
    times = seller.stat().st_atime_ns, seller.stat().st_mtime_ns
    seller.write_text("input: 3", "utf-8")
    os.utime(seller, ns=times)  # size and time of the last change are as they were
    assert remembered(folder).recall() == ""


def test_another_file_and_a_file_that_is_gone_are_changes(folder: Path) -> None:
    remembered(folder).remember("one seller")
    later(folder)
    (folder / "prices" / "new.yaml").write_text("input: 1", "utf-8")
    assert remembered(folder).recall() == ""
    (folder / "prices" / "new.yaml").unlink()
    assert remembered(folder).recall() == "one seller"
    (folder / "missing").write_text("here", "utf-8")
    assert remembered(folder).recall() == ""


def test_what_was_remembered_just_after_a_change_is_not_trusted(folder: Path) -> None:
    remembered(folder).remember("perhaps half of a change")
    assert remembered(folder).recall() == ""


def never() -> str:
    raise AssertionError("computed again")


def test_an_answer_is_computed_once_for_all_builds(tmp_path: Path) -> None:
    file, question = tmp_path / "answers-1.json", ("figure", ["prompting/cost"], {"requests": 1000})
    first = CachedAnswers(file)
    assert first.text(question, lambda: "$1 – “§”\n") == first.text(question, never) == "$1 – “§”\n"
    first.keep()
    second = CachedAnswers(file)
    assert second.text(question, never) == "$1 – “§”\n"
    for changed in (("figure", ["prompting/cost"], {"requests": "1000"}), ("roughly", *question[1:]), [*question, ""]):
        assert second.text(changed, lambda: "another") == "another"


def test_answers_that_no_build_asks_for_any_more_go(tmp_path: Path) -> None:
    file = tmp_path / "answers-1.json"
    for asked in (["a", "b"], ["b", "c"]):
        build = CachedAnswers(file)
        for question in asked:
            build.text(question, lambda: "answer")
        build.keep()
    last = CachedAnswers(file)
    assert [last.text(question, never) for question in ("b", "c")] == ["answer", "answer"]
    with pytest.raises(AssertionError, match="computed again"):
        last.text("a", never)


def test_a_question_that_cannot_be_answered_is_asked_again(tmp_path: Path) -> None:
    build = CachedAnswers(tmp_path / "answers-1.json")
    for _ in range(2):
        with pytest.raises(AssertionError, match="computed again"):
            build.text("a", never)
    assert build.text("a", lambda: "answer") == "answer"


@pytest.mark.parametrize("damage", [b"", b"[]", b'{""a"": "b', b"\xff"])
def test_damaged_answers_are_computed_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "answers-1.json").write_bytes(damage)
    assert CachedAnswers(tmp_path / "answers-1.json").text("a", lambda: "answer") == "answer"


def test_of_many_files_of_answers_the_newest_stay(tmp_path: Path) -> None:
    for number in range(answers.FILES + 3):
        build = CachedAnswers(tmp_path / f"answers-{number}.json")
        build.text("a", lambda: "answer")
        build.keep()
        os.utime(tmp_path / f"answers-{number}.json", (number, number))
    build = CachedAnswers(tmp_path / "answers-last.json")
    build.text("a", lambda: "answer")
    build.keep()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == answers.FILES and "answers-last.json" in names and "answers-0.json" not in names


def test_the_digest_of_answers_is_another_for_other_facts_code_or_packages(tmp_path: Path) -> None:
    for name in ("calculators/rag/cost.py", "macros/tokens.py", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", "utf-8")
    digests = [cached_code_digest(tmp_path, "facts"), cached_code_digest(tmp_path, "other facts")]
    for name in ("calculators/rag/cost.py", "macros/tokens.py", "requirements.txt", "package-lock.json"):
        (tmp_path / name).write_text("2", "utf-8")
        digests.append(cached_code_digest(tmp_path, "facts"))
    (tmp_path / "macros" / "tokens.py").rename(tmp_path / "macros" / "words.py")
    digests.append(cached_code_digest(tmp_path, "facts"))
    assert len(set(digests)) == len(digests)
    assert cached_code_digest(tmp_path, "facts") == digests[-1]


def test_of_the_folders_of_one_kind_the_newest_stay(tmp_path: Path) -> None:
    for age in range(FOLDERS + 3):
        for kind in ("byte-code", "short-scripts"):
            folder = tmp_path / f"{kind}-{age:016x}"
            folder.mkdir()
            (folder / "part").write_text("a")
            os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    new = tmp_path / "byte-code-ffffffffffffffff"
    with new_cached_folder(new) as content:
        (content / "part").write_text("b")
    assert (new / "part").read_text() == "b"
    left = sorted(folder.name for folder in tmp_path.glob("byte-code-*"))
    assert left == sorted([new.name, *(f"byte-code-{age:016x}" for age in range(FOLDERS - 1))])
    assert len([*tmp_path.iterdir()]) == FOLDERS + FOLDERS + 3, "those of another kind stay"
