"""The views: the only writers of output, as HTML, SVG, plain text and JSON.

`views.text` and the others are imported when they are first named: the terminal and the browser wait for no view that
an answer does not need.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.views import carry as carry
    from calculators.views import explore as explore
    from calculators.views import instrument as instrument
    from calculators.views import json as json
    from calculators.views import page as page
    from calculators.views import result as result
    from calculators.views import text as text
    from calculators.views import working as working


def __getattr__(name: str) -> ModuleType:
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError:
        raise AttributeError(f"there is no view {name!r}") from None
