"""The tables of self-hosting: more and more requests at once, and every GPU."""

from __future__ import annotations

from decimal import Decimal

from calculators.domain.units import SECONDS_PER_HOUR, TOKEN
from calculators.engine.declare import RankedRow, Table, ranked_output_table
from calculators.engine.numbers import TOKENS_PER_MTOK, Number, bare_value, floor
from calculators.engine.numbers.rounding import unrounded_quantity
from calculators.engine.numbers.units import ONE
from calculators.serving.self_hosting.costs import hosting_first_token, hosting_hourly_rent
from calculators.serving.self_hosting.inputs import Inputs
from calculators.serving.self_hosting.memory import Weights, hosting_prompt_tokens
from calculators.serving.self_hosting.outputs import FITS, NO, UNKNOWN
from calculators.serving.self_hosting.scenarios import HostingScenarios, hosting_scenarios

WORDS = {FITS: "yes", NO: "no", UNKNOWN: "speed not known"}
DOUBLINGS = 20


def hosting_at_once_table(i: Inputs, found: HostingScenarios) -> Table:
    """One replica with 1, 2, 4 and more requests at once, up to all of its places."""
    if found.likely is None:
        return Table(())
    pace, places = found.likely.pace, found.likely.places
    most = bare_value(places)
    counts: list[Number | int] = [2**power for power in range(DOUBLINGS) if 2**power < most]
    _, rent, _ = hosting_hourly_rent(i, i.gpu)
    tokens = (hosting_prompt_tokens(i) * TOKEN + i.answer) / TOKENS_PER_MTOK
    rows = []
    for requests in (*counts, floor(places)):
        cycle = pace.cycle(requests)
        answered = requests / cycle * SECONDS_PER_HOUR
        rows.append(
            (
                unrounded_quantity(Decimal(bare_value(requests)), ONE),
                i.answer * requests / cycle,
                i.answer / cycle,
                hosting_first_token(pace, requests),
                i.gpus * rent / (answered * tokens),
            )
        )
    return Table(tuple(rows), len(rows) - 1)


def hosting_gpu_table(i: Inputs, weights: Weights, api: Number, own: HostingScenarios) -> Table:
    """Every listed GPU, the cheapest first."""
    rows = []
    for listed in i.market:
        gpu = i.gpu if listed.id == i.gpu.id else listed
        found = own if gpu is i.gpu else hosting_scenarios(i, weights, gpu, api)
        month = found.value_range(lambda hosting: hosting.month)
        cost = found.likely_value(lambda hosting: hosting.month)
        cells = (
            gpu.name,
            WORDS[found.fit],
            found.likely_value(lambda hosting: floor(hosting.places)),
            found.likely_value(lambda hosting: hosting.capacity * i.answer),
            found.likely_value(lambda hosting: hosting.replicas),
            None if month is None else month.low,
            cost,
            None if month is None else month.high,
        )
        rows.append(RankedRow(gpu.id, cost, cells))
    return ranked_output_table(rows, own=i.gpu.id)
