"""What the choice of a lever asks: what is measured, what the task needs, what was tried."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import TuningOffer
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import choice, every, example, number, share, yes_no
from calculators.engine.numbers.units import MONTH, REQUESTS_PER_MONTH, SHARE
from calculators.engine.rules import Rule, Rung

MEASURED, TASK, TRIED, READY = "What you measured", "What the task needs", "What you tried", "Fine-tuning"
CASCADE = "A small model first"


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What is measured, what the task needs, what was tried, and whether fine-tuning is possible and pays."""

    test_set: bool = yes_no(
        "Test set with scored examples",
        default=True,
        group=MEASURED,
        because="most questions below cannot be answered without one",
    )
    result: str = choice(
        "Result",
        {
            "unmeasured": "not measured",
            "reached": "reaches the target",
            "improving": "below the target, improving",
            "plateau": "below the target, stuck",
        },
        default="improving",
        group=MEASURED,
        because="the usual state of a first version",
        help="On the test set. The target is reached when even the low end of the interval around your score is "
        "above it. Improving means that edits of the prompt still help, stuck that they no longer do.",
    )
    cost_and_latency: str = choice(
        "Cost and waiting time",
        {
            "fine": "fine",
            "too_high": "too high",
            "still_too_high": "too high, even with caching and a smaller model",
            "cascade_too_high": "too high, even with a small model first",
        },
        default="fine",
        group=MEASURED,
        because="quality comes first; price and speed count once the target is reached",
    )
    facts: str = choice(
        "Facts the model must be given",
        {
            "none": "none",
            "few": "few enough to fit into the prompt",
            "many": "more than fits into the prompt",
            "changing": "facts that change or must be cited",
        },
        default="changing",
        group=TASK,
        because="support answers depend on documents that are edited every week",
        help="What the model cannot know: your documents, today's prices, a customer's order.",
    )
    behavior: str = choice(
        "Behavior",
        {
            "right": "right",
            "slips": "wrong in sums, logic or long chains",
            "wrong": "wrong in tone, judgment or labels",
        },
        default="right",
        group=TASK,
        because="the answers read well, only their facts are wrong",
        help="How the model answers, apart from what it knows.",
    )
    tool_use: str = choice(
        "Tools",
        {"unneeded": "not needed", "missing": "needed, not connected yet", "connected": "connected"},
        default="unneeded",
        group=TASK,
        because="the answers need text, not sums, live data or actions",
        help="Functions that the model may call: a customer's order, an exact sum, a booking.",
    )
    format: str = choice(
        "Output format",
        {
            "free": "free text",
            "unenforced": "a schema, asked for in the prompt",
            "enforced": "a schema, enforced by the provider",
        },
        default="free",
        group=TASK,
        because="people read the answers, not programs",
    )
    structured_prompt: bool = yes_no(
        "Structured prompt",
        default=True,
        group=TRIED,
        folded=True,
        because="an hour's work that nearly everybody has done",
        help="Task, context, constraints and output format, each said clearly.",
    )
    few_shot_examples: bool = yes_no(
        "Examples in the prompt",
        default=False,
        group=TRIED,
        folded=True,
        because="often left out",
        help="Three to five good pairs of input and output.",
    )
    effort_compared: bool = yes_no(
        "Another reasoning effort",
        default=False,
        group=TRIED,
        folded=True,
        because="often left as the model has it by default",
        help="One step higher where the reasoning slips, lower where cost or waiting is too high. Answer yes if your "
        "model has no such setting.",
    )
    retrieval: bool = yes_no(
        "Retrieval",
        default=False,
        group=TRIED,
        folded=True,
        because="not built yet",
        help="Passages are looked up for each request and put into the prompt.",
    )
    provider: str = choice(
        "Fine-tuning at your provider",
        {"open": "open to everyone", "closing": "closing, for existing customers only", "closed": "not offered"},
        default="open",
        group=READY,
        folded=True,
        because="open-weight models can be trained at several providers",
    )
    task: str = choice(
        "Kind of task",
        {"narrow": "one narrow task, repeated", "varied": "varied or one-off work"},
        default="narrow",
        group=READY,
        folded=True,
        because="answering support questions is one task",
    )
    urgent: bool = yes_no(
        "Needed within days", default=False, group=READY, folded=True, because="there is time to test"
    )
    latency: bool = yes_no(
        "Latency matters",
        default=True,
        group=READY,
        folded=True,
        because="a customer waits for the answer",
        help="Somebody waits for each answer, so a smaller, faster model has a worth besides its price. “How long a "
        "person waits”, under Build, says whether your target is met without one. If it is, answer no; “Your case” "
        "does so by itself.",
    )
    good_examples: Decimal = number(
        "Good examples at hand",
        EXAMPLE_COUNT,
        low=0,
        high=10**9,
        default=200,
        whole=True,
        group=READY,
        folded=True,
        because="some weeks of checked answers",
        help="Pairs of input and output that you would be glad to see again.",
    )
    stable_months: Decimal = number(
        "The task stays as it is for",
        MONTH,
        low=0,
        high=1200,
        default=6,
        group=READY,
        folded=True,
        because="rules and tone change twice a year",
    )
    retraining_months: Decimal = number(
        "One training should last",
        MONTH,
        low="0.1",
        high=1200,
        default=3,
        group=READY,
        folded=True,
        because="a training run every quarter is what a small team can keep up",
        help="The retraining interval.",
    )
    requests: Decimal = questions.requests(group=READY, folded=True, help="")
    break_even_requests: Decimal = number(
        "Break-even requests a month",
        REQUESTS_PER_MONTH,
        low=1,
        high=10**12,
        default=300_000,
        group=READY,
        folded=True,
        because="near the middle of the range that break-even shows for its own example; put in yours",
        help="From this volume on a tuned model would be cheaper than your prompt.",
    )
    cascade_kind: str = choice(
        "Who decides",
        {"check": "a check of the small model's answer", "router": "a router, before any answer"},
        default="check",
        group=CASCADE,
        folded=True,
        because="an answer is easier to judge than a question",
        help="With a check (a cascade), every request pays the small model, and those in doubt the large one too.",
    )
    cascade_kept: Decimal = share(
        "Requests that stay with the small model",
        default="0.6",
        group=CASCADE,
        folded=True,
        because="an example; count it on your test set",
        help="The acceptance rate.",
    )
    cascade_kept_good: Decimal = share(
        "Good answers among those that stay",
        default="0.95",
        group=CASCADE,
        folded=True,
        because="an example; a check lets some wrong answers pass",
    )
    cascade_passed_good: Decimal = share(
        "Good answers among those passed on",
        default="0.85",
        group=CASCADE,
        folded=True,
        because="an example; what is passed on is harder than the rest",
        help="By the large model, on these requests alone.",
    )
    cascade_small_cost: Decimal = number(
        "A request to the small model costs",
        SHARE,
        low=0,
        high=10,
        default="0.2",
        group=CASCADE,
        folded=True,
        because="an example; small models cost a twentieth to a half of the large one of their family in our lists",
        help="As a share of a mean one to the large model, by your own bill: tokens, reasoning and price differ.",
    )
    cascade_passed_cost: Decimal = number(
        "A request passed on costs",
        SHARE,
        low="0.1",
        high=10,
        default="1.2",
        group=CASCADE,
        folded=True,
        because="an example; what is in doubt is harder, and harder requests take more reasoning",
        help="At the large model, as a share of a mean request to it.",
    )
    cascade_check_cost: Decimal = number(
        "The check or the router costs",
        SHARE,
        low=0,
        high=10,
        default="0.02",
        group=CASCADE,
        folded=True,
        because="an example: a short prompt to a small model",
        help="As a share of a mean request to the large model.",
    )
    cascade_target: Decimal = number(
        "Good answers needed",
        SHARE,
        low="0.01",
        high=1,
        default="0.9",
        group=CASCADE,
        folded=True,
        because="an example; your target",
    )
    offers: tuple[TuningOffer, ...] = every("tuning")
    rules: tuple[Rule, ...] = every("rules")
    rungs: tuple[Rung, ...] = every("rungs")


EXAMPLES = [
    example("An idea without a test set", test_set="no", result="unmeasured", structured_prompt="no"),
    example("Invoices into JSON", facts="none", format="unenforced", result="plateau", latency="no"),
    example("A first prompt with a wrong tone", facts="none", behavior="wrong", structured_prompt="no"),
    example(
        "Ticket labels at a million a week",
        facts="none",
        behavior="wrong",
        format="enforced",
        result="plateau",
        few_shot_examples="yes",
        good_examples=2000,
        requests="4.3M",
        latency="no",
    ),
    example(
        "Support answers in the house voice",
        behavior="wrong",
        result="plateau",
        few_shot_examples="yes",
        retrieval="yes",
        good_examples=800,
        requests="2M",
    ),
    example(
        "Good answers from a long prompt, too expensive",
        facts="few",
        result="reached",
        cost_and_latency="too_high",
        few_shot_examples="yes",
        requests="2M",
    ),
    example(
        "Contracts checked by a large model, too expensive",
        facts="few",
        result="reached",
        cost_and_latency="still_too_high",
        few_shot_examples="yes",
        effort_compared="yes",
        cascade_kept="65%",
        cascade_kept_good="97%",
        cascade_passed_good="88%",
        latency="no",
    ),
    example(
        "Labels from a large model, too expensive",
        facts="none",
        format="enforced",
        result="reached",
        cost_and_latency="cascade_too_high",
        few_shot_examples="yes",
        effort_compared="yes",
        good_examples=40,
        requests="4.3M",
        latency="no",
    ),
    example(
        "Sums in long reports",
        facts="none",
        behavior="slips",
        result="plateau",
        few_shot_examples="yes",
        effort_compared="yes",
        latency="no",
    ),
]
