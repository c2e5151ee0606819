"""The widths of the range of the speed are those that follow from the sources that are not held out (0066 and 0080)."""

from __future__ import annotations

from collections import Counter

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.serving.self_hosting.fit import MOSTLY_PROMPTS, factors_in_use, published_settings
from tests.calculators.serving.self_hosting.speeds import held_out
from tests.calculators.serving.self_hosting.widths import (
    AIM_WIDTH,
    NO_SHARE,
    Rule,
    Unseen,
    drawn_thirds,
    margins_of_classes,
    unseen_speeds,
)


@pytest.fixture(scope="module")
def unseen(catalogue: Catalogue) -> list[Unseen]:
    settings = [each for each in published_settings() if each.row["source"] not in held_out()]
    return unseen_speeds(settings, factors_in_use(catalogue))


def number_in_use(catalogue: Catalogue, name: str) -> float:
    return float(catalogue.facts.fact(f"assumptions:{name}").value)


def test_the_widths_in_use_hold_85_in_100_of_the_next_source(catalogue: Catalogue, unseen: list[Unseen]) -> None:
    spread = number_in_use(catalogue, "serving-spread")
    most, harder = margins_of_classes(unseen, Rule(0, 0, number_in_use(catalogue, "serving-mostly-prompts")))
    assert most <= spread == AIM_WIDTH
    assert harder == pytest.approx(spread * number_in_use(catalogue, "serving-harder-speed"), abs=0.02)


@pytest.mark.parametrize("share", [0.9, NO_SHARE])
def test_a_higher_share_for_prompts_would_not_keep_most_settings_within_the_aim(
    unseen: list[Unseen], share: float
) -> None:
    most, _ = margins_of_classes(unseen, Rule(0, 0, share))
    assert most > AIM_WIDTH


def test_the_share_for_prompts_is_written_down_twice_alike(catalogue: Catalogue) -> None:
    assert number_in_use(catalogue, "serving-mostly-prompts") == MOSTLY_PROMPTS


def test_thirds_are_drawn_by_whole_sources(unseen: list[Unseen]) -> None:
    thirds, sizes = drawn_thirds(unseen)[:50], Counter(each.source for each in unseen)
    assert len({frozenset(each.source for each in third) for third in thirds}) > 10
    for third in thirds:
        assert 0.3 <= len(third) / len(unseen) <= 0.4
        assert Counter(each.source for each in third).items() <= sizes.items()
