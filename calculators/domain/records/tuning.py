"""What fine-tuning is bought from: offers to tune a model, and what providers accept as a training file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from calculators.domain.units import EPOCHS
from calculators.engine.declare import declared_figure_in_words, figure
from calculators.engine.numbers.units import DATE, GB, ONE, TOKENS, USD_PER_HOUR, USD_PER_MTOK, counted_unit
from calculators.engine.records import Record

TRAINING_FORMAT_NAMES = "training formats"
"""What the names in a list are of, by which the check of the facts knows them."""


@dataclass(frozen=True, kw_only=True)
class TuningOffer(Record):
    """A model as one provider tunes and serves it; a price that the provider does not charge or publish is left out.

    `training` is paid for each token of each epoch, `training_hour` for each hour of a training loop (reinforcement
    tuning). A tuned model is served by the token (`input`, `cached_read`, `output`), on its own machine by the hour
    (`hosting`), or by the token with a fee for each hour that it stands ready (both). Where the weights may be taken
    away, any rented GPU serves them.
    """

    own_name: ClassVar[str] = "Your own offer"
    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("training", "training_hour"),)

    training: Decimal | None = figure(
        "Training price", USD_PER_MTOK, high=10_000, counts="for training on the provider's machines"
    )
    training_hour: Decimal | None = figure(
        "Training price by the hour", USD_PER_HOUR, high=10_000, counts="for training on the provider's machines"
    )
    bills_validation: Decimal | None = figure(
        "Validation tokens billed (1 yes, 0 no)", ONE, high=1, counts="where the provider trains by the token"
    )
    bills_failed: Decimal | None = figure(
        "Failed runs billed (1 yes, 0 no)", ONE, high=1, counts="where a run fails on the provider's machines"
    )
    smallest_file: Decimal | None = figure(
        "Fewest examples accepted", counted_unit("example"), counts="where there are fewer examples"
    )
    input: Decimal | None = figure(
        "Input price of the tuned model", USD_PER_MTOK, counts="where the tuned model is paid by the token"
    )
    cached_read: Decimal | None = figure(
        "Cached input price of the tuned model",
        USD_PER_MTOK,
        scales_with="input",
        counts="by the token, for instructions read from the cache",
    )
    output: Decimal | None = figure(
        "Output price of the tuned model", USD_PER_MTOK, counts="where the tuned model is paid by the token"
    )
    smallest_prefix: Decimal | None = figure(
        "Smallest cacheable prefix of the tuned model",
        TOKENS,
        counts="by the token, where the instructions are near that length",
    )
    hosting: Decimal | None = figure(
        "Hosting price of a replica", USD_PER_HOUR, high=10_000, counts="where the provider rents a machine out"
    )
    own_weights: Decimal | None = figure(
        "Weights may be taken away (1 yes, 0 no)",
        ONE,
        high=1,
        counts="where the tuned model could be served in another way",
    )
    closed_to_new: str = declared_figure_in_words("Closed to new customers since", DATE)
    closes: str = declared_figure_in_words("No new training jobs from", DATE)
    retires: str = declared_figure_in_words("Tuned models stop on", DATE)


@dataclass(frozen=True, kw_only=True)
class TrainingLimits(Record):
    """What a provider accepts as a training file; a limit that is not published is left out.

    The formats are ids of `calculators.readers.training.formats`, the provider's own first.
    """

    called: ClassVar[str] = "Provider"

    smallest_file: Decimal | None = figure("Fewest examples", counted_unit("example"))
    largest_file: Decimal | None = figure("Most examples", counted_unit("example"))
    example_tokens: Decimal | None = figure("Most tokens of an example", TOKENS)
    file_size: Decimal | None = figure("Largest file", GB, high=10_000)
    images: Decimal | None = figure("Most images of an example", ONE)
    epochs: Decimal | None = figure("Most epochs", EPOCHS, high=1000)
    formats: str = declared_figure_in_words("Formats of conversations and texts", names=TRAINING_FORMAT_NAMES)
    preference_formats: str = declared_figure_in_words("Formats of preferences", names=TRAINING_FORMAT_NAMES)
    reinforcement_formats: str = declared_figure_in_words("Formats of tasks to learn by", names=TRAINING_FORMAT_NAMES)

    def accepted_formats(self) -> list[str]:
        """All formats that the provider reads, its own first."""
        lists = (self.formats, self.preference_formats, self.reinforcement_formats)
        return [name.strip() for names in lists if names for name in names.split(",")]
