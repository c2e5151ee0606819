"""The facts: every disputable number of data/, validated and written as the JSON text that the calculators load.

`facts_text()` is the only thing the other parts need, or the same parsed.
"""

from macros.cache import CACHE
from macros.facts.loading import DATA, GLOSSARY, NONE, OVERRIDES, SEARCH, TODAY, facts_text, parsed_facts
from macros.facts.problems import FactsError, Problem

__all__ = [
    "CACHE",
    "DATA",
    "GLOSSARY",
    "NONE",
    "OVERRIDES",
    "SEARCH",
    "TODAY",
    "FactsError",
    "Problem",
    "facts_text",
    "parsed_facts",
]
