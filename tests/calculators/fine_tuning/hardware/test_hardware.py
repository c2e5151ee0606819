"""The hardware of fine-tuning, held to a computation by hand, to published counts and to what must always be so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from calculators.engine.numbers import bare_value
from tests.calculators.answers import Results, computed
from tests.calculators.fine_tuning.hardware.by_hand import (
    SIZES,
    SUMMED,
    Network,
    Training,
    counted,
    hours,
    memory_parts,
    typed,
)
from tests.daily import examples

NAME = "fine_tuning/hardware"
METHODS = ("full", "lora", "int8", "qlora")
GIB = Decimal(1024**3) / 10**9

NETWORKS = st.builds(
    Network,
    layers=st.integers(1, 120),
    hidden_size=st.integers(64, 16384),
    intermediate_size=st.integers(64, 65536),
    heads=st.integers(1, 128),
    key_value_heads=st.integers(1, 128),
    head_size=st.integers(8, 256),
    vocabulary=st.integers(0, 300_000),
    embeddings=st.integers(1, 2),
    gated=st.booleans(),
    parameters=st.integers(10**6, 10**12).map(Fraction),
    experts=st.integers(1, 64),
    active_experts=st.integers(1, 8),
)
TRAININGS = st.builds(
    Training,
    method=st.sampled_from(METHODS),
    rank=st.integers(1, 512),
    target_matrices=st.sampled_from(("query_value", "attention", "all_linear")),
    tables=st.booleans(),
    constants=st.sampled_from(("double", "single", "none")),
    optimizer=st.sampled_from(("adam", "adam_16bit", "adam_8bit")),
    optimizer_step=st.sampled_from(("fused", "foreach", "backward")),
    master_copy=st.booleans(),
    accumulation=st.booleans(),
    length=st.integers(1, 100_000),
    batch=st.integers(1, 512),
    checkpointing=st.booleans(),
    flash=st.booleans(),
    chunked_loss=st.booleans(),
    wide_logits=st.booleans(),
    wide_stream=st.booleans(),
    packing=st.booleans(),
    gpus=st.integers(1, 64),
    sharded=st.sampled_from(("yes", "zero2", "zero1", "no")),
    offload=st.sampled_from(("none", "weights", "activations")),
)


def answered(catalogue: Catalogue, **given: object) -> Results:
    """The outputs; `model__layers` stands for `model.layers`."""
    return computed(catalogue, NAME, {name.replace("__", "."): str(text) for name, text in given.items()})


def close(ours: Decimal, by_hand: Fraction) -> bool:
    """Equal but for the last of 28 digits."""
    return abs(Fraction(ours) - by_hand) <= abs(by_hand) / 10**20


WAYS = [
    ("full", "double"),
    ("lora", "double"),
    ("int8", "double"),
    ("qlora", "double"),
    ("qlora", "single"),
    ("qlora", "none"),
]


def hold_to_hand(catalogue: Catalogue, network: Network, training: Training) -> None:
    """Holds every part of the memory, its sum and its range to the computation by hand."""
    answer, parts = computed(catalogue, NAME, typed(network, training)), memory_parts(network, training)
    gaps, extra = parts.pop("gaps"), parts.pop("extra")
    for part, size in parts.items():
        assert close(getattr(answer, part), size), part
    total = sum((parts[part] for part in SUMMED), Fraction(0))
    assert close(answer.memory, total)
    assert close(answer.model_states, parts["weights"] + parts["gradients"] + parts["optimizer_states"])
    margin = training.spread * total + (0 if training.packing else training.varied_spread * gaps)
    assert close(answer.memory_range.low, total - margin)
    assert answer.memory_range.likely == answer.memory
    assert close(answer.memory_range.high, total + margin + extra)
    assert close(answer.memory_gib, total * 10**9 / 2**30)
    assert close(answer.activations_gib, parts["activations"] * 10**9 / 2**30)


@pytest.mark.parametrize(("method", "constants"), WAYS)
@examples(10, at_night=30)
@given(network=NETWORKS, training=TRAININGS)
def test_the_memory_is_the_one_by_hand(
    catalogue: Catalogue, method: str, constants: str, network: Network, training: Training
) -> None:
    hold_to_hand(catalogue, network, replace(training, method=method, constants=constants))


SMALL = Network(
    layers=8,
    hidden_size=512,
    intermediate_size=2048,
    heads=8,
    key_value_heads=2,
    head_size=64,
    vocabulary=1000,
    embeddings=1,
    parameters=Fraction(60_000_000),
)


@pytest.mark.parametrize("sharded", ["yes", "zero2", "zero1", "no"])
@pytest.mark.parametrize("layers", [1, 8])
@pytest.mark.parametrize("gpus", [1, 2])
def test_two_gpus_are_several_and_a_layer_is_put_together_once(
    catalogue: Catalogue, gpus: int, layers: int, sharded: str
) -> None:
    training = Training(method="full", gpus=gpus, sharded=sharded)
    hold_to_hand(catalogue, replace(SMALL, layers=layers), training)


@pytest.mark.parametrize(
    "training",
    [
        Training(method="full", length=64, accumulation=False),
        Training(method="full", length=16, optimizer_step="foreach"),
        Training(offload="activations"),
    ],
    ids=["gradients and a layer at work", "the optimizer's copy", "inputs in main memory"],
)
@pytest.mark.parametrize("layers", [1, 8])
def test_each_moment_may_be_the_one_that_peaks(catalogue: Catalogue, layers: int, training: Training) -> None:
    hold_to_hand(catalogue, replace(SMALL, layers=layers), training)


@pytest.mark.parametrize("experts", [1, 2])
def test_two_experts_are_sent_their_tokens(catalogue: Catalogue, experts: int) -> None:
    hold_to_hand(catalogue, replace(SMALL, experts=experts), Training(chunked_loss=True))


@examples(20, at_night=60)
@given(
    network=NETWORKS,
    training=TRAININGS,
    examples=st.integers(1, 10**6),
    tokens=st.integers(1, 200_000),
    epochs=st.integers(1, 10),
    packing=st.booleans(),
)
def test_time_and_rent_are_those_by_hand(
    catalogue: Catalogue, network: Network, training: Training, examples: int, tokens: int, epochs: int, packing: bool
) -> None:
    given = typed(network, training) | {
        "examples": str(examples),
        "example_tokens": str(tokens),
        "epochs": str(epochs),
        "packing": "yes" if packing else "no",
        "gpu": "l40s",
        "gpu.peak": "400",
        "gpu.rent": "2",
        "gpu.rent_low": "1.5",
        "gpu.rent_high": "3",
        "utilization": "0.4",
        "utilization_low": "0.2",
        "utilization_high": "0.5",
        "slow_down": "1.3",
    }
    answer = computed(catalogue, NAME, given)
    each = min(tokens, training.length) if packing else training.length
    computed_tokens = examples * each * epochs
    assert answer.training_tokens == computed_tokens

    def hours_at(used: Fraction) -> Fraction:
        return hours(network, training, tokens=computed_tokens, teraflops=Fraction(400), used=used)

    likely, fast, slow = hours_at(Fraction(2, 5)), hours_at(Fraction(1, 2)), hours_at(Fraction(1, 5))
    assert close(answer.training_hours, likely)
    assert close(answer.training_hours_range.low, fast) and close(answer.training_hours_range.high, slow)
    assert close(answer.gpu_hours, likely * training.gpus)
    assert close(answer.training_cost, likely * training.gpus * 2)
    assert close(answer.training_cost_range.low, fast * training.gpus * Fraction(3, 2))
    assert close(answer.training_cost_range.high, slow * training.gpus * 3)
    assert close(answer.tokens_per_second, Fraction(computed_tokens) / likely / 3600)
    slower = Fraction(13, 10) if training.method in ("int8", "qlora") else 1
    assert close(answer.training_flops, likely / slower * 3600 * 400 * 10**12 * Fraction(2, 5) * training.gpus)


@examples(15, at_night=40)
@given(network=NETWORKS, training=TRAININGS)
def test_what_is_trained_and_kept_is_counted(catalogue: Catalogue, network: Network, training: Training) -> None:
    answer = computed(catalogue, NAME, typed(network, training))
    added = network.adapter(training.rank, training.target_matrices) + (network.tables() if training.tables else 0)
    full = training.method == "full"
    changing = network.parameters if full else added
    everything = network.parameters + (0 if full else added)
    assert answer.trainable_parameters == changing and answer.all_parameters == everything
    assert close(answer.trainable_share, Fraction(changing) / everything)
    assert close(answer.trainable_percent, Fraction(changing) / everything * 100)
    assert close(answer.checkpoint_size, Fraction(2 * changing) / 10**6)
    assert close(answer.checkpoint_size_mib, Fraction(2 * changing) / 2**20)
    quantized = replace(training, method="qlora", gpus=1, offload="none")
    once, twice = (
        memory_parts(network, replace(quantized, constants=constants))["weights"] for constants in ("single", "double")
    )
    assert close(answer.double_quantization_saving, once - twice)


def test_adapters_of_other_matrices_are_those_typed(catalogue: Catalogue) -> None:
    answer = answered(catalogue, target_matrices="other", adapter_parameters="0.11", rank=999)
    assert answer.trainable_parameters == 110_000_000


def test_a_note_tells_what_attention_over_a_long_sequence_adds(catalogue: Catalogue) -> None:
    """Two products of length by width, 2 operations each, three times over, for half of all pairs, in every layer."""
    length, width, layers = 32_768, 4096, 32
    adds = Fraction(2 * 2 * 3 * length * width * layers, 2)
    each = 4 * Fraction("8.030261248") * 10**9 + 6 * 41_943_040
    answer = answered(catalogue, sequence_length=length)
    (note,) = [note for note in output_value(answer.notes) if note.holds and "Long sequences" in note.sentence]
    assert f"{float(adds / each):.1%}" in note.sentence
    at_a_twelfth = int(each / 12 / (adds / length))
    for tokens, holds in ((at_a_twelfth, 0), (at_a_twelfth + 1, 1)):
        notes = output_value(answered(catalogue, sequence_length=tokens).notes)
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
    catalogue: Catalogue, model: str, trainable: int, everything: int
) -> None:
    """Rank 16 on all linear matrices: the counts that users of the library quote for these models."""
    answer = answered(catalogue, model=model, rank=16, target_matrices="all_linear")
    assert (answer.trainable_parameters, answer.all_parameters) == (trainable, everything)


def test_the_loss_of_a_large_vocabulary_takes_what_is_published(catalogue: Catalogue) -> None:
    """24 GB for 8,192 tokens and Gemma 2's vocabulary of 256,000 (arXiv 2411.09009), within the range of the bytes."""
    least, most = (
        answered(catalogue, sequence_length=8192, model__vocabulary=256_000, logit_bytes=each).logits
        for each in (8, 19)
    )
    assert least < 24 < most


def test_pure_16_bit_training_holds_eight_bytes_a_parameter(catalogue: Catalogue) -> None:
    """Weight, gradient and two moments, 2 bytes each: 72.43 GB of Mistral 7B with PyTorch's copies were measured."""
    pure = {"model": "mistral-7b", "method": "full", "optimizer": "adam_16bit", "master_copy": "no"}
    answer = answered(catalogue, **pure, optimizer_step="foreach", accumulation="no")
    assert answer.model_states == Decimal("7.241732096") * 8
    assert abs(answer.model_states + answer.step_memory - Decimal("72.43")) < Decimal("0.02")


def test_8_bit_weights_take_a_byte_each(catalogue: Catalogue) -> None:
    """All but the embeddings: 7,241,732,096 − 2 × 32,000 × 4,096 bytes, and 2 for each number of these tables."""
    answer = answered(catalogue, model="mistral-7b", method="int8", target_matrices="other", adapter_parameters=0)
    assert answer.weights * 10**9 == 7_241_732_096 + 2 * 32_000 * 4_096


def test_activations_are_those_of_the_paper_without_shared_heads_and_gates(catalogue: Catalogue) -> None:
    """Tokens × hidden × (34 + 5 × heads × length ÷ hidden) bytes a layer (arXiv 2205.05198): here GPT-3's sizes."""
    length, batch, hidden, heads, layers = 2048, 1, 12288, 96, 96
    ours = answered(
        catalogue,
        model__layers=layers,
        model__hidden_size=hidden,
        model__intermediate_size=4 * hidden,
        model__heads=heads,
        model__key_value_heads=heads,
        model__feed_forward=2,
        sequence_length=length,
        batch=batch,
        checkpointing="no",
        flash_attention="no",
    ).activations
    by_paper = length * batch * hidden * (34 + Fraction(5 * heads * length, hidden)) * layers
    assert close(ours, by_paper / 10**9)


@examples(20, at_night=60)
@given(network=NETWORKS, training=TRAININGS)
def test_full_takes_most_and_qlora_least(catalogue: Catalogue, network: Network, training: Training) -> None:
    """For equal settings. Adapters as large as half the model would be no adapters; below 16 bits a step may keep a
    little more, so that states are compared.
    """
    training = replace(training, tables=False, offload="none", optimizer_step="fused", wide_stream=False, sharded="yes")
    assume(network.adapter(training.rank, training.target_matrices) * 2 <= network.parameters)
    answers = [computed(catalogue, NAME, typed(network, replace(training, method=method))) for method in METHODS]
    full, lora, int8, qlora = (answer.model_states for answer in answers)
    assert full >= lora >= int8 >= qlora
    assert answers[0].memory >= answers[1].memory
    assert answers[1].training_hours <= answers[2].training_hours == answers[3].training_hours


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
@examples(6, at_night=12)
@given(draws=st.data())
def test_more_never_needs_less(catalogue: Catalogue, input: str, method: str, draws: st.DataObject) -> None:
    """Longer, wider, deeper: the memory never shrinks, and neither does the time."""
    flags = (
        "checkpointing",
        "flash_attention",
        "chunked_loss",
        "master_copy",
        "accumulation",
        "wide_logits",
        "packing",
    )
    given = {flag: draws.draw(st.sampled_from(("yes", "no")), flag) for flag in flags}
    given |= {"method": method, "gpus": str(draws.draw(st.integers(1, 16), "gpus"))}
    less, more = sorted(draws.draw(st.tuples(MORE[input], MORE[input]), input))
    first, second = (computed(catalogue, NAME, {**given, input: str(value)}) for value in (less, more))
    assert first.memory <= second.memory
    assert first.memory_range.low <= second.memory_range.low and first.memory_range.high <= second.memory_range.high
    assert first.training_hours <= second.training_hours


def test_the_word_says_how_the_range_lies_to_the_memory(catalogue: Catalogue) -> None:
    span = answered(catalogue).memory_range
    above, within = span.high, (span.low + span.high) / 2
    tiny = Decimal("0.000001")
    words = {
        gigabytes: answered(catalogue, gpu__memory=gigabytes).fit
        for gigabytes in (above, above - tiny, within, span.low - tiny)
    }
    assert list(words.values()) == ["fits", "tight", "tight", "no"]
    assert answered(catalogue, gpu__memory=span.low).fit == "tight"


def test_the_tables_hold_what_each_choice_alone_would_answer(catalogue: Catalogue) -> None:
    """Every method and every listed GPU, asked for one at a time, gives its row."""
    answer = answered(catalogue, examples=5000)
    rows, labels = output_value(answer.methods).rows, {method: row for row, method in enumerate(METHODS)}
    for method, index in labels.items():
        trained = answered(catalogue, examples=5000, method=method)
        sizes = (
            trained.memory,
            trained.memory_range.low,
            trained.memory_range.high,
            trained.trainable_parameters,
            trained.checkpoint_size,
        )
        assert rows[index][1:] == (*sizes, trained.training_hours, trained.training_cost)
        assert output_value(trained.methods).own == index
    rows = output_value(answer.every_gpu).rows
    by_name = {row[0]: row[1:] for row in rows}
    entries = catalogue.facts.entries("gpus")
    assert len(entries) == len(rows) > 5
    for id, entry in entries.items():
        words = tuple(answered(catalogue, method=method, gpu=id).fit for method in labels)
        trained = answered(catalogue, examples=5000, gpu=id)
        rents = (trained.training_cost_range.low, trained.training_cost, trained.training_cost_range.high)
        shown = (None,) * 4 if words[1] == "no" else (trained.training_hours, *rents)
        assert by_name[entry["name"]] == (*words, *shown)
    assert rows[output_value(answer.every_gpu).own][0] == entries["a100-80"]["name"]


def test_gpus_come_in_the_order_of_their_rent_and_last_where_nothing_fits(catalogue: Catalogue) -> None:
    rows = output_value(answered(catalogue, model="llama-3.3-70b", method="qlora").every_gpu).rows
    rents = [row[7] for row in rows]
    known = [rent for rent in rents if rent is not None]
    assert known == sorted(known) and None not in rents[: len(known)]
    assert 0 < len(known) < len(rents)
    assert all((rent is None) == (row[4] == "no") for rent, row in zip(rents, rows, strict=True))


@pytest.mark.parametrize("given", [{}, {"method": "full", "gpus": 8}], ids=["alone", "with gradients besides"])
def test_the_parts_add_up_on_each_side(catalogue: Catalogue, given: dict[str, object]) -> None:
    answer = answered(catalogue, **given)
    parts = output_value(answer.parts).rows
    for column, side in ((1, "low"), (2, "likely"), (3, "high")):
        assert close(sum(row[column] for row in parts), Fraction(getattr(answer.memory_range, side)))
    assert abs(sum(bare_value(row[4]) for row in parts if row[4] is not None) - 1) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"gpu": "rtx-4090"}, "try one step before you rent"),
        ({"gpu": "rtx-4090", "method": "full"}, "Try QLoRA, a smaller model"),
        ({"gpus": "2", "sharded": "no"}, "faster, not smaller"),
        ({"gpus": "8", "method": "full"}, "FSDP may keep them whole"),
        ({"example_tokens": "4096"}, "sequence. 50% of their text is cut off"),
        ({"example_tokens": "512", "packing": "no"}, "75% of the computing goes into filling up"),
        ({"checkpointing": "no"}, "Adapters hardly make them smaller"),
        ({"rank": "4096"}, "more than half as large as the model"),
        ({"sequence_length": "32768"}, "Long sequences"),
        ({"method": "qlora"}, "1.3 times as slow"),
        ({"method": "int8"}, "1.3 times as slow"),
    ],
)
def test_it_says_what_a_reader_should_know(catalogue: Catalogue, given: dict[str, str], words: str) -> None:
    sentences = [note.sentence for note in output_value(computed(catalogue, NAME, given).notes) if note.holds]
    assert sum(words in sentence for sentence in sentences) == 1, sentences
    assert [note.sentence for note in output_value(answered(catalogue).notes) if note.holds] == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"gpus": "1", "sharded": "no"}, "faster, not smaller"),
        ({"gpus": "2", "sharded": "yes"}, "faster, not smaller"),
        ({"gpus": "8"}, "FSDP may keep them whole"),
        ({"gpus": "8", "method": "full", "sharded": "no"}, "FSDP may keep them whole"),
        ({"example_tokens": "2048"}, "cut off"),
        ({"example_tokens": "2048", "packing": "no"}, "filling up"),
        ({"example_tokens": "512", "packing": "yes"}, "filling up"),
        ({"method": "full", "rank": "4096"}, "more than half"),
        ({"target_matrices": "other", "adapter_parameters": "4.015130624"}, "more than half"),
    ],
)
def test_it_says_nothing_needless(catalogue: Catalogue, given: dict[str, str], words: str) -> None:
    sentences = [note.sentence for note in output_value(computed(catalogue, NAME, given).notes) if note.holds]
    assert not any(words in sentence for sentence in sentences), sentences


def test_the_advice_about_memory_changes_at_the_ends_of_the_range(catalogue: Catalogue) -> None:
    span, tiny = answered(catalogue).memory_range, Decimal("0.000001")
    advice: dict[str, list[bool]] = {"try one step": [], "Try QLoRA": []}
    for memory in (span.low - tiny, span.low, span.high - tiny, span.high):
        sentences = [
            note.sentence for note in output_value(answered(catalogue, gpu__memory=memory).notes) if note.holds
        ]
        for words, appearances in advice.items():
            appearances.append(any(words in sentence for sentence in sentences))
    assert advice == {"try one step": [False, True, True, False], "Try QLoRA": [True, False, False, False]}


def test_the_parameters_in_the_data_are_those_of_the_sizes(catalogue: Catalogue) -> None:
    """Qwen3 normalizes each head of queries and keys, which adds a few parameters; gpt-oss has biases besides."""
    entries = catalogue.facts.entries("architectures")
    assert len(entries) >= 5
    for id, entry in entries.items():
        sizes = {name: fact["values"][-1][1] for name, fact in entry["facts"].items()}
        assert set(SIZES) <= set(sizes)
        whole = counted(sizes | ({"normalized_heads": "yes"} if id.startswith("qwen3") else {}))
        added = Decimal(sizes["parameters"]) * 10**9 - whole
        assert added == 0 or (id.startswith("gpt-oss") and 0 < added < whole / 100), id
