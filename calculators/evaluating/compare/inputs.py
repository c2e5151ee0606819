"""What the comparison of versions asks: the results of each, how they count, and how sure the answer shall be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from calculators.domain import questions
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import choice, example, files, number, text
from calculators.engine.facts import Facts
from calculators.engine.numbers.units import ONE
from calculators.evaluating.compare.samples import GRADES, REPEATED, SEVERAL
from calculators.readers.results.column_names import pasted_result_column_names, result_column_names
from calculators.readers.results.intake import ResultIntake
from calculators.readers.results.summary import result_summary_in_words, result_summary_refusal

PAIRED, INDEPENDENT = "paired", "independent"
LEFT_OUT, AS_WRONG = "left_out", "as_wrong"
FILES, COUNTING, COLUMNS = "Results from files", "How scores count", "Versions and columns, if misread"
LARGEST_SUMMARY = 50_000_000
LONGEST_NAME = 200

COLUMN_HELP = "The heading of its column; the table of columns below lists them."


def open_version_results_reader(facts: Facts) -> ResultIntake:
    """What reads files of results; facts of the build say nothing of them."""
    return ResultIntake()


COLUMN_OFFERS = {"result_files": result_column_names, "results": pasted_result_column_names}
"""The columns of what a reader brings are offered wherever one is to be named."""


tally = partial(number, unit=EXAMPLE_COUNT, low=0, high=10_000, whole=True, because="an illustration")
"""How many examples of a test came out one way."""

column = partial(text, longest=LONGEST_NAME, group=COLUMNS, folded=True, offers=COLUMN_OFFERS)
"""The name of a column in what a reader brings."""


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """How the test was made, what came out of it, and how sure it shall be."""

    design: str = choice(
        "How the test was made",
        {PAIRED: "Same examples", INDEPENDENT: "Examples of their own"},
        unless=("result_files", "results"),
        default=PAIRED,
        group="The test",
        because="one test set for both is the usual way, and the sharper one",
        help="Whether both versions answered the same examples, or each answered examples of its own.",
    )
    result_files: str = files(
        "Files of results",
        open_reader=open_version_results_reader,
        refusal=lambda text, facts: result_summary_refusal(text),
        told=result_summary_in_words,
        longest=LARGEST_SUMMARY,
        group=FILES,
        help="One file with all versions, or one a version: promptfoo, Inspect, lm-evaluation-harness, OpenAI Evals, "
        "DeepEval, Ragas, Langfuse, LangSmith, Braintrust, or any CSV, TSV or JSON Lines. They are read in this "
        "browser tab and sent nowhere. Chosen files come before everything below.",
    )
    both_right: Decimal = tally("Both right", default=66, group="The same examples", only_if=("design", "paired"))
    only_a: Decimal = tally(
        "Only A right",
        default=6,
        group="The same examples",
        only_if=("design", "paired"),
        help="A right, B wrong: often called b.",
    )
    only_b: Decimal = tally(
        "Only B right",
        default=14,
        group="The same examples",
        only_if=("design", "paired"),
        help="B right, A wrong: often called c.",
    )
    both_wrong: Decimal = tally("Both wrong", default=14, group="The same examples", only_if=("design", "paired"))
    results: str = text(
        "Or paste the results",
        unless=("result_files",),
        longest=200_000,
        group="The same examples",
        help="A line for each example: A's result, then B's, such as “1,0”, “pass fail” or “0.7,0.9”. Or a table with "
        "headings, for repeated runs and several versions. What is pasted here counts in place of the four numbers "
        "above.",
    )
    right_a: Decimal = tally("A right", default=72, group="Examples of their own", only_if=("design", "independent"))
    examples_a: Decimal = tally(
        "Examples of A", default=100, group="Examples of their own", only_if=("design", "independent")
    )
    right_b: Decimal = tally("B right", default=80, group="Examples of their own", only_if=("design", "independent"))
    examples_b: Decimal = tally(
        "Examples of B", default=100, group="Examples of their own", only_if=("design", "independent")
    )
    pass_mark: Decimal | None = number(
        "Score that passes",
        ONE,
        low=0,
        high=1_000_000,
        default=None,
        group=COUNTING,
        folded=True,
        because="graded scores count as they are",
        help="From this score on an answer is right, below it wrong. Left open, scores such as 0.7 are compared as "
        "they are, which usually tells more.",
    )
    failed_runs: str = choice(
        "Runs that failed",
        {LEFT_OUT: "Are left out", AS_WRONG: "Count as 0"},
        default=LEFT_OUT,
        group=COUNTING,
        folded=True,
        because="a timeout says nothing about the answer; count them if your users would meet them too",
        help="Runs that ended with an error. The answer says what the other choice would do.",
    )
    score_column: str = column("Score", help=COLUMN_HELP)
    case_column: str = column("Case", help="Heading of its column.")
    version_column: str = column("Version", help="Heading of its column.")
    slice_column: str = column("Slices by", help="Heading of its column.")
    cluster_column: str = column(
        "Cases that belong together",
        help="Heading of the column that names what cases share, such as a document or a conversation. They are easy "
        "or hard together, so intervals and p-values count such clusters, not cases.",
    )
    baseline_version: str = text(
        "Baseline (A)", longest=LONGEST_NAME, group=COLUMNS, folded=True, help="Its name or number. Else the first one."
    )
    compared_version: str = text(
        "Compared with it (B)",
        longest=LONGEST_NAME,
        group=COLUMNS,
        folded=True,
        help="Its name or number. Else the best of the others.",
    )
    alpha: Decimal = questions.alpha(
        group="How sure",
        folded=True,
        help="The chance of a false alarm that you accept. Intervals hold with the rest, such as 95%.",
    )
    comparisons: Decimal = questions.comparisons(
        group="How sure",
        folded=True,
        help="How many versions, prompts or seeds you tried before you picked B. Alpha is divided by it (Bonferroni).",
    )
    power: Decimal = questions.power(
        group="How sure", folded=True, help="How likely the next test should be to show the difference, if it is real."
    )


EXAMPLES = [
    example("90% against 80% on the same 20 examples", both_right=15, only_a=1, only_b=3, both_wrong=1),
    example("A clear win on 200 examples", both_right=140, only_a=8, only_b=30, both_wrong=22),
    example("A perfect score", both_right=17, only_a=0, only_b=3, both_wrong=0),
    example("Results pasted from a spreadsheet", results="A,B\n1,1\n0,1\n1,1\n0,1\n1,0\n0,1\n0,0\n1,1\n0,1\n1,1"),
    example("Grades from 0 to 1", results=GRADES),
    example("Ten runs of each of 20 questions", results=REPEATED),
    example("Three prompts against the old one", results=SEVERAL),
    example("Two samples of 20", design=INDEPENDENT, right_a=16, examples_a=20, right_b=18, examples_b=20),
]
