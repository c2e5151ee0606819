"""Fine-tuning: what it costs, and whether its data is good."""

from calculators.fine_tuning.cost import Inputs as PlanInputs
from calculators.fine_tuning.cost import plan, serving_modes
from calculators.fine_tuning.cost.market.modes import ServingMode

__all__ = ["PlanInputs", "ServingMode", "plan", "serving_modes"]
