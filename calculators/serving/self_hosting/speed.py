"""How fast a replica reads prompts and writes answers: what it reads, computes and waits for, one after the other.

A step writes one token of each answer at once. It reads the weights and the caches of all requests, computes, and
spends a fixed time on each layer. Reading a prompt is bound by computing. The parts are added, as if none hid behind
another; the shares of bandwidth and peak that make this right were fitted to published speeds.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.records import Gpu
from calculators.domain.transformers import Sizes
from calculators.domain.units import BYTES_PER_GB, FLOP, FLOP_A_SECOND, MS_PER_SECOND, SHORT, TFLOPS, TOKEN
from calculators.engine.numbers import (
    Condition,
    Number,
    both,
    choose,
    either_of,
    exponential,
    known,
    known_or,
    largest,
    named,
    opposite,
    quotient,
    root,
    smallest,
)
from calculators.engine.numbers.traced import Constant
from calculators.serving.self_hosting.inputs import Inputs
from calculators.serving.self_hosting.memory import (
    Weights,
    hosting_cache_bytes,
    hosting_kept_instructions,
    hosting_prompt_tokens,
)

FORWARD = Constant(2, "operations for each parameter and token", FLOP)
ATTENTION = Constant(4, "operations for each pair of positions and number of a query", FLOP)
LAYER_TIME_PEAK = Constant(312, "speed of the GPU that the time for a layer is for", TFLOPS)


@dataclass(frozen=True, slots=True)
class HostingPace:
    """The times of a replica in seconds.

    A step takes `fixed`, of all `experts` those that are used, and `each` for each request at once. A prompt takes
    `prompt`. `used` is the share of the experts that one token uses, and `answer` the tokens of an answer.
    """

    fixed: Number
    experts: Number
    each: Number
    prompt: Number
    used: Number
    answer: Number

    def step(self, requests: Number | int) -> Number:
        """A step of so many requests."""
        touched = largest(self.used, 1 - exponential(0 - self.used * requests))
        return self.fixed + self.experts * touched + self.each * requests

    def cycle(self, requests: Number | int) -> Number:
        """A whole answer while so many requests are served at once: each prompt is read, and each token written."""
        return self.prompt * requests + self.answer * self.step(requests)

    def faster(self, factor: Number) -> HostingPace:
        """The same at another speed."""
        return HostingPace(
            fixed=self.fixed / factor,
            experts=self.experts / factor,
            each=self.each / factor,
            prompt=self.prompt / factor,
            used=self.used,
            answer=self.answer,
        )


def is_hosting_unpacked(i: Inputs, gpu: Gpu) -> Condition:
    """Whether weights are turned into 16 bits before use, as the GPU does not compute in their width."""
    return either_of(
        i.weights == "eight_weights",
        both(i.weights == "eight", opposite(known(gpu.peak_8bit))),
        both(i.weights == "four", opposite(known(gpu.peak_4bit))),
    )


def hosting_prompt_share(pace: HostingPace, places: Number) -> Number:
    """The share of a replica's time that goes into reading prompts, all places taken."""
    return named("Share of the time for prompts", pace.prompt * places / pace.cycle(places))


def hosting_speed_margin(i: Inputs, sizes: Sizes, gpu: Gpu, pace: HostingPace, places: Number) -> Number:
    """How far the speed may be off: more with experts, unpacked weights or mostly prompts, but never all of it."""
    halfway = (1 + i.speed_spread) / 2
    wide = smallest(i.speed_spread * i.harder_speed, (1 + halfway) / 2)
    mostly_prompts = hosting_prompt_share(pace, places) > i.mostly_prompts
    harder = either_of(sizes.experts > 1, is_hosting_unpacked(i, gpu), mostly_prompts)
    return named("The speed may be off by", choose(harder, wide, i.speed_spread))


def hosting_replica_pace(i: Inputs, weights: Weights, gpu: Gpu) -> HostingPace:
    """The times of a replica on GPUs of that kind, whose bandwidth and peak are known."""
    model, bandwidth, wide = weights.sizes, known_or(gpu.bandwidth, 0), known_or(gpu.peak, 0)
    several = model.experts > 1
    narrow = choose(i.weights == "four", known_or(gpu.peak_4bit, wide), wide)
    peak = named("Peak speed in that width", choose(i.weights == "eight", known_or(gpu.peak_8bit, wide), narrow))
    reading = bandwidth * BYTES_PER_GB * i.gpus * i.bandwidth_share
    reading = named("Bytes read in a second", reading * choose(several, i.expert_bandwidth, 1))
    caches = bandwidth * BYTES_PER_GB * i.gpus * i.bandwidth_share
    dense = named("Operations of dense layers in a second", wide * FLOP_A_SECOND * i.gpus * i.compute_share)
    kinds = choose(several, i.expert_compute, 1) * choose(is_hosting_unpacked(i, gpu), i.unpacking, 1)
    computing = named("Operations in a second", peak * FLOP_A_SECOND * i.gpus * i.compute_share * kinds)
    token = named("Computing a token", FORWARD * weights.computed / computing) + _hosting_exchange(i, weights, gpu)
    layer = i.layer_time / MS_PER_SECOND * root(root(LAYER_TIME_PEAK / wide))
    adapters = named("Time of the adapters", choose(i.adapters > 0, i.adapter_time, 0) / MS_PER_SECOND)
    prompt, answer = hosting_prompt_tokens(i), i.answer / TOKEN
    fresh = named("Prompt tokens to read", prompt - hosting_kept_instructions(i))
    attention = ATTENTION * model.queries * _hosting_pairs(i, weights, fresh, prompt) / dense
    context = hosting_cache_bytes(i, model, prompt + answer / 2)
    used = model.layers * model.active_experts / (model.layers * model.experts)
    return HostingPace(
        fixed=named("Fixed time of a step", weights.shared / reading + layer * model.layers + adapters),
        experts=named("Reading all experts", weights.experts / reading),
        each=named("Time of a step for each request", token + context / caches),
        prompt=named("Reading a prompt", token * fresh + attention),
        used=named("Share of experts that a token uses", used),
        answer=answer,
    )


def _hosting_pairs(i: Inputs, weights: Weights, fresh: Number, prompt: Number) -> Number:
    """The pairs of positions that attention compares while a prompt is read, in all layers."""
    layers = weights.sizes.layers
    windowed = smallest(layers, known_or(i.architecture.windowed_layers, 0))
    window = known_or(i.architecture.window, prompt * TOKEN) / TOKEN
    whole = fresh * (prompt - fresh / 2)
    return named("Pairs of positions", (layers - windowed) * whole + windowed * fresh * smallest(prompt, window))


def _hosting_exchange(i: Inputs, weights: Weights, gpu: Gpu) -> Number:
    """What a token waits while GPUs add up their parts of a layer, twice in each; nothing on a single GPU."""
    if known(gpu.link) is False:
        return 0 * i.layer_time / MS_PER_SECOND
    speed = known_or(gpu.link, 0) * BYTES_PER_GB * i.link_share
    exchanges = 2 * weights.sizes.layers
    sent = 2 * weights.sizes.hidden * SHORT * (i.gpus - 1) / i.gpus
    return named("Exchange between GPUs", quotient(exchanges * sent, speed))
