"""What the tests of the programs share: the server that they talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.site.snippets.stand_in import StandIn, stand_in


@pytest.fixture
def server() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running
