"""The tables and notes of fine_tuning/cost: where the money goes, every offer, and what a reader should know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from calculators.engine.declare import Table
from calculators.engine.numbers import ascending, both, known, known_or, note, opposite, plain, quotient, when
from calculators.engine.records import TuningOffer
from calculators.engine.units import ONE, SHARE, TOKENS, USD, USD_PER_MONTH, count
from calculators.fine_tuning._expenses import has_open_weights, retires_in, serving
from calculators.fine_tuning._year import YEAR, Year, chosen, year


def breakdown(whole: Year, first_year: Any) -> Table:
    """Each part of the first year with its share; parts that cost nothing are left out."""
    begin = whole.begin
    parts = (
        ("Labor for examples", begin.labor.examples),
        ("Labor for set-up", begin.labor.setup),
        ("Training", begin.runs),
        ("Evaluation", begin.evaluation),
        ("Hosting", whole.hosting),
        ("Tokens", whole.tokens),
        ("Watching and upkeep", whole.upkeep),
        ("Retraining", whole.retraining),
    )
    return Table(tuple((label, cost, quotient(cost, first_year)) for label, cost in parts if plain(cost)))


def ranking(i: Any, own: Year) -> Table:
    """The same work with every offer, trained by its provider: first those that anybody can take, then by cost."""
    rows = []
    for listed in i.market:
        mine = listed.id == i.offer.id
        offer = i.offer if mine else listed
        its = own if mine else year(i, replace(chosen(i), offer=offer, rented=False))
        month = its.now.hosting + its.now.request * i.requests * (1 + i.repeated)
        served = when(its.now.dedicated, "own GPU", "by the token")
        cells = (offer.name, its.begin.training.run, month, its.total, served, remark(i, offer))
        rows.append((its.total, offer, cells))
    by_cost = ascending(rows, key=lambda row: row[0])
    ordered = sorted(by_cost, key=lambda row: not is_open(i, row[1]))
    own_row = next((at for at, (_, offer, _) in enumerate(ordered) if offer.id == i.offer.id), None)
    return Table(tuple(cells for _, _, cells in ordered), own_row)


def is_open(i: Any, offer: TuningOffer) -> bool:
    """Whether anybody can begin to train there on that day."""
    return not any("" < day <= i.as_of for day in (offer.closed_to_new, offer.closes, offer.retires))


def remark(i: Any, offer: TuningOffer) -> str:
    """Until when one can train and use the model, and for whom."""
    words = [
        f"closed to new customers since {offer.closed_to_new}" if offer.closed_to_new else "",
        until(i, offer.closes, "no new training since {}", "no new training from {}"),
        until(i, offer.retires, "stopped on {}", "stops on {}"),
    ]
    return "; ".join(word for word in words if word)


def until(i: Any, day: str, past: str, future: str) -> str:
    """A sentence about a day that is over or still to come; nothing where there is no such day."""
    return (past if day <= i.as_of else future).format(day) if day else ""


def remarks(i: Any, whole: Year) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    offer, now, begin = i.offer, whole.now, whole.begin
    least: Any = known_or(offer.smallest_file, 0)
    name = offer.name
    way = chosen(i)
    other = serving(i, replace(way, dedicated=now.replicas == 0), i.requests)
    on_gpus = now.replicas > 0
    paid = i.requests * (1 + i.repeated)
    here, there = now.hosting + now.request * paid, other.hosting + other.request * paid
    stops = retires_in(i.as_of, offer, YEAR)
    on_provider = i.training_on == "provider"
    return (
        note(
            both(on_gpus, i.training_on == "provider", there < here),
            "By the token, the same requests would cost {there} instead of {here} for GPUs of their own.",
            there=(there, USD_PER_MONTH), here=(here, USD_PER_MONTH),
        ),
        note(
            both(now.replicas == 0, there < here),
            "On a GPU of its own, the same requests would cost {there} instead of {here} by the token.",
            there=(there, USD_PER_MONTH), here=(here, USD_PER_MONTH),
        ),
        note(
            both(on_gpus, i.hosting == "serverless"),
            "No price by the token is published for this tuned model. A GPU of its own is counted.",
        ),
        note(
            both(now.replicas == 0, i.hosting == "dedicated"),
            "This provider keeps the tuned weights. Its prices by the token are counted.",
        ),
        note(
            both(way.rented, opposite(has_open_weights(offer))),
            "Training on rented GPUs needs open weights. This offer is not known to have them.",
        ),
        note(
            both(way.rented, now.replicas == 0),
            "The provider's prices by the token are counted. Ask whether it serves a model trained elsewhere.",
        ),
        note(
            both(on_gpus, opposite(known(i.gpu.throughput_low))),
            "The serving speed of this GPU is not known. One is counted, whatever the number of requests.",
        ),
        note(
            both(on_gpus, now.fewest < now.replicas),
            "At the faster measured speed, {fewest} would do instead of {replicas}.",
            fewest=(now.fewest, ONE), replicas=(now.replicas, ONE),
        ),
        note(
            begin.labor.total > begin.runs,
            "People's time before the start costs {labor}, all training runs together {runs}.",
            labor=(begin.labor.total, USD), runs=(begin.runs, USD),
        ),
        note(
            i.truncated > 0,
            "{share} of the examples are cut at {limit}. The model never sees how they end: shorten or split them.",
            share=(i.truncated, SHARE), limit=(i.max_tokens, TOKENS),
        ),
        note(
            i.tokens_per_example > i.max_tokens,
            "The average example is longer than {limit}, so every example is counted as cut there.",
            limit=(i.max_tokens, TOKENS),
        ),
        note(
            i.examples < least,
            "This provider accepts no file with fewer than {least}.",
            least=(least, count("example")),
        ),
        note(
            both(on_provider, begin.training.validation > 0, opposite(known(offer.bills_validation)),
                 known(offer.training)),
            "Whether validation tokens are billed is not known here. They are counted.",
        ),
        note(
            both(on_provider, opposite(known(offer.training)), opposite(known(offer.training_hour))),
            "No training price is published for this offer. Type your own.",
        ),
        note(
            bool(offer.closed_to_new),
            f"{name} has been closed to new customers since {offer.closed_to_new}.",
        ),
        note(
            bool(offer.closes),
            f"{name}: {until(i, offer.closes, 'no new training since {}', 'no new training from {} on')}.",
        ),
        note(
            "" < offer.retires <= i.as_of,
            f"{name}: tuned models stopped on {offer.retires}. These costs are history.",
        ),
        note(
            stops is not None,
            f"{name}: tuned models stop on {offer.retires}. One retraining is counted in that month, at the prices of "
            "today; moving to another model may cost more.",
        ),
    )  # fmt: skip
