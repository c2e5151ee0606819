"""The single answers of a result beside its headline, each with the fold in which it unfolds into its working."""

from __future__ import annotations

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.headline import headline_text, labeled_output
from calculators.engine.declare import Amount, Interval, Outcome, Output, Verdict
from calculators.engine.numbers.rounding import NOTHING
from calculators.views.html.folds import AMOUNT, Filled, html_fold
from calculators.views.html.tags import Safe, tag
from calculators.views.html.working import has_html_working, html_workings

UNEXPLAINED = "There is no number here to explain."


def html_advice(answer: Answer, filled: Filled | None) -> Safe:
    """The answers in words that say what to do; nothing where there are none."""
    return _html_amounts_of(answer, filled, leading=True, classes="result-amounts result-advice")


def html_amounts(answer: Answer, filled: Filled | None) -> Safe:
    """The other answers that a short result shows.

    Without `filled` they are plain words that unfold nothing, have no help below them and leave out what has no answer.
    """
    return _html_amounts_of(answer, filled, leading=False, classes="result-amounts")


def _html_amounts_of(answer: Answer, filled: Filled | None, *, leading: bool, classes: str) -> Safe:
    shown = [
        _html_amount(answer, name, kind, filled)
        for name, kind in answer.kinds.items()
        if name != answer.headline
        and isinstance(kind, Amount | Interval | Outcome | Verdict)
        and getattr(kind, "leading", False) == leading
        and not getattr(kind, "detail", False)
        and answer.is_shown(name)
        and (filled is not None or headline_text(kind, answer.values[name]) != NOTHING)
    ]
    return tag("dl", *shown, class_=classes) if shown else Safe("")


def html_details(answer: Answer, filled: Filled) -> Safe:
    """The amounts that a short result leaves out, folded away; nothing where there are none."""
    left_out = {
        name: kind for name, kind in answer.kinds.items() if getattr(kind, "detail", False) and answer.is_shown(name)
    }
    if not left_out:
        return Safe("")

    def content() -> Safe:
        shown = [_html_amount(answer, name, kind, filled) for name, kind in left_out.items()]
        return tag("dl", *shown, class_="result-amounts")

    return html_fold("details", tag("summary", "More figures"), content, filled)


def _html_amount(answer: Answer, name: str, kind: Output, filled: Filled | None) -> Safe:
    output = answer.values[name]
    unfolding = filled if has_html_working(kind, output) else None
    label, words = labeled_output(kind, output)
    shown = html_amount_fold(answer, name, unfolding) if unfolding else words
    return tag(
        "div",
        tag("dt", label),
        tag("dd", shown, class_="amount amount-working" if unfolding else _html_amount_shape(kind), translate="no"),
        tag("dd", kind.help, class_="amount-help") if kind.help and filled is not None else None,
    )


def html_amount_fold(answer: Answer, name: str, filled: Filled) -> Safe:
    """The fold in which an output unfolds into its working: the number itself opens it."""
    label, words = labeled_output(answer.kinds[name], answer.values[name])
    summary = tag("summary", words, aria_label=f"{words}, show working: {label}")

    def content() -> Safe:
        return html_workings(answer, [name]) or tag("p", UNEXPLAINED)

    return html_fold(AMOUNT + name, summary, content, filled, data_working=name)


def _html_amount_shape(kind: Output) -> str:
    """A number stands beside its label; a verdict may be a sentence, which stands below."""
    return "amount amount-words" if isinstance(kind, Outcome | Verdict) else "amount"
