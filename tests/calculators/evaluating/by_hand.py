"""Tests of two versions computed the slow way: every outcome one by one, in fractions or decimals of 50 digits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from math import comb, erfc, sqrt
from statistics import NormalDist

DIGITS = Context(prec=28)
TWELVE = Context(prec=12)
MANY = Context(prec=50)
LARGEST = 200
"""What is not enumerated beyond this many examples is None, as the pages promise."""


def rounded(exact: Fraction) -> Decimal:
    """A fraction as 28 digits."""
    return DIGITS.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def weights_of_tables(examples_a: int, examples_b: int, right: int) -> dict[int, int]:
    """In how many ways A can have each number of the right answers."""
    first = max(0, right - examples_b)
    ways = comb(examples_a, first) * comb(examples_b, right - first)
    weights = {}
    for a in range(first, min(right, examples_a) + 1):
        weights[a] = ways
        ways = ways * (examples_a - a) * (right - a) // ((a + 1) * (examples_b - right + a + 1))
    return weights


@cache
def fisher(right_a: int, examples_a: int, right_b: int, examples_b: int) -> Fraction:
    """The two-sided p-value: the share of all tables that are no likelier than the one found."""
    weights = weights_of_tables(examples_a, examples_b, right_a + right_b)
    weight_seen = weights[right_a]
    return Fraction(sum(weight for weight in weights.values() if weight <= weight_seen), sum(weights.values()))


@cache
def mcnemar(only_a: int, only_b: int) -> Fraction:
    """Twice the smaller tail of fair coins, at most 1."""
    tosses, ways, tail = only_a + only_b, 1, 0
    for heads in range(min(only_a, only_b) + 1):
        tail += ways
        ways = ways * (tosses - heads) // (heads + 1)
    return min(Fraction(1), Fraction(2 * tail, 2**tosses))


def chances(examples: int, chance: Decimal) -> list[Decimal]:
    """The chance of each number of successes, each from its own formula."""
    return [comb(examples, k) * power(chance, k) * power(1 - chance, examples - k) for k in range(examples + 1)]


def power(base: Decimal, exponent: int) -> Decimal:
    """A power; nothing to the power of nothing is 1."""
    return base**exponent if exponent else Decimal(1)


@cache
def significant_tables(examples: int, alpha: Fraction) -> list[list[int]]:
    """For each number of right answers in all: the numbers A can have in a significant table, as those of one side."""
    limits = []
    row = [comb(examples, k) for k in range(examples + 1)]
    for right in range(2 * examples + 1):
        first, ways, tail, low = max(0, right - examples), comb(2 * examples, right), 0, []
        for a in range(first, right // 2 + 1):
            tail += row[a] * row[right - a]
            if 2 * a == right or 2 * tail > alpha * ways:
                break
            low.append(a)
        limits.append(low)
    return limits


@cache
def fisher_power(score_a: Decimal, score_b: Decimal, examples: int, alpha: Decimal) -> Decimal | None:
    """The chance of a significant table, over all tables."""
    if examples > LARGEST:
        return None
    with localcontext(MANY):
        a, b = chances(examples, score_a), chances(examples, score_b)
        total = Decimal(0)
        for right, low in enumerate(significant_tables(examples, Fraction(alpha))):
            total += sum((a[k] * b[right - k] + a[right - k] * b[k] for k in low), Decimal(0))
    return TWELVE.plus(total)


@cache
def significant_tosses(most: int, alpha: Fraction) -> list[int]:
    """For each number of tosses how many numbers of heads, from 0 on, are significant."""
    sides = []
    for tosses in range(most + 1):
        ways, tail, heads = 1, 0, 0
        while 2 * (tail + ways) <= alpha * 2**tosses:
            tail += ways
            ways = ways * (tosses - heads) // (heads + 1)
            heads += 1
        sides.append(heads)
    return sides


@cache
def mcnemar_power(discordant: Decimal, difference: Decimal, examples: int, alpha: Decimal) -> Decimal | None:
    """The chance of a significant result, over all ways in which the examples can fall."""
    if examples > LARGEST:
        return None
    with localcontext(MANY):
        better, worse, alike = (discordant + difference) / 2, (discordant - difference) / 2, 1 - discordant
        ways = [Decimal(1)]
        for number in range(1, examples + 1):
            ways.append(ways[-1] * number)
        powers = [[power(share, k) for k in range(examples + 1)] for share in (better, worse, alike)]
        total = Decimal(0)
        for tosses, heads in enumerate(significant_tosses(examples, Fraction(alpha))):
            rest = powers[2][examples - tosses] / ways[examples - tosses]
            for few in range(heads):
                many = tosses - few
                both = powers[0][few] * powers[1][many] + powers[0][many] * powers[1][few]
                total += ways[examples] / (ways[few] * ways[many]) * rest * both
    return TWELVE.plus(total)


@cache
def wrong_pick(worse: Decimal, better: Decimal, examples: int) -> Decimal | None:
    """The chance that the worse one has at least as many, over all pairs of results."""
    if examples > LARGEST:
        return None
    with localcontext(MANY):
        a, b = chances(examples, worse), chances(examples, better)
        return TWELVE.plus(sum((a[k] * sum(b[: k + 1], Decimal(0)) for k in range(examples + 1)), Decimal(0)))


def quantile(tail: Decimal) -> Decimal:
    """How many standard deviations leave a tail above them, to 12 digits."""
    return Decimal(f"{NormalDist().inv_cdf(1 - float(tail)):.11e}") if tail > Decimal("0.01") else small_tail(tail)


def small_tail(tail: Decimal) -> Decimal:
    """The same for a tail so small that 1 less it would lose digits."""
    return Decimal(f"{0 - NormalDist().inv_cdf(float(tail)):.11e}")


PI = Decimal("3.14159265358979323846264338327950288419716939937511")


def arc(tangent: Decimal) -> Decimal:
    """The angle of a tangent: halved until its series runs fast."""
    halvings = 0
    while tangent > Decimal("0.01"):
        tangent, halvings = tangent / (1 + (1 + tangent * tangent).sqrt()), halvings + 1
    terms = [Decimal(-1) ** step * tangent ** (2 * step + 1) / (2 * step + 1) for step in range(14)]
    return sum(terms, Decimal(0)) * Decimal(2) ** halvings


def student_outside(deviation: Decimal, freedom: int) -> Decimal:
    """The share of a t distribution beyond a deviation on either side, by the finite sums for whole freedoms."""
    cosine = (freedom / (freedom + deviation**2)).sqrt()
    sine, is_odd = (1 - cosine**2).sqrt(), freedom % 2
    term, total = (cosine, Decimal(0)) if is_odd else (Decimal(1), Decimal(0))
    for step in range((freedom - is_odd) // 2):
        total += term
        term *= cosine**2 * (2 * step + 1 + is_odd) / (2 * step + 2 + is_odd)
    if not is_odd:
        return 1 - sine * total
    return 1 - 2 / PI * (arc(deviation / Decimal(freedom).sqrt()) + sine * total)


MANY_FREEDOMS = 3000
"""From so many on, the next terms of the series below are less than the last of 12 digits."""


def student_near_normal(tail: Decimal, freedom: Decimal) -> Decimal:
    """The same where t is almost normal: four terms of the series in 1 ÷ freedom (Abramowitz and Stegun 26.7.5)."""
    z = finer_quantile(tail)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum((term / freedom**power for power, term in enumerate(terms, 1)), Decimal(0))


def finer_quantile(tail: Decimal) -> Decimal:
    """How many standard deviations leave a tail above them, to 30 digits: by Newton's steps on the series of erf."""
    z = Decimal(NormalDist().inv_cdf(1 - float(tail)))
    for _ in range(4):
        square, term, total = z * z, z, z
        step = 1
        while abs(term) > Decimal("1e-40"):
            term *= square / (2 * step + 1)
            total += term
            step += 1
        density = (-square / 2).exp() / (2 * PI).sqrt()
        z += (Decimal("0.5") - density * total - tail) / density
    return z


@cache
def student(tail: Decimal, freedom: Decimal) -> Decimal:
    """How many standard errors leave a tail above them, by halving, to 12 digits."""
    with localcontext(MANY):
        if freedom >= MANY_FREEDOMS:
            return TWELVE.plus(student_near_normal(tail, freedom))
        low, high = Decimal(0), Decimal(10) ** 8
        for _ in range(140):
            middle = (low + high) / 2
            low, high = (middle, high) if student_outside(middle, int(freedom)) > 2 * tail else (low, middle)
    return TWELVE.plus(high)


def below(deviations: Decimal) -> Decimal:
    """The share of a normal distribution below so many deviations, to 12 digits."""
    return Decimal(f"{erfc(-float(deviations) / sqrt(2)) / 2:.11e}")


def pooled(score_a: Decimal, score_b: Decimal, z_alpha: Decimal, z_power: Decimal) -> Decimal:
    """Examples for each of two samples, by the pooled formula."""
    mean = (score_a + score_b) / 2
    width = (
        z_alpha * (2 * mean * (1 - mean)).sqrt() + z_power * (score_a * (1 - score_a) + score_b * (1 - score_b)).sqrt()
    )
    return (width / (score_a - score_b)) ** 2


def connor(discordant: Decimal, difference: Decimal, z_alpha: Decimal, z_power: Decimal) -> Decimal:
    """Examples that both answer, by Connor's formula."""
    rest = max(Decimal(0), discordant - difference**2)
    return ((z_alpha * discordant.sqrt() + z_power * rest.sqrt()) / difference) ** 2


def least(needed: Callable[[Decimal], Decimal], examples: Decimal, most: Decimal) -> Decimal | None:
    """The smallest difference for which the examples are enough, by halving, to 12 digits."""
    low, high = Decimal(0), most
    if most == 0 or needed(most) > examples:
        return None
    for _ in range(120):
        middle = (low + high) / 2
        if needed(middle) <= examples:
            high = middle
        else:
            low = middle
    return TWELVE.plus(high)


def apart(first: Decimal, second: Decimal) -> Decimal:
    """The share of examples that just one of two unrelated versions gets right, outcome by outcome."""
    both_right, both_wrong = first * second, (1 - first) * (1 - second)
    return 1 - both_right - both_wrong


def counted(discordant: Decimal, unrelated: Decimal, first: Decimal, second: Decimal) -> Decimal:
    """The share of examples that just one of two versions gets right, held to what their scores allow."""
    differ = discordant + unrelated * apart(first, second)
    return min(max(differ, abs(first - second)), first + second, 2 - first - second)


def least_paired(
    discordant: Decimal,
    unrelated: Decimal,
    baseline: Decimal,
    accuracy: Decimal,
    examples: Decimal,
    z_alpha: Decimal,
    z_power: Decimal,
) -> Decimal | None:
    """The smallest difference above a baseline that so many examples show, both answering them."""

    def needed(difference: Decimal) -> Decimal:
        # One of two verdicts is wrong: an example on which they differ looks alike, or the other way round.
        one_wrong = 2 * accuracy * (1 - accuracy)
        differ = counted(discordant, unrelated, baseline, baseline + difference)
        graded_differ = differ * (1 - one_wrong) + (1 - differ) * one_wrong
        return connor(graded_differ, difference * (2 * accuracy - 1), z_alpha, z_power)

    if accuracy * 2 == 1:
        return None
    with localcontext(MANY):
        return least(needed, examples, 1 - baseline)


def least_independent(
    baseline: Decimal, accuracy: Decimal, examples: Decimal, z_alpha: Decimal, z_power: Decimal
) -> Decimal | None:
    """The smallest difference above a baseline that so many examples for each version show."""

    def graded(score: Decimal) -> Decimal:
        return 1 - accuracy + score * (2 * accuracy - 1)

    if accuracy * 2 == 1:
        return None
    with localcontext(MANY):
        return least(
            lambda more: pooled(graded(baseline), graded(baseline + more), z_alpha, z_power), examples, 1 - baseline
        )


FUNCTIONS: dict[str, Callable[..., Decimal | None]] = {
    "z": quantile,
    "t": student,
    "Φ": below,
    "fisher": lambda *counts: rounded(fisher(*(int(count) for count in counts))),
    "mcnemar": lambda *counts: rounded(mcnemar(*(int(count) for count in counts))),
    "fisher power": lambda score_a, score_b, examples, alpha: fisher_power(score_a, score_b, int(examples), alpha),
    "mcnemar power": lambda differ, lead, examples, alpha: mcnemar_power(differ, lead, int(examples), alpha),
    "wrong pick": lambda worse, better, examples: wrong_pick(worse, better, int(examples)),
    "smallest paired difference": least_paired,
    "smallest independent difference": least_independent,
}
"""What a working calls by name, as the tests evaluate it."""
