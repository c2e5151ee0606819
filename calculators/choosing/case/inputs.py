"""What a case asks first, in seven questions; everything else has a default and stands folded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from calculators.choosing.case.ladder_inputs import LadderInputs
from calculators.choosing.case.lever_inputs import LeverInputs
from calculators.domain import questions
from calculators.domain.questions.documents import OFTEN_UNKNOWN
from calculators.domain.records import ModelPrice
from calculators.engine.declare import choice, example

WHAT, SIZE, TEXTS, TODAY = "The task", "A request", "What it has to know", "Today"


@dataclass(frozen=True, kw_only=True)
class FirstInputs:
    """The seven questions."""

    work: str = choice(
        "What it does",
        {
            "questions": "answers questions",
            "drafts": "writes drafts",
            "labels": "sorts or labels",
            "data": "fills in fields for a program",
            "varied": "many different things",
        },
        default="questions",
        because="taken as long as nothing is said",
        group=WHAT,
        folded=True,
    )
    requests: Decimal = questions.requests(group=WHAT)
    instructions: Decimal = questions.instructions(
        group=SIZE, help="What every request says first: the system prompt, tool descriptions, format rules."
    )
    answer: Decimal = questions.answer(group=SIZE)
    model: ModelPrice = questions.model(group=SIZE, help="The one that you use today, or would begin with.")
    documents: Decimal = questions.documents(
        group=TEXTS,
        help="What the model would have to know and cannot: manuals, tickets, articles. 0 if there are none. Their "
        "length is asked under “Tokens in a document”, in pages or tokens.",
    )
    changes: str = questions.changes(group=TEXTS, only_if=("documents", "> 0"))
    tokens_per_document: Decimal = questions.tokens_per_document(group=TEXTS, folded=True, only_if=("documents", "> 0"))
    documents_changed: Decimal = questions.documents_changed(
        group=TEXTS, folded=True, only_if=("changes", OFTEN_UNKNOWN)
    )
    state: str = choice(
        "Test set, and what goes wrong",
        {
            "untested": "no test set, or not run yet",
            "facts": "facts are missing or wrong",
            "behavior": "tone, judgment or labels are wrong",
            "format": "the format breaks",
            "unnamed": "it fails, nobody has read why",
            "heavy": "good enough, too costly or slow",
            "reached": "good enough",
        },
        default="facts",
        because="taken as long as nothing is said",
        group=TODAY,
        help="On a test set with scored examples. Without one there is one next step, whatever else is true.",
    )
    matters: str = choice(
        "What matters most",
        {"quality": "quality", "cost": "cost", "time": "waiting time", "home": "data stays at home"},
        default="quality",
        because="taken as long as nothing is said",
        group=TODAY,
    )


@dataclass(frozen=True, kw_only=True)
class Inputs(LeverInputs, LadderInputs, FirstInputs):
    """The first questions, the ladder's, and those of every lever."""

    LEADING: ClassVar[tuple[str, ...]] = (
        *("improving", "ladder.structured_prompt", "ladder.few_shot_examples", "ladder.retrieval"),
        *("user_text", "effort", "counted_with", "caching", "tier"),
        *("people", "prompt_hours", "labor_rate", "people_spread", "request_spread"),
        *("prompting.prompt_upkeep_hours", "prompting.turns"),
        *("retrieval.chunk_size", "retrieval.top_k", "retrieval.reranking"),
        *("retrieval.build_hours", "retrieval.retrieval_upkeep_hours"),
        *("tuned.hosting", "tuned.offer", "tuned.examples", "tuned.minutes_per_example", "tuned.setup_hours"),
        *("tuned.upkeep_hours", "tuned.retrain_months", "tuned.retrain_labor", "tuned.new_share"),
    )
    """What was tried already, where the ranges come from, and what moves a first year by a twenty-fifth or more."""


EXAMPLES = [
    example("An idea without a test set", requests="5k", documents=200, state="untested"),
    example("Answers from a hundred thousand documents", requests="100k", documents="100k", state="facts"),
    example(
        "Ticket labels at a million a week",
        work="labels",
        requests="4.3M",
        instructions=1200,
        answer=8,
        documents=0,
        state="behavior",
        matters="cost",
        improving="no",
        ladder__few_shot_examples="yes",
        ladder__good_examples=2000,
    ),
    example(
        "Support answers in the house voice",
        requests="2M",
        documents=2000,
        state="behavior",
        improving="no",
        ladder__few_shot_examples="yes",
        ladder__retrieval="yes",
        ladder__good_examples=800,
    ),
    example("A good prompt that is too slow", documents=0, state="heavy", matters="time"),
]
