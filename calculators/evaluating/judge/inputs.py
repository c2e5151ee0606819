"""What the check of a judge asks: labels of people and judge, the judge's pass rate elsewhere, how sure it shall be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from calculators.domain import questions
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import example, file, number, text
from calculators.engine.numbers.units import SHARE
from calculators.evaluating.judge.samples import FAMILY_SAMPLE, POSITION_SAMPLE

LARGEST_FILE = 20_000_000
LARGEST_PASTE = 500_000

COUNTS = "Labeled by people and judge"
ROWS = "Or the labels themselves"
ELSEWHERE = "Judged, without labels"

label_count = partial(
    number,
    unit=EXAMPLE_COUNT,
    low=0,
    high=10_000,
    whole=True,
    because="an illustration",
    unless=("label_file", "label_text"),
)
"""How many labeled answers came out one way."""

judged_count = partial(
    number, unit=EXAMPLE_COUNT, low=0, high=10**8, default=0, because="none, as long as you say no more"
)
"""How many answers the judge alone has judged. Labels of a reader must not meet the rate of an example."""


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The labels, the judge's pass rate where nobody labels, and how sure the answer shall be."""

    both_pass: Decimal = label_count("Both pass it", default=92, group=COUNTS)
    only_people: Decimal = label_count(
        "Only people pass it", default=8, group=COUNTS, help="People pass the answer, the judge fails it."
    )
    only_judge: Decimal = label_count(
        "Only the judge passes it", default=24, group=COUNTS, help="People fail the answer, the judge passes it."
    )
    both_fail: Decimal = label_count("Both fail it", default=36, group=COUNTS)
    label_file: str = file(
        "File of labels",
        longest=LARGEST_FILE,
        group=ROWS,
        help="A table with a heading (CSV) or JSON Lines, with columns named case, person and judge, and if you have "
        "them position, length and model. Several people: person 1, person 2. It is read in this browser tab and sent "
        "nowhere. Drop it here, too.",
    )
    label_text: str = text(
        "Or paste the rows",
        unless=("label_file",),
        longest=LARGEST_PASTE,
        group=ROWS,
        help="With the heading, as a spreadsheet copies them. Rows count in place of the four numbers above, a file "
        "before pasted rows. What you paste stays in this browser tab.",
    )
    passing: str = text(
        "Labels that pass",
        longest=200,
        group=ROWS,
        folded=True,
        help="For grades or words other than pass and fail: “4, 5” or “A”. All other labels then fail.",
    )
    family: str = text(
        "The judge's family",
        longest=200,
        group=ROWS,
        folded=True,
        help="A word that the names of the judge's own models have in common, such as “gpt”. For the column model.",
    )
    passes: Decimal = judged_count(
        "Passes by the judge",
        group=ELSEWHERE,
        folded=True,
        help="How many of the answers below the judge passes. A rate times their number is fine.",
    )
    judged: Decimal = judged_count(
        "Answers judged",
        whole=True,
        group=ELSEWHERE,
        folded=True,
        help="Answers from production or a test that only the judge has seen. None: 0.",
    )
    bar: Decimal = number(
        "Judged rightly, at least",
        SHARE,
        low="0.5",
        high="0.99",
        default="assumptions:judge-bar",
        group="How sure",
        help="The share of good answers, and of bad ones, that the judge has to judge as people do. Take what your own "
        "people reach among themselves.",
    )
    alpha: Decimal = questions.alpha(
        group="How sure",
        folded=True,
        help="The chance of a false alarm that you accept. Intervals hold with the rest, such as 95%.",
    )
    width: Decimal = number(
        "Width of the interval you want",
        SHARE,
        low="0.01",
        high="0.9",
        default="0.1",
        group="How sure",
        folded=True,
        because="five points to either side",
        help="From end to end. It sets how many labels you need.",
    )


EXAMPLES = [
    example("A lenient judge", both_pass=92, only_people=8, only_judge=24, both_fail=36, passes=3560, judged=5000),
    example("A good judge", both_pass=188, only_people=12, only_judge=10, both_fail=190, passes=3100, judged=5000),
    example("A judge swayed by position", label_text=POSITION_SAMPLE, passes=0, judged=0),
    example("Two people, two families, two lengths", label_text=FAMILY_SAMPLE, family="sol", passes=0, judged=0),
    example("Twenty labels", both_pass=11, only_people=1, only_judge=2, both_fail=6, passes=330, judged=500),
]
