"""How far a judge and people agree, and what a judge's mistakes do to a pass rate.

Each formula works on exact, traced and float numbers alike, as those of `statistics` do. What is counted over cases
with any number of people is computed on plain numbers first.
"""

from calculators.domain.agreement.confusion import Confusion, agreement_confusion, matthews_correlation
from calculators.domain.agreement.corrected_rate import (
    corrected_rate_delta_error,
    corrected_rate_interval,
    corrected_rate_labels,
    prediction_powered_error,
    prediction_powered_rate,
    rogan_gladen_rate,
)
from calculators.domain.agreement.group_difference import (
    Stratum,
    agreement_stratified_difference,
    agreement_stratified_interval,
)
from calculators.domain.agreement.kappa import AgreementCell, CohenKappa, cohen_kappa, gwet_ac1
from calculators.domain.agreement.several_people import PeopleAgreement, Ratings, people_agreement_sums

__all__ = [
    "AgreementCell",
    "CohenKappa",
    "Confusion",
    "PeopleAgreement",
    "Ratings",
    "Stratum",
    "agreement_confusion",
    "agreement_stratified_difference",
    "agreement_stratified_interval",
    "cohen_kappa",
    "corrected_rate_delta_error",
    "corrected_rate_interval",
    "corrected_rate_labels",
    "gwet_ac1",
    "matthews_correlation",
    "people_agreement_sums",
    "prediction_powered_error",
    "prediction_powered_rate",
    "rogan_gladen_rate",
]
