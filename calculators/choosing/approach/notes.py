"""What a reader of the choice of a lever should know about the answer."""

from __future__ import annotations

from calculators.choosing.approach.inputs import Inputs
from calculators.domain.records import TuningOffer
from calculators.domain.records.ends import has_ended
from calculators.engine.numbers import Note, both, note, opposite


def approach_contradiction_notes(i: Inputs) -> tuple[Note, ...]:
    """What follows where two answers of the reader cannot both hold."""
    return (
        note(
            both(opposite(i.test_set), opposite(i.result == "unmeasured")),
            "There is no test set, so your answer under “Result” decides nothing yet.",
        ),
        note(
            both(i.retrieval, i.facts == "none"),
            "Retrieval is in place, and you answered that no facts must be given. Then there is nothing to look up: "
            "measure once without it.",
        ),
    )


def approach_open_offers_note(offers: tuple[TuningOffer, ...]) -> Note:
    """Which providers of the data train for a new customer on the day of the facts, and which no longer do."""
    training = sorted({offer.group for offer in offers if not _approach_offer_closed(offer)})
    sentences = [f"Of the providers in our data these train for new customers: {', '.join(training)}"]
    for group in sorted({offer.group for offer in offers} - set(training)):
        ends = max(offer.closes for offer in offers if offer.group == group)
        ended = has_ended(ends, max(offer.since for offer in offers))
        closing = f"takes no new customers{f' and ends it on {ends}' if ends else ''}"
        sentences.append(f"{group} {'has ended it' if ended else closing}")
    return Note(bool(training), f"{'; '.join(sentences)}.", {})


def _approach_offer_closed(offer: TuningOffer) -> bool:
    """Whether a new customer comes too late, on the day of the facts."""
    return any(has_ended(end, offer.since) for end in (offer.closed_to_new, offer.closes))
