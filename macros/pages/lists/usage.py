"""The formats of logs that the price of one's own requests reads, by the kind of place that they come from."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from calculators.readers import usage
from calculators.readers.formats import reader_formats
from calculators.readers.usage.usage_format import UsageFormat
from calculators.views.html.tags import Safe, joined_html, tag


def usage_format_list() -> Safe:
    """The formats, a line for each folder of readers, headed by what the folder says it holds."""
    rooms = [
        import_module(f"{usage.__name__}.{module.name}") for module in iter_modules(usage.__path__) if module.ispkg
    ]
    lines = []
    for room in rooms:
        labels = [format.label for format in reader_formats(room, UsageFormat).values()]
        if labels:
            title, _, _ = (room.__doc__ or "").strip().partition("\n")
            lines.append(tag("li", tag("strong", title.rstrip(".")), f": {'; '.join(labels)}."))
    return tag("ul", joined_html(*lines))
