"""What a reader of the cost of retrieval should know about the answer."""

from __future__ import annotations

from typing import Any

from calculators.engine.numbers import TOKENS_PER_MTOK, both, floor, known, known_or, largest, note, opposite
from calculators.engine.units import GB, TOKENS, USD_PER_MONTH, USD_PER_REQUEST
from calculators.rag._index import CHUNKS
from calculators.rag._inputs import Inputs
from calculators.rag._parts import Retrieval

YEAR_AHEAD = 12


def remarks(i: Inputs, parts: Retrieval, paid: Any) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    return (*about_the_index(i, parts, paid), *about_the_prompt(i, parts))


def about_the_index(i: Inputs, parts: Retrieval, paid: Any) -> tuple[Any, ...]:
    """What to know of chunks, store and embedding."""
    cut, store, kept = parts.cut, parts.store, i.vector_store
    minimum: Any = known_or(kept.minimum, 0)
    free: Any = known_or(kept.free_storage, 0)
    embeds: Any = known_or(kept.embeds, 0)
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
            full=(cut.full, TOKENS), longest=(longest, TOKENS),
        ),
        note(
            opposite(store.fits),
            f"This is more than {kept.name} allows: {{size}} of storage, {{chunks}}, and the searches and writes of a "
            "month. Choose a larger plan.",
            size=(store.size, GB), chunks=(cut.number, CHUNKS),
        ),
        note(
            both(store.usage < minimum, store.usage > 0),
            "Usage of the store comes to {usage}. The plan's minimum of {minimum} is paid instead, so a smaller index "
            "would cost the same.",
            usage=(store.usage, USD_PER_MONTH), minimum=(minimum, USD_PER_MONTH),
        ),
        note(
            both(known(kept.read_bytes), store.search * paid > store.storage),
            "Each search reads the whole index and costs {search}. Where a question concerns one customer or one year, "
            "an index divided so reads only that part.",
            search=(store.search, USD_PER_REQUEST),
        ),
        note(
            both(free > 0, store.size > 0, store.size <= free),
            "The index fits into the {free} that are free of charge.", free=(free, GB),
        ),
        note(bool(kept.note), kept.note),
        note(
            embeds > 0, f"{kept.name} embeds by itself, so the embedding model's price is not paid."
        ),
        note(
            both(known(kept.dimension_bytes), i.precision != "float32"),
            f"{kept.name} bills 32-bit numbers, so the precision changes only the size of the index, not the invoice.",
        ),
        note(
            both(i.index_in_batch, opposite(known(i.embedding.batch_input))),
            "This embedding model has no batch price. The standard price is counted.",
        ),
        note(
            both(wrongly > 0, embeds == 0),
            "Only the question is embedded when it is asked. The retrieved text was embedded when it was indexed; "
            "embedding it again with each query would wrongly add {wrongly}.",
            wrongly=(wrongly, USD_PER_MONTH),
        ),
    )  # fmt: skip


def about_the_prompt(i: Inputs, parts: Retrieval) -> tuple[Any, ...]:
    """What to know of the prompt that the retrieved text goes into, and of the model that reads it."""
    own, model = parts.own, i.model
    limit = known_or(model.long_above, own.longest)
    window = known_or(model.context_window, own.whole)
    rest, written = own.longest - parts.context, own.whole - own.longest
    a_chunk = parts.cut.full
    fewest = known_or(model.smallest_prefix, 0)
    changes = " and ".join(later.since for month, later in model.schedule if month < YEAR_AHEAD)
    return (
        note(
            parts.context < i.top_k * a_chunk,
            "The index has only {chunks}, so the prompt cannot take more.", chunks=(parts.cut.number, CHUNKS),
        ),
        note(
            both(own.above > 0, rest <= limit),
            "The retrieved text makes the prompt longer than {limit}, so every token of it costs the long-prompt "
            "price. With at most {most} it would stay below.",
            limit=(limit, TOKENS), most=(floor((limit - rest) / a_chunk), CHUNKS),
        ),
        note(
            both(own.above > 0, rest > limit),
            "The prompt is longer than {limit} even without retrieved text. Every token of it costs the long-prompt "
            "price.",
            limit=(limit, TOKENS),
        ),
        note(
            own.whole > window,
            "Prompt and answer need {whole}, more than this model's context window of {window}. At most {most} fit.",
            whole=(own.whole, TOKENS), window=(window, TOKENS),
            most=(largest(0, floor((window - rest - written) / a_chunk)), CHUNKS),
        ),
        note(
            both(i.caching, known(model.cached_read), own.prefix > 0, own.prefix < fewest),
            "Instructions and examples have {prefix}, fewer than the {fewest} that this model caches. Retrieved text "
            "does not count, because it differs each time.",
            prefix=(own.prefix, TOKENS), fewest=(fewest, TOKENS),
        ),
        note(
            both(i.caching, opposite(known(model.cached_read))),
            "No cached price is published for this model. Every token counts at the full input price.",
        ),
        note(
            both(i.batch, opposite(known(model.batch_input))),
            "This model has no batch price. The standard price is counted.",
        ),
        note(bool(model.note), model.note),
        note(
            bool(changes),
            f"Prices of {model.name} are announced to change on {changes}. The first 12 months count with the new "
            "prices from that month on.",
        ),
        note(model.retires > i.as_of and not model.note, f"{model.name} shuts down on {model.retires}."),
        note("" < model.retires <= i.as_of and not model.note, f"{model.name} was shut down on {model.retires}."),
        note(bool(model.hours), f"Prices of {model.name} differ by hour. These hold: {model.hours}"),
    )  # fmt: skip
