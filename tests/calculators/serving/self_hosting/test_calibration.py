"""The speed model against published speeds: those that it was fitted to, and whole sources that it never saw.

The aim was a median error of 20 % and 85 % of the speeds within a range of at most ±40 %, on the part that is held out.
That part meets the error and the width, and has 83 % inside: 87, 80 and 82 % of the sources of the three days, and 92 %
where the source says how long prompts and answers are. The numbers below may get better, and never worse, but for the
width of the part that is fitted, which the aim says nothing of (decisions 0066 and 0080).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from statistics import median

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.calibration import Checked, held_out_sources
from tests.calculators.serving.self_hosting.checks import FILE, SOURCES, checked_speeds, speed_checks_text
from tests.calculators.serving.self_hosting.fit import (
    FACTS,
    Factors,
    factors_in_use,
    fitted_factors,
    is_harder,
    misfit,
    modeled_speed,
    published_setting,
    published_settings,
)
from tests.calculators.serving.self_hosting.speeds import (
    FIRST_DAY,
    cards,
    has_stated_lengths,
    held_out,
    networks,
    speeds,
    tried,
)

SECOND_DAY, THIRD_DAY = "2026-11-30", "2026-12-01"
DAYS = (FIRST_DAY, SECOND_DAY, THIRD_DAY)
"""When sources were collected."""
KEPT_AS_TEXT = ("model", "parameters", "active_parameters")
"""The columns of a model that are no whole numbers."""


@pytest.fixture(scope="module")
def checked(catalogue: Catalogue) -> list[Checked]:
    return checked_speeds(catalogue)


def is_held_out(each: Checked) -> bool:
    return each.row["source"] in held_out()


def is_fitted(each: Checked) -> bool:
    return not is_held_out(each)


def is_held_out_and_complete(each: Checked) -> bool:
    return is_held_out(each) and has_stated_lengths(each.row)


def is_of_the_first_day(each: Checked) -> bool:
    return each.row["read"] == FIRST_DAY


@pytest.mark.parametrize(
    ("part", "middle", "share", "width"),
    [
        (is_fitted, 0.095, 0.94, "0.744"),
        (is_held_out, 0.165, 0.86, "0.4"),
        (is_held_out_and_complete, 0.134, 0.92, "0.4"),
    ],
    ids=["fitted", "held out", "held out, lengths stated"],
)
def test_the_error_and_the_range_of_the_first_sources_are_what_was_reached(
    checked: list[Checked], part: Callable[[Checked], bool], middle: float, share: float, width: str
) -> None:
    """Those of 2026-11-29, to which the factors in use were fitted or from which they were held back."""
    some = [each for each in checked if part(each) and is_of_the_first_day(each)]
    assert len(some) > 100
    assert median(each.error for each in some) <= middle
    assert sum(each.inside for each in some) / len(some) >= share
    assert round(median(each.width for each in some), 3) <= Decimal(width)


@pytest.mark.parametrize(
    ("part", "days", "middle", "share"),
    [
        (is_fitted, (SECOND_DAY,), 0.168, 0.93),
        (is_held_out, (SECOND_DAY,), 0.128, 0.8),
        (is_fitted, (THIRD_DAY,), 0.228, 0.83),
        (is_held_out, (THIRD_DAY,), 0.194, 0.82),
        (is_held_out, (FIRST_DAY, SECOND_DAY), 0.138, 0.83),
        (is_held_out, DAYS, 0.158, 0.83),
        (is_held_out_and_complete, DAYS, 0.119, 0.91),
    ],
    ids=[
        "second day, open to a fit",
        "second day, held out",
        "third day, open to a fit",
        "third day, held out",
        "first two days, held out",
        "all held out",
        "all held out, lengths stated",
    ],
)
def test_the_error_and_the_range_with_later_sources_are_what_was_reached(
    checked: list[Checked], part: Callable[[Checked], bool], days: tuple[str, ...], middle: float, share: float
) -> None:
    """The factors in use come from none of the later sources."""
    some = [each for each in checked if part(each) and each.row["read"] in days]
    assert len(some) > 100
    assert median(each.error for each in some) <= middle
    assert sum(each.inside for each in some) / len(some) >= share


def test_every_speed_was_collected_on_one_of_the_three_days() -> None:
    assert {row["read"] for row in speeds()} == set(DAYS)


def test_a_range_has_one_of_two_widths_and_a_mixture_the_wider_one(checked: list[Checked]) -> None:
    """Of the part that was fitted about nine in ten lie inside, in each of the two classes."""
    widths = {Decimal("0.4"): 0, Decimal("0.74"): 0}
    for each in checked:
        mixture = networks()[each.row["model"]]["experts"] not in ("", "1")
        if mixture:
            assert each.width > Decimal("0.74"), each.row
        widths[round(each.width, 2)] += 1
    assert min(widths.values()) > 100
    for width in widths:
        some = [each for each in checked if is_fitted(each) and is_of_the_first_day(each)]
        some = [each for each in some if round(each.width, 2) == width]
        assert sum(each.inside for each in some) / len(some) >= 0.89


def test_whole_sources_are_held_out_and_about_a_third_of_the_speeds() -> None:
    kept = sum(row["source"] in held_out() for row in speeds()) / len(speeds())
    assert 0.3 <= kept <= 0.4
    assert held_out() == {
        "TensorRT-LLM 1.x",
        "AccelMark",
        "TensorRT-LLM 0.17",
        "dstack",
        "Qwen2.5",
        "ninehills",
        "TensorRT-LLM 0.9",
        "QServe",
        "ML.ENERGY",
    }


def test_what_was_fitted_to_stays_fitted_and_what_was_held_out_stays_so() -> None:
    """All of the first two days together gave these sides; with the third day the rule would move Qwen2.5."""
    sides = {
        FIRST_DAY: {"TensorRT-LLM 1.x", "AccelMark", "TensorRT-LLM 0.17"},
        SECOND_DAY: {"dstack", "Qwen2.5", "ninehills"},
    }
    earlier = [row for row in speeds() if row["read"] in sides]
    assert held_out_sources(earlier) == set.union(*sides.values()) == held_out() & {row["source"] for row in earlier}
    for day, names in sides.items():
        assert held_out_sources([row for row in earlier if row["read"] == day]) == names


@pytest.mark.parametrize(
    "model", [name for name, row in networks().items() if not row["cache_width"] and name != "Llama-4-Maverick"]
)
def test_the_parameters_of_a_model_follow_from_its_sizes(model: str) -> None:
    """Embeddings, attention and feed-forward networks, each counted from the published configuration.

    Llama 4 Maverick is left out: only every second of its layers has experts.
    """
    row = {name: int(size or 1) for name, size in networks()[model].items() if name not in KEPT_AS_TEXT}
    attention = 2 * row["hidden_size"] * row["head_size"] * (row["heads"] + row["key_value_heads"])
    feed_forward = row["feed_forward"] * row["hidden_size"] * row["intermediate_size"] * row["experts"]
    embeddings = row["embeddings"] * row["vocabulary"] * row["hidden_size"]
    counted = embeddings + row["layers"] * (attention + feed_forward)
    assert counted / 1e9 == pytest.approx(float(networks()[model]["parameters"]), rel=0.006)


def test_the_formulas_of_the_fit_are_those_of_the_calculator(catalogue: Catalogue, checked: list[Checked]) -> None:
    factors = factors_in_use(catalogue)
    for each in checked:
        setting = published_setting(each.row)
        assert modeled_speed(setting, factors) == pytest.approx(float(each.answer), rel=1e-6), each.row
        assert is_harder(setting, factors) == (each.width > Decimal("0.5")), each.row


def test_a_fit_finds_the_factors_that_speeds_were_made_with() -> None:
    truth = Factors(compute=0.5, layer_time=0.2, expert_bandwidth=0.6, expert_compute=0.8, unpacking=0.5, link=0.25)
    settings = [
        replace(setting, row={**setting.row, "measure": "output_tokens_s", "value": "1"})
        for setting in published_settings()[::5]
    ]
    settings = [replace(each, row={**each.row, "value": str(modeled_speed(each, truth))}) for each in settings]
    fitted = fitted_factors(settings, Factors(0.64, 0.122, 0.8, 0.64, 0.62, 0.16))
    for name in FACTS:
        assert getattr(fitted, name) == pytest.approx(getattr(truth, name), rel=0.03), name


def test_a_fit_to_all_that_is_open_would_serve_sources_left_out_no_better(catalogue: Catalogue) -> None:
    """A third of the later sources at a time, by factors that were fitted to the rest; 5 % would count (0080)."""
    settings = [each for each in published_settings() if each.row["source"] not in held_out()]
    used, later, reached = factors_in_use(catalogue), sorted(tried()), 0.0
    for third in (set(later[start::3]) for start in range(3)):
        fitted = fitted_factors([each for each in settings if each.row["source"] not in third], used)
        reached += misfit([each for each in settings if each.row["source"] in third], fitted)
    assert reached >= 0.95 * misfit([each for each in settings if each.row["source"] in tried()], used)


def test_the_factors_in_use_are_about_as_good_as_any_for_what_is_not_held_out(catalogue: Catalogue) -> None:
    """The best ones have a misfit that is 4 % smaller, and a larger one for sources left out (decision 0080)."""
    settings = [each for each in published_settings() if each.row["source"] not in held_out()]
    used = factors_in_use(catalogue)
    assert misfit(settings, fitted_factors(settings, used)) >= 0.95 * misfit(settings, used)


def test_every_speed_names_its_page_its_model_and_its_gpu() -> None:
    assert set(SOURCES) == {row["source"] for row in speeds()}
    for row in speeds():
        assert row["page"].startswith("https://")
        assert row["model"] in networks()
        assert row["gpu"] in cards()


def test_the_page_shows_the_errors_of_the_formulas(catalogue: Catalogue) -> None:
    """`python -m tests.calculators.serving.self_hosting.checks` writes the file anew."""
    assert FILE.read_text("utf-8") == speed_checks_text(catalogue)
