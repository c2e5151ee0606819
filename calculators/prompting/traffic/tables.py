"""The tables beside the price of logs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculators.domain.billing.tiers import is_tier_sold
from calculators.domain.market import market_ranked_models
from calculators.domain.records import ModelPrice
from calculators.domain.records.ends import has_ended
from calculators.engine.declare import RankedRow, Table, declared_row_remark
from calculators.engine.numbers import TOKENS_PER_MTOK, Number, both, known, opposite, when
from calculators.engine.numbers.units import ONE, REQUESTS, TOKENS, USD, USD_PER_MTOK
from calculators.prompting.traffic.case import HandedOnUse
from calculators.prompting.traffic.comparing import priced_traffic_requests
from calculators.prompting.traffic.days import traffic_undated_words
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.tokens import TrafficTokens, merged_traffic_tokens
from calculators.prompting.traffic.logged.use import ALL, LoggedTraffic, exact_traffic_figure, traffic_iso_day
from calculators.prompting.traffic.priced import KINDS, PastCost, traffic_cost_elsewhere, traffic_model_cost
from calculators.prompting.traffic.savings.what_if import BEYOND_WINDOW
from calculators.readers.usage.recognition import USAGE_FORMATS
from calculators.readers.usage.request import BATCH, STANDARD
from calculators.readers.usage.sums.quantiles import usage_quantile
from calculators.readers.usage.sums.summary import MODEL, TIER
from calculators.readers.usage.sums.tally import TENTHS

LISTED_NAMES = 30
"""How many names without a price get a row of their own."""

QUANTILES = (0.5, 0.9, 0.99)


def traffic_models_table(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Table:
    """The requests, tokens and cost of each model, the most expensive first; then the names without a price."""
    requests: dict[str, int] = {}
    for cell, sums in use.cells():
        model = use.model(cell)
        key = model.id if model else f"?{cell[MODEL]}"
        requests[key] = requests.get(key, 0) + sums.requests
    models = {model.id: model for model in i.priced}
    rows: list[tuple[Decimal, tuple[Any, ...]]] = []
    for id, groups in use.by_model().items():
        tokens, model = merged_traffic_tokens(groups.values()), models[id]
        cost = traffic_model_cost(counter, model, groups)
        remark = declared_row_remark(
            when(any(tier == BATCH for tier, _ in groups), "partly in batches" if len(groups) > 1 else "in batches"),
            *(traffic_tier_words(model, tier, len(groups) > 1) for tier in sorted({tier for tier, _ in groups})),
            when(any(long for _, long in groups), "long-prompt prices"),
            f"shut down on {model.retires}" if has_ended(model.retires, i.as_of) else "",
        )
        rows.append(
            (
                -(exact_traffic_figure(cost) or Decimal(0)),
                (model.name, requests[id], *_traffic_token_cells(counter, model.name, tokens), cost, remark),
            )
        )
    unpriced: dict[str, TrafficTokens] = {}
    for cell, sums in use.cells():
        if use.model(cell) is None:
            unpriced.setdefault(cell[MODEL], TrafficTokens()).add(sums)
    for name, tokens in sorted(unpriced.items(), key=lambda entry: (-entry[1].all, entry[0]))[:LISTED_NAMES]:
        cells = (
            name or "no model named",
            requests[f"?{name}"],
            *_traffic_token_cells(counter, name, tokens),
            None,
            "no price known",
        )
        rows.append((Decimal(0), cells))
    ordered = [cells for _, cells in sorted(rows, key=lambda row: row[0])]
    is_counted = any(requests.values()) or not use.summary.uncounted_rows
    return Table(
        tuple(
            (
                cells[0],
                counter.measured(f"Requests of {cells[0]}", cells[1], REQUESTS) if is_counted else None,
                *cells[2:],
            )
            for cells in ordered
        )
    )


def traffic_tier_words(model: ModelPrice, tier: str, is_part: bool) -> str:
    """That requests were sent at another tier than the standard one, and where its price is not known; else nothing."""
    if tier in (STANDARD, BATCH):
        return ""
    unknown = ", priced as standard" if is_traffic_priced_as_standard(model, tier) else ""
    return f"{'partly ' if is_part else ''}at the {tier} tier{unknown}"


def is_traffic_priced_as_standard(model: ModelPrice, tier: str) -> bool:
    """Whether a model has no price of a tier at which requests were sent; a batch is said elsewhere."""
    return tier not in (STANDARD, BATCH) and not is_tier_sold(model, tier)


def _traffic_token_cells(counter: TrafficMeasuring, of: str, tokens: TrafficTokens) -> tuple[Number, ...]:
    counts = (tokens.uncached, tokens.read, tokens.write + tokens.write_long, tokens.output)
    return tuple(counter.measured(f"Tokens of {of}", count, TOKENS) for count in counts)


def traffic_ranking_table(
    i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring, total: Number, handed_on: HandedOnUse
) -> Table:
    """The same requests on every model that is still served, the cheapest first; the one that cost most is marked."""
    rows = []
    selection = priced_traffic_requests(use)
    tiers = sorted({cell[TIER] for cell in use.summary.cells})
    has_batches = BATCH in tiers
    for listed in i.market:
        if has_ended(listed.retires, i.as_of):
            continue
        model = i.model if listed.id == i.model.id else listed
        there = traffic_cost_elsewhere(counter, use, model, i.priced)
        remark = declared_row_remark(
            when(there.beyond_window > 0, BEYOND_WINDOW),
            when(both(has_batches, opposite(known(model.batch_input))), "no batch price"),
            *(f"no {tier} tier" for tier in tiers if is_traffic_priced_as_standard(model, tier)),
            when(opposite(known(model.cached_read)), "no cached price"),
            when(opposite(known(model.tokenizer_factor)), "token factor not known"),
            when(model.id == i.model.id, "the model to compare with"),
        )
        compared = there if selection == ALL else traffic_cost_elsewhere(counter, use, model, i.priced, selection)
        cells = (model.name, model.group, there.cost, compared.cost - total, remark)
        rows.append(RankedRow(model.id, there.cost, cells))
    return market_ranked_models([*i.market, i.model], rows, own=handed_on.model.id if handed_on.model else "")


def traffic_days_table(i: Inputs, past: PastCost, counter: TrafficMeasuring) -> Table:
    """The cost of each day by what was paid for."""
    rows = []
    for day, parts in sorted(past.by_day.items()):
        whole = Decimal(0)
        for kind in KINDS:
            whole += parts[kind]
        written = parts["write"] + parts["write_long"]
        costs = (whole, parts["uncached"], parts["read"], written, parts["output"])
        cells = [counter.measured(f"Cost of {traffic_iso_day(day)}", cost, USD) for cost in costs]
        if past.answers[day]:
            answers = counter.measured("A million tokens for each answer", past.answers[day], USD_PER_MTOK) * i.answer
            cells[0], cells[-1] = (cell + answers / TOKENS_PER_MTOK for cell in (cells[0], cells[-1]))
        rows.append((traffic_iso_day(day), *cells))
    return Table(tuple(rows))


def traffic_sizes_table(use: LoggedTraffic, counter: TrafficMeasuring) -> Table:
    """Quantiles of prompts, answers, conversations and waiting times."""
    summary = use.summary
    measures = (
        ("Prompt, tokens", summary.inputs, 1),
        ("Answer, tokens", summary.outputs, 1),
        ("Requests of a conversation", summary.turns, 1),
        ("Time of an answer, seconds", summary.seconds, TENTHS),
        ("Time to the first token, seconds", summary.first_token_seconds, TENTHS),
    )
    rows = []
    for label, counts, divisor in measures:
        if counts:
            values = [Decimal(round(usage_quantile(counts, share) or 0)) / divisor for share in QUANTILES]
            cells = [counter.measured(label, value, ONE) for value in values]
            rows.append((label, *cells))
    return Table(tuple(rows))


def traffic_hours_table(use: LoggedTraffic, counter: TrafficMeasuring) -> Table:
    """Requests by the hour of the day."""
    hours = use.summary.hours
    return Table(
        tuple((f"{hour:02d}:00", counter.measured("Requests", count, ONE)) for hour, count in enumerate(hours))
        if any(hours)
        else ()
    )


def traffic_read_rows(use: LoggedTraffic, counter: TrafficMeasuring) -> Table:
    """How many files and rows were read in which format."""
    rows = []
    for name, count in sorted(use.summary.formats.items(), key=lambda entry: (-entry[1], entry[0])):
        if name in USAGE_FORMATS:
            files = use.summary.format_files.get(name, 0)
            counted = counter.measured("Files", files, ONE), counter.measured("Rows", count, ONE)
            rows.append((USAGE_FORMATS[name].label, *counted))
    return Table(tuple(rows))


def traffic_left_out_table(i: Inputs, use: LoggedTraffic, past: PastCost, counter: TrafficMeasuring) -> Table:
    """Rows that were not counted, those that were although something does not add up, and days without a price."""
    summary = use.summary
    rows: list[tuple[str, Number | None, str]] = []
    for title, reasons in (("Left out: ", summary.skipped), ("Counted, but ", summary.remarks)):
        for why, reason in sorted(reasons.items(), key=lambda entry: (-entry[1].count, entry[0])):
            more = ", …" if reason.count > len(reason.lines) else ""
            lines = ", ".join(dict.fromkeys(reason.lines)) + more  # a line may hold several rows
            rows.append((f"{title}{why}", counter.measured("Rows", reason.count, ONE), lines))
    if summary.duplicates:
        rows.append(("Left out: the same request again", counter.measured("Rows", summary.duplicates, ONE), ""))
    if summary.proxy_hits:
        rows.append(
            ("Left out: answered from the gateway's own cache", counter.measured("Rows", summary.proxy_hits, ONE), "")
        )
    if past.priced:
        rows += [
            (f"Left out of the cost by day alone, as no price of that day is known: {words}", None, "")
            for words in traffic_undated_words(i, past)
        ]
    return Table(tuple(rows))
