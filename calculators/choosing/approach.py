"""Which lever to pull: prompting, retrieval or fine-tuning.

The advice comes from rules in the data, each with its reason and source. They stand on a ladder from the cheapest lever
to the costliest; the verdict is the lowest rung that a rule favors and none rules out. Whether the task is ready for
fine-tuning is a ladder of its own, whose verdict is one of the answers. Two answers need arithmetic; it is done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.engine.declare import (
    Choice,
    Column,
    Judgement,
    Table,
    YesNo,
    amount,
    calculator,
    choice,
    every,
    example,
    findings,
    kinds,
    later,
    number,
    table,
    yes_no,
)
from calculators.engine.declare import verdict as judgment
from calculators.engine.numbers import Note, untraced
from calculators.engine.records import TuningOffer
from calculators.engine.rules import Other, Rule, Ruling, Rung, Step, Verdict, chain, decisions, others, reasons
from calculators.engine.units import MONTH, ONE, REQUESTS_PER_MONTH, count
from calculators.engine.words import grouped

CHAIN = ("tuning", "approach")
"""The decisions in their order: the verdict of each is an answer for the next."""

MEASURED, TASK, TRIED, READY = "What you measured", "What the task needs", "What you tried", "Fine-tuning"


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What is measured, what the task needs, what was tried, and whether fine-tuning is possible and pays."""

    test_set: bool = yes_no(
        "Test set with scored examples", default=True, group=MEASURED,
        because="most questions below cannot be answered without one",
    )  # fmt: skip
    result: str = choice(
        "Result",
        {
            "unmeasured": "not measured",
            "reached": "reaches the target",
            "improving": "below the target, improving",
            "plateau": "below the target, stuck",
        },
        default="improving", group=MEASURED,
        because="the usual state of a first version",
        help="On the test set. The target is reached when even the low end of the interval around your score is "
        "above it. Improving means that edits of the prompt still help, stuck that they no longer do.",
    )  # fmt: skip
    cost_and_latency: str = choice(
        "Cost and waiting time",
        {
            "fine": "fine",
            "too_high": "too high",
            "still_too_high": "too high, even with caching and a smaller model",
        },
        default="fine", group=MEASURED,
        because="quality comes first; price and speed count once the target is reached",
    )  # fmt: skip
    facts: str = choice(
        "Facts the model must be given",
        {
            "none": "none",
            "few": "a few pages that seldom change",
            "many": "more than a few pages",
            "changing": "facts that change or must be cited",
        },
        default="changing", group=TASK,
        because="support answers depend on documents that are edited every week",
        help="What the model cannot know: your documents, today's prices, a customer's order.",
    )  # fmt: skip
    behavior: str = choice(
        "Behavior", {"right": "right", "wrong": "wrong in tone, judgment or labels"}, default="right", group=TASK,
        because="the answers read well, only their facts are wrong",
        help="How the model answers, apart from what it knows.",
    )  # fmt: skip
    format: str = choice(
        "Output format",
        {
            "free": "free text",
            "unenforced": "a schema, asked for in the prompt",
            "enforced": "a schema, enforced by the provider",
        },
        default="free", group=TASK,
        because="people read the answers, not programs",
    )  # fmt: skip
    structured_prompt: bool = yes_no(
        "Structured prompt", default=True, group=TRIED, because="an hour's work that nearly everybody has done",
        help="Task, context, constraints and output format, each said clearly.",
    )  # fmt: skip
    few_shot_examples: bool = yes_no(
        "Examples in the prompt", default=False, group=TRIED, because="often left out",
        help="Three to five good pairs of input and output.",
    )  # fmt: skip
    retrieval: bool = yes_no(
        "Retrieval", default=False, group=TRIED, because="not built yet",
        help="Passages are looked up for each request and put into the prompt.",
    )  # fmt: skip
    provider: str = choice(
        "Fine-tuning at your provider",
        {
            "open": "open to everyone",
            "closing": "closing, for existing customers only",
            "closed": "not offered",
        },
        default="open", group=READY,
        because="open-weight models can be trained at several providers",
    )  # fmt: skip
    task: str = choice(
        "Kind of task", {"narrow": "one narrow task, repeated", "varied": "varied or one-off work"},
        default="narrow", group=READY,
        because="answering support questions is one task",
    )  # fmt: skip
    urgent: bool = yes_no("Needed within days", default=False, group=READY, because="there is time to test")
    latency: bool = yes_no(
        "Latency matters", default=True, group=READY, because="a customer waits for the answer",
        help="Somebody waits for each answer, so a smaller, faster model has a worth besides its price.",
    )  # fmt: skip
    good_examples: Decimal = number(
        "Good examples at hand", count("example"), low=0, high=10**9, default=200, whole=True, group=READY,
        because="some weeks of checked answers",
        help="Pairs of input and output that you would be glad to see again.",
    )  # fmt: skip
    stable_months: Decimal = number(
        "The task stays as it is for", MONTH, low=0, high=1200, default=6, group=READY,
        because="rules and tone change twice a year",
    )  # fmt: skip
    retraining_months: Decimal = number(
        "One training should last", MONTH, low="0.1", high=1200, default=3, group=READY,
        because="a training every quarter is what a small team can keep up",
        help="The retraining interval.",
    )  # fmt: skip
    requests: Decimal = number(
        "Requests a month", REQUESTS_PER_MONTH, low=0, high=10**12, default=50_000, group=READY,
        because="about 1,600 a day, a help desk of medium size",
    )  # fmt: skip
    break_even_requests: Decimal = number(
        "Break-even requests a month", REQUESTS_PER_MONTH, low=1, high=10**12, default=1_500_000, group=READY,
        because="about what one rented GPU takes to pay against a mid-priced model; put in your own",
        help="From this volume on a tuned model would be cheaper than your prompt.",
    )  # fmt: skip
    offers: tuple[TuningOffer, ...] = every("tuning")
    rules: tuple[Rule, ...] = every("rules")
    rungs: tuple[Rung, ...] = every("rungs")


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The rung with its reasons, what to do there, what comes next, and which answers would change it."""

    verdict: Judgement = judgment("Your next step", headline=True)
    what_to_do: Judgement = judgment("What to do")
    next_rung: Judgement = judgment("If the target is still missed", help="The advice once this rung has been tried.")
    readiness: Judgement = judgment("Ready for fine-tuning")
    volume_ratio: Decimal = amount("Requests, as a multiple of break-even", ONE)
    stable_intervals: Decimal = amount("Stable for, in retraining intervals", ONE)
    changes: Table = table(
        "What would change this advice",
        Column("question", "Question"),
        Column("now", "Your answer"),
        Column("instead", "If it were"),
        Column("advice", "The advice would be"),
        help="For each question the smallest change that matters by itself.",
    )
    ladder: Table = table("Where this stands on the ladder", Column("rung", "Rung"), Column("state", "State"))
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("An idea without a test set", test_set="no", result="unmeasured", structured_prompt="no"),
    example("Invoices into JSON", facts="none", format="unenforced", result="plateau", latency="no"),
    example("A first prompt with a wrong tone", facts="none", behavior="wrong", structured_prompt="no"),
    example("Ticket labels at a million a week", facts="none", behavior="wrong", format="enforced", result="plateau",
            few_shot_examples="yes", good_examples=2000, requests="4.3M", latency="no"),
    example("Support answers in the house voice", behavior="wrong", result="plateau", few_shot_examples="yes",
            retrieval="yes", good_examples=800, requests="2M"),
    example("Good answers from a long prompt, too expensive", facts="few", result="reached",
            cost_and_latency="too_high", few_shot_examples="yes", requests="2M"),
]  # fmt: skip

COMPUTED = {
    "volume_ratio": "Requests, as a multiple of break-even",
    "stable_intervals": "Stable for, in retraining intervals",
}
"""Answers that are computed, not typed."""


@calculator()
def approach(i: Inputs) -> Outputs:
    """Two quotients become answers; the rules do the rest.

    >>> Decimal(50_000) / Decimal(200_000)      # requests against break-even: a quarter of the way
    Decimal('0.25')
    """
    volume_ratio = i.requests / i.break_even_requests
    stable_intervals = i.stable_months / i.retraining_months
    advice = Advice(i, {"volume_ratio": untraced(volume_ratio), "stable_intervals": untraced(stable_intervals)})
    return Outputs(
        verdict=later(lambda: advice.verdict),
        what_to_do=later(lambda: advice.what_to_do),
        next_rung=later(lambda: advice.next_rung),
        readiness=later(lambda: advice.readiness),
        volume_ratio=volume_ratio,
        stable_intervals=stable_intervals,
        changes=later(lambda: advice.changes),
        ladder=later(lambda: advice.ladder),
        notes=later(lambda: (open_offers(i.offers),)),
    )


class Advice:
    """The verdicts for one reader's answers, and what would follow from others."""

    def __init__(self, i: Inputs, computed: Mapping[str, Any]) -> None:
        self._given, self._computed = i, computed

    @cached_property
    def of(self) -> tuple[Any, ...]:
        """The decisions, each of which answers a question of the next."""
        found = decisions(self._given.rules, self._given.rungs)
        return tuple(found[name] for name in CHAIN if name in found)

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answer to every question that a rule may ask."""
        given: dict[str, Any] = {}
        for name, kind in kinds(Inputs).items():
            value = untraced(getattr(self._given, name))
            if isinstance(kind, YesNo):
                given[name] = "yes" if value else "no"
            elif isinstance(kind, Choice) or name == "good_examples":
                given[name] = value
        return given | dict(self._computed)

    @cached_property
    def _verdicts(self) -> tuple[Verdict, ...]:
        return chain(self.of, self.answers)

    @property
    def verdict(self) -> Judgement:
        """The rung with its reasons."""
        return Judgement(_name(self._verdicts[-1].step), tuple(_reason(rule) for rule in reasons(self._verdicts)))

    @property
    def what_to_do(self) -> Judgement:
        """What to do on this rung."""
        step = self._verdicts[-1].step
        return Judgement(step.does if step else "", ())

    @property
    def next_rung(self) -> Judgement:
        """The advice once this rung was tried and nothing else has changed."""
        step = self._verdicts[-1].step
        if step is None or not step.done:
            return Judgement("No further rung: see what would change this advice", ())
        after = chain(self.of, {**self.answers, **step.done})[-1]
        same = "Measure again, then answer anew"
        return Judgement(same if after.rung == step.id else _name(after.step), ())

    @property
    def readiness(self) -> Judgement:
        """Whether the task is ready for fine-tuning, with the reasons."""
        verdict = self._verdicts[0]
        return Judgement(_name(verdict.step), tuple(_reason(rule) for rule in verdict.reasons))

    @property
    def changes(self) -> Table:
        """For each question the nearest other answer that leads to another rung."""
        rows = []
        for question in dict.fromkeys(question for decision in self.of for question in decision.asked):
            if question in self.answers:
                now = self.answers[question]
                for other in others(self.of, question, now, words(question)):
                    verdict = chain(self.of, {**self.answers, question: other.value})[-1]
                    if verdict.rung != self._verdicts[-1].rung:
                        rows.append((label(question), said(question, now), _said(question, other), _name(verdict.step)))
                        break
        return Table(tuple(rows))

    @property
    def ladder(self) -> Table:
        """Every rung from the highest down, with what the rules say of it."""
        verdict = self._verdicts[-1]
        steps = list(reversed(verdict.of.ladder))
        own = next((at for at, step in enumerate(steps) if step.id == verdict.rung), None)
        return Table(tuple((step.name, _state(step, verdict)) for step in steps), own)


def open_offers(offers: tuple[TuningOffer, ...]) -> Note:
    """Which providers of the data train for a new customer on the day of the facts, and which no longer do."""
    taking = sorted({it.group for it in offers if not _closed(it)})
    told = [f"Of the providers in our data these train for new customers: {', '.join(taking)}"]
    for group in sorted({it.group for it in offers} - set(taking)):
        ends = max(it.closes for it in offers if it.group == group)
        ended = "" < ends <= max(it.since for it in offers)
        closing = f"takes no new customers{f' and ends it on {ends}' if ends else ''}"
        told.append(f"{group} {'has ended it' if ended else closing}")
    return Note(bool(taking), f"{'; '.join(told)}.", {})


def _closed(offer: TuningOffer) -> bool:
    """Whether a new customer comes too late, on the day of the facts."""
    return any("" < end <= offer.since for end in (offer.closed_to_new, offer.closes))


def words(question: str) -> tuple[str, ...]:
    """The possible answers to a question, as they are listed; none for a number."""
    kind = kinds(Inputs).get(question)
    if isinstance(kind, YesNo):
        return ("yes", "no")
    return tuple(kind.options) if isinstance(kind, Choice) else ()


def label(question: str) -> str:
    """What a question is called."""
    return COMPUTED.get(question) or str(kinds(Inputs)[question].label)


def said(question: str, answer: Any) -> str:
    """An answer in words."""
    kind = kinds(Inputs).get(question)
    if isinstance(kind, Choice):
        return str(kind.options[answer])
    return answer if isinstance(answer, str) else grouped(round(Decimal(answer), 2))


def _said(question: str, other: Other) -> str:
    """Another answer in words; a number by the nearer end of its interval."""
    if other.bounds is None:
        return said(question, other.value)
    low, high = other.bounds.at_least, other.bounds.below
    if low is None:
        return f"below {said(question, high)}"
    return (
        f"{said(question, low)} or more" if high is None else f"{said(question, low)} to below {said(question, high)}"
    )


def _name(step: Step | None) -> str:
    return step.name if step else "No rung is left"


def _reason(rule: Ruling) -> Note:
    return Note(True, rule.because, {}, rule.fact)


def _state(step: Step, verdict: Verdict) -> str:
    """What the rules say of a rung, in a few words."""
    if step.id == verdict.rung:
        return "the next step"
    if step.id in verdict.favored:
        return "ruled out" if step.id in verdict.ruled_out else "later: a lower rung comes first"
    return "no rule asks for it"
