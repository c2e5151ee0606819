"""Facts: every disputable number about the world, with its dates and its source."""

from calculators.engine.facts.days import months_between_days
from calculators.engine.facts.fact import OWN, Fact, Source
from calculators.engine.facts.store import FactError, Facts, exact_stored_figure

__all__ = ["OWN", "Fact", "FactError", "Facts", "Source", "exact_stored_figure", "months_between_days"]
