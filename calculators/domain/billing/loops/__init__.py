"""What an agent's loop costs: every step sends all that came before, and reads most of it from the cache."""

from calculators.domain.billing.loops.cache import Round
from calculators.domain.billing.loops.clearing import ClearedPrompts, Clearing, results_freed_by_clearing
from calculators.domain.billing.loops.context import LoopContext
from calculators.domain.billing.loops.loop import loop_compaction_usage, priced_loop
from calculators.domain.billing.loops.steps import LoopSpan, LoopSteps
from calculators.domain.billing.loops.usage import KINDS, LoopUsage, LoopUsageByKind, loop_cost_by_kind

__all__ = [
    "KINDS",
    "ClearedPrompts",
    "Clearing",
    "LoopContext",
    "LoopSpan",
    "LoopSteps",
    "LoopUsage",
    "LoopUsageByKind",
    "Round",
    "loop_compaction_usage",
    "loop_cost_by_kind",
    "priced_loop",
    "results_freed_by_clearing",
]
