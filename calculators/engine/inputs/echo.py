"""What was understood, for a reader who typed it in other words."""

from __future__ import annotations

from calculators.engine.declare import Files, Kind, NumberInput
from calculators.engine.inputs.numerals import same_numeral_digits
from calculators.engine.inputs.reading import SCALED, Setting
from calculators.engine.numbers.rounding import grouped_number, unrounded_quantity


def echo_of_inputs(kind: Kind, setting: Setting) -> str:
    """What was understood, where it differs from what was typed: `= 10,000`; what became of a figure not typed, and of
    chosen files.
    """
    if isinstance(kind, NumberInput) and setting.origin.kind == "scaled":
        return f"= {unrounded_quantity(setting.value, kind.unit)}, {SCALED}"
    if isinstance(kind, Files) and kind.told and setting.value:
        return f"Read: {kind.told(setting.value)}"
    if not isinstance(kind, NumberInput) or not setting.typed:
        return ""
    if setting.spread:
        low, high = (
            unrounded_quantity(setting.spread.low, kind.unit),
            unrounded_quantity(setting.spread.high, kind.unit),
        )
        if low == high:
            return f"= {low}"
        return f"= {low} to {high}, here {unrounded_quantity(setting.value, kind.unit)}"
    written = unrounded_quantity(setting.value, kind.unit)
    is_repeated = same_numeral_digits(setting.typed, written) or same_numeral_digits(
        setting.typed, grouped_number(setting.value)
    )
    return "" if is_repeated else f"= {written}"
