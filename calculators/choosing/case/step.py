"""The next step of a case: that of the ladder's rules, or what has to be known before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from calculators.choosing.approach.answers import approach_answer_in_words
from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.ladder import (
    case_has_retrieval,
    case_ladder_advice,
    case_ladder_answer_inputs,
    case_ladder_answers,
    case_ladder_lever,
)
from calculators.choosing.case.ladder_inputs import DERIVED
from calculators.choosing.case.levers import (
    case_document_tokens,
    case_documents_fit_prompt,
    case_plans,
    case_prompt_limit,
    case_searches_documents,
    case_stays_home,
)
from calculators.domain.plans import plan_labor_rate
from calculators.domain.questions.documents import OFTEN_UNKNOWN
from calculators.domain.units import EXAMPLE_COUNT, MINUTES_PER_HOUR, SECONDS
from calculators.engine.declare import Choice, Judgement, Range, Table, kinds
from calculators.engine.numbers import Note, Number, bare_value, note, untraced
from calculators.engine.numbers.intervals import rounded_interval
from calculators.engine.numbers.rounding import rounded_amount, rounded_to_two_digits
from calculators.engine.numbers.units import SHARE, TOKENS, USD


@dataclass(frozen=True, slots=True)
class Pause:
    """A step that comes before any rung of the ladder: its name, what to do, what is after it, what to measure."""

    name: str
    does: str
    after: str
    measures: str


UNREAD = Pause(
    "Read thirty failures first",
    "Take thirty failures of your test set, write down what is wrong with each, and count the kinds. Then say above "
    "what goes wrong. “Error analysis and LLM judges” shows how.",
    "What the failures ask for: see below",
    "What goes wrong: read the failures one by one and count their kinds",
)
UNPLACED = Pause(
    "Find where the missing facts are",
    "Write down which fact each wrong answer lacked, and where that fact is kept. Then type above how many documents "
    "hold the facts, or answer under “Tools” that they are needed, where a program has them. What nobody has written "
    "down has to be written first.",
    "What the place of the facts asks for: see below",
    "Which facts the wrong answers lacked, and how many of them each place holds",
)

SEARCHING = ("retrieval", "hybrid")
"""The rungs that take documents."""

CHANGING_RULE = "approach/facts-change"
"""The rule whose reason says that the facts change."""

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
        self._retrieves = case_has_retrieval(self._case)
        self._searches = bool(case_searches_documents(self._case))
        self.advice = case_ladder_advice(i, plans)
        answers = case_ladder_answers(self._case)
        failing = answers["test_set"] == "yes" and answers["result"] in ("improving", "plateau")
        unread = self._case.state == "unnamed" and self._case.behavior == DERIVED and failing
        unplaced = self._case.documents == 0 and self.advice.rung in SEARCHING
        self.pause = UNREAD if unread else UNPLACED if unplaced else None

    @property
    def lever(self) -> str:
        """The lever that the next step belongs to; before the failures are read it is the one in place, and
        before there is a test set the one that is likely after it.
        """
        if self.advice.rung == "test_set" and not self.pause:
            return case_ladder_lever("stay", self._retrieves or self._searches)
        return case_ladder_lever("stay" if self.pause else self.advice.rung, self._retrieves)

    @property
    def name(self) -> str:
        """What the next step is called."""
        return self.pause.name if self.pause else self.advice.verdict.answer

    def verdict(
        self, spans: Mapping[str, Range], cases: Number | None, waits: tuple[Number | None, Number | None]
    ) -> Judgement:
        """The next step with its reasons and its price: that of a lever (USD), or of a test set of so many `cases`.

        Where waiting matters most, it begins with the `waits` for half and for 95 of 100 answers (seconds); where data
        stays at home, the price is that of the plan there, if machines for it can be counted.
        """
        span = self.span(spans)
        place = "" if span is spans[self.lever] else " on machines of your own"
        amounts = f"{rounded_interval(bare_value(span.low), bare_value(span.high), USD)} in the first year"
        words = self.name
        if self.advice.rung == "test_set" and not self.pause:
            after = "the lever in place" if self._retrieves else "likely next"
            words = f"{words}{self._test_set_price(cases)}. {self._plans[self.lever].name}{place}, {after}: {amounts}"
        elif self.advice.rung in PRICED and not self.pause:
            words = f"{words}{place}: {amounts}"
        half, slow = (None if wait is None else rounded_amount(bare_value(wait), SECONDS) for wait in waits)
        if self._case.matters == "time" and slow is not None:
            words = f"Answers usually in {half}, 95 of 100 within {slow}. {words}"
        return Judgement(words, self.reasons, rests_on=f"{self.lever}_year")

    def span(self, spans: Mapping[str, Range]) -> Range:
        """The first year of the step's lever (USD): at home, where data stays there and its own does not."""
        if "home" in spans and not case_stays_home(self._case, self.lever):
            return spans["home"]
        return spans[self.lever]

    def _test_set_price(self, cases: Number | None) -> str:
        """What making and grading a test set takes, each case as long as an example for training and its grading."""
        if cases is None:
            return ""
        tuned = self._case.tuned
        hours = bare_value(cases) * (tuned.minutes_per_example + tuned.grading_minutes) / MINUTES_PER_HOUR
        cost = hours * plan_labor_rate(self._case.people, self._case.labor_rate)
        work = f"{rounded_amount(bare_value(cases), EXAMPLE_COUNT)}, about {round(hours)} hours"
        return f": {work}, ${rounded_to_two_digits(cost)}" if self._case.people else f": {work}"

    @property
    def reasons(self) -> tuple[Note, ...]:
        """Why it is the next step."""
        reasons = tuple(
            replace(reason, rests_on=self._inputs_behind(reason.rests_on)) for reason in self.advice.verdict.reasons
        )
        if self.pause is UNPLACED:
            nowhere = "There are no documents in which a search could find the missing facts."
            return (note(True, nowhere), *reasons)
        if self.pause is None:
            return (*reasons, *self._assumed)
        rules = (rule for decision in self.advice.decisions for rule in decision.rules)
        return tuple(Note(True, rule.because, {}, rule.fact) for rule in rules if rule.id == UNREAD_RULE)

    def _inputs_behind(self, questions: Sequence[str]) -> tuple[str, ...]:
        """The inputs that the answers to some of the ladder's questions follow from: where nobody can say how often
        documents change, the question about that, too.
        """
        inputs = case_ladder_answer_inputs(self._case)
        paths = [path for question in questions for path in inputs.get(question, ())]
        return (*paths, "changes") if "documents_changed" in paths else tuple(paths)

    @property
    def _assumed(self) -> tuple[Note, ...]:
        """That nobody said how often the documents change, where a reason says that they do."""
        rules = (rule for decision in self.advice.decisions for rule in decision.rules)
        because = [rule.because for rule in rules if rule.id == CHANGING_RULE]
        says_so = any(reason.words in because for reason in self.advice.verdict.reasons)
        words = "That the facts change is assumed: {changed} of the documents a month, as long as you say no more."
        is_guess = says_so and self._case.changes == OFTEN_UNKNOWN and self._case.facts == DERIVED
        return (note(is_guess, words, changed=(self._case.documents_changed, SHARE)),) if is_guess else ()

    @property
    def what_to_do(self) -> Judgement:
        """What to do on this step."""
        return Judgement(self.pause.does, ()) if self.pause else self.advice.what_to_do

    @property
    def next_rung(self) -> Judgement:
        """What comes after this step."""
        if self.pause:
            return Judgement(self.pause.after, ())
        return replace(self.advice.next_rung, answer=self._placed(self.advice.next_rung.answer))

    @property
    def measure(self) -> Judgement:
        """What to measure next."""
        return Judgement(self.pause.measures if self.pause else MEASURES.get(self.advice.rung, MEASURES["stay"]), ())

    @property
    def changes(self) -> Table:
        """For each question of the ladder the nearest answer with another next step; before them, where it may well lie
        on the other side of the documents, the limit of what a prompt holds.

        Without a test set, and before the failures are read, no single answer of the ladder has one. The state of
        today then has a row for each other state. Where facts are missing and nobody has said where they are, it has
        one too, and so has the number of documents.
        """
        case = self._case
        is_likely, step = self.other_side or (False, "")
        fits = case_documents_fit_prompt(case)
        text, few, limit = (
            rounded_amount(number, TOKENS)
            for number in (case_document_tokens(case), case.few_tokens, case_prompt_limit(case))
        )
        rows = {question: (*row[:-1], self._placed(row[-1])) for question, row in self.advice.change_rows.items()}
        alike = [approach_answer_in_words("facts", word) for word in (("many", "changing") if fits else ("few",))]
        if step and "facts" in rows and rows["facts"][2] in alike:
            length = f"{'more than' if fits else 'at most'} {limit}, not {text}"
            rows["facts"] = (*rows["facts"][:2], f"{rows['facts'][2]}: {length}", step)
            if is_likely:
                del rows["facts"]
        if self.pause or (not rows and case.state == "untested"):
            changes = self._other_states
        else:
            inputs = case_ladder_answer_inputs(case)
            changes = Table(tuple(rows.values()), rests_on=tuple(inputs[question] for question in rows))
        if not is_likely:
            return changes
        label, instead = kinds(Inputs)["few_tokens"].label, f"less than {text}" if fits else f"{text} or more"
        likely = (label, f"{few}; all documents have {text}", instead, step)
        return Table((likely, *changes.rows), rests_on=(("few_tokens",), *changes.rests_on))

    @cached_property
    def other_side(self) -> tuple[bool, str] | None:
        """Whether the limit of what a prompt holds may well lie on the other side of the documents, and the next step
        there; None where it is the same, or nothing is there.

        Where it may not, the documents are made longer or shorter instead.
        """
        case, text = self._case, case_document_tokens(self._case)
        if not text:
            return None
        fits, ends = case_documents_fit_prompt(case), case.few_tokens_range
        moved = replace(case, few_tokens=0 * text if fits else text)
        is_likely = bool(ends.low < text if fits else text <= ends.high and case_documents_fit_prompt(moved))
        if not is_likely:
            moved = replace(case, tokens_per_document=(case_prompt_limit(case) + int(fits)) / case.documents)
        step = CaseStep(moved, case_plans(moved)).outlook
        return None if step == self.outlook else (is_likely, step)

    @property
    def outlook(self) -> str:
        """What the next step is called, and before a test set the lever that is likely after it."""
        if self.advice.rung == "test_set" and not self.pause:
            return f"{self.name}, then likely {self._plans[self.lever].name}"
        return self.name

    def _placed(self, name: str) -> str:
        """A rung by its name; without documents, in place of one that searches them, what comes before it."""
        ladders = (decision.ladder for decision in self.advice.decisions)
        searching = [rung.name for ladder in ladders for rung in ladder if rung.id in SEARCHING]
        return UNPLACED.name if self._case.documents == 0 and name in searching else name

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
        places = self._other_documents if self.pause is UNPLACED else ()
        rests_on = (("documents",),) * len(places) + (("state",),) * len(rows)
        return Table((*places, *rows), rests_on=rests_on)

    @property
    def _other_documents(self) -> tuple[tuple[str, str, str, str], ...]:
        """The next step with as many documents as a prompt holds, and with more; what is asked of them is left open."""
        one = replace(self._case, documents=Decimal(1), tokens_per_document=Decimal(1), documents_given=False)
        cases = {
            "as many as fit into a prompt": replace(one, few_tokens=Decimal(1)),
            "more than fit into a prompt": replace(one, few_tokens=Decimal(0)),
        }
        label = kinds(Inputs)["documents"].label
        return tuple((label, "0", words, CaseStep(case, case_plans(case)).name) for words, case in cases.items())
