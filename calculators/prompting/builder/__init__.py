"""Write the prompt.

Puts role, task, context, constraints, output format and examples together, in three forms to copy, and counts what each
section costs with every request. What never changes stands first, so that a provider can keep it.
"""

from __future__ import annotations

from calculators.domain.billing import Prompt, bill
from calculators.engine.declare import Range, calculator, later
from calculators.engine.numbers import choose, known, known_or, named, untraced
from calculators.engine.numbers.units import TOKENS
from calculators.prompting.builder.inputs import EXAMPLES, Inputs
from calculators.prompting.builder.notes import EXACT_FOR, prompt_builder_remarks
from calculators.prompting.builder.outputs import Outputs
from calculators.prompting.builder.section_tokens import (
    prompt_builder_sending,
    prompt_section_texts,
    prompt_section_tokens,
    prompt_section_tokens_as_sent,
)
from calculators.prompting.builder.sections import (
    fixed_prompt_draft_sections,
    prompt_draft_as_messages,
    prompt_draft_as_text,
    prompt_draft_with_tags,
    write_prompt_draft,
)
from calculators.prompting.builder.tables import prompt_section_table

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "prompt_builder"]


NOT_COUNTED = (
    "Whether the answers are good enough: only a test on your own cases shows that.",
    "Taxes, discounts, surcharges for a region or for priority, and tools that a provider charges by the call.",
)


@calculator()
def prompt_builder(i: Inputs) -> Outputs:
    """Every section counted by itself, and the whole priced as any prompt.

    Source of what a chat adds: OpenAI's notebook on counting tokens. Three a message, and three for the answer's start.

    Two messages with their roles, 2 × (3 + 1), the answer's start, 3, and the four words:

    >>> model = dict(input=2, output=10)
    >>> prompt_builder(sample(Inputs, task="Name the capital.", user_input="France", model=model)).prompt_tokens
    Decimal('15')
    """
    pairs = ((pair.input, pair.output) for pair in i.examples)
    draft = write_prompt_draft(prompt_section_texts(i), pairs, context_early=untraced(i.context_early))
    weights, cacheable = (
        prompt_section_tokens(i, draft),
        fixed_prompt_draft_sections(draft, context_varies=untraced(i.context_varies)),
    )
    whole = prompt_section_tokens_as_sent(i, "Tokens of all sections", sum(weights.values()))
    beginning = prompt_section_tokens_as_sent(
        i, "Tokens of the sections that never change", sum(weights.get(name, 0) for name in cacheable)
    )
    beginning = choose(i.context_varies, beginning, beginning)  # the working names what the beginning depends on
    beginning = choose(i.context_early, beginning, beginning)
    factor = known_or(i.model.tokenizer_factor, 1)
    tokens = named("Prompt tokens of the model", whole * factor)
    prefix = named("Cacheable prefix", beginning * factor)
    spread = 0 if i.model.group == EXACT_FOR else i.spread
    none = i.counter.measured("No further text", 0, TOKENS)
    parts = Prompt(
        instructions=prefix,
        examples=none,
        context=tokens - prefix,
        user_text=none,
        answer=i.answer,
        reasoning=i.reasoning,
    )
    request = bill(i.model, parts, prompt_builder_sending(i, i.caching))
    uncached = bill(i.model, parts, prompt_builder_sending(i, False))
    return Outputs(
        prompt_tokens=whole,
        model_tokens=Range(tokens * (1 - spread), tokens, tokens * (1 + spread)),
        prefix_tokens=prefix,
        smallest_prefix=choose(known(i.model.smallest_prefix), known_or(i.model.smallest_prefix, 0), None),
        per_month=named("Cost of one request", request.total) * i.requests,
        per_request=request.total,
        caching_saves=(uncached.total - request.total) * i.requests,
        sections=later(lambda: prompt_section_table(i, weights, cacheable, whole)),
        messages=later(lambda: prompt_draft_as_messages(draft)),
        tagged=later(lambda: prompt_draft_with_tags(draft)),
        plain=later(lambda: prompt_draft_as_text(draft)),
        notes=later(lambda: prompt_builder_remarks(i, draft, request)),
    )
