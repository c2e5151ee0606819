"""What images and sound cost: prices equal the pinned list, tokens follow the providers' rules, sums are right."""

from __future__ import annotations

import re
from decimal import Decimal
from math import ceil

import pytest
from genai_prices import data as price_list

from macros.facts.forms.media import Sound
from macros.pages.lists.media import FILE, media_file, media_hour_of_sound
from macros.pages.writer import MacroWriter
from macros.project import project_catalogue
from tests.site.content.test_tuners import rows

MEDIA = media_file(FILE.read_bytes())
PATCH, TIMES = 32, 1.2
"""OpenAI counts patches of 32 pixels, and bills each of them as 1.2 tokens at these models."""
CLAUDE_PATCH = 28
UNCUT = "1024x1024"
"""A size that no provider scales down."""


def listed(name: str) -> dict[str, Decimal]:
    """The prices of sound of a model in the pinned list, by what is billed; `-in` and `-out` end our names only."""
    id = re.sub("-(in|out)$", "", name)
    (model,) = (model for provider in price_list.providers for model in provider.models if model.id == id)
    prices = model.prices if not isinstance(model.prices, list) else model.prices[-1].prices
    return {key: value for key, value in vars(prices).items() if isinstance(value, Decimal)}


@pytest.mark.parametrize("name", MEDIA.sound)
def test_a_price_of_sound_is_that_of_the_pinned_list(name: str) -> None:
    sound, prices = MEDIA.sound[name], listed(name)
    key = "input_audio_hours" if sound.per == "hour" else "output_audio_mtok"
    keys = [key, "audio_hours"] if sound.per == "hour" else [key if name.endswith("-out") else "input_audio_mtok"]
    assert Decimal(sound.price) in [prices[each] for each in keys if each in prices], prices


def test_images_follow_the_rules_of_counting_where_nothing_is_scaled() -> None:
    width, height = map(int, UNCUT.split("x"))
    assert int(MEDIA.images["gpt-6"].tokens[UNCUT]) == round(ceil(width / PATCH) * ceil(height / PATCH) * TIMES)
    patches = ceil(width / CLAUDE_PATCH) * ceil(height / CLAUDE_PATCH)
    for name in ("claude-5.5", "claude-4.5"):
        question = int(MEDIA.images[name].tokens[UNCUT]) - patches
        assert 0 < question < 100, "what is left is the short question beside the image"


def test_an_hour_of_listening_by_hand() -> None:
    """Ten tokens a second are 36,000 an hour; at $32 a million they cost $1.152."""
    sound = Sound(name="x", does="listens", per="Mtok", rate="10", price="32", source="realtime-costs")
    assert media_hour_of_sound(sound) == Decimal("1.152")
    assert media_hour_of_sound(sound.model_copy(update={"per": "hour"})) == 32


def test_the_tables_show_every_model_with_its_sum() -> None:
    writer = MacroWriter(project_catalogue())
    images, sounds = rows(writer.images()), rows(writer.sound())
    assert len(images) == len(MEDIA.images) and len(sounds) == len(MEDIA.sound)
    assert images[0][:2] == ["GPT-6 Astra", "1,229 tokens; $12.29"], "a thousand at $10 a million tokens"
    assert ["GPT Realtime 2", "speaks, 20 tokens a second", "the token", "$4.61"] in sounds
