"""The cost of fine-tuning computed the slow way: month by month, replica by replica, in fractions, from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.calculators.by_hand import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What is asked for, in plain numbers; shares between 0 and 1."""

    requests: Fraction = Fraction(1000)
    repeated: Fraction = Fraction(0)
    instructions: Fraction = Fraction(0)
    context: Fraction = Fraction(0)
    user_text: Fraction = Fraction(0)
    answer: Fraction = Fraction(0)
    examples: Fraction = Fraction(0)
    new_share: Fraction = Fraction(1)
    minutes_per_example: Fraction = Fraction(0)
    setup_hours: Fraction = Fraction(0)
    labor_rate: Fraction = Fraction(60)
    training_on: str = "provider"
    tokens_per_example: Fraction = Fraction(0)
    max_tokens: Fraction = Fraction(10**6)
    truncated: Fraction = Fraction(0)
    epochs: Fraction = Fraction(1)
    runs: Fraction = Fraction(1)
    validation_examples: Fraction = Fraction(0)
    validations: Fraction = Fraction(0)
    training_hours: Fraction = Fraction(0)
    training_gpus: Fraction = Fraction(1)
    gpu_rent: Fraction = Fraction(0)
    grader_input_tokens: Fraction = Fraction(0)
    grader_output_tokens: Fraction = Fraction(0)
    grader_input_price: Fraction = Fraction(0)
    grader_output_price: Fraction = Fraction(0)
    test_examples: Fraction = Fraction(0)
    evaluations: Fraction = Fraction(0)
    grading_minutes: Fraction = Fraction(0)
    hosting: str = "dedicated"
    peak_factor: Fraction = Fraction(1)
    prompt_tokens_as_answer: Fraction = Fraction(16)
    found_cached: Fraction = Fraction(0)
    upkeep_hours: Fraction = Fraction(0)
    retrain_months: Fraction = Fraction(0)
    retrain_labor: Fraction = Fraction(0)

    def typed(self, offer: str, gpu: str, day: str, own: Mapping[str, str] | None = None) -> dict[str, str]:
        """The same as a reader would type it, with figures of the reader's own such as `offer.input`."""
        values = {name: getattr(self, name) for name in self.__slots__}
        texts = {name: value if isinstance(value, str) else typed(value) for name, value in values.items()}
        return {**texts, "offer": offer, "gpu": gpu, "as_of": day, **(own or {})}


class Prices:
    """The figures of an offer and a GPU on one day, read from the facts; `own` replaces them by the reader's own."""

    def __init__(self, facts: Mapping[str, Any], offer: str, gpu: str, day: str, own: Mapping[str, str]) -> None:
        self.dates: dict[str, str] = {}
        self.figures: dict[str, Fraction] = {}
        for prefix, collection, id in (("offer", "tuning", offer), ("gpu", "gpus", gpu)):
            for name, fact in facts["collections"][collection][id]["facts"].items():
                values = [value for since, value in fact["values"] if since <= day]
                if values and fact["unit"] == "date":
                    self.dates[name] = values[-1]
                elif values:
                    self.figures[f"{prefix}.{name}"] = Fraction(values[-1])
        self.figures |= {name: Fraction(text) for name, text in own.items()}

    def get(self, name: str, otherwise: int = 0) -> Fraction:
        """A figure, or what counts where it is not published."""
        return self.figures.get(name, Fraction(otherwise))


@dataclass(frozen=True, slots=True)
class Bill:
    """Everything that the calculator answers, in dollars but for the counts."""

    examples: Fraction
    setup: Fraction
    training: Fraction
    evaluation: Fraction
    hosting: Fraction
    tokens: Fraction
    upkeep: Fraction
    retraining: Fraction
    retrainings: int
    replicas: int
    months: tuple[Fraction, ...]

    @property
    def upfront(self) -> Fraction:
        """What is paid before the first answer."""
        return self.examples + self.setup + self.training + self.evaluation

    @property
    def total(self) -> Fraction:
        """The start and all months."""
        return self.upfront + sum(self.months)


def run(project: Project, prices: Prices) -> Fraction:
    """One training run, epoch by epoch."""
    its = project
    long, short = its.truncated * its.max_tokens, (1 - its.truncated) * min(its.tokens_per_example, its.max_tokens)
    tokens = sum((its.examples * (long + short) for _ in range(int(its.epochs))), Fraction(0))
    if prices.get("offer.bills_validation", otherwise=1) > 0:
        tokens += its.validation_examples * (long + short) * its.validations
    if its.training_on == "gpus":
        cost = its.training_hours * its.training_gpus * its.gpu_rent
    else:
        cost = tokens * prices.get("offer.training") / 10**6
        cost += its.training_hours * prices.get("offer.training_hour")
    cost += its.grader_input_tokens * its.grader_input_price / 10**6
    return cost + its.grader_output_tokens * its.grader_output_price / 10**6


def own_machines(project: Project, prices: Prices) -> bool:
    """Whether GPUs of its own serve the model."""
    if "offer.output" not in prices.figures:
        return True
    may = prices.get("offer.own_weights") > 0 or project.training_on == "gpus"
    return project.hosting == "dedicated" and may


def tokens(project: Project, prices: Prices) -> Fraction:
    """The tokens of one request at their prices."""
    plain, cost = prices.get("offer.input"), Fraction(0)
    kept = "offer.cached_read" in prices.figures and project.instructions >= prices.get("offer.smallest_prefix")
    if kept:
        cost += project.instructions * project.found_cached * prices.figures["offer.cached_read"]
        cost += project.instructions * (1 - project.found_cached) * plain
    else:
        cost += project.instructions * plain
    cost += (project.context + project.user_text) * plain + project.answer * prices.get("offer.output")
    return cost / 10**6


def work(project: Project) -> Fraction:
    """How many answer tokens a request keeps a GPU busy for."""
    prompt = project.instructions + project.context + project.user_text
    return max(project.answer, prompt / project.prompt_tokens_as_answer)


def replicas(project: Project, prices: Prices, speed: str = "gpu.throughput_low") -> int:
    """Machines added one after the other until they answer the busiest second of the month."""
    per_second = project.requests * (1 + project.repeated) * work(project) / (365 * 24 * 3600 // 12)
    count = 1
    while prices.get(speed) and count * prices.get(speed) < per_second * project.peak_factor:
        count += 1
    return count


def hosting(project: Project, prices: Prices) -> Fraction:
    """A month of machines, each hour of it."""
    if own_machines(project, prices):
        hour = prices.get("offer.hosting") if "offer.hosting" in prices.figures else prices.get("gpu.rent")
        return Fraction(365 * 24, 12) * hour * replicas(project, prices)
    return Fraction(365 * 24, 12) * prices.get("offer.hosting")


def one_evaluation(project: Project, prices: Prices) -> Fraction:
    """All test cases answered and graded once."""
    if not own_machines(project, prices):
        answering = tokens(project, prices)
    elif prices.get("gpu.throughput_low"):
        hour = prices.get("offer.hosting") if "offer.hosting" in prices.figures else prices.get("gpu.rent")
        answering = work(project) / prices.get("gpu.throughput_low") / 3600 * hour
    else:
        answering = Fraction(0)
    return project.test_examples * (answering + project.grading_minutes / 60 * project.labor_rate)


def month_of(day: str) -> int:
    """The number of a day's month."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def bill(
    project: Project,
    facts: Mapping[str, Any],
    offer: str,
    gpu: str,
    day: str,
    own: Mapping[str, str] | None = None,
    months: int = 12,
) -> Bill:
    """The start and each month after it; a later month has the prices in force at its end."""
    its, now = project, Prices(facts, offer, gpu, day, own or {})
    examples = its.examples * its.new_share * its.minutes_per_example / 60 * its.labor_rate
    setup = its.setup_hours * its.labor_rate
    once = one_evaluation(its, now)
    again = its.retrain_labor * (examples + setup) + run(its, now) + once * min(1, its.evaluations)
    stops = month_of(now.dates["retires"]) - month_of(day) if now.dates.get("retires", "") > day else -1
    sums = {"hosting": Fraction(0), "tokens": Fraction(0), "upkeep": Fraction(0), "retraining": Fraction(0)}
    paid, count = [], 0
    for ahead in range(months):
        number = month_of(day) + ahead
        later = f"{number // 12}-{number % 12 + 1:02d}-31"
        prices = Prices(facts, offer, gpu, later, own or {}) if ahead else now
        planned = ahead > 0 and its.retrain_months > 0 and ahead % int(its.retrain_months) == 0
        parts = {
            "hosting": hosting(its, prices),
            "tokens": Fraction(0),
            "upkeep": its.upkeep_hours * its.labor_rate,
            "retraining": again if planned or ahead == stops else Fraction(0),
        }
        if not own_machines(its, prices):
            parts["tokens"] = its.requests * (1 + its.repeated) * tokens(its, prices)
        count += planned or ahead == stops
        sums = {name: sums[name] + part for name, part in parts.items()}
        paid.append(sum(parts.values(), Fraction(0)))
    return Bill(
        examples=examples, setup=setup, training=its.runs * run(its, now), evaluation=its.evaluations * once, **sums,
        retrainings=count, replicas=replicas(its, now) if own_machines(its, now) else 0, months=tuple(paid),
    )  # fmt: skip
