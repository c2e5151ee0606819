"""The hardware of fine-tuning, held to a computation by hand, to published counts and to what must always be so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.engine.numbers import plain
from calculators.views.answer import made
from tests.calculators.by_hand_hardware import SIZES, Network, Training, counted, held, hours, typed
from tests.calculators.every import computed
from tests.calculators.test_every_property import tuned

NAME = "fine_tuning/hardware"
METHODS = ("full", "lora", "qlora")
GIB = Decimal(1024**3) / 10**9

NETWORKS = st.builds(
    Network,
    layers=st.integers(1, 120), hidden_size=st.integers(64, 16384), intermediate_size=st.integers(64, 65536),
    heads=st.integers(1, 128), key_value_heads=st.integers(1, 128), head_size=st.integers(8, 256),
    vocabulary=st.integers(0, 300_000), embeddings=st.integers(1, 2), gated=st.booleans(),
    parameters=st.integers(10**6, 10**12).map(Fraction),
)  # fmt: skip
TRAININGS = st.builds(
    Training,
    method=st.sampled_from(METHODS), rank=st.integers(1, 512),
    target_matrices=st.sampled_from(("query_value", "attention", "all_linear")),
    constants=st.sampled_from(("double", "single", "none")), eight_bit=st.booleans(), master_copy=st.booleans(),
    length=st.integers(1, 100_000), batch=st.integers(1, 512), checkpointing=st.booleans(), flash=st.booleans(),
    chunked_loss=st.booleans(), gpus=st.integers(1, 64), sharded=st.booleans(),
)  # fmt: skip


def answered(catalogue: Any, **given: object) -> Any:
    """The outputs; `model__layers` stands for `model.layers`."""
    return computed(catalogue, NAME, {name.replace("__", "."): str(text) for name, text in given.items()})


def close(ours: Decimal, by_hand: Fraction) -> bool:
    """Equal but for the last of 28 digits."""
    return abs(Fraction(ours) - by_hand) <= abs(by_hand) / 10**20


WAYS = [("full", "double"), ("lora", "double"), ("qlora", "double"), ("qlora", "single"), ("qlora", "none")]


@pytest.mark.parametrize(("method", "constants"), WAYS)
@tuned(30)
@given(network=NETWORKS, training=TRAININGS)
def test_the_memory_is_the_one_by_hand(
    catalogue, method: str, constants: str, network: Network, training: Training
) -> None:
    training = replace(training, method=method, constants=constants)
    answer, parts = computed(catalogue, NAME, typed(network, training)), held(network, training)
    for part, size in parts.items():
        assert close(getattr(answer, part), size), part
    assert close(answer.memory, sum(parts.values()))
    assert close(answer.model_states, sum(parts[part] for part in ("weights", "gradients", "optimizer_states")))
    estimated = Fraction(3, 10) * sum(parts[part] for part in ("activations", "logits", "overhead"))
    assert close(answer.memory_range.low, sum(parts.values()) - estimated)
    assert answer.memory_range.likely == answer.memory
    assert close(answer.memory_range.high, sum(parts.values()) + estimated)
    assert close(answer.memory_gib, sum(parts.values()) * 10**9 / 2**30)
    assert close(answer.activations_gib, parts["activations"] * 10**9 / 2**30)


@tuned(60)
@given(
    network=NETWORKS, training=TRAININGS, examples=st.integers(1, 10**6), tokens=st.integers(1, 200_000),
    epochs=st.integers(1, 10), packing=st.booleans(),
)  # fmt: skip
def test_time_and_rent_are_those_by_hand(
    catalogue, network: Network, training: Training, examples: int, tokens: int, epochs: int, packing: bool
) -> None:
    given = typed(network, training) | {
        "examples": str(examples), "example_tokens": str(tokens), "epochs": str(epochs),
        "packing": "yes" if packing else "no", "gpu": "l40s", "gpu.peak": "400", "gpu.rent": "2", "gpu.rent_low": "1.5",
        "gpu.rent_high": "3", "utilization": "0.4", "utilization_low": "0.2", "utilization_high": "0.5",
        "slow_down": "1.3",
    }  # fmt: skip
    answer = computed(catalogue, NAME, given)
    each = min(tokens, training.length) if packing else training.length
    computed_tokens = examples * each * epochs
    assert answer.training_tokens == computed_tokens

    def taken(used: Fraction) -> Fraction:
        return hours(network, training, tokens=computed_tokens, teraflops=Fraction(400), used=used)

    likely, fast, slow = taken(Fraction(2, 5)), taken(Fraction(1, 2)), taken(Fraction(1, 5))
    assert close(answer.training_hours, likely)
    assert close(answer.training_hours_range.low, fast) and close(answer.training_hours_range.high, slow)
    assert close(answer.gpu_hours, likely * training.gpus)
    assert close(answer.training_cost, likely * training.gpus * 2)
    assert close(answer.training_cost_range.low, fast * training.gpus * Fraction(3, 2))
    assert close(answer.training_cost_range.high, slow * training.gpus * 3)
    assert close(answer.tokens_per_second, Fraction(computed_tokens) / likely / 3600)
    slower = Fraction(13, 10) if training.method == "qlora" else 1
    assert close(answer.training_flops, likely / slower * 3600 * 400 * 10**12 * Fraction(2, 5) * training.gpus)


@tuned(40)
@given(network=NETWORKS, training=TRAININGS)
def test_what_is_trained_and_kept_is_counted(catalogue, network: Network, training: Training) -> None:
    answer = computed(catalogue, NAME, typed(network, training))
    added = network.adapter(training.rank, training.target_matrices)
    full = training.method == "full"
    changing = network.parameters if full else added
    everything = network.parameters + (0 if full else added)
    assert answer.trainable_parameters == changing and answer.all_parameters == everything
    assert close(answer.trainable_share, Fraction(changing) / everything)
    assert close(answer.trainable_percent, Fraction(changing) / everything * 100)
    assert close(answer.checkpoint_size, Fraction(2 * changing) / 10**6)
    assert close(answer.checkpoint_size_mib, Fraction(2 * changing) / 2**20)
    once, twice = (
        held(network, replace(training, method="qlora", constants=constants, gpus=1))["weights"]
        for constants in ("single", "double")
    )
    assert close(answer.double_quantization_saving, once - twice)


def test_adapters_of_other_matrices_are_those_typed(catalogue) -> None:
    answer = answered(catalogue, target_matrices="other", adapter_parameters="0.11", rank=999)
    assert answer.trainable_parameters == 110_000_000


def test_a_note_tells_what_attention_over_a_long_sequence_adds(catalogue) -> None:
    """Two products of length by width, 2 operations each, three times over, for half of all pairs, in every layer."""
    length, width, layers = 32_768, 4096, 32
    adds = Fraction(2 * 2 * 3 * length * width * layers, 2)
    each = 4 * Fraction("8.030261248") * 10**9 + 6 * 41_943_040
    answer = answered(catalogue, sequence_length=length)
    (said,) = [note for note in made(answer.notes) if note.holds and "Long sequences" in note.sentence]
    assert f"{float(adds / each):.1%}" in said.sentence
    at_a_twelfth = int(each / 12 / (adds / length))
    for tokens, holds in ((at_a_twelfth, 0), (at_a_twelfth + 1, 1)):
        notes = made(answered(catalogue, sequence_length=tokens).notes)
        assert sum(note.holds for note in notes if note.words.startswith("Long sequences")) == holds


@pytest.mark.parametrize(
    ("model", "trainable", "everything"),
    [
        ("llama-3.1-8b", 41_943_040, 8_030_261_248 + 41_943_040),
        ("qwen3-8b", 43_646_976, 8_190_735_360 + 43_646_976),
        ("qwen3-4b", 33_030_144, 4_022_468_096 + 33_030_144),
    ],
)
def test_adapters_are_those_that_the_peft_library_prints(
    catalogue, model: str, trainable: int, everything: int
) -> None:
    """Rank 16 on all linear matrices: the counts that users of the library quote for these models."""
    answer = answered(catalogue, model=model, rank=16, target_matrices="all_linear")
    assert (answer.trainable_parameters, answer.all_parameters) == (trainable, everything)


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ({"method": "qlora", "model": "llama-3.1-8b"}, "7.4"),
        ({"method": "lora", "model": "llama-3.1-8b"}, "16.2"),
        ({"method": "lora", "model": "llama-3.3-70b", "gpus": "8", "rank": "16"}, "27.6"),
    ],
)
def test_measured_peaks_are_near(catalogue, given: dict[str, str], published: str) -> None:
    """The peaks that torchtune publishes for two sequences of 2,048 tokens; they hold no driver and no gaps."""
    plainly = {"batch": 2, "rank": 8, "chunked_loss": "yes", "framework_memory": 0, "reserve": 0}
    ours = answered(catalogue, **{**plainly, **given}).memory_gib
    assert abs(ours / Decimal(published) - 1) < Decimal("0.2")


def test_the_loss_of_a_large_vocabulary_takes_what_is_published(catalogue) -> None:
    """24 GB for 8,192 tokens and Gemma 2's vocabulary of 256,000 (arXiv 2411.09009)."""
    logits = answered(catalogue, sequence_length=8192, model__vocabulary=256_000).logits
    assert abs(logits / 24 - 1) < Decimal("0.06")


def test_activations_are_those_of_the_paper_without_shared_heads_and_gates(catalogue) -> None:
    """Tokens × hidden × (34 + 5 × heads × length ÷ hidden) bytes a layer (arXiv 2205.05198): here GPT-3's sizes."""
    length, batch, hidden, heads, layers = 2048, 1, 12288, 96, 96
    ours = answered(
        catalogue, model__layers=layers, model__hidden_size=hidden, model__intermediate_size=4 * hidden,
        model__heads=heads, model__key_value_heads=heads, model__feed_forward=2, sequence_length=length, batch=batch,
        checkpointing="no", flash_attention="no",
    ).activations  # fmt: skip
    by_paper = length * batch * hidden * (34 + Fraction(5 * heads * length, hidden)) * layers
    assert close(ours, by_paper / 10**9)


@tuned(60)
@given(network=NETWORKS, training=TRAININGS)
def test_full_takes_most_and_qlora_least(catalogue, network: Network, training: Training) -> None:
    """For equal settings; adapters as large as half the model would be no adapters."""
    assume(network.adapter(training.rank, training.target_matrices) * 2 <= network.parameters)
    answers = [computed(catalogue, NAME, typed(network, replace(training, method=method))) for method in METHODS]
    for side in ("low", "likely", "high"):
        full, lora, qlora = (getattr(answer.memory_range, side) for answer in answers)
        assert full >= lora >= qlora, side
    assert answers[1].training_hours <= answers[2].training_hours


MORE = {
    "sequence_length": st.integers(1, 100_000),
    "batch": st.integers(1, 512),
    "rank": st.integers(1, 4096),
    "model.parameters": st.integers(1, 1000),
    "model.layers": st.integers(1, 200),
    "model.hidden_size": st.integers(64, 20_000),
    "model.intermediate_size": st.integers(64, 60_000),
    "model.key_value_heads": st.integers(1, 128),
    "model.vocabulary": st.integers(0, 300_000),
}


@pytest.mark.parametrize("input", MORE)
@pytest.mark.parametrize("method", METHODS)
@tuned(12)
@given(data=st.data())
def test_more_never_needs_less(catalogue, input: str, method: str, data: st.DataObject) -> None:
    """Longer, wider, deeper: the memory never shrinks, and neither does the time."""
    flags = ("checkpointing", "flash_attention", "chunked_loss", "master_copy")
    given = {flag: data.draw(st.sampled_from(("yes", "no")), flag) for flag in flags}
    given |= {"method": method, "gpus": str(data.draw(st.integers(1, 16), "gpus"))}
    less, more = sorted(data.draw(st.tuples(MORE[input], MORE[input]), input))
    first, second = (computed(catalogue, NAME, {**given, input: str(value)}) for value in (less, more))
    assert first.memory <= second.memory
    assert first.memory_range.low <= second.memory_range.low and first.memory_range.high <= second.memory_range.high
    assert first.training_hours <= second.training_hours


def test_the_word_says_how_the_range_lies_to_the_memory(catalogue) -> None:
    span = answered(catalogue).memory_range
    above, within = span.high, (span.low + span.high) / 2
    tiny = Decimal("0.000001")
    words = {held: answered(catalogue, gpu__memory=held).fit for held in (above, above - tiny, within, span.low - tiny)}
    assert list(words.values()) == ["fits", "tight", "tight", "no"]
    assert answered(catalogue, gpu__memory=span.low).fit == "tight"


def test_the_tables_hold_what_each_choice_alone_would_answer(catalogue) -> None:
    """Every method and every listed GPU, asked for one at a time, gives its row."""
    answer = answered(catalogue, examples=5000)
    rows, labels = made(answer.methods).rows, {"full": 0, "lora": 1, "qlora": 2}
    for method, at in labels.items():
        own = answered(catalogue, examples=5000, method=method)
        sizes = (own.memory, own.memory_range.low, own.memory_range.high, own.trainable_parameters, own.checkpoint_size)
        assert rows[at][1:] == (*sizes, own.training_hours, own.training_cost)
        assert made(own.methods).own == at
    rows = made(answer.every_gpu).rows
    by_name = {row[0]: row[1:] for row in rows}
    entries = catalogue.facts.entries("gpus")
    assert len(entries) == len(rows) > 5
    for id, entry in entries.items():
        words = tuple(answered(catalogue, method=method, gpu=id).fit for method in labels)
        own = answered(catalogue, examples=5000, gpu=id)
        rents = (own.training_cost_range.low, own.training_cost, own.training_cost_range.high)
        shown = (None,) * 4 if words[1] == "no" else (own.training_hours, *rents)
        assert by_name[entry["name"]] == (*words, *shown)
    assert rows[made(answer.every_gpu).own][0] == entries["a100-80"]["name"]


def test_gpus_come_in_the_order_of_their_rent_and_last_where_nothing_fits(catalogue) -> None:
    rows = made(answered(catalogue, model="llama-3.3-70b", method="qlora").every_gpu).rows
    rents = [row[6] for row in rows]
    known = [rent for rent in rents if rent is not None]
    assert known == sorted(known) and None not in rents[: len(known)]
    assert 0 < len(known) < len(rents)
    assert all((rent is None) == (row[3] == "no") for rent, row in zip(rents, rows, strict=True))


def test_the_parts_add_up_on_each_side(catalogue) -> None:
    answer = answered(catalogue)
    parts = made(answer.parts).rows
    for column, side in ((1, "low"), (2, "likely"), (3, "high")):
        assert sum(row[column] for row in parts) == getattr(answer.memory_range, side)
    assert abs(sum(plain(row[4]) for row in parts) - 1) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"gpu": "rtx-4090"}, "try one step before you rent"),
        ({"gpu": "rtx-4090", "method": "full"}, "Try QLoRA, a smaller model"),
        ({"gpus": "2", "sharded": "no"}, "faster, not smaller"),
        ({"example_tokens": "4096"}, "sequence. 50% of their text is cut off"),
        ({"example_tokens": "512", "packing": "no"}, "75% of the computing goes into filling up"),
        ({"checkpointing": "no"}, "Adapters do not make them smaller"),
        ({"rank": "4096"}, "more than half as large as the model"),
        ({"sequence_length": "32768"}, "Long sequences"),
        ({"method": "qlora"}, "not verified"),
    ],
)
def test_it_says_what_a_reader_should_know(catalogue, given: dict[str, str], words: str) -> None:
    said = [note.sentence for note in made(computed(catalogue, NAME, given).notes) if note.holds]
    assert sum(words in sentence for sentence in said) == 1, said
    assert [note.sentence for note in made(answered(catalogue).notes) if note.holds] == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"gpus": "1", "sharded": "no"}, "faster, not smaller"),
        ({"gpus": "2", "sharded": "yes"}, "faster, not smaller"),
        ({"example_tokens": "2048"}, "cut off"),
        ({"example_tokens": "2048", "packing": "no"}, "filling up"),
        ({"example_tokens": "512", "packing": "yes"}, "filling up"),
        ({"method": "full", "rank": "4096"}, "more than half"),
        ({"target_matrices": "other", "adapter_parameters": "4.015130624"}, "more than half"),
    ],
)
def test_it_says_nothing_needless(catalogue, given: dict[str, str], words: str) -> None:
    said = [note.sentence for note in made(computed(catalogue, NAME, given).notes) if note.holds]
    assert not any(words in sentence for sentence in said), said


def test_the_advice_about_memory_changes_at_the_ends_of_the_range(catalogue) -> None:
    span, tiny = answered(catalogue).memory_range, Decimal("0.000001")
    advice: dict[str, list[bool]] = {"try one step": [], "Try QLoRA": []}
    for memory in (span.low - tiny, span.low, span.high - tiny, span.high):
        said = [note.sentence for note in made(answered(catalogue, gpu__memory=memory).notes) if note.holds]
        for words, seen in advice.items():
            seen.append(any(words in sentence for sentence in said))
    assert advice == {"try one step": [False, True, True, False], "Try QLoRA": [True, False, False, False]}


def test_the_parameters_in_the_data_are_those_of_the_sizes(catalogue) -> None:
    """Qwen3 normalizes each head of queries and keys, which adds a few parameters."""
    entries = catalogue.facts.entries("architectures")
    assert len(entries) >= 5
    for id, entry in entries.items():
        sizes = {name: fact["values"][-1][1] for name, fact in entry["facts"].items()}
        assert set(SIZES) <= set(sizes)
        whole = counted(sizes | ({"normalized_heads": "yes"} if id.startswith("qwen3") else {}))
        assert Decimal(sizes["parameters"]) * 10**9 == whole, id
