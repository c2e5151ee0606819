"""What the logs say about the reader's work, as answers to the questions that other calculators ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from calculators.domain.billing.tiers import STANDARD, is_tier_sold
from calculators.domain.records import ModelPrice
from calculators.engine.declare import Table
from calculators.engine.numbers import Note, bare_value, name_in_note, note, sum_of_numbers
from calculators.engine.numbers.rounding import unrounded_digits
from calculators.engine.numbers.units import REQUESTS, SHARE
from calculators.engine.records import OWN_RECORD
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.use import ALL, LoggedTraffic, Selection, exact_traffic_figure
from calculators.prompting.traffic.logged.waits import LoggedSpeed, logged_traffic_speed
from calculators.prompting.traffic.outputs import Outputs
from calculators.prompting.traffic.priced import traffic_model_cost
from calculators.prompting.traffic.samples import SAMPLES
from calculators.readers.usage.sums.quantiles import usage_quantile
from calculators.readers.usage.sums.summary import TIER, Sums

SHARE_PLACES = Decimal("0.0001")
MOST_HOURS, DAYS_A_YEAR = Decimal(744), Decimal(365)
WHOLE = Decimal(1)
TENTH = Decimal("0.1")
MEDIAN, NINE_IN_TEN = 0.5, 0.9
AGENT_MODEL = "agents/cost model"
"""The question of one calculator alone, as a page keeps it: no measure of single requests fills an agent's form."""


@dataclass(frozen=True, slots=True)
class HandedOnUse:
    """The part of the logs whose numbers other calculators get: one model's, and its share of the cost.

    They bill all tokens at the prices of one model, which a mean over several has no price of.
    """

    selection: Selection
    model: ModelPrice | None
    cost_share: Decimal


def traffic_handed_on(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> HandedOnUse:
    """The model with the largest cost at today's list prices; all that there is where no model has a price."""
    models = {model.id: model for model in i.priced}
    costs = {
        id: exact_traffic_figure(traffic_model_cost(counter, models[id], groups)) or Decimal(0)
        for id, groups in use.by_model().items()
        if use.sums(Selection(model=id)).requests
    }
    if not costs:
        return HandedOnUse(ALL, None, WHOLE)
    costliest = max(costs, key=lambda id: (costs[id], id))
    total = sum_of_numbers(costs.values(), Decimal(0))
    return HandedOnUse(Selection(model=costliest), models[costliest], costs[costliest] / total if total else WHOLE)


def traffic_case_notes(use: LoggedTraffic, handed_on: HandedOnUse) -> tuple[Note, ...]:
    """Whose numbers other calculators get, where the logs name several models."""
    part, requests = use.sums(handed_on.selection).requests, use.sums().requests
    return (
        note(
            part < requests,
            "“Your numbers for the other calculators” are those of {part} to "
            f"{name_in_note(handed_on.model.name) if handed_on.model else ''}, which make {{share}} of the cost. The "
            "other calculators bill one model, so the requests to others are not in them.",
            part=(Decimal(part), REQUESTS),
            share=(handed_on.cost_share, SHARE),
        ),
    )


def traffic_case_month(i: Inputs, use: LoggedTraffic, outputs: Outputs, selection: Selection) -> Decimal | None:
    """The requests a month of those selected: their part of what all come to, of whole days where they have some."""
    month = exact_traffic_figure(outputs.requests_month)
    whole_days = replace(selection, days=use.whole_days)
    part, whole = use.sums(whole_days).requests, use.sums(Selection(days=use.whole_days)).requests
    if bare_value(i.days) is not None or not part:
        part, whole = use.sums(selection).requests, use.sums().requests
    return None if month is None else month * part / whole


def traffic_case_tier(use: LoggedTraffic, handed_on: HandedOnUse) -> str | None:
    """The tier of all requests to the model, where they name one and it is sold at that."""
    tier, *others = {cell[TIER] for cell, _ in use.cells(handed_on.selection)}
    if others or tier == STANDARD or handed_on.model is None:
        return None
    return tier if is_tier_sold(handed_on.model, tier) else None


def traffic_case_prefix(model: ModelPrice | None, sums: Sums) -> Decimal:
    """The tokens of all requests that are their fixed beginning: what was read or written, and what prompts share.

    Requests that read none bring its mean below the shortest prefix that the model caches, and the other calculators
    would bill nothing as cached. It is as long as that prefix then, and a smaller share of it finds the cache: the cost
    is the same where writing costs what reading does. Where prompts are shorter, no prefix would come to that cost.
    """
    cached, prompts = Decimal(sums.read + sums.write + sums.shared), sums.uncached + sums.read + sums.write
    shortest = exact_traffic_figure(model.smallest_prefix) if model else None
    fixed = (shortest or Decimal(0)) * sums.requests
    return fixed if sums.read and not sums.write and cached < fixed <= prompts else cached


def traffic_case(i: Inputs, use: LoggedTraffic, handed_on: HandedOnUse, outputs: Outputs) -> Table:
    """One row for each question that the logs answer, of the model with the largest cost.

    The prompt is cut where the cache is: what was read from it or written to it is the fixed beginning, as is what
    prompts without counts share; the rest is what each request brings. A logged request is one turn, and repeats are
    among the requests. Where conversations are named, their lengths are the steps of an agent.
    """
    model = handed_on.model
    sums = use.sums(handed_on.selection)
    if not sums.requests or sums.without_tokens == sums.requests:
        return Table(())
    requests = Decimal(sums.requests)
    prefix, hidden = traffic_case_prefix(model, sums), Decimal(sums.reasoning)
    answered = requests - sums.unanswered
    has_cache = sums.without_cache < sums.requests
    has_reasoning = sums.without_reasoning < sums.requests
    hours = exact_traffic_figure(outputs.active_hours)
    active = None if hours is None else min(MOST_HOURS, max(WHOLE, (hours * DAYS_A_YEAR / 12).quantize(WHOLE)))
    is_offered = model is not None and any(model.id == listed.id for listed in i.market)
    month = traffic_case_month(i, use, outputs, handed_on.selection)
    steps = traffic_step_rows(use)
    rows: list[tuple[str, str, Decimal | str | None]] = [
        ("requests", "Requests a month", _traffic_rounded(month, TENTH)),
        ("instructions", "Tokens that are read from or written to a cache", _traffic_rounded(prefix / requests, WHOLE)),
        ("examples", "Examples: counted with these", Decimal(0)),
        ("context", "Context: counted with what each request brings", Decimal(0)),
        (
            "user_text",
            "Tokens that each request brings",
            _traffic_rounded((sums.uncached + sums.read + sums.write - prefix) / requests, WHOLE),
        ),
        (
            "answer",
            "Tokens of an answer",
            _traffic_rounded((sums.output - hidden) / answered, WHOLE) if answered else None,
        ),
        (
            "reasoning",
            "Tokens of hidden reasoning" if has_reasoning else "Hidden reasoning: counted with the answer",
            _traffic_rounded(hidden / answered, WHOLE) if answered else None,
        ),
        ("turns", "Turns: each request is one", Decimal(1)),
        (
            "found_cached",
            "Share that found the cache",
            _traffic_rounded(sums.read / prefix, SHARE_PLACES) if sums.read or sums.write else None,
        ),
        ("active_hours", "Hours a month with requests", active if has_cache else None),
        ("repeated", "Repeats: among the requests", Decimal(0)),
        ("model", "The model with the largest cost", model.id if model and is_offered else None),
        ("counted_with", "The tokenizer of that model", (model.tokenizer or None) if model else None),
        ("tier", "The service tier of these requests", traffic_case_tier(use, handed_on)),
        (AGENT_MODEL, "The same model for the steps of an agent", model.id if model and is_offered and steps else None),
    ]
    logs = traffic_case_origin(i)
    basis = f"{logs}, n = {sums.requests}"
    speed = logged_traffic_speed(use.summary.times)
    timed = f"{logs}, n = {speed.requests}" if speed else basis
    conversations = f"{logs}, n = {use.turns()[1]}"
    parts = ((basis, rows), (conversations, steps), (timed, traffic_speed_rows(speed)))
    return Table(
        tuple(
            (name, label, answer if isinstance(answer, str) else unrounded_digits(answer), source)
            for source, listed in parts
            for name, label, answer in listed
            if answer is not None
        )
    )


def traffic_case_origin(i: Inputs) -> str:
    """Whose logs the numbers are from: a reader who hands on those of an example sees that on every page."""
    return "an example's logs" if not i.logs and i.pasted in SAMPLES else "your logs"


def traffic_step_rows(use: LoggedTraffic) -> list[tuple[str, str, Decimal | str | None]]:
    """The rows for an agent: the requests of a conversation; none where each has a single one, or none has a name."""
    median, nine = (Decimal(round(usage_quantile(use.summary.turns, share) or 0)) for share in (MEDIAN, NINE_IN_TEN))
    if nine <= 1:
        return []
    return [
        ("steps", "Steps of an agent: requests of a conversation, median", median),
        ("steps_of_nine_in_ten", "Requests that nine conversations in ten stay below", nine),
    ]


def traffic_speed_rows(speed: LoggedSpeed | None) -> list[tuple[str, str, Decimal | str | None]]:
    """The rows for the wait: the speeds that the logs show, as a model of the reader's own."""
    if speed is None:
        return []
    return [
        ("speed", "Speeds of a model: your own, as logged", OWN_RECORD),
        ("speed.first_token", "First token of a short prompt, median (seconds)", speed.first_token),
        ("speed.first_token_p95", "First token of a short prompt, p95 (seconds)", speed.first_token_p95),
        ("speed.reading", "Prompt tokens read a second", speed.reading),
        ("speed.writing", "Tokens written a second", speed.writing),
    ]


def _traffic_rounded(number: Decimal | None, step: Decimal) -> Decimal | None:
    return None if number is None else number.quantize(step)
