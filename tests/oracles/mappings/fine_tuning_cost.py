"""How the worked examples about training, rented GPUs and labor are put to `fine_tuning/cost`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracles.asked import Asked

AREAS = ("finetune_gpu_rental", "finetune_training", "finetune_training_rft", "labour")


def asked(outputs: Mapping[str, str], **given: object) -> Asked:
    """One plain run and nothing else, but for what is given; `offer__training` stands for `offer.training`."""
    plain = {
        "examples": "0",
        "minutes_per_example": "0",
        "setup_hours": "0",
        "prompt_hours": "0",
        "tokens_per_example": "0",
        "epochs": "1",
        "runs": "1",
        "validation_examples": "0",
        "training_hours": "0",
        "evaluations": "0",
        "found_cached": "90%",
        "as_of": "2026-11-21",
    }
    typed = {name.replace("__", "."): str(text) for name, text in given.items()}
    return Asked("fine_tuning/cost", plain | typed, outputs)


TRAINING = {"training_usd": "training_cost"}
RENTED = {"usd": "training_cost"}
HOURLY = "openai/o4-mini-reinforcement"
GRADED = {
    "offer": HOURLY,
    "offer__training_hour": 100,
    "grader_input_tokens": "5M",
    "grader_output_tokens": "4.9M",
    "grader_input_price": "1.1",
    "grader_output_price": "4.4",
}

MAPPED: dict[str, list[Asked]] = {
    # The price of a thousand tokens, $0.008, is typed as that of a million.
    "F01": [asked(TRAINING, examples=100, tokens_per_example=1000, epochs=3, offer__training=8)],
    "F03": [asked(TRAINING, offer=HOURLY, offer__training_hour=100, training_hours=4)],
    # The graders' part is the same run without its hours.
    "F05": [
        asked({"total_usd": "training_cost"}, **GRADED, training_hours=4),
        asked({"grader_usd": "training_cost"}, **GRADED),
    ],
    "F09": [asked(TRAINING, examples=1, tokens_per_example="13,530,000", max_tokens="100M", offer__training=3)],
    "F10": [asked(RENTED, training_on="gpus", training_hours=9, gpu_rent=12)],
    "F11": [asked(RENTED, training_on="gpus", training_hours="12.5", gpu_rent="1.1")],
    # What was published for it is a thousand times this; a test of its own holds that against the calculator.
    "F14": [asked({"total_tokens": "training_tokens"}, examples=2000, tokens_per_example=512, epochs=3)],
    # Forty hours of an engineer on a prompt.
    "F18": [Asked("prompting/cost", {"prompt_hours": "40", "labor_rate": "100"}, {"usd": "labor"})],
}

NOT_ASKED: dict[str, str] = {}
"""Cases of these areas that the calculator does not compute, with the reason: none."""
