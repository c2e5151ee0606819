"""The figures that rows alone give: agreement among several people, and verdicts that follow the position."""

from __future__ import annotations

from calculators.domain.statistics import mcnemar_p_value_formula, wilson_interval
from calculators.engine.numbers import is_known_number, named, quotient, root
from calculators.evaluating.judge.measures import Measures
from calculators.evaluating.judge.tally import JudgeTally, judge_people_sums


def judge_people_measures(tally: JudgeTally) -> Measures:
    """How far people agree with each other, where several label the same answers."""
    sums = judge_people_sums(tally)
    names = ("agreement", "alpha", "fleiss", "ac1", "ac1_error", "ac1_chance")
    if sums is None:
        return dict.fromkeys(f"people_{name}" for name in names)
    compared = tally.counted("Cases with two labels of people or more", sums.compared)
    agreement = named("Agreement of people", tally.counted("Agreement added up", sums.agreements) / compared)
    chance = tally.counted("Agreement by chance, by Fleiss", sums.chance)
    gwet_chance = tally.counted("Agreement by chance, by Gwet", sums.gwet_chance)
    values = tally.counted("Labels of people in those cases", sums.values)
    equal = tally.counted("Labels that go with an equal one", sums.coincidences)
    squares = tally.counted("Squares of the labels by category", sums.squares)
    cases = tally.counted("Cases with a label of people", sums.cases)
    squared_error = tally.counted("Squared deviations from AC1", sums.squared_error)
    alpha = quotient((values - equal) * (values - 1), values * values - squares, None)
    return {
        "people_agreement": agreement,
        "people_alpha": 1 - alpha if is_known_number(alpha) else None,
        "people_fleiss": quotient(agreement - chance, 1 - chance, None),
        "people_ac1": quotient(agreement - gwet_chance, 1 - gwet_chance, None),
        "people_ac1_error": quotient(root(squared_error), root(cases * (cases - 1)), None),
        "people_ac1_chance": gwet_chance,
    }


def judge_position_measures(tally: JudgeTally) -> Measures:
    """Whether verdicts follow the position, where the same cases were judged in both."""
    orders = tally.labels.orders if tally.labels is not None else None
    names = ("consistency", "swayed", "first_share", "first_low", "first_high", "p_value")
    if orders is None:
        return dict.fromkeys(f"position_{name}" for name in names)
    same = tally.counted("Cases with the same verdict in both positions", orders.both + orders.neither)
    first = tally.counted("Cases that pass in the first position only", orders.only_first)
    second = tally.counted("Cases that pass in the second position only", orders.only_second)
    swayed = named("Cases that pass in one position only", first + second)
    share = wilson_interval(first, swayed, tally.z)
    return {
        "position_consistency": quotient(same, same + swayed, None),
        "position_swayed": swayed,
        "position_first_share": share.likely,
        "position_first_low": share.low,
        "position_first_high": share.high,
        "position_p_value": mcnemar_p_value_formula(first, second),
    }
