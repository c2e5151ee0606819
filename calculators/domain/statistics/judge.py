"""What a judge who errs makes of scores."""

from __future__ import annotations

from calculators.engine.numbers import Share, named


def judge_reported_score(score: Share, accuracy: Share) -> Share:
    """The score that a judge reports who is right with the chance `accuracy`, whichever way the answer is."""
    return score * accuracy + (1 - score) * (1 - accuracy)


def judge_reported_discordance(discordant: Share, accuracy: Share) -> Share:
    """The share of examples on which such a judge, judging both answers independently, sees just one right."""
    alike = named("Judged both rightly or both wrongly", accuracy * accuracy + (1 - accuracy) * (1 - accuracy))
    return discordant * alike + (1 - discordant) * (1 - alike)
