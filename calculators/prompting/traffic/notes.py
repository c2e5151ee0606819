"""What a reader of the price of logs should know, and the largest saving."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from calculators.domain.units import ROW_COUNT
from calculators.engine.numbers import Note, both, known, note, when
from calculators.engine.numbers.units import ONE, REQUESTS, SHARE, TOKENS, USD
from calculators.prompting.traffic.comparing import Compared
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.use import LoggedTraffic
from calculators.prompting.traffic.outputs import Outputs
from calculators.prompting.traffic.savings.what_if import TrafficSaving
from calculators.prompting.traffic.sizes import all_traffic_tokens
from calculators.prompting.traffic.tables import is_traffic_priced_as_standard
from calculators.readers.strangers import STRANGERS, stranger_note
from calculators.readers.usage.recognition import NOT_RECOGNIZED, USAGE_FORMATS
from calculators.readers.usage.request import BATCH, STANDARD
from calculators.readers.usage.sums.summary import TIER, Sums, UsageSummary

NAMED_FORMATS = 4
"""How many formats of the files are named; a table has all."""

WORTH_SAYING = Decimal("0.05")
"""A difference between the logged and the computed cost from which a word is owed."""


def traffic_remarks(
    i: Inputs,
    use: LoggedTraffic,
    outputs: Outputs,
    compared: Compared,
    largest: TrafficSaving | None,
    more: tuple[Note, ...],
) -> tuple[Note, ...]:
    """What a reader should know about this answer: first the largest saving, then `more`."""
    sums, summary = use.sums(), use.summary
    gap = _traffic_gap(compared)
    return (
        note(
            largest is not None,
            "The largest saving here is {saved}: "
            + (f"{uncapitalized_traffic_words(largest.change)}. {largest.conditions}" if largest else ""),
            saved=(largest.saved if largest else None, USD),
        ),
        note(
            both(largest is None, known(outputs.total)),
            "None of the changes that are compared below saves anything.",
        ),
        *more,
        *(
            stranger_note(f"{begin}: {why}.", stranger, is_counted=reasons is summary.remarks)
            for begin, reasons in (("Left out", summary.skipped), ("Counted as prompts alone", summary.remarks))
            for why, reason in reasons.items()
            if (stranger := STRANGERS.get(reason.kind))
        ),
        *_traffic_nothing_to_price(sums, summary),
        note(
            bool(i.logs and summary.formats),
            f"{'Picked' if summary.picked else 'Recognized'}: {traffic_read_formats(use)}.",
        ),
        note(
            bool(use.unpriced()),
            "Without a known list price: {share} of all tokens"
            + f", those of {_traffic_unpriced_words(use.unpriced())}.",
            share=(outputs.unpriced_share, SHARE),
        ),
        note(
            sums.without_cache > sums.unanswered,
            "What was read from a cache is not said of {requests}. All of that input is priced as uncached, which is "
            "the most that it can have cost.",
            requests=(Decimal(sums.without_cache - sums.unanswered), REQUESTS),
        ),
        note(
            sums.counted > 0,
            "Counted here, as no log did: {tokens} of {requests}, exactly for models that use the tokenizer o200k, "
            "within {spread} to either side for others. Each answer is taken to have {answer}.",
            tokens=(Decimal(sums.counted), TOKENS),
            requests=(Decimal(sums.unanswered), REQUESTS),
            spread=(i.tokenizer_spread, SHARE),
            answer=(i.answer, TOKENS),
        ),
        note(
            sums.shared > 0,
            "{tokens} of these prompts are a beginning that an earlier prompt had as well. Texts were compared by "
            "their digests, at lengths a quarter apart, so it can be up to a fifth more.",
            tokens=(Decimal(sums.shared), TOKENS),
        ),
        note(
            sums.without_tokens > 0 and all_traffic_tokens(sums) > 0,
            "Without counts of tokens: {requests}.",
            requests=(Decimal(sums.without_tokens), REQUESTS),
        ),
        note(
            summary.uncounted_rows > 0,
            "Rows that do not say how many requests they sum up: {rows}. Their prompts are taken to be short: prices "
            "of long prompts are left out.",
            rows=(Decimal(summary.uncounted_rows), ONE),
        ),
        note(
            summary.disordered > 0,
            "Out of order within their conversation: {requests}. Sort the rows by time "
            "to see what a longer cache lifetime would save.",
            requests=(Decimal(summary.disordered), REQUESTS),
        ),
        note(
            summary.summed_rows > 0,
            "Rows that sum up several requests: {rows}. Their mean size decides which of a model's prices holds.",
            rows=(Decimal(summary.summed_rows), ONE),
        ),
        *traffic_tier_notes(use),
        note(
            both(known(outputs.logged), WORTH_SAYING < abs(gap) <= 1),
            "For the requests that have both, the files say {logged}, which is {share} "
            + when(gap > 0, "more", "less")
            + " than list prices give. A discount, a tier, another day's prices or a subscription "
            "may explain it.",
            logged=(compared.logged, USD),
            share=(abs(gap), SHARE),
        ),
        note(
            both(known(outputs.logged), gap > 1),
            "For the requests that have both, the files say {logged}, {times} times what list prices give. Another "
            "currency, a markup or a tier may explain it.",
            logged=(compared.logged, USD),
            times=(gap + 1, ONE),
        ),
        note(
            both(known(outputs.at_the_time), use.days is None),
            "The files hold no times, so the prices of single days are not known.",
        ),
    )


def _traffic_unpriced_words(tokens: Mapping[str, int]) -> str:
    """The logged names without a price, those of the most tokens first; a request may also name no model.

    >>> _traffic_unpriced_words({"": 9, "mine": 5}), _traffic_unpriced_words({"mine": 5, "yours": 4})
    ('the name “mine” and requests that name no model', '2 names such as “mine”')
    """
    names = [name for name in tokens if name]
    parts = (
        [f"the name “{names[0]}”" if len(names) == 1 else f"{len(names):,} names such as “{names[0]}”"] if names else []
    )
    return " and ".join([*parts, *(["requests that name no model"] if "" in tokens else [])])


def _traffic_nothing_to_price(sums: Sums, summary: UsageSummary) -> tuple[Note, ...]:
    """One sentence about logs without any token: what was read, and why none of it has a price."""
    rows = Decimal(summary.rows), ROW_COUNT
    is_empty = sums.requests == 0 and not summary.uncounted_rows
    return (
        note(
            is_empty,
            "No request was found, so there is nothing to price. Read: {rows}."
            + (" What was left out, and why, is below." if summary.skipped else "")
            + (" The files are empty: choose others." if not (summary.skipped or summary.rows) else ""),
            rows=rows,
        ),
        note(
            is_empty and NOT_RECOGNIZED in summary.skipped,
            "A log of your own is read if its columns or keys name the model, the input tokens and the output tokens, "
            "like “model”, “input_tokens” and “output_tokens”.",
        ),
        note(
            not is_empty and not all_traffic_tokens(sums),
            "No request has tokens, so there is nothing to price. Read: {rows}"
            + (" with {requests}" if sums.requests else "")
            + (", {failed} of which failed." if sums.failed else "."),
            rows=rows,
            requests=(Decimal(sums.requests), REQUESTS),
            failed=(Decimal(sums.failed), ONE),
        ),
    )


def traffic_tier_notes(use: LoggedTraffic) -> tuple[Note, ...]:
    """How many requests were sent at other tiers, and for which no price of theirs is known."""
    requests = 0
    unknown: dict[str, None] = {}
    for cell, sums in use.cells():
        model, tier = use.model(cell), cell[TIER]
        if model is not None and tier not in (STANDARD, BATCH):
            requests += sums.requests
            if is_traffic_priced_as_standard(model, tier):
                unknown[f"{tier} at {model.name}"] = None
    return (
        note(
            requests > 0,
            "Sent at another tier than the standard one: {requests}. Each counts at the price of its tier if one is "
            "known.",
            requests=(Decimal(requests), REQUESTS),
        ),
        note(
            bool(unknown),
            "No price is known of these tiers, so their requests count at standard prices: "
            f"{', '.join(sorted(unknown))}.",
        ),
    )


def traffic_read_formats(use: LoggedTraffic) -> str:
    """The formats of the files, each with the number of files that have rows of it, the most frequent first."""
    counts = sorted(use.summary.format_files.items(), key=lambda entry: (-entry[1], entry[0]))
    words = [f"{USAGE_FORMATS[name].label} ({files:,} file{'s'[: files != 1]})" for name, files in counts]
    return ", ".join([*words[:NAMED_FORMATS], *(["…"] if len(words) > NAMED_FORMATS else [])])


def uncapitalized_traffic_words(words: str) -> str:
    """Words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def _traffic_gap(compared: Compared) -> Decimal:
    """By how much the logged cost is above the computed one, as a share."""
    return compared.logged / compared.listed - 1 if compared.logged and compared.listed else Decimal(0)
