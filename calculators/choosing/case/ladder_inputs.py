"""The ladder's questions in a case: each follows from the answers about the case, unless a reader answers it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.choosing.approach import Inputs as RuleInputs
from calculators.choosing.approach import approach
from calculators.choosing.approach.answers import approach_answer_words, approach_question_label
from calculators.engine.declare import Choice, Field, choice, kinds, number, plan_input_field, share, yes_no
from calculators.engine.facts.ranges import FactRange, fact_range
from calculators.engine.numbers.units import REQUESTS_PER_MONTH, TOKENS

LADDER = "The ladder's questions"

DERIVED = "derived"
"""The word of an answer that follows from the case."""

WHOLE_TEXT = "assumptions:whole-text-tokens"
"""The fact that says how much text is taken to fit a prompt."""


def case_ladder_choice(question: str, because: str) -> Field:
    """A question of the ladder, with one more answer: what follows from the case."""
    kind = kinds(RuleInputs)[question]
    words = dict(kind.options) if isinstance(kind, Choice) else {word: word for word in approach_answer_words(question)}
    return choice(
        approach_question_label(question),
        {DERIVED: "follows from your answers", **words},
        default=DERIVED,
        because=because,
        group=LADDER,
        folded=True,
    )


@dataclass(frozen=True, kw_only=True)
class LadderInputs:
    """What the rules ask; the first eight follow from the case."""

    test_set: str = case_ladder_choice("test_set", "there is one unless you say that there is none")
    result: str = case_ladder_choice("result", "from what goes wrong, and whether edits of the prompt still help")
    cost_and_latency: str = case_ladder_choice(
        "cost_and_latency", "from what goes wrong, and what was tried against it"
    )
    facts: str = case_ladder_choice(
        "facts", "from the documents: whether a prompt holds them, else how often they change"
    )
    behavior: str = case_ladder_choice("behavior", "from what goes wrong")
    format: str = case_ladder_choice("format", "from what goes wrong, and what it does")
    task: str = case_ladder_choice("task", "from what it does")
    latency: str = case_ladder_choice("latency", "from your target for the wait if you name one, or from what matters")
    improving: bool = yes_no(
        "Edits of the prompt still help",
        default=True,
        group=LADDER,
        folded=True,
        because="the usual state of a first version",
    )
    lightened: bool = yes_no(
        "Caching and smaller models were tried",
        default=False,
        group=LADDER,
        folded=True,
        because="often the last thing that is tried",
    )
    few_tokens: Decimal = number(
        "Text that still fits a prompt",
        TOKENS,
        low=0,
        high=10**8,
        default=WHOLE_TEXT,
        group=LADDER,
        folded=True,
        only_if=("documents", "> 0"),
        help="Documents with no more text than this, and than half of what the model reads at once, go into the prompt "
        "whole before anything is built to search them.",
    )
    few_tokens_range: FactRange = fact_range(WHOLE_TEXT)
    documents_given: bool = yes_no(
        "All documents are in the prompt already",
        default=False,
        group=LADDER,
        folded=True,
        only_if=("documents", "> 0"),
        because="facts are missing, so they are not in it yet",
        help="It counts where they fit.",
    )
    changing_share: Decimal = share(
        "Documents count as changing from",
        default="0.05",
        group=LADDER,
        folded=True,
        only_if=("documents", "> 0"),
        because="one document in twenty a month is an edit every working day among four hundred documents",
        help="Of all documents, a month.",
    )
    break_even_requests: Decimal | None = number(
        "Requests a month from which training pays",
        REQUESTS_PER_MONTH,
        low=1,
        high=10**12,
        default=None,
        group=LADDER,
        folded=True,
        because="computed from the costs of this case",
    )
    ladder: RuleInputs = plan_input_field(
        LADDER,
        approach,
        shared={
            **{
                name: name
                for name in (
                    *("test_set", "result", "cost_and_latency", "facts", "behavior", "format", "task", "latency"),
                    *("requests", "break_even_requests"),
                )
            },
        },
    )
