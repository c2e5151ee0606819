"""Models that are paid by the token: what prompting, embedding and reranking cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar

from calculators.domain.records.ends import has_ended
from calculators.domain.units import MINUTES, USD_PER_MTOK_HOUR
from calculators.engine.declare import declared_figure_in_words, figure
from calculators.engine.numbers.units import DATE, ONE, TOKENS, USD_PER_MTOK, USD_PER_REQUEST, counted_unit
from calculators.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class ModelPrice(Record):
    """What a model's tokens cost, in US dollars per million tokens, and what limits them.

    The `long_…` prices hold for every token of a request whose prompt is longer than `long_above`: a cliff, not a
    slope. Batch and cached prices are prices of their own, because no rule such as "half" holds everywhere.

    `cache_write` buys a lifetime of `cache_minutes` and `extended_write` one of `extended_minutes`; `cache_renewal` is
    `yes` where a read starts the lifetime anew, `no` where it does not, and empty where nobody says. `history_caching`
    is `automatic` where the provider caches a growing conversation by itself, `breakpoints` where the request has to
    mark its end, and empty where it is not cached. `reasoning_…` are the hidden tokens of a short request at each
    effort that the model takes. `flex`, `priority` and `fast` are the tiers that are sold at a multiple of the standard
    price. `size` is what is published of it in words, and `small` is `yes` where that is little. `names` are what logs
    call the model besides its id and its name.
    """

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("input",), ("output",))
    glance: ClassVar[Mapping[str, str]] = MappingProxyType({"input": "in", "output": "out"})

    input: Decimal = figure("Input price", USD_PER_MTOK, counts="for what the model reads")
    cached_read: Decimal | None = figure(
        "Cached input price", USD_PER_MTOK, scales_with="input", counts="for a prefix that is read from the cache"
    )
    cache_write: Decimal | None = figure(
        "Cache write price", USD_PER_MTOK, scales_with="input", counts="for a prefix that is written to the cache"
    )
    output: Decimal = figure("Output price", USD_PER_MTOK, counts="for what the model writes")
    batch_input: Decimal | None = figure(
        "Batch input price", USD_PER_MTOK, scales_with="input", counts="for requests sent in a batch"
    )
    batch_cached_read: Decimal | None = figure(
        "Batch cached input price",
        USD_PER_MTOK,
        scales_with="cached_read batch_input input",
        counts="for a prefix that is read from the cache in a batch",
    )
    batch_cache_write: Decimal | None = figure(
        "Batch cache write price",
        USD_PER_MTOK,
        scales_with="cache_write batch_input input",
        counts="for a prefix that is written to the cache in a batch",
    )
    batch_output: Decimal | None = figure(
        "Batch output price", USD_PER_MTOK, scales_with="output", counts="for requests sent in a batch"
    )
    long_above: Decimal | None = figure(
        "Long prompt begins above", TOKENS, counts="where a prompt is longer, and the prices of long prompts are known"
    )
    long_input: Decimal | None = figure(
        "Long-prompt input price", USD_PER_MTOK, scales_with="input", counts="for prompts above the long-prompt limit"
    )
    long_cached_read: Decimal | None = figure(
        "Long-prompt cached input price",
        USD_PER_MTOK,
        scales_with="cached_read long_input input",
        counts="for a cached prefix above the long-prompt limit",
    )
    long_cache_write: Decimal | None = figure(
        "Long-prompt cache write price",
        USD_PER_MTOK,
        scales_with="cache_write long_input input",
        counts="for a cached prefix above the long-prompt limit",
    )
    long_output: Decimal | None = figure(
        "Long-prompt output price", USD_PER_MTOK, scales_with="output", counts="for prompts above the long-prompt limit"
    )
    long_batch_input: Decimal | None = figure(
        "Long-prompt batch input price",
        USD_PER_MTOK,
        scales_with="batch_input long_input input",
        counts="for prompts above the long-prompt limit, sent in a batch",
    )
    long_batch_cached_read: Decimal | None = figure(
        "Long-prompt batch cached input price",
        USD_PER_MTOK,
        scales_with="batch_cached_read long_cached_read cached_read long_batch_input batch_input long_input input",
        counts="for a cached prefix above the long-prompt limit, sent in a batch",
    )
    long_batch_cache_write: Decimal | None = figure(
        "Long-prompt batch cache write price",
        USD_PER_MTOK,
        scales_with="batch_cache_write long_cache_write cache_write long_batch_input batch_input long_input input",
        counts="for a cached prefix above the long-prompt limit, sent in a batch",
    )
    long_batch_output: Decimal | None = figure(
        "Long-prompt batch output price",
        USD_PER_MTOK,
        scales_with="batch_output long_output output",
        counts="for prompts above the long-prompt limit, sent in a batch",
    )
    extended_write: Decimal | None = figure(
        "Extended cache write price", USD_PER_MTOK, scales_with="input", counts="where the longer lifetime is bought"
    )
    batch_extended_write: Decimal | None = figure(
        "Batch extended cache write price",
        USD_PER_MTOK,
        scales_with="extended_write batch_input input",
        counts="where the longer lifetime is bought, in a batch",
    )
    long_extended_write: Decimal | None = figure(
        "Long-prompt extended cache write price",
        USD_PER_MTOK,
        scales_with="extended_write long_input input",
        counts="where the longer lifetime is bought, above the long-prompt limit",
    )
    long_batch_extended_write: Decimal | None = figure(
        "Long-prompt batch extended cache write price",
        USD_PER_MTOK,
        scales_with="batch_extended_write long_extended_write extended_write "
        "long_batch_input batch_input long_input input",
        counts="where the longer lifetime is bought, above the long-prompt limit, in a batch",
    )
    cache_storage: Decimal | None = figure(
        "Cache storage price",
        USD_PER_MTOK_HOUR,
        scales_with="input",
        counts="where a cached prefix is kept by the hour",
    )
    cache_minutes: Decimal | None = figure(
        "Cache lifetime", MINUTES, low="0.01", high=10**6, counts="where no share of cached requests is typed"
    )
    extended_minutes: Decimal | None = figure(
        "Extended cache lifetime", MINUTES, low="0.01", high=10**6, counts="where the longer lifetime is bought"
    )
    cache_renewal: str = declared_figure_in_words("A read renews the lifetime")
    history_caching: str = declared_figure_in_words("How a conversation is cached")
    smallest_prefix: Decimal | None = figure(
        "Smallest cacheable prefix", TOKENS, counts="where caching is wanted and the fixed prefix is near that length"
    )
    context_window: Decimal | None = figure("Context window", TOKENS, counts="where a prompt with its answer is longer")
    tokenizer: str = declared_figure_in_words("Tokenizer")
    tokenizer_factor: Decimal | None = figure(
        "Tokenizer factor", ONE, low="0.01", high=100, counts="where tokens were counted with another tokenizer"
    )
    flex: Decimal | None = figure(
        "Flex, times the standard price", ONE, low="0.01", high=100, counts="for requests sent at the flex tier"
    )
    flex_cached: Decimal | None = figure(
        "Flex, times the cached price",
        ONE,
        low="0.01",
        high=100,
        counts="for a prefix that is read from the cache at the flex tier",
    )
    priority: Decimal | None = figure(
        "Priority, times the standard price", ONE, low="0.01", high=100, counts="for requests sent at the priority tier"
    )
    fast: Decimal | None = figure(
        "Fast, times the standard price", ONE, low="0.01", high=100, counts="for requests sent at the fast tier"
    )
    default_effort: str = declared_figure_in_words("Reasoning effort by default")
    reasoning_none: Decimal | None = figure(
        "Hidden reasoning when switched off", TOKENS, counts="for requests with reasoning switched off"
    )
    reasoning_minimal: Decimal | None = figure(
        "Hidden reasoning at minimal effort", TOKENS, counts="for requests at minimal effort"
    )
    reasoning_low: Decimal | None = figure(
        "Hidden reasoning at low effort", TOKENS, counts="for requests at low effort"
    )
    reasoning_medium: Decimal | None = figure(
        "Hidden reasoning at medium effort", TOKENS, counts="for requests at medium effort"
    )
    reasoning_high: Decimal | None = figure(
        "Hidden reasoning at high effort", TOKENS, counts="for requests at high effort"
    )
    reasoning_xhigh: Decimal | None = figure(
        "Hidden reasoning at extra high effort", TOKENS, counts="for requests at extra high effort"
    )
    reasoning_max: Decimal | None = figure(
        "Hidden reasoning at maximum effort", TOKENS, counts="for requests at maximum effort"
    )
    retires: str = declared_figure_in_words("Shuts down on", DATE)
    size: str = declared_figure_in_words("Size")
    small: str = declared_figure_in_words("Whether it is small")
    hours: str = declared_figure_in_words("Hours these prices hold")
    names: str = declared_figure_in_words("Names in logs")

    @property
    def mark(self) -> str:
        """That a model is small, and how small; nothing of any other."""
        return f"small: {self.size}" if self.small else ""

    @property
    def end(self) -> str:
        """That a model had shut down by its day, and when.

        >>> ModelPrice(input=1, output=1, retires="2026-08-05", since="2026-08-05").end
        'shut down on 2026-08-05'
        """
        return f"shut down on {self.retires}" if has_ended(self.retires, self.since) else ""


@dataclass(frozen=True, kw_only=True)
class EmbeddingPrice(Record):
    """What turning text into vectors costs, in US dollars per million tokens."""

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("input",),)

    input: Decimal | None = figure("Input price", USD_PER_MTOK, counts="for text that is embedded")
    batch_input: Decimal | None = figure(
        "Batch input price", USD_PER_MTOK, scales_with="input", counts="for documents embedded in a batch"
    )
    context_window: Decimal | None = figure("Longest text", TOKENS, counts="where a chunk is longer")


@dataclass(frozen=True, kw_only=True)
class Reranker(Record):
    """What putting the found passages in order costs: by the search, by the token, or both.

    One search pays for `passages` of them. By the token, the question counts again with each passage.
    """

    called: ClassVar[str] = "Reranker"
    own_name: ClassVar[str] = "Your own reranker"
    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("query", "input"),)

    query: Decimal | None = figure("Price of a reranking", USD_PER_REQUEST, high=10, counts="with reranking")
    passages: Decimal | None = figure(
        "Passages in one reranking",
        counted_unit("passage"),
        low=1,
        high=10**6,
        counts="with reranking, where it is paid by the search",
    )
    input: Decimal | None = figure("Price of a million reranked tokens", USD_PER_MTOK, counts="with reranking")
