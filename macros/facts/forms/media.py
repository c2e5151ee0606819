"""The file that says how many tokens an image takes and what an hour of sound costs."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from macros.facts.forms import DataTable
from macros.facts.forms.values import Day, Name, Number, Tokens, Words, data_value_one_of

MEDIA = "media.yaml"
PER_HOUR, PER_MTOK = "hour", "Mtok"


class ImageTokens(DataTable):
    """Input tokens of one image at one model, by its width and height in pixels, as 1920x1080."""

    model: Name
    tokens: dict[Name, Tokens]
    source: Name


class Sound(DataTable):
    """What a model that listens or speaks costs: US dollars for an hour, or for a million tokens at a rate a second."""

    name: Words
    does: Words
    per: Annotated[Words, AfterValidator(data_value_one_of((PER_HOUR, PER_MTOK), "what sound is billed by"))]
    rate: Number | None = None
    price: Number
    source: Name


class MediaFile(DataTable):
    """data/media.yaml, which the calculators never see."""

    checked: Day
    best_before: Day
    images: dict[Name, ImageTokens]
    sound: dict[Name, Sound]
