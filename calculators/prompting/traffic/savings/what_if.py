"""The changes that could save something, side by side, and the largest in three sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import Table
from calculators.engine.numbers import Note, Number, bare_value, name_in_note, note, quotient, sorted_by_number
from calculators.engine.numbers.rounding import rounded_without_noun
from calculators.engine.numbers.units import SHARE, USD
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.use import exact_traffic_figure
from calculators.prompting.traffic.outputs import Outputs

BEYOND_WINDOW = "some prompts do not fit"
"""The remark on a model whose context window is too small."""


@dataclass(frozen=True, slots=True)
class TrafficSaving:
    """A change: what it is, what it saves (USD), what it needs, and how sure that is."""

    change: str
    saved: Number
    needs: str
    certainty: str

    @property
    def conditions(self) -> str:
        """What it needs and how sure it is, in sentences."""
        return f"It needs {self.needs}. {self.certainty}"


def possible_traffic_savings(i: Inputs, outputs: Outputs, elsewhere: Number) -> list[TrafficSaving]:
    """The changes that save something for these requests, in no order; what would cost more is no saving.

    `elsewhere` is what the requests with a price cost on the model to compare with.
    """
    total, mix, batch, cache = outputs.total, outputs.mix_saving, outputs.batch_saving, outputs.cache_saving
    if total is None or batch is None or cache is None:
        return []
    waits = rounded_without_noun(exact_traffic_figure(i.can_wait) or Decimal(0), SHARE)
    savings = [
        TrafficSaving(
            f"All requests on {i.model.name}",
            total - elsewhere,
            "a model that solves your tasks as well as those that you use",
            "The price is exact for the logged tokens, but another model may reason more or less. Nothing is known "
            "about its quality until you run your test set.",
        ),
        TrafficSaving(
            f"Batches for the {waits} that can wait",
            batch,
            "time: answers come within a day",
            "Prices of batches are published. The share that can wait is typed and not measured.",
        ),
        TrafficSaving(
            "Caching the fixed start",
            cache,
            "a start that is the same letter by letter, and marked where the provider asks for it",
            "It is the most that it can save: every request is taken to come within the lifetime of the cache.",
        ),
    ]
    if mix is not None:
        savings.append(
            TrafficSaving(
                f"Prompts of up to {int(bare_value(i.short_prompt)):,} tokens on {i.model.name}",
                mix,
                "a program that looks at the length before it sends, and a model that solves the short requests",
                "The price is exact for the logged tokens. A short prompt is not always an easy one, so test them.",
            )
        )
    if outputs.lifetime_saving is not None:
        savings.append(
            TrafficSaving(
                "A longer cache lifetime",
                outputs.lifetime_saving,
                "a setting in each request that writes to the cache",
                "It is measured from the pauses within conversations. A start that conversations share is not in it, "
                "and rows out of order hide pauses.",
            )
        )
    return [saving for saving in savings if (exact_traffic_figure(saving.saved) or 0) > 0]


def traffic_savings(i: Inputs, outputs: Outputs, elsewhere: Number) -> Table:
    """The changes, the largest saving first."""
    total = outputs.total
    if total is None:
        return Table(())
    ordered = reversed(
        sorted_by_number(possible_traffic_savings(i, outputs, elsewhere), key=lambda saving: saving.saved)
    )
    return Table(
        tuple(
            (saving.change, saving.saved, quotient(saving.saved, total, None), saving.conditions) for saving in ordered
        )
    )


def largest_traffic_saving(i: Inputs, outputs: Outputs, elsewhere: Number) -> TrafficSaving | None:
    """The change that saves most; None where none saves anything."""
    savings = possible_traffic_savings(i, outputs, elsewhere)
    return max(savings, key=lambda saving: exact_traffic_figure(saving.saved) or Decimal(0), default=None)


def cheapest_model_note(ranking: Table, largest: TrafficSaving | None) -> Note:
    """What the cheapest model that holds every prompt would save, where that is more than the largest saving."""
    name, saved = "", Decimal(0)
    for model, _, _, against, remark in ranking.rows:
        if BEYOND_WINDOW not in remark:
            name, saved = model, -(exact_traffic_figure(against) or Decimal(0))
            break
    return note(
        saved > ((exact_traffic_figure(largest.saved) if largest else None) or 0),
        f"Another model may save more: on {name_in_note(name)}, the cheapest, the same requests cost {{saved}} less. "
        "Whether it is good enough for them, only your own test set can say.",
        saved=(saved, USD),
    )
