"""What may be wrong with a training file: each rule with its weight, its name, and what to do about it."""

from calculators.readers.training.rules.conversation_rules import CONVERSATION_RULES
from calculators.readers.training.rules.file_rules import FILE_RULES
from calculators.readers.training.rules.format_rules import FORMAT_RULES
from calculators.readers.training.rules.quality_rules import QUALITY_RULES
from calculators.readers.training.rules.rule import ERROR, HINT, WARNING, Basis, Rule
from calculators.readers.training.rules.tool_rules import TOOL_RULES

__all__ = ["ERROR", "ERROR_RULES", "HINT", "RULES", "WARNING", "Basis", "Rule"]

RULES = FILE_RULES | CONVERSATION_RULES | TOOL_RULES | FORMAT_RULES | QUALITY_RULES
"""All rules by name, in the order in which they are listed. The first seven of the notebook keep its names."""

ERROR_RULES = frozenset(name for name, rule in RULES.items() if rule.level == ERROR)
"""The names of those that are errors."""
