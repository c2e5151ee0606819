"""The next step of a case: that of the ladder's rules, or to read the failures first where nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.ladder import case_advice, case_answer_inputs, case_answers, case_lever
from calculators.choosing.case.ladder_inputs import DERIVED
from calculators.engine.declare import Choice, Judgement, Range, Table, kinds
from calculators.engine.numbers import Note, bare_value, untraced
from calculators.engine.numbers.intervals import rounded_interval
from calculators.engine.numbers.units import USD

UNREAD = "Read thirty failures first"
UNREAD_RULE = "approach/failure-not-named"
"""The rule whose reason holds wherever nobody has named what is wrong."""

PRICED = ("prompt", "examples", "stay", "retrieval", "distillation", "fine_tuning", "hybrid")
"""The rungs that are a lever by themselves, so that the price of the lever is that of the step."""

MEASURES = {
    "test_set": "The answers that you have now: score them on real cases",
    "stop": "The same test again, with each change of the prompt or the model",
    "structured_output": "How many answers fit the schema, before and after",
    "prompt": "The new prompt beside the old one",
    "examples": "The prompt with examples beside the one without",
    "retrieval": "How often the right passage is found, then how often the answer is right",
    "lighter": "The smaller model beside yours",
    "more_effort": "Each step of effort on the same cases, with its cost and its wait",
    "less_effort": "The lower effort beside yours, on the cases that need most thought",
    "tools": "How often the right tool is called with the right values, then how often the answer is right",
    "cascade": "The share of requests that the small model may keep, and how many of its answers are good",
    "distillation": "The small model trained on the large one's answers, beside the large one",
    "fine_tuning": "The tuned model beside your best prompt, on cases held back",
    "hybrid": "The tuned model beside the other, both with retrieved passages",
    "stay": "What goes wrong: read the failures one by one and count their kinds",
}
"""What to measure on each rung of the ladder."""


class CaseStep:
    """The next step of one case, what it costs where it is a lever, and what else the next step could be."""

    def __init__(self, i: Inputs, plans: Mapping[str, ComparedPlan]) -> None:
        self._case, self._plans = untraced(i), plans
        self._retrieves = bool(bare_value(i.ladder.retrieval))
        self.advice = case_advice(i, plans)
        answers = case_answers(self._case)
        failing = answers["test_set"] == "yes" and answers["result"] in ("improving", "plateau")
        self.unread = self._case.state == "unnamed" and self._case.behavior == DERIVED and failing

    @property
    def lever(self) -> str:
        """The lever that the next step belongs to; before the failures are read it is the one in place."""
        return case_lever("stay" if self.unread else self.advice.rung, self._retrieves)

    @property
    def name(self) -> str:
        """What the next step is called."""
        return UNREAD if self.unread else self.advice.verdict.answer

    def verdict(self, span: Range) -> Judgement:
        """The next step with its reasons; only a step that is a lever has a price, which `span` holds (USD)."""
        amounts = f"{rounded_interval(bare_value(span.low), bare_value(span.high), USD)} in the first year"
        words = self.name
        if self.advice.rung == "test_set" and not self.unread:
            place = "the lever in place" if self._retrieves else "the first lever after it"
            words = f"{words}. {self._plans[self.lever].name}, {place}: {amounts}"
        elif self.advice.rung in PRICED and not self.unread:
            words = f"{words}: {amounts}"
        return Judgement(words, self._reasons, rests_on=f"{self.lever}_year")

    @property
    def _reasons(self) -> tuple[Note, ...]:
        if not self.unread:
            return self.advice.verdict.reasons
        rules = (rule for decision in self.advice.decisions for rule in decision.rules)
        return tuple(Note(True, rule.because, {}, rule.fact) for rule in rules if rule.id == UNREAD_RULE)

    @property
    def what_to_do(self) -> Judgement:
        """What to do on this step."""
        if not self.unread:
            return self.advice.what_to_do
        does = (
            "Take thirty failures of your test set, write down what is wrong with each, and count the kinds. Then say "
            "above what goes wrong. “Error analysis and LLM judges” shows how."
        )
        return Judgement(does, ())

    @property
    def next_rung(self) -> Judgement:
        """What comes after this step."""
        return Judgement("What the failures ask for: see below", ()) if self.unread else self.advice.next_rung

    @property
    def measure(self) -> Judgement:
        """What to measure next."""
        return Judgement(MEASURES.get("stay" if self.unread else self.advice.rung, MEASURES["stay"]), ())

    @property
    def changes(self) -> Table:
        """For each question of the ladder the nearest answer with another next step.

        Without a test set, and before the failures are read, no single answer of the ladder has one. The state of
        today then has a row for each other state.
        """
        rows = self.advice.change_rows
        if self.unread or (not rows and self._case.state == "untested"):
            return self._other_states
        inputs = case_answer_inputs(self._case)
        return Table(tuple(rows.values()), rests_on=tuple(inputs[question] for question in rows))

    @property
    def _other_states(self) -> Table:
        kind = kinds(Inputs)["state"]
        assert isinstance(kind, Choice)
        now = self._case.state
        steps = {
            state: CaseStep(replace(self._case, state=state), self._plans).name
            for state in kind.options
            if state != now
        }
        rows = tuple(
            (kind.label, kind.options[now], kind.options[state], step)
            for state, step in steps.items()
            if step != self.name
        )
        return Table(rows, rests_on=(("state",),) * len(rows))
