"""What the check of a judge answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import Column, Judgement, Range, Table, amount, findings, interval, table, verdict
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, SHARE


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Whether the judge can be trusted, how it errs, what its pass rate is worth, and what it would take to be sure."""

    verdict: Judgement = verdict("Can you trust the judge?", headline=True)
    sensitivity: Range = interval(
        "Good answers that the judge passes",
        SHARE,
        help="Sensitivity, with Wilson's interval. Good is what people pass.",
    )
    specificity: Range = interval(
        "Bad answers that the judge fails", SHARE, help="Specificity, with Wilson's interval. Bad is what people fail."
    )
    agreement: Range = interval(
        "Same label as people",
        SHARE,
        help="Raw agreement, with Wilson's interval. High by itself where almost all pass.",
    )
    kappa: Range = interval(
        "Cohen's kappa", ONE, help="Agreement beyond chance: 1 is perfect, 0 is what chance alone would give."
    )
    corrected: Range = interval(
        "True pass rate, corrected for the judge's mistakes",
        SHARE,
        help="Rogan and Gladen's estimate. The interval, by Lang and Reiczigel, carries both doubts: few labels, and "
        "the sample that was judged.",
    )
    apparent: Decimal | None = amount("Pass rate as the judge says", SHARE)
    labels_needed: Decimal | None = amount(
        "Labels for a corrected rate of that width",
        EXAMPLE_COUNT,
        help="In all, at the rates measured so far. Nothing where even endless labels would not do.",
    )
    labels_sensitivity: Decimal | None = amount(
        "Good answers to label, for sensitivity", EXAMPLE_COUNT, help="For Wilson's interval of the width you want."
    )
    labels_specificity: Decimal | None = amount("Bad answers to label, for specificity", EXAMPLE_COUNT)
    people_agreement: Decimal | None = amount(
        "People who agree with each other",
        SHARE,
        optional=True,
        help="The mean over cases of the share of equal pairs.",
    )
    people_alpha: Decimal | None = amount("Krippendorff's alpha of people", ONE, optional=True)
    position_consistency: Decimal | None = amount("Same verdict in both positions", SHARE, optional=True)
    position_swayed: Decimal | None = amount("Verdicts that follow the position", EXAMPLE_COUNT, optional=True)
    position_first_share: Decimal | None = amount(
        "Those for the first place",
        SHARE,
        optional=True,
        help="Of the answers that pass in one position only, those that pass in the first. Half without a bias.",
    )
    position_first_low: Decimal | None = amount("At least", SHARE, optional=True, help="Wilson's interval.")
    position_first_high: Decimal | None = amount("At most", SHARE, optional=True)
    position_p_value: Decimal | None = amount("p-value of the bias by position", ONE, optional=True)
    sensitivity_p_value: Decimal | None = amount(
        "p-value of sensitivity against the bar", ONE, detail=True, help="Exact binomial test, two-sided."
    )
    specificity_p_value: Decimal | None = amount("p-value of specificity against the bar", ONE, detail=True)
    sensitivity_margin: Decimal | None = amount(
        "Sensitivity above the bar", SHARE, detail=True, help="Below 0: short of it."
    )
    specificity_margin: Decimal | None = amount("Specificity above the bar", SHARE, detail=True)
    lean_p_value: Decimal = amount(
        "p-value of leniency or severity", ONE, detail=True, help="McNemar's exact test on the labels that differ."
    )
    sensitivity_exact_low: Decimal = amount(
        "Sensitivity at least, by the exact interval",
        SHARE,
        detail=True,
        help="Clopper and Pearson's, the cautious one.",
    )
    sensitivity_exact_high: Decimal = amount("Sensitivity at most, by the exact interval", SHARE, detail=True)
    specificity_exact_low: Decimal = amount("Specificity at least, by the exact interval", SHARE, detail=True)
    specificity_exact_high: Decimal = amount("Specificity at most, by the exact interval", SHARE, detail=True)
    kappa_error: Decimal | None = amount("Standard error of kappa", ONE, detail=True)
    ac1: Decimal | None = amount(
        "Gwet's AC1", ONE, detail=True, help="Stays near the raw agreement where one label is rare."
    )
    accuracy: Decimal | None = amount("Same label as people, measured", SHARE, detail=True)
    precision: Decimal | None = amount("Passes of the judge that people pass too", SHARE, detail=True)
    negative_predictive: Decimal | None = amount("Fails of the judge that people fail too", SHARE, detail=True)
    f1: Decimal | None = amount("F1", ONE, detail=True)
    balanced_accuracy: Decimal | None = amount("Mean of sensitivity and specificity", SHARE, detail=True)
    youden: Decimal | None = amount(
        "Sensitivity plus specificity, less 1", ONE, detail=True, help="0 is a coin, or worse."
    )
    matthews: Decimal | None = amount("Correlation of the labels (MCC)", ONE, detail=True)
    corrected_raw: Decimal | None = amount(
        "Corrected rate, not held within 0 to 100%",
        SHARE,
        detail=True,
        help="Outside, chance or a changed mix is at work.",
    )
    corrected_error: Decimal | None = amount("Its standard error, by the delta method", SHARE, detail=True)
    corrected_delta_low: Decimal | None = amount("Corrected rate at least, by the delta method", SHARE, detail=True)
    corrected_delta_high: Decimal | None = amount("Corrected rate at most, by the delta method", SHARE, detail=True)
    powered: Decimal | None = amount(
        "Prediction-powered rate",
        SHARE,
        detail=True,
        help="If the labeled answers are a random sample of the judged ones.",
    )
    powered_low: Decimal | None = amount("Prediction-powered rate at least", SHARE, detail=True)
    powered_high: Decimal | None = amount("Prediction-powered rate at most", SHARE, detail=True)
    labels_wald: Decimal | None = amount("Good answers to label, by Wald's formula", EXAMPLE_COUNT, detail=True)
    people_fleiss: Decimal | None = amount("Fleiss' kappa of people", ONE, optional=True)
    people_ac1: Decimal | None = amount("Gwet's AC1 of people", ONE, optional=True)
    people_ac1_error: Decimal | None = amount("Standard error of their AC1", ONE, optional=True)
    people_ac1_chance: Decimal | None = amount("Their agreement by chance, by Gwet", SHARE, optional=True)
    rates: Table = table(
        "Pass rates",
        Column("rate", "Pass rate"),
        Column("share", "Share", SHARE),
        Column("low", "At least", SHARE),
        Column("high", "At most", SHARE),
    )
    biases: Table = table(
        "Does the judge favor some answers?",
        Column("group", "Group"),
        Column("excess", "Favored by", SHARE),
        Column("low", "At least", SHARE),
        Column("high", "At most", SHARE),
        Column("p_value", "p-value", ONE),
        Column("answers", "Answers", EXAMPLE_COUNT),
        Column("people", "People pass", SHARE),
        Column("judge", "Judge passes", SHARE),
        help="How much more often the judge passes the group than the others, among answers that people judged alike.",
    )
    rows: Table = table(
        "What became of the rows",
        Column("kind", "Rows"),
        Column("rows", "Number", EXAMPLE_COUNT),
        Column("use", "Used for"),
    )
    notes: tuple[Note, ...] = findings("Good to know")
