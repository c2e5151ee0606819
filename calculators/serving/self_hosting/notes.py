"""What a reader of self-hosting should know about the answer."""

from __future__ import annotations

from calculators.domain.model_notes import (
    model_batch_price_note,
    model_effort_notes,
    model_past_shutdown_note,
    model_shutdown_note,
    model_tier_note,
)
from calculators.domain.units import SECONDS, TOKENS_PER_SECOND
from calculators.engine.numbers import Note, Number, both, floor, known, known_or, largest, note, opposite, quotient
from calculators.engine.numbers.units import GB, REQUESTS_PER_MONTH, SHARE, counted_unit
from calculators.serving.self_hosting.costs import Hosting, hosting_first_token, is_hosting_batch
from calculators.serving.self_hosting.inputs import Inputs
from calculators.serving.self_hosting.outputs import NO, UNKNOWN
from calculators.serving.self_hosting.scenarios import HostingScenarios, unknown_hosting_figures
from calculators.serving.self_hosting.speed import hosting_prompt_share, is_hosting_unpacked

AT_ONCE = counted_unit("request")


def self_hosting_remarks(i: Inputs, found: HostingScenarios, api: Number) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    memory = known_or(i.gpu.memory, 0) * i.gpus
    spot, reserved = i.contract == "spot", i.contract == "reserved"
    missing = " and ".join(f"“{label}”" for label in unknown_hosting_figures(i, i.gpu))
    about_all = (
        note(
            found.fit == NO,
            "Of the {held} on the GPUs {used} may be used. The weights take {weights}, the adapters {adapters}, shared "
            "instructions {shared} and each request {request}. Take more GPUs for a replica, fewer bits, or a smaller "
            "model.",
            held=(memory, GB),
            used=(largest(0 * memory, i.gpus * (known_or(i.gpu.memory, 0) * i.memory_share - i.workspace)), GB),
            weights=(found.room.weights, GB),
            adapters=(found.room.adapters, GB),
            shared=(found.room.shared, GB),
            request=(found.room.request, GB),
        ),
        note(
            found.fit == UNKNOWN and missing != "",
            f"The speed follows from figures that are not published for this GPU: type {missing}.",
        ),
        note(
            both(spot, opposite(known(i.gpu.rent_spot))),
            "No spot price is listed for this GPU. The price by the hour counts.",
        ),
        note(
            both(reserved, opposite(known(i.gpu.rent_reserved))),
            "No price of a long contract is listed for this GPU. The price by the hour counts.",
        ),
        note(
            both(spot, known(i.gpu.rent_spot)),
            "A spot machine can be taken away at short notice. The replicas that have to take over are not counted.",
        ),
        note(
            is_hosting_unpacked(i, i.gpu),
            "No speed of this GPU in the width of the weights is published, so they count as turned into 16 bits each "
            "time: less memory, and little or no speed under load.",
        ),
        note(
            known(i.architecture.experts),
            "Which experts are asked for, and how they are spread over GPUs, changes the speed of a mixture of experts"
            ", so its range is wider.",
        ),
        note(
            i.weights == "four",
            "Four bits cost some quality. Test the model in the width in which you will serve it.",
        ),
        model_batch_price_note(i.model, is_hosting_batch(i)),
        model_tier_note(i.model, i.tier),
        *model_effort_notes(i.model, i.effort, i.reasoning),
        model_shutdown_note(i.model, i.as_of),
        model_past_shutdown_note(i.model, i.as_of),
        note(
            is_hosting_batch(i),
            "Nobody waits for a batch, so machines are counted for the average of the month, without a busiest hour. "
            "An answer may then take many hours on your machines, too.",
        ),
    )
    if found.likely is None:
        return about_all
    return about_all + _hosting_speed_remark(i, found, found.likely, api)


def _hosting_speed_remark(i: Inputs, found: HostingScenarios, likely: Hosting, api: Number) -> tuple[Note, ...]:
    first, pace = hosting_first_token(likely.pace, likely.places), i.answer / likely.cycle
    prompts = hosting_prompt_share(likely.pace, likely.places)
    by_memory = found.room.requests < i.most_at_once
    awaited = opposite(is_hosting_batch(i))
    return (
        note(
            both(awaited, first > i.first_token),
            "Even a request that finds a place begins after {first}, later than you ask. Take a faster GPU, more GPUs "
            "for a replica, or shorter prompts.",
            first=(first, SECONDS),
        ),
        note(
            both(awaited, pace < i.pace),
            "Even a single request at a time gets {pace}, slower than you ask.",
            pace=(pace, TOKENS_PER_SECOND),
        ),
        note(
            both(by_memory, likely.places + 1 > found.room.requests),
            "Memory bounds a replica to {places} at once. An 8-bit cache, fewer bits per weight or more GPUs help.",
            places=(floor(likely.places), AT_ONCE),
        ),
        note(
            prompts > i.mostly_prompts,
            "Reading prompts takes {prompts} of the time. Software differs more in how fast it computes than in how "
            "fast it reads memory, so the range is wider.",
            prompts=(prompts, SHARE),
        ),
        note(
            both(awaited, 2 * likely.load < 1),
            "On average the replicas do {load} of what they could. The rest is paid for so that the busiest hour does "
            "not wait; work that may wait for the night would fill it.",
            load=(likely.load, SHARE),
        ),
        note(
            both(opposite(known(likely.pays_from)), api > 0),
            "At no volume does hosting cost less than this API: even a replica that is as busy as your peaks allow "
            "costs more for each request.",
        ),
        note(
            both(i.requests > 0, known(likely.pays_from), i.requests < known_or(likely.pays_from, i.requests)),
            "Your volume of {requests} is {share} of that from which hosting costs less.",
            requests=(i.requests, REQUESTS_PER_MONTH),
            share=(quotient(i.requests, known_or(likely.pays_from, i.requests)), SHARE),
        ),
        note(api <= 0, "The API model has no price, so there is no volume from which hosting costs less."),
    )
