"""What images and sound cost: tables of data/media.yaml, with today's prices."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from calculators.engine.facts import Facts
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.units import USD
from calculators.views.html.sources import html_checked_day
from calculators.views.html.tags import Safe, joined_html, tag
from macros.facts import DATA
from macros.facts.forms import data_file_in_form
from macros.facts.forms.documents import read_yaml_document
from macros.facts.forms.media import MEDIA, PER_HOUR, MediaFile, Sound

FILE = DATA / MEDIA
MTOK = 10**6
SECONDS = 3600
"""In an hour."""
IMAGES = 1000
"""A price of so many images is a number that people can compare."""


@cache
def media_file(content: bytes) -> MediaFile:
    """The file in its form; whoever reads the facts has checked it."""
    file = data_file_in_form(MediaFile, read_yaml_document(content, f"{DATA.name}/{FILE.name}"))
    assert file is not None, "the facts were read from this file"
    return file.form


def media_sources() -> dict[str, list[str]]:
    """What was taken from each source, by its id."""
    file, taken = media_file(FILE.read_bytes()), dict[str, list[str]]()
    for image in file.images.values():
        taken.setdefault(image.source, []).append(image.model)
    for sound in file.sound.values():
        taken.setdefault(sound.source, []).append(sound.name)
    return {source: list(dict.fromkeys(names)) for source, names in taken.items()}


def media_image_table(facts: Facts) -> Safe:
    """Tokens of an image by its size, and what a thousand of them cost at today's price of input."""
    file = media_file(FILE.read_bytes())
    sizes = list(next(iter(file.images.values())).tokens)
    heads = [tag("th", "Model", scope="col")]
    heads += [tag("th", size.replace("x", " × "), scope="col", class_="number") for size in sizes]
    rows = []
    for image in file.images.values():
        price = Decimal(facts.fact(f"prices:{image.model}#input").value)
        cells = [tag("th", facts.entries("prices")[image.model]["name"], scope="row", translate="no")]
        for size in sizes:
            cost = rounded_amount(media_image_cost(Decimal(image.tokens[size]), price) * IMAGES, USD, 2)
            text = f"{int(image.tokens[size]):,} tokens; {cost}"
            cells.append(tag("td", text, class_="number", translate="no"))
        rows.append(tag("tr", *cells))
    return _media_framed(heads, rows, "input tokens of an image, and the price of a thousand", file.checked)


def media_sound_table() -> Safe:
    """What an hour of sound costs, by what the model does with it."""
    file = media_file(FILE.read_bytes())
    heads = [tag("th", name, scope="col") for name in ("Model", "What it does", "Billed by")]
    heads.append(tag("th", "An hour of sound", scope="col", class_="number"))
    rows = [
        tag(
            "tr",
            tag("th", sound.name, scope="row", translate="no"),
            tag("td", sound.does if sound.per == PER_HOUR else f"{sound.does}, {sound.rate} tokens a second"),
            tag("td", "the hour" if sound.per == PER_HOUR else "the token"),
            tag("td", rounded_amount(media_hour_of_sound(sound), USD, 2), class_="number", translate="no"),
        )
        for sound in file.sound.values()
    ]
    return _media_framed(heads, rows, "what an hour of sound costs", file.checked)


def media_image_cost(tokens: Decimal, price: Decimal) -> Decimal:
    """US dollars for one image of so many tokens, at a price for a million."""
    return tokens * price / MTOK


def media_hour_of_sound(sound: Sound) -> Decimal:
    """US dollars for an hour of sound."""
    price = Decimal(sound.price)
    return price if sound.per == PER_HOUR else price * Decimal(sound.rate or 0) * SECONDS / MTOK


def _media_framed(heads: list[Safe], rows: list[Safe], label: str, checked: str) -> Safe:
    """A table that scrolls by itself, with the day of checking below."""
    whole = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    frame = tag("div", whole, class_="table-frame", tabindex="0", role="region", aria_label=label)
    return joined_html(frame, tag("p", "Checked ", html_checked_day(checked), class_="checked"))
