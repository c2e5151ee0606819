"""The cost of fine-tuning computed the slow way: month by month, replica by replica, in fractions, from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.calculators.prompting.by_hand import typed
from tests.json_types import JsonObject


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
    prompt_hours: Fraction = Fraction(0)
    labor_rate: Fraction = Fraction(60)
    people: str = "yes"
    training_on: str = "provider"
    tokens_per_example: Fraction = Fraction(0)
    max_tokens: Fraction = Fraction(10**6)
    truncated: Fraction = Fraction(0)
    epochs: Fraction = Fraction(1)
    runs: Fraction = Fraction(1)
    failed_runs: Fraction = Fraction(0)
    failed_run_part: Fraction = Fraction(1, 2)
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
    machine_share: Fraction = Fraction(1)
    found_cached: Fraction = Fraction(0)
    hardware_price: Fraction = Fraction(7200)
    hardware_life: Fraction = Fraction(36)
    hardware_power: Fraction = Fraction(1, 2)
    power_price: Fraction = Fraction(1, 5)
    hardware_hours: Fraction = Fraction(3)
    upkeep_hours: Fraction = Fraction(0)
    retrain_months: Fraction = Fraction(0)
    retrain_labor: Fraction = Fraction(0)
    month_hours: Fraction = Fraction(730)

    def typed(self, offer: str, gpu: str, day: str, overrides: Mapping[str, str] | None = None) -> dict[str, str]:
        """The same as a reader would type it, with figures of the reader's own such as `offer.input`."""
        values = {name: getattr(self, name) for name in self.__slots__}
        texts = {name: value if isinstance(value, str) else typed(value) for name, value in values.items()}
        return {**texts, "offer": offer, "gpu": gpu, "as_of": day, **(overrides or {})}


def rate(project: Project) -> Fraction:
    """What an hour of people's work counts for."""
    return project.labor_rate if project.people == "yes" else Fraction(0)


class Prices:
    """The figures of an offer and a GPU on one day, read from the facts.

    `overrides` are the reader's own; cached reads and the ends of rents move with them.
    """

    def __init__(self, facts: JsonObject, offer: str, gpu: str, day: str, overrides: Mapping[str, str]) -> None:
        self.dates: dict[str, str] = {}
        self.figures: dict[str, Fraction] = {}
        for prefix, collection, id in (("offer", "tuning", offer), ("gpu", "gpus", gpu)):
            for name, fact in facts["collections"][collection][id]["facts"].items():
                values = [value for since, value in fact["values"] if since <= day]
                if values and fact["unit"] == "date":
                    self.dates[name] = values[-1]
                elif values:
                    self.figures[f"{prefix}.{name}"] = Fraction(values[-1])
        replaced = {name: Fraction(text) for name, text in overrides.items()}
        for name, base in (
            ("offer.cached_read", "offer.input"),
            ("gpu.rent_low", "gpu.rent"),
            ("gpu.rent_high", "gpu.rent"),
        ):
            if base in replaced and name not in replaced and name in self.figures and self.figures.get(base):
                replaced[name] = self.figures[name] * replaced[base] / self.figures[base]
        self.figures |= replaced

    def get(self, name: str, otherwise: int = 0) -> Fraction:
        """A figure, or what counts where it is not published."""
        return self.figures.get(name, Fraction(otherwise))


@dataclass(frozen=True, slots=True)
class Bill:
    """Everything that the calculator answers, in dollars but for the counts."""

    prompt: Fraction
    examples: Fraction
    setup: Fraction
    training: Fraction
    failed: Fraction
    evaluation: Fraction
    hosting: Fraction
    tokens: Fraction
    upkeep: Fraction
    retraining: Fraction
    retrainings: int
    replicas: int
    months: tuple[Fraction, ...]
    work: Fraction
    upkeep_by_month: tuple[Fraction, ...]
    hosting_by_month: tuple[Fraction, ...]

    @property
    def upfront(self) -> Fraction:
        """What is paid before the first answer."""
        return self.prompt + self.examples + self.setup + self.training + self.failed + self.evaluation

    @property
    def total(self) -> Fraction:
        """The start and all months."""
        return self.upfront + sum(self.months)


def run(project: Project, prices: Prices) -> Fraction:
    """One training run, epoch by epoch."""
    long, short = (
        project.truncated * project.max_tokens,
        (1 - project.truncated) * min(project.tokens_per_example, project.max_tokens),
    )
    tokens = sum((project.examples * (long + short) for _ in range(int(project.epochs))), Fraction(0))
    if prices.get("offer.bills_validation", otherwise=1) > 0:
        tokens += project.validation_examples * (long + short) * project.validations
    if project.training_on == "gpus":
        cost = project.training_hours * project.training_gpus * project.gpu_rent
    else:
        cost = tokens * prices.get("offer.training") / 10**6
        cost += project.training_hours * prices.get("offer.training_hour")
    cost += project.grader_input_tokens * project.grader_input_price / 10**6
    return cost + project.grader_output_tokens * project.grader_output_price / 10**6


def lost(project: Project, prices: Prices) -> Fraction:
    """What the runs that fail cost: nothing where the provider bills none, while rented hours are paid by anybody."""
    if project.training_on != "gpus" and prices.get("offer.bills_failed", otherwise=1) == 0:
        return Fraction(0)
    return project.failed_runs * project.failed_run_part * run(project, prices)


def own_machines(project: Project, prices: Prices) -> bool:
    """Whether GPUs of its own serve the model."""
    if "offer.output" not in prices.figures:
        return True
    may = prices.get("offer.own_weights") > 0 or project.training_on == "gpus"
    return project.hosting != "serverless" and may


def bought(project: Project, prices: Prices) -> bool:
    """Whether those GPUs are bought."""
    may = prices.get("offer.own_weights") > 0 or project.training_on == "gpus"
    return own_machines(project, prices) and project.hosting == "owned" and may


def machine_hour(project: Project, prices: Prices) -> Fraction:
    """An hour of one GPU: its rent, or its part of the price and its electricity."""
    if bought(project, prices):
        hours = project.hardware_life * project.month_hours
        return project.hardware_price / hours + project.hardware_power * project.power_price
    return prices.get("offer.hosting") if "offer.hosting" in prices.figures else prices.get("gpu.rent")


def tokens(project: Project, prices: Prices) -> Fraction:
    """The tokens of one request at their prices."""
    plain, cost = prices.get("offer.input"), Fraction(0)
    cached = "offer.cached_read" in prices.figures and project.instructions >= prices.get("offer.smallest_prefix")
    if cached:
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
    per_second = project.requests * (1 + project.repeated) * work(project) / (project.month_hours * 3600)
    count = 1
    while prices.get(speed) and count * prices.get(speed) < per_second * project.peak_factor:
        count += 1
    return count


def hosting(project: Project, prices: Prices) -> Fraction:
    """A month of machines, each hour of it."""
    if own_machines(project, prices):
        whole = project.month_hours * machine_hour(project, prices) * replicas(project, prices)
        return whole * project.machine_share
    return project.month_hours * prices.get("offer.hosting")


def one_evaluation(project: Project, prices: Prices) -> Fraction:
    """All test cases answered and graded once."""
    if not own_machines(project, prices):
        answering = tokens(project, prices)
    elif prices.get("gpu.throughput_low"):
        answering = work(project) / prices.get("gpu.throughput_low") / 3600 * machine_hour(project, prices)
    else:
        answering = Fraction(0)
    return project.test_examples * answering + grading(project)


def grading(project: Project) -> Fraction:
    """All test answers read by people once."""
    return project.test_examples * project.grading_minutes / 60 * rate(project)


def month_of(day: str) -> int:
    """The number of a day's month."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def bill(
    project: Project,
    facts: JsonObject,
    offer: str,
    gpu: str,
    day: str,
    overrides: Mapping[str, str] | None = None,
    months: int = 12,
) -> Bill:
    """The start and each month after it; a later month has the prices in force at its end."""
    now = Prices(facts, offer, gpu, day, overrides or {})
    examples = project.examples * project.new_share * project.minutes_per_example / 60 * rate(project)
    setup = project.setup_hours * rate(project)
    prompt = project.prompt_hours * rate(project)
    care = project.hardware_hours if bought(project, now) else 0
    watching = (project.upkeep_hours + care) * rate(project)
    once = one_evaluation(project, now)
    again = (
        project.retrain_labor * (examples + setup) + run(project, now) + once * min(Fraction(1), project.evaluations)
    )
    stops = month_of(now.dates["retires"]) - month_of(day) if now.dates.get("retires", "") > day else -1
    sums = {"hosting": Fraction(0), "tokens": Fraction(0), "upkeep": Fraction(0), "retraining": Fraction(0)}
    reworking = project.retrain_labor * (examples + setup) + grading(project) * min(Fraction(1), project.evaluations)
    paid, upkeep, machines, count = [], [], [], 0
    for ahead in range(months):
        number = month_of(day) + ahead
        later = f"{number // 12}-{number % 12 + 1:02d}-31"
        prices = Prices(facts, offer, gpu, later, overrides or {}) if ahead else now
        planned = ahead > 0 and project.retrain_months > 0 and ahead % int(project.retrain_months) == 0
        parts = {
            "hosting": hosting(project, prices),
            "tokens": Fraction(0),
            "upkeep": watching,
            "retraining": again if planned or ahead == stops else Fraction(0),
        }
        if not own_machines(project, prices):
            parts["tokens"] = project.requests * (1 + project.repeated) * tokens(project, prices)
        count += planned or ahead == stops
        sums = {name: sums[name] + part for name, part in parts.items()}
        paid.append(sum(parts.values(), Fraction(0)))
        upkeep.append(watching + (reworking if planned or ahead == stops else 0))
        machines.append(parts["hosting"])
    return Bill(
        prompt=prompt,
        examples=examples,
        setup=setup,
        training=project.runs * run(project, now),
        failed=lost(project, now),
        evaluation=project.evaluations * once,
        **sums,
        retrainings=count,
        replicas=replicas(project, now) if own_machines(project, now) else 0,
        months=tuple(paid),
        work=prompt + examples + setup + grading(project) * project.evaluations,
        upkeep_by_month=tuple(upkeep),
        hosting_by_month=tuple(machines),
    )
