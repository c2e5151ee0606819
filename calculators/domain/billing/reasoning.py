"""The tokens that a model thinks in before it answers: billed as output, and decided by the effort that is asked for.

Source of the rule: the providers' own guides to reasoning. Hidden tokens are part of the output count of the bill.
"""

from __future__ import annotations

from calculators.domain.records import ModelPrice
from calculators.engine.numbers import Number, bare_value, choose, is_known_number, known_or, whole_number
from calculators.engine.numbers.units import TOKENS

MODEL_DEFAULT = "default"
"""The effort that a model takes where the request names none."""

EFFORTS = {
    "none": "switched off",
    "minimal": "minimal effort",
    "low": "low effort",
    "medium": "medium effort",
    "high": "high effort",
    "xhigh": "extra high effort",
    "max": "maximum effort",
}
"""The efforts in ascending order, as the interfaces of the providers name them, and what each is called."""


def reasoning_effort_figure(model: ModelPrice, effort: str) -> Number | None:
    """The hidden tokens of a request at an effort; None where the model does not take it."""
    figure: Number | None = getattr(model, f"reasoning_{effort}")
    return figure


def nearest_reasoning_effort(model: ModelPrice, effort: str) -> str:
    """The effort at which the model answers when asked for this one: the next lower, else the next higher one.

    Asked to reason, it does not reason only where it never does. A model whose efforts are not known answers at the
    effort asked for.
    """
    names = list(EFFORTS)
    place = names.index(effort)
    offered = (effort, *reversed(names[1:place]), *names[place + 1 :], "none")
    return next((name for name in offered if is_known_number(reasoning_effort_figure(model, name))), effort)


def reasoning_effort_of_request(model: ModelPrice, effort: str, default_effort: str = "") -> str:
    """The effort at which the model answers, one of `EFFORTS`; empty where its own default is not known.

    `effort` is what the request asks for; in place of `MODEL_DEFAULT` it asks for `default_effort`, that of the model
    beside which this one is compared, or else for the model's own.
    """
    asked: str = bare_value(effort)
    if asked == MODEL_DEFAULT:
        asked = default_effort or model.default_effort
    return nearest_reasoning_effort(model, asked) if asked else ""


def hidden_reasoning(model: ModelPrice, effort: str, default_effort: str = "") -> Number:
    """The hidden tokens of a short request at its effort, `reasoning_effort_of_request`; 0 where they are unknown."""
    name = reasoning_effort_of_request(model, effort, default_effort)
    unknown = whole_number(0, "Hidden reasoning of which nothing is known", TOKENS, model.output)
    tokens = known_or(reasoning_effort_figure(model, name), unknown) if name else unknown
    # Both branches are the same: the working names the effort on which the count depends.
    return choose(effort == bare_value(effort), tokens, tokens)
