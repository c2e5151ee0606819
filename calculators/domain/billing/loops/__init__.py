"""What an agent's loop costs: every step sends all that came before, and reads most of it from the cache."""

from calculators.domain.billing.loops.cache import Round
from calculators.domain.billing.loops.context import Loop
from calculators.domain.billing.loops.loop import compaction_usage, loop_usage
from calculators.domain.billing.loops.steps import Span, Steps
from calculators.domain.billing.loops.usage import KINDS, ByKind, Usage, cost_by_kind

__all__ = [
    "KINDS",
    "ByKind",
    "Loop",
    "Round",
    "Span",
    "Steps",
    "Usage",
    "compaction_usage",
    "cost_by_kind",
    "loop_usage",
]
