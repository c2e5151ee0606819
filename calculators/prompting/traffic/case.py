"""What the logs say about the reader's work, as answers to the questions that other calculators ask."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import Table
from calculators.engine.numbers.rounding import unrounded_digits
from calculators.engine.records import OWN_RECORD
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.tokens import merged_traffic_tokens
from calculators.prompting.traffic.logged.use import LoggedTraffic, exact_traffic_figure
from calculators.prompting.traffic.logged.waits import LoggedSpeed, logged_traffic_speed
from calculators.prompting.traffic.outputs import Outputs
from calculators.readers.usage.sums.quantiles import usage_quantile

SHARE_PLACES = Decimal("0.0001")
MOST_HOURS, DAYS_A_YEAR = Decimal(744), Decimal(365)
WHOLE = Decimal(1)
TENTH = Decimal("0.1")
MEDIAN, NINE_IN_TEN = 0.5, 0.9


def traffic_case(i: Inputs, use: LoggedTraffic, outputs: Outputs) -> Table:
    """One row for each question that the logs answer.

    The prompt is cut where the cache is: what was read from it or written to it is the fixed beginning, as is what
    prompts without counts share; the rest is what each request brings. A logged request is one turn, and repeats are
    among the requests. Where conversations are named, their lengths are the steps of an agent.
    """
    sums = use.sums()
    if not sums.requests or sums.without_tokens == sums.requests:
        return Table(())
    requests = Decimal(sums.requests)
    cached, hidden = Decimal(sums.read + sums.write + sums.shared), Decimal(sums.reasoning)
    answered = requests - sums.unanswered
    has_cache = sums.without_cache < sums.requests
    has_reasoning = sums.without_reasoning < sums.requests
    month = exact_traffic_figure(outputs.requests_month)
    hours = exact_traffic_figure(outputs.active_hours)
    active = None if hours is None else min(MOST_HOURS, max(WHOLE, (hours * DAYS_A_YEAR / 12).quantize(WHOLE)))
    groups = use.by_model()
    most_used = max(groups, key=lambda id: (merged_traffic_tokens(groups[id].values()).all, id)) if groups else ""
    rows: list[tuple[str, str, Decimal | str | None]] = [
        ("requests", "Requests a month", _traffic_rounded(month, TENTH)),
        ("instructions", "Tokens that are read from or written to a cache", _traffic_rounded(cached / requests, WHOLE)),
        ("examples", "Examples: counted with these", Decimal(0)),
        ("context", "Context: counted with what each request brings", Decimal(0)),
        (
            "user_text",
            "Tokens that each request brings",
            _traffic_rounded((sums.uncached - sums.shared) / requests, WHOLE),
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
            _traffic_rounded(sums.read / cached, SHARE_PLACES) if sums.read or sums.write else None,
        ),
        ("active_hours", "Hours a month with requests", active if has_cache else None),
        ("repeated", "Repeats: among the requests", Decimal(0)),
        ("model", "The model that was used most", most_used or None),
    ]
    basis = f"your logs, n = {sums.requests}"
    speed = logged_traffic_speed(use.summary.times)
    timed = f"your logs, n = {speed.requests}" if speed else basis
    conversations = f"your logs, n = {use.turns()[1]}"
    parts = ((basis, rows), (conversations, traffic_step_rows(use)), (timed, traffic_speed_rows(speed)))
    return Table(
        tuple(
            (name, label, answer if isinstance(answer, str) else unrounded_digits(answer), source)
            for source, listed in parts
            for name, label, answer in listed
            if answer is not None
        )
    )


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
