"""What a reader should know about the prompt."""

from __future__ import annotations

from calculators.domain.billing import Bill
from calculators.domain.model_notes import model_cached_price_note
from calculators.engine.numbers import Note, both, known, known_or, note
from calculators.engine.numbers.units import TOKENS
from calculators.prompting.builder.inputs import Inputs
from calculators.prompting.builder.sections import PromptDraft, prompt_section_placeholders

EXACT_FOR = "OpenAI"


def prompt_builder_remarks(i: Inputs, draft: PromptDraft, request: Bill) -> tuple[Note, ...]:
    """What a reader should know about this prompt."""
    written = set(draft.written())
    holding = ", ".join(prompt_section_placeholders(draft))
    smallest = known_or(i.model.smallest_prefix, 0)
    early = both(i.context_early, i.context_varies)
    return (
        note(
            both(early, "context" in written and "examples" in written),
            "The context differs with each request and comes before the examples: from there on nothing is cached. "
            "Put it behind them.",
        ),
        note(
            bool(holding),
            f"A placeholder makes this text differ with each request: {holding}. Move what differs to the end.",
        ),
        note(
            both(i.caching, known(i.model.cached_read), request.prefix < smallest),
            "The cacheable prefix of {prefix} is shorter than this model's smallest, {smallest}. Nothing is cached.",
            prefix=(request.prefix, TOKENS),
            smallest=(smallest, TOKENS),
        ),
        note(
            request.whole > known_or(i.model.context_window, request.whole),
            "Prompt and answer have {whole}. That is more than this model reads at once.",
            whole=(request.whole, TOKENS),
        ),
        model_cached_price_note(i.model, i.caching),
        note(
            i.model.group != EXACT_FOR,
            "The sections are counted with OpenAI's tokenizer. This model's own count lies somewhere in the range.",
        ),
        note("task" not in written, "There is no task. Say in a sentence what the model should do."),
        note("examples" not in written, "There is no example. Where the form matters, three to five often settle it."),
        note("role" in written, "A role sets the tone. It does not make the answers more accurate."),
    )
