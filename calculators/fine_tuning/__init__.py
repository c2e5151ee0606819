"""Fine-tuning: what it costs, and whether its data is good."""

from calculators.fine_tuning.cost import Inputs as PlanInputs
from calculators.fine_tuning.cost import plan, tuning_serving_modes
from calculators.fine_tuning.cost.market.modes import TuningServingMode, tuning_serving_in_words
from calculators.fine_tuning.cost.year import tuning_hours_of_year

__all__ = [
    "PlanInputs",
    "TuningServingMode",
    "plan",
    "tuning_hours_of_year",
    "tuning_serving_in_words",
    "tuning_serving_modes",
]
