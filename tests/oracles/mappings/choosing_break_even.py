"""How the worked examples about break-even are put to `choosing/break_even`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracles.asked import Asked

AREAS = ("breakeven", "breakeven_volume")


def asked(outputs: Mapping[str, str], first: Mapping[str, str], second: Mapping[str, str], **more: str) -> Asked:
    """Two plans of one's own, their costs typed."""
    typed = {"plans.1.source": "own", "plans.2.source": "own", "plans.3.source": "", "plans.4.source": ""}
    typed |= {f"plans.1.{part}": text for part, text in first.items()}
    typed |= {f"plans.2.{part}": text for part, text in second.items()}
    return Asked("choosing/break_even", typed | more, outputs)


MAPPED: dict[str, list[Asked]] = {
    "X02": [asked({"month": "break_even_month"}, {"fixed": "100"}, {"start": "600", "fixed": "50"})],
    "X05": [
        asked(
            {"month": "break_even_month", "reason": "outcome=never"}, {"fixed": "50"}, {"start": "100", "fixed": "50"}
        )
    ],
    "X06": [asked({"calls_per_month": "break_even_volume"}, {"per_request": "0.001725"}, {"fixed": "2912.7"})],
}

NOT_ASKED: dict[str, str] = {}
