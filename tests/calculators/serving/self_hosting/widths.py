"""How wide the range of the speed has to be: rules tried on the sources that are not held out, and on those alone.

`python -m tests.calculators.serving.self_hosting.widths` prints, for each class of settings, how far 85 in 100 of the
next source are off; and how each rule does on thirds that are drawn from these sources as the real one was from all.
Decisions 0066 and 0080 have what was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import mean, median

from calculators.catalogue import load
from macros.facts import facts_text
from tests.calculators.calibration import Row, held_out_sources
from tests.calculators.left_out import Case, margin_of_next_source
from tests.calculators.serving.self_hosting.fit import (
    Factors,
    Setting,
    factors_in_use,
    fitted_factors,
    modeled_speed,
    prompt_share,
    published_settings,
    published_speed,
)
from tests.calculators.serving.self_hosting.speeds import FIRST_DAY, held_out

AIM_INSIDE, AIM_WIDTH = 0.85, 0.4
DRAWS = 1000
NO_SHARE = 1.0
"""A share of the time for prompts that no setting exceeds."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A published speed as a multiple of an answer that was not fitted to its source."""

    row: Row
    ratio: float
    is_kind: bool
    prompts: float

    @property
    def source(self) -> str:
        """Whose speed it is."""
        return self.row["source"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Two widths: one for most settings, a wider one with experts, unpacked weights or more of the time for prompts."""

    narrow: float
    wide: float
    prompts: float

    def is_harder(self, speed: Unseen) -> bool:
        """Whether the wider range counts."""
        return speed.is_kind or speed.prompts > self.prompts

    def width(self, speed: Unseen) -> float:
        """How far the speed may be off, in either direction."""
        return self.wide if self.is_harder(speed) else self.narrow


def unseen_speeds(settings: Sequence[Setting], used: Factors) -> list[Unseen]:
    """Each source by factors that never saw it: those in use, or of the first day those fitted to the others of it."""
    first = [each for each in settings if each.row["read"] == FIRST_DAY]
    listed = []
    for source in sorted({each.row["source"] for each in settings}):
        some = [each for each in settings if each.row["source"] == source]
        sources = [each for each in first if each.row["source"] != source]
        factors = fitted_factors(sources, used) if len(sources) < len(first) else used
        listed += [
            Unseen(
                row=each.row,
                ratio=published_speed(each.row) / modeled_speed(each, factors),
                is_kind=each.is_mixture or each.is_unpacked,
                prompts=prompt_share(each, factors),
            )
            for each in some
        ]
    return listed


def margins_of_classes(speeds: Sequence[Unseen], rule: Rule) -> tuple[float, float]:
    """How far 85 in 100 of the next source are off, in the settings of the two widths."""
    classes: dict[bool, list[Case]] = {False: [], True: []}
    for each in speeds:
        classes[rule.is_harder(each)].append((each.ratio, each.source))
    return margin_of_next_source(classes[False], AIM_INSIDE), margin_of_next_source(classes[True], AIM_INSIDE)


def drawn_thirds(speeds: Sequence[Unseen]) -> list[list[Unseen]]:
    """Thirds of whole sources, each by the rule that holds out the real one, in another order."""
    rows = [each.row for each in speeds]
    chosen = [held_out_sources(rows, str(draw)) for draw in range(DRAWS)]
    return [[each for each in speeds if each.source in sources] for sources in chosen]


def described_rule(rule: Rule, thirds: Sequence[Sequence[Unseen]]) -> str:
    """How often a third meets the aims with that rule."""
    inside = [mean(abs(each.ratio - 1) <= rule.width(each) for each in third) for third in thirds]
    widths = [median(rule.width(each) for each in third) for third in thirds]
    enough, narrow = [share >= AIM_INSIDE for share in inside], [width <= AIM_WIDTH for width in widths]
    both = [one and other for one, other in zip(enough, narrow, strict=True)]
    return (
        f"±{rule.narrow:.2f}, ±{rule.wide:.2f}, prompts {rule.prompts:.2f}: inside {mean(inside):.3f}, "
        f"85 % inside {mean(enough):.2f}, ±40 % in the median {mean(narrow):.2f}, both {mean(both):.2f}"
    )


if __name__ == "__main__":
    FITTED = [setting for setting in published_settings() if setting.row["source"] not in held_out()]
    SPEEDS = unseen_speeds(FITTED, factors_in_use(load(facts_text(cache=None))))
    for limit in (0.7, 0.8, 0.9, NO_SHARE):
        most, harder = margins_of_classes(SPEEDS, Rule(0, 0, limit))
        print(f"prompts {limit:.2f}: narrow {most:.3f}, wide {harder:.3f}")
    THIRDS = drawn_thirds(SPEEDS)
    print(described_rule(Rule(0.4, 0.56, NO_SHARE), THIRDS))
    for some in product((0.35, 0.4), (0.7, 0.744), (0.7, 0.8, 0.9, NO_SHARE)):
        print(described_rule(Rule(*some), THIRDS))
