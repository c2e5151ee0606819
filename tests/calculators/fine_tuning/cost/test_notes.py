"""What fine-tuning/cost says beside its figures: each note where it holds by hand, and nowhere else."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from tests.calculators.answers import Results
from tests.calculators.fine_tuning.cost.by_hand import (
    Prices,
    Project,
    bill,
    bought,
    hosting,
    own_machines,
    replicas,
    tokens,
    work,
)
from tests.calculators.fine_tuning.cost.projects import (
    FACTS,
    FIREWORKS,
    GPUS,
    H100,
    MINI,
    OFFERS,
    QWEN,
    SMALL,
    TODAY,
    ask,
    equal,
    projects,
    with_changes,
)


def month(project: Project, prices: Prices) -> Fraction:
    """What serving costs a month: machines, and tokens where they are sold."""
    sold = Fraction(0) if own_machines(project, prices) else tokens(project, prices)
    return hosting(project, prices) + sold * project.requests * (1 + project.repeated)


def by_hand(project: Project, offer: str, gpu: str) -> dict[str, bool]:
    """How each note begins, and whether it holds."""
    prices, paid = Prices(FACTS, offer, gpu, TODAY, {}), bill(project, FACTS, offer, gpu, TODAY)
    machines, provider = own_machines(project, prices), project.training_on == "provider"
    switched = with_changes(project, hosting="serverless" if machines else "dedicated")
    saves = month(switched, prices) < month(project, prices)
    published = {name.removeprefix("offer.") for name in prices.figures}
    ends = {name: prices.dates.get(name, "") for name in ("closed_to_new", "closes", "retires")}
    within_a_year = ends["retires"] < f"{int(TODAY[:4]) + 1}{TODAY[4:7]}"
    return {
        "By the token, the same requests": machines and provider and saves,
        "On a GPU of its own, the same requests": not machines and saves,
        "No price by the token is published": machines and project.hosting == "serverless",
        "This provider keeps the tuned weights": not machines and project.hosting != "serverless",
        "This offer is not known to give": machines and project.hosting == "owned" and not bought(project, prices),
        "Training on rented GPUs needs open weights": not provider and not prices.get("offer.own_weights"),
        "The provider's prices by the token are counted": not provider and not machines,
        "The serving speed of this GPU is not known": machines and "gpu.throughput_low" not in prices.figures,
        "At the faster measured speed": machines and replicas(project, prices, "gpu.throughput_high") < paid.replicas,
        "People's time before the start": paid.prompt + paid.examples + paid.setup > paid.training + paid.failed,
        "This provider bills no run that fails": (
            provider and project.failed_runs > 0 and prices.figures.get("offer.bills_failed") == 0
        ),
        "{share} of the examples are cut": project.truncated > 0,
        "The average example is longer": project.tokens_per_example > project.max_tokens,
        "This provider accepts no file": project.examples < prices.get("offer.smallest_file"),
        "Whether validation tokens are billed": (
            provider
            and "training" in published
            and "bills_validation" not in published
            and project.validation_examples * project.validations * max(project.tokens_per_example, project.truncated)
            > 0
        ),
        "No training price is published": provider and not published & {"training", "training_hour"},
        f"{FACTS['collections']['tuning'][offer]['name']} has been closed": bool(ends["closed_to_new"]),
        f"{FACTS['collections']['tuning'][offer]['name']}: no new training": bool(ends["closes"]),
        f"{FACTS['collections']['tuning'][offer]['name']}: tuned models stopped": "" < ends["retires"] <= TODAY,
        f"{FACTS['collections']['tuning'][offer]['name']}: tuned models stop on": (
            ends["retires"] > TODAY and within_a_year
        ),
    }


def holding(answer: Results) -> list[str]:
    """The notes that hold, without their numbers."""
    return [note.words for note in output_value(answer.notes) if note.holds]


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(project=projects(), offer=st.sampled_from(OFFERS), gpu=st.sampled_from(GPUS))
@example(project=with_changes(SMALL, hosting="serverless"), offer=FIREWORKS, gpu=H100)
@example(project=with_changes(SMALL, requests=123_456_789), offer=QWEN, gpu=H100)
@example(project=with_changes(SMALL, training_on="gpus"), offer=MINI, gpu=H100)
@example(project=with_changes(SMALL, training_on="gpus", hosting="serverless"), offer=QWEN, gpu=H100)
@example(project=with_changes(SMALL, requests=5 * 10**7, peak_factor=1, hosting="serverless"), offer=QWEN, gpu=H100)
def test_each_note_is_made_where_it_holds_and_nowhere_else(
    catalogue: Catalogue, project: Project, offer: str, gpu: str
) -> None:
    answer, hand = ask(catalogue, project, offer, gpu), by_hand(project, offer, gpu)
    sentences = holding(answer)
    assert [begin for begin in hand if any(words.startswith(begin) for words in sentences)] == [
        begin for begin, holds in hand.items() if holds
    ]
    assert len(sentences) == sum(hand.values())
    prices = Prices(FACTS, offer, gpu, TODAY, {})
    machines, slow = own_machines(project, prices), prices.get("gpu.throughput_low")
    assert answer.fewest_replicas == (replicas(project, prices, "gpu.throughput_high") if machines else 0)
    if machines and slow:
        per_second = project.requests * (1 + project.repeated) * work(project) / (365 * 24 * 3600 // 12)
        assert equal(answer.average_load, per_second / slow / replicas(project, prices))
    else:
        assert answer.average_load is None
