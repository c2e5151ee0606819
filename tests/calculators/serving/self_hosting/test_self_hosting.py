"""A model on machines of one's own: memory, speed, replicas and costs worked out by hand, from numbers in the tests."""

from __future__ import annotations

import math
import re
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.queues import queue_replicas_for_waiting
from calculators.engine.questions.question import Question
from tests.calculators.answers import Results, answer_json, computed
from tests.calculators.serving.self_hosting.by_hand import chance_to_wait, replicas

TOY = {
    "architecture.parameters": "1",
    "architecture.layers": "10",
    "architecture.hidden_size": "1000",
    "architecture.intermediate_size": "4000",
    "architecture.heads": "10",
    "architecture.key_value_heads": "2",
    "architecture.head_size": "100",
    "architecture.vocabulary": "10000",
    "architecture.embeddings": "1",
    "gpu": "a100-80",
    "gpu.memory": "10",
    "gpu.bandwidth": "1000",
    "gpu.peak": "312",
    "gpu.rent": "2",
    "gpu.rent_low": "1",
    "gpu.rent_high": "3",
    "weights": "sixteen",
    "instructions": "0",
    "context": "0",
    "user_text": "1000",
    "answer": "100",
    "requests": "73000",
    "peak_factor": "1",
    "month_hours": "730",
    "pace": "0.001",
    "first_token": "1000",
    "memory_share": "1",
    "workspace": "0",
    "bandwidth_share": "1",
    "compute_share": "1",
    "layer_time": "0.1",
    "speed_spread": "0",
    "people": "no",
    "model.input": "0",
    "model.output": "0",
}
"""A model of a billion parameters, ten layers, two key-value heads of 100; a GPU of 10 GB, 1,000 GB/s, 312 TFLOPS."""


def toy(catalogue: Catalogue, **given: str) -> Results:
    return computed(catalogue, "serving/self_hosting", TOY | {name.replace("__", "."): v for name, v in given.items()})


def near(number: Decimal, expected: float) -> bool:
    return math.isclose(float(number), expected, rel_tol=1e-9)


def test_memory_by_hand(catalogue: Catalogue) -> None:
    """A billion weights of 2 bytes; a token keeps 2 × 2 × 100 numbers of 2 bytes in each of ten layers: 8,000 bytes."""
    answer = toy(catalogue)
    assert answer.weights == 2
    assert near(answer.request_memory, 8000 * (1000 + 50) / 1e9)
    assert near(answer.room, 8)
    assert answer.places == 256  # room for 952, and the software's limit


def test_memory_bounds_the_requests_at_once(catalogue: Catalogue) -> None:
    """0.5 GB left hold 59.5 requests of 8.4 MB; an 8-bit cache holds 119."""
    assert toy(catalogue, gpu__memory="2.5").places == 59
    assert toy(catalogue, gpu__memory="2.5", cache_width="eight").places == 119


def test_shared_instructions_are_kept_once_and_read_by_few(catalogue: Catalogue) -> None:
    """Of 2,000 shared tokens, 1,500 are kept for all: a request keeps 500 + 1,000 + 50."""
    shared = toy(catalogue, instructions="2000", found_cached="0.75")
    assert near(shared.request_memory, 8000 * 1550 / 1e9)
    assert near(shared.room, 8 - 8000 * 1500 / 1e9)
    pairs = 10 * 1500 * (3000 - 750)
    assert near(shared.prompt_time, (2e9 * 1500 + 4 * 1000 * pairs) / 312e12)


def step(requests: int, context: float, *, weights: float = 2e9) -> float:
    """A step of the toy in seconds: weights and caches over 1,000 GB/s, 2 GFLOP a request, 0.1 ms in each layer."""
    return (weights + requests * 8000 * context) / 1e12 + requests * 2e9 / 312e12 + 10 * 0.1e-3


PROMPT = (2e9 * 1000 + 4 * 1000 * 10 * 1000 * 500) / 312e12


def test_a_single_request_by_hand(catalogue: Catalogue) -> None:
    answer = toy(catalogue)
    assert near(answer.pace_alone, 1 / step(1, 1050))
    assert near(answer.prompt_time, PROMPT)
    assert near(answer.first_token_alone, PROMPT + step(1, 1050))


def test_many_requests_by_hand(catalogue: Catalogue) -> None:
    """While 256 answers of 100 tokens are written, 256 prompts are read in between."""
    answer = toy(catalogue)
    cycle = 256 * PROMPT + 100 * step(256, 1050)
    assert near(answer.whole_answer, cycle)
    assert near(answer.throughput, 256 * 100 / cycle)
    assert near(answer.capacity, 256 / cycle)
    assert near(answer.load, 73000 / (730 * 3600) / (256 / cycle))


def test_the_range_of_the_speed(catalogue: Catalogue) -> None:
    sure, unsure = toy(catalogue), toy(catalogue, speed_spread="0.4")
    assert near(unsure.throughput_range.low, float(sure.throughput) * 0.6)
    assert near(unsure.throughput_range.high, float(sure.throughput) * 1.4)


@pytest.mark.parametrize(("speed_spread", "expected"), [("0.4", 0.6), ("0.6", 0.9), ("0.8", 0.95)])
def test_the_range_is_wider_for_experts_and_unpacked_weights(
    catalogue: Catalogue, speed_spread: str, expected: float
) -> None:
    """Half as wide again, and where that comes near the whole speed, half of what is left beyond halfway."""
    unsure = {"speed_spread": speed_spread, "harder_speed": "1.5"}
    for harder in ({"architecture__experts": "8", "architecture__active_experts": "2"}, {"weights": "eight_weights"}):
        sure, wide = toy(catalogue, **harder), toy(catalogue, **harder, **unsure)
        assert near(wide.throughput_range.low, float(sure.throughput) * (1 - expected))
        assert near(wide.throughput_range.high, float(sure.throughput) * (1 + expected))


def test_the_range_is_wider_where_prompts_take_most_of_the_time(catalogue: Catalogue) -> None:
    """256 prompts of 1,000 tokens against 100 steps, and the share of the time that follows from them."""
    prompts = 256 * PROMPT
    share = prompts / (prompts + 100 * step(256, 1050))
    sure, unsure = toy(catalogue), {"speed_spread": "0.4", "harder_speed": "1.5"}
    for limit, expected in ((share * 0.99, 0.6), (share * 1.01, 0.4)):
        counted = unsure | {"mostly_prompts": f"{limit:.6f}"}
        answer = toy(catalogue, **counted)
        assert near(answer.throughput_range.low, float(sure.throughput) * (1 - expected))
        assert near(answer.throughput_range.high, float(sure.throughput) * (1 + expected))
        notes = " ".join(answer_json(catalogue, "serving/self_hosting", TOY | counted)["notes"])
        assert (f"Reading prompts takes {share * 100:.1f}% of the time" in notes) == (expected == 0.6), notes


def test_a_step_reads_the_experts_that_its_tokens_use(catalogue: Catalogue) -> None:
    """Two of eight experts, 0.5 of 1 billion active: the experts have (1 − 0.5) × 8/6 billion, and the rest is read."""
    mixture = {"architecture__experts": "8", "architecture__active_experts": "2"}
    answer = toy(
        catalogue,
        **mixture,
        architecture__active_parameters="0.5",
        expert_bandwidth="1",
        expert_compute="1",
        most_at_once="4",
    )
    experts = 0.5e9 * 8 / 6
    read = (1e9 - experts) * 2 + experts * 2 * (1 - math.exp(-4 / 4))
    expected = (read + 4 * 8000 * 1050) / 1e12 + 4 * 1e9 / 312e12 + 1e-3
    assert near(answer.step, expected)


def test_two_gpus_share_the_work_and_exchange(catalogue: Catalogue) -> None:
    """Twice in each of ten layers, a GPU sends 2 × 1,000 × 2 bytes × 1/2 for each token, at a tenth of 400 GB/s."""
    answer = toy(catalogue, gpus="2", gpu__link="400", link_share="0.1", most_at_once="1")
    exchange = 20 * 2 * 1000 * 2 / 2 / 40e9
    assert near(answer.step, (2e9 + 8000 * 1050) / 2e12 + 2e9 / 624e12 + exchange + 1e-3)


@pytest.mark.parametrize(("weights", "bytes_each"), [("eight", 1), ("eight_weights", 1), ("four", 4.25 / 8)])
def test_fewer_bits_on_a_gpu_that_does_not_compute_in_them(
    catalogue: Catalogue, weights: str, bytes_each: float
) -> None:
    """The tables (10 million) stay in 16 bits; computing goes at half speed, as weights are unpacked."""
    answer = toy(catalogue, weights=weights, unpacking="0.5", four_bit_weight="4.25")
    assert near(answer.weights, (0.99e9 * bytes_each + 0.02e9) / 1e9)
    assert near(answer.prompt_time, (2e9 * 1000 * 2 + 4 * 1000 * 10 * 1000 * 500) / 312e12)


def test_eight_bits_where_the_gpu_computes_in_them(catalogue: Catalogue) -> None:
    answer = toy(catalogue, weights="eight", gpu__peak_8bit="624")
    assert near(answer.prompt_time, 2e9 * 1000 / 624e12 + 4 * 1000 * 10 * 1000 * 500 / 312e12)


def test_windowed_layers_keep_their_window(catalogue: Catalogue) -> None:
    """Half of the layers keep 128 tokens: (5 × 1,050 + 5 × 128) × 800 bytes."""
    answer = toy(catalogue, architecture__windowed_layers="5", architecture__window="128")
    assert near(answer.request_memory, 800 * (5 * 1050 + 5 * 128) / 1e9)


def test_compressed_caches(catalogue: Catalogue) -> None:
    assert near(toy(catalogue, architecture__cache_width="100").request_memory, 10 * 100 * 2 * 1050 / 1e9)


def test_adapters_take_memory_and_time(catalogue: Catalogue) -> None:
    """Rank 8: in a layer 8 × (2 × (2 × 1,000 + 1,000 + 200) + 3 × (1,000 + 4,000)) parameters of 2 bytes."""
    answer = toy(catalogue, adapters="20", rank="8", adapter_time="2", most_at_once="1")
    sides = 2 * (2 * 1000 + 1000 + 200) + 3 * (1000 + 4000)
    assert near(answer.adapters, 20 * 10 * 8 * sides * 2 / 1e9)
    assert near(answer.step, step(1, 1050) + 2e-3)


def test_the_slowest_pace_bounds_the_requests_at_once(catalogue: Catalogue) -> None:
    """A token of an answer takes 0.003 s and 23.4 µs for each request at once: 10 ms leave room for 299."""
    each = PROMPT / 100 + 8000 * 1050 / 1e12 + 2e9 / 312e12
    answer = toy(catalogue, pace="100", most_at_once="5000", gpu__memory="100")
    assert answer.places == math.floor((0.01 - 3e-3) / each)
    assert near(answer.pace, 100)


@pytest.mark.parametrize(
    ("load", "places", "patience", "late"), [(6.4, 8, 0.0, 0.05), (6.4, 1, 0.5, 0.01), (30, 4, 0.1, 0.05)]
)
def test_the_fewest_replicas_by_the_textbook(load: float, places: int, patience: float, late: float) -> None:
    given = (Decimal(str(load)), Decimal(places), Decimal(str(patience)), Decimal(str(late)))
    assert queue_replicas_for_waiting(*given) == replicas(*given)


def test_eight_slots_at_three_point_two_a_second() -> None:
    """A published case of M/M/c: 3.2 requests a second of 2 seconds each on 8 slots, 80 % busy; 45 % wait."""
    assert round(chance_to_wait(8, 6.4), 2) == 0.46
    assert queue_replicas_for_waiting(Decimal("6.4"), Decimal(8), Decimal(0), Decimal("0.46")) == 1
    assert queue_replicas_for_waiting(Decimal("6.4"), Decimal(8), Decimal(0), Decimal("0.45")) == 2


def test_costs_by_hand(catalogue: Catalogue) -> None:
    """One GPU at $2 for 730 hours, and 10 hours of people at $50; the API takes $1 a million tokens in and $2 out."""
    paid = {"people": "yes", "upkeep_hours": "10", "labor_rate": "50", "setup_hours": "4"}
    prices = {"model": "openai/gpt-6-luna", "model__input": "1", "model__cached_read": "1", "model__output": "2"}
    answer = toy(catalogue, **paid, **prices)
    assert answer.replicas == 1
    assert answer.machines == 1460
    assert answer.month == 1460 + 500
    assert answer.setup == 200
    assert near(answer.per_mtok, 1960 / (73000 * 1100 / 1e6))
    assert answer.month_range.low == 730 + 500
    assert answer.month_range.high == 2190 + 500


def prices_without_reasoning() -> dict[str, str]:
    """An API at $1 a million tokens in and $2 out whose model does not reason."""
    return {"model": "openai/gpt-4.1-mini", "model.input": "1", "model.cached_read": "1", "model.output": "2"}


def test_the_break_even_on_one_replica(catalogue: Catalogue) -> None:
    """A request costs $0.0012 at the API and one replica $1,460 a month, so hosting costs less from 1,216,667."""
    answer = computed(catalogue, "serving/self_hosting", TOY | prices_without_reasoning())
    assert near(answer.api_month, 73000 * 0.0012)
    assert near(answer.pays_from, 1460 / 0.0012)
    assert near(answer.pays_from_low, 730 / 0.0012)
    assert near(answer.pays_from_high, 2190 / 0.0012)


@pytest.mark.parametrize("requests", ["10", "2000", "50k", "1M"])
def test_the_break_even_takes_the_api_at_the_price_of_that_volume(catalogue: Catalogue, requests: str) -> None:
    """At ten requests a month none finds its instructions cached, at the volume of the break-even nearly all do.

    So the answer must not hang on the reader's own volume: where both cost the same, the API is asked at that volume.
    """
    model = "anthropic/claude-sonnet-5-5"
    given = {"instructions": "10k", "model": model, "people": "no", "requests": requests}
    volume = computed(catalogue, "serving/self_hosting", given).pays_from
    at_volume = computed(catalogue, "serving/self_hosting", given | {"requests": str(round(volume))})
    assert float(at_volume.pays_from) == pytest.approx(float(volume), rel=0.02)
    assert float(at_volume.api_month) == pytest.approx(float(at_volume.machines), rel=0.02)


def test_what_takes_the_memory_is_said_where_a_model_does_not_fit(catalogue: Catalogue) -> None:
    def notes_of(**more: str) -> str:
        given = {"architecture": "llama-3.1-8b", "gpu": "l40s", **more}
        return " ".join(answer_json(catalogue, "serving/self_hosting", given)["notes"])

    assert "the adapters 33.55 GB" in notes_of(adapters="100", rank="64")
    assert "Of the 48 GB on the GPUs 2.8 GB may be used." in notes_of(memory_share="10%")
    assert "each request 1,311 GB" in notes_of(user_text="10M")
    assert "may be used" not in notes_of()


def test_beyond_one_replica_each_has_to_pay_for_itself(catalogue: Catalogue) -> None:
    """A replica of one request at once answers 853,000 in a month with peaks of ten times the average.

    Its $1,460 are then $0.0017 a request. At $0.0012 the API is always cheaper; at $0.002 the $500 of people and the
    first replica are earned beyond what one replica answers.
    """
    people = {"people": "yes", "upkeep_hours": "10", "labor_rate": "50"}
    slow = TOY | prices_without_reasoning() | people | {"most_at_once": "1", "peak_factor": "10"}
    answered = 730 * 3600 / (PROMPT + 100 * step(1, 1050)) / 10
    assert computed(catalogue, "serving/self_hosting", slow).pays_from is None
    dear = computed(catalogue, "serving/self_hosting", slow | {"model.output": "10"})
    assert answered < 1960 / 0.002
    assert near(dear.pays_from, 1960 / (0.002 - 1460 / answered))


def test_what_does_not_fit_has_no_price(catalogue: Catalogue) -> None:
    answer = toy(catalogue, gpu__memory="2")
    assert answer.fit == "no"
    assert answer.month is None
    assert answer.throughput_range is None


def test_contracts_take_their_own_rents(catalogue: Catalogue) -> None:
    rents = {"gpu__rent_reserved": "1.5", "gpu__rent_spot": "0.5"}
    assert toy(catalogue, contract="reserved", **rents).machines == Decimal("1.5") * 730
    assert toy(catalogue, contract="spot", **rents).machines == Decimal("0.5") * 730


def test_a_gpu_of_ones_own_says_which_figures_its_speed_needs(catalogue: Catalogue) -> None:
    own = {"gpu": "own", "gpu.name": "Mine", "gpu.memory": "48", "gpu.rent": "1"}
    words = [
        catalogue.answer(Question("serving/self_hosting", own | more, form="text")) for more in ({}, {"gpus": "2"})
    ]
    assert "type “Bandwidth of the memory” and “Peak speed in 16-bit arithmetic”." in words[0]
    assert "“Bandwidth between GPUs, both ways”" in words[1]
    assert re.search(r"From low to high +–", words[0])
    known = own | {"gpu.bandwidth": "900", "gpu.peak": "150"}
    assert "From low to high" in (answered := catalogue.answer(Question("serving/self_hosting", known, form="text")))
    assert "not published for this GPU" not in answered and not re.search(r"From low to high +–", answered)
