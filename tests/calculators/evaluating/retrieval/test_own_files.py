"""A reader's own file never meets the sample that stands in place of the other one."""

from __future__ import annotations

import pytest

from calculators.catalogue import Catalogue
from calculators.evaluating.retrieval.samples import JUDGMENTS, RERANKED, SEARCH
from tests.calculators.answers import answer_json

NAME = "evaluating/retrieval"
RUN, QRELS = "a1 Q0 d1 1 0.9 x\na1 Q0 d2 2 0.8 x\n", "a1 0 d2 1\n"
NO_RESULTS, NO_JUDGMENTS = "The results of your search (A) are missing", "The judgments are missing"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"results_a": RUN}, [NO_JUDGMENTS]),
        ({"results_a_file": RUN}, [NO_JUDGMENTS]),
        ({"results_a_file": RUN, "judgments": JUDGMENTS, "results_b": RERANKED}, [NO_JUDGMENTS]),
        ({"judgments": QRELS}, [NO_RESULTS]),
        ({"judgments_file": QRELS, "results_a": SEARCH + "\n"}, [NO_RESULTS]),
        ({"results_b_file": RUN}, [NO_RESULTS, NO_JUDGMENTS]),
    ],
)
def test_what_is_missing_beside_an_own_file_is_asked_for(
    catalogue: Catalogue, given: dict[str, str], missing: list[str]
) -> None:
    verdict = answer_json(catalogue, NAME, given)["outputs"]["verdict"]
    assert verdict["value"] == "Nothing to measure yet"
    assert [reason.partition(".")[0] for reason in verdict["reasons"]] == missing


def test_both_own_files_count(catalogue: Catalogue) -> None:
    outputs = answer_json(catalogue, NAME, {"results_a": RUN, "judgments": QRELS})["outputs"]
    assert outputs["recall"]["value"] == "1"
