"""The true pass rate behind that of a judge who errs, with intervals for both sources of doubt.

The judge's rate comes from many cases without a person's label, the judge's mistakes from a few cases with one. Both
are samples, so the interval of the corrected rate has to carry both.
"""

from __future__ import annotations

from calculators.domain.agreement.confusion import Confusion
from calculators.engine.numbers import Number, Share, bare_value, either_of, largest, named, quotient, root, smallest


def rogan_gladen_rate(apparent: Share, sensitivity: Share, specificity: Share) -> Number | None:
    """The rate that gives the apparent one with a judge of this sensitivity and specificity; None where no rate does.

    Rogan and Gladen 1978, American Journal of Epidemiology 107:71. It may lie outside 0 to 1.

    >>> rogan_gladen_rate(Decimal("0.71"), Decimal("0.9"), Decimal("0.8"))
    Decimal('0.7285714285714285714285714286')
    """
    return quotient(apparent + specificity - 1, sensitivity + specificity - 1, None)


def corrected_rate_delta_error(apparent: Share, judged: Number, counts: Confusion) -> Number:
    """The standard error of the corrected rate, by the delta method. The judge has to be better than chance.

    It is 0 for a sensitivity or specificity that came out perfect, and far too small then.
    """
    sensitivity, specificity = counts.both_pass / counts.people_pass, counts.both_fail / counts.people_fail
    gain = named("Sensitivity plus specificity, less 1", sensitivity + specificity - 1)
    rate = named("Corrected rate", (apparent + specificity - 1) / gain)
    variance = (
        apparent * (1 - apparent) / judged
        + rate * rate * sensitivity * (1 - sensitivity) / counts.people_pass
        + (1 - rate) * (1 - rate) * specificity * (1 - specificity) / counts.people_fail
    )
    return root(variance) / gain


def corrected_rate_interval(passes: Number, judged: Number, counts: Confusion, z: Number) -> tuple[Number, Number]:
    """The interval of the corrected rate by Lang and Reiczigel 2014, Preventive Veterinary Medicine 113:13.

    As in Agresti and Coull's interval, each of the three samples gets a few cases of both kinds added, so that a
    perfect sample does not count as proof; and the middle is shifted. Their equation 4 has (1 + P)² where (1 − P)² is
    meant. Where the judge is not better than chance, the rate may be anything.
    """
    square = named("z squared", z * z)
    cases = named("Judged cases, with some added", judged + square)
    apparent = named("Judge's rate, adjusted", (passes + square / 2) / cases)
    passing, failing = counts.people_pass + 2, counts.people_fail + 2
    sensitivity = named("Sensitivity, adjusted", (counts.both_pass + 1) / passing)
    specificity = named("Specificity, adjusted", (counts.both_fail + 1) / failing)
    gain = named("Gain over chance, adjusted", sensitivity + specificity - 1)
    if bare_value(either_of(gain <= 0, judged <= 0)):
        return 0 * z, 0 * z + 1
    rate = named("Corrected rate, adjusted", (apparent + specificity - 1) / gain)
    by_sensitivity = named("Doubt about sensitivity", sensitivity * (1 - sensitivity) / passing)
    by_specificity = named("Doubt about specificity", specificity * (1 - specificity) / failing)
    variance = (
        apparent * (1 - apparent) / cases + rate * rate * by_sensitivity + (1 - rate) * (1 - rate) * by_specificity
    )
    shift = 2 * square * (rate * by_sensitivity - (1 - rate) * by_specificity)
    middle = named("Middle of the interval", rate + shift)
    half = named("Half of its width", z * root(variance) / gain)
    return smallest(1, largest(0, middle - half)), largest(0, smallest(1, middle + half))


def corrected_rate_labels(passes: Number, judged: Number, counts: Confusion, width: Share, z: Number) -> Number | None:
    """Labels in all that give the corrected rate an interval of a width, from end to end.

    They are taken to split between pass and fail as the labels so far do. None where even endless labels would not do,
    because too few cases are judged, and where the judge is not better than chance.
    """
    labeled = counts.labeled
    share = (counts.people_pass + 1) / (labeled + 2)
    sensitivity, specificity = (
        (counts.both_pass + 1) / (counts.people_pass + 2),
        (counts.both_fail + 1) / (counts.people_fail + 2),
    )
    gain = named("Gain over chance, adjusted", sensitivity + specificity - 1)
    if bare_value(either_of(gain <= 0, judged <= 0)):
        return None
    apparent = passes / judged
    rate = named("Corrected rate, adjusted", smallest(1, largest(0, (apparent + specificity - 1) / gain)))
    allowed = named("Standard error that the width allows", width * gain / (2 * z))
    left = named("Variance left for the labels", allowed * allowed - apparent * (1 - apparent) / judged)
    if bare_value(left <= 0):
        return None
    by_labels = rate * rate * sensitivity * (1 - sensitivity) / share + (1 - rate) * (1 - rate) * specificity * (
        1 - specificity
    ) / (1 - share)
    return named("Variance of one label", by_labels) / left


def prediction_powered_rate(apparent: Share, counts: Confusion) -> Number:
    """The judge's rate plus the mean of what people correct, for labeled cases drawn from the judged ones.

    Angelopoulos et al. 2023, Science 382:669. It needs no sensitivity or specificity.
    """
    return apparent + (counts.only_people - counts.only_judge) / counts.labeled


def prediction_powered_error(apparent: Share, judged: Number, counts: Confusion) -> Number:
    """The standard error of that rate."""
    shift = named("Mean correction", (counts.only_people - counts.only_judge) / counts.labeled)
    spread = (counts.only_people + counts.only_judge) / counts.labeled - shift * shift
    return root(apparent * (1 - apparent) / judged + spread / counts.labeled)
