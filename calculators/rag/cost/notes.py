"""What a reader of the cost of retrieval should know about the answer."""

from __future__ import annotations

from dataclasses import replace

from calculators.domain.billing import bill
from calculators.domain.billing.tiers import BATCH
from calculators.domain.model_notes import (
    model_batch_price_note,
    model_cache_notes,
    model_cached_price_note,
    model_effort_notes,
    model_hourly_price_note,
    model_past_shutdown_note,
    model_price_months_note,
    model_record_note,
    model_shutdown_note,
    model_tier_note,
    model_tokenizer_note,
    model_unknown_tokenizer_note,
)
from calculators.domain.tokens import converted_tokens
from calculators.domain.units import HOURS_PER_DAY
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Note,
    Number,
    both,
    floor,
    known,
    known_or,
    largest,
    note,
    opposite,
)
from calculators.engine.numbers.units import GB, TOKENS, USD_PER_MONTH, USD_PER_REQUEST, counted_unit
from calculators.rag.cost.chunks import CHUNKS, TENANTS
from calculators.rag.cost.inputs import Inputs
from calculators.rag.cost.monthly_plan import YEAR_AHEAD
from calculators.rag.cost.retrieval import Retrieval, retrieval_prompt, retrieval_sending

READ_UNITS, DAYS_A_MONTH = counted_unit("read unit"), counted_unit("day")


def retrieval_cost_remarks(i: Inputs, parts: Retrieval, paid: Number) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    return (*retrieval_index_remarks(i, parts, paid), *retrieval_prompt_remarks(i, parts))


def retrieval_index_remarks(i: Inputs, parts: Retrieval, paid: Number) -> tuple[Note, ...]:
    """What to know of chunks, store and embedding."""
    cut, store, plan = parts.cut, parts.store, i.vector_store
    minimum = known_or(plan.minimum, 0)
    free = known_or(plan.free_storage, 0)
    embeds = known_or(plan.embeds, 0)
    longest = known_or(i.embedding.context_window, cut.full)
    wrongly = parts.context / TOKENS_PER_MTOK * known_or(i.embedding.input, 0) * paid
    return (
        note(
            i.chunk_overlap >= i.chunk_size,
            "The overlap must be smaller than a chunk, or the cutting never moves on. This answer counts with an "
            "overlap of {overlap}.",
            overlap=(cut.overlap, TOKENS),
        ),
        note(
            cut.full > longest,
            "A chunk of {full} is longer than the {longest} that this embedding model reads. Cut smaller chunks.",
            full=(cut.full, TOKENS),
            longest=(longest, TOKENS),
        ),
        note(
            opposite(store.fits),
            f"This is more than {plan.name} allows: {{size}} of storage, {{chunks}}, {{tenants}}, and the searches and "
            "writes of a month. Choose a larger plan.",
            size=(store.size, GB),
            chunks=(cut.number, CHUNKS),
            tenants=(i.tenants, TENANTS),
        ),
        note(
            both(store.usage < minimum, store.usage > 0),
            "Usage of the store comes to {usage}. The plan's minimum of {minimum} is paid instead, so a smaller index "
            "would cost the same.",
            usage=(store.usage, USD_PER_MONTH),
            minimum=(minimum, USD_PER_MONTH),
        ),
        note(
            both(known(plan.read_bytes), i.tenants <= 1, store.search * paid > store.storage),
            "Each search reads the whole index and costs {search}. Where a question concerns one customer or one year, "
            "an index divided so reads only that part: type how many as tenants.",
            search=(store.search, USD_PER_REQUEST),
        ),
        note(
            both(known(plan.read_bytes), known(plan.least_reads), i.tenants > 1),
            "Each search reads the part of one of {tenants}. A larger part costs more to search, and a small one not "
            "less than {least}.",
            tenants=(i.tenants, TENANTS),
            least=(known_or(plan.least_reads, 0), READ_UNITS),
        ),
        note(
            both(free > 0, store.size > 0, store.size <= free),
            "The index fits into the {free} that are free of charge.",
            free=(free, GB),
        ),
        note(
            both(known(plan.storage_daily), store.size > free),
            "This store charges by the day. A month counts as {days}, which the hours in a month decide.",
            days=(i.month_hours / HOURS_PER_DAY, DAYS_A_MONTH),
        ),
        note(bool(plan.note), plan.note),
        note(embeds > 0, f"{plan.name} embeds by itself, so the embedding model's price is not paid."),
        note(
            both(known(plan.dimension_bytes), i.precision != "float32"),
            f"{plan.name} bills 32-bit numbers, so the precision changes only the size of the index, not the invoice.",
        ),
        model_batch_price_note(i.embedding, i.index_in_batch),
        note(
            both(wrongly > 0, embeds == 0),
            "Only the question is embedded when it is asked. The retrieved text was embedded when it was indexed; "
            "embedding it again with each query would wrongly add {wrongly}.",
            wrongly=(wrongly, USD_PER_MONTH),
        ),
    )


def retrieval_prompt_remarks(i: Inputs, parts: Retrieval) -> tuple[Note, ...]:
    """What to know of the prompt that the retrieved text goes into, and of the model that reads it."""
    request, model = parts.request, i.model
    limit = known_or(model.long_above, request.longest)
    window = known_or(model.context_window, request.whole)
    rest, written = request.longest - request.tokens["context"], request.whole - request.longest
    a_chunk = converted_tokens(parts.cut.full, model, i.counted_with)
    fewest = known_or(model.smallest_prefix, 0)
    uncached = bill(model, retrieval_prompt(i, parts.context), replace(retrieval_sending(i), caching=False))
    without = request.whole - request.tokens["context"]
    return (
        note(
            parts.context < i.top_k * parts.cut.full,
            "A search has only {chunks} to choose from, so the prompt cannot take more.",
            chunks=(parts.searched, CHUNKS),
        ),
        note(
            both(request.above > 0, rest <= limit),
            "The retrieved text makes the prompt longer than {limit}, so every token of it costs the long-prompt "
            "price. With at most {most} it would stay below.",
            limit=(limit, TOKENS),
            most=(floor((limit - rest) / a_chunk), CHUNKS),
        ),
        note(
            both(request.above > 0, rest > limit),
            "The prompt is longer than {limit} even without retrieved text. Every token of it costs the long-prompt "
            "price.",
            limit=(limit, TOKENS),
        ),
        note(
            both(request.whole > window, without <= window),
            "Prompt and answer need {whole}, more than this model's context window of {window}. At most {most} fit.",
            whole=(request.whole, TOKENS),
            window=(window, TOKENS),
            most=(largest(0, floor((window - rest - written) / a_chunk)), CHUNKS),
        ),
        note(
            without > window,
            "Prompt and answer need {without} even without retrieved text, more than this model's context window of "
            "{window}.",
            without=(without, TOKENS),
            window=(window, TOKENS),
        ),
        note(
            both(i.caching, known(model.cached_read), request.prefix > 0, request.prefix < fewest),
            "Instructions and examples have {prefix}, fewer than the {fewest} that this model caches. Retrieved text "
            "does not count, because it differs each time.",
            prefix=(request.prefix, TOKENS),
            fewest=(fewest, TOKENS),
        ),
        model_cached_price_note(model, i.caching),
        *model_cache_notes(model, request, uncached, retrieval_sending(i).traffic),
        *model_effort_notes(model, i.effort, i.reasoning),
        model_batch_price_note(model, i.tier == BATCH),
        model_tier_note(model, i.tier),
        model_record_note(model),
        model_price_months_note(model, YEAR_AHEAD),
        model_shutdown_note(model, i.as_of),
        model_past_shutdown_note(model, i.as_of),
        model_hourly_price_note(model),
        model_tokenizer_note(model, i.counted_with),
        model_unknown_tokenizer_note(model, i.counted_with),
    )
