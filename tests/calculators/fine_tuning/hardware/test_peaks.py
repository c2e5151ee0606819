"""The published peaks are complete, and the part that is held out is chosen by its rule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.calculators.calibration import held_out_sources
from tests.calculators.fine_tuning.hardware.peaks import (
    first_peaks,
    further_peaks,
    held_out,
    networks,
    third_peaks,
)

MEASURES = {"allocated", "reserved", "driver", "unnamed"}
COLLECTIONS = (first_peaks(), further_peaks(), third_peaks())
ALL = [row for collection in COLLECTIONS for row in collection]


def test_every_peak_names_its_source_and_its_day() -> None:
    for row in ALL:
        assert row["reference"].startswith("https://") and row["published"][:2] == "20", row
        assert row["measure"] in MEASURES and Decimal(row["peak_gb"]) > 0, row
        assert row["model"] in networks(), row


def test_no_peak_stands_twice() -> None:
    cells = [tuple(row.items()) for row in ALL]
    assert len(cells) == len(set(cells)) > 500


@pytest.mark.parametrize("name", networks())
def test_the_sizes_of_a_network_come_to_its_parameters(name: str) -> None:
    """Matrices and tables alone; normalizations and what is beside the network are less than a hundredth."""
    network = {column: Decimal(size) for column, size in networks()[name].items() if column != "model"}
    wide, narrow = (network["head_size"] * network[heads] for heads in ("heads", "key_value_heads"))
    feed_forward = network["experts"] * network["feed_forward"] * network["intermediate_size"]
    layer = network["hidden_size"] * (2 * wide + 2 * narrow + feed_forward)
    tables = network["embeddings"] * network["vocabulary"] * network["hidden_size"]
    assert abs((network["layers"] * layer + tables) / 10**9 / network["parameters"] - 1) < Decimal("0.01")


def test_whole_sources_are_held_out_by_the_order_of_their_names() -> None:
    """A third of the peaks, from the order of the names alone."""
    assert held_out() == {
        "axolotl-ai-cloud/axolotl",
        "pytorch/torchtune",
        "arxiv:2309.12307",
        "Lightning-AI/litgpt",
        "hiyouga/LLaMA-Factory",
        "modelscope/ms-swift",
        "Anassbzdd/fitcheck",
        "ljm565/universal-llm-trainer",
        "pytorch/ao",
        "DaoyuanLi2816/can-i-finetune-this",
    }
    assert 0.3 <= sum(row["source"] in held_out() for row in ALL) / len(ALL) <= 0.4


@pytest.mark.parametrize("number", [1, 2])
def test_no_source_changes_its_side_with_later_peaks(number: int) -> None:
    """What was fitted to can never judge the fit, and what judged it may not be fitted to."""
    earlier = [row for collection in COLLECTIONS[:number] for row in collection]
    assert held_out() & {row["source"] for row in earlier} == held_out_sources(earlier)


def test_each_later_setting_stands_once() -> None:
    """Of the later sources, each setting that the question can tell apart is there once."""
    beside = {"reference", "published", "peak_gb", "assumed"}
    settings = [tuple(row[name] for name in row if name not in beside) for row in (*further_peaks(), *third_peaks())]
    assert len(settings) == len(set(settings))
