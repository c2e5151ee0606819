"""The one door: every page, terminal, program and test asks here, with text in and text out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import localcontext
from types import MappingProxyType

from calculators import views
from calculators.engine.declare import Rows
from calculators.engine.explore import ranges
from calculators.engine.facts import Facts
from calculators.engine.inputs import understand
from calculators.engine.numbers import EXACT
from calculators.engine.read import Refused
from calculators.engine.shared import shared
from calculators.engine.suggest import nearest
from calculators.engine.tokens import Count
from calculators.find import Calculator, find, names
from calculators.views.answer import Answer
from calculators.views.html import tag

AS = ("page", "html", "part", "json", "text")
ASK = ("result", "headline", "sight", "working", "ranges", "sensitivity", "solve", "sweep", "compare")


class Unanswerable(ValueError):
    """The question itself is malformed: an unknown form or an unknown way of asking."""


def load(facts_text: str, count_tokens: Count | None = None) -> Catalogue:
    """All calculators over one set of facts; `count_tokens(text, encoding)` counts where a calculator needs it."""
    if count_tokens is None:
        return Catalogue(Facts(facts_text))
    count = count_tokens  # a function of JavaScript, which cannot be the key under which a count is kept
    return Catalogue(Facts(facts_text, lambda text, encoding: count(text, encoding)))


class Catalogue:
    """Every calculator, ready to be asked."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._last: tuple[object, Answer] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all calculators."""
        return names()

    def answer(
        self, name: str, given: str, as_: str = "json", ask: str = "result", files: Mapping[str, str] | None = None
    ) -> str:
        """One answer as text.

        `given` is a JSON object of input names and the texts typed for them; `files` are texts too long to be wrapped
        in JSON. `as_` is `json`, `text`, `html` (the result alone), `part` (the same, or what is wrong), `page` (what
        an edit changes, problems included) or one of `carry.FORMS`. `ask` is `result`, `headline` (as HTML without
        tables and charts), `sight` (a page without what is folded away), `working` (of every output, or of those named
        after it) or `ranges`.

        Raises `UnknownCalculator`, `Unanswerable`, and `Refused` where an input cannot be understood, except for
        `page`, which reports it. `sensitivity [output]`, `solve output=target by=input`, `sweep input=a..b output
        [output]` and `compare {…}`, with the other scenario as JSON, are what the instruments ask.
        """
        if as_ not in AS and as_ not in views.carry.FORMS:
            raise Unanswerable(f"there is no form {as_!r}: ask for {', '.join((*AS, *views.carry.FORMS))}")
        if as_ == "part":
            try:
                return self.answer(name, given, "html", ask, files)
            except Refused as refused:
                return tag("p", "; ".join(dict.fromkeys(refused.problems.values())), class_="explore-refused")
        verb, *words = ask.split() or [""]
        if verb not in ASK:
            raise Unanswerable(f"there is no question {verb!r}{nearest(verb, ASK)}")
        calculator = find(name)
        with localcontext(EXACT):
            answer = self.reply(calculator, {**typed(given), **(files or {})})
            if as_ == "page":
                if verb not in views.page.SHOWS:
                    raise Unanswerable(f"a page shows a result or a headline, not {verb}: ask for it as json or text")
                return views.page.update(answer, verb)
            if verb == "sight":
                raise Unanswerable("only a page asks for what is in sight")
            answer.reading.need()
            if as_ not in AS:
                if verb != "result":
                    raise Unanswerable(f"only a result is written as {as_}, not {verb}")
                return views.carry.FORMS[as_](answer)
            if verb == "working":
                outputs = _outputs(answer, words)
                if as_ == "html":
                    return views.working.workings(answer, outputs)
                return views.text.working(answer, outputs) if as_ == "text" else views.json.working(answer, outputs)
            if verb in ("sensitivity", "solve", "sweep", "compare"):
                return views.instrument.written(self._report(calculator, answer, verb, ask), answer, as_)
            if verb == "ranges":
                found = ranges(answer.formula, answer.outputs, answer.reading, answer.ready)
                if as_ == "html":
                    return views.explore.ranges(found, answer)
                return views.text.ranges(found, answer) if as_ == "text" else views.json.ranges(name, found, answer)
            if as_ == "json":
                return views.json.result(answer)
            if as_ == "text":
                return views.text.result(answer)
            return views.result.headline(answer) if verb == "headline" else views.result.result(answer)

    def _report(self, calculator: Calculator, answer: Answer, verb: str, ask: str) -> views.instrument.Report:
        """What an instrument found."""
        rest = ask.partition(" ")[2]
        if verb == "compare":
            given, names = _scenario_and_names(rest)
            other = self.reply(calculator, given)
            other.reading.need()
            return views.instrument.compared(answer, other, names)
        words = rest.split()
        if verb == "sensitivity":
            return views.instrument.most(answer, *words[:1])
        return views.instrument.solved(answer, words) if verb == "solve" else views.instrument.swept(answer, words)

    def panel(
        self,
        name: str,
        given: Mapping[str, str],
        id: str,
        show: str,
        of: str = "",
        places: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """A calculator's form and result for a page that is being built; `of` names the situation in the title.

        `places` are the addresses of the pages of the other calculators, to which shared numbers can be carried.
        """
        calculator = find(name)
        others = [
            views.explore.Elsewhere(its.name, its.title, place, names)
            for its, place in ((find(other), place) for other, place in places.items() if other != name)
            if (names := shared(calculator.inputs, its.inputs))
        ]
        with localcontext(EXACT):
            answer = self.reply(calculator, given)
            answer.reading.need()
            return views.page.panel(answer, id, show, calculator.examples, of, others)

    def reply(self, calculator: Calculator, given: Mapping[str, str]) -> Answer:
        """The answer as an object, for the views; asked again at once, it keeps what was computed of it."""
        question = (calculator.name, dict(given))
        if self._last is None or self._last[0] != question:
            reading = understand(calculator.inputs, given, self.facts)
            answer = Answer(
                calculator.name,
                calculator.title,
                calculator.headline,
                calculator.formula,
                calculator.outputs,
                calculator.chart,
                reading,
            )
            self._last = (question, answer)
        return self._last[1]


def typed(given: str) -> dict[str, str]:
    """The texts typed, by input; Refused where the JSON is no object of texts."""
    try:
        told = json.loads(given)
    except ValueError as error:
        raise Refused({"": "The inputs are not JSON"}) from error
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise Refused({"": "The inputs must be a JSON object of names and texts"})
    return told


NAME = 40
"""How many characters of a scenario's name are shown."""


def _scenario_and_names(text: str) -> tuple[dict[str, str], tuple[str, str]]:
    """The other scenario of a comparison: its texts alone, or as `{"given": {…}, "names": ["A", "B"]}`."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if isinstance(told, dict) and isinstance(told.get("given"), dict):
        names = told.get("names")
        first, second = names if isinstance(names, list) and len(names) == 2 else ("", "")
        return typed(json.dumps(told["given"])), (str(first).strip()[:NAME] or "A", str(second).strip()[:NAME] or "B")
    return typed(text), ("A", "B")


def _outputs(answer: Answer, words: list[str]) -> list[str]:
    """The outputs to explain: those named, or all but the tables."""
    for word in words:
        if word not in answer.kinds:
            raise Unanswerable(f"{answer.name} has no output {word!r}{nearest(word, answer.kinds)}")
    return words or [name for name, kind in answer.kinds.items() if not isinstance(kind, Rows)]
