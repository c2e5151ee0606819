"""The price refresh over recorded lists: what it appends, what it flags, what it leaves alone, and its exit status."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from macros.facts import FactsError, facts_text
from macros.project import ROOT
from macros.refresh import __main__ as command
from macros.refresh import due, newest, second
from macros.refresh.listed import listed_price_models
from tests.json_types import JsonObject
from tests.refresh.lists import first, second_rows

TODAY = date(2026, 12, 5)
PRICES = "prices/acme.yaml"


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A data folder of three models that agrees with both recorded lists."""
    folder = tmp_path / "data"
    shutil.copytree(Path(__file__).parent / "data", folder)
    second.write_second_list(folder, second.extract_second_list(second_rows(), "1.109.1", listed_price_models(folder)))
    return folder


def refreshed(data_folder: Path, listing: Any = None, today: date = TODAY) -> tuple[list[list[str]], bool]:
    """The rows of the report, each as its cells from the model on, and whether a flag is open."""
    report, is_open = command.refresh_prices(
        data_folder, listing or first(), second.load_second_list(data_folder), today
    )
    lines = [line for line in report.splitlines() if line.startswith("| [")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines], is_open


def large(**amounts: Any) -> dict[str, Any]:
    """What the first list says of the large model, with some prices replaced."""
    entry: JsonObject = json.loads((Path(__file__).parent / "first.json").read_text("utf-8"))["large"]
    return {**entry, "prices": [entry["prices"][0] | amounts]}


def accept(data_folder: Path, name: str, reasons: str) -> None:
    """Write reasons below a model."""
    text = (data_folder / PRICES).read_text("utf-8")
    assert f"    name: {name}\n" in text
    new = text.replace(f"    name: {name}\n", f"    name: {name}\n    accepted: {reasons}\n")
    (data_folder / PRICES).write_text(new, "utf-8")


def added(before: str, after: str) -> list[str]:
    """The lines that are new; fails where any other line is gone or moved."""
    new = after.splitlines()
    for line in before.splitlines():
        assert line in new, line
    old = before.splitlines()
    fresh = []
    for line in new:
        if old and line == old[0]:
            old.pop(0)
        else:
            fresh.append(line.strip())
    assert not old
    return fresh


def test_agreeing_lists_change_nothing(data_folder: Path) -> None:
    before = {path: path.read_bytes() for path in data_folder.rglob("*.yaml")}
    rows, is_open = refreshed(data_folder)
    # The one row says that the second list knows a last day that we do not have.
    assert rows == [["[acme/small](https://acme.example/pricing)", "retires", "2027-12-01", *"––", "2027-12-01", *"––"]]
    assert not is_open
    assert {path: path.read_bytes() for path in data_folder.rglob("*.yaml")} == before


def test_a_small_change_is_appended_and_needs_no_word(data_folder: Path) -> None:
    before = (data_folder / PRICES).read_text("utf-8")
    rows, is_open = refreshed(data_folder, first(large=large(input={"base": "2.2", "tiers": {"272000": "4.4"}})))
    assert rows[0][1:] == ["input", "2026-12-05", "2 (long 4)", "2.2 (long 4.4)", "2", "+10.0 %", "–"]
    # The second list still has the old price: that is a flag of its own.
    assert [row[1] for row in rows if row[7] == "**disagreement**"] == ["input", "long_input"]
    assert is_open
    after = (data_folder / PRICES).read_text("utf-8")
    day = "checked: 2026-12-05\nbest_before: 2027-03-07\n"
    assert day in after
    after = after.replace(day, "checked: 2026-11-21\nbest_before: 2027-02-21\n")
    assert added(before, after) == ["- {from: 2026-12-05, value: 2.2, long: 4.4}"]
    assert "- {from: 2026-11-04, value: 2, long: 4}\n        - {from: 2026-12-05" in after


def test_every_change_goes_to_its_own_place(data_folder: Path) -> None:
    entry = large(
        cached_read={"base": "0.25", "tiers": {"272000": "0.5"}}, output={"base": "12", "tiers": {"272000": "18"}}
    )
    entry["batch"][0]["output"] = {"base": "6", "tiers": {"272000": "9"}}
    before = (data_folder / PRICES).read_text("utf-8")
    refreshed(data_folder, first(large=entry))
    loaded = json.loads(facts_text(data_folder, None))["collections"]["prices"]["acme/large"]["facts"]
    assert loaded["cached_read"]["values"] == [["2026-11-04", "0.2"], ["2026-12-05", "0.25"]]
    assert loaded["output"]["values"] == [["2026-10-01", "9"], ["2026-11-04", "10"], ["2026-12-05", "12"]]
    assert loaded["long_batch_output"]["values"] == [["2026-11-04", "7.5"], ["2026-12-05", "9"]]
    after = (data_folder / PRICES).read_text("utf-8").replace("2027-03-07", "2027-02-21")
    assert added(before, after.replace("checked: 2026-12-05", "checked: 2026-11-21")) == [
        "- {from: 2026-12-05, value: 0.25, long: 0.5}",
        "- {from: 2026-12-05, value: 12, long: 18}",
        "- {from: 2026-12-05, value: 6, long: 9}",
    ]


def test_a_change_that_the_data_refuse_still_leaves_the_candidate_and_the_table(data_folder: Path) -> None:
    """More than five times the price may be a slip: the files want a reason before they load."""
    listing = first(embed={"prices": [{"input": "0.6"}]})
    report, is_open = command.refresh_prices(data_folder, listing, second.load_second_list(data_folder), TODAY)
    assert is_open
    assert "| 2026-12-05 | 0.1 | 0.6 | 0.1 | +500.0 % | **change** |" in report
    assert "data/prices/acme.yaml:48:37: from 0.1 to 0.6 is a change of more than 5 times" in report
    text = (data_folder / PRICES).read_text("utf-8")
    assert "- {from: 2026-12-05, value: 0.6}" in text
    accept(data_folder, "Embed", "{2026-12-05: A new model under the old name., disagreement: Not there yet.}")
    assert not refreshed(data_folder, listing)[1]


def test_a_change_announced_within_two_years_is_appended_on_its_own_day(data_folder: Path) -> None:
    soon, late = ({"from": day, "input": "0.6", "output": "2.2"} for day in ("2027-06-01", "2029-06-01"))
    late["input"] = "0.7"
    small = {"prices": [{"input": "0.5", "output": "2"}, {"from": "2027-01-01", "input": "0.55", "output": "2.2"}]}
    small["prices"] += [soon, late]
    rows, is_open = refreshed(data_folder, first(small=small))
    assert [row[1:5] for row in rows if row[1] != "retires"] == [["input", "2027-06-01", "0.55", "0.6"]]
    assert not is_open
    assert "        - {from: 2027-01-01, value: 0.55}\n        - {from: 2027-06-01, value: 0.6}" in (
        data_folder / PRICES
    ).read_text("utf-8")


@pytest.mark.parametrize("today", [date(2026, 12, 1), date(2026, 12, 31)], ids=str)
def test_the_last_month_of_the_two_years_counts_whole(data_folder: Path, today: date) -> None:
    begins = {"2028-12-31": "2.3", "2029-01-01": "2.4"}
    small = {"prices": [{"input": "0.5", "output": "2"}, {"from": "2027-01-01", "input": "0.55", "output": "2.2"}]}
    small["prices"] += [{"from": day, "input": "0.55", "output": price} for day, price in begins.items()]
    rows, _ = refreshed(data_folder, first(small=small), today)
    assert [row[1:5] for row in rows if row[1] == "output"] == [["output", "2028-12-31", "2.2", "2.3"]]


def test_a_change_that_has_begun_counts_from_its_own_day(data_folder: Path) -> None:
    """And it goes before the announced one, which stays."""
    small = {"prices": [{"input": "0.5", "output": "2"}, {"from": "2026-12-01", "input": "0.52", "output": "2"}]}
    small["prices"].append({"from": "2027-01-01", "input": "0.55", "output": "2.2"})
    refreshed(data_folder, first(small=small))
    lines = "{from: 2026-11-04, value: 0.5}|{from: 2026-12-01, value: 0.52}|{from: 2027-01-01, value: 0.55}"
    assert "\n".join(f"        - {line}" for line in lines.split("|")) in (data_folder / PRICES).read_text("utf-8")


def test_a_price_that_is_new_gets_its_place(data_folder: Path) -> None:
    small = {"prices": [{"input": "0.5", "cached_read": "0.05", "output": "2"}]}
    small["prices"].append({"from": "2027-01-01", "input": "0.55", "cached_read": "0.05", "output": "2.2"})
    rows, is_open = refreshed(data_folder, first(small=small))
    assert ["cached_read", "2026-12-05", "–", "0.05", "–", "–", "–"] in [row[1:] for row in rows]
    assert not is_open
    text = (data_folder / PRICES).read_text("utf-8")
    assert "value: 0.55}\n      cached_read:\n        - {from: 2026-12-05, value: 0.05}\n      output:" in text


def test_a_large_change_stays_flagged_until_the_row_says_why(data_folder: Path) -> None:
    listing = first(
        small={"prices": [{"input": "0.5", "output": "2"}, {"from": "2027-01-01", "input": "1", "output": "2.2"}]}
    )
    text = (data_folder / PRICES).read_text("utf-8").replace("        - {from: 2027-01-01, value: 0.55}\n", "")
    (data_folder / PRICES).write_text(text, "utf-8")
    for _ in range(2):  # the second time the line is there already, and still nobody has looked at it
        rows, is_open = refreshed(data_folder, listing)
        assert [row[1:4] + row[6:] for row in rows if row[1] == "input"] == [
            ["input", "2027-01-01", "0.5", "+100.0 %", "**change**"]
        ]
        assert is_open
    accept(data_folder, "Small", "{2027-01-01: The offer ends.}")
    rows, is_open = refreshed(data_folder, listing)
    assert not is_open
    entry = json.loads(facts_text(data_folder, None))["collections"]["prices"]["acme/small"]
    assert entry["why"] == {"2027-01-01": "The offer ends."}


def test_a_fall_of_just_a_fifth_is_no_flag_and_a_little_more_is_one(data_folder: Path) -> None:
    for base, flags in (("1.6", []), ("1.59", ["**change**"])):
        shutil.copy(Path(__file__).parent / "data" / PRICES, data_folder / PRICES)
        rows, _ = refreshed(data_folder, first(large=large(input={"base": base, "tiers": {"272000": "4"}})))
        assert [row[7] for row in rows if row[7] == "**change**"] == flags


@pytest.mark.parametrize(
    "absent", [None, {"prices": [{"input": "0.1"}], "deprecated": True}], ids=["gone", "deprecated"]
)
def test_a_model_that_is_gone_is_flagged_and_left_as_it_is(data_folder: Path, absent: Any) -> None:
    before = (data_folder / PRICES).read_text("utf-8")
    rows, is_open = refreshed(data_folder, first(embed=absent))
    assert ["model", "2026-12-05", "listed", "–", "–", "–", "**vanished**"] in [row[1:] for row in rows]
    assert is_open
    assert (data_folder / PRICES).read_text("utf-8") == before
    accept(data_folder, "Embed", "{vanished: Sold to customers with a contract.}")
    assert not refreshed(data_folder, first(embed=absent))[1]


def test_a_single_price_that_is_gone_is_flagged(data_folder: Path) -> None:
    entry = large()
    del entry["prices"][0]["cached_read"], entry["batch"][0]["cached_read"]
    rows, is_open = refreshed(data_folder, first(large=entry))
    vanished = [row[1:5] for row in rows if row[7] == "**vanished**"]
    assert vanished == [
        ["cached_read", "2026-12-05", "0.2 (long 0.4)", "–"],
        ["batch_cached_read", "2026-12-05", "0.1 (long 0.2)", "–"],
    ]
    assert is_open


@pytest.mark.parametrize(("listed", "is_flagged"), [("6.25e-07", False), ("7e-07", True)])
def test_a_longer_lifetime_that_the_first_list_lacks_is_held_against_the_second(
    data_folder: Path, listed: str, is_flagged: bool
) -> None:
    """The small model keeps a cache for twelve hours at 0.625 a million tokens."""
    text = (data_folder / PRICES).read_text("utf-8")
    head, small = text.split("  small:\n")
    longer = "      extended_write:\n        - {from: 2026-11-04, value: 0.625}\n"
    (data_folder / PRICES).write_text(f"{head}  small:\n{small.replace('      output:', longer + '      output:', 1)}")
    rows = second_rows()
    rows["small-2026-10"]["cache_creation_input_token_cost_above_12hr"] = Decimal(listed)
    extract = second.extract_second_list(rows, "1.109.1", listed_price_models(data_folder))
    assert extract.opinions["acme/small"].prices["extended_write"] == Decimal(listed) * 1_000_000
    second.write_second_list(data_folder, extract)
    found, is_open = refreshed(data_folder)
    assert is_open is is_flagged
    assert any(row[1] == "extended_write" and row[7] == "**vanished**" for row in found) is is_flagged


def test_an_announced_price_that_is_now_another_is_flagged_and_left_to_a_person(data_folder: Path) -> None:
    before = (data_folder / PRICES).read_text("utf-8")
    small = {"prices": [{"input": "0.5", "output": "2"}, {"from": "2027-01-01", "input": "0.6", "output": "2.2"}]}
    rows, is_open = refreshed(data_folder, first(small=small))
    assert ["input", "2027-01-01", "0.55", "0.6", "–", "–", "**revised**"] in [row[1:] for row in rows]
    assert is_open
    assert (data_folder / PRICES).read_text("utf-8") == before


@pytest.mark.parametrize("tiers", [{"128000": "4"}, {"128000": "3", "272000": "4"}, {}], ids=str)
def test_another_limit_of_long_prompts_is_flagged(data_folder: Path, tiers: dict[str, str]) -> None:
    entry = large()
    for each in (*entry["prices"], *entry["batch"]):
        for key in each:
            each[key] = {"base": each[key]["base"], "tiers": tiers} if tiers else each[key]["base"]
    rows, is_open = refreshed(data_folder, first(large=entry))
    assert [row[1:5] for row in rows if row[7] == "**limit**"] == [
        ["long_prompt_above", "2026-12-05", "272000", ", ".join(tiers) or "–"]
    ]
    assert is_open


def test_a_retirement_is_flagged_within_ninety_days_and_after_it(data_folder: Path) -> None:
    last = date(2027, 12, 1)
    accept(data_folder, "Small", "{disagreement: The second list knows no later day.}")
    for today, is_near in ((last - timedelta(91), False), (last - timedelta(90), True), (last + timedelta(9), True)):
        rows, is_open = refreshed(data_folder, today=today)
        (row,) = [row for row in rows if row[1] == "retires"]
        assert (row[7] == "**retirement**", is_open) == (is_near, is_near)


def test_disagreement_is_a_flag_until_accepted_and_missing_figures_are_none(data_folder: Path) -> None:
    rows = second_rows()
    rows["acme_ai/large"]["output_cost_per_token_above_272k_tokens"] = Decimal("2e-05")
    second.write_second_list(data_folder, second.extract_second_list(rows, "1.109.1", listed_price_models(data_folder)))
    flagged, is_open = refreshed(data_folder)
    assert [row[1:] for row in flagged if row[1] != "retires"] == [
        ["long_output", "2026-12-05", "15", "15", "20", "+33.3 %", "**disagreement**"]
    ]
    assert is_open
    accept(data_folder, "Large", "\n      disagreement: The seller's page has 15.")
    flagged, is_open = refreshed(data_folder)
    assert flagged[0][7] == "disagreement, accepted: The seller's page has 15."
    assert not is_open


def test_a_new_release_of_the_first_list_is_written_down_in_every_price_file(data_folder: Path) -> None:
    _, is_open = refreshed(data_folder, first("0.3.0"))
    assert not is_open
    assert "    title: genai-prices, version 0.3.0\n" in (data_folder / "sources.yaml").read_text("utf-8")
    loaded = json.loads(facts_text(data_folder, None))
    assert loaded["as_of"] == "2026-12-05"
    read = {id: source["accessed"] for id, source in loaded["sources"].items()}
    assert read == {"genai-prices": "2026-12-05", "litellm": "2026-11-21", "acme-pricing": "2026-11-04"}


# The second list.


def test_the_extract_holds_our_names_and_millions_of_tokens(data_folder: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "litellm-2.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        rows = {
            key: {k: float(v) if isinstance(v, Decimal) else v for k, v in row.items() if k != "off_peak_pricing"}
            for key, row in second_rows().items()
        }
        archive.writestr("litellm/model_prices_and_context_window_backup.json", json.dumps(rows))
    extract = second.second_list_from_wheel(wheel, listed_price_models(data_folder))
    assert extract.version == "2.0.0"
    assert extract.opinions["acme/large"].prices == {
        "input": 2,
        "long_input": 4,
        "cached_read": Decimal("0.2"),
        "output": 10,
        "long_output": 15,
        "batch_input": 1,
    }
    assert extract.opinions["acme/small"].key == "small-2026-10"
    assert extract.opinions["acme/embed"].prices == {"input": Decimal("0.1")}
    second.write_second_list(data_folder, extract)
    assert second.load_second_list(data_folder) == extract


def test_prices_of_calm_hours_are_compared_with_the_calm_ones(data_folder: Path) -> None:
    rows = second_rows()
    rows["small-2026-10"]["off_peak_pricing"] = {"input_cost_per_token": Decimal("2.5e-07"), "windows": []}
    (model,) = (model for model in listed_price_models(data_folder) if model.id == "acme/small")
    for id, price in (("acme/small", "0.25"), ("acme/small-peak", "0.5")):
        extract = second.extract_second_list(rows, "1", [replace(model, id=id)])
        assert extract.opinions[id].prices == {"input": Decimal(price), "output": 2}


def test_a_wheel_without_the_list_and_a_large_extract_are_refused(data_folder: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "litellm-2.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("litellm/__init__.py", "")
    with pytest.raises(ValueError, match="holds no price list"):
        second.second_list_from_wheel(wheel, [])
    many = {f"model-{n}": second.Opinion("key", {"input": Decimal(n + 1)}) for n in range(2000)}
    with pytest.raises(ValueError, match="50000 is the most"):
        second.write_second_list(data_folder, second.Second("1", many))


def test_the_kept_extract_is_small_and_of_the_version_that_the_sources_name() -> None:
    folder = ROOT / "data"
    assert (folder / second.FILE).stat().st_size < second.LARGEST
    extract = second.load_second_list(folder)
    assert f"version {extract.version}\n" in (folder / "sources.yaml").read_text("utf-8")
    models = listed_price_models(folder)
    assert set(extract.opinions) <= {model.id for model in models}
    as_of = date.fromisoformat(json.loads(facts_text())["as_of"])
    listed = [model for model in models if model.kind != "older"]
    sold = {model.id for model in listed if model.retires is None or model.retires > as_of}
    assert len(sold & set(extract.opinions)) > len(sold) * 0.9, "the list may drop what was shut down"


def test_a_raised_pin_is_the_only_change(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.in"
    requirements.write_text("# One.\npydantic==2.14.3\ngenai-prices==0.2.3\n\nmkdocs==1.6.1\n")
    newest.raise_price_list_pin(requirements, "0.9.0")
    assert requirements.read_text() == "# One.\npydantic==2.14.3\ngenai-prices==0.9.0\n\nmkdocs==1.6.1\n"
    with pytest.raises(ValueError, match="does not pin genai-prices"):
        newest.raise_price_list_pin(Path(__file__), "1")


# The command.


def test_the_project_itself_has_nothing_to_append_and_the_command_says_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the day on which the prices were checked, so that no passing of time can fail it."""
    folder = ROOT / "data"
    shutil.copytree(folder, tmp_path / "data")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    texts = [path.read_text("utf-8") for path in (folder / "prices").glob("*.yaml")]
    checked = max(date.fromisoformat(day) for text in texts for day in re.findall(r"(?m)^checked: (.+)$", text))
    monkeypatch.setattr(command, "day_of_price_refresh", lambda: checked)
    assert command.run_price_refresh([]) == 0
    output = capsys.readouterr().out
    assert " 0 lines added, 0 flags open, " in output
    assert (tmp_path / command.REPORT).read_text("utf-8") in output
    for path in folder.rglob("*.*"):
        if path.is_file():
            assert (tmp_path / "data" / path.relative_to(folder)).read_bytes() == path.read_bytes()
    text = (tmp_path / "data/prices/google.yaml").read_text("utf-8")
    (tmp_path / "data/prices/google.yaml").write_text(text.replace("retirement: Listed", "vanished: Listed"), "utf-8")
    assert command.run_price_refresh([]) == 1
    assert "- google/gemini-2.5-flash: `accepted: {retirement: …}`" in capsys.readouterr().out


def test_broken_data_and_unknown_words_end_with_status_two(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ROOT", data_folder.parent)
    assert command.run_price_refresh(["--new"]) == 2
    assert "there is no option '--new'" in capsys.readouterr().err
    (data_folder / PRICES).write_text("provider: Acme\n")
    assert command.run_price_refresh([]) == 2
    assert "data/prices/acme.yaml:1:1: 'unit' is missing" in capsys.readouterr().err
    with pytest.raises(FactsError):
        refreshed(data_folder)


# What waits for a person.


def test_the_list_of_what_waits_for_a_person(data_folder: Path) -> None:
    dates = (
        "facts:\n      rent: {unit: USD/hour, values: [{from: 2026-09-25, value: 3}], source: litellm, confidence: C}"
    )
    entry = f"  h100:\n    name: H\n    group: N\n    {dates}\n"
    (data_folder / "gpus.yaml").write_text(f"# One.\nchecked: 2026-11-21\nbest_before: 2026-12-04\nentries:\n{entry}")
    accept(data_folder, "Small", "{2026-11-04: Long ago., 2027-01-01: Soon., retirement: Later.}")
    rows = second_rows()
    rows["small-2026-10"]["input_cost_per_token"] = Decimal("2.5e-07")
    del rows["embed"]
    second.write_second_list(data_folder, second.extract_second_list(rows, "1", listed_price_models(data_folder)))
    due_facts = due.facts_due_for_refresh(data_folder, TODAY)
    assert due_facts == {
        "Past their best-before day": ["data/gpus.yaml: best before 2026-12-04, checked 2026-11-21"],
        "Confidence C: no calculator starts from them": ["data/gpus.yaml: h100#rent"],
        "The second list disagrees": ["acme/small: input 0.5, second list 0.25"],
        "Without a second opinion": ["acme/embed"],
        "Accepted flags": ["acme/small, 2027-01-01: Soon.", "acme/small, retirement: Later."],
    }
    assert not due.facts_due_for_refresh(data_folder, date(2026, 12, 4))["Past their best-before day"]
    report = due.due_facts_report(due_facts, TODAY)
    assert report.startswith("Facts that a person should look at, on 2026-12-05: 6\n")
    assert "\nConfidence C: no calculator starts from them:\n\n- data/gpus.yaml: h100#rent\n" in report
