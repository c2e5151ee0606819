"""The colors of levers and of parts: the same everywhere, legible on each ground, and apart for color-blind readers."""

import math
import re
from itertools import combinations

import pytest

from calculators.views.charts.shares import COLORS
from calculators.views.report.style import STYLE
from macros.project import ROOT

SHEETS = ROOT / "docs" / "assets" / "stylesheets"
SITE = (SHEETS / "site.css").read_text("utf-8")
LEVERS = ("prompting", "retrieval", "tuning", "both")
PARTS = tuple(f"part-{number}" for number in range(COLORS))
GROUNDS = ("paper", "panel", "sunken")

LEGIBLE = 4.5
"""The contrast of text by WCAG 2.2, 1.4.3."""

VISIBLE = 3.0
"""The contrast of a picture's parts by WCAG 2.2, 1.4.11."""

APART = 5.0
"""How far two colors must be in OKLab, in hundredths, whoever sees them: 2 is a difference that one just sees."""

SIGHT = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What each kind of eye makes of linear red, green and blue: Machado, Oliveira, Fernandes 2009, severity 1."""


def colors(scheme: str) -> dict[str, str]:
    """The colors of the site by their names, in the light or in the dark scheme."""
    pairs = re.findall(r"--([a-z0-9-]+): light-dark\((#\w+), (#\w+)\);", SITE)
    return {name: light if scheme == "light" else dark for name, light, dark in pairs}


def linear(color: str) -> tuple[float, ...]:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    shares = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return tuple(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)


def contrast(one: str, other: str) -> float:
    light, dark = sorted(
        (sum(map(float.__mul__, linear(color), (0.2126, 0.7152, 0.0722))) for color in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def seen(color: str, sight: str) -> tuple[float, ...]:
    """A color in OKLab as an eye sees it."""
    mixed = linear(color)
    red, green, blue = (min(1.0, max(0.0, sum(map(float.__mul__, map(float, row), mixed)))) for row in SIGHT[sight])
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, medium, short = (cone ** (1 / 3) for cone in cones)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def test_the_measures_know_what_is_published() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the known grey that just fails
    assert seen("#ffffff", "all cones")[0] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_lever_is_legible_on_each_ground(scheme: str) -> None:
    known = colors(scheme)
    low = {(lever, ground): contrast(known[f"lever-{lever}"], known[ground]) for lever in LEVERS for ground in GROUNDS}
    assert all(ratio >= LEGIBLE for ratio in low.values()), low


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_levers_are_told_apart_by_every_eye(scheme: str, sight: str) -> None:
    known = {lever: seen(colors(scheme)[f"lever-{lever}"], sight) for lever in LEVERS}
    near = {pair: 100 * math.dist(known[pair[0]], known[pair[1]]) for pair in combinations(LEVERS, 2)}
    assert all(distance >= APART for distance in near.values()), near


def test_a_report_draws_the_levers_in_the_colors_of_the_site() -> None:
    drawn = dict(re.findall(r"\.tone-([a-z]+) \{ --tone: (#\w+); \}", STYLE))
    assert drawn == {lever: colors("light")[f"lever-{lever}"] for lever in LEVERS}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_part_of_a_bar_is_visible_on_each_ground(scheme: str) -> None:
    known = colors(scheme)
    low = {(part, ground): contrast(known[part], known[ground]) for part in PARTS for ground in GROUNDS}
    assert all(ratio >= VISIBLE for ratio in low.values()), low


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_parts_of_a_bar_are_told_apart_by_every_eye(scheme: str, sight: str) -> None:
    known = {part: seen(colors(scheme)[part], sight) for part in PARTS}
    near = {pair: 100 * math.dist(known[pair[0]], known[pair[1]]) for pair in combinations(PARTS, 2)}
    assert all(distance >= APART for distance in near.values()), near


def test_a_page_and_a_report_draw_each_part_in_its_color() -> None:
    drawn = dict(re.findall(r"^\.report \.(part-\d) \{ fill: (#\w+); \}", STYLE, re.MULTILINE))
    assert drawn == {part: colors("light")[part] for part in PARTS}
    sheet = (SHEETS / "answers.css").read_text("utf-8")
    assert re.findall(r"\.(part-\d) \{ fill: var\(--(part-\d)\); \}", sheet) == [(part, part) for part in PARTS]
