"""Several versions against one baseline on the same cases: sign flips that all versions share."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.domain.exact_tests.sign_flips import DIGITS

MOST_SHARED_FLIPS = 17
"""So many cases on which some version differs are flipped in every way."""


def shared_flip_p_values(versions: Sequence[Sequence[float]]) -> tuple[float, ...] | None:
    """For each version, the share of all ways to flip cases in which some version moves as far as it did.

    Each version has its differences from the baseline, case by case in the same order. A case is flipped in all of them
    at once, and the largest sum of any version counts (Westfall and Young 1993, single step): the paired counterpart of
    Dunnett's test. None beyond `MOST_SHARED_FLIPS`.

    >>> shared_flip_p_values([(1.0, 1.0, 1.0), (0.0, 0.0, 1.0)])
    (0.25, 1.0)
    """
    whole = [[round(step * 10**DIGITS) for step in version] for version in versions]
    cases = [case for case in zip(*whole, strict=True) if any(case)]
    if len(cases) > MOST_SHARED_FLIPS:
        return None
    largest = [0] * 2 ** max(0, len(cases) - 1)
    for place in range(len(whole)):
        sums = _shared_flips_mirrored_sums([case[place] for case in cases])
        largest = [max(far, abs(total)) for far, total in zip(largest, sums, strict=True)]
    observed = [abs(sum(version)) for version in whole]
    return tuple(len([far for far in largest if far >= reached]) / len(largest) for reached in observed)


def _shared_flips_mirrored_sums(steps: Sequence[int]) -> list[int]:
    """The sums of all ways to flip the signs but that of the first, as the other half only mirrors these."""
    sums = list(steps[:1]) or [0]
    for step in steps[1:]:
        sums = [total + step for total in sums] + [total - step for total in sums]
    return sums
