"""What a reader of the cost of fine-tuning should know about the answer."""

from __future__ import annotations

from dataclasses import replace

from calculators.domain.model_notes import model_price_months_note
from calculators.domain.records.ends import has_ended
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.numbers import Note, both, known, known_or, note, opposite
from calculators.engine.numbers.units import SHARE, TOKENS, USD, USD_PER_MONTH, counted_unit
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.market.offers import tuning_offer_deadline
from calculators.fine_tuning.cost.serving import tuned_model_serving, tuning_arrangement, tuning_serves_open_weights
from calculators.fine_tuning.cost.training import forced_retraining_month
from calculators.fine_tuning.cost.year import YEAR, TuningYear

REPLICAS = counted_unit("replica")


def tuning_cost_remarks(i: Inputs, first: TuningYear) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    offer, now, before = i.offer, first.serving, first.start
    least = known_or(offer.smallest_file, 0)
    name = offer.name
    arrangement = tuning_arrangement(i)
    on_gpus, by_token = now.replicas > 0, now.replicas == 0
    alternative = tuned_model_serving(i, replace(arrangement, dedicated=by_token), i.requests)
    paid = i.requests * (1 + i.repeated)
    month, instead = now.hosting + now.request * paid, alternative.hosting + alternative.request * paid
    stops = forced_retraining_month(i.as_of, offer, YEAR)
    on_provider = i.training_on == "provider"
    closing = tuning_offer_deadline(i, offer.closes, "no new training since {}", "no new training from {} on")
    return (
        model_price_months_note(offer, YEAR),
        note(
            both(on_gpus, on_provider, instead < month),
            "By the token, the same requests would cost {there} instead of {here} for GPUs of their own.",
            there=(instead, USD_PER_MONTH),
            here=(month, USD_PER_MONTH),
        ),
        note(
            both(by_token, instead < month),
            "On a GPU of its own, the same requests would cost {there} instead of {here} by the token.",
            there=(instead, USD_PER_MONTH),
            here=(month, USD_PER_MONTH),
        ),
        note(
            both(on_gpus, i.hosting == "serverless"),
            "No price by the token is published for this tuned model. A GPU of its own is counted.",
        ),
        note(
            both(by_token, opposite(i.hosting == "serverless")),
            "This provider keeps the tuned weights. Its prices by the token are counted.",
        ),
        note(
            both(on_gpus, i.hosting == "owned", opposite(now.owned)),
            "This offer is not known to give the weights away. Its provider's machine is counted.",
        ),
        note(
            both(arrangement.rented, opposite(tuning_serves_open_weights(offer))),
            "Training on rented GPUs needs open weights. This offer is not known to have them.",
        ),
        note(
            both(arrangement.rented, by_token),
            "The provider's prices by the token are counted. Ask whether it serves a model trained elsewhere.",
        ),
        note(
            both(on_gpus, opposite(known(i.gpu.throughput_low))),
            "The serving speed of this GPU is not known. One is counted, whatever the number of requests.",
        ),
        note(
            both(on_gpus, now.fewest < now.replicas),
            "At the faster measured speed, {fewest} would do instead of {replicas}.",
            fewest=(now.fewest, REPLICAS),
            replicas=(now.replicas, REPLICAS),
        ),
        note(
            before.labor.total > before.runs + before.failed,
            "People's time before the start costs {labor}, all training runs together {runs}.",
            labor=(before.labor.total, USD),
            runs=(before.runs + before.failed, USD),
        ),
        note(
            both(on_provider, i.failed_runs > 0, known_or(offer.bills_failed, 1) <= 0),
            "This provider bills no run that fails, so these cost nothing. One that you cancel may still be billed.",
        ),
        note(
            i.truncated > 0,
            "{share} of the examples are cut at {limit}. The model never sees how they end: shorten or split them.",
            share=(i.truncated, SHARE),
            limit=(i.max_tokens, TOKENS),
        ),
        note(
            i.tokens_per_example > i.max_tokens,
            "The average example is longer than {limit}, so every example is counted as cut there.",
            limit=(i.max_tokens, TOKENS),
        ),
        note(
            i.examples < least,
            "This provider accepts no file with fewer than {least}.",
            least=(least, EXAMPLE_COUNT),
        ),
        note(
            both(
                on_provider,
                before.training.validation > 0,
                opposite(known(offer.bills_validation)),
                known(offer.training),
            ),
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
            f"{name}: {closing}.",
        ),
        note(
            has_ended(offer.retires, i.as_of),
            f"{name}: tuned models stopped on {offer.retires}. These costs are history.",
        ),
        note(
            stops is not None,
            f"{name}: tuned models stop on {offer.retires}. One retraining is counted in that month, at the prices of "
            "today; moving to another model may cost more.",
        ),
    )
