"""The speed model once more in plain floats, and the fit of its factors to the sources that are not held out.

`python -m tests.calculators.serving.self_hosting.fit` prints the factors in use, those that fit best, and how wide the
ranges have to be. The formulas are written down a second time, from decision 0038, so that a fit takes seconds; a test
holds them to the calculator on every published speed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from statistics import median

from calculators.catalogue import Catalogue, load
from macros.facts import facts_text
from tests.calculators.calibration import Row
from tests.calculators.left_out import Case, margin
from tests.calculators.serving.self_hosting.speeds import at_once, cards, held_out, networks, speeds

BANDWIDTH, MEMORY, WORKSPACE, FOUR_BITS = 0.9, 0.9, 2.0, 4.25
"""What is not fitted: shares of bandwidth and memory, GB beside the weights, bits of a narrow weight with its scale."""
MOSTLY_PROMPTS = 0.8
"""The share of the time for prompts from which the wider range counts (decision 0066)."""


@dataclass(frozen=True, slots=True)
class Factors:
    """What is fitted; the time for a layer is in milliseconds, on a GPU of 312 TFLOPS."""

    compute: float
    layer_time: float
    expert_bandwidth: float
    expert_compute: float
    unpacking: float
    link: float


FACTS = {
    "compute": "serving-compute",
    "layer_time": "serving-layer-time",
    "expert_bandwidth": "serving-expert-bandwidth",
    "expert_compute": "serving-expert-compute",
    "unpacking": "serving-unpacking",
    "link": "serving-link",
}
"""The entry in data/assumptions.yaml for each factor."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A published speed: what a step reads and computes, before any factor.

    Bytes, operations, bytes and operations a second; `touched` is the share of experts that one token uses.
    """

    row: Row
    is_mixture: bool
    is_unpacked: bool
    bandwidth: float
    peak: float
    peak_in_width: float
    link: float
    layers: float
    shared: float
    experts: float
    touched: float
    operations: float
    exchanged: float
    context: float
    attention: float
    places: float


def published_settings() -> list[Setting]:
    """The setting of every published speed."""
    return [published_setting(row) for row in speeds()]


def published_setting(row: Row) -> Setting:
    """What follows from a row, its model and its GPU."""
    model = {name: float(size or 0) for name, size in networks()[row["model"]].items() if name != "model"}
    card = {name: float(figure or 0) for name, figure in cards()[row["gpu"]].items() if name != "gpu"}
    gpus, prompt, answer = float(row["gpus"]), float(row["prompt"]), float(row["answer"])
    layers, hidden, kinds = model["layers"], model["hidden_size"], model["experts"] or 1
    picked = model["active_experts"] or 1
    parameters = model["parameters"] * 1e9
    active = model["active_parameters"] * 1e9 or parameters
    if kinds > 1 and not model["active_parameters"]:
        expert = model["feed_forward"] * hidden * model["intermediate_size"]
        active = max(parameters / kinds, parameters - layers * expert * (kinds - picked))
    tables = model["embeddings"] * model["vocabulary"] * hidden
    output = min(tables, model["vocabulary"] * hidden)
    width = {"16": 2, "4": FOUR_BITS / 8}.get(row["weights"], 1)
    expert_parameters = (parameters - active) * kinds / (kinds - picked) if kinds > picked else 0
    own_peak = {"8": card["peak_8bit"], "4": card["peak_4bit"]}.get(row["weights"], 0)
    keys = model["cache_width"] or 2 * model["head_size"] * model["key_value_heads"]
    windowed, window = min(layers, model["windowed_layers"]), model["window"] or math.inf

    def cached_bytes(tokens: float) -> float:
        positions = (layers - windowed) * tokens + windowed * min(tokens, window)
        return positions * keys * (1 if row["cache"] == "8" else 2)

    room = gpus * (card["memory"] * MEMORY - WORKSPACE) * 1e9 - (parameters - tables) * width - tables * 2
    room /= cached_bytes(prompt + answer / 2)
    places = float(at_once(row))
    if row["mode"] not in ("single", "prefill", "batch"):
        places = max(1, min(places, room)) if room >= 1 else 1
    if row["longest"]:
        whole = math.floor(places)
        tail = float(row["longest"]) / answer - 1
        places = min(places, max(1, round(whole / (1 + whole / float(row["requests"]) * tail))))
    compared = (layers - windowed) * prompt * prompt / 2 + windowed * prompt * min(prompt, window)
    return Setting(
        row=row,
        is_mixture=kinds > 1,
        is_unpacked=row["weights"] != "16" and not own_peak,
        bandwidth=card["bandwidth"] * 1e9 * gpus * BANDWIDTH,
        peak=card["peak"] * 1e12,
        peak_in_width=(own_peak or card["peak"]) * 1e12 * gpus,
        link=card["link"] * 1e9,
        layers=layers,
        shared=max(0, parameters - tables - expert_parameters) * width + output * 2,
        experts=expert_parameters * width,
        touched=picked / kinds,
        operations=2 * (active if kinds > picked else parameters - (tables - output)),
        exchanged=2 * layers * 2 * hidden * 2 * (gpus - 1) / gpus,
        context=cached_bytes(prompt + answer / 2),
        attention=4 * model["head_size"] * model["heads"] * compared / gpus,
        places=places,
    )


@dataclass(frozen=True, slots=True)
class Times:
    """What a setting takes, in seconds: to read a prompt, for a step of one request, and for one of all places."""

    prompt: float
    first_step: float
    step: float


def modeled_times(setting: Setting, factors: Factors) -> Times:
    """The parts of an answer."""
    reading = setting.bandwidth * (factors.expert_bandwidth if setting.is_mixture else 1)
    kinds = (factors.expert_compute if setting.is_mixture else 1) * (factors.unpacking if setting.is_unpacked else 1)
    token = setting.operations / (setting.peak_in_width * factors.compute * kinds)
    token += setting.exchanged / (setting.link * factors.link)
    layer = factors.layer_time / 1000 * math.sqrt(math.sqrt(312e12 / setting.peak))
    fixed, all_experts = setting.shared / reading + layer * setting.layers, setting.experts / reading
    prompt = token * float(setting.row["prompt"]) + setting.attention / (setting.peak * factors.compute)

    def step(requests: float) -> float:
        touched = max(setting.touched, 1 - math.exp(-setting.touched * requests))
        return fixed + all_experts * touched + (token + setting.context / setting.bandwidth) * requests

    return Times(prompt, step(1), step(setting.places))


def modeled_speed(setting: Setting, factors: Factors) -> float:
    """The answer in the unit of the row: tokens in a second, or one over the seconds until the first."""
    times = modeled_times(setting, factors)
    if setting.row["measure"] == "first_token_s":
        return 1 / (times.prompt + times.first_step)
    if setting.row["measure"] == "step_tokens_s":
        return 1 / times.first_step
    answer, places = float(setting.row["answer"]), setting.places
    return places * answer / (times.prompt * places + answer * times.step)


def prompt_share(setting: Setting, factors: Factors) -> float:
    """The share of the time that goes into reading prompts, all places taken."""
    times = modeled_times(setting, factors)
    prompts = times.prompt * setting.places
    return prompts / (prompts + float(setting.row["answer"]) * times.step)


def is_harder(setting: Setting, factors: Factors) -> bool:
    """Whether the wider of the two ranges counts."""
    return setting.is_mixture or setting.is_unpacked or prompt_share(setting, factors) > MOSTLY_PROMPTS


def published_speed(row: Row) -> float:
    """What was measured, in the same unit."""
    return 1 / float(row["value"]) if row["measure"] == "first_token_s" else float(row["value"])


def factors_in_use(catalogue: Catalogue) -> Factors:
    """The factors of data/assumptions.yaml."""
    return Factors(**{name: float(catalogue.facts.fact(f"assumptions:{entry}").value) for name, entry in FACTS.items()})


def misfit(settings: Sequence[Setting], factors: Factors) -> float:
    """The sum of the errors of the logarithm, each over the root of its source's size."""
    sizes = Counter(setting.row["source"] for setting in settings)
    return math.fsum(
        abs(math.log(modeled_speed(setting, factors) / published_speed(setting.row)))
        / math.sqrt(sizes[setting.row["source"]])
        for setting in settings
    )


def fitted_factors(settings: Sequence[Setting], begin: Factors) -> Factors:
    """The factors with the smallest misfit.

    One after another is moved up and down, in steps that get smaller once none of them helps.
    """
    best, least, stride = begin, misfit(settings, begin), 0.2
    while stride > 0.004:
        before = least
        for name in FACTS:
            for step in (1 + stride, 1 / (1 + stride)):
                tried = replace(best, **{name: getattr(best, name) * step})
                if (error := misfit(settings, tried)) < least:
                    best, least = tried, error
        if before == least:
            stride /= 2
    return best


def cases(settings: Sequence[Setting], factors: Factors) -> dict[bool, list[Case]]:
    """What was measured as a multiple of the answer, apart by whether the class is the harder one."""
    listed: dict[bool, list[Case]] = {False: [], True: []}
    for setting in settings:
        ratio = published_speed(setting.row) / modeled_speed(setting, factors)
        listed[is_harder(setting, factors)].append((ratio, setting.row["source"]))
    return listed


def left_out_cases(settings: Sequence[Setting], begin: Factors) -> dict[bool, list[Case]]:
    """The same, where each source is answered with factors that were fitted to the others."""
    listed: dict[bool, list[Case]] = {False: [], True: []}
    for source in sorted({setting.row["source"] for setting in settings}):
        factors = fitted_factors([each for each in settings if each.row["source"] != source], begin)
        for harder, ratios in cases([each for each in settings if each.row["source"] == source], factors).items():
            listed[harder] += ratios
    return listed


def described(listed: Mapping[bool, Sequence[Case]]) -> str:
    """The median error and the margin of nine in ten, for both classes."""
    return "; ".join(
        f"{'harder' if harder else 'dense'}: median {median(abs(1 / ratio - 1) for ratio, _ in some):.3f}, "
        f"nine in ten {margin(some):.3f}"
        for harder, some in listed.items()
    )


if __name__ == "__main__":
    FITTED = [setting for setting in published_settings() if setting.row["source"] not in held_out()]
    USED = factors_in_use(load(facts_text(cache=None)))
    BEST = fitted_factors(FITTED, USED)
    for title, factors in (("in use", USED), ("fitted", BEST)):
        numbers = ", ".join(f"{factor:.3f}" for factor in astuple(factors))
        print(f"{title}: {numbers}; misfit {misfit(FITTED, factors):.2f}; {described(cases(FITTED, factors))}")
    print("each source left out:", described(left_out_cases(FITTED, BEST)))
