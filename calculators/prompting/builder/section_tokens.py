"""The tokens of each section in the form in which it is sent."""

from __future__ import annotations

from calculators.domain.billing import Sending
from calculators.domain.billing.caching import Traffic
from calculators.engine.numbers import Condition, Number, choose, untraced
from calculators.engine.numbers.units import TOKENS
from calculators.prompting.builder.inputs import Inputs
from calculators.prompting.builder.sections import TITLES, TOKENS_FOR_THE_ANSWER, PromptDraft, prompt_section_pieces

ENCODING = "o200k_base"
"""What the sections are counted with, whatever the model: no other present tokenizer is published for counting."""


ANSWER_STARTS = "Start of the answer"


def prompt_section_texts(i: Inputs) -> dict[str, str]:
    """The texts of all sections but the examples."""
    return {name: getattr(i, name) for name in TITLES if name != "examples"}


def prompt_builder_sending(i: Inputs, caching: Condition) -> Sending:
    """One request at a time, each a conversation of its own."""
    traffic = Traffic(
        requests=i.requests, active_hours=i.active_hours, lifetime=i.lifetime, found_cached=i.found_cached
    )
    return Sending(caching=caching, batch=False, turns=1, traffic=traffic, effort=i.effort)


def prompt_section_tokens(i: Inputs, draft: PromptDraft) -> dict[str, int]:
    """The tokens of each section in the form in which it is sent; a chat also starts the answer."""
    form = untraced(i.form)
    weights: dict[str, int] = {}
    for piece in prompt_section_pieces(draft, form):
        weights[piece.section] = weights.get(piece.section, 0) + i.counter(piece.text, ENCODING) + piece.added
    if form == "chat":
        weights[ANSWER_STARTS] = TOKENS_FOR_THE_ANSWER
    return weights


def prompt_section_tokens_as_sent(i: Inputs, label: str, tokens: int) -> Number:
    """Tokens of the reader's text; the working names the form in which they were counted."""
    counted: Number = i.counter.measured(label, tokens, TOKENS)
    return choose(i.form == untraced(i.form), counted, counted)
